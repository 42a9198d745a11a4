from django.urls import path

from stp_feedback import views

app_name = "stp_feedback"

urlpatterns = [
    path("forums/", views.ForumList.as_view(), name="forums"),
    path("forums/<slug:slug>/feedback/", views.FeedbackList.as_view(), name="feedback"),
    path("forums/<slug:slug>/feedback.csv", views.FeedbackFile.as_view(), name="feedback_file"),
    path("forums/<slug:slug>/feedback/<slug:code>.csv", views.AreaFeedbackFile.as_view(), name="area_file"),
]
