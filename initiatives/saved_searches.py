"""Lists of the catalogue that people who sign in have saved, and the email that tells them of what is new in these.

It leaves a week after the one before at the earliest, and only when something is new. New is what came into the
catalogue for the first time, or was found right since: an edit or a new tag is no news.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from initiatives import emails, filters, versions
from initiatives.models import Initiative, SavedSearch
from senate_portal.accounts.models import User

logger = logging.getLogger(__name__)

EVERY = timedelta(days=7)
MOST_TOLD = 10  # entries of one list in one email
SALT = "initiatives.saved_searches"


class TooManyError(Exception):
    """The text says what to do."""


# What people do with them


@transaction.atomic
def save(asked: filters.Filters, *, name: str, by: User) -> None:
    """Emails begin with what is new from now on. The same list is saved once, under its latest name."""
    User.objects.select_for_update().get(pk=by.pk)
    query = query_of(asked)
    mine = SavedSearch.objects.filter(by=by)
    if mine.exclude(query=query).count() >= SavedSearch.MOST:
        raise TooManyError(f"You have saved {SavedSearch.MOST} searches. Remove one first.")
    mine.update_or_create(by=by, query=query, defaults={"name": name, "told_until": timezone.now()})


def query_of(asked: filters.Filters) -> str:
    """The address of a list without what does not matter, so that the same list is known again."""
    query = QueryDict(mutable=True)
    for name, keys in asked.chosen.items():
        query.setlist(name, sorted(keys))
    for name, value in [("search", asked.words), ("sort", asked.sort)]:
        if value:
            query[name] = value
    return query.urlencode()


def asked(search: SavedSearch) -> filters.Filters:
    """What it finds today. A theme or an area that is no more stands under `unknown`."""
    return filters.read(QueryDict(search.query))


def stop(user_pk: int) -> None:
    """No more emails. The searches stay."""
    SavedSearch.objects.filter(by=user_pk).update(told_until=None)


def stop_token(user: User) -> str:
    """For the link in an email, by which nothing but stopping can be done."""
    return signing.dumps(user.pk, salt=SALT)


def whose(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None


# The digest


@dataclass(frozen=True)
class News:
    """What is new in one list: the first of the entries, and how many more."""

    search: SavedSearch
    asked: filters.Filters
    entries: Sequence[Initiative]
    more: int


def tell_due(now: datetime) -> int:
    """Returns how many people were written to. Whoever could not be is tried again with the next run."""
    due = SavedSearch.objects.filter(told_until__date__lte=timezone.localdate(now) - EVERY)
    return sum(tell(user, now) for user in User.objects.filter(Exists(due.filter(by=OuterRef("pk"))), is_active=True))


def tell(user: User, now: datetime) -> bool:
    """One email about all of a person's searches. If we are killed between sending and our note, it leaves again."""
    searches = SavedSearch.objects.filter(by=user, told_until__isnull=False)
    told = [news for search in searches if (news := of(search))]
    if not told or not emails.may_be_sent(user.email):
        return False
    if emails.send(emails.saved_searches(user, told, stop_token(user))):
        return False
    searches.filter(told_until__lt=now).update(told_until=now)
    logger.info("User %s was told what is new in %s saved searches", user.pk, len(told))
    return True


def of(search: SavedSearch) -> News | None:
    new = news_since(search.told_until).in_bulk() if search.told_until else {}
    now = asked(search)
    found = [new[pk] for pk in now.found if pk in new]
    return News(search, now, found[:MOST_TOLD], len(found[MOST_TOLD:])) if found else None


def news_since(moment: datetime) -> "QuerySet[Initiative]":
    """Published entries that were not before, and those found right since. History tells how they stood then."""
    events = versions.events_of(Initiative).filter(pgh_obj=OuterRef("pk"))
    before = events.filter(pgh_created_at__lte=moment)
    changed = Initiative.objects.published().filter(Exists(events.filter(pgh_created_at__gt=moment)))
    found: QuerySet[Initiative] = changed.annotate(
        was_published=Exists(before.filter(publication=Initiative.Publication.PUBLISHED)),
        was_verified_on=Subquery(before.order_by("-pgh_id").values("verified_on")[:1]),
    ).filter(
        Q(was_published=False)
        | Q(was_verified_on=None, verified_on__isnull=False)
        | Q(verified_on__gt=F("was_verified_on"))
    )
    return found
