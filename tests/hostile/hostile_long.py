"""The campaign in full, printed by `make hostile`: HOSTILE_REQUESTS of them, after the seed HOSTILE_SEED."""

import os

import pytest

from tests.hostile import campaign

pytestmark = pytest.mark.django_db
REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "100000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1"))


def test_hostile_strings_break_nothing(addresses, capsys):
    trial = campaign.Campaign(addresses, seed=SEED, budget=REQUESTS)
    trial.addresses |= dict(campaign.administration(trial.clients["admin"]))

    trial.run(campaign.PARTS)

    with capsys.disabled():
        print(f"\n{trial.requests.total():,} requests to {len(trial.addresses)} addresses, seed {SEED}")
        for part, count in trial.requests.most_common():
            print(f"{count:9,} {part}")
        print(f"{trial.emails:9,} emails\n{len(trial.faults):9,} faults")
        for line in trial.faults[:50]:
            print(line)
        print("the slowest, in seconds:")
        for seconds, what in trial.slowest:
            print(f"{seconds:9.1f} {what}")
    assert trial.faults == []
