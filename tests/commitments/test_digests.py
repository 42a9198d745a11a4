import pytest
from django.core.cache import cache
from django.utils import timezone

from commitments import digests, tasks
from commitments.models import PeopleDownload, Wave
from senate_portal.accounts.models import AuditEntry, User
from tests.factories import make_attendee, make_commitment, make_forum, make_user, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_week():
    cache.clear()


def test_staff_are_told_only_if_work_exists_and_nobody_is_named(mailoutbox):
    staff, closed = make_user(User.Role.STAFF), make_user(User.Role.STAFF, is_active=False)
    make_user(User.Role.LEAD)
    assert digests.tell_staff() == 0
    wave = make_wave(make_forum(), state=Wave.State.OPEN)
    silent = make_commitment(make_attendee(wave.forum, name="Ada Sample")).attendee
    silent.remarks.create(text="Thanks")
    make_attendee(wave.forum, address_failed_at=timezone.now())

    tasks.tell_about_week()
    tasks.tell_about_week()

    assert [mail.to for mail in mailoutbox] == [[staff.email]]
    body = mailoutbox[0].body
    assert closed.email != staff.email
    assert "People who ask something of you: 1" in body
    assert "People with a commitment who have not answered: 1" in body
    assert body.index("Addresses to mend: 1") < body.index("have not answered: 1")
    assert "Ada" not in body


def test_administrators_are_told_who_looked_and_who_took_lists_away(mailoutbox):
    admin, staff = make_user(User.Role.ADMIN), make_user(User.Role.STAFF, name="Sam Staff")
    assert digests.tell_administrators(timezone.now()) == 0
    for _ in range(3):
        AuditEntry.objects.create(by=staff, verb="GET", page="/staff/attendees/")
    PeopleDownload.objects.create(what="People who have not answered", why="To phone them", rows=7, by=staff)

    digests.tell_administrators(timezone.now())

    (mail,) = mailoutbox
    assert mail.to == [admin.email]
    assert "- Sam Staff: 3 times" in mail.body
    assert "People who have not answered, 7 rows. Why: To phone them" in mail.body
