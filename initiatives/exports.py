"""The catalogue as a table. Several values in one cell stand on lines of their own."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from initiatives import entries
from initiatives.freshness import Freshness
from initiatives.matrix import Matrix
from initiatives.models import EvidenceStrength, Initiative, Outcome
from initiatives.serializers import InitiativeSerializer
from senate_portal.lib.spreadsheets import Sheet

Entry = dict[str, Any]

# Raise it when a column changes its meaning.
DEFINITION = 1


@dataclass(frozen=True)
class Column:
    """`width` is in characters."""

    name: str
    meaning: str
    value: Callable[[Entry], Any]
    width: int = 24


def outcome(found: Entry) -> str:
    """The kind of claim first, so that an aim is never read as a result; words that say the same as another once."""
    measure, printed, direction = found["measure"], found["as_printed"], found["direction"]
    if not printed or printed.casefold() == measure.casefold():
        printed = "" if direction == Outcome.Direction.NOT_STATED else Outcome.Direction(direction).label.lower()
    said = f"{Outcome.Claim(found['claim']).label}: {measure}"
    return f"{said} ({printed})" if printed else said


def contact(found: Entry) -> str:
    left = (
        f"has left{', ' + found['successor'] + ' took over' if found['successor'] else ''}" if found["left_on"] else ""
    )
    return ", ".join(filter(None, (found["name"], found["role"], found["organisation"], found["email"], left)))


def adaptation(found: Entry) -> str:
    return f"{found['slug']}: {' '.join(found['what_changed'].split())}"


def london_wide(entry: Entry) -> str:
    if not entry["london_wide"]:
        return "no"
    return "yes" if entry["london_wide_basis"] == "stated" else "yes, inferred"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _placed(name: str, key: str, basis: str) -> Callable[[Entry], str]:
    return lambda entry: _lines(place[key] for place in entry[name] if place["basis"] == basis)


COLUMNS = (
    Column("slug", "The end of the entry's address; it never changes", lambda entry: entry["slug"]),
    Column("title", "Its name in the source", lambda entry: entry["title"], 40),
    Column("acronyms", "Acronyms in its text, separated by commas", lambda entry: entry["acronyms"]),
    Column("summary", "What it is, in our words", lambda entry: entry["summary"], 60),
    Column("who it is for", "The people it serves", lambda entry: entry["who_for"], 40),
    Column(
        "stage",
        "How far along: planned, pilot, live, scaled up, paused or stopped",
        lambda entry: Initiative.Stage(entry["stage"]).label,
    ),
    Column(
        "evaluation status",
        "How far an evaluation has come; it says nothing about the result",
        lambda entry: Initiative.Evaluation(entry["evaluation_status"]).label,
    ),
    Column("evaluation note", "What the source says about it", lambda entry: entry["evaluation_note"], 40),
    Column(
        "results expected",
        "When the source expects results",
        lambda entry: entry["results_expected_note"] or entry["results_expected_on"],
    ),
    Column("London-wide", "Whether it runs all over London: yes, no, or yes but inferred", london_wide),
    Column("STP areas", "Codes of the areas that the source states", _placed("areas", "code", "stated")),
    Column("STP areas inferred", "Codes of the areas that we worked out", _placed("areas", "code", "inferred")),
    Column("boroughs", "Boroughs that the source states", _placed("boroughs", "name", "stated")),
    Column("boroughs inferred", "Boroughs that we worked out", _placed("boroughs", "name", "inferred")),
    Column("themes", "What it is about", lambda entry: _lines(theme["name"] for theme in entry["themes"])),
    Column(
        "outcomes",
        "Each claim, its kind first (aim, early result, measured, evaluated), with the words as printed; where they "
        "say no more than the claim, which way it went",
        lambda entry: _lines(map(outcome, entry["outcomes"])),
        60,
    ),
    Column(
        "strength of the evidence",
        "How far one can rely on the claims, whatever their size: not assessed, suggestive, moderate or strong",
        lambda entry: EvidenceStrength(entry["evidence_strength"]).label,
    ),
    Column("why that strong", "What the strength rests on", lambda entry: entry["evidence_reason"], 40),
    Column("problem", "The problem it meets, in our words", lambda entry: entry["problem"], 60),
    Column("how it works and what it took", "In our words", lambda entry: entry["how_it_works"], 60),
    Column("cost", "Empty where the source states none", lambda entry: entry["cost"], 40),
    Column("funding", "Who pays for it; empty where not stated", lambda entry: entry["funding"], 40),
    Column("workforce", "Who does the work; empty where not stated", lambda entry: entry["workforce"], 40),
    Column("time to set up", "Empty where not stated", lambda entry: entry["set_up_time"]),
    Column("prerequisites", "What must be in place first", lambda entry: entry["prerequisites"], 40),
    Column("pitfalls", "What to look out for", lambda entry: entry["pitfalls"], 40),
    Column("start here", "Where to start", lambda entry: entry["start_here"], 40),
    Column("lessons", "What the people who did it would do differently", lambda entry: entry["lessons"], 40),
    Column(
        "organisations",
        "Bodies that run, pay for or support it",
        lambda entry: _lines(organisation["name"] for organisation in entry["organisations"]),
        40,
    ),
    Column(
        "contacts",
        "Whom to ask: name, role, organisation, email where the source gives one, and whether they have left",
        lambda entry: _lines(map(contact, entry["contacts"])),
        60,
    ),
    Column(
        "links",
        "Further reading: label, and address where there is one",
        lambda entry: _lines(f"{link['label']} {link['url']}".strip() for link in entry["links"]),
        40,
    ),
    Column(
        "sources",
        "Where the entry stands in which document",
        lambda entry: _lines(f"{source['title']}, {source['where']}" for source in entry["sources"]),
        60,
    ),
    Column(
        "made after",
        "The entries that it was made after: the end of each one's address, a colon, and what changed",
        lambda entry: _lines(map(adaptation, entry["adapted_from"])),
        40,
    ),
    Column("last checked on", "Empty when nobody has checked it since it was taken over", lambda e: e["verified_on"]),
    Column("last checked by", "Who found it right on that day", lambda entry: entry["verified_by"]),
    Column("to be checked by", "A year after the last check", lambda entry: entry["review_by"]),
    Column(
        "freshness",
        "On the day the file was made: recently checked, due to be checked, or overdue to be checked",
        lambda entry: Freshness(entry["freshness"]).label,
    ),
)
# Worked out on the day a file is made, so a file that comes back later may say something else.
WORKED_OUT = {"to be checked by", "freshness"}
HEADER = [column.name for column in COLUMNS]


def row(entry: Entry) -> list[Any]:
    return [column.value(entry) for column in COLUMNS]


def rows(pks: Iterable[int]) -> Iterator[list[Any]]:
    return map(row, entries.each(pks))


def dictionary() -> list[tuple[str, str]]:
    """What each column means."""
    return [(column.name, column.meaning) for column in COLUMNS]


@dataclass(frozen=True)
class Stamp:
    """What a file says about itself: the list it holds, its address with all filters, and when it was made."""

    title: str
    address: str
    made_at: datetime

    def rows(self) -> list[tuple[str, Any]]:
        return [
            ("List", self.title),
            ("Address with its filters", self.address),
            ("Made at", timezone.localtime(self.made_at).strftime("%Y-%m-%d %H:%M %Z")),
            ("Version of the columns", DEFINITION),
        ]


def sheets(pks: Iterable[int], stamp: Stamp) -> list[Sheet]:
    return [
        Sheet("Initiatives", HEADER, rows(pks), [column.width for column in COLUMNS]),
        Sheet("Columns", ["column", "meaning"], dictionary(), [32, 90]),
        Sheet("About this file", ["what", "value"], stamp.rows(), [32, 90]),
    ]


def json_lines(pks: Iterable[int], stamp: Stamp) -> Iterator[str]:
    """One document, with an initiative of the read API a line."""
    about = {"list": stamp.title, "address": stamp.address, "made_at": stamp.made_at.isoformat()}
    yield json.dumps(about, ensure_ascii=False).removesuffix("}") + ', "initiatives": ['
    separator = "\n"
    # One serializer for all: making one costs more than using it.
    for entry in map(InitiativeSerializer().to_representation, entries.each(pks)):
        yield separator + json.dumps(entry, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def matrix_table(asked: Matrix) -> tuple[list[str], Iterator[list[Any]]]:
    """Header and rows. Beside each number stands how many of the entries are in the place because we worked it out."""
    header = ["theme" if asked.place == "area" else "borough"]
    for column in asked.columns:
        header += [column.label, f"{column.label}: of these inferred"]
    return header, (
        [row.label, *(part for cell in row.cells for part in (cell.as_text, cell.inferred))] for row in asked.rows
    )
