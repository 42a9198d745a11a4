"""The columns of the catalogue as a table. Several values in one cell stand on lines of their own."""

from typing import Any

from initiatives.models import Initiative, Outcome

HEADER = (
    "slug",
    "title",
    "acronyms",
    "summary",
    "who it is for",
    "stage",
    "evaluation status",
    "evaluation note",
    "results expected",
    "London-wide",
    "STP areas",
    "STP areas inferred",
    "boroughs",
    "boroughs inferred",
    "themes",
    "outcomes",
    "how it works and what it took",
    "organisations",
    "contacts",
    "links",
    "sources",
    "last checked on",
)


def row(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (
        entry["slug"],
        entry["title"],
        entry["acronyms"],
        entry["summary"],
        entry["who_for"],
        Initiative.Stage(entry["stage"]).label,
        Initiative.Evaluation(entry["evaluation_status"]).label,
        entry["evaluation_note"],
        entry["results_expected_on"] or entry["results_expected_note"],
        _london_wide(entry),
        _lines(area["code"] for area in entry["areas"] if area["basis"] == "stated"),
        _lines(area["code"] for area in entry["areas"] if area["basis"] == "inferred"),
        _lines(borough["name"] for borough in entry["boroughs"] if borough["basis"] == "stated"),
        _lines(borough["name"] for borough in entry["boroughs"] if borough["basis"] == "inferred"),
        _lines(theme["name"] for theme in entry["themes"]),
        _lines(map(outcome, entry["outcomes"])),
        entry["how_it_works"],
        _lines(organisation["name"] for organisation in entry["organisations"]),
        _lines(
            ", ".join(filter(None, (contact["name"], contact["role"], contact["organisation"], contact["email"])))
            for contact in entry["contacts"]
        ),
        _lines(f"{link['label']} {link['url']}".strip() for link in entry["links"]),
        _lines(f"{source['title']}, {source['where']}" for source in entry["sources"]),
        entry["verified_on"],
    )


def outcome(outcome: dict[str, Any]) -> str:
    """The kind of claim first, so that an aim is never read as a result."""
    printed = f" ({outcome['as_printed']})" if outcome["as_printed"] else ""
    return f"{Outcome.Claim(outcome['claim']).label}: {outcome['measure']}{printed}"


def _london_wide(entry: dict[str, Any]) -> str:
    if not entry["london_wide"]:
        return "no"
    return "yes" if entry["london_wide_basis"] == "stated" else "yes, inferred"


def _lines(texts: Any) -> str:
    return "\n".join(texts)
