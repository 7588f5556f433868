"""The durable outbox: what happened leaves the transaction that made it true, at least once, in order.

A reader may only pass a message once every older transaction has ended, or a slow writer's message would be skipped;
so messages carry their transaction id and readers stop at the snapshot's xmin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from suyuan.chassis.database import Transaction, named_sql, row_without_tenant, transaction, tx, without_tenant
from suyuan.chassis.registry import Subscriber
from suyuan.kernel.principals import Principal

OUTBOX_CHANNEL = "suyuan_outbox"


def publish(topic: str, payload: Mapping[str, Any]) -> None:
    """Put a message into the outbox of the open transaction and wake the workers when it commits."""
    tx().execute(
        "WITH put AS (INSERT INTO chassis_outbox (tenant_id, topic, payload) VALUES (%s, %s, %s::jsonb) RETURNING id)"
        " SELECT pg_notify('suyuan_outbox', '') FROM put",
        (tx().principal.tenant_id, topic, msgspec.json.encode(payload).decode()),
        prepare=True,
    )


def deliver_pending(subscribers: Iterable[Subscriber], *, batch: int = 200, only: int | None = None) -> int:
    """Deliver what waits, one transaction a subscriber, tenant and batch; return how many messages were delivered.

    ``only``: what waits for this tenant.
    """
    return sum(_look(subscriber, batch, only)[0] for subscriber in subscribers)


def deliver_all(subscribers: Iterable[Subscriber], stopped: Callable[[], bool] = lambda: False) -> int:
    """Deliver what waits, to the end or until ``stopped``, as the worker does when woken; return how many messages.

    It looks again only where a batch was full: whatever came meanwhile has woken the worker anew.
    """
    delivered = 0
    for subscriber in subscribers:
        more = True
        while more and not stopped():
            count, more = _look(subscriber, subscriber.batch, None)
            delivered += count
    return delivered


def _look(subscriber: Subscriber, batch: int, only: int | None) -> tuple[int, bool]:
    """Deliver a batch to each tenant for which something waits; return how much it was, and whether one was full."""
    found = row_without_tenant(
        "SELECT array_agg(t) FROM chassis_outbox_tenants(%s, %s) AS t", (subscriber.name, subscriber.topic)
    )
    waiting = [tenant for tenant in (found[0] or () if found else ()) if only in (None, tenant)]
    most = min(batch, subscriber.batch)
    counts = [_deliver_tenant(subscriber, tenant, most) for tenant in waiting]
    return sum(counts), most in counts


def prune() -> int:
    """Forget messages older than a week that every subscriber has passed; return how many."""
    with without_tenant() as connection:
        row = connection.execute("SELECT chassis_outbox_prune()").fetchone()
    return int(row[0]) if row else 0


def _deliver_tenant(subscriber: Subscriber, tenant_id: int, most: int) -> int:
    worker = Principal(tenant_id=tenant_id, user_id=None, name=f"worker:{subscriber.name}", via="system")
    with transaction(worker) as current:
        taken = _take(current, subscriber, most)
        if taken:
            subscriber.deliver([msgspec.json.decode(payload) for (payload,) in taken])
        return len(taken)


def _take(current: Transaction, subscriber: Subscriber, most: int) -> list[tuple[str]]:
    """Return the payloads of the next messages; the read position moves on with them when the transaction commits."""
    keys = {
        "subscriber": subscriber.name, "topic": subscriber.topic, "tenant": current.principal.tenant_id, "batch": most,
    }  # fmt: skip
    query = named_sql("suyuan.chassis", "outbox_take.sql")
    taken = current.execute(query, keys, prepare=True).fetchall()
    if taken:
        return taken
    begun = current.execute(
        "INSERT INTO chassis_outbox_position (tenant_id, subscriber, topic) VALUES (%(tenant)s, %(subscriber)s,"
        " %(topic)s) ON CONFLICT DO NOTHING",
        keys,
    )
    # no row: another worker holds this position just now, or was quicker
    return current.execute(query, keys, prepare=True).fetchall() if begun.rowcount else []
