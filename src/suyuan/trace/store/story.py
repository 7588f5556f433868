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
    return tx().rows(named_sql(__package__, "story_events.sql"), values)


def sources(items: Sequence[int]) -> list[StorySource]:
    """Return what went into the items, parts followed piece by piece first."""
    values = {"tenant": tx().principal.tenant_id, "items": list(items), "depth": STEPS_BACK, "limit": MOST_REACHED}
    rows = tx().rows(named_sql(__package__, "story_sources.sql"), values)
    return [StorySource(*row[:4], bool(row[4]), *row[5:]) for row in rows]


def lot_of(unit_id: int) -> int | None:
    """Return the lot that a unit was last commissioned into."""
    found: int | None = tx().value(
        "SELECT lot_id FROM trace_membership WHERE tenant_id = %s AND unit_id = %s ORDER BY event_time DESC LIMIT 1",
        (tx().principal.tenant_id, unit_id),
    )
    return found


def members_of(lot_id: int, limit: int) -> list[int]:
    """Return the first units of a lot."""
    rows = tx().rows(
        "SELECT DISTINCT unit_id FROM trace_membership WHERE tenant_id = %s AND lot_id = %s ORDER BY unit_id LIMIT %s",
        (tx().principal.tenant_id, lot_id, limit),
    )
    return [row[0] for row in rows]


def named(uris: Sequence[str]) -> list[NamedPlace]:
    """Return what master data says of these URIs."""
    rows = tx().rows(
        "SELECT DISTINCT ON (uri) uri, name_zh, name_en, attributes FROM trace_master"
        " WHERE tenant_id = %s AND uri = ANY (%s) ORDER BY uri, id",
        (tx().principal.tenant_id, list(uris)),
    )
    return [NamedPlace(*row[:3], msgspec.json.decode(row[3])) for row in rows]
