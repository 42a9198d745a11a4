from django.urls import path

from initiatives import views

app_name = "initiatives"

urlpatterns = [
    path("initiatives/", views.InitiativeList.as_view(), name="list"),
    path("initiatives.csv", views.InitiativeDownload.as_view(), name="csv"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="detail"),
    path("sources/", views.SourceList.as_view(), name="sources"),
]
