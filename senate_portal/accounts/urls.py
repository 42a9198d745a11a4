"""Sign-in by emailed code and the second factor. Of allauth's pages only those that the portal uses have an address."""

from allauth.account import views as account
from django.urls import include, path

from senate_portal.accounts import views

urlpatterns = [
    path("", views.Account.as_view(), name="account"),
    path("demonstration/", views.DemonstrationSignIn.as_view(), name="demonstration_sign_in"),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/code/", views.SignIn.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", include("allauth.mfa.urls")),
]
