"""What went into each order by material: a read model fed by the outbox, a function of the ledger alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.chassis.database import named_sql, tx


def feed(messages: Sequence[Mapping[str, Any]]) -> None:
    """Take newly recorded events into account (an outbox subscriber)."""
    count(sorted({number for message in messages for number in message["numbers"]}))


def count(numbers: Sequence[int]) -> None:
    """Take events into account by their numbers."""
    tx().execute(
        named_sql("suyuan.production.store", "count_uses.sql"),
        {"tenant": tx().principal.tenant_id, "numbers": list(numbers)},
    )


def forget() -> None:
    """Empty the read model, so that it can be made anew."""
    tx().execute("DELETE FROM production_order_use WHERE tenant_id = %s", (tx().principal.tenant_id,))
