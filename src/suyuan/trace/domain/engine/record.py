"""A stretch of the ledger as flat arrays: what a segment is built from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import Action, EventType, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceItem
from suyuan.trace.domain.times import micros

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

ROLES = (Role.INPUT, Role.OUTPUT, Role.PARENT, Role.CHILD, Role.SUBJECT)
"""Roles by their code in the index."""
KINDS = ("unit", "lot", "carrier", "asset", "product")
"""Item kinds by their code in the index."""
ACTS: tuple[tuple[EventType, Action | None], ...] = tuple(
    (kind, action) for kind in EventType for action in (None, *Action)
)
"""Event type and action by their code in the index."""
CLEANS, EMPTIES = 1, 2
"""Bits of an event's flags."""
NEVER_VOIDED = np.iinfo(np.int64).max


def no_numbers() -> Ints:
    """Return an empty array of whole numbers."""
    return np.empty(0, np.int64)


@dataclass(slots=True)
class ItemRows:
    """Items, in any order. ``lot`` is the number of the lot that the identifier itself names, or 0; ``lot_uri`` the URI
    of that lot, whether it is on record or not, of a lot its own.
    """

    id: Ints = field(default_factory=no_numbers)
    kind: Ints = field(default_factory=no_numbers)
    product: Sequence[str | None] = ()
    lot: Ints = field(default_factory=no_numbers)
    lot_uri: Sequence[str | None] = ()


@dataclass(slots=True)
class EventRows:
    """Events, in any order; error declarations are left out. Times and ``lag`` are microseconds. ``site``: its number,
    0 for none; ``party``: to whom the event hands over what it names.
    """

    number: Ints = field(default_factory=no_numbers)
    at: Ints = field(default_factory=no_numbers)
    recorded: Ints = field(default_factory=no_numbers)
    voided: Ints = field(default_factory=no_numbers)
    lag: Ints = field(default_factory=no_numbers)
    act: Ints = field(default_factory=no_numbers)
    flags: Ints = field(default_factory=no_numbers)
    process: Sequence[str | None] = ()
    step: Sequence[str | None] = ()
    read_point: Sequence[str | None] = ()
    location: Sequence[str | None] = ()
    equipment: Sequence[str | None] = ()
    person: Sequence[str | None] = ()
    disposition: Sequence[str | None] = ()
    site: Ints = field(default_factory=no_numbers)
    party: Sequence[str | None] = ()


@dataclass(slots=True)
class PartRows:
    """Participations, in the order of the record within each event. ``amount`` is 0 where no quantity is given,
    else a position in ``amounts`` plus one; amounts are decimal texts with their unit, so nothing is ever rounded.
    """

    event: Ints = field(default_factory=no_numbers)
    item: Ints = field(default_factory=no_numbers)
    role: Ints = field(default_factory=no_numbers)
    amount: Ints = field(default_factory=no_numbers)
    amounts: Sequence[tuple[str | None, str | None]] = ()


@dataclass(slots=True)
class MemberRows:
    """Which unit an event put into which lot."""

    event: Ints = field(default_factory=no_numbers)
    unit: Ints = field(default_factory=no_numbers)
    lot: Ints = field(default_factory=no_numbers)


@dataclass(slots=True)
class Record:
    """A stretch of the ledger. Every item that an event or a member row names must be among ``items``."""

    items: ItemRows = field(default_factory=ItemRows)
    events: EventRows = field(default_factory=EventRows)
    parts: PartRows = field(default_factory=PartRows)
    members: MemberRows = field(default_factory=MemberRows)
    voids: Ints = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """Number and record time of voids of events that stand in an earlier stretch."""


def record_of(items: Iterable[TraceItem], events: Iterable[TraceEvent]) -> Record:
    """Return events held as objects, flat: for tests and small histories."""
    things, happened = list(items), list(events)
    amounts: dict[tuple[str | None, str | None], int] = {}
    parts: list[tuple[int, int, int, int]] = []
    members: dict[tuple[int, int, int, int], None] = {}
    for event in happened:
        for part in event.participations:
            text = None if part.quantity is None else str(part.quantity)
            amount = (
                0 if text is None and part.unit is None else amounts.setdefault((text, part.unit), len(amounts)) + 1
            )
            parts.append((event.number, part.item, ROLES.index(part.role), amount))
            if part.lot is not None:
                members[event.number, part.item, part.lot, 0] = None
    return Record(
        ItemRows(
            _ints(item.id for item in things), _ints(KINDS.index(item.kind) for item in things),
            [item.product for item in things], _ints(item.lot or 0 for item in things),
        ),
        _event_rows(happened),
        PartRows(*_columns(parts), amounts=list(amounts)),
        MemberRows(*_columns(list(members))[:3]),
    )  # fmt: skip


def _event_rows(events: Sequence[TraceEvent]) -> EventRows:
    acts: Mapping[tuple[EventType, Action | None], int] = {act: code for code, act in enumerate(ACTS)}
    return EventRows(
        _ints(e.number for e in events),
        _ints(e.at for e in events),
        _ints(micros(e.recorded) for e in events),
        _ints(_voided(e.voided_at) for e in events),
        _ints(e.at - e.low for e in events),
        _ints(acts[e.type, e.action] for e in events),
        _ints(e.cleans * CLEANS + e.empties * EMPTIES for e in events),
        [e.transformation_id for e in events],
        [e.biz_step for e in events],
        [e.read_point for e in events],
        [e.biz_location for e in events],
        [e.equipment for e in events],
        [e.person for e in events],
    )


def _voided(when: datetime | None) -> int:
    return int(NEVER_VOIDED) if when is None else micros(when)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _columns(rows: Sequence[tuple[int, int, int, int]]) -> tuple[Ints, Ints, Ints, Ints]:
    first, second, third, fourth = np.array(rows, np.int64).reshape(len(rows), 4).T.copy()
    return first, second, third, fourth
