import json
import stat

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commitments import chasing, commitments, outbox, personal_data, privacy, reports
from commitments.models import Answer, Attendee, AttendeeImport, Chase, Commitment, Erasure, Message, Objection, Wave
from senate_portal.accounts.models import User
from senate_portal.lib import mail_files
from tests.factories import (
    make_attendee,
    make_commitment,
    make_contact,
    make_forum,
    make_initiative,
    make_link,
    make_message,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db

NAME, EMAIL = "Zuleika Quillfeather", "zuleika.quillfeather@example.org"
TRACES = [NAME, EMAIL, "Quillfeather", "Feathered Trust", "Chief plumologist", "because of my knee", "rang her sister"]


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.ERASURE_LEDGER


@pytest.fixture
def admin():
    return make_user(User.Role.ADMIN, name="Ada Admin")


@pytest.fixture
def staff():
    return make_user(User.Role.STAFF, name="Sam Staff")


@pytest.fixture
def wave():
    return make_wave(make_forum(), state=Wave.State.CLOSED)


@pytest.fixture
def zuleika(wave, staff):
    """Somebody of whom every kind of record holds something, at two forums, with changes in their history."""
    known = {"email": EMAIL, "organisation": "Feathered Trust", "role": "Chief plumologist"}
    earlier = make_attendee(name=NAME, **known)
    attendee = make_attendee(wave.forum, name="Z. Quillfeather", **known)
    attendee.name = NAME
    attendee.save()
    kept, lost = make_commitment(attendee, text="Visit two care homes"), make_commitment(attendee, text=f"Ring {NAME}")
    commitments.withdraw(lost, why=f"{NAME} asked", by=staff)
    make_commitment(earlier, text="Feathered Trust will pilot it")
    told = "It went slowly because of my knee"
    Answer.objects.create(commitment=kept, outcome="done", what_happened=told, helped_text=NAME, hindered_text=EMAIL)
    sent = {"state": Message.State.ACCEPTED, "settled_at": timezone.now()}
    make_message(attendee, wave, subject="Yours", text=f"Dear {NAME}", html=f"<p>{NAME}</p>", **sent)
    make_message(attendee, wave, step=1, state=Message.State.QUEUED, reason=f"550 <{EMAIL}> is full")
    chasing.log(attendee, channel=Chase.Channel.PHONE, note=f"{NAME} was out, rang her sister", by=staff)
    make_link(attendee)
    AttendeeImport.objects.create(forum=wave.forum, file_name="list", header=["Who"], rows=[[EMAIL]], by=staff)
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(Attendee),
        object_id=str(attendee.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )
    mail_files.write(f"To: {NAME} <{EMAIL}>\nSubject: Yours\n\nDear {NAME}".encode())
    mail_files.write(b"To: other@example.org\nSubject: Another\n\nHello")
    return attendee


def places_with(text):
    """The tables of the whole database in which any column of any row holds the text."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS found WHERE found::text ILIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def execute(attendee, *, staff, admin, kept=()):
    erasure = privacy.prepare(attendee, kept_texts=[commitment.pk for commitment in kept], by=staff)
    return privacy.execute(erasure, by=admin)


def test_after_erasure_nothing_of_the_person_is_anywhere(
    zuleika, staff, admin, ledger, django_capture_on_commit_callbacks
):
    assert all(places_with(text) for text in TRACES)
    kept = zuleika.commitments.first()

    with django_capture_on_commit_callbacks(execute=True):
        assert execute(zuleika, staff=staff, admin=admin, kept=[kept]) == 2

    assert {text for text in TRACES if places_with(text)} == set()
    assert list(Commitment.objects.order_by("pk").values_list("text", flat=True)) == ["Visit two care homes", "", ""]
    assert [mail_files.read(name).to for name in mail_files.names()] == ["other@example.org"]
    assert not any(text in ledger.read_text() for text in TRACES)
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_counts_stay_right(zuleika, wave, staff, admin):
    other = make_attendee(wave.forum)
    Answer.objects.create(commitment=make_commitment(other), outcome="stopped")
    before = reports.outcomes(wave, for_staff=True)

    execute(zuleika, staff=staff, admin=admin)

    assert [(step.commitments, step.people) for step in before.steps] == [(2, 2), (2, 2), (1, 1), (2, 2), (2, 2)]
    assert reports.outcomes(wave, for_staff=True) == before


def test_others_keep_everything(zuleika, wave, staff, admin):
    other = make_attendee(wave.forum, name="Other", email="other@example.org")
    answer = Answer.objects.create(commitment=make_commitment(other), outcome="done", what_happened="All of it")
    execute(zuleika, staff=staff, admin=admin)
    other.refresh_from_db()
    answer.refresh_from_db()
    assert (other.name, other.email, other.erased_at, answer.what_happened) == (
        "Other",
        "other@example.org",
        None,
        "All of it",
    )


def test_an_objection_outlives_erasure(zuleika, staff, admin):
    commitments.stop_writing_to(zuleika, by=staff)
    execute(zuleika, staff=staff, admin=admin)
    assert Objection.objects.stands_for(EMAIL)


def test_what_waited_is_cancelled_and_cannot_be_sent(zuleika, staff, admin):
    execute(zuleika, staff=staff, admin=admin)
    message = Message.objects.get(attendee=zuleika, step=1)
    assert (message.state, message.reason) == ("cancelled", "Their details were erased.")
    with pytest.raises(outbox.CannotSendError, match="erased"):
        outbox.send_again(message, by=staff)


def test_nobody_is_erased_while_an_email_leaves(zuleika, staff, admin):
    later = timezone.now() + outbox.LEASE
    zuleika.messages.filter(step=1).update(state=Message.State.CLAIMED, lease_until=later)
    with pytest.raises(privacy.CannotEraseError, match="at this moment"):
        execute(zuleika, staff=staff, admin=admin)
    assert Attendee.objects.filter(name=NAME).count() == 2


def test_it_takes_an_administrator_who_did_not_prepare_it(zuleika, staff, admin):
    prepared = privacy.prepare(zuleika, kept_texts=[], by=admin)
    for by, why in [(staff, "Only an administrator"), (admin, "You prepared this")]:
        with pytest.raises(privacy.CannotEraseError, match=why):
            privacy.execute(prepared, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(executed_by=admin, executed_at=timezone.now())
    assert Attendee.objects.filter(name=NAME).exists()


def test_a_second_time_is_refused(zuleika, staff, admin):
    execute(zuleika, staff=staff, admin=admin)
    with pytest.raises(privacy.CannotEraseError, match="already"):
        privacy.execute(Erasure.objects.get(), by=admin)


def test_replay_erases_whom_a_restored_backup_brought_back(zuleika, staff, admin, ledger, capsys):
    mark = transaction.savepoint()  # the backup
    execute(zuleika, staff=staff, admin=admin, kept=[zuleika.commitments.first()])
    transaction.savepoint_rollback(mark)
    assert places_with(EMAIL) != []

    call_command("replay_erasures")
    call_command("replay_erasures")

    assert capsys.readouterr().out == "Erased again: 2\nErased again: 0\n"
    assert {text for text in TRACES if places_with(text)} == set()
    assert list(Commitment.objects.order_by("pk").values_list("text", flat=True)) == ["Visit two care homes", "", ""]
    assert len(ledger.read_text().splitlines()) == 1


def test_replay_leaves_a_later_row_with_the_same_id_alone(zuleika, staff, admin):
    execute(zuleika, staff=staff, admin=admin)
    Attendee.objects.filter(pk=zuleika.pk).update(name="Another person", erased_at=None, created_at=timezone.now())
    assert privacy.replay() == 0


# The pages


def test_staff_prepare_and_an_administrator_executes(client, zuleika, staff, admin):
    kept = zuleika.commitments.first()
    client.force_login(staff)
    page = client.get(f"/staff/attendees/{zuleika.pk}/erase/").content.decode()
    assert "Visit two care homes" in page
    assert "Feathered Trust will pilot it" in page
    client.post(f"/staff/attendees/{zuleika.pk}/erase/", {"kept": [kept.pk]})
    erasure = Erasure.objects.get()
    assert (erasure.prepared_by, erasure.kept_texts, erasure.executed_at) == (staff, [kept.pk], None)
    assert client.post(f"/staff/erasures/{erasure.pk}/execute/").status_code == 403

    client.force_login(admin)
    assert "The text stays" in client.get(f"/staff/erasures/{erasure.pk}/execute/").content.decode()
    page = client.post(f"/staff/erasures/{erasure.pk}/execute/", follow=True).content.decode()

    assert "Their details are erased." in page
    assert NAME not in page
    assert Attendee.objects.filter(erased_at__isnull=False).count() == 2
    assert client.get(f"/staff/attendees/{zuleika.pk}/").status_code == 200


def test_a_commitment_of_somebody_else_cannot_be_named(client, zuleika, staff):
    client.force_login(staff)
    strange = make_commitment()
    response = client.post(f"/staff/attendees/{zuleika.pk}/erase/", {"kept": [strange.pk]})
    assert response.status_code == 422
    assert not Erasure.objects.exists()


def test_a_prepared_erasure_can_be_dropped(client, zuleika, staff):
    client.force_login(staff)
    erasure = privacy.prepare(zuleika, kept_texts=[], by=staff)
    client.post(f"/staff/erasures/{erasure.pk}/cancel/")
    assert not Erasure.objects.exists()


def test_pack_takes_a_reason_and_holds_everything(client, zuleika, staff):
    make_contact(make_initiative(), name=NAME, email=EMAIL.upper())
    client.force_login(staff)
    address = f"/staff/attendees/{zuleika.pk}/everything-held/"
    assert client.post(address, {"why": ""}).status_code == 422

    response = client.post(address, {"why": "She asked on Monday"})

    assert response["Content-Disposition"] == f'attachment; filename="attendee-{zuleika.pk}.json"'
    records = json.loads(response.content)["records"]
    assert {name: len(rows) for name, rows in records.items() if rows} == {
        "attendees": 2,
        "commitments": 3,
        "answers": 1,
        "messages": 2,
        "answer links": 1,
        "chases": 1,
        "contacts": 1,
    }
    whole = response.content.decode()
    assert [text for text in TRACES if text not in whole] == []
    assert "Z. Quillfeather" in whole  # the name before it was corrected, from history
    assert zuleika.links.get().token_hash not in whole


def test_pack_holds_nothing_of_others(zuleika, wave):
    make_commitment(make_attendee(wave.forum, name="Other person", email="other@example.org"), text="Mine alone")
    whole = str(personal_data.pack(zuleika, timezone.now()))
    assert "Other person" not in whole
    assert "Mine alone" not in whole
