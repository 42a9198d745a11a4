"""Lists of attendees and of commitments, and which of their columns holds what."""

from typing import Any

from django import forms

from commitments.forms.attendees import LONGEST_NAME
from senate_portal.lib import tables


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
