from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "senate_portal.accounts"
    verbose_name = "people who sign in"
