"""The read API: every app's part under one address and one version."""

from rest_framework.routers import DefaultRouter

from stp_feedback.api import FeedbackPointViewSet, ForumViewSet

router = DefaultRouter()
router.register("forums", ForumViewSet, basename="forum")
router.register(r"forums/(?P<slug>[-\w]+)/feedback", FeedbackPointViewSet, basename="feedback")
