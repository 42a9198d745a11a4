"""The figures of a follow-up as part of a document."""

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


def _row(figure: Counted) -> tuple[str, str, str]:
    if figure.is_suppressed:
        return figure.label, HIDDEN, HIDDEN
    return figure.label, f"{figure.commitments:,}", f"{figure.people:,}"
