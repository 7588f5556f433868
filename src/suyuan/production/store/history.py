"""What the ledger says of one item's making, in two round trips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suyuan.chassis.database import named_sql, tx

MOST_STEPS = 500
MOST_MATERIALS = 2000


def events(item_id: int, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return the item's newest events and those of what carried it, oldest first (columns: history_events.sql)."""
    keys = {
        "tenant": tx().principal.tenant_id, "item_id": item_id, "limit": MOST_STEPS,
        "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().execute(named_sql(__package__, "history_events.sql"), keys, prepare=True).fetchall()


def materials_and_names(
    numbers: Sequence[int], uris: Sequence[str]
) -> tuple[list[tuple[Any, ...]], dict[str, tuple[str | None, str | None]]]:
    """Return what went in at these events (columns: history_materials.sql) and the names of ``uris``, at once."""
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers), "limit": MOST_MATERIALS}
    with tx().at_once():
        used = tx().execute(named_sql(__package__, "history_materials.sql"), keys, prepare=True)
        names = tx().execute(named_sql(__package__, "names.sql"), {**keys, "uris": list(uris)}, prepare=True)
    return used.fetchall(), {uri: (zh, en) for uri, zh, en in names.fetchall()}


def around(numbers: Sequence[int], most: int, sites: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Return what was measured around these events (columns: history_neighbours.sql)."""
    if not numbers:
        return []
    keys = {
        "tenant": tx().principal.tenant_id, "numbers": list(numbers), "most": most,
        "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return tx().execute(named_sql(__package__, "history_neighbours.sql"), keys, prepare=True).fetchall()
