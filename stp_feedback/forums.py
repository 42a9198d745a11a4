"""Forums as staff prepare them: a new one, one like another, open to everybody or not."""

from django.db import transaction
from django.utils.text import slugify

from senate_portal.lib.vague_dates import Known
from stp_feedback.models import Forum, Series

LONGEST_SLUG = 90  # leaves room for a number
# What the addresses of other pages say in place of a slug.
TAKEN_SLUGS = {"add"}


def free_slug(title: str) -> str:
    stem = slugify(title)[:LONGEST_SLUG].strip("-") or "forum"
    taken = TAKEN_SLUGS | set(Forum.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for slug in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken
    )


def series_named(title: str) -> Series:
    """The series of that title, which has letters in it, made where there is none."""
    slug = slugify(title)[:100].strip("-")
    found: Series = Series.objects.get_or_create(slug=slug, defaults={"title": title})[0]
    return found


@transaction.atomic
def copy(forum: Forum) -> Forum:
    """A new forum prepared like this one: its texts and programme. Nothing of what happened on the day, no date, no
    code, nobody's name and so nothing to send."""
    title = f"{forum.title[:190]} (copy)"
    new = Forum.objects.create(
        slug=free_slug(title),
        title=title,
        kind=forum.kind,
        series=forum.series,
        date_known=Known.NOT_YET,
        venue=forum.venue,
        host=forum.host,
        introduction=forum.introduction,
        feedback_note=forum.feedback_note,
        follow_up_months=forum.follow_up_months,
        follow_up_at_next=forum.follow_up_at_next,
        is_invented=forum.is_invented,
    )
    for session in forum.sessions.all():
        session.pk, session.forum, session.source_place = None, new, ""
        session.save(force_insert=True)
    copied: Forum = new
    return copied
