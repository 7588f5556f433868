"""Snapshots as bookmarks: what was published since, though transactions end in another order than they began.

A number drawn from a sequence says nothing about what is yet to be committed below it. A snapshot does: it names every
transaction that had ended. What a later reader finds beyond it is exactly what the earlier one could not see.
"""

from __future__ import annotations

from typing import Any

import msgspec
import psycopg

from suyuan.chassis.database import named_sql, tx


def snapshot() -> str:
    """Return a bookmark of what is visible now."""
    return str(tx().value("SELECT pg_current_snapshot()::text"))


def published_between(topic: str, after: str, upto: str | None = None) -> list[dict[str, Any]]:
    """Return the payloads of a topic beyond the bookmark ``after`` and, if given, not beyond ``upto``."""
    return payloads(asked_between(topic, after, upto))


def asked_between(topic: str, after: str, upto: str | None = None) -> psycopg.Cursor[Any]:
    """Ask for the same without waiting; :func:`payloads` reads it."""
    keys = {"tenant": tx().principal.tenant_id, "topic": topic, "after": after, "upto": upto}
    return tx().execute(named_sql(__package__, "outbox_between.sql"), keys, prepare=True)


def payloads(asked: psycopg.Cursor[Any]) -> list[dict[str, Any]]:
    """Return what :func:`asked_between` asked for."""
    return [msgspec.json.decode(payload) for (payload,) in asked.fetchall()]
