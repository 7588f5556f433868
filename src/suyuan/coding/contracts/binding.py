"""What crosses the door where units go into boxes and boxes onto pallets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

MOST_CHILDREN: Final = 1000
"""Most items that one binding names."""

BINDING_PERMISSIONS: Final = (
    Permission("coding:binding:write", Bilingual("装箱、拆箱、移箱、换标签", "Pack, unpack, move and replace labels")),
    Permission("coding:binding:rule", Bilingual("维护包装规格", "Keep packing specifications")),
)


@dataclass(frozen=True, slots=True)
class BoundItem:
    """An item as packing shows it. ``contents`` counts what is directly inside. ``id`` is None before any event."""

    id: int | None
    uri: str
    label: str
    kind: str
    product: str | None
    product_name_zh: str | None
    product_name_en: str | None
    state: str | None
    disposition: str | None
    place: str | None
    place_name_zh: str | None
    place_name_en: str | None
    last_seen: datetime | None = None
    contents: int = 0


@dataclass(frozen=True, slots=True)
class ContentCount:
    """How many of one product (or kind, where there is no product) are inside, ``depth`` levels down."""

    depth: int
    kind: str
    product: str | None
    name_zh: str | None
    name_en: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Bindings:
    """An item with everything around it: what it is in (innermost first), what is in it, and how full it is.

    ``capacity`` is None where no packing specification speaks of its contents. ``truncated`` tells that the counts
    below were cut off.
    """

    item: BoundItem
    containers: Sequence[BoundItem]
    contents: Sequence[BoundItem]
    counts: Sequence[ContentCount]
    capacity: int | None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """What a binding did: its events, the labels it moved, whether it was a replay, and the container afterwards."""

    event_ids: Sequence[str]
    moved: Sequence[str]
    replayed: bool
    after: Bindings | None


@dataclass(frozen=True, slots=True)
class PackingSpec:
    """How many of ``child`` (a product's URI, or ``carrier`` for boxes in boxes) one container takes.

    With ``mixed`` other products may lie beside it.
    """

    id: int
    child: str
    capacity: int
    mixed: bool


@dataclass(frozen=True, slots=True)
class LetPass:
    """Somebody takes responsibility for a binding that this check stops."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where, when and how a binding was done; ``request_key`` makes it safe to send twice.

    ``node``: the trace node whose form ``fields`` fill, beside what is packed; ``overrides``: checks that are let pass.
    """

    request_key: str
    time: datetime | None = None
    offset_minutes: int = 0
    read_point: str | None = None
    biz_location: str | None = None
    method: str = "scan"
    equipment: str | None = None
    node: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    overrides: Sequence[LetPass] = ()
