from django.urls import path

from commitments.views import answers, outbox, staff

app_name = "commitments"

urlpatterns = [
    path("answer/fresh/", answers.FreshLink.as_view(), name="fresh_link"),
    path("answer/<str:token>/", answers.FollowUpAnswer.as_view(), name="answer"),
    path("answer/<str:token>/thanks/", answers.FollowUpThanks.as_view(), name="thanks"),
    path("answer/<str:token>/stop/", answers.FollowUpStop.as_view(), name="stop"),
    # Links that a mail program cut short or put a full stop behind.
    path("answer/<path:token>", answers.FollowUpAnswer.as_view(), name="damaged_link"),
    path("staff/", staff.StaffHome.as_view(), name="staff"),
    path("staff/outbox/", outbox.Outbox.as_view(), name="outbox"),
]
