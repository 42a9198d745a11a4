"""Two drafts that say the same become one, which keeps the words of both; and they can be parted again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from initiatives.models import Initiative
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint, Forum, KeyTheme, Merge

BETWEEN = {"text": " ", "verbatim": "\n", "enabled_by": "; "}


@transaction.atomic
def merge_into_one_above(
    point: FeedbackPoint, *, by: User | None = None, above: int | None = None
) -> FeedbackPoint | None:
    """The one above then holds the words, key themes and initiatives of both. Nothing where that is not a draft, or
    is another one than the person saw there, whose number is `above`."""
    Forum.objects.select_for_update().get(pk=point.forum_id)
    stays = point.neighbour(up=True)
    found = FeedbackPoint.objects.filter(pk=point.pk, state=FeedbackPoint.State.DRAFT).first()
    if found is None or stays is None or stays.state != FeedbackPoint.State.DRAFT or above not in {None, stays.pk}:
        return None
    was, gone = _words(stays), _words(found)
    for name, value in _joined(was, gone).items():
        setattr(stays, name, value)
    stays.edited_by = by or stays.edited_by
    stays.save()
    tags = {name: list(getattr(found, name).values_list("pk", flat=True)) for name in ("key_themes", "initiatives")}
    stays.key_themes.add(*tags["key_themes"])
    stays.initiatives.add(*tags["initiatives"])
    # Merges of the one that goes hold what its device calls the notes in it.
    found.merges.update(into=stays)
    Merge.objects.create(into=stays, was=was, gone=gone | tags, sent_key=found.sent_key)
    found.delete()
    merged: FeedbackPoint = stays
    return merged


@transaction.atomic
def part(point: FeedbackPoint, *, by: User | None = None) -> FeedbackPoint | None:
    """The one that went stands below the other again. Nothing where that was changed since."""
    Forum.objects.select_for_update().get(pk=point.forum_id)
    stays = FeedbackPoint.objects.filter(pk=point.pk).first()
    merge = stays.merges.order_by("pk").last() if stays else None
    if stays is None or merge is None or not _is_as_merged(stays, merge):
        return None
    for name, value in merge.was.items():
        setattr(stays, name, value)
    stays.edited_by = by or stays.edited_by
    stays.save()
    cell = FeedbackPoint.objects.filter(forum=stays.forum_id, area=stays.area_id, section=stays.section)
    cell.filter(position__gt=stays.position).update(position=F("position") + 1)
    parted: FeedbackPoint = FeedbackPoint.objects.create(
        forum_id=stays.forum_id,
        area_id=stays.area_id,
        section=stays.section,
        position=stays.position + 1,
        sent_key=merge.sent_key,
        edited_by=by,
        **{name: merge.gone[name] for name in merge.was},
    )
    parted.key_themes.set(KeyTheme.objects.filter(pk__in=merge.gone["key_themes"]))
    parted.initiatives.set(Initiative.objects.filter(pk__in=merge.gone["initiatives"]))
    merge.delete()
    return parted


def can_be_parted(points: Iterable[FeedbackPoint]) -> set[int]:
    """Numbers of those that are still as a merge left them. One query."""
    by_number = {point.pk: point for point in points}
    latest = {merge.into_id: merge for merge in Merge.objects.filter(into__in=by_number).order_by("pk")}
    return {number for number, merge in latest.items() if _is_as_merged(by_number[number], merge)}


def _words(point: FeedbackPoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in (*BETWEEN, "is_unclear")}


def _joined(was: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    both = {name: between.join(filter(None, [was[name], gone[name]])) for name, between in BETWEEN.items()}
    return both | {"is_unclear": was["is_unclear"] or gone["is_unclear"]}


def _is_as_merged(point: FeedbackPoint, merge: Merge) -> bool:
    return point.state == FeedbackPoint.State.DRAFT and _words(point) == _joined(merge.was, merge.gone)
