"""Facts derived from visible events and kept for one question: processes, makings, memberships, stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suyuan.trace.contracts import Action, ItemKind, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceParticipation
from suyuan.trace.domain.memory import is_commissioning
from suyuan.trace.domain.stays import Stay, StaysIn
from suyuan.trace.domain.times import EVER, FOREVER, Clock, Span
from suyuan.trace.domain.view import View

HOLDERS = (ItemKind.CARRIER, ItemKind.ASSET)
"""Kinds that hold things and are not ingredients."""
RECEIPT_STEPS = ("receiving", "accepting", "arriving")
"""CBV steps by which something comes from outside."""
THINGS = (ItemKind.UNIT, ItemKind.LOT)
"""Kinds that are ingredients and products."""


@dataclass(frozen=True, slots=True)
class Process:
    """One transformation, or all that share an id: what went in and what came out, event by event."""

    key: str
    events: tuple[TraceEvent, ...]
    feeds: tuple[tuple[TraceEvent, TraceParticipation], ...]
    outputs: tuple[tuple[TraceEvent, tuple[TraceParticipation, ...]], ...]

    @property
    def made(self) -> frozenset[int]:
        """The items that came out."""
        return frozenset(part.item for _, parts in self.outputs for part in parts)


@dataclass(frozen=True, slots=True)
class LateBooking:
    """``item`` was used at ``used`` though the events ``makings`` that first made it were booked later."""

    item: int
    used: int
    makings: frozenset[int]


class Facts:
    """Derived facts over a :class:`View`. Every method is a pure function of the visible events, kept once found."""

    def __init__(self, view: View, *, emptied_ends: bool = False, latest_booking: int = 0) -> None:
        self.view = view
        self.clock: Clock = view.clock
        self._emptied_ends = emptied_ends
        self.latest_booking = latest_booking
        self._processes: dict[str, Process] = {}
        self._stays_in: dict[int, StaysIn] = {}
        self._stays_of: dict[int, list[Stay]] = {}
        self._makings: dict[int, tuple[TraceEvent, ...]] = {}
        self._late: dict[int, LateBooking | None] = {}
        self._earliest: dict[int, int] = {}
        self._lots: dict[int, tuple[int, ...]] = {}
        self._windows: dict[int, tuple[Span, int | None]] = {}

    def kind(self, item: int) -> ItemKind:
        """Return an item's kind."""
        return self.view.kind(item)

    # -- processes

    def process_of(self, event: TraceEvent) -> Process:
        """Return the process that a transformation event belongs to, with its visible events."""
        key = f"id:{event.transformation_id}" if event.transformation_id is not None else f"event:{event.number}"
        if key not in self._processes:
            events: Iterable[TraceEvent] = (event,)
            if event.transformation_id is not None:
                events = self.view.process_ever(event.transformation_id)
            seen = tuple(found for found in events if self.view.sees(found))
            feeds = tuple((found, part) for found in seen for part in found.having(Role.INPUT))
            outputs = tuple((found, found.having(Role.OUTPUT)) for found in seen if found.having(Role.OUTPUT))
            self._processes[key] = Process(key, seen, feeds, outputs)
        return self._processes[key]

    def makings(self, item: int) -> tuple[TraceEvent, ...]:
        """Return the events that made ``item``: outputs of processes that did not take it in, alone or as a known
        part.
        """
        if item not in self._makings:
            self._makings[item] = tuple(
                event
                for event in self.view.events(item, Role.OUTPUT)
                if not any(
                    part.item == item or self.known_part(item, part.item, event.at)
                    for _, part in self.process_of(event).feeds
                )
            )
        return self._makings[item]

    def late_booking(self, item: int) -> LateBooking | None:
        """Tell whether ``item`` was used, moved or given members before its first making on record."""
        if item not in self._late:
            self._late[item] = self._find_late_booking(item)
        return self._late[item]

    def _find_late_booking(self, item: int) -> LateBooking | None:
        if self.kind(item) not in THINGS or not (makings := self.makings(item)):
            return None
        used = self.view.first_use(item)
        if used is None or not self.clock.surely(used, min(event.low for event in makings)):
            return None
        first = min(event.at for event in makings)
        return LateBooking(item, used, frozenset(e.number for e in makings if self.clock.may(e.at, first)))

    def first_made(self, item: int, making: TraceEvent) -> bool:
        """Tell whether ``making`` is the first event on record that made ``item``, or stands level with it."""
        makings = self.makings(item)
        first = self.kind(item) in THINGS and bool(makings) and self.clock.may(making.at, makings[0].at)
        return first and making in makings

    def stocked_before(self, lot: int) -> bool:
        """Tell whether ``lot`` may have been there before its first making, so that not all of it was made."""
        makings = self.makings(lot)
        if not makings or self.late_booking(lot) is not None:
            return True
        receipts = (event for event in self.view.events(lot, Role.SUBJECT) if event.biz_step in RECEIPT_STEPS)
        return any(self.clock.may(event.at, makings[0].at) for event in receipts)

    def earliest(self, making: TraceEvent) -> int:
        """Return the earliest instant at which ``making`` may have taken place.

        That is its booking lag before its time, or, where a use of anything that it made shows that it was booked late,
        as long before as the site ever books late (and that use at the latest).
        """
        if making.number not in self._earliest:
            made = [part.item for part in making.having(Role.OUTPUT)]
            late = [found.used for found in map(self.late_booking, made) if found and making.number in found.makings]
            self._earliest[making.number] = min(
                [making.low, *late, *([making.at - self.latest_booking] if late else [])]
            )
        return self._earliest[making.number]

    # -- lots and members

    def lots_of(self, unit: int) -> tuple[int, ...]:
        """Return the lots that ``unit`` belongs to, as visible events or its own identifier say."""
        if unit not in self._lots:
            given = {
                part.lot
                for event in self.view.events(unit, Role.SUBJECT, Role.OUTPUT)
                for part in event.participations
                if part.item == unit and part.lot is not None
            }
            own = self.view.item(unit).lot
            self._lots[unit] = tuple(sorted(given)) if given else (own,) if own is not None else ()
        return self._lots[unit]

    def members_of(self, lot: int) -> tuple[int, ...]:
        """Return the units that visibly belong to ``lot``."""
        units = self.view.units_of(lot)
        self.view.fetch(units, (Role.SUBJECT, Role.OUTPUT))
        return tuple(unit for unit in units if lot in self.lots_of(unit))

    def commissioned(self, unit: int) -> tuple[Span, int | None]:
        """Return when ``unit`` came into being, as precisely as the record says, and the event that says so."""
        if unit not in self._windows:
            given = [event for event in self.view.events(unit, Role.SUBJECT) if is_commissioning(event)]
            makings = [*self._level_with_first(given), *self._level_with_first(self.makings(unit))]
            used = self.view.first_use(unit)
            if makings:
                since = min(self.earliest(event) for event in makings)
                if used is not None and self.clock.surely(used, since):
                    since = min(used, min(event.at for event in makings) - self.latest_booking)
                self._windows[unit] = Span(since, max(event.at for event in makings)), makings[0].number
            else:
                self._windows[unit] = Span(EVER, used if used is not None else FOREVER), None
        return self._windows[unit]

    def _level_with_first(self, events: Sequence[TraceEvent]) -> list[TraceEvent]:
        """Return the first of ``events`` and those that may stand before it: their numbers decide nothing."""
        return [event for event in events if self.clock.may(event.at, events[0].at)]

    def origin(self, item: int) -> int | None:
        """Return the first event that gave or made ``item``; None where nothing on record did."""
        given = [e for e in self.view.events(item, Role.SUBJECT) if is_commissioning(e)][:1]
        return min((e.number for e in [*given, *self.makings(item)[:1]]), default=None)

    # -- stays

    def stays_in(self, parent: int) -> Mapping[int, list[Stay]]:
        """Return the stays in ``parent``, by child."""
        if parent not in self._stays_in:
            self._stays_in[parent] = StaysIn(
                parent,
                self.view.events(parent, *holding_roles(self.kind(parent))),
                self.kind,
                lambda child: self.view.events(child, Role.CHILD),
                self.clock,
                emptied_ends=self._emptied_ends,
            )
        return self._stays_in[parent]

    def stays_of(self, child: int) -> list[Stay]:
        """Return the stays of ``child``, in any parent, by time."""
        if child not in self._stays_of:
            parents = sorted(
                {part.item for event in self.view.events(child, Role.CHILD) for part in event.having(Role.PARENT)}
            )
            found = [stay for parent in parents for stay in self.stays_in(parent).get(child, ())]
            self._stays_of[child] = sorted(found, key=lambda stay: (stay.hull, stay.parent, stay.opened_by.number))
        return self._stays_of[child]

    def known_part(self, part: int, whole: int, by: int) -> bool:
        """Tell whether ``part`` was put into the unit ``whole`` not after ``by``: taken apart, it keeps its own
        history.
        """
        return self.kind(whole) is ItemKind.UNIT and any(
            self.clock.may(stay.hull.since, by) for stay in self.stays_in(whole).get(part, ())
        )

    def suspect_until(self, item: int, since: int) -> int:
        """Return when the suspicion against a start item ends: a carrier's at the first cleaning after ``since`` (F6).

        A carrier that is suspect without a start time is suspect whatever cleaning there was.
        """
        if since == EVER or self.kind(item) not in HOLDERS:
            return FOREVER
        events = self.view.events(item, Role.PARENT, Role.SUBJECT)
        return min((e.at for e in events if e.cleans and self.clock.surely(since, e.at)), default=FOREVER)

    def contents_known(self, carrier: int, span: Span) -> bool:
        """Tell whether anything on record says what ``carrier`` held during ``span``."""
        stays = (stay for found in self.stays_in(carrier).values() for stay in found)
        return any(self.clock.may_meet(stay.hull, span) for stay in stays)

    def unnamed_until(self, carrier: int, since: int) -> int:
        """Return until when a content without a name was in ``carrier``: to just before its next load on record."""
        stays = (stay for found in self.stays_in(carrier).values() for stay in found)
        loads = (stay.hull.since - self.clock.tolerance - 1 for stay in stays if stay.hull.since > since)
        return min([*loads, self.load_end(carrier, since)])

    def load_end(self, carrier: int, since: int) -> int:
        """Return when whatever came into ``carrier`` at ``since`` without being named was surely out of it again.

        That is the first clearing after it (cleaned, or a DELETE without children), or the instant at which everything
        put in on record since then had been taken out.
        """
        clock = self.clock
        ends = [
            event.at
            for event in self.view.events(carrier, Role.PARENT, Role.SUBJECT)
            if clock.surely(since, event.at) and clears(event)
        ]
        stays = [stay for found in self.stays_in(carrier).values() for stay in found]
        later = sorted((stay for stay in stays if clock.may(since, stay.hull.until)), key=lambda stay: stay.hull)
        reach = EVER
        for stay in later:
            if reach != EVER and not clock.may(stay.hull.since, reach):
                break
            reach = max(reach, stay.hull.until)
        if reach not in (EVER, FOREVER):
            ends.append(reach)
        return min(ends, default=FOREVER)


def holding_roles(kind: ItemKind) -> tuple[Role, ...]:
    """Return the roles in which events tell what an item of this kind held: a lot, a class, only where it is a
    parent.
    """
    if kind in HOLDERS:
        return (Role.PARENT, Role.SUBJECT)
    return (Role.PARENT, Role.SUBJECT, Role.INPUT) if kind is ItemKind.UNIT else (Role.PARENT,)


def clears(event: TraceEvent) -> bool:
    """Tell whether an event takes everything out of its parent: cleaned, or a DELETE that names no children."""
    unloads = event.action is Action.DELETE and bool(event.having(Role.PARENT)) and not event.having(Role.CHILD)
    return event.cleans or unloads
