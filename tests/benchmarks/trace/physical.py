"""Random plants whose true flow of every gram and part is known: what do scopes miss, and how large are they?"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from suyuan.trace.contracts import Direction
from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.ledger import IndexLedger, Reader
from suyuan.trace.domain.engine.record import record_of
from suyuan.trace.domain.engine.scope import IndexScopes
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.ledger import TraceEvent, TraceItem
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.simulator import World
from suyuan.trace.tests.domain.test_physical_truth import FAULTS

ACTIONS = 30


def scopes_of(items: Sequence[TraceItem], events: Sequence[TraceEvent], cut: int) -> IndexScopes:
    """Return scopes over a history in two segments, the second from ``cut`` on."""
    readers = []
    for stretch in (events[:cut], events[cut:]):
        named = {part.item for event in stretch for part in event.participations}
        named |= {part.lot for event in stretch for part in event.participations if part.lot is not None}
        readers.append(Reader(build(record_of([item for item in items if item.id in named], stretch))))
    ledger = IndexLedger(readers, MemoryLedger(items, []))
    whole = MemoryLedger(items, events)
    segments = [reader.segment for reader in readers]
    return IndexScopes(ledger, lambda _: assemble(segments), lambda question: trace(whole, question))


def physical(plants: int, suspects: int) -> dict[str, float]:
    """Live so many plants, by turns with each kind of faulty records, and ask each for so many suspects.

    ``missed``: truly affected items that no scope lists. ``scope_vs_closure``: listed items as a share of the
    time-blind closures, where records are exact.
    """
    missed = listed = closure = truth = 0
    kinds = list(FAULTS.items())
    for seed in range(plants):
        name, faults = kinds[seed % len(kinds)]
        chance = Random(seed)
        world = World(Random(seed), faults)
        events = world.live(ACTIONS).history
        items = list(world.items.values())
        scopes = scopes_of(items, events, chance.randrange(len(events) + 1))
        for suspect in chance.sample(list(world.items), min(suspects, len(world.items))):
            question = ScopeQuestion(
                Direction.FORWARD, np.array([suspect]), np.array([EVER]), tolerance=faults.tolerance
            )
            told = set(scopes.scope(question, nobody_minds).labels.item.tolist())
            missed += len(world.truth[suspect] - told)
            if name == "exact records":
                truth += len(world.truth[suspect] | {suspect})
                listed += len(told)
                closure += len(set(scopes.closure(question, nobody_minds).tolist()) | told)
    return {"missed": missed, "scope_vs_closure": round(listed / max(closure, 1), 3),
            "truth_vs_closure": round(truth / max(closure, 1), 3), "plants": plants}  # fmt: skip
