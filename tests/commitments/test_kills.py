"""The short form of `make faults`: one campaign of random kills, small enough for every run of the suite."""

import pytest

from commitments import follow_ups
from tests import kill_campaign, mail_sink
from tests.commitments import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def test_five_random_kills_lose_nobody_and_double_one_person_a_kill_at_most(tmp_path, database_url):
    cast.people(cast.forum_due(), 100)
    follow_ups.prepare()
    with mail_sink.running() as sink:
        outcome = kill_campaign.run(tmp_path, seed=2017, kills=5, database_url=database_url, sink=sink)

    assert outcome.messages == 100
    assert outcome.kills > 1
    assert outcome.lost == 0
    assert outcome.doubled <= outcome.unknown <= outcome.kills
    assert outcome.most_copies <= 2
