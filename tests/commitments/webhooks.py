"""The addresses that a site has whose EMAIL_URL names a mail service."""

from django.urls import include, path

from senate_portal.urls import handler400, urlpatterns

__all__ = ["handler400"]

urlpatterns = [*urlpatterns, path("bounces/services/", include("anymail.urls"))]
