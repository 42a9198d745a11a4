from stp_feedback.models.asks import Ask, AskQuerySet, AskReply
from stp_feedback.models.forums import (
    Forum,
    ForumInitiative,
    ForumKeyTheme,
    ForumQuerySet,
    KeyTheme,
    Paper,
    Poll,
    Series,
    Session,
)
from stp_feedback.models.ideas import Idea, IdeaQuerySet
from stp_feedback.models.measures import Measure, Reading
from stp_feedback.models.points import AreaResponse, Endorsement, FeedbackPoint, FeedbackPointQuerySet, Merge
from stp_feedback.models.recommendations import Recommendation, RecommendationUpdate
from stp_feedback.models.versions import FeedbackVersion

__all__ = [
    "AreaResponse",
    "Ask",
    "AskQuerySet",
    "AskReply",
    "Endorsement",
    "FeedbackPoint",
    "FeedbackPointQuerySet",
    "FeedbackVersion",
    "Forum",
    "ForumInitiative",
    "ForumKeyTheme",
    "ForumQuerySet",
    "Idea",
    "IdeaQuerySet",
    "KeyTheme",
    "Measure",
    "Merge",
    "Paper",
    "Poll",
    "Reading",
    "Recommendation",
    "RecommendationUpdate",
    "Series",
    "Session",
]
