from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from commitments.models import Answer, Attendee, Message, Wave
from commitments.rehearsals import ADDED
from initiatives.models import STPArea
from senate_portal.lib.forms import FilterForm, SmallCheckboxes
from stp_feedback.models import Forum

SENT = [Message.State.ACCEPTED, Message.State.UNKNOWN]


class AttendeeFilter(django_filters.FilterSet):  # type: ignore[misc]
    STATES = {
        "committed": "Made a commitment",
        "answered": "Answered",
        "silent": "Asked, no answer yet",
        "mend": "Address needs mending",
        "no-address": "No address",
        "not-agreed": "Not agreed to be followed up",
        "stopped": "Asked us to stop",
    }

    forum = django_filters.ModelChoiceFilter(
        queryset=Forum.objects.all(), to_field_name="slug", label="Forum", empty_label="All forums"
    )
    state = django_filters.ChoiceFilter(
        choices=list(STATES.items()), method="in_state", label="State", empty_label="All"
    )
    area = django_filters.ModelChoiceFilter(
        queryset=STPArea.objects.all(), to_field_name="code", label="STP area", empty_label="All areas"
    )
    search = django_filters.CharFilter(method="matching", label="Name, organisation or email")

    class Meta:
        model = Attendee
        fields: list[str] = []
        form = FilterForm

    def in_state(self, attendees: QuerySet[Attendee], name: str, value: str) -> QuerySet[Attendee]:
        answered = Exists(Attendee.objects.answered().filter(pk=OuterRef("pk")))
        asked = Exists(Message.objects.filter(attendee=OuterRef("pk"), state__in=SENT))
        conditions: dict[str, Any] = {
            "committed": Exists(Attendee.objects.with_commitments().filter(pk=OuterRef("pk"))),
            "answered": answered,
            "silent": Q(asked) & ~Q(answered),
            "mend": Q(address_failed_at__isnull=False),
            "no-address": Q(email=""),
            "not-agreed": Q(agreed_at=None),
            "stopped": Q(objected_at__isnull=False),
        }
        return attendees.filter(conditions[value])

    def matching(self, attendees: QuerySet[Attendee], name: str, value: str) -> QuerySet[Attendee]:
        return attendees.filter(Q(name__icontains=value) | Q(organisation__icontains=value) | Q(email__icontains=value))


class MessageFilter(django_filters.FilterSet):  # type: ignore[misc]
    forum = django_filters.ModelChoiceFilter(
        field_name="wave__forum",
        queryset=Forum.objects.filter(wave__isnull=False),
        to_field_name="slug",
        label="Forum",
        empty_label="All forums",
    )
    state = django_filters.MultipleChoiceFilter(choices=Message.State.choices, label="State", widget=SmallCheckboxes)
    step = django_filters.ChoiceFilter(choices=Message.Step.choices, label="Email", empty_label="All")

    class Meta:
        model = Message
        fields: list[str] = []
        form = FilterForm


class RehearsalFilter(django_filters.FilterSet):  # type: ignore[misc]
    """People of `Rehearsal.people`."""

    WHO = {
        "due": Q(rehearsed_kind__gt=""),
        "left-out": Q(rehearsed_kind="") & ~Q(change=ADDED),
        "changed": ~Q(change=""),
    }

    who = django_filters.ChoiceFilter(
        choices=[("due", "An email is for them"), ("left-out", "Left out"), ("changed", "Changed since it began")],
        method="of_those",
        label="Who",
        empty_label="Everybody",
    )
    area = django_filters.ModelChoiceFilter(
        queryset=STPArea.objects.all(), to_field_name="code", label="STP area", empty_label="All areas"
    )

    class Meta:
        model = Attendee
        fields: list[str] = []
        form = FilterForm

    def of_those(self, people: QuerySet[Attendee], name: str, value: str) -> QuerySet[Attendee]:
        return people.filter(self.WHO[value])


class AnswerFilter(django_filters.FilterSet):  # type: ignore[misc]
    forum = django_filters.ModelChoiceFilter(
        field_name="commitment__attendee__forum",
        queryset=Forum.objects.filter(wave__isnull=False),
        to_field_name="slug",
        label="Forum",
        empty_label="All forums",
    )
    outcome = django_filters.ChoiceFilter(choices=Answer.Outcome.choices, label="What became of it", empty_label="All")

    class Meta:
        model = Answer
        fields: list[str] = []
        form = FilterForm


class ChaseFilter(django_filters.FilterSet):  # type: ignore[misc]
    WHY = {
        "asked": "Asked, no answer yet",
        "not-asked": "Not asked yet",
        "mend": "Address needs mending",
        "no-address": "No address",
        "not-agreed": "Not agreed to be followed up",
        "stopped": "Asked us to stop",
        "later": "Asked to be asked later",
        "held": "The follow-up is held",
    }

    forum = django_filters.ModelChoiceFilter(
        queryset=Forum.objects.filter(wave__isnull=False),
        to_field_name="slug",
        label="Forum",
        empty_label="All forums",
    )
    area = django_filters.ModelChoiceFilter(
        queryset=STPArea.objects.all(), to_field_name="code", label="STP area", empty_label="All areas"
    )
    wave = django_filters.ChoiceFilter(
        field_name="forum__wave__state", choices=Wave.State.choices, label="Follow-up", empty_label="In any state"
    )
    why = django_filters.ChoiceFilter(
        choices=list(WHY.items()), method="silent_because", label="Why there is no answer", empty_label="Any reason"
    )

    class Meta:
        model = Attendee
        fields: list[str] = []
        form = FilterForm

    def silent_because(self, people: QuerySet[Attendee], name: str, value: str) -> QuerySet[Attendee]:
        """People of `chasing.unanswered`."""
        reachable = Exists(Attendee.objects.reachable().filter(pk=OuterRef("pk")))
        conditions: dict[str, Any] = {
            "asked": Q(reachable, times_asked__gt=0, ask_again_on=None),
            "not-asked": Q(reachable, times_asked=0, ask_again_on=None),
            "later": Q(ask_again_on__isnull=False),
            "mend": Q(address_failed_at__isnull=False),
            "no-address": Q(email=""),
            "not-agreed": Q(agreed_at=None),
            "stopped": Q(objected_at__isnull=False),
            "held": Q(forum__wave__state="held"),
        }
        return people.filter(conditions[value])
