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
    """Return a bookmark of what had ended by now. Work of this very transaction may yet be undone and lies beyond."""
    [(seen, own)] = tx().rows("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text")
    return without_own(seen, own)


def without_own(seen: str, own: str | None) -> str:
    """Return a snapshot (``xmin:xmax:running,…``) in which a transaction is running; the database's own snapshots leave
    out the transaction that asks, and would tell its work as ended as soon as any later transaction has ended.
    """
    least, beyond, running = seen.split(":")
    if own is None or int(own) >= int(beyond):
        return seen
    unfinished = sorted({int(own), *(int(number) for number in running.split(",") if number)})
    return f"{min(int(least), int(own))}:{beyond}:{','.join(map(str, unfinished))}"


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
