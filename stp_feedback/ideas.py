"""Idea cards of a forum: shown to everybody, taken away as files, and made the draft of an entry."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from initiatives import publishing, slugs
from initiatives.models import Initiative
from senate_portal.accounts.models import User
from stp_feedback.models import Forum, Idea

COLUMNS = (
    "forum",
    "area",
    "idea",
    "why_needed",
    "benefits",
    "who_for",
    "how",
    "initiative",
    "state",
)
WIDTHS = (28, 8, 40, 50, 50, 30, 50, 30, 12)


def rows(ideas: Iterable[Idea]) -> Iterator[list[Any]]:
    """Of ideas read with `for_reading`."""
    for idea in ideas:
        yield [
            idea.forum.slug,
            idea.area.code if idea.area else "",
            idea.idea,
            idea.why_needed,
            idea.benefits,
            idea.who_for,
            idea.how,
            idea.became.title if idea.became else "",
            "published" if idea.is_published else "draft",
        ]


def publish(forum: Forum) -> int:
    """Publishes the drafts of a forum and says how many."""
    return forum.ideas.filter(is_published=False).update(is_published=True)


@transaction.atomic
def offer(idea: Idea, *, by: User) -> Initiative:
    """The entry that came of the idea: a draft that says what the card says, made where there is none yet.

    What the card hopes for stands in the summary as a hope, since an outcome would say what was measured.
    """
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if idea.initiative:
        return idea.initiative
    hopes = f" Hoped for: {idea.benefits}" if idea.benefits else ""
    entry = Initiative.objects.create(
        title=idea.idea,
        slug=slugs.free(idea.idea),
        summary=f"An idea from the forum “{idea.forum}”: {idea.idea}.{hopes}",
        problem=idea.why_needed,
        who_for=idea.who_for,
        how_it_works=idea.how,
        stage=Initiative.Stage.PLANNED,
        created_by=by,
    )
    if idea.area:
        entry.areas.add(idea.area)
    publishing.sign(entry, by=by)
    idea.initiative = entry
    idea.save()
    made: Initiative = entry
    return made
