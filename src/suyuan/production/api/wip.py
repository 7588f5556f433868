"""The board of work in process: what waits where, how long, and which operation holds the others up."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from suyuan.chassis.database import tx
from suyuan.production.api import routing
from suyuan.production.contracts.wip import Board, BoardRow, Evidence, OpenRow
from suyuan.production.domain.bottleneck import bottleneck, evidence_of
from suyuan.production.domain.oee import Window, intervals, overlap
from suyuan.production.store import board as store
from suyuan.production.store import oee as machines
from suyuan.production.store.board import Flow, Narrowed
from suyuan.trace import api as trace
from suyuan.trace.contracts import NamedUri

RIGHT = "production:wip:read"
_NOTHING = (0, 0, None, None)


def _narrowed(order: str | None, line: str | None, hours: float) -> Narrowed:
    now = datetime.now(UTC)
    reached = tx().principal.sites_for(RIGHT)
    places = None if line is None else store.places_below(line)
    return Narrowed(now, now - timedelta(hours=hours), order, places, None if reached is None else sorted(reached))


def board(*, order: str | None = None, line: str | None = None, hours: float = 8) -> Board:
    """Return the board, narrowed to a work order and to a line (or any place or machine)."""
    began = time.perf_counter()
    asked = _narrowed(order, line, hours)
    ahead = store.successors(asked)
    standing, flow, orders = store.standing_and_flow(asked, ahead)
    went = {row[0]: row[2:] for row in flow if row[1] is None}
    passed = [(row[1], row[0], row[2] - row[3]) for row in flow if row[1] is not None]
    arrived = _arrivals(passed, ahead)
    evidence = {
        row[0]: evidence_of(
            queue=row[4], arrived=arrived.get(row[0], 0), done=went.get(row[0], _NOTHING)[0], hours=hours,
            waited=_whole(went.get(row[0], _NOTHING)[2]), utilisation=None,
        )
        for row in standing if row[1]
    }  # fmt: skip
    held_up_by = bottleneck(evidence)
    if held_up_by is not None:
        busy = _utilisation(asked, went.get(held_up_by, _NOTHING)[3])
        evidence[held_up_by] = replace(evidence[held_up_by], utilisation=busy)
    names = operation_names({row[0] for row in standing} | set(went))
    uris = store.uris_of([row[9] for row in standing])
    rows = [_row(row, went, arrived, evidence, names, uris) for row in standing]
    rows += [
        _idle(each, went[each], arrived.get(each, 0), names) for each in went if each not in {r[0] for r in standing}
    ]
    order_of = _in_flow([row.operation for row in rows], ahead)
    rows.sort(key=lambda row: (order_of[row.operation], not row.ahead))
    return Board(
        at=asked.now,
        window_hours=hours,
        count=sum(row.count for row in rows),
        rework=sum(row.rework for row in rows),
        held=sum(row.held for row in rows),
        age_median=_weighted(rows),
        finished=sum(count for product, operation, count in passed if (product, operation) not in ahead),
        bottleneck=held_up_by,
        rows=rows,
        orders=orders,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )


def _utilisation(asked: Narrowed, equipment: Sequence[str] | None) -> float | None:
    """Return the share of the window in which these machines ran; None where no state of them is on record."""
    points = machines.states(asked.since, asked.now, list(equipment or ()), asked.sites)
    lasting = [each for row in points.values() for each in intervals(row, asked.since, asked.now)]
    states = overlap(lasting, [Window(asked.since, asked.now)])
    recorded = sum(states.values())
    running = sum(seconds for (state, _), seconds in states.items() if state == "running")
    return running / recorded if recorded else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _arrivals(passed: Sequence[tuple[str, str, int]], ahead: Flow) -> dict[str, int]:
    """Return how many came to each operation's queue: what those before it have passed, product by product."""
    found: dict[str, int] = {}
    for product, operation, count in passed:
        after = ahead.get((product, operation))
        if after is not None:
            found[after] = found.get(after, 0) + count
    return found


def _row(
    row: tuple[Any, ...],
    went: Mapping[str, tuple[Any, ...]],
    arrived: Mapping[str, int],
    evidence: Mapping[str, Evidence],
    names: Mapping[str, tuple[str, str]],
    uris: Mapping[int, str],
) -> BoardRow:
    operation, known, count, quantity, waiting, running, rework, held, ages, oldest, rework_seconds = row
    done, failed, waited, _ = went.get(operation, _NOTHING)
    median, p95, most = (max(0, int(age)) for age in ages)
    return BoardRow(
        operation, *names[operation], known, count, quantity, waiting, running, rework, held, median, p95, most,
        uris.get(oldest), arrived.get(operation, 0), done, failed, _whole(waited), rework_seconds,
        evidence.get(operation),
    )  # fmt: skip


def _idle(operation: str, went: tuple[Any, ...], arrived: int, names: Mapping[str, tuple[str, str]]) -> BoardRow:
    """Return the row of an operation that worked in the window and has nothing waiting."""
    done, failed, waited, _ = went
    return BoardRow(
        operation, *names[operation], True, 0, Decimal(0), 0, 0, 0, 0, None, None, None, None, arrived, done, failed,
        _whole(waited), 0, None,
    )  # fmt: skip


def _in_flow(operations: Sequence[str], ahead: Flow) -> dict[str, int]:
    """Return each operation's place along the flow: how many operations lie before it on the shortest way there."""
    followed = set(ahead.values())
    place = {first: 0 for _, first in ahead if first not in followed}
    waiting = list(place)
    while waiting:
        here = waiting.pop(0)
        for after in {each for (_, first), each in ahead.items() if first == here and each not in place}:
            place[after] = place[here] + 1
            waiting.append(after)
    return {operation: place.get(operation, len(place)) for operation in operations}


def _weighted(rows: Sequence[BoardRow]) -> int | None:
    """Return the median age of all, from the operations' medians by their counts."""
    ages = sorted((row.age_median, row.count) for row in rows if row.age_median is not None and row.count)
    half = sum(count for _, count in ages) / 2
    for age, count in ages:
        half -= count
        if half <= 0:
            return age
    return None


def operation_names(operations: set[str]) -> dict[str, tuple[str, str]]:
    """Return the names (Chinese, English) of operations: of a step, or of the place where the ready nodes stand."""
    steps = {word.value: (word.zh, word.en) for word in trace.vocabulary().steps}
    places = store.names_of([each.removeprefix("at:") for each in operations if each.startswith("at:")])
    routed = routing.operation_names() if any(each.startswith("route:") for each in operations) else {}
    found = {}
    for each in operations:
        zh, en = places.get(each.removeprefix("at:"), (None, None))
        tail = each.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        found[each] = routed.get(each) or steps.get(each) or (zh or en or tail, en or zh or tail)
    return found


def open_items(
    *, operation: str | None, state: str | None, order: str | None, line: str | None, limit: int
) -> list[OpenRow]:
    """Return the items behind a figure of the board; ``operation`` is the one that comes next, as on the board."""
    asked = _narrowed(order, line, 1)
    return store.open_items(asked, store.successors(asked), operation, state, limit)


def lines() -> list[NamedUri]:
    """Return the lines (without a plant model, the places) that the board may be narrowed to."""
    return [NamedUri(uri, zh or en or uri, en or zh or uri) for uri, zh, en in store.choices()]
