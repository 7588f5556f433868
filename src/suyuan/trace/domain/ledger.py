"""The port through which tracing reads the ledger, and the light facts that come through it.

Everything is keyed by ledger numbers. A store answers each method with one batched query; tracing asks for a whole
frontier at a time and never for the whole history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Protocol

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.times import micros

_NOTHING = Decimal(0)

_ROLES = tuple(Role)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class TraceItem:
    """An item of the ledger.

    ``product`` is the canonical URI of its class (for ``kind`` PRODUCT its own URI). ``lot`` is the number of the lot
    that the identifier itself names (product, lot and serial in one code); a lot given by an event comes with that
    event.
    """

    id: int
    kind: ItemKind
    uri: str = ""
    product: str | None = None
    lot: int | None = None


@dataclass(frozen=True, slots=True)
class TraceParticipation:
    """An item's role in an event. ``lot`` is the number of the lot that this event says the unit belongs to (ILMD)."""

    item: int
    role: Role
    quantity: Decimal | None = None
    unit: str | None = None
    lot: int | None = None


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """An event with all its participations, put into one order: by role, then item, then quantity, unit and lot.

    A database promises no order, so every store would tell another path among equals without it.

    ``voided_at`` is the record time of the first event that voids this one. ``at`` is ``time`` in microseconds and
    ``low`` is ``at`` less the booking lag: the event happened at some instant from ``low`` to ``at``.
    """

    number: int
    event_id: str
    type: EventType
    time: datetime
    recorded: datetime
    participations: tuple[TraceParticipation, ...]
    action: Action | None = None
    transformation_id: str | None = None
    voided_at: datetime | None = None
    booking_lag: timedelta = timedelta()
    cleans: bool = False
    empties: bool = False
    biz_step: str | None = None
    read_point: str | None = None
    biz_location: str | None = None
    equipment: str | None = None
    person: str | None = None
    at: int = field(init=False, compare=False)
    low: int = field(init=False, compare=False)
    _by_role: dict[Role, tuple[TraceParticipation, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Derive the instants and the participations by role once; they are read very often."""
        by_role: dict[Role, list[TraceParticipation]] = {}
        for participation in self.participations:
            by_role.setdefault(participation.role, []).append(participation)
        for group in by_role.values():
            if len(group) > 1:
                group.sort(key=_place)
        groups = {role: tuple(by_role[role]) for role in _ROLES if role in by_role}
        at = micros(self.time)
        object.__setattr__(self, "participations", tuple(chain.from_iterable(groups.values())))
        object.__setattr__(self, "at", at)
        object.__setattr__(self, "low", at - self.booking_lag // _MICROSECOND if self.booking_lag else at)
        object.__setattr__(self, "_by_role", groups)

    def having(self, role: Role) -> tuple[TraceParticipation, ...]:
        """Return the participations in ``role``, by item."""
        return self._by_role.get(role, ())


def _place(part: TraceParticipation) -> tuple[int, Decimal, str, int]:
    return part.item, part.quantity or _NOTHING, part.unit or "", part.lot or 0


class Ledger(Protocol):
    """What tracing asks of a store. Items that do not exist, or have nothing to tell, may be missing from an answer.

    Nothing here filters by knowledge or voids except :meth:`first_uses`: tracing needs voided and later events too, to
    say why something is excluded. Error declarations (events that only void another) are never returned.
    """

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        ...

    def events_of(self, items: Collection[int], roles: Collection[Role]) -> Mapping[int, Sequence[TraceEvent]]:
        """Return, for each item, every event that names it in one of ``roles``, in any order."""
        ...

    def events_of_processes(self, transformation_ids: Collection[str]) -> Mapping[str, Sequence[TraceEvent]]:
        """Return every event of these transformation ids."""
        ...

    def members_of(self, lots: Collection[int]) -> Mapping[int, Collection[int]]:
        """Return the units that belong to these lots by their own identifier or by any event ever recorded."""
        ...

    def first_uses(self, items: Collection[int], as_of: datetime | None) -> Mapping[int, datetime]:
        """Return the time of the earliest event, known at ``as_of`` and not voided then, that shows the item to exist.

        These are the events that name the item in a role other than OUTPUT, save object events with action ADD
        (commissioning is no use), and the events that name the item as the lot of a participation (members given).
        """
        ...

    def alternatives_of(self, products: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return, for each product, those that a bill of materials allows in its place (in either direction)."""
        ...
