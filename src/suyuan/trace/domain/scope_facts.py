"""What a scope is counted by, as columns: told by a faster engine, or filled in from rows of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts.scopes import STANDINGS, Standing

Codes = npt.NDArray[np.int32]
_SOLD = frozenset({"retail_sold", "dispensed", "partially_dispensed"})
_SCRAPPED = frozenset({"destroyed", "disposed"})
_BLOCKED = frozenset(
    {"damaged", "expired", "non_sellable_other", "recalled", "stolen", "tampered", "needs_replacement", "evidence",
     "no_pedigree_match", "mismatch_instance", "mismatch_class", "mismatch_quantity", "unavailable"}
)  # fmt: skip
_MAKING = frozenset({"in_progress", "container_open", "encoded", "reserved"})
OWN_STANDINGS: Final[tuple[Standing, ...]] = (
    "sold", "consumed", "scrapped", "retired", "unknown", "blocked", "returned",
)  # fmt: skip
"""Standings that an item has by its own record, whatever holds it."""
STATES: Final = (None, "consumed", "decommissioned", "active")
"""What the newest event left an item as, in the order of the index's codes."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Facts of items, one row an item: places in ``texts`` under the same name, -1 for none.

    ``known`` False: whoever tells knows nothing of the item. ``seen``: whether an event of a reached site names it
    (None: the reader may see all). ``state`` is a place in :data:`STANDINGS`; ``place`` and ``state`` are those of the
    outermost container that is anywhere, ``customer`` is a party as events spell it.
    """

    known: npt.NDArray[np.bool_]
    seen: npt.NDArray[np.bool_] | None
    facts: Mapping[str, Codes]
    texts: Mapping[str, Sequence[str]]


def standing_of(state: str | None, disposition: str | None) -> Standing:
    """Return how something stands whose newest event left it in this state and CBV disposition."""
    if state is None:
        return "unknown"
    if state == "consumed":
        return "consumed"
    if disposition in _SCRAPPED:
        return "scrapped"
    if disposition in _SOLD:
        return "sold"
    if state == "decommissioned":
        return "retired"
    if disposition in _BLOCKED:
        return "blocked"
    if disposition == "returned":
        return "returned"
    if disposition == "in_transit":
        return "shipped"
    return "in_production" if disposition in _MAKING else "in_stock"


def standing_table(dispositions: Sequence[str]) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Return how something stands, as places in :data:`STANDINGS`, by its state (a place in :data:`STATES`) and
    disposition (the last: none); and which standings a thing has by its own record, whatever holds it.
    """
    texts = [*dispositions, None]  # -1, none, is the last
    table = np.array([[STANDINGS.index(standing_of(was, text)) for text in texts] for was in STATES], np.int32)
    return table, np.array([standing in OWN_STANDINGS for standing in STANDINGS], np.uint8)
