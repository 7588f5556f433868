"""Reading what an item's story is told from: bounded queries over its life and over what went into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts.story import NamedPlace, StorySource

CONTAINERS = 4
"""How many levels of containers are followed: unit, box, pallet, truck and one to spare."""
STEPS_BACK = 6
MOST_EVENTS = 400
MOST_REACHED = 600


def life(item_id: int, *, containers: bool) -> list[tuple[Any, ...]]:
    """Return the columns of ``story_events.sql``, oldest first."""
    values = {
        "tenant": tx().principal.tenant_id,
        "item_id": item_id,
        "depth": CONTAINERS if containers else 0,
        "limit": MOST_EVENTS,
    }
    return tx().execute(named_sql(__package__, "story_events.sql"), values, prepare=True).fetchall()


def sources(items: Sequence[int]) -> list[StorySource]:
    """Return what went into the items, parts followed piece by piece first."""
    values = {"tenant": tx().principal.tenant_id, "items": list(items), "depth": STEPS_BACK, "limit": MOST_REACHED}
    rows = tx().execute(named_sql(__package__, "story_sources.sql"), values, prepare=True)
    return [StorySource(*(*row[:4], bool(row[4]), *row[5:])) for row in rows.fetchall()]


def look_up_only() -> None:
    """Make this transaction read only, and its plans index look-ups whatever the statistics say.

    A page that strangers wait for must not turn slow because a table was filled since it was last analysed: joins go
    in the order in which the queries here are written.
    """
    tx().execute(
        "SELECT set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),"
        " set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
        " set_config('enable_mergejoin', 'off', true), set_config('enable_material', 'off', true),"
        " set_config('plan_cache_mode', 'force_generic_plan', true),"
        " set_config('join_collapse_limit', '1', true), set_config('from_collapse_limit', '1', true)",
        prepare=True,
    )


def lot_of(unit_id: int) -> tuple[int, str] | None:
    """Return (id, lot number) of the lot that a unit was last commissioned into."""
    rows = tx().execute(
        "SELECT i.id, coalesce(i.lot, i.code) FROM trace_membership m JOIN trace_item i ON i.id = m.lot_id"
        " WHERE m.tenant_id = %s AND m.unit_id = %s ORDER BY m.event_time DESC LIMIT 1",
        (tx().principal.tenant_id, unit_id),
        prepare=True,
    )
    return rows.fetchone()


def members_of(lot_id: int, limit: int) -> list[int]:
    """Return the first units of a lot."""
    rows = tx().rows(
        "SELECT DISTINCT unit_id FROM trace_membership WHERE tenant_id = %s AND lot_id = %s ORDER BY unit_id LIMIT %s",
        (tx().principal.tenant_id, lot_id, limit),
    )
    return [row[0] for row in rows]


def named(uris: Sequence[str]) -> list[NamedPlace]:
    """Return what master data says of these URIs."""
    rows = tx().execute(
        "SELECT DISTINCT ON (uri) uri, name_zh, name_en, attributes FROM trace_master"
        " WHERE tenant_id = %s AND uri = ANY (%s) ORDER BY uri, id",
        (tx().principal.tenant_id, list(uris)),
        prepare=True,
    )
    return [NamedPlace(*(*row[:3], msgspec.json.decode(row[3]))) for row in rows]


def newest_items(products: Sequence[str]) -> dict[str, str]:
    """Return, by product, the URI of its newest unit, or of its newest lot where there are no units."""
    keys = {"tenant": tx().principal.tenant_id, "products": list(products)}
    return dict(tx().rows(named_sql(__package__, "newest_items.sql"), keys))
