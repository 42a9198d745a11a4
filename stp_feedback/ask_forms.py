from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from initiatives.models import Organisation
from senate_portal.accounts.models import User
from senate_portal.lib.forms import Day, LongText, SmallCheckboxes
from stp_feedback import asks
from stp_feedback.models import Ask, AskReply, FeedbackPoint


class Points(forms.ModelMultipleChoiceField):
    widget = SmallCheckboxes

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.area}: {obj.text}"


class GatherForm(forms.Form):
    """Points become one ask, a new one or one that is there."""

    use_required_attribute = False

    points = Points(
        label="Points that ask for the same",
        queryset=None,
        error_messages={
            "required": "Choose the points",
            "invalid_choice": "Somebody else dealt with a point that you chose",
        },
    )
    text = forms.CharField(
        label="What they ask for",
        help_text="In a few words, as everybody may read it, such as: training in quality improvement",
        required=False,
        max_length=300,
        error_messages={"max_length": "What they ask for must be 300 characters or fewer"},
    )
    ask = forms.ModelChoiceField(
        label="Or the ask that they join", queryset=Ask.objects.all(), required=False, empty_label="None of these"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].queryset = asks.waiting()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if "text" in known and bool(known["text"]) == bool(known.get("ask")):
            self.add_error("text", "Write what they ask for, or choose the ask that they join, not both")
        return known

    def gather(self) -> Ask:
        known = self.cleaned_data
        return asks.gather(known["points"], known["text"] or known["ask"].text)


def staff() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=[User.Role.STAFF, User.Role.ADMIN]).order_by("name")


class AskForm(forms.ModelForm):
    """Who looks after an ask and who could help."""

    use_required_attribute = False

    body = forms.CharField(
        label="Another body that could help, if the list lacks it",
        required=False,
        max_length=200,
        error_messages={"max_length": "The name of the body must be 200 characters or fewer"},
    )
    passed_on = Day(label="Passed to them on", required=False)
    reply_by = Day(label="Reply hoped for by", required=False, may_lie_ahead=True)
    points = Points(
        label="Points it rests on",
        help_text="One that you take off waits on the desk again.",
        queryset=FeedbackPoint.objects.none(),
        error_messages={"required": "Leave at least one point"},
    )

    class Meta:
        model = Ask
        fields = ["text", "owner", "passed_to", "body", "passed_on", "reply_by", "points"]
        error_messages = {
            "text": {
                "required": "Write what is asked for",
                "unique": "Another ask reads the same. Make them one below",
                "max_length": "What is asked for must be 300 characters or fewer",
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, passed_to, points = (self.fields[name] for name in ("owner", "passed_to", "points"))
        owner.queryset, owner.empty_label = staff(), "Nobody yet"  # type: ignore[attr-defined]
        passed_to.queryset, passed_to.empty_label = Organisation.objects.all(), "Nobody yet"  # type: ignore[attr-defined]
        points.queryset = self.instance.points.select_related("forum", "area")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if known.get("body"):
            known["passed_to"] = asks.body_named(known["body"])
            if known["passed_to"] is None:
                self.add_error("body", "Enter a name with letters in it")
        if known.get("passed_on") and not known.get("passed_to"):
            self.add_error("passed_to", "Choose who it was passed to, or leave the day empty")
        return known


class MergeForm(forms.Form):
    use_required_attribute = False

    into: forms.ModelChoiceField = forms.ModelChoiceField(
        label="The ask that says the same",
        queryset=None,
        empty_label="Choose an ask",
        error_messages={
            "required": "Choose the ask that says the same",
            "invalid_choice": "This ask is no longer there",
        },
    )

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Ask.objects.exclude(pk=ask.pk)  # type: ignore[attr-defined]


class AskReplyForm(forms.ModelForm):
    use_required_attribute = False

    told_on = Day(label="As of", initial=timezone.localdate)
    text = LongText(
        label="What came back",
        help_text="Everyone can read this.",
        max_length=2000,
        error_messages={
            "required": "Write what came back",
            "max_length": "What came back must be 2,000 characters or fewer",
        },
    )

    class Meta:
        model = AskReply
        fields = ["told_on", "text"]
