from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().casefold(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, role=User.Role.ADMIN, is_superuser=True, **fields)

    def demonstration(self) -> "models.QuerySet[User]":
        """The invented people that a demonstration offers to sign in as."""
        return self.filter(email__endswith="@demonstration.example.org").order_by("-role", "name")

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login", "told_idle_at"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: an STP lead, a member of the Senate's staff or an administrator."""

    class Role(models.TextChoices):
        LEAD = "lead", "STP lead"
        STAFF = "staff", "Senate staff"
        ADMIN = "admin", "Administrator"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=10, choices=Role)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    told_idle_at = models.DateTimeField("told that the account will be closed", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_in_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=["lead", "staff", "admin"]), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.email,)

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_senate_staff(self) -> bool:
        """May run forums and their follow-up."""
        return self.is_active and self.role in {self.Role.STAFF, self.Role.ADMIN}

    @property
    def is_administrator(self) -> bool:
        """May do what takes a second person, and invite staff."""
        return self.is_active and self.role == self.Role.ADMIN

    @property
    def is_staff(self) -> bool:
        """Django's word for who may enter its admin site."""
        return self.is_administrator


class AuditEntry(models.Model):
    """Somebody of the Senate's staff opened a page that may show people, or did something there. No values."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10)
    page = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Audit entry {self.pk}"
