from django.urls import path, re_path

from stp_feedback import views

app_name = "stp_feedback"

urlpatterns = [
    path("forums/", views.ForumList.as_view(), name="forums"),
    path("forums.ics", views.ForumCalendar.as_view(), name="calendar"),
    path("forums/<slug:slug>.ics", views.ForumCalendar.as_view(), name="forum_calendar"),
    path("forums/<slug:slug>/feedback/", views.FeedbackList.as_view(), name="feedback"),
    re_path(
        r"^forums/(?P<slug>[-\w]+)/feedback\.(?P<format>csv|xlsx)$", views.FeedbackFile.as_view(), name="feedback_file"
    ),
    re_path(
        r"^forums/(?P<slug>[-\w]+)/feedback/(?P<code>[A-Z]+)\.(?P<format>pdf|docx|xlsx|csv)$",
        views.AreaFeedbackFile.as_view(),
        name="area_file",
    ),
    path("feedback/points/<int:pk>/answer/", views.PointAnswer.as_view(), name="point_answer"),
]
