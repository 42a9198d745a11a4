"""What people take away from a forum as a document: the summary of one area's feedback."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.conf import settings

from initiatives.models import Contact, Initiative
from senate_portal.lib import charts
from senate_portal.lib.documents import Block, Document, Facts, Figure, Heading, Item, Items, Notice, Text
from senate_portal.lib.templates import count, day, moment
from stp_feedback.models import Ask, FeedbackPoint, Forum, Idea, KeyTheme, Poll
from stp_feedback.reports import AreaFeedback, Cell


def area_summary(
    feedback: AreaFeedback, *, asks: Iterable[Ask], commitments: Sequence[Block], made_at: datetime
) -> Document:
    """`asks` are read with `of_forum`; `commitments` tell what became of those of the area's people."""
    forum, area = feedback.forum, feedback.area
    return Document(
        title=f"What {area.name} said",
        subtitle=f"{forum.title}, {forum.when}",
        author=settings.SENATE_NAME,
        description=f"What {area.name} said at the forum of {forum.when}: {forum.title}",
        footer=f"What {area.name} said, made on {moment(made_at)}",
        blocks=[*_summary_blocks(feedback, made_at, asks, commitments)],
    )


def summary_facts(feedback: AreaFeedback, *, made_at: datetime) -> list[tuple[str, str]]:
    """What the summary is about, where it comes from and when it was made."""
    forum, area, body = feedback.forum, feedback.area, feedback.area.successor
    facts = [
        ("STP area", f"{area.name} ({area.code})"),
        ("Today’s body", f"{body.name}, since {day(body.since_on)}" if body else ""),  # noqa: RUF001
        ("Forum", forum.title),
        ("Held", joined(forum.when, forum.venue)),
        ("Points", f"{len(feedback.points)}, of which {feedback.unclear} unclear or hard to read"),
        ("Answered", f"{feedback.answered} of {len(feedback.points)}"),
        ("Source", joined(forum.source.title, forum.source_place) if forum.source else ""),
        ("Made", f"{moment(made_at)}, from {settings.SITE_URL}{area.get_absolute_url()}"),
    ]
    return [(name, value) for name, value in facts if value]


def theme_chart(feedback: AreaFeedback) -> charts.Chart:
    return charts.bars(
        f"themes-{feedback.area.code}",
        title=f"Points of {feedback.area.name} by key theme",
        description="How many points touch each key theme; a point may touch several.",
        header=("Key theme", "Points"),
        rows=[(theme.name, number) for theme, number in feedback.key_themes],
    )


def poll_chart(poll: Poll) -> charts.Chart:
    return charts.bars(
        f"poll-{poll.position}",
        title=poll.question,
        description="How many voted for each answer.",
        header=("Answer", "Votes"),
        rows=poll.rows,
    )


def _summary_blocks(
    feedback: AreaFeedback, made_at: datetime, asks: Iterable[Ask], commitments: Sequence[Block]
) -> Iterator[Block]:
    forum = feedback.forum
    if feedback.drafts:
        yield Notice(f"Draft. Not published yet: {count(feedback.drafts, 'point')}.")
    yield Facts(summary_facts(feedback, made_at=made_at))
    if forum.feedback_note:
        yield Heading("How it was gathered")
        yield Text(forum.feedback_note)
    for cell in feedback.cells:
        yield Heading(cell.section.label)
        yield points(cell)
    if feedback.key_themes:
        yield Heading("Key themes it touches")
        yield Figure(theme_chart(feedback))
    if feedback.initiatives:
        yield Heading("Initiatives it names, and who to ask")
        yield Items([initiative(entry) for entry in feedback.initiatives])
    if items := [ask_item(ask) for ask in asks]:
        yield Heading("What it asked for, and what became of it")
        yield Items(items)
    yield Heading("Commitments of its people")
    yield from commitments or [no_commitments(forum)]


def ask_item(ask: Ask) -> Item:
    """Needs asks read with `of_forum`."""
    passed_on = f" on {day(ask.passed_on)}" if ask.passed_on else ""
    details = [
        ("Asked by", joined(*(area.name for area in ask.askers))),
        ("Passed to", f"{ask.passed_to}{passed_on}" if ask.passed_to else "nobody yet"),
        *((day(reply.told_on), reply.text) for reply in ask.replies.all()),
    ]
    return Item(ask.text, details)


def idea_item(idea: Idea) -> Item:
    """Needs ideas read with `for_reading`."""
    details = [
        *([] if idea.is_published else [("", "Draft")]),
        *idea.answers,
        *([("STP area", idea.area.name)] if idea.area else []),
        *([("What came of it", idea.became.title)] if idea.became else []),
    ]
    return Item(idea.idea, details)


def no_commitments(forum: Forum) -> Text:
    if forum.commitments is not None:
        return Text("The commitments of this forum were counted for all areas together, not for each.")
    return Text("No commitments are on record.")


def points(cell: Cell) -> Block:
    if not cell.points:
        return Text("Nothing was written down in this section.")
    return Items([Item(point.text, [*_details(point)], number=point.position) for point in cell.points])


def initiative(entry: Initiative) -> Item:
    """With the people to ask whom the public may see; needs contacts with their organisations."""
    people = [
        ("Ask", _person(contact)) for contact in entry.contacts.all() if contact.is_public and not contact.left_on
    ]
    return Item(entry.title, people, address=f"{settings.SITE_URL}{entry.get_absolute_url()}")


def _details(point: FeedbackPoint) -> Iterator[tuple[str, str]]:
    if point.state == FeedbackPoint.State.DRAFT:
        yield "", "Draft"
    if point.enabled_by:
        yield "Enabled by", point.enabled_by
    if hasattr(point, "response"):
        response = point.response
        yield f"{response.get_answer_display()}, {day(response.answered_on)}", response.why
    if point.also_in:
        yield "Also in", joined(*point.also_in)
    if point.corrected_on:
        yield "", f"Corrected on {day(point.corrected_on)}."
    if point.is_unclear:
        yield "", "The note was unclear or hard to read."
    if names := [entry.title for entry in point.initiatives.all()]:
        yield "Names", ", ".join(names)
    themes: list[KeyTheme] = list(point.key_themes.all())
    if themes:
        yield "Key themes", ", ".join(theme.short_name for theme in themes)


def _person(contact: Contact) -> str:
    return joined(contact.name, contact.role, contact.organisation.name if contact.organisation else "", contact.email)


def joined(*parts: str) -> str:
    """What there is of the parts, with commas between."""
    return ", ".join(filter(None, parts))
