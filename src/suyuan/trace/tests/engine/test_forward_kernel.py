"""The forward kernel either says what the oracle says, or that it does not know."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, Direction, EventType, ItemKind, Role, Verdict
from suyuan.trace.domain.answer import Answer, Question, Start
from suyuan.trace.domain.engine.record import record_of
from suyuan.trace.domain.engine.scope import ForwardKernel, ScopeLabels
from suyuan.trace.domain.engine.segment import build
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import MemoryLedger
from suyuan.trace.domain.times import EVER, FOREVER, micros
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.plant import DAY
from suyuan.trace.tests.domain.random_plants import ITEMS, TICK, Draft, histories, ledger_of

Told = dict[int, tuple[bool, int, set[tuple[bool, int, int]]]]


def told_by(labels: ScopeLabels) -> Told:
    """Return, of every item: verdict, depth and labels."""
    rows: dict[int, list[tuple[bool, int, int, int]]] = {}
    for index in range(len(labels)):
        since, until = int(labels.since[index]), int(labels.until[index])
        row = (not labels.certain[index], int(labels.depth[index]), since, until)
        rows.setdefault(int(labels.item[index]), []).append(row)
    return {
        item: (not min(found)[0], min(found)[1], {(not doubt, since, until) for doubt, _, since, until in found})
        for item, found in rows.items()
    }


def told_in(answer: Answer) -> Told:
    """Return the same of an answer."""
    found: Told = {}
    for row in answer.items:
        labels = {
            (
                label.verdict is Verdict.CERTAIN,
                EVER if label.since is None else micros(label.since),
                FOREVER if label.until is None else micros(label.until),
            )
            for label in row.labels
        }
        found[row.item] = (row.verdict is Verdict.CERTAIN, row.depth, labels)
    return found


def compare(ledger: MemoryLedger, items: list[TraceItem], starts: list[int]) -> int:
    """Ask for every start item; return how many the kernel knew."""
    kernel = ForwardKernel(build(record_of(items, ledger.history)))
    known = 0
    for start in starts:
        told = kernel.scope([start])
        if told is not None:
            known += 1
            oracle = trace(ledger, Question(Direction.FORWARD, (Start(start),), closure=False))
            assert told_by(told) == told_in(oracle)
    return known


@settings(max_examples=150, deadline=None)
@given(histories)
def test_wild_plants(history: list[Draft]) -> None:
    plain = ledger_of(history)
    compare(MemoryLedger(ITEMS, plain.history), list(ITEMS), [item.id for item in ITEMS])


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
        clock += draw(st.sampled_from([0, 1, 1, 1, 1]))
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


@settings(max_examples=100, deadline=None)
@given(tidy_plants())
def test_tidy_plants(events: list[TraceEvent]) -> None:
    ledger = MemoryLedger(TIDY_ITEMS, events)
    compare(ledger, TIDY_ITEMS, [item.id for item in TIDY_ITEMS])


@settings(max_examples=20, deadline=None)
@given(tidy_plants())
def test_the_kernel_knows_tidy_plants(events: list[TraceEvent]) -> None:
    """Where instants differ, nothing in a tidy plant is a knot: the kernel must not hide behind the oracle."""
    apart = [replace(event, time=DAY + index * TICK, recorded=DAY + index * TICK) for index, event in enumerate(events)]
    starts = [*RAW, *PANELS, *BOARDS, *DEVICES]
    assert compare(MemoryLedger(TIDY_ITEMS, apart), TIDY_ITEMS, starts) == len(starts)
