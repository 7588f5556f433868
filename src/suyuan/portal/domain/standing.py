"""Whether a consumer must be warned: what the dispositions and steps of an item's life leave standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from suyuan.portal.contracts import Standing
from suyuan.trace.contracts.story import StoryEvent

_FLAGS: Final = {
    "recalled": Standing.RECALLED,
    "stolen": Standing.STOLEN,
    "destroyed": Standing.WITHDRAWN,
    "disposed": Standing.WITHDRAWN,
    "inactive": Standing.WITHDRAWN,
    "expired": Standing.EXPIRED,
    **dict.fromkeys(
        (
            "non_conformant", "quarantined", "unavailable", "damaged", "needs_replacement", "non_sellable_other",
            "mismatch_instance", "mismatch_class", "mismatch_quantity", "no_pedigree_match",
        ),
        Standing.HELD,
    ),
}  # fmt: skip
_STEPS: Final = {
    "holding": Standing.HELD,
    "destroying": Standing.WITHDRAWN,
    "decommissioning": Standing.WITHDRAWN,
}
_RELEASES: Final = frozenset({"conformant", "available"})
"""Only these say that somebody looked and found it good; moving or selling an item releases nothing."""
_FINAL: Final = frozenset({Standing.WITHDRAWN})
_WEIGHT: Final = {standing: weight for weight, standing in enumerate(Standing)}


def worst(standings: Iterable[Standing]) -> Standing:
    """Return the one that matters most to a consumer."""
    return max(standings, key=_WEIGHT.__getitem__, default=Standing.GOOD)


def standing_of(events: Iterable[StoryEvent]) -> Standing:
    """Return what stands after ``events`` (oldest first): a warning stays until an inspection or release lifts it.

    A container's hold counts for what was inside; the item's own release lifts it, a container's release not the item's
    own hold.
    """
    own = carried = Standing.GOOD
    kept: set[Standing] = set()
    for event in events:
        kept |= {_FLAGS[name] for name in event.set if name in _FLAGS}
        kept -= {_FLAGS[name] for name in event.unset if name in _FLAGS}
        found = _FLAGS.get(event.disposition or "") or _STEPS.get(event.biz_step or "")
        # a container that is taken out of use takes nothing with it
        if found in _FINAL and event.carried:
            continue
        released = event.disposition in _RELEASES
        if found is None and not released:
            continue
        if event.carried:
            carried = worst([carried, found]) if found else Standing.GOOD
        elif found:
            own = worst([own, found])
        else:
            own = own if own in _FINAL else Standing.GOOD
            carried = Standing.GOOD
    return worst([own, carried, *kept])
