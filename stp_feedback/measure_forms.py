from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateformat import format as date_format

from senate_portal.lib import vague_dates
from senate_portal.lib.forms import Day
from senate_portal.lib.vague_dates import Known
from stp_feedback.models import Measure, Reading

NUMBER_ERRORS = {
    "invalid": "Enter a number, such as 15 or 49.5",
    "min_value": "Enter 0 or more",
    "max_digits": "Enter a number with fewer digits",
    "max_whole_digits": "Enter a number with fewer digits",
    "max_decimal_places": "Enter a number with 3 decimal places or fewer",
}


class MeasureForm(forms.ModelForm):
    """What is to be reached, and by when."""

    use_required_attribute = False

    target = forms.DecimalField(
        label="Number to reach",
        min_value=0,
        max_digits=12,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=NUMBER_ERRORS | {"required": "Enter the number to reach"},
    )
    when = forms.CharField(
        label="By when",
        help_text="Such as March 2027, or 31 March 2027. Leave it empty where no day is set.",
        required=False,
        max_length=50,
    )

    class Meta:
        model = Measure
        fields = ["name", "comparator", "target", "unit", "when", "as_printed", "note", "source", "source_place"]
        labels = {"as_printed": "The target as a document prints it", "source": "The document that prints it"}
        help_texts = {
            "name": "Such as: assessments that take place in an acute hospital",
            "unit": "% for a share of all, or what is counted, such as: beds a day",
            "note": "What people should know to read it rightly",
            "source_place": "Such as a page or a heading",
        }
        widgets = {"comparator": forms.RadioSelect}
        error_messages = {
            "name": {"required": "Write what is measured"},
            "comparator": {"required": "Choose how readings compare with the number"},
            "unit": {"required": "Write % or what is counted"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comparator"].choices = Measure.Comparator.choices  # type: ignore[attr-defined]  # no choice "none"
        self.fields["source"].empty_label = "None"  # type: ignore[attr-defined]
        if day := self.instance.by_when:
            self.initial["when"] = date_format(day, "j F Y" if self.instance.by_known == Known.DAY else "F Y")

    def clean_when(self) -> str:
        typed: str = self.cleaned_data["when"]
        try:
            self.instance.by_when, self.instance.by_known = vague_dates.read(typed)
        except ValueError:
            raise forms.ValidationError(
                "Enter a month such as March 2027, a day such as 31 March 2027, or leave it empty"
            ) from None
        return typed


class ReadingForm(forms.ModelForm):
    """How things stood on a day. The form is given the measure as its instance's."""

    use_required_attribute = False

    read_on = Day(label="As of", initial=timezone.localdate)
    value = forms.DecimalField(
        label="What was read",
        min_value=0,
        max_digits=12,
        decimal_places=3,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=NUMBER_ERRORS | {"required": "Enter the number that was read"},
    )
    is_baseline = forms.BooleanField(
        label="This is where things stood at the start", help_text="Other readings are compared with it", required=False
    )
    note = forms.CharField(
        label="Note",
        help_text="Where the number comes from. Everyone can read this.",
        required=False,
        max_length=300,
        error_messages={"max_length": "The note must be 300 characters or fewer"},
    )

    class Meta:
        model = Reading
        fields = ["read_on", "value", "is_baseline", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = f"In {self.instance.measure.unit}"

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        there = Reading.objects.filter(measure=self.instance.measure)
        if there.filter(read_on=known.get("read_on")).exists():
            self.add_error("read_on", "There is a reading of this day already. Take that one away first")
        if known.get("is_baseline") and there.filter(is_baseline=True).exists():
            self.add_error("is_baseline", "It is known where things stood at the start. Take that reading away first")
        return known
