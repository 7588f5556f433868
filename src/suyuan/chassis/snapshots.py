"""Snapshots as bookmarks: what was published since, though transactions end in another order than they began.

A number drawn from a sequence says nothing about what is yet to be committed below it. A snapshot does: it names every
transaction that had ended. What a later reader finds beyond it is exactly what the earlier one could not see.
"""

from __future__ import annotations

from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx


def snapshot() -> str:
    """Return a bookmark of what is visible now."""
    return str(tx().value("SELECT pg_current_snapshot()::text"))


def is_past(bookmark: str) -> bool:
    """Tell whether a bookmark can be of this database: one from the future is of another, or of before a restore."""
    seen = "SELECT pg_snapshot_xmax(%s::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())"
    return bool(tx().value(seen, (bookmark,)))


def published_between(topic: str, after: str, upto: str | None = None) -> list[dict[str, Any]]:
    """Return the payloads of a topic beyond the bookmark ``after`` and, if given, not beyond ``upto``."""
    keys = {"tenant": tx().principal.tenant_id, "topic": topic, "after": after, "upto": upto}
    rows = tx().rows(named_sql(__package__, "outbox_between.sql"), keys)
    return [msgspec.json.decode(payload) for (payload,) in rows]
