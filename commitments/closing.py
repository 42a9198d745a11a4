"""Tells participants, once, what a follow-up taught, after it has closed and where staff choose so."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from commitments import emails, reports
from commitments.commitments import TO_TELL
from commitments.models import Attendee, ClosingSummary, Message, Wave
from senate_portal.accounts.models import User
from senate_portal.lib.clock import database_now
from senate_portal.lib.templates import count

BATCH = 1000


class CannotTellError(Exception):
    """The text says why, for staff."""


def suggested(wave: Wave) -> str:
    """What anybody may read of it, in sentences, for staff to make their own."""
    told = reports.outcomes(wave)
    sentences = []
    for figure, said in [(told.made, "made"), (told.answered, "told us about")]:
        if figure.people is not None and figure.commitments is not None:
            people = count(figure.people, "person", "people")
            sentences.append(f"{people} {said} {count(figure.commitments, 'commitment')}.")
    for figure in told.outcomes:
        if figure.commitments:
            sentences.append(f"{figure.label}: {figure.commitments}.")
    return " ".join(sentences)


def to_be_told(wave: Wave) -> QuerySet[Attendee]:
    """Whoever was asked, still may be written to, and agreed to a sentence that speaks of it: older ones did not."""
    asked = Message.objects.filter(wave=wave, attendee=OuterRef("pk"), state__in=reports.SENT)
    agreed = Attendee.objects.filter(Exists(asked), forum=wave.forum_id, agreed_wording__contains=TO_TELL)
    return agreed.reachable()


@transaction.atomic
def tell(wave: Wave, *, text: str, by: User) -> int:
    """Queue the summary for everybody. Returns for how many. It can be done once."""
    wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if wave.state != Wave.State.CLOSED:
        raise CannotTellError("The follow-up has not closed.")
    if ClosingSummary.objects.filter(wave=wave).exists():
        raise CannotTellError("The summary was sent already.")
    ClosingSummary.objects.create(wave=wave, text=text, by=by)
    now = database_now()
    rows = [
        Message(
            wave=wave,
            attendee=person,
            step=Message.Step.CLOSING,
            kind=Message.Kind.SUMMARY,
            not_before=now,
            message_id=emails.new_message_id(),
        )
        for person in to_be_told(wave).order_by("pk")
    ]
    Message.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
