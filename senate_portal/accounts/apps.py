from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "senate_portal.accounts"
    verbose_name = "people who sign in"

    def ready(self) -> None:
        from senate_portal.accounts import sessions

        user_logged_in.connect(sessions.begin)


class HiddenAdminConfig(AdminConfig):
    default_site = "senate_portal.accounts.admin_site.HiddenAdminSite"
