"""The desk of asks: what areas say would help most, gathered from their points and passed to who could help."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from initiatives.models import Organisation
from stp_feedback.models import Ask, FeedbackPoint

Section = FeedbackPoint.Section


def waiting() -> QuerySet[FeedbackPoint]:
    """Published points about support that are no part of an ask yet, area by area."""
    points: QuerySet[FeedbackPoint] = FeedbackPoint.objects.published().filter(section=Section.SUPPORT, asks=None)
    return points.select_related("forum", "area")


@transaction.atomic
def gather(points: Iterable[FeedbackPoint], text: str) -> Ask:
    """Makes the points one ask. They join the ask that reads the same, where there is one."""
    ask: Ask = Ask.objects.filter(text__iexact=text).first() or Ask.objects.get_or_create(text=text)[0]
    ask.points.add(*points)
    return ask


@transaction.atomic
def merge(ask: Ask, into: Ask) -> None:
    """Two asks for the same become one with the askers and replies of both. What the other lacks is taken over."""
    both = Ask.objects.select_for_update().in_bulk([ask.pk, into.pk])
    if len(both) < 2:  # somebody was quicker
        return
    ask, into = both[ask.pk], both[into.pk]
    into.points.add(*ask.points.all())
    ask.replies.update(ask=into)
    into.owner = into.owner or ask.owner
    if into.passed_to is None:
        into.passed_to, into.passed_on, into.reply_by = ask.passed_to, ask.passed_on, ask.reply_by
    into.save()
    ask.delete()


def body_named(name: str) -> Organisation | None:
    """The organisation of that name, made where there is none; none for a name without letters."""
    slug = slugify(name)[:100].strip("-")
    if not slug:
        return None
    known = Organisation.objects.filter(name__iexact=name).first() or Organisation.objects.filter(slug=slug).first()
    return known or Organisation.objects.create(name=name, slug=slug, kind=Organisation.Kind.PARTNERSHIP)
