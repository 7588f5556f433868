"""The durable outbox: what happened leaves the transaction that made it true, at least once, in order.

A reader may only pass a message once every older transaction has ended, or a slow writer's message would be skipped;
so messages carry their transaction id and readers stop at the snapshot's xmin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, row_without_tenant, transaction, tx, without_tenant
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
    delivered = 0
    for subscriber in subscribers:
        names = (subscriber.name, subscriber.topic)
        found = row_without_tenant("SELECT array_agg(t) FROM chassis_outbox_tenants(%s, %s) AS t", names)
        waiting = [tenant for tenant in (found[0] or () if found else ()) if only in (None, tenant)]
        for tenant_id in waiting:
            delivered += _deliver_tenant(subscriber, tenant_id, batch)
    return delivered


def prune() -> int:
    """Forget messages older than a week that every subscriber has passed; return how many."""
    with without_tenant() as connection:
        row = connection.execute("SELECT chassis_outbox_prune()").fetchone()
    return int(row[0]) if row else 0


def _deliver_tenant(subscriber: Subscriber, tenant_id: int, batch: int) -> int:
    worker = Principal(tenant_id=tenant_id, user_id=None, name=f"worker:{subscriber.name}", via="system")
    with transaction(worker) as current:
        keys = {
            "subscriber": subscriber.name,
            "topic": subscriber.topic,
            "tenant": tenant_id,
            "batch": min(batch, subscriber.batch),
        }
        with current.at_once():
            claimed = current.execute(named_sql("suyuan.chassis", "outbox_claim.sql"), keys, prepare=True)
            read = current.execute(named_sql("suyuan.chassis", "outbox_read.sql"), keys, prepare=True)
        if not claimed.fetchall():
            return 0  # another worker holds this position just now
        rows = read.fetchall()
        if not rows:
            return 0
        subscriber.deliver([msgspec.json.decode(payload) for _, _, payload in rows])
        last_xid, last_id, _ = rows[-1]
        moved = {**keys, "xid": last_xid, "id": last_id}
        current.execute(named_sql("suyuan.chassis", "outbox_advance.sql"), moved, prepare=True)
        return len(rows)
