from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from senate_portal.lib import mail_files
from senate_portal.lib.mail_delivery import TryLaterError


@pytest.fixture
def backend(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return get_connection("senate_portal.lib.mail_files.EmailBackend")


def email(subject="Gr\u00fc\u00dfe aus \u5065\u5eb7"):
    message = EmailMultiAlternatives(subject, "In words", "from@example.org", ["to@example.org"])
    message.attach_alternative("<p>In words</p>", "text/html")
    return message


def test_messages_are_read_back_newest_first(backend, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False)
    backend.send_messages([email("First")])
    time_machine.shift(1)
    backend.send_messages([email()])

    newest, oldest = mail_files.names()
    assert mail_files.read(oldest).subject == "First"
    found = mail_files.read(newest)
    assert (found.to, found.subject) == ("to@example.org", "Gr\u00fc\u00dfe aus \u5065\u5eb7")
    assert (found.text.strip(), found.html.strip()) == ("In words", "<p>In words</p>")
    assert found.written_at == datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC)


def test_files_are_for_their_owner_alone(backend, settings):
    backend.send_messages([email()])
    (path,) = settings.OUTBOX_DIR.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert settings.OUTBOX_DIR.stat().st_mode & 0o777 == 0o700


def test_no_outbox_yet_is_an_empty_one(backend):
    assert mail_files.names() == []


@pytest.mark.parametrize(
    "name", ["", "..", "../secret.eml", "/etc/passwd", "a\0b", "20260302T090000.000000Z-00000000.eml", "x" * 5000]
)
def test_odd_names_find_nothing(backend, name):
    backend.send_messages([email()])
    assert mail_files.read(name) is None


def test_message_taken_back_leaves_no_file(backend):
    assert backend.deliver(email(), lambda: False) is False
    assert mail_files.names() == []
    assert backend.deliver(email(), lambda: True) is True
    assert len(mail_files.names()) == 1


def test_file_that_cannot_be_written_is_tried_later(backend, settings, tmp_path):
    (tmp_path / "outbox").write_text("not a folder")
    with pytest.raises(TryLaterError, match="The file could not be written"):
        backend.deliver(email(), lambda: True)
