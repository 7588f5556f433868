"""Forward scopes of the index are the oracle's, however the history is cut into segments and whatever is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.answer import Start
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ITEMS, TICK, Draft, histories, ledger_of
from suyuan.trace.tests.engine.compared import MANY, Cut, forward

cuts = st.lists(st.integers(0, 14), max_size=4).map(sorted)
moments = st.sampled_from([None, None, None, *(DAY + minutes * TICK for minutes in (2, 5, 9, 12))])
CLOCKS = [timedelta(), TICK / 2, TICK, 2 * TICK]
"""By how much a site's clocks may be off."""
IDS = [item.id for item in ITEMS[:-1]]
starts = st.lists(st.builds(Start, st.sampled_from(IDS), moments), min_size=1, max_size=3)


@settings(max_examples=120 * MANY, deadline=None)
@given(histories, cuts, starts, moments, st.sampled_from([*CLOCKS, None]), st.booleans())
def test_wild_plants(
    history: list[Draft], cuts: list[int], asked: list[Start], as_of: datetime | None, off: timedelta | None,
    emptied: bool,
) -> None:  # fmt: skip
    """``off``: the site's tolerance; None asks for cross-contact."""
    events = ledger_of(history).history
    cut = Cut(ITEMS, events, [min(place, len(events)) for place in cuts])
    oracle = MemoryLedger(ITEMS, events)
    tolerance = off or timedelta()
    forward(cut, oracle, asked, as_of=as_of, siblings=off is None, tolerance=tolerance, emptied_ends=emptied)


def test_one_product_used_before_its_making_was_booked_casts_doubt_on_what_was_made_with_it() -> None:
    """When the making was is not known then, so not whether it was after the input became suspect."""
    lots = [TraceItem(number, ItemKind.LOT, "", "milk") for number in (1, 2, 3)]
    used, made = TraceParticipation(1, Role.SUBJECT), [TraceParticipation(number, Role.OUTPUT) for number in (1, 3)]
    events = [
        TraceEvent(1, "", EventType.OBJECT, DAY, DAY, (used,), Action.OBSERVE),
        TraceEvent(2, "", EventType.TRANSFORMATION, DAY + 3 * TICK, DAY + 3 * TICK,
                   (TraceParticipation(2, Role.INPUT), *made)),
    ]  # fmt: skip
    forward(Cut(lots, events, []), MemoryLedger(lots, events), [Start(2, DAY + 2 * TICK)])


RAW, PANELS, BOARDS, DEVICES = range(1, 5), range(11, 14), range(21, 27), range(31, 37)
BOXES, PALLETS = range(51, 54), range(61, 63)
LOT = 41
TIDY_ITEMS = [
    *(TraceItem(number, ItemKind.LOT, "", f"raw{number % 3}") for number in RAW),
    *(TraceItem(number, ItemKind.LOT, "", "panel") for number in PANELS),
    *(TraceItem(number, ItemKind.UNIT, "", "board") for number in BOARDS),
    *(TraceItem(number, ItemKind.UNIT, "", "device") for number in DEVICES),
    TraceItem(LOT, ItemKind.LOT, "", "board"),
    *(TraceItem(number, ItemKind.CARRIER) for number in (*BOXES, *PALLETS)),
]


@st.composite
def tidy_plants(draw: st.DrawFn) -> list[TraceEvent]:
    """Lots into panels, panels into boards (of a lot), boards and lots into devices, packed, repacked and shipped."""
    events: list[TraceEvent] = []
    clock = 0

    def record(kind: EventType, action: Action | None, parts: list[TraceParticipation]) -> None:
        nonlocal clock
        clock += draw(st.sampled_from([0, 1, 1, 1, 2, 3]))
        moment = DAY + clock * TICK
        events.append(TraceEvent(len(events) + 1, "", kind, moment, moment, tuple(parts), action))

    def some(items: list[int], most: int) -> list[int]:
        return draw(st.lists(st.sampled_from(items), min_size=1, max_size=most, unique=True)) if items else []

    def inputs(items: list[int]) -> list[TraceParticipation]:
        quantity = draw(st.sampled_from([None, Decimal(2)]))
        return [TraceParticipation(item, Role.INPUT, quantity) for item in items]

    def make(ingredients: list[int], products: list[int], lot: int | None = None) -> None:
        outputs = [TraceParticipation(item, Role.OUTPUT, lot=lot) for item in products]
        record(EventType.TRANSFORMATION, None, [*inputs(ingredients), *outputs])

    def pack(parent: int, children: list[int], action: Action = Action.ADD) -> None:
        parts = [TraceParticipation(parent, Role.PARENT), *(TraceParticipation(c, Role.CHILD) for c in children)]
        record(EventType.AGGREGATION, action, parts)

    for panel in PANELS:
        make(some(list(RAW), 3), [panel])
    in_lot = draw(st.sampled_from([None, LOT]))
    for panel in PANELS:
        made = [board for board in BOARDS if board % 3 == panel % 3]
        make([panel, *some(list(RAW), 1)], made, in_lot)
    for device, board in zip(DEVICES, BOARDS, strict=True):
        make([board, *some(list(RAW), 3)], [device])
    boxed: dict[int, list[int]] = {}
    for box in BOXES:
        free = [device for device in DEVICES if all(device not in held for held in boxed.values())]
        boxed[box] = some(free, 3)
        if boxed[box]:
            pack(box, boxed[box])
    for box in some(list(BOXES), 3):
        pallet = draw(st.sampled_from(list(PALLETS)))
        pack(pallet, [box])
        if draw(st.booleans()):
            pack(pallet, [box], Action.DELETE)
            pack(draw(st.sampled_from(list(PALLETS))), [box])
        if boxed[box] and draw(st.booleans()):
            pack(box, boxed[box][:1], Action.DELETE)
    subject = TraceParticipation(PALLETS[0], Role.SUBJECT)
    record(EventType.OBJECT, Action.OBSERVE, [subject])
    return events


@settings(max_examples=30 * MANY, deadline=None)
@given(tidy_plants(), cuts, moments, st.sampled_from(CLOCKS))
def test_tidy_plants(events: list[TraceEvent], cuts: list[int], since: datetime | None, off: timedelta) -> None:
    oracle = MemoryLedger(TIDY_ITEMS, events)
    cut = Cut(TIDY_ITEMS, events, [min(place, len(events)) for place in cuts])
    for item in TIDY_ITEMS:
        forward(cut, oracle, [Start(item.id, since)], tolerance=off)


@settings(max_examples=20, deadline=None)
@given(tidy_plants())
def test_the_kernel_knows_tidy_plants(events: list[TraceEvent]) -> None:
    """Where instants differ, nothing in a tidy plant is a knot: the kernel must not hide behind the oracle."""
    apart = [replace(event, time=DAY + index * TICK, recorded=DAY + index * TICK) for index, event in enumerate(events)]
    assert not Cut(TIDY_ITEMS, apart, []).readers[0].segment.item_knot.any()
