"""The long form of tests/commitments/test_kills.py: ten campaigns of 1,000 messages and 50 kills each."""

import pytest

from commitments import follow_ups
from tests import kill_campaign, mail_sink
from tests.benchmarks import crowd

MESSAGES, KILLS = 1000, 50

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seed", range(1, 11))
def test_fifty_kills_over_a_thousand_messages(seed, tmp_path, database_url, capsys):
    crowd.forum_of(MESSAGES)
    follow_ups.prepare()
    with mail_sink.running() as sink:
        outcome = kill_campaign.run(tmp_path, seed=seed, kills=KILLS, database_url=database_url, sink=sink)
    with capsys.disabled():
        print(f"\nseed {seed:2}: {outcome}")
    assert outcome.lost == 0
    assert outcome.doubled <= outcome.unknown <= outcome.kills
    assert outcome.most_copies <= 2
