"""Which lots an event is a portion of whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.production.domain import progress
from suyuan.production.domain.matching import match
from suyuan.production.domain.world import Event, World, standing_of
from suyuan.trace.contracts import ItemKind, Role


def turns(event: Event, world: World) -> Iterator[str]:
    """Yield the lots of which an event is a portion that the route lets through."""
    order, record = world.order_of(event.record), event.record
    if order is None or order.route is None:
        return
    known = progress.route_map(order.route)
    operation = match(known.route, record.biz_step, event.node, record.biz_location or record.read_point)
    for part in record.participations if operation is not None else ():
        if part.role is Role.INPUT or part.quantity is None or part.item.kind is not ItemKind.LOT:
            continue
        uri = part.item.uri
        standing = standing_of(uri, order, known, world)
        if operation is not None and (
            operation in progress.legal(known, standing.marking) or standing.fits(operation, part.quantity)
        ):
            yield uri
