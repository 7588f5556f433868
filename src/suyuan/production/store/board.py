"""What the board of work in process is made of, in one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from suyuan.chassis.database import named_sql, tx
from suyuan.production.contracts.wip import OpenRow


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the board is narrowed to; ``places``: URIs of places and machines. None does not narrow."""

    now: datetime
    since: datetime
    order: str | None
    places: Sequence[str] | None
    sites: Sequence[int] | None


def _keys(asked: Narrowed, **more: object) -> dict[str, Any]:
    return {
        "tenant": tx().principal.tenant_id, "now": asked.now, "since": asked.since, "order": asked.order,
        "places": None if asked.places is None else list(asked.places),
        "sites": None if asked.sites is None else list(asked.sites), **more,
    }  # fmt: skip


_QUARTER: Final = timedelta(minutes=15)
_INSTANT: Final = timedelta(microseconds=1)


def _counted(asked: Narrowed) -> dict[str, Any]:
    """Return how the window divides: quarters of an hour that are counted, and the edges that are not.

    What is narrowed to an order is counted from its passages: there is an index of those.
    """
    quarter = _QUARTER.total_seconds()
    first = datetime.fromtimestamp((asked.since.timestamp() // quarter + 1) * quarter, UTC)
    last = datetime.fromtimestamp(asked.now.timestamp() // quarter * quarter, UTC)
    if asked.order is not None or first > last:
        return {"first": asked.now, "last": asked.now, "begins": [asked.since], "ends": [asked.now]}
    edges = {"begins": [asked.since, last - _INSTANT], "ends": [first - _INSTANT, asked.now]}
    return {"first": first, "last": last, **edges}


Flow = dict[tuple[str, str], str]
"""By product (URI, or nothing) and operation: the operation that mostly follows."""


def successors(asked: Narrowed) -> Flow:
    """Return what mostly follows each operation of each product."""
    found = tx().execute(named_sql(__package__, "board_successors.sql"), _keys(asked), prepare=True)
    return {(product, operation): after for product, operation, after in found}


def _flow(ahead: Flow) -> dict[str, list[str]]:
    return {"of": [of for of, _ in ahead], "after": [after for _, after in ahead], "ahead": list(ahead.values())}


def standing_and_flow(asked: Narrowed, ahead: Flow) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[str]]:
    """Return rows of board.sql and board_flow.sql, and the work orders that have something in work."""
    keys = _keys(asked, **_flow(ahead))
    with tx().at_once():
        standing = tx().execute(named_sql(__package__, "board.sql"), keys, prepare=True)
        # planned for each question: one of an order goes by another index than one of a window
        flow = tx().execute(named_sql(__package__, "board_flow.sql"), {**keys, **_counted(asked)})
        orders = tx().execute(
            "SELECT DISTINCT work_order FROM production_wip WHERE tenant_id = %(tenant)s AND work_order IS NOT NULL"
            " AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[])) ORDER BY 1 DESC LIMIT 200",
            keys, prepare=True,
        )  # fmt: skip
    return standing.fetchall(), flow.fetchall(), [row[0] for row in orders.fetchall()]


def names_of(uris: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Return the names (Chinese, English) of these URIs in the master data."""
    keys = {"tenant": tx().principal.tenant_id, "uris": list(uris)}
    return {uri: (zh, en) for uri, zh, en in tx().execute(named_sql(__package__, "names.sql"), keys, prepare=True)}


def uris_of(items: Sequence[int]) -> dict[int, str]:
    """Return the canonical URIs of these items."""
    keys = (tx().principal.tenant_id, list(items))
    return dict(tx().rows("SELECT id, uri FROM trace_item WHERE tenant_id = %s AND id = ANY (%s)", keys))


def open_items(asked: Narrowed, ahead: Flow, operation: str | None, state: str | None, limit: int) -> list[OpenRow]:
    """Return items in work, those that have waited longest first; ``operation`` as on the board."""
    keys = _keys(asked, **_flow(ahead), operation=operation, state=state, limit=limit)
    return [OpenRow(*row) for row in tx().rows(named_sql(__package__, "open_items.sql"), keys)]


def places_below(uri: str) -> list[str]:
    """Return this place and, where the plant model has it, everything below it; places of the same GLN with it."""
    keys = {"tenant": tx().principal.tenant_id, "uri": uri}
    found = [row[0] for row in tx().rows(named_sql(__package__, "places_below.sql"), keys)]
    return found or [uri]


def choices() -> list[tuple[str, str | None, str | None]]:
    """Return (URI, Chinese name, English name) of the plant model's lines; without any, of places of items in work."""
    return tx().rows(named_sql(__package__, "board_choices.sql"), {"tenant": tx().principal.tenant_id})
