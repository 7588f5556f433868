"""Nothing truly affected is missed, and what is called certain is true, in plants that know where everything went."""

from __future__ import annotations

from random import Random

import pytest

from suyuan.trace.contracts import Direction, Verdict
from suyuan.trace.domain.answer import Question, Start
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.simulated_matter import Faults
from suyuan.trace.tests.domain.simulator import World

PLANTS = 40
ACTIONS = 30
FAULTS = {
    "exact records": Faults(),
    "clocks off, stamps cut to the minute": Faults(skew=0.5, coarse=1),
    "late sync": Faults(late_sync=True),
    "booked afterwards": Faults(back_flush=True),
    "missed scans": Faults(missed_scans=True),
    "lots scanned for units": Faults(lot_scans=True),
    "corrections": Faults(corrections=True),
    "all of these": Faults(0.5, 1, True, True, True, True, True),
}


@pytest.mark.parametrize("faults", FAULTS.values(), ids=FAULTS)
def test_nothing_is_missed_and_certain_is_true(faults: Faults) -> None:
    for seed in range(PLANTS):
        world = World(Random(seed), faults)
        ledger = world.live(ACTIONS)
        for suspect in world.items:
            question = Question(Direction.FORWARD, (Start(suspect),), tolerance=faults.tolerance, closure=False)
            answer = trace(ledger, question)
            listed = {row.item for row in answer.items}
            certain = {row.item for row in answer.items if row.verdict is Verdict.CERTAIN}
            touched = {event.number for event in answer.events}
            truth = world.truth[suspect]
            assert truth <= listed, (seed, suspect, "missed", truth - listed)
            assert world.shipped[suspect] <= touched, (seed, suspect, "shipment missed")
            assert certain - {suspect} <= truth, (seed, suspect, "not true", certain - truth)


def test_the_scope_is_smaller_than_the_time_blind_closure() -> None:
    listed = closure = truth = 0
    for seed in range(PLANTS):
        world = World(Random(seed))
        ledger = world.live(ACTIONS)
        for suspect in world.items:
            answer = trace(ledger, Question(Direction.FORWARD, (Start(suspect),)))
            truth += len(world.truth[suspect] | {suspect})
            listed += sum(row.verdict is not Verdict.EXCLUDED for row in answer.items)
            closure += answer.closure or 0
    assert truth <= listed
    assert listed * 3 < closure * 2, (truth, listed, closure)
