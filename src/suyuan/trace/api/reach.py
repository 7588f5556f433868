"""What a reader whose right is limited to sites may see of an answer: the rest is counted, without identity (ADR-0017).

An item is seen where an event of a reached site names it; an event where it is such an event.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from suyuan.chassis.caller import caller
from suyuan.chassis.database import tx
from suyuan.tenancy import api as tenancy
from suyuan.trace.store import scoping as store

RIGHT = "trace:item:read"


def reached() -> frozenset[int] | None:
    """Return the sites that the reader's right to trace reaches; None: all."""
    return tx().principal.sites_for(RIGHT)


def own_places() -> tuple[str, ...] | None:
    """Return how the places of reached sites begin; None: the reader may know of every place."""
    sites = reached()
    if sites is None:
        return None
    return tuple(site.location_uri for site in tenancy.sites() if site.id in sites and site.location_uri)


def seen(items: Iterable[int]) -> set[int] | None:
    """Return those of ``items`` that the reader may see; None: all."""
    sites = reached()
    if sites is None:
        return None
    return store.seen_items(np.array(sorted(set(items)), np.int64), sites, caller().here)


def may_see(item: int) -> bool:
    """Tell whether the reader may see this item."""
    visible = seen([item])
    return visible is None or item in visible


def seen_events(numbers: Iterable[int]) -> set[int] | None:
    """Return those of ``numbers`` that the reader may see; None: all."""
    sites = reached()
    return None if sites is None else store.seen_events(numbers, sites)
