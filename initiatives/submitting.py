"""An initiative that somebody offers without an account. It is shown to nobody but staff until they publish it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from initiatives import slugs
from initiatives.models import Initiative, Link, Organisation, STPArea, Submission, Theme

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """A link with its label."""

    label: str
    address: str


@transaction.atomic
def submit(
    entry: Initiative,
    *,
    themes: Iterable[Theme],
    areas: Iterable[STPArea],
    links: Sequence[Reading],
    organisation: str,
    name: str,
    email: str,
) -> Submission:
    """Save the entry for review. An organisation we know is tied to it; another name is kept for staff to look at."""
    entry.slug = slugs.free(entry.title)
    entry.publication = Initiative.Publication.IN_REVIEW
    entry.save()
    entry.themes.set(themes)
    entry.areas.set(areas)
    entry.organisations.set(Organisation.objects.filter(name__iexact=organisation))
    Link.objects.bulk_create(
        Link(initiative=entry, position=position, label=link.label, address=link.address)
        for position, link in enumerate(links, start=1)
    )
    submission = Submission.objects.create(initiative=entry, name=name, email=email, organisation=organisation)
    logger.info("Submission %s arrived", submission.pk)
    return submission
