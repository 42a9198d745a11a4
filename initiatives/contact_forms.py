"""What staff fill in when a contact has left their post."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils import timezone

from initiatives.models import Contact
from senate_portal.lib.forms import Day


class LeftForm(forms.ModelForm):
    """Whoever took over is another contact of the entry, or one that is added here. `seen`: see InitiativeForm."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    left_on = Day(label="On which day did they leave, or did you hear of it?")
    new_name = forms.CharField(
        label="Or the name of somebody new", help_text="A person, or a role or team.", max_length=200, required=False
    )
    new_kind = forms.ChoiceField(label="The new contact is", choices=Contact.Kind.choices, required=False)
    new_role = forms.CharField(label="Role of the new contact", max_length=200, required=False)
    new_email = forms.EmailField(
        label="Email address of the new contact",
        required=False,
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )
    new_is_public = forms.BooleanField(
        label="The new contact agreed to be shown to everyone",
        help_text="Until then the page of the entry says that a new contact is looked for.",
        required=False,
    )

    class Meta:
        model = Contact
        fields = ["left_on", "left_note", "successor"]
        labels = {"left_note": "How do you know?"}
        help_texts = {"left_note": "Only staff read it."}

    def __init__(self, *args: Any, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.fields["left_on"].initial = self.instance.left_on or timezone.localdate()
        others = Contact.objects.here().filter(initiative=self.instance.initiative).exclude(pk=self.instance.pk)
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)  # noqa: S101 - for mypy
        successor.queryset, successor.empty_label = others, "Nobody yet, or somebody new"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("successor") and values.get("new_name"):
            self.add_error("new_name", "Choose who took over or name somebody new, not both")
        if not values.get("new_name") and (values.get("new_role") or values.get("new_email")):
            self.add_error("new_name", "Enter the name of the new contact")
        is_mailbox = values.get("new_name") and values.get("new_kind") == Contact.Kind.MAILBOX
        if is_mailbox and not values.get("new_email") and "new_email" not in self.errors:
            self.add_error("new_email", "Enter the address of the mailbox")
        return values

    def save(self, commit: bool = True) -> Contact:
        values = self.cleaned_data
        if values["new_name"]:
            self.instance.successor = self.added()
        return super().save(commit)  # type: ignore[no-any-return]

    def added(self) -> Contact:
        entry = self.instance.initiative
        found: Contact = entry.contacts.create(
            position=entry.contacts.aggregate(last=Max("position"))["last"] + 1,
            organisation=self.instance.organisation,
            **{name: self.cleaned_data[f"new_{name}"] for name in ["name", "role", "email", "is_public"]},
            kind=self.cleaned_data["new_kind"] or Contact.Kind.PERSON,
        )
        return found
