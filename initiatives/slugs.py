from django.utils.text import slugify

from initiatives.models import Initiative, OldSlug
from initiatives.models.initiatives import TAKEN_SLUGS

LONGEST = 90  # leaves room for a number


def free(title: str) -> str:
    """A slug that no entry has or once had, made from the title."""
    stem = slugify(title)[:LONGEST].strip("-") or "initiative"
    taken = set(TAKEN_SLUGS)
    for model in (Initiative, OldSlug):
        taken |= set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken
    )
