"""Many people with commitments, and many messages, made quickly."""

from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from commitments.models import Attendee, Commitment
from tests.commitments import cast
from tests.factories import make_wave

# Two of these make a text of about 2 kB and, with their marks escaped, HTML of about 6 kB.
WORDS = "'Ring' & <visit> the \"falls\" team, & <ask>: 'who?' & 'when?'\n" * 16


@contextmanager
def no_history():
    """Without the triggers that keep it, people are made many times faster."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("RESET session_replication_role")


def forum_of(number, words=WORDS):
    """A forum whose follow-up is due, with so many people of two commitments each."""
    forum = cast.forum_due()
    with no_history():
        fill(forum, number, words)
    return forum


def fill(forum, number, words):
    agreed = {"agreed_at": timezone.now(), "agreed_wording": cast.WORDING}
    people = Attendee.objects.bulk_create(
        (Attendee(forum=forum, name=f"Person {one}", email=f"person-{one}@example.org", **agreed))
        for one in range(number)
    )
    Commitment.objects.bulk_create(
        Commitment(attendee=person, position=position, text=words) for person in people for position in (1, 2)
    )


def queue_by_sql(number):
    """An open wave with so many queued messages, nine of ten due tomorrow."""
    wave = make_wave(cast.forum_due(), state="open")
    with no_history() as cursor:
        cursor.execute(
            "INSERT INTO commitments_attendee (forum_id, name, email, organisation, role, came, agreed_at, "
            "agreed_wording, address_failure, created_at) "
            "SELECT %s, 'Person', 'p' || n || '@example.org', '', '', true, now(), 'Yes', '', now() "
            "FROM generate_series(1, %s) n",
            [wave.forum_id, number],
        )
        cursor.execute(
            "INSERT INTO commitments_commitment (attendee_id, position, text, is_unclear, withdrawn_why, created_at) "
            "SELECT id, 1, 'Ring the falls team', false, '', now() FROM commitments_attendee WHERE forum_id = %s",
            [wave.forum_id],
        )
        cursor.execute(
            "INSERT INTO commitments_message (wave_id, attendee_id, step, kind, state, reason, not_before, attempts, "
            "fence, times_unknown, message_id, recipient, subject, text, html) "
            "SELECT %s, id, 0, 'commitments', 'queued', '', "
            "now() + CASE WHEN id %% 10 = 0 THEN interval '0' ELSE interval '1 day' END, "
            "0, 0, 0, '<' || id || '@example.org>', '', '', '', '' FROM commitments_attendee WHERE forum_id = %s",
            [wave.pk, wave.forum_id],
        )
        cursor.execute("ANALYZE commitments_message, commitments_attendee, commitments_commitment")
    return wave
