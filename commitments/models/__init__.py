from commitments.models.answers import Answer, AnswerLink
from commitments.models.attendees import Attendee, Objection
from commitments.models.bounces import Bounce
from commitments.models.cards import CardCheck, TypedCard
from commitments.models.chases import Chase, PeopleDownload
from commitments.models.close_downs import CloseDown
from commitments.models.commitments import Commitment
from commitments.models.consents import Consent
from commitments.models.erasures import Erasure
from commitments.models.handing_over import HandOver
from commitments.models.heartbeats import Heartbeat
from commitments.models.held_texts import HeldText
from commitments.models.imports import AttendeeImport, FinishedImport
from commitments.models.learning import ClosingSummary, Story, TakeUp
from commitments.models.rehearsals import RehearsalRow
from commitments.models.remarks import Remark
from commitments.models.sending import DatabaseRun, Sending
from commitments.models.sharing import CoOwner
from commitments.models.suggestions import Suggestion
from commitments.models.waves import FEWEST_SHOWN, Message, Wave
from commitments.models.wordings import Wording

__all__ = [
    "FEWEST_SHOWN",
    "Answer",
    "AnswerLink",
    "Attendee",
    "AttendeeImport",
    "Bounce",
    "CardCheck",
    "Chase",
    "CloseDown",
    "ClosingSummary",
    "CoOwner",
    "Commitment",
    "Consent",
    "DatabaseRun",
    "Erasure",
    "FinishedImport",
    "HandOver",
    "Heartbeat",
    "HeldText",
    "Message",
    "Objection",
    "PeopleDownload",
    "RehearsalRow",
    "Remark",
    "Sending",
    "Story",
    "Suggestion",
    "TakeUp",
    "TypedCard",
    "Wave",
    "Wording",
]
