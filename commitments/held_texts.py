"""Free text that seems to name a patient or to hold an address is held until a member of staff has looked at it."""

from typing import Any

import pgtrigger
from django.db import transaction
from django.utils import timezone

from commitments.models import Answer, HeldText, Remark
from senate_portal.accounts.models import User
from senate_portal.lib import sensitive

FREE_TEXT = ["what_happened", "helped_text", "hindered_text"]


def hold_if_needed(*, answer: Answer | None = None, remark: Remark | None = None) -> HeldText | None:
    found = sensitive.found_in(*texts_of(answer or remark).values())
    if not found:
        return None
    return HeldText.objects.create(answer=answer, remark=remark, found=" and ".join(found))


def texts_of(written: Answer | Remark | None) -> dict[str, str]:
    names = FREE_TEXT if isinstance(written, Answer) else ["text"]
    return {name: getattr(written, name) for name in names}


def release(held: HeldText, *, by: User) -> None:
    """It names nobody after all."""
    decide(held, HeldText.Decision.RELEASED, by)


@transaction.atomic
def mask(held: HeldText, *, by: User) -> None:
    """Take the numbers and addresses out for good. Nothing else is touched."""
    written: Any = held.answer or held.remark
    changes = {name: sensitive.masked(text) for name, text in texts_of(written).items()}
    with pgtrigger.ignore("commitments.Answer:append_only"):
        type(written).objects.filter(pk=written.pk).update(**changes)
    decide(held, HeldText.Decision.MASKED, by)


def decide(held: HeldText, decision: HeldText.Decision, by: User) -> None:
    waiting = HeldText.objects.waiting().filter(pk=held.pk)
    waiting.update(decision=decision, decided_by=by, decided_at=timezone.now())
