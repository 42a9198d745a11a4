"""Who is on a forum's list."""

from typing import Any

from django import forms

from commitments import commitments
from commitments.models import Attendee
from senate_portal.accounts.models import User

LONGEST_NAME = 200


class AttendeeForm(forms.ModelForm):
    agrees = forms.BooleanField(label="Agreed to be followed up", required=False)

    class Meta:
        model = Attendee
        fields = ["name", "email", "organisation", "role", "area", "came"]
        error_messages = {
            "name": {"required": "Enter the person's name"},
            "email": {"invalid": "Enter an email address, such as name@example.org"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].initial = self.instance.agreed_at is not None
        wording = self.instance.agreed_wording or commitments.agreement(self.instance.forum)
        self.fields["agrees"].help_text = f"“{wording}”"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        others = Attendee.objects.filter(forum=self.instance.forum_id).exclude(pk=self.instance.pk)
        if email and others.filter(email=email).exists():
            raise forms.ValidationError("Somebody with this email address is already on this forum's list")
        return email

    def record(self, *, by: User) -> Attendee:
        attendee: Attendee = self.instance
        commitments.record_person(attendee, agrees=self.cleaned_data["agrees"], by=by)
        return attendee


class PersonField(forms.CharField):
    """Somebody on a forum's list, typed by the label that the browser offers or by the bare name."""

    def __init__(self, *, max_length: int = 400, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}


def label_of(attendee: Attendee) -> str:
    return ", ".join(filter(None, [attendee.name, attendee.organisation, attendee.email]))


def on_list(people: list[Attendee], typed: str) -> Attendee | None:
    """Whom the typed words name; nobody when they are on no list. Refused where several share a name."""
    words = " ".join(typed.split()).casefold()
    matching = [attendee for attendee in people if label_of(attendee).casefold() == words]
    matching = matching or [attendee for attendee in people if attendee.name.casefold() == words]
    if len(matching) > 1:
        raise forms.ValidationError("Several people have this name. Choose one from the list")
    return matching[0] if matching else None


class OtherPersonForm(forms.Form):
    """Somebody else of the same forum."""

    person = PersonField(
        label="Who?",
        help_text="Type a few letters of a name on this forum's list.",
        error_messages={"required": "Say who"},
    )

    def __init__(self, *args: Any, attendee: Attendee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Attendee.objects.filter(forum=attendee.forum_id, erased_at=None)
        self.people = list(others.exclude(pk=attendee.pk).order_by("name", "pk"))
        self.labels = {attendee.pk: label_of(attendee) for attendee in self.people}

    def clean_person(self) -> Attendee:
        attendee = on_list(self.people, self.cleaned_data["person"])
        if attendee is None:
            raise forms.ValidationError("Nobody else on this forum's list has this name")
        return attendee
