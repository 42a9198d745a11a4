from datetime import time

import pytest

from senate_portal.lib import environment


def sentence(capsys, function, *arguments, **options):
    with pytest.raises(SystemExit) as stop:
        function(*arguments, **options)
    assert stop.value.code == environment.WORKER_BOOT_ERROR
    return capsys.readouterr().err


def test_text_stops_with_what_to_set_when_required(capsys, monkeypatch):
    monkeypatch.setenv("A_KEY", "  ")
    found = sentence(capsys, environment.text, "A_KEY", required="a long random text")
    assert found == "A_KEY is not set. Set it to a long random text.\n"


@pytest.mark.parametrize(
    ("function", "value", "expected"),
    [
        (lambda name: environment.flag(name, default=False), "perhaps", "yes or no"),
        (lambda name: environment.number(name, default=8000, low=1, high=65535), "70000", "from 1 to 65535"),
        (lambda name: environment.number(name, default=8000, low=1, high=65535), "8O00", "from 1 to 65535"),
        (lambda name: environment.web_address(name, default=""), "portal.example.org", "https://portal.example.org"),
        (lambda name: environment.web_address(name, default=""), "http://[::1", "https://portal.example.org"),
        (lambda name: environment.web_address(name, default=""), "http://host:port", "https://portal.example.org"),
        (lambda name: environment.hours(name, default="always"), "16:00-09:00", "09:00-16:00"),
        (lambda name: environment.hours(name, default="always"), "all day", "09:00-16:00"),
        (environment.database, "sqlite:///portal.db", "postgres://user:password@host:5432/name"),
        (environment.database, "postgres://host:port/name", "postgres://user:password@host:5432/name"),
        (environment.broker, "amqp://host", "redis://host:6379/0"),
        (environment.broker, "redis://host:many/0", "redis://host:6379/0"),
        (environment.mail_route, "mail.example.org", "smtp+tls://user:password@host:587"),
    ],
)
def test_odd_value_stops_with_what_to_set(capsys, monkeypatch, function, value, expected):
    monkeypatch.setenv("A_SETTING", value)
    found = sentence(capsys, function, "A_SETTING")
    assert found.startswith("A_SETTING is ")
    assert expected in found
    assert found.count("\n") == 1


def test_sentence_about_a_server_repeats_no_password(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://user:hidden-password@host/name")
    assert "hidden-password" not in sentence(capsys, environment.database, "DATABASE_URL")


def test_values_are_read(monkeypatch):
    for name, value in {
        "FLAG": "Yes",
        "NUMBER": "7",
        "WORDS": "a, b,,c",
        "ADDRESS": "https://portal.example.org/",
        "HOURS": "09:00-16:30",
        "DATABASE": "postgres://ann:secret@db.example.org:5433/portal",
        "MAIL": "smtp+tls://ann:secret@mail.example.org:587",
    }.items():
        monkeypatch.setenv(name, value)
    assert environment.flag("FLAG", default=False) is True
    assert environment.number("NUMBER", default=1, low=1, high=9) == 7
    assert environment.words("WORDS") == ["a", "b", "c"]
    assert environment.web_address("ADDRESS", default="") == "https://portal.example.org"
    assert environment.hours("HOURS", default="always") == (time(9), time(16, 30))
    assert environment.database("DATABASE") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "portal",
        "USER": "ann",
        "PASSWORD": "secret",
        "HOST": "db.example.org",
        "PORT": 5433,
    }
    found = environment.mail_route("MAIL")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)


def test_mail_services_are_routes(monkeypatch):
    monkeypatch.setenv("MAIL", "anymail://mailgun?api_key=secret&sender_domain=mg.example.org")
    found = environment.mail_route("MAIL")
    assert found["MAIL_SERVICE"] == "anymail.backends.mailgun.EmailBackend"
    assert found["ANYMAIL"] == {"MAILGUN_API_KEY": "secret", "MAILGUN_SENDER_DOMAIN": "mg.example.org"}
    monkeypatch.setenv("MAIL", f"notify://send?api_key={'k' * 80}&template_id=t1")
    assert environment.mail_route("MAIL")["NOTIFY"]["template_id"] == "t1"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("anymail://nobody?key=hidden", "names no mail service"),
        ("anymail://../x?key=hidden", "names no mail service"),
        ("notify://send?api_key=hidden", "lacks Notify's key or template"),
    ],
)
def test_odd_mail_service_stops_with_what_to_set(capsys, monkeypatch, value, expected):
    monkeypatch.setenv("MAIL", value)
    found = sentence(capsys, environment.mail_route, "MAIL")
    assert expected in found
    assert "hidden" not in found


def test_unset_values_take_their_default(monkeypatch):
    for name in ("DATABASE", "MAIL", "REDIS"):
        monkeypatch.delenv(name, raising=False)
    assert environment.database("DATABASE") is None
    assert environment.mail_route("MAIL") is None
    assert environment.broker("REDIS") == ""
    assert environment.hours("HOURS", default="always") is None
