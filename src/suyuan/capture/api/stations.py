"""What a station needs to work without the network."""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache
from typing import Final

from suyuan.capture.api import hearing
from suyuan.capture.api.judging import FUTURE
from suyuan.capture.api.nodes import published
from suyuan.capture.api.resolving import masters
from suyuan.capture.contracts.nodes import TRACE_NODE
from suyuan.capture.contracts.permissions import OVERRIDE, WRITE
from suyuan.capture.contracts.readings import Station, StationItem, StationNode, StationRules
from suyuan.chassis.database import tx
from suyuan.chassis.withholding import left_out
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES
from suyuan.designer import api as designer
from suyuan.designer.contracts import DefinitionState
from suyuan.kernel.disclosure import PEOPLE
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace

_MOST_ITEMS: Final = 5_000
_ITEMS_SECONDS: Final = 300
"""Items are gathered anew so often at most: stations ask the server about any item while they can reach it."""


def station(since: str = "") -> Station | None:
    """Return what a station needs; None where nothing changed since the one with the etag ``since``.

    Items are of the sites that the right to make entries reaches.
    """
    principal = tx().principal
    reached = principal.sites_for(WRITE)
    sites = None if reached is None else tuple(sorted(reached))
    stamps = (
        designer.stamp(TRACE_NODE),
        trace.master_stamp(),
        sites,
        principal.may(OVERRIDE),
        left_out(principal, PEOPLE),
    )
    newest = trace.newest_number()
    window = int(time.time()) // _ITEMS_SECONDS
    etag = hashlib.sha256(repr((principal.tenant_id, stamps, newest and window)).encode()).hexdigest()[:32]
    if since == etag:
        return None
    known = tenancy.sites()
    late = max((site.latest_booking_minutes for site in known), default=0)
    return Station(
        etag=etag,
        now=tx().value("SELECT clock_timestamp()"),
        tenant=tenancy.own_tenant().code,
        nodes=_nodes(principal.tenant_id, stamps[0]),
        masters=masters().for_station(),
        items=_items(principal.tenant_id, sites, window if newest else -1),
        rules=StationRules(
            late_minutes=max(5, late), future_minutes=int(FUTURE.total_seconds()) // 60,
            may_override=principal.may(OVERRIDE), gs_substitutes=DEFAULT_GS_SUBSTITUTES,
            speech=hearing.available(),
        ),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _nodes(_tenant: int, _stamp: tuple[int, int]) -> tuple[StationNode, ...]:
    nodes = published()
    rows, _ = designer.list_definitions(kind=TRACE_NODE, state=DefinitionState.PUBLISHED, limit=500)
    return tuple(
        StationNode(
            key=row.key, version=row.version, title_zh=row.title_zh, title_en=row.title_en,
            body=nodes.versions[(row.key, row.version)],
        )
        for row in sorted(rows, key=lambda each: each.key)
        if row.version is not None and (row.key, row.version) in nodes.versions
    )  # fmt: skip


@lru_cache(maxsize=16)
def _items(_tenant: int, sites: tuple[int, ...] | None, _window: int) -> tuple[StationItem, ...]:
    recent = dict(trace.recent_items(_MOST_ITEMS, sites))
    facts = trace.current_facts(recent, expiry=True)
    return tuple(
        StationItem(
            uri=uri, label=label, kind=facts[uri].kind, product=facts[uri].product, lot=facts[uri].lot,
            expiry=facts[uri].expiry, state=facts[uri].state, disposition=facts[uri].disposition,
            held=facts[uri].held, place=facts[uri].place,
        )
        for uri, label in recent.items()
        if uri in facts
    )  # fmt: skip
