"""What forums were told, put together for pages, files and the API alike. No area is ranked above another."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from initiatives.models import Initiative, STPArea
from stp_feedback.models import FeedbackPoint, Forum, KeyTheme

Section = FeedbackPoint.Section


@dataclass(frozen=True)
class Cell:
    """What one area wrote in one section, in its order."""

    area: STPArea
    section: Section
    points: tuple[FeedbackPoint, ...]


@dataclass(frozen=True)
class AreaFeedback:
    """What one area said at one forum."""

    forum: Forum
    area: STPArea
    cells: tuple[Cell, ...]

    @property
    def points(self) -> list[FeedbackPoint]:
        return [point for cell in self.cells for point in cell.points]

    @property
    def unclear(self) -> int:
        return sum(point.is_unclear for point in self.points)

    @property
    def answered(self) -> int:
        return sum(hasattr(point, "response") for point in self.points)

    @property
    def drafts(self) -> int:
        return sum(point.state == FeedbackPoint.State.DRAFT for point in self.points)

    @property
    def initiatives(self) -> list[Initiative]:
        """Those the points name, each once."""
        named = {initiative.pk: initiative for point in self.points for initiative in point.initiatives.all()}
        return sorted(named.values(), key=lambda initiative: initiative.title)

    @property
    def key_themes(self) -> list[tuple[KeyTheme, int]]:
        """How many points touch each key theme, by name."""
        counts = Counter(theme for point in self.points for theme in point.key_themes.all())
        return sorted(counts.items(), key=lambda pair: pair[0].name)


@dataclass(frozen=True)
class AreaCounts:
    """How many points one area wrote in each section, in the order of the sections."""

    area: STPArea
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class ThemeRow:
    """How many points of each area touch a key theme; a point may touch several."""

    key_theme: KeyTheme
    counts: tuple[tuple[STPArea, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


def area_feedback(forum: Forum, area: STPArea, points: Iterable[FeedbackPoint]) -> AreaFeedback:
    points = [point for point in points if point.forum_id == forum.pk and point.area_id == area.pk]
    return AreaFeedback(forum, area, tuple(_cell(area, section, points) for section in Section))


def side_by_side(points: Iterable[FeedbackPoint], areas: Iterable[STPArea]) -> list[tuple[Section, list[Cell]]]:
    """Section by section, every area's points next to the others'. Sections and areas without any are left out."""
    points, areas = list(points), list(areas)
    rows = [(section, [cell for area in areas if (cell := _cell(area, section, points)).points]) for section in Section]
    return [(section, cells) for section, cells in rows if cells]


def count_by_cell(points: "QuerySet[FeedbackPoint]") -> list[AreaCounts]:
    """For each area that has any of the points, how many stand in each section."""
    counts = {
        (area, section): count
        for area, section, count in points.order_by().values_list("area", "section").annotate(count=Count("pk"))
    }
    areas = STPArea.objects.filter(pk__in={area for area, _ in counts})
    return [AreaCounts(area, tuple(counts.get((area.pk, section), 0) for section in Section)) for area in areas]


def theme_matrix(points: "QuerySet[FeedbackPoint]", areas: Iterable[STPArea]) -> list[ThemeRow]:
    """Key themes that any of the points touch, by name, with a count for each area."""
    counts = {
        (theme, area): count
        for theme, area, count in points.order_by()
        .filter(key_themes__isnull=False)
        .values_list("key_themes", "area")
        .annotate(count=Count("pk", distinct=True))
    }
    themes = KeyTheme.objects.filter(pk__in={theme for theme, _ in counts})
    areas = list(areas)
    return [ThemeRow(theme, tuple((area, counts.get((theme.pk, area.pk), 0)) for area in areas)) for theme in themes]


def _cell(area: STPArea, section: Section, points: Iterable[FeedbackPoint]) -> Cell:
    return Cell(area, section, tuple(point for point in points if (point.area_id, point.section) == (area.pk, section)))
