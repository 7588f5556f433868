"""A ledger over segments: what tracing asks of a store, answered from arrays in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.distinct import distinct
from suyuan.trace.domain.engine.columns import Segment
from suyuan.trace.domain.engine.layout import AMOUNT_BIT, EVENT_SHIFT, ITEM_SHIFT, ROLE_MASK
from suyuan.trace.domain.engine.record import ACTS, CLEANS, EMPTIES, KINDS, ROLES, Ints
from suyuan.trace.domain.engine.segment import unpacked
from suyuan.trace.domain.ledger import Ledger, TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.domain.memory import is_commissioning, visible

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OUTPUT = ROLES.index(Role.OUTPUT)
_FIRST_LOOK = 64
_KINDS = tuple(ItemKind(kind) for kind in KINDS)
_NO_LOT: tuple[int | None, ...] = (None,)
MOST_KEPT = 100_000
"""A process keeps events of a segment as objects, those of lots and totes are asked for again: so many participations
at the most, some 20 MB.
"""


class _Pairs:
    """Numbers beside keys, by key, as sparse columns hold them."""

    def __init__(self, pairs: Ints) -> None:
        self._keys, self._values = np.ascontiguousarray(pairs[:, 0]), pairs[:, 1]

    def of(self, key: int) -> int | None:
        """Return the number beside ``key``."""
        at = int(self._keys.searchsorted(key))
        return int(self._values[at]) if at < len(self._keys) and self._keys[at] == key else None

    def among(self, keys: Ints) -> Iterable[tuple[int, int]]:
        """Return (key, number) for those of these keys that have one."""
        if len(self._keys) == 0:
            return ()
        at = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        at = at[self._keys[at] == keys]
        return zip(self._keys[at].tolist(), self._values[at].tolist(), strict=True)


class Reader:
    """Reads one segment. Lives as long as the segment is mapped and is shared by all questions; keeps only what every
    question needs.
    """

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._events: dict[int, TraceEvent] = {}
        self._kept = 0

    def read_ahead(self) -> None:
        """Work out now what is otherwise worked out when it is first asked for."""
        _ = (
            self.products, self.amounts, self.processes, self._lagging, self._voided, self._named_lots,
            self._member_events, self._lots_in_order, self._named_in_order,
        )  # fmt: skip

    @cached_property
    def words(self) -> Sequence[str]:
        """The words."""
        return unpacked(self.segment.words)

    @cached_property
    def products(self) -> Sequence[str]:
        """The products of the items."""
        return [self.words[int(code) - 1] for code in distinct(self.segment.item_product) if code]

    @cached_property
    def amounts(self) -> Sequence[tuple[Decimal | None, str | None]]:
        """The quantities with their units."""
        lines = (line.split("\t") for line in unpacked(self.segment.amounts))
        return [(Decimal(quantity) if quantity else None, unit or None) for quantity, unit in lines]

    @cached_property
    def processes(self) -> Mapping[str, Sequence[int]]:
        """The events of each transformation id."""
        codes = np.asarray(self.segment.event_process)
        found: dict[str, list[int]] = defaultdict(list)
        for event in np.flatnonzero(codes).tolist():
            found[self.words[int(codes[event]) - 1]].append(event)
        return found

    @cached_property
    def _lagging(self) -> _Pairs:
        return _Pairs(self.segment.lagging)

    @cached_property
    def _voided(self) -> _Pairs:
        return _Pairs(self.segment.voided)

    @cached_property
    def _named_lots(self) -> _Pairs:
        return _Pairs(self.segment.named_lot)

    @cached_property
    def _member_events(self) -> npt.NDArray[np.int32]:
        events: npt.NDArray[np.int32] = np.ascontiguousarray(self.segment.member[:, 0])
        return events

    @cached_property
    def _lots_in_order(self) -> npt.NDArray[np.int32]:
        lots: npt.NDArray[np.int32] = self.segment.member[self.segment.member_by_lot, 2]
        return lots

    @cached_property
    def _named_in_order(self) -> Ints:
        lots: Ints = self.segment.named_lot[self.segment.named_by_lot, 1]
        return lots

    def named_lots(self, units: Ints) -> Iterable[tuple[int, int]]:
        """Return (unit, lot) for those of these units whose own identifiers name a lot."""
        return self._named_lots.among(units)

    def units_named(self, lot: int) -> Sequence[int]:
        """Return the units whose own identifiers name ``lot``."""
        low, high = np.searchsorted(self._named_in_order, [lot, lot + 1])
        units: list[int] = self.segment.named_lot[self.segment.named_by_lot[low:high], 0].tolist()
        return units

    def place(self, item: int) -> int | None:
        """Return an item's place; None where the segment does not name it."""
        ids = self.segment.item_id
        at = int(ids.searchsorted(item))
        return at if at < len(ids) and ids[at] == item else None

    def items(self, numbers: Ints) -> Iterator[tuple[int, ItemKind, str | None]]:
        """Yield number, kind and product of those of these items that the segment names."""
        ids = self.segment.item_id
        if len(ids) == 0:
            return
        at = np.minimum(ids.searchsorted(numbers), len(ids) - 1)
        at = at[ids[at] == numbers]
        words = self.words
        kinds, products = self.segment.item_kind[at].tolist(), self.segment.item_product[at].tolist()
        for number, kind, product in zip(ids[at].tolist(), kinds, products, strict=True):
            yield number, _KINDS[kind], words[product - 1] if product else None

    def events(self, place: int, roles: Collection[int]) -> Iterator[int]:
        """Yield the events that name an item in one of ``roles``, each once, by time."""
        wanted = np.zeros(ROLE_MASK + 1, np.bool_)
        wanted[list(roles)] = True
        at, end = int(self.segment.item_offsets[place]), int(self.segment.item_offsets[place + 1])
        last, length = -1, _FIRST_LOOK
        while at < end:  # whoever asks only for the first few pays for a few
            words = self.segment.item_rows[at : min(at + length, end)]
            for event in (words[wanted[words & ROLE_MASK]] >> EVENT_SHIFT).tolist():
                if event != last:
                    last = event
                    yield event
            at, length = at + length, length * 8

    def members(self, place: int) -> Sequence[tuple[int, int]]:
        """Return (event, unit) for everything put into a lot."""
        low, high = np.searchsorted(self._lots_in_order, [place, place + 1])
        rows = self.segment.member[self.segment.member_by_lot[low:high]]
        return [(event, unit) for event, unit, _ in rows.tolist()]

    def event(self, place: int, voided_at: datetime | None) -> TraceEvent:
        """Return an event. ``voided_at``: when a later event voided it, as far as the segment does not know."""
        if voided_at is not None:
            return self._read_event(place, voided_at)
        event = self._events.get(place)
        if event is None:
            event = self._read_event(place, None)
            self._kept += len(event.participations)
            if self._kept > MOST_KEPT:
                self._events.clear()
                self._kept = len(event.participations)
            self._events[place] = event
        return event

    def _read_event(self, place: int, voided_at: datetime | None) -> TraceEvent:
        segment = self.segment
        voided = self._voided.of(place)
        known = None if voided is None else _moment(voided)
        kind, action = ACTS[segment.event_act[place]]
        flags = int(segment.event_flags[place])
        return TraceEvent(
            int(segment.event_number[place]),
            "",
            kind,
            _moment(int(segment.event_at[place])),
            _moment(int(segment.event_recorded[place])),
            self._parts(place),
            action,
            self._word(segment.event_process[place]),
            min((when for when in (known, voided_at) if when is not None), default=None),
            timedelta(microseconds=self._lagging.of(place) or 0),
            bool(flags & CLEANS),
            bool(flags & EMPTIES),
            self._word(segment.event_step[place]),
            self._word(segment.event_read_point[place]),
            self._word(segment.event_location[place]),
            self._word(segment.event_equipment[place]),
            self._word(segment.event_person[place]),
        )

    def _word(self, code: np.integer) -> str | None:
        return self.words[int(code) - 1] if code else None

    def _parts(self, event: int) -> tuple[TraceParticipation, ...]:
        segment = self.segment
        rows = segment.event_rows[int(segment.event_offsets[event]) : int(segment.event_offsets[event + 1])]
        amount = int(segment.amount_offsets[event])
        lots: dict[int, list[int | None]] = {}
        low, high = self._member_events.searchsorted(event), self._member_events.searchsorted(event, "right")
        if low < high:
            for _, unit_place, lot in segment.member[low:high].tolist():
                lots.setdefault(unit_place, []).append(int(segment.item_id[lot]))
        ids = segment.item_id[rows >> ITEM_SHIFT].tolist()
        found: list[TraceParticipation] = []
        for item, word in zip(ids, rows.tolist(), strict=True):
            quantity, unit = None, None
            if word & AMOUNT_BIT:
                quantity, unit = self.amounts[int(segment.amount[amount])]
                amount += 1
            role = ROLES[word & ROLE_MASK]
            in_lots = lots.get(word >> ITEM_SHIFT, _NO_LOT) if lots else _NO_LOT
            found.extend([TraceParticipation(item, role, quantity, unit, lot) for lot in in_lots])
        return tuple(found)


class IndexLedger:
    """Implements :class:`~suyuan.trace.domain.ledger.Ledger` over segments and the ``tail``: a ledger of the events
    that no segment holds. Lives for one answer.

    ``voided`` gives the record time of voids in the tail of events in the segments, by event number; ``named_lots`` the
    lot that a unit's own identifier names, where that lot came with the tail. Items that no segment names, and bills
    of materials, are asked of the tail.
    """

    def __init__(
        self,
        readers: Sequence[Reader],
        tail: Ledger,
        voided: Mapping[int, datetime] | None = None,
        named_lots: Mapping[int, int] | None = None,
    ) -> None:
        self.readers = readers
        self._tail = tail
        self._voided = voided or {}
        self._named_lots = named_lots or {}
        self._events: dict[tuple[int, int], TraceEvent] = {}
        self._first = np.cumsum([0, *(len(reader.segment.event_at) for reader in readers)])
        self.located: dict[int, int] = {}
        """The numbers over all segments (see sheet) of the events read so far, by their numbers in the ledger."""

    def fresh(self) -> IndexLedger:
        """Return the same ledger with nothing read yet."""
        return IndexLedger(self.readers, self._tail, self._voided, self._named_lots)

    @property
    def has_alternatives(self) -> bool:
        """Whether a bill of materials allows any product in place of another."""
        return bool(self._tail.alternatives_of({name for reader in self.readers for name in reader.products}))

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        found: dict[int, TraceItem] = {}
        wanted = np.fromiter(ids, np.int64, len(ids))
        lots = {number: self._named_lots[number] for number in ids if number in self._named_lots}
        for reader in reversed(self.readers):
            lots.update(reader.named_lots(wanted))
        for reader in self.readers:
            for number, kind, product in reader.items(wanted):
                if number not in found:
                    lot = lots.get(number) if kind is ItemKind.UNIT else None
                    found[number] = TraceItem(number, kind, "", product, lot)
        missing = [number for number in ids if number not in found]
        return {**found, **self._tail.items(missing)} if missing else found

    def events_of(self, items: Collection[int], roles: Collection[Role]) -> Mapping[int, Sequence[TraceEvent]]:
        """Return, for each item, every event that names it in one of ``roles``."""
        codes = {ROLES.index(role) for role in roles}
        late = self._tail.events_of(items, roles)
        return {item: [*self._indexed(item, codes), *late.get(item, ())] for item in items}

    def _indexed(self, item: int, roles: Collection[int]) -> Iterable[TraceEvent]:
        for index, reader in enumerate(self.readers):
            place = reader.place(item)
            if place is not None:
                for event in reader.events(place, roles):
                    yield self._event(index, event)

    def _event(self, index: int, place: int) -> TraceEvent:
        event = self._events.get((index, place))
        if event is None:
            reader = self.readers[index]
            later = self._voided.get(int(reader.segment.event_number[place])) if self._voided else None
            event = self._events[index, place] = reader.event(place, later)
            self.located[event.number] = int(self._first[index]) + place
        return event

    def event_at(self, number: int) -> TraceEvent:
        """Return the event of a number over all segments."""
        index = int(np.searchsorted(self._first, number, side="right")) - 1
        return self._event(index, number - int(self._first[index]))

    def events_of_processes(self, transformation_ids: Collection[str]) -> Mapping[str, Sequence[TraceEvent]]:
        """Return every event of these transformation ids."""
        late = self._tail.events_of_processes(transformation_ids)
        return {
            name: [
                *(self._event(i, e) for i, reader in enumerate(self.readers) for e in reader.processes.get(name, ())),
                *late.get(name, ()),
            ]
            for name in transformation_ids
        }

    def members_of(self, lots: Collection[int]) -> Mapping[int, Collection[int]]:
        """Return the units that belong to these lots."""
        late = self._tail.members_of(lots)
        found: dict[int, set[int]] = {lot: set(late.get(lot, ())) for lot in lots}
        for reader in self.readers:
            for lot in lots:
                found[lot].update(reader.units_named(lot))
                place = reader.place(lot)
                if place is not None:
                    found[lot].update(int(reader.segment.item_id[unit]) for _, unit in reader.members(place))
        return found

    def first_uses(self, items: Collection[int], as_of: datetime | None) -> Mapping[int, datetime]:
        """Return when each item was first shown to exist."""
        found = dict(self._tail.first_uses(items, as_of))
        for item in items:
            for index, reader in enumerate(self.readers):
                place = reader.place(item)
                if place is not None:
                    used = self._first_use(index, reader, place, as_of)
                    if used is not None and (item not in found or used < found[item]):
                        found[item] = used
        return found

    def _first_use(self, index: int, reader: Reader, place: int, as_of: datetime | None) -> datetime | None:
        others = [code for code in range(len(ROLES)) if code != _OUTPUT]
        used = (self._event(index, event) for event in reader.events(place, others))
        first = next((e.time for e in used if visible(e, as_of) and not is_commissioning(e)), None)
        given = (self._event(index, event) for event in sorted({event for event, _ in reader.members(place)}))
        lot = next((event.time for event in given if visible(event, as_of)), None)
        return min((when for when in (first, lot) if when is not None), default=None)

    def alternatives_of(self, products: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return which products a bill of materials allows in place of these."""
        return self._tail.alternatives_of(products)


def _moment(instant: int) -> datetime:
    return _EPOCH + timedelta(microseconds=instant)
