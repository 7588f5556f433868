"""What is wrong with a route."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from suyuan.kernel.faults import Fault
from suyuan.production.contracts import route_faults as faults
from suyuan.production.contracts.routes import Operation, Route
from suyuan.production.domain.matching import short_step


def route_faults(route: Route) -> list[Fault]:
    """Return what is wrong with a route: each fault points at an operation or link."""
    if not route.operations:
        return [faults.ROUTE_EMPTY(at="/operations")]
    found = list(_of_names(route))
    if not found:
        found = [*_of_graph(route), *_of_joins(route), *_of_operations(route)]
    return found


def _of_names(route: Route) -> Iterator[Fault]:
    if not route.products:
        yield faults.NO_PRODUCT(at="/products")
    seen: set[str] = set()
    for number, each in enumerate(route.operations):
        if each.id in seen:
            yield faults.ID_TWICE(at=f"/operations/{number}", id=each.id)
        seen.add(each.id)
    for number, link in enumerate(route.links):
        for end in (link.source, link.target):
            if end not in seen:
                yield faults.LINK_LOOSE(at=f"/links/{number}", id=end)
    for number, name in enumerate(route.start):
        if name not in seen:
            yield faults.LINK_LOOSE(at=f"/start/{number}", id=name)
    if not route.start:
        yield faults.NO_START(at="/start")


def _reached(begin: Iterable[str], links: Iterable[tuple[str, str]]) -> set[str]:
    follow: dict[str, list[str]] = {}
    for source, target in links:
        follow.setdefault(source, []).append(target)
    reached, open_still = set(begin), list(begin)
    while open_still:
        for target in follow.get(open_still.pop(), ()):
            if target not in reached:
                reached.add(target)
                open_still.append(target)
    return reached


def _of_graph(route: Route) -> Iterator[Fault]:
    every = [(link.source, link.target) for link in route.links]
    from_start = _reached(route.start, every)
    onward = {link.source for link in route.links if link.when != "failed"}
    ends = [each.id for each in route.operations if each.id not in onward]
    to_end = _reached(ends, [(target, source) for source, target in every])
    for number, each in enumerate(route.operations):
        if each.id not in from_start:
            yield faults.UNREACHABLE(at=f"/operations/{number}", name=each.name_zh)
        elif each.id not in to_end:
            yield faults.NO_END(at=f"/operations/{number}", name=each.name_zh)
    if route.max_rework is None:
        for number, each in enumerate(route.operations):
            if each.id in _reached([link.target for link in route.links if link.source == each.id], every):
                yield faults.LOOP_ENDLESS(at=f"/operations/{number}", name=each.name_zh)
                break


def _of_joins(route: Route) -> Iterator[Fault]:
    by_id = {each.id: each for each in route.operations}
    for number, link in enumerate(route.links):
        target = by_id[link.target]
        choices = {other.target for other in route.links if other.source == link.source and other.when == link.when}
        if target.join == "all" and link.when != "always" and len(choices) > 1:
            source = by_id[link.source]
            yield faults.JOIN_CHOICE(at=f"/links/{number}", name=target.name_zh, source=source.name_zh)


def _of_operations(route: Route) -> Iterator[Fault]:
    signs: dict[tuple[object, ...], Operation] = {}
    for number, each in enumerate(route.operations):
        at = f"/operations/{number}"
        if each.node is None and each.step is None:
            yield faults.NOT_RECOGNISED(at=at, name=each.name_zh)
            continue
        step = short_step(each.step) if each.step is not None and each.node is None else None
        sign = (each.node, step, tuple(sorted(each.places)))
        if sign in signs:
            yield faults.SAME_SIGN(at=at, name=each.name_zh, other=signs[sign].name_zh)
        signs[sign] = each
        for place, limit in enumerate(each.parameters):
            if limit.low is not None and limit.high is not None and limit.low > limit.high:
                yield faults.LIMITS_TURNED(
                    at=f"{at}/parameters/{place}", type=limit.type, low=limit.low, high=limit.high
                )
