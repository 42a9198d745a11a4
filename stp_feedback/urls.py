from django.urls import path

from stp_feedback import views

app_name = "stp_feedback"

urlpatterns = [
    path("forums/", views.ForumList.as_view(), name="forums"),
]
