"""Whose a commitment is."""

from typing import Any

from django import forms


class PassOnForm(forms.Form):
    """None of the ways is chosen for anybody: programs that open links press buttons too."""

    NOT_MINE, COLLEAGUE, MINE = "not-mine", "colleague", "mine"

    use_required_attribute = False

    way = forms.ChoiceField(
        label="Whose is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose it is"},
    )
    name = forms.CharField(label="Your colleague's name", required=False, max_length=200)
    email = forms.EmailField(
        label="Your colleague's work email address",
        help_text="We send them one email with this commitment and a link of their own. It does not name you.",
        required=False,
        error_messages={"invalid": "Enter an email address, such as name@example.org"},
    )

    def __init__(self, *args: Any, is_passed_on: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [
            (self.NOT_MINE, "I never said this, and do not know who did"),
            (self.COLLEAGUE, "A colleague looks after it now"),
        ]
        if is_passed_on:
            ways.insert(0, (self.MINE, "It is mine after all"))
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)  # noqa: S101 - for mypy
        way.choices = ways

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("way") == self.COLLEAGUE:
            if not values.get("name") and "name" not in self.errors:
                self.add_error("name", "Enter your colleague's name")
            if not values.get("email") and "email" not in self.errors:
                self.add_error("email", "Enter the address at which we can reach them")
        return values


class OfferForm(forms.Form):
    """Whether somebody takes a commitment on that a colleague named them for."""

    TAKE, REFUSE = "take", "refuse"

    use_required_attribute = False

    decision = forms.ChoiceField(
        label="Do you take it on?",
        choices=[
            (TAKE, "Yes, you may ask me what became of it"),
            (REFUSE, "No, it is not for me"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you take it on"},
    )
