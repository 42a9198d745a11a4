"""A forum that somebody made by mistake goes again, with all that hangs on it, as long as nobody would miss it."""

from django.db import transaction
from django.db.models import Model
from django.db.models.deletion import Collector

from commitments.models import Message
from senate_portal.lib.templates import count
from stp_feedback.models import Forum


class CannotDeleteError(Exception):
    """The text says why, for staff."""


def why_not(forum: Forum) -> str:
    """Nothing where it may go."""
    if Message.objects.filter(wave__forum=forum, attempts__gt=0).exists():
        return "Emails about it have left, and the people who got them may answer."
    if people := forum.people.count():
        return f"{count(people, 'person is', 'people are')} on record for it."
    if forum.feedback_published_at:
        return "What areas said there was published, and others may have it or point to it."
    if forum.join_code or forum.capture_code:
        return "People can write with a code at this moment."
    return ""


def what_goes(forum: Forum) -> list[str]:
    """Each kind of record with its number, as Django would delete them, but for bare links between records."""
    collector = Collector(using="default", origin=forum)
    collector.collect([forum])
    found: dict[type[Model], int] = {model: len(rows) for model, rows in collector.data.items()}
    for rows in collector.fast_deletes:
        found[rows.model] = found.get(rows.model, 0) + len(rows)
    names = {model: model._meta for model in found if not model._meta.auto_created and model is not Forum}
    return sorted(
        count(found[model], str(meta.verbose_name), str(meta.verbose_name_plural))
        for model, meta in names.items()
        if found[model]
    )


def asks_by_it(forum: Forum) -> Forum | None:
    """The forum before, where its people are to be asked by the day of this one."""
    if forum.series_id is None or forum.held_on is None:
        return None
    before = Forum.objects.filter(series=forum.series_id, kind=forum.kind, held_on__lt=forum.held_on)
    last: Forum | None = before.filter(follow_up_at_next=True).order_by("-held_on").first()
    return last if last and last.next_one == forum else None


@transaction.atomic
def delete(forum: Forum) -> None:
    """History keeps what it was and who deleted it."""
    locked = Forum.objects.select_for_update().get(pk=forum.pk)
    if problem := why_not(locked):
        raise CannotDeleteError(problem)
    locked.delete()
    Forum.objects.redate_follow_ups()
