from datetime import UTC, datetime, timedelta

import pytest

from commitments import outbox
from commitments.models import Heartbeat, Message
from tests.factories import make_attendee, make_forum, make_message, make_user, make_wave

pytestmark = pytest.mark.django_db

ADDRESS = "/health/metrics"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_there_is_no_such_page_without_the_token(client, settings):
    client.force_login(make_user("admin"))
    bearers = [None, "", "Bearer", "Bearer ", "Bearer tokem", "token", "Basic token", "Bearer tokén"]
    for settings.METRICS_TOKEN in ["", "token"]:
        for bearer in bearers:
            response = client.get(ADDRESS, headers={"Authorization": bearer} if bearer is not None else {})
            assert response.status_code == 404


def test_figures_are_told_to_whoever_shows_the_token(client, settings, time_machine, django_assert_num_queries):
    time_machine.move_to(NOW, tick=False)
    settings.METRICS_TOKEN = "token"
    make_wave(make_forum(), due_on=NOW.date() - timedelta(days=3))
    wave = make_wave(make_forum(), state="open", due_on=NOW.date())
    for state in [Message.State.QUEUED, Message.State.QUEUED, Message.State.FAILED]:
        make_message(make_attendee(wave.forum), wave, state=state)
    Heartbeat.objects.note(Heartbeat.Part.WORKER, NOW - timedelta(seconds=90))
    outbox.pause(why="The mail server refused us")

    with django_assert_num_queries(3):
        response = client.get(ADDRESS, headers={"Authorization": "Bearer token"})

    told = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    numbers = dict.fromkeys(Message.State.values, 0) | {"queued": 2, "failed": 1}
    assert told == [
        *(f'senate_messages{{state="{state}"}} {number}.0' for state, number in numbers.items()),
        "senate_overdue_waves 1.0",
        "senate_sending_paused 1.0",
        'senate_last_seen_seconds{part="worker"} 90.0',
    ]
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]
