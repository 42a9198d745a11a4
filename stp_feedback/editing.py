"""Points on their way from the table to the page: written down, put in order, corrected, published.

What was written at the table is kept as it was; what people read is edited beside it.
"""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from initiatives.models import STPArea
from senate_portal.accounts.models import User
from senate_portal.lib.printable import printable
from stp_feedback.models import FeedbackPoint, Forum, Merge

# With those that Word writes in its typefaces Symbol and Wingdings, as the private characters that they are there.
BULLET = re.compile(
    r"^[\s\u200b\ufeff]*(?:[•◦▪‣●○·■□►➢➤❖✓✔§\uf020-\uf0ff*–—-]|[oØ](?=\s)|\(?\d{1,2}[.)])[\s\u200b]*"  # noqa: RUF001
)
ENABLED_BY = re.compile(r"[,;.:]?\s*\benabled by\b:?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Note:
    """A point as somebody wrote it. `key` is what the device that sends it calls it, so that none is kept twice."""

    text: str
    enabled_by: str = ""
    is_unclear: bool = False
    key: uuid.UUID | None = None

    @property
    def verbatim(self) -> str:
        return f"{self.text}, enabled by {self.enabled_by}" if self.enabled_by else self.text


def read_notes(pasted: str) -> list[Note]:
    """Notes from typed text: one for each bullet, or for each line where there are no bullets.

    A line without a bullet below one with a bullet goes on with it.
    """
    one_paragraph = pasted.replace("\v", " ").replace("\f", " ")  # Word's line break within a paragraph
    lines = [line for line in printable(one_paragraph).splitlines() if line.strip()]
    has_bullets = any(BULLET.match(line) for line in lines)
    texts: list[str] = []
    for line in lines:
        if texts and has_bullets and not BULLET.match(line):
            texts[-1] += f" {line}"
        else:
            texts.append(BULLET.sub("", line))
    return [_note(" ".join(text.split())) for text in texts if text.strip()]


def _note(text: str) -> Note:
    point, *rest = ENABLED_BY.split(text, maxsplit=1)
    return Note(point, rest[0]) if point and rest and rest[0] else Note(text)


@transaction.atomic
def write_down(
    forum: Forum, area: STPArea, section: str, notes: Iterable[Note], *, by: User | None = None
) -> list[FeedbackPoint]:
    """Adds drafts below those that are there. A note that was sent before is not added again."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    points = FeedbackPoint.objects.filter(forum=forum, area=area, section=section)
    position = points.aggregate(last=Max("position"))["last"] or 0
    sent = set(FeedbackPoint.objects.filter(sent_key__isnull=False, forum=forum).values_list("sent_key", flat=True))
    sent |= set(Merge.objects.filter(sent_key__isnull=False, into__forum=forum).values_list("sent_key", flat=True))
    new = [note for note in notes if note.key is None or note.key not in sent]
    return [
        FeedbackPoint.objects.create(
            forum=forum,
            area=area,
            section=section,
            position=place,
            verbatim=note.verbatim,
            text=note.text,
            enabled_by=note.enabled_by,
            is_unclear=note.is_unclear,
            sent_key=note.key,
            edited_by=by,
        )
        for place, note in enumerate(new, start=position + 1)
    ]


@transaction.atomic
def move(point: FeedbackPoint, *, up: bool, past: int | None = None) -> bool:
    """Changes places with the point above or below; the first goes no further up and the last no further down.

    Nor where that is another one than the person saw there, whose number is `past`.
    """
    Forum.objects.select_for_update().get(pk=point.forum_id)
    point.refresh_from_db()
    other = point.neighbour(up=up)
    if other is None or past not in {None, other.pk}:
        return False
    point.position, other.position = other.position, point.position
    point.save()
    other.save()
    return True


@transaction.atomic
def publish(forum: Forum, areas: Sequence[STPArea]) -> int:
    """Publishes the drafts of the areas and says how many; the forum's feedback is open from then on."""
    drafts = FeedbackPoint.objects.filter(forum=forum, area__in=areas, state=FeedbackPoint.State.DRAFT)
    published = int(drafts.update(state=FeedbackPoint.State.PUBLISHED))
    if published and forum.feedback_published_at is None:
        forum.feedback_published_at = timezone.now()
        forum.save()
    return published
