from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from senate_portal import health, metrics, team, views
from senate_portal.api import ApiDocs, router

handler400 = "senate_portal.refusals.bad_request"
handler403 = "senate_portal.refusals.permission_denied"
handler404 = "senate_portal.refusals.page_not_found"
handler500 = "senate_portal.refusals.server_error"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("about/", views.About.as_view(), name="about"),
    path("accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("privacy/", views.Privacy.as_view(), name="privacy"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/metrics", metrics.metrics, name="metrics"),
    path("data/", views.Data.as_view(), name="data"),
    path("areas/", views.AreaList.as_view(), name="areas"),
    path("areas/<slug:code>/", views.AreaDetail.as_view(), name="area"),
    path("forums/<slug:slug>/", views.ForumDetail.as_view(), name="forum"),
    path("forums/<slug:slug>/report/", views.ForumReport.as_view(), name="report"),
    re_path(r"^forums/(?P<slug>[-\w]+)/report\.(?P<format>pdf|docx)$", views.ForumReport.as_view(), name="report-file"),
    re_path(
        r"^forums/(?P<slug>[-\w]+)/feedback/(?P<code>[A-Z]+)\.(?P<format>pdf|docx|xlsx|csv)$",
        views.AreaSummary.as_view(),
        name="area-file",
    ),
    path("", include("initiatives.urls")),
    path("", include("stp_feedback.urls")),
    path("", include("commitments.urls")),
    path("staff/accounts/", team.AccountList.as_view(), name="accounts"),
    path("staff/accounts/invite/", team.Invite.as_view(), name="invite"),
    path("staff/accounts/<int:pk>/close/", team.AccountChange.as_view(), name="account_close"),
    path("staff/accounts/<int:pk>/open/", team.AccountChange.as_view(opens=True), name="account_open"),
    path("staff/audit/", team.AuditList.as_view(), name="audit"),
    path("staff/downloads/", team.DownloadList.as_view(), name="downloads"),
    path("accounts/", include("senate_portal.accounts.urls")),
    path("api/v1/docs/", ApiDocs.as_view(), name="api-docs"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/", include((router.urls, "api"))),
    path("admin/", admin.site.urls),
]

if settings.MAIL_SERVICE and settings.WEBHOOK_SECRET:
    urlpatterns.append(path("bounces/services/", include("anymail.urls")))
