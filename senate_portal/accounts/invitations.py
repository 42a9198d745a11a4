"""Who may sign in: nobody signs up, somebody invites them. Staff invite leads of areas, administrators also staff."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from senate_portal.accounts.history import acting
from senate_portal.accounts.models import User


class NotAllowedError(Exception):
    """The text says why."""


def roles_for(by: User) -> list[User.Role]:
    """The roles whose accounts somebody may open and close."""
    if by.is_administrator:
        return list(User.Role)
    return [User.Role.LEAD] if by.is_senate_staff else []


@transaction.atomic
def invite(*, name: str, email: str, role: str, by: User) -> User:
    """A new account; `send` tells the person."""
    if role not in roles_for(by):
        raise NotAllowedError("You may not invite somebody in this role.")
    with acting(by):
        return User.objects.create_user(email, name=name, role=role)


def send(user: User, *, by: User) -> None:
    """Raises OSError where the mail server does not take it."""
    context = {
        "name": user.name,
        "by": by.name,
        "role": user.get_role_display(),
        "address": f"{settings.SITE_URL}{reverse('account_login')}",
        "service_name": settings.SERVICE_NAME,
        "senate_name": settings.SENATE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    text = render_to_string("accounts/emails/invitation.txt", context)
    send_mail(f"Your account at the {settings.SERVICE_NAME}", text, settings.DEFAULT_FROM_EMAIL, [user.email])


def may_change(user: User, by: User) -> bool:
    """Nobody opens or closes their own account."""
    return user != by and user.role in roles_for(by)


def set_open(user: User, is_open: bool, *, by: User) -> None:
    """Whoever is signed in with a closed account is signed out with their next click."""
    if not may_change(user, by):
        raise NotAllowedError("You may not open or close this account.")
    with acting(by):
        User.objects.filter(pk=user.pk).update(is_active=is_open)
