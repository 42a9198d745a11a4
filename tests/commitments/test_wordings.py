"""Emails in the words of staff: what may stand in them, what becomes of a version, and trying one."""

import re

import pytest
from django.utils import timezone

from commitments import emails, follow_ups, outbox, wordings
from commitments.models import Message, Wave, Wording
from tests.commitments import cast
from tests.commitments.test_emails import Words
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SUBJECT = "What came of it, {forum}?"
BODY = """\
We write on behalf of {senate}.
You were at {forum}.

{commitments}

Answer here:

{link}

By {closes_on}."""


def planned(**fields):
    forum = cast.forum_due(**fields)
    (person,) = cast.people(forum, 1, "Ring <the> ward", "Count {falls}")
    follow_ups.plan(forum, by=None)
    return forum.wave, person


def write(wave, letter="ask", subject=SUBJECT, body=BODY):
    return wordings.write(wave, letter, subject=subject, body=body, by=cast.staff())


@pytest.mark.parametrize("letter", Wording.Letter)
def test_standard_wording_can_be_sent_as_it_stands(letter):
    wave, person = planned(title="Keeping {link} at home")
    subject, body = wordings.standard(letter)
    assert wordings.problem_of(letter, subject, body) == ""
    wording = Wording(wave=wave, letter=letter, subject=subject, body=body)
    person.forum = wave.forum
    own = emails.in_own_words(wording, person, wave, list(person.commitments.all()))
    assert "Keeping {link} at home" in own.subject
    assert not re.search(r"\{(?!link\}|falls\})", own.text)
    assert ("1. Ring <the> ward" in own.text) == (letter != "without")
    assert own.text.count("/answer/(personal-link)/\n") == (letter != "without")
    assert "/answer/(personal-link)/stop/" in own.text


@pytest.mark.parametrize(
    ("letter", "body", "problem"),
    [
        ("ask", "Hello\n\n{commitments}", "{link} must stand once"),
        ("ask", "Hello\n\n{link}\n\nYou said {commitments}", "{commitments} must stand once"),
        ("ask", BODY + "\n\n{link}", "{link} must stand once"),
        ("reminder", "{link}", "{commitments} must stand once"),
        ("ask", BODY + "\n\n{name}", "{name} is no name"),
        ("ask", BODY + "\n\n{forum.password}", "{forum.password} is no name"),
        ("ask", BODY + "\n\n{forum", "A brace stands alone"),
        ("without", "Hello\n\n{link}", "{link} is no name"),
    ],
)
def test_wording_that_cannot_be_sent_is_told_in_words(client, letter, body, problem):
    wave, _ = planned()
    client.force_login(make_user())
    address = f"/staff/forums/{wave.forum.slug}/follow-up/wording/{letter}/"

    response = client.post(address, {"subject": SUBJECT, "body": body})

    assert response.status_code == 422
    assert problem in response.content.decode()
    assert "Hello" in response.content.decode() or "{link}" in response.content.decode()
    assert not Wording.objects.exists()


def test_both_parts_say_the_same_and_escape_what_people_wrote():
    wave, person = planned(title="<b>Care</b>")
    person.forum = wave.forum
    wording = Wording(wave=wave, letter="ask", subject=SUBJECT, body=BODY + "\n\n<script>alert(1)</script>")
    letter = emails.in_own_words(wording, person, wave, list(person.commitments.all()))
    page = Words(letter.html)
    assert "script" not in page.tags
    plain = [word for word in letter.text.split() if word not in {"1.", "2."}]
    assert page.signs == "".join(plain)


def test_emails_keep_the_version_they_were_written_with(mail_server):
    wave, person = planned()
    first = write(wave)
    mail_server.data = "451 Try later"
    follow_ups.prepare()
    outbox.send_due()
    second = write(wave, body=BODY.replace("Answer here", "Please answer"))
    late = cast.person(wave.forum, "Another thing")
    follow_ups.prepare()
    mail_server.data = None
    Message.objects.filter(attendee=person).update(not_before=timezone.now())
    assert outbox.send_due() == 2

    words = {recipient: mail.get_body(("plain",)).get_content() for recipient, mail in mail_server.accepted}
    assert "Answer here:" in words[person.email]
    assert "Please answer:" in words[late.email]
    assert (first.version, second.version) == (1, 2)
    assert person.messages.get().wording == first
    assert late.messages.get().wording == second


def test_standard_wording_can_be_taken_up_again():
    wave, _ = planned()
    assert write(wave, subject="", body="") is None
    write(wave)
    assert write(wave).version == 1
    assert write(wave, subject="", body="").version == 2
    assert Wording.objects.current(wave) == {}
    assert write(wave).version == 3


def test_wording_of_a_follow_up_that_has_ended_stays():
    wave, _ = planned()
    Wave.objects.update(state="closed")
    with pytest.raises(follow_ups.CannotFollowUpError):
        write(wave)


def test_staff_preview_on_one_person_save_and_see_who_wrote_what(client):
    wave, _ = planned()
    staff = make_user(name="Sam Staff")
    client.force_login(staff)
    address = f"/staff/forums/{wave.forum.slug}/follow-up/wording/ask/"
    assert "What became of your commitments at {forum}?" in client.get(address).content.decode()

    page = client.post(address, {"subject": SUBJECT, "body": BODY, "preview": "yes"}).content.decode()
    assert "1. Ring &lt;the&gt; ward" in page
    assert "It is not saved yet." in page
    assert not Wording.objects.exists()
    page = client.post(address, {"subject": SUBJECT, "body": BODY}, follow=True).content.decode()
    assert "Worded for this forum, version 1" in page
    assert f"What came of it, {wave.forum.title}?" in page
    assert Wording.objects.get().by == staff
    client.post(address, {"standard": "yes"})
    assert "The standard wording" in client.get(address.replace("wording/ask", "email")).content.decode()


@pytest.mark.parametrize("letter", ["ask", "reminder"])
def test_trial_goes_to_whoever_asks_with_a_link_that_leads_nowhere(client, mailoutbox, letter):
    _, person = planned()
    staff = make_user()
    outbox.send_trial(letter, person.pk, staff.pk)
    (mail,) = mailoutbox
    assert mail.to == [staff.email]
    assert mail.subject.startswith("Trial: ")
    assert "1. Ring <the> ward" in mail.body
    assert client.get("/answer/trial/").status_code == 404
    assert not person.links.exists()
    assert not Message.objects.exists()


def test_button_for_a_trial_rings_for_the_person_who_pressed_it(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("commitments.tasks.send_trial.apply_async", lambda arguments, **options: rung.append(arguments))
    wave, person = planned()
    staff = make_user()
    client.force_login(staff)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/staff/forums/{wave.forum.slug}/follow-up/email/?person={person.pk}", {"letter": "reminder"})
        client.post(f"/staff/forums/{wave.forum.slug}/follow-up/email/", {"letter": "without"})
        client.post(f"/staff/forums/{wave.forum.slug}/follow-up/email/", {"letter": "../etc"})
    assert rung == [("reminder", person.pk, staff.pk)]
