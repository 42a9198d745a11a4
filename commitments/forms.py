from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone

from commitments import cards, commitments, wordings
from commitments.answer_forms import LATEST
from commitments.answers import Given, given_in
from commitments.follow_ups import Dates
from commitments.joining import Promise
from commitments.models import Answer, Attendee, Chase, Commitment, Wave, Wording
from initiatives.models import Initiative, STPArea
from senate_portal.accounts.models import User
from senate_portal.lib import tables
from senate_portal.lib.forms import Day, LongText, SmallCheckboxes
from senate_portal.lib.templates import day
from senate_portal.lib.working_days import is_working_day, on_or_after
from stp_feedback.models import Forum, KeyTheme

LONGEST_COMMITMENT = 5000
LONGEST_NAME = 200


class AnswerForm(forms.Form):
    """What became of one commitment. Key themes are (id, short name) pairs, read once for all cards of a page."""

    use_required_attribute = False

    NAMES = ["outcome", "what_happened", "helped", "helped_text", "hindered", "hindered_text", "took_up", "took_up_as"]

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What became of it?",
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what became of this commitment"},
    )
    what_happened = LongText(
        label="What happened, in a few words",
        help_text="Please write nothing that could identify a patient.",
        required=False,
        max_length=5000,
        error_messages={"max_length": "What happened must be 5,000 characters or fewer"},
    )
    helped = forms.TypedMultipleChoiceField(label="What helped?", coerce=int, required=False, widget=SmallCheckboxes)
    helped_text = forms.CharField(
        label="What else helped",
        required=False,
        max_length=500,
        error_messages={"max_length": "What else helped must be 500 characters or fewer"},
    )
    hindered = forms.TypedMultipleChoiceField(
        label="What got in the way?", coerce=int, required=False, widget=SmallCheckboxes
    )
    hindered_text = forms.CharField(
        label="What else got in the way",
        required=False,
        max_length=500,
        error_messages={"max_length": "What else got in the way must be 500 characters or fewer"},
    )

    took_up_as = forms.ChoiceField(
        label="Did you take up an initiative of the forum?",
        choices=[("", "No"), *Answer.TakenUpAs.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    took_up = forms.TypedChoiceField(label="Which one?", coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        key_themes: list[tuple[int, str]],
        answer: Answer | None,
        initiatives: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        if answer and "initial" not in kwargs:
            given = vars(given_in(answer))
            boxes = {name: sorted(given[name]) for name in ["helped", "hindered"]}
            kwargs["initial"] = given | boxes | {"seen": str(answer.pk)}
        super().__init__(*args, **kwargs)
        for name in ["helped", "hindered"]:
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for mypy
            field.choices = key_themes
        took_up = self.fields["took_up"]
        assert isinstance(took_up, forms.TypedChoiceField)  # noqa: S101 - for mypy
        took_up.choices = [("", "Choose one"), *initiatives]
        self.offers_initiatives = bool(initiatives)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("took_up_as") and not values.get("took_up") and "took_up" not in self.errors:
            self.add_error("took_up", "Choose which initiative you took up")
        if not values.get("took_up_as"):
            values["took_up"] = None
        return values

    def typed(self) -> dict[str, Any]:
        """What stands in the boxes, right or wrong, to be shown again without judging it."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def given(self) -> Given:
        values = {name: self.cleaned_data[name] for name in self.NAMES}
        return Given(**values | {name: frozenset(values[name]) for name in ["helped", "hindered"]})


class FreshLinkForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        help_text="The one at which our email reached you.",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address, such as name@example.org",
        },
    )


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
        self.fields["agrees"].help_text = f"“{self.instance.agreed_wording or commitments.agreement()}”"

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


class KeyThemesField(forms.ModelMultipleChoiceField):
    widget = SmallCheckboxes

    def label_from_instance(self, theme: Model) -> str:
        return str(theme.short_name) if isinstance(theme, KeyTheme) else str(theme)


class CommitmentForm(forms.ModelForm):
    text = LongText(
        label="In their own words",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Enter what they said they would do"},
    )
    key_themes = KeyThemesField(queryset=KeyTheme.objects.all(), required=False)

    class Meta:
        model = Commitment
        fields = ["text", "is_unclear", "key_themes"]

    def record(self, attendee: Attendee, *, by: User) -> Commitment:
        """Save a new commitment of this person."""
        self.instance.attendee = attendee
        commitment = commitments.make(self.save(commit=False), by=by)
        self.save_m2m()
        return commitment


class BoxForm(forms.Form):
    """One of several empty boxes for commitments; those left empty are passed over."""

    text = LongText(label="In their own words", required=False, max_length=LONGEST_COMMITMENT)


BoxFormSet = forms.formset_factory(BoxForm, extra=3, max_num=20, absolute_max=20)


class ReasonForm(forms.Form):
    why = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why, in a few words"})


class WaveDatesForm(forms.Form):
    """When a follow-up writes. Dates of an email that has left are changed in vain, so nobody is kept from it."""

    due_on = Day(label="First emails leave on", may_lie_ahead=True)
    first_reminder = forms.IntegerField(
        label="First reminder, so many days after that",
        required=False,
        min_value=7,
        max_value=180,
        help_text="Leave it empty for no reminder. Two emails to one person are 7 days apart or more.",
    )
    second_reminder = forms.IntegerField(
        label="Second reminder, so many days after the first emails", required=False, min_value=14, max_value=180
    )
    closes_on = Day(label="It closes on", may_lie_ahead=True)
    asks_those_without = forms.BooleanField(
        label="Also write once to people who made no commitment",
        required=False,
        help_text="A short email of its own, counted apart, with no reminder.",
    )
    why = forms.CharField(
        label="Why",
        max_length=300,
        error_messages={"required": "Say why, in a few words"},
        help_text="Colleagues see it.",
    )

    @staticmethod
    def values_of(wave: Wave) -> dict[str, Any]:
        first, second = (*wave.reminder_offsets, None, None)[:2]
        return {
            "due_on": wave.due_on,
            "first_reminder": first,
            "second_reminder": second,
            "closes_on": wave.closes_on,
            "asks_those_without": wave.asks_those_without,
        }

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if not is_working_day(due_on):
            raise forms.ValidationError(
                f"Nothing leaves on that day. The next working day is {day(on_or_after(due_on))}"
            )
        return due_on

    def clean(self) -> None:
        if self.cleaned_data.get("second_reminder") and not self.cleaned_data.get("first_reminder"):
            self.add_error("first_reminder", "Enter the days to the first reminder, or leave both empty")
        if not self.errors and (problem := self.dates().problem):
            self.add_error("closes_on" if "closing" in problem else "first_reminder", problem)

    def dates(self) -> Dates:
        given = self.cleaned_data
        reminders = (given["first_reminder"], given["second_reminder"])
        return Dates(
            due_on=given["due_on"],
            closes_on=given["closes_on"],
            reminder_offsets=tuple(days for days in reminders if days),
            asks_those_without=given["asks_those_without"],
        )


class WordingForm(forms.Form):
    subject = forms.CharField(max_length=200, error_messages={"required": "Enter a subject"})
    body = LongText(
        label="What the email says",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Enter what the email says"},
    )

    def __init__(self, *args: Any, letter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.letter = letter
        alone = sorted(wordings.PARAGRAPHS[Wording.Letter(letter)])
        names = ", ".join(f"{{{name}}}" for name in sorted(wordings.ANYWHERE))
        self.fields["body"].help_text = (
            f"Each email fills in {names}."
            + (f" As paragraphs of their own: {' and '.join(f'{{{name}}}' for name in alone)}." if alone else "")
            + " The greeting, how to stop, and the Senate's name are added."
        )

    def clean(self) -> None:
        given = self.cleaned_data
        if not self.errors and (problem := wordings.problem_of(self.letter, given["subject"], given["body"])):
            self.add_error("body", problem)


class ReleaseForm(forms.Form):
    """Staff type how many people will be written to, so that nobody releases a wave without having looked."""

    count = forms.IntegerField(
        label="How many people will be written to?",
        error_messages={"required": "Type the number shown above", "invalid": "Type the number shown above"},
    )

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != self.people:
            raise forms.ValidationError(f"Type {self.people}, the number shown above")
        return count


class OnBehalfForm(AnswerForm):
    """What somebody told staff by phone, in person or in a reply."""

    via = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(Answer.Via.PHONE.value, "By phone"), (Answer.Via.STAFF.value, "In person, or in a reply")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told you"},
    )


class ChaseForm(forms.ModelForm):
    ask_again_on = forms.DateField(
        label="They asked to be asked again on",
        help_text="We will write on that day, and not remind them before.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date, such as 1 June 2026"},
    )

    channel = forms.ChoiceField(
        label="How",
        choices=Chase.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you asked"},
    )

    class Meta:
        model = Chase
        fields = ["channel", "note"]
        field_classes = {"note": LongText}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": "The person can ask to see this. Write nothing that could identify a patient."}

    def clean_ask_again_on(self) -> date | None:
        day: date | None = self.cleaned_data["ask_again_on"]
        if day and not timezone.localdate() < day <= timezone.localdate() + LATEST:
            raise forms.ValidationError("Choose a day after today and within six months")
        return day


class DownloadForm(forms.Form):
    why = forms.CharField(
        label="Why do you need these names and addresses?",
        help_text="Kept with your name and the time.",
        max_length=300,
        error_messages={"required": "Say why, in a few words"},
    )


class KeptTexts(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return obj.text  # type: ignore[attr-defined,no-any-return]


class ErasureForm(forms.Form):
    """Which commitments may keep their wording when their person is erased: somebody read each one."""

    kept = KeptTexts(
        queryset=Commitment.objects.none(),
        label="Which of these texts name nobody, so that they may stay?",
        help_text="Tick a text only if nobody could tell from it who wrote it. The others are erased.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, commitments: QuerySet[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = commitments  # type: ignore[attr-defined]
        if not commitments.exists():
            self.fields["kept"].widget = forms.MultipleHiddenInput()


class JoinForm(forms.Form):
    """What an attendee promises on the day. Prompts help and refuse nothing; an address is needed only to be asked."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=50)
    text = LongText(
        label="What will you do?",
        help_text="What, where and by when, as far as you know.",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Say what you will do"},
    )
    inspired_by = forms.ModelChoiceField(
        queryset=Initiative.objects.none(), label="Inspired by", required=False, empty_label="Nothing on this list"
    )
    confidence = forms.TypedChoiceField(
        label="How confident are you that it will happen?",
        help_text="Only the Senate sees this, and only as a count.",
        choices=[("", "I would rather not say"), (1, "1, hardly"), (2, "2"), (3, "3"), (4, "4"), (5, "5, sure")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    second = LongText(label="A second commitment", required=False, max_length=LONGEST_COMMITMENT)
    third = LongText(label="A third commitment", required=False, max_length=LONGEST_COMMITMENT)
    area = forms.ModelChoiceField(
        queryset=STPArea.objects.all(), label="Your STP area", required=False, empty_label="None of these"
    )
    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Enter your name"})
    agrees = forms.BooleanField(label="Ask me what came of it", required=False)
    email = forms.EmailField(
        label="Your work email address",
        required=False,
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inspired_by = self.fields["inspired_by"]
        assert isinstance(inspired_by, forms.ModelChoiceField)  # noqa: S101 - for mypy
        inspired_by.queryset = forum.initiatives.filter(publication=Initiative.Publication.PUBLISHED).order_by("title")
        self.fields["agrees"].help_text = commitments.agreement()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("agrees") and not values.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the address at which we may ask you")
        return values

    def promises(self) -> list[Promise]:
        values = self.cleaned_data
        first = Promise(values["text"], values["inspired_by"], values["confidence"])
        return [first, *(Promise(values[name]) for name in ["second", "third"] if values[name])]


class JoinCodeForm(forms.Form):
    code = forms.CharField(
        label="The code you were shown", max_length=50, error_messages={"required": "Type the code you were shown"}
    )


class PersonField(forms.CharField):
    """Somebody on a forum's list, typed by the label that the browser offers or by the bare name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, **kwargs)
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}


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


class StoryForm(forms.Form):
    title = forms.CharField(label="A title", max_length=200, error_messages={"required": "Give it a title"})
    text = LongText(
        label="The story",
        help_text="In plain words, without the name of a person. Nothing that could identify a patient.",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Write the story"},
    )


class TakeUpForm(forms.Form):
    place = forms.CharField(label="Where", max_length=200, error_messages={"required": "Say where it was taken up"})
    what_changed = forms.CharField(label="What they changed", max_length=500, required=False)


class SummaryForm(forms.Form):
    text = LongText(
        label="What participants will read",
        max_length=LONGEST_COMMITMENT,
        error_messages={"required": "Write what was learnt"},
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class CardForm(forms.Form):
    """One card: who, what, and which key themes by their numbers on the page."""

    person = PersonField(
        label="Who",
        help_text="Type a few letters of a name on the list, or the whole name of somebody new.",
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
        self.stays = next((pk for pk in self.labels if str(pk) == stay_with), None)
        if self.stays:
            self.fields["person"].initial = self.labels[self.stays]
        self.fields["text" if self.stays else "person"].widget.attrs["autofocus"] = True

    def clean_person(self) -> Attendee:
        """Somebody on the list by the label or the bare name, or else somebody new."""
        found = on_list(self.people, self.cleaned_data["person"])
        name = " ".join(self.cleaned_data["person"].split())
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
        commitment.key_themes.set(values["themes"])
        cards.note_typed(commitment, by=by, seconds=values.get("seconds"), keys=values.get("keys"))
        return commitment


def label_of(attendee: Attendee) -> str:
    return ", ".join(filter(None, [attendee.name, attendee.organisation, attendee.email]))


class ImportFileForm(forms.Form):
    file = forms.FileField(
        label="The list, as CSV or Excel (.xlsx)",
        help_text="With a row of headings. At most 5 MB and 5,000 rows.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self) -> list[list[str]]:
        upload = self.cleaned_data["file"]
        self.file_name = upload.name[:LONGEST_NAME]
        if upload.size > tables.MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB. Split it.")
        try:
            return tables.read(upload.read())
        except tables.UnreadableTableError as problem:
            raise forms.ValidationError(str(problem)) from problem


class MatchColumnsForm(forms.Form):
    """Which column of a list holds what."""

    use_required_attribute = False
    all_optional = True

    LABELS: dict[str, str] = {}

    def __init__(self, *args: Any, header: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", "Not in this list"), *((place, heading) for place, heading in enumerate(header))]
        for name, label in self.LABELS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=places, coerce=int, empty_value=None, required=False
            )

    def names_nobody(self, values: dict[str, Any]) -> bool:
        return all(values.get(name) is None for name in ["name", "first_name", "last_name"])

    def columns(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.LABELS if self.cleaned_data.get(name) is not None}


class CommitmentColumnsForm(MatchColumnsForm):
    LABELS = {
        "name": "Whole name",
        "first_name": "First name",
        "last_name": "Last name",
        "email": "Email",
        "organisation": "Organisation",
        "text": "Commitment, in their own words",
        "key_themes": "Key themes, with semicolons between",
    }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("email") is None and self.names_nobody(values):
            self.add_error("name", "Say which column holds the name or the email address")
        if values.get("text") is None:
            self.add_error("text", "Say which column holds the commitment")
        return values


class ColumnsForm(MatchColumnsForm):
    LABELS = {
        "name": "Whole name",
        "first_name": "First name",
        "last_name": "Last name",
        "email": "Email",
        "organisation": "Organisation",
        "role": "Role",
        "area": "STP area",
    }

    came = forms.BooleanField(label="These people came to the forum", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.names_nobody(values):
            self.add_error("name", "Say which column holds the name")
        return values
