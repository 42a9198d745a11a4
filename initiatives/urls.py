from django.urls import path, re_path

from initiatives import views
from initiatives.feeds import InitiativeFeed

app_name = "initiatives"

urlpatterns = [
    path("initiatives/", views.InitiativeList.as_view(), name="list"),
    path("initiatives.atom", InitiativeFeed(), name="feed"),
    path("initiatives-columns.csv", views.ColumnFile.as_view(), name="columns"),
    re_path(r"^initiatives\.(?P<format>csv|xlsx|json)$", views.InitiativeFile.as_view(), name="file"),
    path("initiatives/compare/", views.InitiativeCompare.as_view(), name="compare"),
    path("initiatives/matrix/", views.MatrixView.as_view(), name="matrix"),
    path("initiatives-matrix.csv", views.MatrixFile.as_view(), name="matrix_file"),
    path("initiatives/<slug:slug>/", views.InitiativeDetail.as_view(), name="detail"),
    path("sources/", views.SourceList.as_view(), name="sources"),
]
