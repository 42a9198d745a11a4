from django.db.models import QuerySet
from django.utils.text import slugify

from initiatives.models import Initiative, OldSlug, OldThemeSlug, Theme
from initiatives.models.initiatives import TAKEN_SLUGS

# Each leaves room for a number.
LONGEST = 90
LONGEST_OF_THEME = 40


def free(title: str) -> str:
    """A slug that no entry has or once had, made from the title."""
    stem = slugify(title)[:LONGEST].strip("-") or "initiative"
    return _first_free(stem, [Initiative.objects.all(), OldSlug.objects.all()], set(TAKEN_SLUGS))


def of_theme(theme: Theme) -> str:
    """A slug that no other theme has or once had, made from the theme's name."""
    stem = slugify(theme.name)[:LONGEST_OF_THEME].strip("-") or "theme"
    return _first_free(stem, [Theme.objects.exclude(pk=theme.pk), OldThemeSlug.objects.exclude(theme=theme.pk)], set())


def _first_free(stem: str, among: list[QuerySet], taken: set[str]) -> str:
    for rows in among:
        taken |= set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken
    )
