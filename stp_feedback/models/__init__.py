from stp_feedback.models.asks import Ask, AskQuerySet, AskReply
from stp_feedback.models.forums import Forum, ForumInitiative, ForumKeyTheme, ForumQuerySet, KeyTheme, Series, Session
from stp_feedback.models.points import AreaResponse, FeedbackPoint, FeedbackPointQuerySet
from stp_feedback.models.recommendations import Recommendation, RecommendationUpdate

__all__ = [
    "AreaResponse",
    "Ask",
    "AskQuerySet",
    "AskReply",
    "FeedbackPoint",
    "FeedbackPointQuerySet",
    "Forum",
    "ForumInitiative",
    "ForumKeyTheme",
    "ForumQuerySet",
    "KeyTheme",
    "Recommendation",
    "RecommendationUpdate",
    "Series",
    "Session",
]
