"""Every field in which the portal holds something about a person, and the pack of it that anybody may ask for.

A text field of any model stands either in PERSONAL or in EXEMPT; tests/commitments/test_personal_data.py fails for one
that stands in neither. A model's history holds the same fields as the model.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model, Q

from commitments import privacy
from commitments.models import (
    Answer,
    AnswerLink,
    Attendee,
    AttendeeImport,
    Bounce,
    CardCheck,
    Chase,
    Commitment,
    Consent,
    FinishedImport,
    Message,
    RehearsalRow,
    Remark,
    Story,
    TakeUp,
)
from initiatives.models import Confirmation, Contact, ProblemReport, SavedSearch, Submission
from senate_portal.accounts.models import User


@dataclass(frozen=True)
class Held:
    """Personal fields of a model, and how its rows about one person are found: through the attendee, or by address."""

    model: type[Model]
    fields: tuple[str, ...]
    attendee: str = ""
    email: str = ""

    def about(self, people: Iterable[Attendee]) -> Q:
        if self.attendee:
            return Q(**{f"{self.attendee}__in": [person.pk for person in people]})
        found = Q(pk__in=[])
        for person in people:
            if person.email and self.email:
                found |= Q(**{f"{self.email}__iexact": person.email})
        return found


PERSONAL = [
    Held(Attendee, ("name", "email", "organisation", "role", "agreed_wording", "address_failure"), attendee="pk"),
    Held(CardCheck, ("reads_as",), attendee="commitment__attendee"),
    Held(Commitment, ("text", "withdrawn_why", "organisation"), attendee="attendee"),
    Held(Story, ("title", "text"), attendee="answer__commitment__attendee"),
    Held(TakeUp, ("place", "what_changed"), attendee="answer__commitment__attendee"),
    Held(Answer, ("what_happened", "helped_text", "hindered_text"), attendee="commitment__attendee"),
    Held(Remark, ("text",), attendee="attendee"),
    Held(Consent, ("wording",), attendee="attendee"),
    Held(Message, ("recipient", "subject", "text", "html", "reason"), attendee="attendee"),
    Held(RehearsalRow, ("address", "why_not"), attendee="attendee"),
    Held(Bounce, ("why", "report"), attendee="message__attendee"),
    Held(AnswerLink, ("email",), attendee="attendee"),
    Held(Chase, ("note",), attendee="attendee"),
    # Lists of many people, which wait for a week at most. They are in no pack, since they tell of others too.
    Held(AttendeeImport, ("file_name", "header", "rows")),
    Held(FinishedImport, ("file_name", "changes")),
    Held(Contact, ("name", "role", "email", "note", "left_note"), email="email"),
    Held(Submission, ("name", "email", "organisation"), email="email"),
    Held(Confirmation, ("name", "email", "failure"), email="email"),
    Held(ProblemReport, ("text", "email", "outcome"), email="email"),
    Held(User, ("name", "email"), email="email"),
    Held(SavedSearch, ("name", "query"), email="by__email"),
    Held(EmailAddress, ("email",), email="email"),
]

# Secrets and their hashes tell nothing about a person and are in no pack.
SECRET = {
    "accounts.User": ("password",),
    "commitments.AnswerLink": ("token_hash",),
    "initiatives.Confirmation": ("token_hash",),
    "mfa.Authenticator": ("data",),
}

EXEMPT = SECRET | {
    # What is published, or is to be: places, themes, entries, forums. Its contacts are above.
    "initiatives.ThesaurusEntry": ("terms",),
    "initiatives.ImportFile": ("header", "rows", "digest", "told"),
    "initiatives.Organisation": ("name", "slug"),
    "initiatives.STPArea": ("code", "name"),
    "initiatives.SuccessorBody": ("name",),
    "initiatives.Borough": ("name", "slug", "short_name"),
    "initiatives.Theme": ("name", "slug", "description"),
    "initiatives.OldThemeSlug": ("slug",),
    "initiatives.ThemeMerge": ("name", "slug", "description", "old_slugs"),
    "initiatives.Population": ("name", "slug"),
    "initiatives.Initiative": (
        "title",
        "slug",
        "acronyms",
        "summary",
        "problem",
        "how_it_works",
        "cost",
        "funding",
        "workforce",
        "set_up_time",
        "prerequisites",
        "pitfalls",
        "start_here",
        "lessons",
        "evidence_reason",
        "who_for",
        "evaluation_note",
        "results_expected_note",
        "verified_by",
        "review_comment",
        "archive_reason",
        "related_words",
    ),
    "initiatives.Service": ("name",),
    "initiatives.Adaptation": ("what_changed",),
    "initiatives.OldSlug": ("slug",),
    "initiatives.Link": ("label", "address", "note"),
    "initiatives.Source": ("slug", "title", "publisher", "date_as_printed", "address", "note"),
    "initiatives.SourceReference": ("place",),
    "initiatives.Outcome": ("measure", "unit", "as_printed", "period", "note"),
    "stp_feedback.Series": ("slug", "title"),
    "stp_feedback.KeyTheme": ("slug", "name", "short_name"),
    "stp_feedback.Forum": (
        "slug",
        "title",
        "date_note",
        "venue",
        "host",
        "visitors",
        "introduction",
        "feedback_note",
        "join_code",
        "capture_code",
        "source_place",
    ),
    "stp_feedback.Session": ("title", "speaker", "text", "source_place"),
    "stp_feedback.Paper": ("title", "address"),
    "stp_feedback.Poll": ("question", "results"),
    "stp_feedback.Idea": ("idea", "why_needed", "benefits", "who_for", "how"),
    "stp_feedback.Measure": ("name", "unit", "as_printed", "note", "source_place"),
    "stp_feedback.Reading": ("note",),
    "stp_feedback.ForumKeyTheme": ("text", "source_place"),
    "stp_feedback.FeedbackPoint": ("verbatim", "text", "enabled_by", "source_place"),
    "stp_feedback.Merge": ("was", "gone"),
    "stp_feedback.AreaResponse": ("why",),
    "stp_feedback.Ask": ("text",),
    "stp_feedback.AskReply": ("text",),
    "stp_feedback.Recommendation": ("addressed_to", "text", "source_place"),
    "stp_feedback.RecommendationUpdate": ("text",),
    # What staff say about a wave, a pause, a download or a forum that they close.
    "commitments.CloseDown": ("why",),
    "commitments.Wave": ("due_why", "state_why"),
    "commitments.Wording": ("subject", "body"),
    "commitments.Suggestion": ("text",),
    "commitments.Sending": ("paused_why",),
    "commitments.PeopleDownload": ("what", "why"),
    "commitments.ClosingSummary": ("text",),
    # Addresses of staff pages, which hold ids and slugs.
    "accounts.AuditEntry": ("verb", "page"),
    # Kinds of things, such as "an email address".
    "commitments.HeldText": ("found",),
    # A keyed hash, which outlives the address; a number made up for the message.
    "commitments.Objection": ("address_hash",),
    "commitments.Message": ("message_id", "service_id"),
    "commitments.Bounce": ("key",),
    # Machinery. Sessions hold the id of who is signed in and end by themselves; the name of a person in the
    # administration's log goes with the person.
    "account.EmailConfirmation": ("key",),
    "admin.LogEntry": ("object_id", "object_repr", "change_message"),
    "auth.Group": ("name",),
    "auth.Permission": ("name", "codename"),
    "contenttypes.ContentType": ("app_label", "model"),
    "pghistory.Context": ("metadata",),
    "sessions.Session": ("session_key", "session_data"),
}


def pack(attendee: Attendee, made_at: datetime) -> dict[str, Any]:
    """Everything held about a person at any forum, row by row, with the history of each row."""
    people = list(privacy.same_person(attendee))
    return {
        "about": attendee.name,
        "made_at": made_at,
        "records": {title(held.model): list(rows(held, people)) for held in PERSONAL},
    }


def rows(held: Held, people: Iterable[Attendee]) -> Iterator[dict[str, Any]]:
    history = events_of(held.model)
    for row in held.model._default_manager.filter(held.about(people)).order_by("pk"):
        found = values(held.model, row)
        if history:
            found["history"] = [
                {"at": event.pgh_created_at, "what": event.pgh_label} | values(held.model, event)
                for event in history._default_manager.filter(pgh_obj_id=row.pk).order_by("pgh_id")
            ]
        yield found


def values(model: type[Model], row: Model) -> dict[str, Any]:
    """Of a row or of an event of its history, which lacks the fields that nobody tracks."""
    secret = SECRET.get(model._meta.label, ())
    names = {field.attname for field in row._meta.concrete_fields}
    fields = [field for field in model._meta.concrete_fields if field.name not in secret and field.attname in names]
    return {str(field.verbose_name): field.value_from_object(row) for field in fields}


def events_of(model: type[Model]) -> Any:
    """The model of its history; none where nobody keeps any."""
    return apps.all_models[model._meta.app_label].get(f"{model.__name__}Event".lower())


def title(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
