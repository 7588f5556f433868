"""The ledger in PostgreSQL as tracing reads it: one batched query a question, each event loaded once an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts import Action, EventType, ItemKind, Role
from suyuan.trace.domain.ledger import TraceEvent, TraceItem, TraceParticipation
from suyuan.trace.store.recording import ROLE_CODES

_ROLES = {code: role for role, code in ROLE_CODES.items()}


class TooManyEventsError(Exception):
    """An answer needs more events than its asker allowed; ``args[0]`` is how many it had come to."""


class SqlLedger:
    """Implements :class:`suyuan.trace.domain.ledger.Ledger` in the open transaction; lives for one answer."""

    def __init__(self, most_events: int | None = None) -> None:
        """``most_events``: raise :class:`TooManyEventsError` rather than load more."""
        self._most_events = most_events
        self._tenant = tx().principal.tenant_id
        self._events: dict[int, TraceEvent] = {}
        self._items: dict[int, TraceItem] = {}
        self._shown: dict[int, tuple[int, str | None]] = {}

    def items(self, ids: Collection[int]) -> Mapping[int, TraceItem]:
        """Return the items of these numbers."""
        missing = [identity for identity in ids if identity not in self._items]
        if missing:
            rows = tx().rows(named_sql(__package__, "trace_items.sql"), {"tenant": self._tenant, "items": missing})
            for identity, kind, uri, product, lot in rows:
                self._items[identity] = TraceItem(identity, ItemKind(kind), uri, product, lot)
        return {identity: self._items[identity] for identity in ids if identity in self._items}

    def events_of(self, items: Collection[int], roles: Collection[Role]) -> Mapping[int, Sequence[TraceEvent]]:
        """Return, for each item, every event that names it in one of ``roles``."""
        keys = {"tenant": self._tenant, "items": list(items), "roles": [ROLE_CODES[role] for role in roles]}
        pairs = tx().rows(named_sql(__package__, "trace_naming.sql"), keys)
        self._load(number for _, number in pairs)
        found: dict[int, list[TraceEvent]] = {}
        for item, number in pairs:
            if number in self._events:  # an error declaration names items too, and is no event of theirs
                found.setdefault(item, []).append(self._events[number])
        return found

    def events_of_processes(self, transformation_ids: Collection[str]) -> Mapping[str, Sequence[TraceEvent]]:
        """Return every event of these transformation ids."""
        rows = tx().rows(
            "SELECT transformation_id, number FROM trace_event WHERE tenant_id = %s AND transformation_id = ANY (%s)",
            (self._tenant, list(transformation_ids)),
        )
        self._load(number for _, number in rows)
        found: dict[str, list[TraceEvent]] = {}
        for identity, number in rows:
            if number in self._events:
                found.setdefault(identity, []).append(self._events[number])
        return found

    def members_of(self, lots: Collection[int]) -> Mapping[int, Collection[int]]:
        """Return the units that belong to these lots."""
        keys = {"tenant": self._tenant, "lots": list(lots)}
        found: dict[int, set[int]] = {}
        for lot, unit in tx().rows(named_sql(__package__, "trace_members.sql"), keys):
            found.setdefault(lot, set()).add(unit)
        return found

    def first_uses(self, items: Collection[int], as_of: datetime | None) -> Mapping[int, datetime]:
        """Return when each item was first shown to exist."""
        keys = {"tenant": self._tenant, "items": list(items), "as_of": as_of}
        return dict(tx().rows(named_sql(__package__, "trace_first_uses.sql"), keys))

    def alternatives_of(self, products: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return nothing: bills of materials come with the production module."""
        return {}

    def event(self, number: int) -> TraceEvent | None:
        """Return one event that this answer has met, or loads it."""
        self._load([number])
        return self._events.get(number)

    def load(self, numbers: Collection[int]) -> list[TraceEvent]:
        """Return these events, read in one go; declarations of error are left out."""
        self._load(numbers)
        return [self._events[number] for number in numbers if number in self._events]

    def offset_of(self, number: int) -> int:
        """Return the offset, in minutes, of the clock at a loaded event."""
        return self._shown[number][0]

    def disposition_of(self, number: int) -> str | None:
        """Return the disposition of a loaded event."""
        return self._shown[number][1]

    def _load(self, numbers: Iterable[int]) -> None:
        missing = list({number for number in numbers if number not in self._events})
        if not missing:
            return
        if self._most_events is not None and len(self._events) + len(missing) > self._most_events:
            raise TooManyEventsError(len(self._events) + len(missing))
        keys = {"tenant": self._tenant, "numbers": missing}
        parts: dict[int, list[TraceParticipation]] = {}
        for number, item, role, quantity, unit, lot in tx().execute(
            named_sql(__package__, "trace_participations.sql"), keys
        ):
            parts.setdefault(number, []).append(TraceParticipation(item, _ROLES[role], quantity, unit, lot))
        for row in tx().execute(named_sql(__package__, "trace_events.sql"), keys):
            self._shown[row[0]] = (row[16], row[17])
            self._events[row[0]] = TraceEvent(
                number=row[0],
                event_id=row[1],
                type=EventType(row[2]),
                action=Action(row[3]) if row[3] else None,
                time=row[4],
                recorded=row[5],
                participations=tuple(parts.get(row[0], ())),
                transformation_id=row[6],
                booking_lag=timedelta(seconds=row[7]),
                cleans=row[8],
                empties=row[9],
                biz_step=row[10],
                read_point=row[11],
                biz_location=row[12],
                equipment=row[13],
                person=row[14],
                voided_at=row[15],
            )
