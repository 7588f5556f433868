"""Which operation of a route an event belongs to."""

from __future__ import annotations

from suyuan.production.contracts.routes import Operation, Route

_STEPS = "urn:epcglobal:cbv:bizstep:"


def match(route: Route, step: str | None, node: str | None, place: str | None) -> str | None:
    """Return the id of the operation that an event is of; None where it is of none.

    An operation that names the event's trace node comes first, then one that names its business step. Of several the
    one whose place fits best: the longest of ``places`` that the event's place starts with, else one without places.

    :param step: URI or CBV name of the business step.
    :param place: canonical URI of the place where it happened.
    """
    by_node = [each for each in route.operations if node is not None and each.node == node]
    found = _nearest(by_node, place)
    if found is None and step is not None:
        wanted = short_step(step)
        found = _nearest(
            [each for each in route.operations if each.step is not None and short_step(each.step) == wanted], place
        )
    return found.id if found is not None else None


def short_step(step: str) -> str:
    """Return a CBV business step by its bare name; other URIs as they are."""
    return step.removeprefix("https://ref.gs1.org/cbv/BizStep-").removeprefix(_STEPS)


def _nearest(candidates: list[Operation], place: str | None) -> Operation | None:
    best: tuple[int, Operation] | None = None
    for each in candidates:
        fits = [len(known) for known in each.places if place is not None and place.startswith(known)]
        if each.places and not fits:
            continue
        length = max(fits, default=0)
        if best is None or length > best[0]:
            best = length, each
    return best[1] if best is not None else None
