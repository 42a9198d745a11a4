from django.urls import path

from commitments import views

app_name = "commitments"

urlpatterns = [
    path("staff/", views.StaffHome.as_view(), name="staff"),
    path("staff/outbox/", views.Outbox.as_view(), name="outbox"),
]
