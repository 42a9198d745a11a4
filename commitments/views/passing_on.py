"""Behind a mailed link: a commitment that is somebody else's, and what people allow us to do with their words."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commitments import answers, passing_on, people, tasks
from commitments.commitments import agreement
from commitments.forms.answers import ConsentsForm, FreshLinkForm
from commitments.forms.passing_on import OfferForm, PassOnForm
from commitments.models import FEWEST_SHOWN, Attendee, HandOver
from commitments.views.answers import STRAY_CHARACTERS, LinkPage, lost, same_address, who_follows, with_answers
from senate_portal.lib import bells, throttle

OFFERS_A_DAY = 5
DAY = timedelta(days=1)
ADDRESSES_AN_HOUR = 10
HOUR = timedelta(hours=1)


class PersonalPage(LinkPage):
    """For whom the link was sent to; everybody else meets the one page of links that do not work."""

    attendee: Attendee
    template_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.token = STRAY_CHARACTERS.sub("", kwargs["token"])
        attendee = who_follows(self.token)
        if attendee is None:
            return lost(request)
        self.attendee = attendee
        return super().dispatch(request, *args, **kwargs)

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        context |= {"token": self.token, "attendee": self.attendee, "forum": self.attendee.forum}
        return render(self.request, self.template_name, context, status=status)


class PassOn(PersonalPage):
    """Not mine, with a colleague now, or mine after all."""

    template_name = "commitments/pass_on.html"

    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        return self.ask(pk)

    def post(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        commitment = self.attendee.commitments.filter(pk=pk).first()
        if commitment is None:
            return lost(request)
        form = self.form(pk, request.POST)
        if not form.is_valid():
            return self.ask(pk, form, status=422)
        way = form.cleaned_data["way"]
        if way == form.NOT_MINE:
            passing_on.disown(commitment)
        elif way == form.MINE:
            passing_on.own_again(commitment)
        elif not throttle.allows("hand-over", self.attendee.pk, limit=OFFERS_A_DAY, period=DAY):
            form.add_error(None, "You have named several colleagues today. Please write to us instead.")
            return self.ask(pk, form, status=429)
        else:
            try:
                offer = passing_on.offer(commitment, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
            except passing_on.CannotPassOnError as problem:
                form.add_error("email", str(problem))
                return self.ask(pk, form, status=422)
            bells.after_commit(tasks.send_offer, offer.pk)
        return redirect("commitments:answer", token=self.token)

    def form(self, pk: int, data: Any = None) -> PassOnForm:
        offered = HandOver.objects.offered().filter(commitment=pk).exists()
        disowned = self.attendee.commitments.filter(pk=pk, is_disowned=True).exists()
        return PassOnForm(data, is_passed_on=offered or disowned)

    def ask(self, pk: int, form: PassOnForm | None = None, status: int = 200) -> HttpResponse:
        commitment = self.attendee.commitments.filter(pk=pk).first()
        if commitment is None:
            return lost(self.request)
        return self.show(status, commitment=commitment, form=form or self.form(pk))


class OfferDecide(PersonalPage):
    """A colleague named this person. They see the commitment and nothing of who made it."""

    template_name = "commitments/offer.html"

    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        return self.ask(pk, OfferForm())

    def post(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        form = OfferForm(request.POST)
        offer = self.offer(pk)
        if offer is None or not form.is_valid():
            return self.ask(pk, form, status=422)
        if form.cleaned_data["decision"] == form.TAKE:
            passing_on.take_on(offer)
        else:
            passing_on.refuse(offer)
        return redirect("commitments:answer", token=self.token)

    def offer(self, pk: int) -> HandOver | None:
        return self.attendee.offered.offered().select_related("commitment").filter(pk=pk).first()

    def ask(self, pk: int, form: OfferForm, status: int = 200) -> HttpResponse:
        offer = self.offer(pk)
        if offer is None:
            return lost(self.request)
        return self.show(status, offer=offer, form=form, agreement=agreement(self.attendee.forum))


class People(PersonalPage):
    """For those who came: what others of their forum let them see.

    A link is passed on, so whoever has it types the address that it was sent to. Another one meets the same words as
    the right one at a forum where nobody allows anything.
    """

    template_name = "commitments/people.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if not self.attendee.came:
            return lost(request)
        return self.ask(FreshLinkForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = FreshLinkForm(request.POST)
        if not self.attendee.came:
            return lost(request)
        if not form.is_valid():
            return self.ask(form, status=422)
        if not throttle.allows("people", self.attendee.pk, limit=ADDRESSES_AN_HOUR, period=HOUR):
            return self.ask(form, status=429, too_often=True)
        is_theirs = form.cleaned_data["email"].strip().lower() == self.attendee.email
        seen = people.who_may_be_seen(self.attendee.forum) if is_theirs else Attendee.objects.none()
        return self.ask(form, people=list(seen), asked=True)

    def ask(self, form: FreshLinkForm, status: int = 200, **context: Any) -> HttpResponse:
        promised = people.promised(self.attendee.forum)
        shows_counts = promised[1] >= FEWEST_SHOWN
        return self.show(status, form=form, promised=promised, shows_counts=shows_counts, **context)


class MyCommitments(PersonalPage):
    """Everything this address promised, at every forum, and what we may do with what they tell us."""

    template_name = "commitments/my_commitments.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        uses = set(self.attendee.consents.standing().values_list("use", flat=True))
        form = ConsentsForm(initial={"uses": sorted(uses)})
        people = same_address(self.attendee).order_by("-forum__held_on", "pk")
        forums = [(person.forum, [one for one in with_answers(person) if not one.withdrawn_at]) for person in people]
        return self.show(forums=forums, form=form, consents=self.attendee.consents.standing())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = ConsentsForm(request.POST)
        if form.is_valid():  # a use that we do not offer changes nothing
            answers.allow(self.attendee, form.cleaned_data["uses"])
        return redirect("commitments:my_commitments", token=self.token)
