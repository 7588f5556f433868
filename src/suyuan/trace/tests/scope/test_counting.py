"""The figures and pages of a scope are what counting the oracle's answer gives, over random plants."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.trace.contracts import Action, Direction, EventType, Role
from suyuan.trace.contracts.scopes import ScopePage
from suyuan.trace.domain.answer import ItemRole
from suyuan.trace.domain.ledger import TraceParticipation
from suyuan.trace.domain.scope_columns import (
    FACTS,
    VERDICTS,
    ScopeColumns,
    columns_of,
    count_by,
    count_doubts,
    count_reasons,
    count_verdicts,
    fill_facts,
    rows_of,
    standing_of,
    whereabouts,
)
from suyuan.trace.domain.scoping import ReferenceScopes, ScopeQuestion, nobody_minds
from suyuan.trace.domain.times import EVER, FOREVER
from suyuan.trace.domain.tracing import trace
from suyuan.trace.tests.domain.random_plants import DAY, ITEMS, THINGS, Draft, histories, ledger_of

NUMBERS = st.sampled_from(THINGS)


def question(starts: list[int], direction: Direction, late: int | None, siblings: bool) -> ScopeQuestion:
    items = np.array(starts, np.int64)
    otherwise = EVER if direction is Direction.FORWARD else FOREVER
    as_of = None if late is None else DAY + timedelta(minutes=late)
    return ScopeQuestion(direction, items, np.full(len(items), otherwise, np.int64), as_of, siblings=siblings)


@settings(max_examples=120, deadline=None)
@given(
    histories,
    st.lists(NUMBERS, min_size=1, max_size=3, unique=True),
    st.sampled_from(Direction),
    st.sampled_from([None, None, 6]),
    st.booleans(),
)
def test_columns_count_what_the_oracle_lists(history, starts, direction, late, siblings) -> None:
    ledger = ledger_of(history)
    asked = question(starts, direction, late, siblings)
    answer = trace(ledger, asked.spelled(closure=True))
    scopes = ReferenceScopes.over(ledger)
    scoped = scopes.scope(asked, nobody_minds)
    closure = scopes.closure(asked, nobody_minds)
    excluded = scopes.excluded(asked, np.setdiff1d(closure, scoped.labels.item), nobody_minds)
    columns = columns_of(scoped.labels, excluded, asked.starts, back=direction is Direction.BACK)
    kinds = {item.id: item.kind.value for item in ITEMS}
    facts = [
        (number, kinds[number], None if number % 3 else "p", None, "active", None, None, 0)
        for number in columns.item.tolist()
    ]
    fill_facts(columns, facts, {}, {}, None)
    others = [item for item in answer.items if item.role is not ItemRole.START]
    assert len(closure) == answer.closure
    assert count_verdicts(columns) == {name: sum(i.verdict == name for i in others) for name in VERDICTS}
    assert count_reasons(columns) == Counter(item.reason.value for item in answer.items if item.reason)
    assert count_doubts(columns, scoped.labels) == Counter(
        doubt.value for item in others if item.verdict == "possible" for doubt in item.doubts
    )
    for name, of in (("kind", kinds.get), ("product", lambda number: None if number % 3 else "p")):
        told = {g.value: (g.certain, g.possible, g.excluded) for g in count_by(columns, name).groups}
        expected = {
            value: tuple(sum(of(i.item) == value and i.verdict == v for i in others) for v in VERDICTS)
            for value in {of(i.item) for i in others}
        }
        assert told == expected
    _pages_are_whole(columns)
    for item in answer.items:
        if item.reason is None:
            assert scoped.explain(item.item) == item.path


def _pages_are_whole(columns: ScopeColumns) -> None:
    """Every row is on one page of the unfiltered list, whatever the order; filters part the list."""
    everything = set(range(len(columns)))
    for sort in ("depth", "verdict", "-kind", "product", "since"):
        rows = rows_of(columns, ScopePage(sort=sort)).tolist()
        assert len(rows) == len(everything)
        assert set(rows) == everything
    parts = [rows_of(columns, ScopePage(verdict=verdict)).tolist() for verdict in VERDICTS]
    assert sorted(row for part in parts for row in part) == sorted(everything)
    assert len(rows_of(columns, ScopePage(product=""))) + len(rows_of(columns, ScopePage(product="p"))) == len(columns)


def test_a_condition_without_a_time_is_listed() -> None:
    """The lot of the unit that holds what is asked about: it has no span of its own."""
    ledger = ledger_of(
        [
            Draft(
                EventType.AGGREGATION,
                Action.ADD,
                0,
                (TraceParticipation(14, Role.PARENT), TraceParticipation(1, Role.CHILD)),
            ),
            Draft(
                EventType.OBJECT, Action.OBSERVE, 0, (TraceParticipation(14, Role.SUBJECT, lot=5),), biz_step="shipping"
            ),
        ]
    )
    asked = question([1], Direction.BACK, None, False)
    labels = ReferenceScopes.over(ledger).scope(asked, nobody_minds).labels
    assert labels.item.tolist() == [1, 14, 5]


def test_what_is_hidden_is_counted_apart() -> None:
    ledger = ledger_of([])
    asked = question([1], Direction.FORWARD, None, False)
    scoped = ReferenceScopes.over(ledger).scope(asked, nobody_minds)
    columns = columns_of(scoped.labels, None, asked.starts, back=False)
    fill_facts(columns, [], {}, {}, None)
    columns.seen[:] = False
    assert len(rows_of(columns, ScopePage())) == 0
    assert count_by(columns, "kind").groups == []


Row = tuple[object, ...]


def row(item: int, disposition: str | None = None, place: str | None = None, parent: int = 0) -> Row:
    """Return the facts of something that is in use."""
    return (item, "unit", None, None, "active", disposition, place, parent)


def test_where_an_item_is_and_how_it_stands() -> None:
    holders = {2: row(2, "in_progress", "line", 3), 3: row(3, "in_transit", "dock")}
    assert whereabouts(row(1, "container_closed", "line", 2), holders) == ("dock", "shipped")
    assert whereabouts(row(1, "retail_sold", "shop", 2), holders) == ("dock", "sold")
    assert whereabouts(row(1, None, "line"), holders) == ("line", "in_stock")
    assert whereabouts(row(1, None, None, 9), holders) == (None, "in_stock")
    loop = {2: row(2, None, "a", 3), 3: row(3, None, "b", 2)}
    assert whereabouts(row(1, None, None, 2), loop)[0] in {"a", "b"}


@pytest.mark.parametrize(
    ("state", "disposition", "standing"),
    [
        (None, None, "unknown"),
        ("consumed", None, "consumed"),
        ("active", "destroyed", "scrapped"),
        ("decommissioned", "retail_sold", "sold"),
        ("decommissioned", None, "retired"),
        ("active", "damaged", "blocked"),
        ("active", "returned", "returned"),
        ("active", "in_transit", "shipped"),
        ("active", "in_progress", "in_production"),
        ("active", "sellable_accessible", "in_stock"),
    ],
)
def test_a_standing_is_read_off_state_and_disposition(state, disposition, standing) -> None:
    assert standing_of(state, disposition) == standing


def test_every_count_has_a_column() -> None:
    assert set(FACTS) <= set(ScopePage.__dataclass_fields__)
