"""The report of a forum as one document, built from the records alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from initiatives import entries
from initiatives.exports import outcome
from initiatives.models import STPArea
from senate_portal.lib.documents import Block, Document, Facts, Figure, Heading, Item, Items, Notice, Table, Text
from senate_portal.lib.templates import count, day, moment
from senate_portal.lib.working_days import in_london
from stp_feedback import documents, reports
from stp_feedback.models import Ask, FeedbackPoint, FeedbackPointQuerySet, Forum, Idea, Recommendation


def forum_report(
    forum: Forum,
    points: FeedbackPointQuerySet,
    *,
    asks: Iterable[Ask],
    ideas: Iterable[Idea],
    follow_up: Sequence[Block],
    made_at: datetime,
) -> Document:
    """`points` and `ideas` are those the reader may see, the ideas read with `for_reading`; `asks` are read with
    `of_forum`; `follow_up` tells what became of the commitments so far."""
    shown = entries.whole([*forum.foruminitiative_set.shown().values_list("initiative", flat=True)])
    feedback = list(points.for_reading())
    areas = list(STPArea.objects.filter(points__in=points).distinct().prefetch_related("successors"))
    return Document(
        title=forum.title,
        subtitle=f"Report of the {forum.get_kind_display().lower()} of {documents.joined(forum.when, forum.venue)}",
        author=settings.SENATE_NAME,
        description=f"What was shown, said, recommended and promised at the forum of {forum.when}",
        footer=f"Report made on {moment(made_at)}",
        blocks=[
            *_introduction(forum, initiatives=len(shown), points=len(feedback), made_at=made_at),
            *_recommendations(forum),
            *_programme(forum),
            *_initiatives(shown),
            *_key_themes(forum),
            *_polls(forum),
            *_ideas(ideas),
            *_feedback(forum, points, feedback, areas),
            *_asks(asks),
            *_commitments(forum, follow_up, made_at),
            *_further_sources(forum),
        ],
    )


def _introduction(forum: Forum, *, initiatives: int, points: int, made_at: datetime) -> Iterator[Block]:
    if not forum.is_published:
        yield Notice("Draft. This forum is not published yet.")
    if forum.is_invented:
        yield Notice("Invented for demonstration.")
    if forum.introduction:
        yield Text(forum.introduction)
    facts = [
        ("Held", documents.joined(forum.when, forum.venue)),
        ("Note on the date", forum.date_note),
        ("Host", forum.host),
        ("Who visits", forum.visitors),
        ("STP areas that took no part", documents.joined(*(area.name for area in forum.areas_absent.all()))),
        ("Source", documents.joined(forum.source.title, forum.source_place) if forum.source else ""),
        ("Report made", f"{moment(made_at)}, from {settings.SITE_URL}{forum.get_absolute_url()}"),
    ]
    yield Facts([(name, value) for name, value in facts if value])
    figures = [
        ("Initiatives shown", initiatives),
        ("Key themes", len(forum.forumkeytheme_set.all())),
        ("Feedback points", points),
        ("Recommendations", len(forum.recommendations.all())),
        ("People who came, as reported", forum.attendees),
        ("People who made commitments, as reported", forum.committers),
        ("Commitments, as reported", forum.commitments),
    ]
    rows = [(name, f"{number:,}") for name, number in figures if number is not None]
    yield Table("The forum at a glance", ("What", "How many"), rows, widths=(4, 1), numeric=(1,))


def _recommendations(forum: Forum) -> Iterator[Block]:
    if recommendations := forum.recommendations.all():
        yield Heading("Recommendations")
        yield Items([_recommendation(each) for each in recommendations])


def _recommendation(recommendation: Recommendation) -> Item:
    told = [(day(update.told_on), update.text) for update in recommendation.updates.all()]
    return Item(f"To {recommendation.addressed_to}: {recommendation.text}", told, number=recommendation.number)


def _programme(forum: Forum) -> Iterator[Block]:
    if sessions := forum.sessions.all():
        yield Heading("Programme")
    for session in sessions:
        yield Heading(documents.joined(session.title, session.speaker), level=2)
        if session.text:
            yield Text(session.text)


def _initiatives(shown: Sequence[dict[str, Any]]) -> Iterator[Block]:
    if shown:
        yield Heading("Initiatives shown")
        yield Items([_initiative(number, entry) for number, entry in enumerate(shown, start=1)])


def _initiative(number: int, entry: dict[str, Any]) -> Item:
    words = entries.WORDS
    places = [*_places(entry["areas"], "name"), *_places(entry["boroughs"], "name")]
    if entry["london_wide"]:
        places.insert(0, "London-wide" + (" (inferred)" if entry["london_wide_basis"] == "inferred" else ""))
    details = [
        ("", entry["summary"]),
        ("Who it is for", entry["who_for"]),
        ("Services", "; ".join(service["name"] for service in entry["services"])),
        ("Where", ", ".join(places)),
        ("Evaluation", f"{words['evaluation'][entry['evaluation_status']]}. {entry['evaluation_note']}".strip()),
        *((label, text) for label, _, text in (outcome(each).partition(": ") for each in entry["outcomes"])),
        *(("Ask", _person(contact)) for contact in entry["contacts"]),
        *(("Further information", _link(link)) for link in entry["links"]),
    ]
    address = settings.SITE_URL + reverse("initiatives:detail", args=[entry["slug"]])
    return Item(entry["title"], [detail for detail in details if detail[1]], number=number, address=address)


def _places(rows: Sequence[dict[str, Any]], name: str) -> list[str]:
    return [row[name] + (" (inferred)" if row["basis"] == "inferred" else "") for row in rows]


def _person(contact: dict[str, Any]) -> str:
    return documents.joined(contact["name"], contact["role"], contact["organisation"], contact["email"])


def _link(link: dict[str, Any]) -> str:
    if not link["url"]:
        return f"“{link['label']}” (no address is given)"
    return link["url"] if link["label"] in link["url"] else f"{link['label']}, {link['url']}"


def _key_themes(forum: Forum) -> Iterator[Block]:
    if themes := forum.forumkeytheme_set.all():
        yield Heading("What was most important")
        yield Text("In no order of priority.")
    for theme in themes:
        yield Heading(theme.key_theme.name, level=2)
        if theme.text:
            yield Text(theme.text)


def _polls(forum: Forum) -> Iterator[Block]:
    if polls := forum.polls.all():
        yield Heading("Polls and pitches")
    for poll in polls:
        yield Heading(poll.question, level=2)
        yield Figure(documents.poll_chart(poll))


def _ideas(ideas: Iterable[Idea]) -> Iterator[Block]:
    if items := [documents.idea_item(idea) for idea in ideas]:
        yield Heading("Idea cards: hopes, not results")
        yield Items(items)


def _feedback(
    forum: Forum, points: FeedbackPointQuerySet, feedback: list[FeedbackPoint], areas: list[STPArea]
) -> Iterator[Block]:
    yield Heading("What each area said")
    if not feedback:
        yield Text("No feedback of this forum is published.")
        return
    if forum.feedback_note:
        yield Text(forum.feedback_note)
    rows = [(row.area.name, *map(str, row.counts), str(row.total)) for row in reports.count_by_cell(points)]
    header = ("Area", *(section.label for section in reports.Section), "All")
    yield Table("Feedback points by area and section", header, rows, widths=(3, 2, 2, 2, 1), numeric=(1, 2, 3, 4))
    for area in areas:
        yield Heading(area.name, level=2)
        for cell in reports.area_feedback(forum, area, feedback).cells:
            yield Heading(cell.section.label, level=3)
            yield documents.points(cell)
    if matrix := reports.theme_matrix(points, areas):
        yield Heading("Key themes by area", level=2)
        yield Text("How many points touch each key theme. A point may touch several.")
        yield Table(
            "Points by key theme and area",
            ("Key theme", *(area.code for area in areas), "All"),
            [(row.key_theme.name, *(str(number) for _, number in row.counts), str(row.total)) for row in matrix],
            widths=(6, *(1 for _ in areas), 1),
            numeric=tuple(range(1, len(areas) + 2)),
        )


def _asks(asks: Iterable[Ask]) -> Iterator[Block]:
    if items := [documents.ask_item(ask) for ask in asks]:
        yield Heading("What was asked for, and what became of it")
        yield Items(items)


def _commitments(forum: Forum, follow_up: Sequence[Block], made_at: datetime) -> Iterator[Block]:
    yield Heading("Commitments and their follow-up")
    if forum.commitments is not None:
        people = count(forum.committers, "person", "people") if forum.committers is not None else "People"
        came = f" Of the {count(forum.attendees, 'person', 'people')} who came," if forum.attendees else ""
        yield Text(f"{came} {people} made {count(forum.commitments, 'commitment')}.".strip())
    if forum.follow_up_due_on:
        is_asked = "was to be asked" if forum.follow_up_due_on < in_london(made_at).date() else "is asked"
        yield Text(
            f"What became of them {is_asked} on {day(forum.follow_up_due_on)}. "
            f"The portal works this day out: {forum.follow_up_basis}."
        )
    else:
        yield Text(f"What became of them is asked {forum.follow_up_basis}.")
    yield from follow_up


def _further_sources(forum: Forum) -> Iterator[Block]:
    if papers := forum.papers.all():
        yield Heading("Papers")
        yield Items([Item(paper.title, address=paper.address) for paper in papers])
    if sources := forum.further_sources.all():
        yield Heading("Further sources")
        yield Items(
            [Item(documents.joined(source.title, source.publisher), address=source.address) for source in sources]
        )
