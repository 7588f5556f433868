"""A whole scope, piece by piece, for files and streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from suyuan.chassis.caller import caller
from suyuan.chassis.database import tx
from suyuan.trace.api.scope_rows import first_hops, scope_rows
from suyuan.trace.api.scoping import Worked
from suyuan.trace.contracts.scopes import ScopeItem, ScopePage
from suyuan.trace.domain.scope_columns import rows_of
from suyuan.trace.domain.scoping import Ints
from suyuan.trace.store import scoping as store

AT_ONCE = 5_000
"""Rows that are named and sent together: between two of them a client that left is noticed."""


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """A row of an export: the item, and the item (URI) and event by which it came into the scope."""

    item: ScopeItem
    via: str | None
    via_event: int | None


Opening = Callable[[], AbstractContextManager[object]]
"""Opens a transaction of the edge's, for one piece."""


def exported(found: Worked, page: ScopePage, opening: Opening) -> Iterator[list[ExportedItem]]:
    """Yield every row that fits the page's filters, in its order. Each piece has a transaction of its own, so that a
    slow reader holds none.
    """
    rows = rows_of(found.columns, page)
    for begin in range(0, len(rows), AT_ONCE):
        caller().here()
        with opening():
            told = _named(found, rows[begin : begin + AT_ONCE])
        yield told


def _named(found: Worked, part: Ints) -> list[ExportedItem]:
    items = {item.id: item for item in scope_rows(found.columns, found.scoped, part, paths=False)}
    hops = first_hops(found.columns, found.scoped, part)
    numbers = found.columns.item[part].tolist()
    return [ExportedItem(items[number], *hop) for number, hop in zip(numbers, hops, strict=True) if number in items]


def count_exported(found: Worked, page: ScopePage) -> int:
    """Return how many rows :func:`exported` yields."""
    return len(rows_of(found.columns, page))


def note_export(found: Worked, page: ScopePage, kind: str) -> int:
    """Write down, in the open transaction, who takes which scope away, before its first byte leaves."""
    question = {
        "direction": found.spec.direction, "starts": found.start.items, "start_events": found.start.events,
        "as_of": found.known_as_of, "siblings": found.spec.siblings, "closure": found.spec.closure,
        "depth": found.spec.depth, "limit": found.spec.limit, "verdict": page.verdict, "site_limited": _limited(),
    }  # fmt: skip
    return store.note_export(kind, count_exported(found, page), question)


def _limited() -> bool:
    return tx().principal.sites_for("trace:item:read") is not None
