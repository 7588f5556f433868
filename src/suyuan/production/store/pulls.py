"""Rows of cards and of calls for material."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from suyuan.chassis.database import named_sql, tx
from suyuan.production.contracts.pulls import Brought, PullCall, PullRule

_RULE: Final = (
    "site_id", "card", "material", "place", "source", "unit", "minimum", "maximum", "card_quantity", "lead_minutes",
    "automatic", "retired",
)  # fmt: skip


def rules(
    *, rule_id: int | None = None, card: str | None = None, materials: Sequence[str] | None = None,
    in_use: bool | None = None, sites: Sequence[int] | None = None,
) -> list[tuple[PullRule, int | None]]:  # fmt: skip
    """Return cards, each with its site; their stock is for the caller to fill in."""
    keys = {
        "tenant": tx().principal.tenant_id, "id": rule_id, "card": card, "in_use": in_use,
        "materials": None if materials is None else list(materials), "sites": None if sites is None else list(sites),
    }  # fmt: skip
    return [(PullRule(*row[:-1]), row[-1]) for row in tx().rows(named_sql(__package__, "list_pull_rules.sql"), keys)]


def watched() -> bool:
    """Tell whether any card is made by itself."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM production_pull_rule WHERE tenant_id = %s AND automatic AND NOT retired)",
            (tx().principal.tenant_id,),
        )
    )


def insert_rule(values: Mapping[str, Any]) -> int | None:
    """Add a card and return its number; None where its code or its spot is taken."""
    found: int | None = tx().value(
        f"INSERT INTO production_pull_rule (tenant_id, {', '.join(_RULE)})"
        f" VALUES (%s, {', '.join(['%s'] * len(_RULE))}) ON CONFLICT DO NOTHING RETURNING id",
        (tx().principal.tenant_id, *(values[name] for name in _RULE)),
    )
    return found


def update_rule(rule_id: int, values: Mapping[str, Any]) -> None:
    """Keep a card as it is given."""
    tx().execute(
        f"UPDATE production_pull_rule SET {', '.join(f'{name} = %s' for name in _RULE)}"
        " WHERE tenant_id = %s AND id = %s",
        (*(values[name] for name in _RULE), tx().principal.tenant_id, rule_id),
    )


def lock_rule(rule_id: int) -> None:
    """Keep others from calling by the same card until the transaction ends."""
    tx().execute(
        "SELECT id FROM production_pull_rule WHERE tenant_id = %s AND id = %s FOR UPDATE",
        (tx().principal.tenant_id, rule_id),
    )


def spot_taken(material: str, place: str, but: int | None) -> bool:
    """Tell whether another card in use is for this material at this place."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM production_pull_rule WHERE tenant_id = %s AND material = %s AND place = %s"
            " AND NOT retired AND id IS DISTINCT FROM %s::bigint)",
            (tx().principal.tenant_id, material, place, but),
        )
    )


def cards() -> set[str]:
    """Return the codes of all cards."""
    return {
        row[0]
        for row in tx().rows("SELECT card FROM production_pull_rule WHERE tenant_id = %s", (tx().principal.tenant_id,))
    }


def insert(values: Mapping[str, Any]) -> bool:
    """Keep a call; False where its id is taken."""
    names = list(values)
    done = tx().execute(
        f"INSERT INTO production_pull (tenant_id, {', '.join(names)}) VALUES (%s, {', '.join(['%s'] * len(names))})"
        " ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, *values.values()),
    )
    return done.rowcount > 0


def calls(
    *, call_id: UUID | None = None, still_open: bool | None = None, materials: Sequence[str] | None = None,
    sites: Sequence[int] | None = None, before: tuple[datetime, UUID] | None = None, limit: int = 500,
) -> list[PullCall]:  # fmt: skip
    """Return calls, newest first."""
    keys = {
        "tenant": tx().principal.tenant_id, "id": call_id, "open": still_open, "limit": limit,
        "materials": None if materials is None else list(materials), "sites": None if sites is None else list(sites),
        "before": before[0] if before else None, "last": before[1] if before else None,
    }  # fmt: skip
    found = tx().rows(named_sql(__package__, "list_pulls.sql"), keys)
    return [PullCall(*[*row[:-1], _brought(row[-1])]) for row in found]


def _brought(kept: Any) -> tuple[Brought, ...]:  # noqa: ANN401 (jsonb, as text or decoded)
    given = msgspec.json.decode(kept) if isinstance(kept, str | bytes) else kept
    return tuple(Brought(row["uri"], row["code"], Decimal(row["quantity"]), row["event"]) for row in given)


def lock(call_id: UUID) -> tuple[str, str] | None:
    """Take hold of a call: its state, and who last moved it."""
    row = tx().execute(
        "SELECT state, coalesce(ended_by, picking_by, requested_by) FROM production_pull"
        " WHERE tenant_id = %s AND id = %s FOR UPDATE",
        (tx().principal.tenant_id, call_id),
    ).fetchone()  # fmt: skip
    return None if row is None else (row[0], row[1])


def pick(call_id: UUID, by: str, at: datetime | None) -> None:
    """Note that somebody fetches it."""
    tx().execute(
        "UPDATE production_pull SET state = 'picking', picking = coalesce(%s, clock_timestamp()), picking_by = %s"
        " WHERE tenant_id = %s AND id = %s",
        (at, by, tx().principal.tenant_id, call_id),
    )


def end(
    call_id: UUID, state: str, by: str, *, at: datetime | None, reason: str = "", brought: Sequence[Brought] = ()
) -> None:
    """Close a call."""
    told = [{"uri": e.uri, "code": e.code, "quantity": str(e.quantity), "event": e.event} for e in brought]
    tx().execute(
        "UPDATE production_pull SET state = %s, ended = coalesce(%s, clock_timestamp()), ended_by = %s, reason = %s,"
        " brought = %s WHERE tenant_id = %s AND id = %s",
        (state, at, by, reason, Jsonb(told), tx().principal.tenant_id, call_id),
    )


def summary(since: datetime, sites: Sequence[int] | None) -> tuple[int, int, int | None]:
    """Return of the calls delivered since then: how many, how many late, and the median seconds they took."""
    row = tx().rows(
        "SELECT count(*), count(*) FILTER (WHERE ended > due),"
        " percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended - requested))"
        " FROM production_pull WHERE tenant_id = %s AND ended >= %s AND state = 'delivered'"
        " AND (%s::bigint[] IS NULL OR site_id IS NULL OR site_id = ANY (%s))",
        (tx().principal.tenant_id, since, *([None if sites is None else list(sites)] * 2)),
    )[0]
    return row[0], row[1], None if row[2] is None else int(row[2])
