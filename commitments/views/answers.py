"""The pages behind a mailed link. The secret in the address is the only authority: no session is read, none is set."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from commitments import answers, tasks
from commitments.forms.answers import AnswerForm, BesidesForm, FreshLinkForm
from commitments.models import Answer, AnswerLink, Attendee, Commitment, CoOwner, HandOver, Objection
from senate_portal.accounts.access import behind_link
from senate_portal.lib import bells, throttle

ALL = "all"
FRESH_LINKS_AN_HOUR = 3
STRAY_CHARACTERS = re.compile(r"[^A-Za-z0-9_-]+")
TYPED_TEXT = ("-what_happened", "-helped_text", "-hindered_text", "remark")


@dataclass
class Card:
    commitment: Commitment
    form: AnswerForm
    result: answers.Result | None = None

    @property
    def is_shared(self) -> bool:
        """It stands with somebody else."""
        return bool(self.commitment.is_shared)  # type: ignore[attr-defined]

    @property
    def current(self) -> Answer | None:
        return next(iter(self.commitment.answers.all()), None)

    @property
    def offer(self) -> HandOver | None:
        """A colleague was named for it and has not decided."""
        return next(iter(self.commitment.hand_overs.all()), None)

    @property
    def seen(self) -> str:
        """The answer this page shows, so that a later one is not overwritten unseen."""
        if self.form.is_bound and self.result is None:
            return str(self.form["seen"].value() or "")
        return str(self.current.pk) if self.current else ""


@method_decorator(behind_link, name="dispatch")
class LinkPage(View):
    """What every page of an attendee's link is."""


class FollowUpAnswer(LinkPage):
    """One form for all commitments of a person. A card's own button saves that card, the last one saves them all."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Mail programs add full stops, brackets and line breaks to addresses.
        self.token = STRAY_CHARACTERS.sub("", kwargs["token"])
        self.slug = kwargs.get("slug", "")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        attendee = who_follows(self.token, self.slug)
        if attendee is None:
            return lost(request)
        return self.show(attendee, self.cards(attendee), self.besides(attendee))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        attendee = who_follows(self.token, self.slug)
        if attendee is None:
            return lost(request)
        pressed = request.POST.get("save", ALL)
        cards = self.cards(attendee, request.POST)
        chosen = [card for card in cards if pressed in {ALL, str(card.commitment.pk)}]
        besides = self.besides(attendee, request.POST)
        if not (pressed == ALL and besides.has_changed()):
            demand_choices(chosen)
        for card in chosen:
            if card.form.has_changed() and card.form.is_valid():
                card.result = answers.give(
                    commitment=card.commitment,
                    given=card.form.given(),
                    seen=card.form.cleaned_data["seen"],
                    via=Answer.Via.CO_OWNER if card.is_shared else Answer.Via.LINK,
                )
        wrong = any(card.form.errors for card in chosen)
        told = any(card.result is answers.Result.STALE for card in chosen)
        if pressed == ALL:
            if besides.is_valid():
                save_besides(attendee, besides)
            else:
                wrong = True
            if not wrong and not told:
                return redirect("commitments:thanks", token=self.token)
        else:
            besides = self.besides(attendee, initial={name: besides[name].value() for name in besides.fields})
        cards = self.refreshed(attendee, cards, chosen)
        return self.show(attendee, cards, besides, status=422 if wrong else 200)

    def besides(
        self, attendee: Attendee, data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ) -> BesidesForm:
        """What stood on an older page, without these boxes, leaves them alone."""
        initial = initial or {"ask_again_on": attendee.ask_again_on}
        may_choose_day = answers.may_choose_day(attendee) and (data is None or "ask_again_on" in data)
        return BesidesForm(data, initial=initial, may_choose_day=may_choose_day)

    def cards(self, attendee: Attendee, data: QueryDict | None = None) -> list[Card]:
        """A commitment withdrawn while its page stood open is still taken when it is posted."""
        self.choices = {
            "key_themes": answers.key_themes_for(attendee.forum),
            "initiatives": answers.initiatives_for(attendee),
        }
        cards = []
        for commitment in with_answers(attendee):
            prefix = str(commitment.pk)
            if commitment.withdrawn_at and (data is None or f"{prefix}-outcome" not in data):
                continue
            current = next(iter(commitment.answers.all()), None)
            form = AnswerForm(data, prefix=prefix, answer=current, empty_permitted=True, **self.choices)
            cards.append(Card(commitment, form))
        return cards

    def refreshed(self, attendee: Attendee, cards: list[Card], chosen: list[Card]) -> list[Card]:
        """After a save: the saved cards as they stand now, everything else as it was typed."""
        commitments = {commitment.pk: commitment for commitment in with_answers(attendee)}
        for card in cards:
            card.commitment = commitments[card.commitment.pk]
            if card.result in {answers.Result.SAVED, answers.Result.UNCHANGED}:
                card.form = AnswerForm(prefix=card.form.prefix, answer=card.current, **self.choices)
            elif card not in chosen:
                card.form = AnswerForm(prefix=card.form.prefix, answer=None, initial=card.form.typed(), **self.choices)
        return cards

    def show(self, attendee: Attendee, cards: list[Card], besides: BesidesForm, status: int = 200) -> HttpResponse:
        context = {
            "token": self.token,
            "slug": self.slug,
            "besides": besides,
            "offers": attendee.offered.offered().select_related("commitment"),
            "disowned": attendee.commitments.filter(is_disowned=True),
            "attendee": attendee,
            "forum": attendee.forum,
            "cards": cards,
            "answered": sum(card.current is not None for card in cards),
            "has_errors": bool(besides.errors) or any(card.form.is_bound and card.form.errors for card in cards),
            "stale": answers.Result.STALE,
            "done": {answers.Result.SAVED, answers.Result.UNCHANGED},
        }
        return render(self.request, "commitments/follow_up_answer.html", context, status=status)


class FollowUpThanks(LinkPage):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        attendee = who_follows(token)
        if attendee is None:
            return lost(request)
        commitments = [commitment for commitment in with_answers(attendee) if not commitment.withdrawn_at]
        context = {
            "token": token,
            "attendee": attendee,
            "forum": attendee.forum,
            "commitments": commitments,
            "answered": answers.answered(commitments),
            "held": any(answer_is_held(commitment) for commitment in commitments)
            or attendee.remarks.filter(held_text__decision="").exists(),
        }
        return render(request, "commitments/follow_up_thanks.html", context)


class FollowUpStop(LinkPage):
    """Stops every email to the address the link was sent to, as RFC 8058 asks: one POST, no cookie, no redirect.

    Works with any link we ever sent, also an expired or replaced one.
    """

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = AnswerLink.objects.find(STRAY_CHARACTERS.sub("", token))
        if link is None:
            return lost(request)
        context = {"token": token, "stopped": Objection.objects.stands_for(link.email)}
        return render(request, "commitments/follow_up_stop.html", context)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        link = AnswerLink.objects.find(STRAY_CHARACTERS.sub("", token))
        if link is None:
            return lost(request)
        Objection.objects.record(link.email)
        return render(request, "commitments/follow_up_stop.html", {"token": token, "stopped": True})


class FreshLink(LinkPage):
    """Answers every address with the same words, known or not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "commitments/fresh_link.html", {"form": FreshLinkForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FreshLinkForm(request.POST)
        if not form.is_valid():
            return render(request, "commitments/fresh_link.html", {"form": form}, status=422)
        for attendee in Attendee.objects.asked_at(form.cleaned_data["email"]):
            if throttle.allows("fresh-link", attendee.pk, limit=FRESH_LINKS_AN_HOUR, period=timedelta(hours=1)):
                bells.after_commit(tasks.send_fresh_link, attendee.pk)
        return render(request, "commitments/fresh_link_sent.html")


def who_follows(token: str, slug: str = "") -> Attendee | None:
    """Whose page the link opens; nobody's when it is unknown, expired, revoked or was sent to an earlier address.

    With the slug of another forum, the same address there.
    """
    link = AnswerLink.objects.find(token)
    if link is None or not link.works(timezone.now()):
        return None
    if not slug or slug == link.attendee.forum.slug:
        return link.attendee
    return same_address(link.attendee).filter(forum__slug=slug).first()


def same_address(attendee: Attendee) -> QuerySet[Attendee]:
    """The person at every forum. An address is kept in small letters."""
    return Attendee.objects.filter(email=attendee.email, erased_at=None).select_related("forum")


def with_answers(attendee: Attendee) -> list[Commitment]:
    """Their own and then those they share, with the answers of whoever holds each now, and an offer that waits."""
    given = Answer.objects.of_present_holder().prefetch_related("helped", "hindered").select_related("held_text")
    theirs_too = Exists(CoOwner.objects.filter(commitment=OuterRef("pk"), attendee=attendee))
    return list(
        Commitment.objects.with_others()
        .filter(Q(attendee=attendee) | Q(theirs_too, withdrawn_at=None))
        .annotate(is_shared=~Q(attendee=attendee))
        .order_by("is_shared", "position", "pk")
        .select_related("attendee")
        .prefetch_related(
            Prefetch("answers", queryset=given.order_by("-answered_at", "-pk")),
            Prefetch("hand_overs", queryset=HandOver.objects.offered()),
        )
    )


def save_besides(attendee: Attendee, besides: BesidesForm) -> None:
    values = besides.cleaned_data
    if values["remark"]:
        answers.remark(attendee, values["remark"])
    if "ask_again_on" in besides.changed_data:
        answers.ask_again(attendee, values["ask_again_on"])


def answer_is_held(commitment: Commitment) -> bool:
    """Reads prefetched answers."""
    latest = next(iter(commitment.answers.all()), None)
    return latest is not None and hasattr(latest, "held_text") and not latest.held_text.decision


def demand_choices(chosen: list[Card]) -> None:
    """A pressed button needs a choice: on the card it stands on, or, for the last button, on any card at all."""
    untouched = [card for card in chosen if not card.form.has_changed()]
    if len(untouched) == len(chosen):
        for card in untouched:
            card.form.empty_permitted = card.current is not None


def lost(request: HttpRequest) -> HttpResponse:
    """One page for every link that does not work, so that nobody learns whether it ever did.

    What somebody typed behind a link that ran out meanwhile is shown again, to be copied.
    """
    typed = [value for key, value in request.POST.items() if key.endswith(TYPED_TEXT) and isinstance(value, str)]
    context = {"fresh_form": FreshLinkForm(), "typed": [value for value in typed if value.strip()]}
    return render(request, "commitments/link_lost.html", context, status=404)
