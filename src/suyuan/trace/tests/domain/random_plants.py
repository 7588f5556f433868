"""Small random plants: splits, merges, rework, reused totes, tanks, parts, corrections, late entries, cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.tests.domain.plant import DAY

TICK = timedelta(minutes=1)
LOTS = (1, 2, 3, 4, 5)
UNITS = (11, 12, 13, 14, 15, 16)
CARRIERS = (21, 22, 23)
THINGS = LOTS + UNITS
ITEMS = (
    TraceItem(1, ItemKind.LOT, "A", "milk"),
    TraceItem(2, ItemKind.LOT, "B", "milk"),
    TraceItem(3, ItemKind.LOT, "C", "soy"),
    TraceItem(4, ItemKind.LOT, "V", "board"),
    TraceItem(5, ItemKind.LOT, "W", "device"),
    TraceItem(11, ItemKind.UNIT, "v1", "board"),
    TraceItem(12, ItemKind.UNIT, "v2", "board"),
    TraceItem(13, ItemKind.UNIT, "w1", "device"),
    TraceItem(14, ItemKind.UNIT, "w2", "device"),
    TraceItem(15, ItemKind.UNIT, "w3", "device", 5),
    TraceItem(16, ItemKind.UNIT, "tool", "tool"),
    TraceItem(21, ItemKind.CARRIER, "K"),
    TraceItem(22, ItemKind.CARRIER, "T"),
    TraceItem(23, ItemKind.ASSET, "P"),
    TraceItem(31, ItemKind.PRODUCT, "salt", "salt"),
)
LOT_OF = {11: 4, 12: 4, 13: 5, 14: 5}
ALTERNATIVES = {"soy": ["milk"]}

times = st.integers(0, 14)
quantities = st.sampled_from([None, None, Decimal(1), Decimal(5), Decimal(10)])


@dataclass(frozen=True)
class Draft:
    """An event before it has a number."""

    type: EventType
    action: Action | None
    time: int
    parts: tuple[TraceParticipation, ...]
    late: int = 0
    voided: int | None = None
    process: str | None = None
    lag: int = 0
    cleans: bool = False
    empties: bool = False
    biz_step: str | None = None

    def event(self, number: int) -> TraceEvent:
        """Return the event."""
        moment = DAY + self.time * TICK
        recorded = moment + self.late * TICK
        return TraceEvent(
            number, f"urn:event:{number}", self.type, moment, recorded, self.parts, self.action, self.process,
            recorded + self.voided * TICK if self.voided is not None else None, self.lag * TICK,
            self.cleans, self.empties, self.biz_step,
        )  # fmt: skip


def _parts(role: Role, items: tuple[int, ...]) -> st.SearchStrategy[list[TraceParticipation]]:
    one = st.builds(lambda item, quantity: _part(role, item, quantity), st.sampled_from(items), quantities)
    return st.lists(one, max_size=3, unique_by=lambda part: part.item)


def _part(role: Role, item: int, quantity: Decimal | None) -> TraceParticipation:
    lot = LOT_OF.get(item) if role in (Role.OUTPUT, Role.SUBJECT) else None
    is_lot = item in LOTS
    return TraceParticipation(item, role, quantity if is_lot else None, "kg" if is_lot and quantity else None, lot)


@st.composite
def _process(draw: st.DrawFn) -> Draft:
    inputs = draw(_parts(Role.INPUT, (*THINGS, *CARRIERS, 31)))
    outputs = draw(_parts(Role.OUTPUT, (*THINGS, *THINGS, *CARRIERS)))
    return Draft(
        EventType.TRANSFORMATION, None, draw(times), (*inputs, *outputs),
        process=draw(st.sampled_from([None, None, None, "run1", "run2"])), lag=draw(st.sampled_from([0, 0, 0, 3])),
    )  # fmt: skip


@st.composite
def _holding(draw: st.DrawFn) -> Draft:
    action = draw(st.sampled_from([Action.ADD, Action.ADD, Action.ADD, Action.DELETE, Action.DELETE, Action.OBSERVE]))
    parent = draw(st.sampled_from((*CARRIERS, *CARRIERS, 13, 14, 16)))
    children = draw(_parts(Role.CHILD, (*THINGS, *CARRIERS)))
    children = [part for part in children if part.item != parent]
    if action is not Action.DELETE and not children:
        children = [_part(Role.CHILD, 1, None)]
    parts = (TraceParticipation(parent, Role.PARENT), *children)
    kind = draw(st.sampled_from([EventType.AGGREGATION, EventType.AGGREGATION, EventType.ASSOCIATION]))
    return Draft(kind, action, draw(times), parts, cleans=draw(st.sampled_from([False] * 9 + [True])))


@st.composite
def _about(draw: st.DrawFn) -> Draft:
    item = draw(st.sampled_from((*THINGS, *CARRIERS)))
    is_holder = item in CARRIERS
    what = draw(st.sampled_from(["ship", "clean", "empty"] if is_holder else ["ship", "commission"]))
    action = Action.ADD if what == "commission" else Action.OBSERVE
    return Draft(
        EventType.OBJECT, action, draw(times), (_part(Role.SUBJECT, item, None),),
        cleans=what == "clean", empties=what == "empty", biz_step="shipping" if what == "ship" else None,
    )  # fmt: skip


@st.composite
def _corrected(draw: st.DrawFn, plain: st.SearchStrategy[Draft]) -> Draft:
    draft = draw(plain)
    late = draw(st.sampled_from([0, 0, 0, 0, 5, 30]))
    voided = draw(st.sampled_from([None] * 8 + [3, 20]))
    return Draft(**{**draft.__dict__, "late": late, "voided": voided})


drafts = _corrected(st.one_of(_process(), _process(), _holding(), _holding(), _holding(), _about()))
histories = st.lists(drafts, min_size=1, max_size=14)


def ledger_of(history: list[Draft]) -> MemoryLedger:
    """Return the ledger of a history, numbered in its order."""
    return MemoryLedger(ITEMS, (draft.event(number) for number, draft in enumerate(history, start=1)), ALTERNATIVES)
