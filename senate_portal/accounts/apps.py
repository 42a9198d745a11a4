from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "senate_portal.accounts"
    verbose_name = "people who sign in"


class HiddenAdminConfig(AdminConfig):
    default_site = "senate_portal.accounts.admin_site.HiddenAdminSite"
