"""Kill anything at any moment while devices capture: what was acknowledged is there once, and nothing else is."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import pytest

from tests.crash.killing import BACK_WITHIN_SECONDS, PARTS, kill, seconds_until_back
from tests.crash.reckoning import reckon, wait_for_jobs
from tests.crash.writers import Tally, Writer
from tests.support.servers import installed


def _kill_while_capturing(folder: Path, parts: list[str], seed: int) -> None:
    """Kill ``parts`` one after another, waiting each time until the service has come back by itself."""
    dice, tally, stop = random.Random(seed), Tally(), threading.Event()
    with installed(folder / "data") as installation:
        installation.start()
        installation.wait_ready()
        token = installation.add_administrator()
        writers = [Writer(number, installation.url, token, tally, stop) for number in range(3)]
        for writer in writers:
            writer.start()
        waits = []
        for part in parts:
            time.sleep(dice.uniform(0.3, 2.0))
            kill(installation, part, dice)
            waits.append(seconds_until_back(installation, token))
        time.sleep(2)
        stop.set()
        for writer in writers:
            writer.join(30)
        wait_for_jobs(installation.url, token)
        with installation.owner() as owner:
            counts = reckon(owner, tally)
        longest = max(zip(waits, parts, strict=True))
        print(f"\n{len(parts)} kills (seed {seed}): {counts}; longest away {longest[0]:.1f} s ({longest[1]})")
        assert max(waits) < BACK_WITHIN_SECONDS
        assert counts["acknowledged"] > 10 * len(parts)


@pytest.mark.timeout(280)
def test_a_few_kills(tmp_path) -> None:
    _kill_while_capturing(tmp_path, ["web worker", "database", "supervisor"], seed=1)


@pytest.mark.crash
@pytest.mark.timeout(3600)
def test_fifty_kills(tmp_path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)
    _kill_while_capturing(tmp_path, [dice.choice(PARTS) for _ in range(50)], seed)
