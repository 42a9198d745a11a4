"""Cards, as they are typed and as a second person reads them."""

from typing import Any

from django import forms

from commitments import cards, commitments
from commitments.forms.attendees import LONGEST_NAME, PersonField, label_of, on_list
from commitments.forms.commitments import LONGEST_COMMITMENT
from commitments.models import Attendee, Commitment
from senate_portal.accounts.models import User
from senate_portal.lib.forms import LongText
from stp_feedback.models import Forum, KeyTheme


class CardForm(forms.Form):
    """One card: who, what, and which key themes by their numbers on the page."""

    person = PersonField(
        label="Who",
        max_length=2000,
        help_text=(
            "Type a few letters of a name on the list, or the whole name of somebody new. "
            "If several people made it, put ; between their names. We ask the first."
        ),
        error_messages={"required": "Say whose card it is"},
    )
    text = LongText(
        label="In their own words",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Type what stands on the card"},
    )
    themes = forms.CharField(label="Key themes by number", help_text="Such as 1 4", max_length=100, required=False)
    is_unclear = forms.BooleanField(label="Hard to read on the card", required=False)
    seconds = forms.IntegerField(required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput)
    keys = forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    agrees = forms.BooleanField(label="The card agrees to be followed up", required=False)
    again = forms.BooleanField(label="Save it although it is there already", required=False)

    def __init__(self, *args: Any, forum: Forum, stay_with: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forum = forum
        self.people = list(forum.people.filter(erased_at=None).order_by("name", "pk"))
        self.numbered = [row.key_theme for row in forum.forumkeytheme_set.all()]
        self.labels = {attendee.pk: label_of(attendee) for attendee in self.people}
        self.co_owners: list[Attendee] = []
        self.stays = next((pk for pk in self.labels if str(pk) == stay_with), None)
        if self.stays:
            self.fields["person"].initial = self.labels[self.stays]
        self.fields["text" if self.stays else "person"].widget.attrs["autofocus"] = True

    def clean_person(self) -> Attendee:
        """Whose card it is. Those who share it stand in `co_owners`."""
        typed = self.cleaned_data["person"]
        names = [name for name in typed.split(";") if name.strip()]
        if not names:
            raise forms.ValidationError("Say whose card it is")
        if on_list(self.people, typed):
            names = [typed]  # a semicolon may stand in the name of an organisation
        people = [self.somebody(name) for name in names]
        if len({label_of(person).casefold() for person in people}) < len(people):
            raise forms.ValidationError("Type each person once")
        holder, *self.co_owners = people
        return holder

    def somebody(self, typed: str) -> Attendee:
        """Somebody on the list by the label or the bare name, or else somebody new."""
        found = on_list(self.people, typed)
        name = " ".join(typed.split())
        if len(name) > LONGEST_NAME:
            raise forms.ValidationError(f"A name must be {LONGEST_NAME} characters or fewer")
        return found or Attendee(forum=self.forum, name=name)

    def clean_themes(self) -> list[KeyTheme]:
        words = self.cleaned_data["themes"].replace(",", " ").split()
        places = [int(word) for word in words if word.isdecimal() and 1 <= int(word) <= len(self.numbered)]
        if len(places) != len(words):
            raise forms.ValidationError(f"Type numbers from 1 to {len(self.numbered)}, with spaces between")
        return [self.numbered[place - 1] for place in places]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        person, text = values.get("person"), values.get("text")
        if person and person.pk and text and not values.get("again"):
            same = " ".join(text.split()).casefold()
            theirs = Commitment.objects.standing().filter(attendee=person).values_list("text", flat=True)
            if any(" ".join(one.split()).casefold() == same for one in theirs):
                self.add_error("again", "They have this commitment already. Tick to save it once more")
        return values

    def record(self, *, by: User) -> Commitment:
        values = self.cleaned_data
        attendee: Attendee = values["person"]
        agrees = values["agrees"] or attendee.agreed_at is not None
        if attendee.pk is None or not attendee.came or agrees != (attendee.agreed_at is not None):
            attendee.came = True  # or there would be no card
            commitments.record_person(attendee, agrees=agrees, by=by)
        card = Commitment(attendee=attendee, text=values["text"], is_unclear=values["is_unclear"])
        commitment = commitments.make(card, by=by)
        self.share(commitment, by=by)
        commitment.key_themes.set(values["themes"])
        cards.note_typed(commitment, by=by, seconds=values.get("seconds"), keys=values.get("keys"))
        return commitment

    def share(self, commitment: Commitment, *, by: User) -> None:
        for person in self.co_owners:
            if person.pk is None:
                commitments.record_person(person, agrees=False, by=by)
            commitment.co_owners.create(attendee=person)


class CardCheckForm(forms.Form):
    """What a second person reads on the card; neither answer is chosen for them."""

    SAME, DIFFERENT = "same", "different"

    use_required_attribute = False

    verdict = forms.ChoiceField(
        label="Does the card say exactly this?",
        choices=[(SAME, "Yes, word for word"), (DIFFERENT, "No, it says something else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the card says this"},
    )
    reads_as = LongText(label="What the card says", required=False, max_length=LONGEST_COMMITMENT)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("verdict") == self.DIFFERENT and not values.get("reads_as"):
            self.add_error("reads_as", "Type what the card says")
        if values.get("verdict") == self.SAME:
            values["reads_as"] = ""
        return values
