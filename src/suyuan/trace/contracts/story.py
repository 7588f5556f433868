"""What the story of one item is told from: its own events and those of what it was in, and what went into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """An event in an item's life that nobody voided.

    ``carried``: it happened to a container while the item was inside. ``role`` is that of the item, or container:
    ``input``, ``output``, ``parent``, ``child``, ``subject``. ``checks`` counts the measured values, of which
    ``missed`` are out of their limits. ``set`` and ``unset`` are persistent dispositions. ``destinations`` are
    canonical or not, as the event gave them.
    """

    time: datetime
    offset_minutes: int
    type: str
    action: str | None
    biz_step: str | None
    disposition: str | None
    place: str | None
    role: str
    carried: bool
    checks: int = 0
    missed: int = 0
    destinations: Sequence[str] = ()
    set: Sequence[str] = ()
    unset: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StorySource:
    """A product that went into an item: from which place, of which country (ISO 3166, as recorded), how closely known.

    ``serial``: followed piece by piece, else by lot. ``made_here``: an event of this ledger made it out of others.
    """

    product: str
    name_zh: str | None
    name_en: str | None
    serial: bool
    made_here: bool
    place: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What master data says of a URI; ``attributes`` by full name."""

    uri: str
    name_zh: str | None
    name_en: str | None
    attributes: Mapping[str, Any] = field(default_factory=dict)
