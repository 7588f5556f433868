"""Delivers the outbox as the worker would, until no subscriber is left behind."""

from __future__ import annotations

import time

import psycopg

from tests.support.database import owner_url

_LEFT = """
SELECT s.name, count(*)
  FROM unnest(%(names)s::text[], %(topics)s::text[]) AS s(name, topic)
  JOIN chassis_outbox o ON o.topic = s.topic AND (%(tenant)s::bigint IS NULL OR o.tenant_id = %(tenant)s)
  LEFT JOIN chassis_outbox_position p ON p.tenant_id = o.tenant_id AND p.subscriber = s.name
 WHERE (o.xid, o.id) > (coalesce(p.xid, '0'::xid8), coalesce(p.id, 0))
 GROUP BY s.name
"""


def deliver(tenant_id: int | None = None, seconds: float = 150) -> None:
    """Have every subscriber receive what waits for a tenant, or for all.

    A transaction open elsewhere in the same server, even in another test process, holds messages back for a while; and
    several subscribers read one topic, each at its own pace.
    """
    from suyuan.chassis.outbox import deliver_pending
    from suyuan.chassis.registry import registry

    readers = registry.subscribers
    asked = {"names": [each.name for each in readers], "topics": [each.topic for each in readers], "tenant": tenant_id}
    end = time.monotonic() + seconds
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        while True:
            while deliver_pending(readers, only=tenant_id):
                pass
            left = owner.execute(_LEFT, asked).fetchall()
            if not left:
                return
            assert time.monotonic() < end, f"messages still wait in the outbox: {left}"
            time.sleep(0.1)
