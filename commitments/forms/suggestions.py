from django import forms

from commitments.models import Suggestion


class SuggestionForm(forms.ModelForm):
    class Meta:
        model = Suggestion
        fields = ["text"]
        labels = {"text": "Something people could promise"}
        help_texts = {"text": "As they would say it, such as: Invite our GPs to the falls clinic by March"}
        error_messages = {"text": {"required": "Enter what people could promise"}}

    def clean_text(self) -> str:
        text = " ".join(str(self.cleaned_data["text"]).split())
        if Suggestion.objects.filter(forum=self.instance.forum_id, text=text).exists():
            raise forms.ValidationError("This forum has this suggestion already")
        return text
