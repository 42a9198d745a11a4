"""The figures of a follow-up as part of a document."""

from dataclasses import replace

from commitments.learning import Area
from commitments.reports import Figure as Counted
from commitments.reports import FollowUp
from senate_portal.lib.documents import Block, Table

HIDDEN = "fewer than 5 people"


def follow_up(figures: FollowUp | None) -> list[Block]:
    """How far it has come and what became of the commitments; nothing for a forum without a follow-up."""
    if figures is None:
        return []
    tables = [("How far the follow-up has come", "Step", figures.steps)]
    if figures.answered.commitments:
        tables.append(("What became of the commitments", "Outcome", figures.outcomes))
    return [
        Table(
            caption,
            (first, "Commitments", "People"),
            [_row(figure) for figure in rows],
            widths=(3, 1, 1),
            numeric=(1, 2),
        )
        for caption, first, rows in tables
    ]


def of_area(figures: Area | None) -> list[Table]:
    """What became of the commitments of an area's people; nothing for a forum without a follow-up."""
    if figures is None:
        return []
    steps = {"Made": figures.made, "Answered": figures.answered, "Outcome known": figures.outcome_known}
    rows = [_row(replace(figure, label=label)) for label, figure in steps.items()]
    caption = "Commitments of its people, and how far their follow-up has come"
    return [Table(caption, ("Step", "Commitments", "People"), rows, widths=(3, 1, 1), numeric=(1, 2))]


def _row(figure: Counted) -> tuple[str, str, str]:
    if figure.is_suppressed:
        return figure.label, HIDDEN, HIDDEN
    return figure.label, f"{figure.commitments:,}", f"{figure.people:,}"
