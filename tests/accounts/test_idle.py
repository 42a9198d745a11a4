from datetime import UTC, datetime, timedelta

import pytest

from commitments import retention
from senate_portal.accounts import idle
from senate_portal.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, 15, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


def seen(days_ago, role=User.Role.STAFF, **fields):
    return make_user(role, joined_at=NOW - 400 * DAY, last_login=NOW - days_ago * DAY, **fields)


def test_owner_is_told_two_weeks_before_the_account_is_closed(mailoutbox):
    seen(1, User.Role.ADMIN)
    user = seen(77)
    seen(75)
    seen(200, User.Role.LEAD)

    retention.apply(NOW)
    retention.apply(NOW + DAY)
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert "It will be closed in 14 days" in mailoutbox[0].body
    retention.apply(NOW + 15 * DAY)

    user.refresh_from_db()
    assert not user.is_active


def test_nobody_is_closed_whom_the_email_has_not_reached_for_two_weeks():
    seen(1, User.Role.ADMIN)
    user = seen(300)

    retention.apply(NOW)
    retention.apply(NOW + 13 * DAY)
    user.refresh_from_db()
    assert user.is_active
    retention.apply(NOW + 14 * DAY)
    user.refresh_from_db()
    assert not user.is_active


def test_signing_in_keeps_the_account():
    seen(1, User.Role.ADMIN)
    user = seen(100)
    retention.apply(NOW)
    User.objects.filter(pk=user.pk).update(last_login=NOW + DAY)

    retention.apply(NOW + 30 * DAY)

    user.refresh_from_db()
    assert user.is_active
    assert not idle.to_tell(NOW + 30 * DAY).filter(pk=user.pk).exists()


def test_last_administrator_is_never_closed():
    older, latest = seen(500, User.Role.ADMIN), seen(400, User.Role.ADMIN)

    for days in [0, 20]:
        retention.apply(NOW + days * DAY)

    open_accounts = User.objects.filter(is_active=True)
    assert list(open_accounts) == [latest]
    assert older not in open_accounts
