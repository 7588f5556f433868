"""Stays: which child was in which parent, from when until when, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from heapq import merge

from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceParticipation
from suyuan.trace.domain.times import EVER, FOREVER, Clock, Span

HOLDING = (EventType.AGGREGATION, EventType.ASSOCIATION)


@dataclass(frozen=True, slots=True)
class Stay:
    """``child`` was in ``parent``: possibly during ``hull``, surely during ``core``.

    ``seen`` marks a stay that no ADD opened: the child was only seen (OBSERVE) or taken out (DELETE) there.
    """

    child: int
    parent: int
    hull: Span
    core: Span
    opened_by: TraceEvent
    closed_by: TraceEvent | None = None
    emptied_by: TraceEvent | None = None
    seen: bool = False


@dataclass(slots=True)
class _Opening:
    event: TraceEvent
    quantity: Decimal | None = None
    unit: str | None = None
    since: int = EVER
    seen: bool = False
    until: int = FOREVER
    sure_until: int = FOREVER
    closed_by: TraceEvent | None = None
    emptied_by: TraceEvent | None = None

    @property
    def open(self) -> bool:
        return self.closed_by is None

    def end(self, event: TraceEvent) -> None:
        self.closed_by = event
        self.until = max(event.at, self.event.at if not self.seen else self.since)
        self.sure_until = min(self.sure_until, event.low)

    def doubt(self, event: TraceEvent) -> None:
        self.sure_until = min(self.sure_until, event.low)

    def stay(self, parent: int, child: int) -> Stay:
        hull = Span(self.since, self.until)
        core = Span(self.event.at, self.sure_until)
        return Stay(child, parent, hull, core, self.event, self.closed_by, self.emptied_by, self.seen)


@dataclass(frozen=True, slots=True)
class _Closing:
    event: TraceEvent
    named: bool
    quantity: Decimal | None = None
    unit: str | None = None


@dataclass(slots=True)
class _ParentRecord:
    """What the events of one parent say, sorted by what it does to stays."""

    added: dict[int, list[tuple[TraceEvent, TraceParticipation]]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[int, list[_Closing]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[int, list[TraceEvent]] = field(default_factory=lambda: defaultdict(list))
    cleared: list[_Closing] = field(default_factory=list)
    emptied: list[TraceEvent] = field(default_factory=list)

    @property
    def children(self) -> Iterable[int]:
        return dict.fromkeys([*self.added, *self.seen, *self.taken])


def _read(parent: int, events: Sequence[TraceEvent], *, emptied_ends: bool) -> _ParentRecord:
    record = _ParentRecord()
    for event in events:
        own_roles = {part.role for part in event.participations if part.item == parent}
        if event.cleans and own_roles & {Role.PARENT, Role.SUBJECT}:
            record.cleared.append(_Closing(event, named=False))
        if event.empties and own_roles & {Role.PARENT, Role.SUBJECT}:
            if emptied_ends:
                record.cleared.append(_Closing(event, named=False))
            else:
                record.emptied.append(event)
        if Role.PARENT in own_roles and event.type in HOLDING:
            _read_holding(record, event)
        elif Role.INPUT in own_roles:
            for part in event.having(Role.OUTPUT):
                record.taken[part.item].append(_Closing(event, named=True))
    record.cleared.sort(key=lambda closing: closing.event.at)
    return record


def _read_holding(record: _ParentRecord, event: TraceEvent) -> None:
    children = event.having(Role.CHILD)
    for part in children:
        if event.action is Action.ADD:
            record.added[part.item].append((event, part))
        elif event.action is Action.DELETE:
            record.taken[part.item].append(_Closing(event, named=True, quantity=part.quantity, unit=part.unit))
        else:
            record.seen[part.item].append(event)
    if event.action is Action.DELETE and not children:
        record.cleared.append(_Closing(event, named=False))


class StaysIn(Mapping[int, list[Stay]]):
    """The stays in one parent by child, from the visible events that name the parent; each child's worked out when it
    is asked for, as a tote has held thousands.

    ``kind`` gives a child's kind; ``elsewhere`` the visible events that name a child as a child (of any parent): they
    bound how far back an OBSERVE or DELETE without ADD can reach.
    """

    def __init__(
        self,
        parent: int,
        events: Sequence[TraceEvent],
        kind: Callable[[int], ItemKind],
        elsewhere: Callable[[int], Sequence[TraceEvent]],
        clock: Clock,
        *,
        emptied_ends: bool = False,
    ) -> None:
        self._parent = parent
        self._record = _read(parent, events, emptied_ends=emptied_ends)
        self._kind = kind
        self._elsewhere = elsewhere
        self._clock = clock
        self._added: dict[int, list[Stay]] = {}
        self._found: dict[int, list[Stay]] = {}
        self._bounds: list[int] | None = None

    def __getitem__(self, child: int) -> list[Stay]:
        stays = self._of(child)
        if not stays:
            raise KeyError(child)
        return stays

    def __iter__(self) -> Iterator[int]:
        return (child for child in self._record.children if self._of(child))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, child: int) -> list[Stay]:
        if child not in self._found:
            self._found[child] = self._find(child)
        return self._found[child]

    def _as_added(self, child: int) -> list[Stay]:
        if child not in self._added:
            self._added[child] = _built(self._parent, child, self._record, [], self._clock, self._kind(child))
        return self._added[child]

    def _find(self, child: int) -> list[Stay]:
        stays = self._as_added(child) if child in self._record.added else []
        if _unheld(self._parent, child, self._record, stays, self._clock) is None:
            return stays
        if self._bounds is None:
            self._bounds = _load_bounds(self._record, map(self._as_added, self._record.added))
        moves = () if self._kind(child) is ItemKind.LOT else self._elsewhere(child)
        known = sorted([*self._bounds, *(event.at for event in moves if not _is_parent(event, self._parent))])
        return _with_sightings(self._parent, child, self._record, self._kind(child), self._clock, known)


def _is_parent(event: TraceEvent, parent: int) -> bool:
    return any(part.item == parent for part in event.having(Role.PARENT))


def _load_bounds(record: _ParentRecord, stays: Iterable[Sequence[Stay]]) -> list[int]:
    """Return the instants at which a load ended: cleared, or everything put in on record taken out again."""
    known = [stay for found in stays for stay in found]
    turns = sorted(
        [(stay.hull.since, 0, 1) for stay in known]
        + [(stay.hull.until, 1, -1) for stay in known if stay.closed_by is not None]
    )
    bounds, held = [closing.event.at for closing in record.cleared], 0
    for instant, _, change in turns:
        held += change
        if held == 0:
            bounds.append(instant)
    return bounds


def _unheld(parent: int, child: int, record: _ParentRecord, stays: Sequence[Stay], clock: Clock) -> TraceEvent | None:
    """Return the first event that saw the child in, or took it out of, a parent that did not hold it on record."""
    witnesses: list[TraceEvent] = [*record.seen.get(child, ())]
    witnesses += [closing.event for closing in record.taken.get(child, ()) if _is_parent(closing.event, parent)]
    for event in sorted(witnesses, key=lambda event: (event.at, event.number)):
        if not any(clock.may_meet(stay.hull, Span(event.at, event.at)) for stay in stays):
            return event
    return None


def _with_sightings(
    parent: int, child: int, record: _ParentRecord, kind: ItemKind, clock: Clock, bounds: Sequence[int]
) -> list[Stay]:
    """Return the child's stays, with one more for each time that it was there without having been added."""
    sightings: list[_Opening] = []
    stays = _built(parent, child, record, sightings, clock, kind)
    while (event := _unheld(parent, child, record, stays, clock)) is not None:
        ends = [stay.hull.until for stay in stays if stay.hull.until < event.at]
        earlier = [bound for bound in bounds if bound < event.at]
        sightings.append(_Opening(event, since=max([EVER, *ends, *earlier[-1:]]), seen=True))
        stays = _built(parent, child, record, sightings, clock, kind)
    return stays


def _built(
    parent: int, child: int, record: _ParentRecord, sightings: Sequence[_Opening], clock: Clock, kind: ItemKind
) -> list[Stay]:
    openings = [
        _Opening(event, part.quantity, part.unit, since=event.low) for event, part in record.added.get(child, ())
    ]
    openings += [replace(sighting) for sighting in sightings]
    openings.sort(key=lambda opening: (opening.event.at, opening.event.number))
    removed: dict[str | None, Decimal] = defaultdict(Decimal)
    for closing in _closings(record, child, openings[0].event.at if openings else FOREVER, clock):
        _close(openings, closing, removed, clock, is_lot=kind is ItemKind.LOT)
        if not any(opening.open for opening in openings):
            break
    for event in record.emptied:
        for opening in openings:
            if clock.may(opening.event.at, event.at) and clock.may(event.at, opening.until):
                opening.doubt(event)
                opening.emptied_by = opening.emptied_by or event
    return [opening.stay(parent, child) for opening in openings]


def _closings(record: _ParentRecord, child: int, since: int, clock: Clock) -> Iterator[_Closing]:
    """Yield what may have ended a stay of ``child`` that began at ``since`` or later, in an order that no number
    decides. Most stays end with the first: of a tote cleared a thousand times the rest is never looked at.
    """
    first = bisect_left(record.cleared, since - clock.tolerance, key=lambda closing: closing.event.at)
    taken = sorted(record.taken.get(child, ()), key=_closing_order)
    cleared = (record.cleared[place] for place in range(first, len(record.cleared)))
    return merge(taken, cleared, key=_closing_order) if taken else cleared


def _closing_order(closing: _Closing) -> tuple[int, bool, bool, Decimal, str]:
    quantity = closing.quantity if closing.quantity is not None else Decimal(0)
    return (closing.event.at, not closing.named, closing.quantity is not None, quantity, closing.unit or "")


def _close(
    openings: Sequence[_Opening],
    closing: _Closing,
    removed: dict[str | None, Decimal],
    clock: Clock,
    *,
    is_lot: bool,
) -> None:
    event = closing.event
    standing = [o for o in openings if o.open and clock.may(o.event.at, event.at)]
    older = [opening for opening in standing if clock.surely(opening.event.at, event.at)]
    if not standing:
        return
    if is_lot and closing.quantity is not None:
        removed[closing.unit] += closing.quantity
        if not _all_out(standing, removed):
            if any(o.quantity is None or o.unit not in removed for o in standing):
                for opening in standing:
                    opening.doubt(event)
            return
    removed.clear()
    if older or not closing.named:
        for opening in older:
            opening.end(event)
        for opening in standing:
            if opening.open:
                opening.doubt(event)
    else:
        for opening in standing:
            opening.end(event)


def _all_out(standing: Sequence[_Opening], removed: Mapping[str | None, Decimal]) -> bool:
    """Tell whether what was taken out since the load began reaches what was put in, in one unit of measure."""
    if not standing or any(opening.quantity is None for opening in standing):
        return False
    units = {opening.unit for opening in standing}
    if len(units) != 1 or set(removed) != units:
        return False
    added = sum((opening.quantity for opening in standing if opening.quantity is not None), Decimal(0))
    return removed[units.pop()] >= added
