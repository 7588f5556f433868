"""Which container holds each of many items now."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.chassis.database import tx
from suyuan.trace.contracts import ItemReference


def held_in(items: Sequence[int]) -> dict[int, ItemReference]:
    """Return the direct container of those of ``items`` that are in one."""
    rows = tx().execute(
        "SELECT w.item_id, i.id, i.uri, i.code, i.kind FROM trace_whereabouts w"
        " JOIN trace_item i ON i.tenant_id = w.tenant_id AND i.id = w.parent_id"
        " WHERE w.tenant_id = %s AND w.item_id = ANY (%s)",
        (tx().principal.tenant_id, list(items)),
    )
    return {item: ItemReference(*parent) for item, *parent in rows}


def inside_of(containers: Sequence[int], most: int) -> list[tuple[int, int, str, str | None]]:
    """Return what is directly in each container: (container, item, kind, product), ``most`` rows in all."""
    rows = tx().execute(
        "SELECT w.parent_id, i.id, i.kind, i.product FROM trace_whereabouts w"
        " JOIN trace_item i ON i.tenant_id = w.tenant_id AND i.id = w.item_id"
        " WHERE w.tenant_id = %s AND w.parent_id = ANY (%s) ORDER BY i.id LIMIT %s",
        (tx().principal.tenant_id, list(containers), most),
    )
    return rows.fetchall()
