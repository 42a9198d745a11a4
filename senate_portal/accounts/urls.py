from django.urls import path

from senate_portal.accounts import views

urlpatterns = [
    path("", views.Account.as_view(), name="account"),
    path("demonstration/", views.DemonstrationSignIn.as_view(), name="demonstration_sign_in"),
]
