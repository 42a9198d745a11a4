"""Contacts who left their post or cannot be reached, and whom else there is to ask."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from initiatives.models import Confirmation, Contact, Initiative

# Why the last question to the address that a contact has could not be sent; empty where it could, none without one.
FAILURE = Subquery(
    Confirmation.objects.filter(initiative=OuterRef("initiative"), email=OuterRef("email"))
    .order_by("-asked_at", "-pk")
    .values("failure")[:1]
)
REACHED = Q(failure=None) | Q(failure="")


def to_ask(initiative: Initiative) -> list[Contact]:
    """Those who are there and can be reached, as far as we know; people first, mailboxes where there is nobody."""
    reached = initiative.contacts.here().exclude(email="").annotate(failure=FAILURE).filter(REACHED)
    return sorted(reached, key=lambda contact: (contact.kind == Contact.Kind.MAILBOX, contact.position))


def lost() -> QuerySet[Contact]:
    """Shown on a published entry, and left without a successor or not reached when last asked.

    With `others`, whether the entry has somebody else to ask.
    """
    others = Contact.objects.here().filter(initiative=OuterRef("initiative"), is_public=True).exclude(email="")
    shown = Contact.objects.filter(is_public=True, initiative__publication=Initiative.Publication.PUBLISHED)
    return (  # type: ignore[no-any-return]
        shown.annotate(failure=FAILURE)
        .filter(Q(left_on__isnull=False) | ~REACHED)
        .exclude(left_on__isnull=False, successor__is_public=True)
        .annotate(others=Exists(others.annotate(failure=FAILURE).filter(REACHED)))
        .select_related("initiative")
    )
