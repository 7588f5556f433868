"""Plants that compiled code follows by itself: parts in units, reused totes unloaded as a whole, cross-contact.

Beside the wild plants, in which nearly everything is a knot, these have a fault here and there.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, Direction, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.scoping import ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import TICK
from suyuan.trace.tests.engine.compared import MANY, Cut, forward
from suyuan.trace.tests.engine.test_desk import compare, told_of
from suyuan.trace.tests.engine.test_forward_kernel import CLOCKS
from suyuan.trace.tests.engine.test_history import back

PASTE, GLUE, BOARDS, CASES, DEVICES = 1, 2, range(11, 15), range(21, 23), range(31, 33)
TOTES, PALLETS = range(51, 54), range(61, 63)
LOT = 3
ITEMS = [
    TraceItem(PASTE, ItemKind.LOT, "", "paste"), TraceItem(GLUE, ItemKind.LOT, "", "glue"),
    TraceItem(LOT, ItemKind.LOT, "", "device"),
    *(TraceItem(number, ItemKind.UNIT, "", "board") for number in BOARDS),
    *(TraceItem(number, ItemKind.UNIT, "", "case") for number in CASES),
    *(TraceItem(number, ItemKind.UNIT, "", "device") for number in DEVICES),
    *(TraceItem(number, ItemKind.CARRIER) for number in (*TOTES, *PALLETS)),
]  # fmt: skip
UNITS = [*BOARDS, *CASES, *DEVICES]
cuts = st.lists(st.integers(0, 30), max_size=3).map(sorted)
moments = st.sampled_from([None, None, *(DAY + minutes * TICK for minutes in (3, 8, 14, 20))])


class Floor:
    """Records what happens, and knows what is where."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.events: list[TraceEvent] = []
        self.inside: dict[int, int] = {}
        self.clock = 0

    def record(self, kind: EventType, action: Action | None, parts: list[TraceParticipation]) -> None:
        """Write an event; now and then at the time of the one before, and later found to be wrong."""
        self.clock += self.draw(st.sampled_from([0, 1, 1, 1, 1, 2, 3]))
        at = DAY + self.clock * TICK
        recorded = at + self.draw(st.sampled_from([0] * 9 + [7])) * TICK
        voided = at + 25 * TICK if self.draw(st.sampled_from([False] * 24 + [True])) else None
        number = len(self.events) + 1
        event = TraceEvent(number, "", kind, at, recorded, tuple(parts), action, voided_at=voided)
        self.events.append(event)

    def make(self, made: list[int], taken: list[int], lot: int | None = None) -> None:
        """Make things of other things."""
        outputs = [TraceParticipation(item, Role.OUTPUT, lot=lot) for item in made]
        self.record(
            EventType.TRANSFORMATION, None, [*(TraceParticipation(item, Role.INPUT) for item in taken), *outputs]
        )

    def put(self, parent: int, children: list[int]) -> None:
        """Put things into a container, or parts into a unit."""
        kind = EventType.ASSOCIATION if parent in UNITS else EventType.AGGREGATION
        named = [TraceParticipation(child, Role.CHILD) for child in children]
        self.record(kind, Action.ADD, [TraceParticipation(parent, Role.PARENT), *named])
        self.inside.update(dict.fromkeys(children, parent))

    def take(self, parent: int, children: list[int], *, whole: bool) -> None:
        """Take things out, or unload a container as a whole."""
        kind = EventType.ASSOCIATION if parent in UNITS else EventType.AGGREGATION
        named = [] if whole else [TraceParticipation(child, Role.CHILD) for child in children]
        self.record(kind, Action.DELETE, [TraceParticipation(parent, Role.PARENT), *named])
        for child in children:
            self.inside.pop(child, None)

    def within(self, parent: int) -> list[int]:
        """Return what is in a parent."""
        return [child for child, holder in self.inside.items() if holder == parent]


@st.composite
def plants(draw: st.DrawFn) -> list[TraceEvent]:
    """Boards and cases are made, carried about in totes, put into each other and into devices; devices are repaired,
    packed, shipped.
    """
    floor = Floor(draw)
    floor.make([*BOARDS[:2]], [PASTE])
    floor.make([*BOARDS[2:]], [draw(st.sampled_from([PASTE, GLUE]))])
    floor.make([*CASES], [GLUE])
    if draw(st.booleans()):
        floor.make([*DEVICES], [GLUE], draw(st.sampled_from([None, LOT])))
    for _ in range(draw(st.integers(4, 14))):
        _step(floor, draw)
    return floor.events


def _step(floor: Floor, draw: st.DrawFn) -> None:
    what = draw(st.sampled_from(["pack", "pack", "pack", "unload", "unload", "take", "stack", "make", "wrong"]))
    holder = draw(st.sampled_from([*TOTES, *TOTES, *DEVICES, CASES[0]]))
    held = floor.within(holder)
    if what == "pack":
        fitting = [*BOARDS, *CASES] if holder in DEVICES else BOARDS if holder in CASES else UNITS
        free = [unit for unit in fitting if unit not in floor.inside and unit != holder]
        chosen = draw(st.lists(st.sampled_from(free), min_size=1, max_size=3, unique=True)) if free else []
        if chosen:
            floor.put(holder, chosen)
    elif what == "unload" and held:
        floor.take(holder, held, whole=holder not in UNITS or draw(st.booleans()))
    elif what == "take" and held:
        floor.take(holder, held[:1], whole=False)
    elif what == "stack":
        tote, pallet = draw(st.sampled_from(list(TOTES))), draw(st.sampled_from(list(PALLETS)))
        if tote in floor.inside:
            floor.take(floor.inside[tote], [tote], whole=draw(st.booleans()))
        else:
            floor.put(pallet, [tote])
    elif what == "make":
        floor.make([draw(st.sampled_from(UNITS))], [draw(st.sampled_from([PASTE, GLUE, *UNITS]))])
    elif what == "wrong":
        floor.put(holder, [draw(st.sampled_from([unit for unit in UNITS if unit != holder]))])


@settings(max_examples=60 * MANY, deadline=None)
@given(plants(), cuts, moments, moments, st.sampled_from([*CLOCKS, None, None]))
def test_what_compiled_code_follows_is_what_the_oracle_finds(
    events: list[TraceEvent], cuts: list[int], since: datetime | None, as_of: datetime | None, off: timedelta | None
) -> None:
    """``off``: the site's tolerance; None asks for cross-contact."""
    oracle = MemoryLedger(ITEMS, events)
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    for item in (PASTE, BOARDS[0], DEVICES[0], LOT, TOTES[0]):
        tolerance = off or timedelta()
        forward(cut, oracle, [Start(item, since)], siblings=off is None, tolerance=tolerance, as_of=as_of)


@settings(max_examples=25 * MANY, deadline=None)
@given(plants(), cuts, moments, st.sampled_from([*BOARDS, *TOTES, *PALLETS, LOT]))
def test_what_went_into_units_with_parts_is_what_the_oracle_finds(
    history: list[TraceEvent], cuts: list[int], as_of: datetime | None, other: int
) -> None:
    events = [told_of(event) for event in history]
    oracle = MemoryLedger(ITEMS, events)
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    for siblings in (False, True):
        for item in (*DEVICES, other):
            compare(ITEMS, events, cut, item, as_of, siblings=siblings)
        back(cut, oracle, [DEVICES[0], other], as_of, siblings=siblings)


def _tidy() -> list[TraceEvent]:
    """A tote carries boards three times, unloaded as a whole; boards and a case in devices, devices on a pallet."""
    at, found = 0, list[TraceEvent]()

    def record(kind: EventType, action: Action | None, *parts: tuple[Role, int]) -> None:
        nonlocal at
        at += 1
        named = tuple(TraceParticipation(item, role) for role, item in parts)
        found.append(TraceEvent(at, "", kind, DAY + at * TICK, DAY + at * TICK, named, action))

    pack, join = EventType.AGGREGATION, EventType.ASSOCIATION
    record(EventType.TRANSFORMATION, None, (Role.INPUT, PASTE), *((Role.OUTPUT, board) for board in BOARDS[:2]))
    record(EventType.TRANSFORMATION, None, (Role.INPUT, GLUE), *((Role.OUTPUT, board) for board in BOARDS[2:]))
    record(EventType.TRANSFORMATION, None, (Role.INPUT, GLUE), *((Role.OUTPUT, item) for item in (*CASES, *DEVICES)))
    for boards in ((11, 13), (12,), (14,)):
        record(pack, Action.ADD, (Role.PARENT, 51), *((Role.CHILD, board) for board in boards))
        record(pack, Action.DELETE, (Role.PARENT, 51))
    record(join, Action.ADD, (Role.PARENT, 31), (Role.CHILD, 11), (Role.CHILD, 21))
    record(join, Action.ADD, (Role.PARENT, 32), (Role.CHILD, 14))
    record(pack, Action.ADD, (Role.PARENT, 61), (Role.CHILD, 31), (Role.CHILD, 32))
    return found


def test_parts_in_units_and_unloaded_totes_are_no_knots() -> None:
    events = _tidy()
    cut, oracle = Cut(ITEMS, events, []), MemoryLedger(ITEMS, events)
    assert not (cut.readers[0].segment.item_knot & 1).any()
    for siblings in (False, True):
        for item in ITEMS:
            forward(cut, oracle, [Start(item.id)], siblings=siblings)


def test_compiled_code_knows_what_went_into_units_with_parts() -> None:
    """Their boards came in totes unloaded as a whole; the pallet holds both. A part of a unit is the reference's: what
    it is in now is neither its ingredient nor a mere container.
    """
    events = [told_of(event) for event in _tidy()]
    cut, oracle = Cut(ITEMS, events, []), MemoryLedger(ITEMS, events)
    for item in (*DEVICES, 12, 13, 22, TOTES[0], PALLETS[0]):
        assert compare(ITEMS, events, cut, item)
        assert back(cut, oracle, [item])
    for item in (*DEVICES, 12, TOTES[0], PALLETS[0]):
        assert compare(ITEMS, events, cut, item, siblings=True)
        assert back(cut, oracle, [item], siblings=True)
    assert not compare(ITEMS, events, cut, 11)


def test_two_knots_in_one_load_tell_each_other_by_the_reference() -> None:
    """Both were made twice, so their labels are the reference's; what they were in is plain, so it is shared."""
    made, pack, join = EventType.TRANSFORMATION, EventType.AGGREGATION, EventType.ASSOCIATION
    told: list[tuple[EventType, Action | None, list[TraceParticipation]]] = [
        (made, None, [_part(Role.INPUT, GLUE), *(TraceParticipation(item, Role.OUTPUT, lot=LOT) for item in DEVICES)]),
        (join, Action.ADD, [_part(Role.PARENT, 32), _part(Role.CHILD, 11)]),
        (made, None, [_part(Role.INPUT, PASTE), _part(Role.OUTPUT, 11)]),
        (made, None, [_part(Role.INPUT, PASTE), _part(Role.OUTPUT, 11)]),
        (made, None, [_part(Role.INPUT, PASTE), _part(Role.OUTPUT, 32)]),
        (pack, Action.ADD, [_part(Role.PARENT, 51), _part(Role.CHILD, 12), _part(Role.CHILD, 32)]),
    ]
    events = [TraceEvent(at, "", kind, DAY, DAY, tuple(parts), act) for at, (kind, act, parts) in enumerate(told, 1)]
    forward(Cut(ITEMS, events, []), MemoryLedger(ITEMS, events), [Start(LOT)], siblings=True)


def _part(role: Role, item: int) -> TraceParticipation:
    return TraceParticipation(item, role)


def test_cross_contact_is_explained_through_the_containers_shared() -> None:
    """Board 11 of the paste was in a tote with 13, and its device on the pallet with device 32 that holds 14."""
    question = ScopeQuestion(Direction.FORWARD, np.array([PASTE]), np.array([EVER]), siblings=True)
    scoped = Cut(ITEMS, _tidy(), []).scopes().scope(question, nobody_minds)
    beside, afar = scoped.explain(13), scoped.explain(14)
    assert [(hop.item, hop.event, hop.through, hop.through_events) for hop in beside] == [
        (11, 4, (51,), (4,)), (PASTE, 1, (), ()),
    ]  # fmt: skip
    assert [(hop.item, hop.event, hop.through, hop.through_events) for hop in afar] == [
        (11, 11, (31, 61, 32), (10, 12, 12)), (PASTE, 1, (), ()),
    ]  # fmt: skip
