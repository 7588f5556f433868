"""What checks ask about an item before something is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

HELD_DISPOSITIONS: Final = frozenset(
    {
        "quarantined", "recalled", "non_conformant", "damaged", "expired", "unavailable", "stolen", "destroyed",
        "disposed",
    }
)
"""CBV dispositions of what nobody should use, pack or ship."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the ledger says of an item now. ``number`` None: no event ever named it.

    ``place``: its own or, inside something, the outermost container's. ``lot_disposition``: of the lot it belongs to.
    ``expiry``: ``YYYY-MM-DD`` of its own or its lot's master data. ``steps``: business step to its newest event of it,
    voided ones left out, among the newest 200 events.
    """

    uri: str
    number: int | None = None
    kind: str = ""
    product: str | None = None
    lot: str | None = None
    state: str | None = None
    disposition: str | None = None
    lot_disposition: str | None = None
    place: str | None = None
    parent: str | None = None
    expiry: str | None = None
    steps: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Tell whether it, or its lot, has a disposition that stops it."""
        return self.disposition in HELD_DISPOSITIONS or self.lot_disposition in HELD_DISPOSITIONS
