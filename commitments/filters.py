from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commitments.models import Answer, Attendee, Erasure, Message, Story, Wave
from commitments.rehearsals import ADDED
from initiatives.models import STPArea
from senate_portal.lib.forms import FilterForm, SmallCheckboxes
from senate_portal.lib.sorting import Sort
from stp_feedback.models import Forum

SENT = [Message.State.ACCEPTED, Message.State.UNKNOWN]


def of_forum(field: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field,
        queryset=Forum.objects.filter(wave__isnull=False),
        to_field_name="slug",
        label="Forum",
        empty_label="All forums",
    )


def of_area(field: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field,
        queryset=STPArea.objects.all(),
        to_field_name="code",
        label="STP area",
        empty_label="All areas",
    )


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
    area = of_area("area")
    search = django_filters.CharFilter(method="matching", label="Name, organisation or email")
    sort = Sort(
        name=("Name", "name"),
        organisation=("Organisation", "organisation", "name"),
        area=("STP area", "area__name", "name"),
        forum=("Forum, latest first", "-forum__held_on", "name"),
        commitments=("Most commitments", "-commitment_count", "name"),
    )

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
    forum = of_forum("wave__forum")
    state = django_filters.MultipleChoiceFilter(choices=Message.State.choices, label="State", widget=SmallCheckboxes)
    step = django_filters.ChoiceFilter(choices=Message.Step.choices, label="Email", empty_label="All")
    search = django_filters.CharFilter(field_name="attendee__name", lookup_expr="icontains", label="Name")
    sort = Sort(
        latest=("Latest first", "-not_before", "-pk"),
        earliest=("Earliest first", "not_before"),
        name=("Name", "attendee__name", "step"),
        attempts=("Most attempts", "-attempts", "-not_before"),
    )

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
    area = of_area("area")
    sort = Sort(
        name=("Name", "name"),
        organisation=("Organisation", "organisation", "name"),
        area=("STP area", "area__name", "name"),
    )

    class Meta:
        model = Attendee
        fields: list[str] = []
        form = FilterForm

    def of_those(self, people: QuerySet[Attendee], name: str, value: str) -> QuerySet[Attendee]:
        return people.filter(self.WHO[value])


class AnswerFilter(django_filters.FilterSet):  # type: ignore[misc]
    forum = of_forum("commitment__attendee__forum")
    area = of_area("commitment__attendee__area")
    outcome = django_filters.ChoiceFilter(choices=Answer.Outcome.choices, label="What became of it", empty_label="All")
    via = django_filters.ChoiceFilter(choices=Answer.Via.choices, label="Answered by", empty_label="All")
    sort = Sort(
        latest=("Latest first", "-answered_at", "-pk"),
        earliest=("Earliest first", "answered_at"),
        name=("Name", "commitment__attendee__name"),
        outcome=("What became of it", "outcome", "-answered_at"),
    )

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

    forum = of_forum("forum")
    area = of_area("area")
    wave = django_filters.ChoiceFilter(
        field_name="forum__wave__state", choices=Wave.State.choices, label="Follow-up", empty_label="In any state"
    )
    why = django_filters.ChoiceFilter(
        choices=list(WHY.items()), method="silent_because", label="Why there is no answer", empty_label="Any reason"
    )
    sort = Sort(
        forum=("Forum", "forum", "name"),
        name=("Name", "name"),
        area=("STP area", "area__name", "name"),
        asked=("Asked longest ago", F("asked_at").asc(nulls_first=True), "name"),
        chased=("Chased longest ago", F("chased_at").asc(nulls_first=True), "name"),
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


class StoryFilter(django_filters.FilterSet):  # type: ignore[misc]
    forum = of_forum("answer__commitment__attendee__forum")
    state = django_filters.ChoiceFilter(
        choices=[("waiting", "Not approved"), ("approved", "Approved")],
        method="in_state",
        label="State",
        empty_label="All",
    )
    search = django_filters.CharFilter(method="matching", label="Words in the story")
    sort = Sort(
        latest=("Latest first", "-written_at", "-pk"),
        earliest=("Earliest first", "written_at"),
        title=("Title", "title"),
    )

    class Meta:
        model = Story
        fields: list[str] = []
        form = FilterForm

    def in_state(self, stories: QuerySet[Story], name: str, value: str) -> QuerySet[Story]:
        return stories.filter(approved_at__isnull=value == "waiting")

    def matching(self, stories: QuerySet[Story], name: str, value: str) -> QuerySet[Story]:
        return stories.filter(Q(title__icontains=value) | Q(text__icontains=value))


class TakeUpFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Of the answers of `spread.to_release`."""

    forum = of_forum("commitment__attendee__forum")
    area = of_area("commitment__attendee__area")
    search = django_filters.CharFilter(
        field_name="took_up__title", lookup_expr="icontains", label="Words in the initiative's title"
    )
    sort = Sort(
        earliest=("Earliest first", "answered_at"),
        latest=("Latest first", "-answered_at", "-pk"),
        initiative=("Initiative", "took_up__title"),
        name=("Name", "commitment__attendee__name"),
    )

    class Meta:
        model = Answer
        fields: list[str] = []
        form = FilterForm


class ErasureFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        choices=[("waiting", "Waiting"), ("executed", "Executed")], method="in_state", label="State", empty_label="All"
    )
    forum = django_filters.ModelChoiceFilter(
        field_name="attendee__forum",
        queryset=Forum.objects.all(),
        to_field_name="slug",
        label="Forum",
        empty_label="All forums",
    )
    sort = Sort(
        latest=("Latest first", "-prepared_at", "-pk"),
        earliest=("Earliest first", "prepared_at"),
    )

    class Meta:
        model = Erasure
        fields: list[str] = []
        form = FilterForm

    def in_state(self, erasures: QuerySet[Erasure], name: str, value: str) -> QuerySet[Erasure]:
        return erasures.filter(executed_at__isnull=value == "waiting")
