"""One append to the ledger, in parts: while the database writes a part, whoever records makes the next one ready."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from suyuan.chassis.database import Later, tx
from suyuan.chassis.outbox import publish
from suyuan.kernel.canonical_json import content_hash, exact_canonical_json
from suyuan.tenancy import api as tenancy
from suyuan.trace.api.sealing import record_hashes
from suyuan.trace.contracts import EVENT_ID_TAKEN, EventRecord, EventType, ItemIdentity, ItemKind, Recorded
from suyuan.trace.domain.arrivals import arrivals
from suyuan.trace.store import recording as store

Key = tuple[str, bool]
"""Event id, and whether the event declares an error."""
Hashes = Callable[[Sequence[EventRecord], Sequence[str]], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class _Sent:
    """A part whose events and items the database was asked to write; ``chosen``: the first event of each id."""

    events: Sequence[EventRecord]
    written: Sequence[tuple[bytes, bytes]]
    chosen: Sequence[int]
    numbers: Later[tuple[dict[Key, int], set[str]]]
    items: Later[tuple[dict[str, int], set[str]]]


class Appending:
    """Appends parts in order; all of it is one append, with one message in the outbox. To be used inside
    ``tx().at_once()``, or every step waits for the database.
    """

    def __init__(self, hashes: Hashes = record_hashes) -> None:
        self._record_hashes = hashes
        self._sent: _Sent | None = None
        self._new: list[tuple[int, EventRecord]] = []
        self._ids: dict[str, int] = {}
        self._made: set[str] = set()
        self._void: set[str] = set()
        self._contexts: dict[int, bytes] = {}
        self._known: set[Key] = set()
        self._answers: list[Recorded] = []

    def add(self, events: Sequence[EventRecord], recorders: Sequence[str]) -> None:
        """Append a part; ``recorders`` names who records each event.

        :raises Fault: ``trace.event_id_taken``, for an event of this part or of the one before, by its place in all.
        """
        written = [_written(event) for event in events]
        offset = len(self._answers) + (len(self._sent.events) if self._sent is not None else 0)
        first: dict[Key, int] = {}
        for index, event in enumerate(events):
            earlier = first.setdefault(_key(event), index)
            if written[earlier][1] != written[index][1]:
                raise EVENT_ID_TAKEN(at=f"/{offset + index}", event_id=event.event_id)
        chosen = sorted(first.values())
        fresh, names = [events[index] for index in chosen], [recorders[index] for index in chosen]
        sealed, identities = self._record_hashes(fresh, names), _identities(fresh)
        self._settle()
        numbers = store.insert_events(fresh, [written[index][1] for index in chosen], sealed, _sites(fresh), names)
        self._sent = _Sent(events, written, chosen, numbers, store.ensure_items(identities))

    def _settle(self) -> None:
        """Find out what became of the part that was sent, and send what hangs on its numbers."""
        sent, self._sent = self._sent, None
        if sent is None:
            return
        numbers, void = sent.numbers()
        ids, made = sent.items()
        self._ids.update(ids)
        self._made.update(made)
        self._void.update(void)
        self._answer(sent, numbers)
        kept = [index for index in sent.chosen if _key(sent.events[index]) in numbers]
        if kept:
            new = [(numbers[_key(sent.events[index])], sent.events[index]) for index in kept]
            self._new += new
            store.insert_documents(new, [sent.written[index][0] for index in kept], self._context_hashes(new))
            store.insert_participations(new, ids)

    def _answer(self, sent: _Sent, numbers: dict[Key, int]) -> None:
        """Tell what became of each event of a part; one that is on record must be the same."""
        old = [event.event_id for event in sent.events if _key(event) not in numbers]
        on_record = store.known_hashes(old) if old else {}
        for event, (_, hashed) in zip(sent.events, sent.written, strict=True):
            key = _key(event)
            if key in numbers:
                number = numbers[key]
            else:
                number, before = on_record[key]
                if before != hashed:
                    raise EVENT_ID_TAKEN(at=f"/{len(self._answers)}", event_id=event.event_id)
            self._answers.append(Recorded(event.event_id, number, key in numbers and key not in self._known))
            self._known.add(key)

    def _context_hashes(self, new: Sequence[tuple[int, EventRecord]]) -> list[bytes | None]:
        """Return the hash of each event's context, and keep those that are new; shared ones are hashed once."""
        fresh: dict[bytes, str] = {}
        for _, event in new:
            if event.context is not None and id(event.context) not in self._contexts:
                text = store.json_text(event.context)
                self._contexts[id(event.context)] = hashed = hashlib.sha256(text.encode()).digest()
                fresh[hashed] = text
        store.insert_contexts(fresh)
        return [None if event.context is None else self._contexts[id(event.context)] for _, event in new]

    def close(self) -> list[Recorded]:
        """Write where items are, tell the outbox and live viewers, and return what became of each event, in order.

        :raises Fault: ``trace.event_id_taken``.
        """
        self._settle()
        if self._new:
            declared = [event.event_id for _, event in self._new if event.declares_error]
            arrived = arrivals(self._new, self._made, self._void.union(declared))
            store.insert_whereabouts(list(arrived.values()), self._ids)
            store.refresh_whereabouts(self._touched(declared, arrived))
            self._announce()
        return self._answers

    def _touched(self, declared: Sequence[str], arrived: Container[str]) -> set[int]:
        """Return the items whose whereabouts the ledger is asked for, once the events are in it."""
        parts = ((part.item.uri, self._ids) for _, event in self._new for part in event.participations)
        touched = {ids[uri] for uri, ids in parts if uri not in arrived}
        here = {event.event_id for _, event in self._new if not event.declares_error}
        before = [event_id for event_id in declared if event_id not in here]
        if before:
            touched.update(store.items_of_events(before))
        emptied = [
            self._ids[event.participations[0].item.uri]
            for _, event in self._new
            if event.type in (EventType.AGGREGATION, EventType.ASSOCIATION)
            and event.action == "DELETE"
            and len(event.participations) == 1
        ]
        if emptied:
            touched.update(store.children_in(emptied))
        return touched

    def _announce(self) -> None:
        publish(store.RECORDED_TOPIC, {"numbers": [number for number, _ in self._new]})
        tx().execute(
            "SELECT pg_notify('suyuan_live', %s)",
            (f"{tx().principal.tenant_id}:{self._new[-1][0]}:{len(self._new)}",),
            prepare=True,
        )


def _key(event: EventRecord) -> Key:
    return event.event_id, event.declares_error


def _written(event: EventRecord) -> tuple[bytes, bytes]:
    """Return an event's document as JSON with every digit, and its hash; most are encoded once for both."""
    exact = exact_canonical_json(event.document)
    if exact is not None:
        return exact, hashlib.sha256(exact).digest()
    return store.json_bytes(event.document), content_hash(event.document)


def _identities(events: Sequence[EventRecord]) -> dict[str, ItemIdentity]:
    """Return the items that events name, and the lots that they say units belong to."""
    found: dict[str, ItemIdentity] = {}
    for event in events:
        for part in event.participations:
            found.setdefault(part.item.uri, part.item)
            if part.lot is not None and part.lot not in found:
                lot = part.lot.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
                found[part.lot] = ItemIdentity(part.lot, ItemKind.LOT, part.item.product, lot)
    return found


def _sites(events: Sequence[EventRecord]) -> list[int | None]:
    """Return each event's site: the one whose location its place starts with."""
    known = [(site.location_uri, site.id) for site in tenancy.sites() if site.location_uri]
    answers: list[int | None] = []
    for event in events:
        places = [place for place in (event.biz_location, event.read_point) if place]
        answers.append(next((site for uri, site in known for place in places if place.startswith(uri)), None))
    return answers
