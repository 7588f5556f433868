"""What a scope is counted by, read from the segments for the items of an answer: columns in, columns out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts.scopes import STANDINGS
from suyuan.trace.domain.distinct import distinct, without
from suyuan.trace.domain.engine import sheet as slot
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.ledger import Reader
from suyuan.trace.domain.engine.record import KINDS, Bytes, Ints
from suyuan.trace.domain.engine.standing import (
    DEEPEST,
    Int32s,
    hand_over,
    holders_among,
    lift,
    places_of,
    seen_among,
    stand,
    stand_as,
    take_over,
)
from suyuan.trace.domain.engine.wording import Glossary
from suyuan.trace.domain.scope_facts import Codes, ItemFacts, standing_table
from suyuan.trace.domain.scoping import Alive
from suyuan.trace.domain.times import EVER, FOREVER

AT_ONCE = 50_000
"""Items told at a time, between two looks whether anybody still waits: what is worked out on the way fits a processor's
cache, where for two million at once it would be fresh memory, which costs more than what is done with it.
"""
_TOLD = ("kind", "product", "lot", "place", "customer", "state")


@dataclass(slots=True)
class _Stood:
    """Where items stand, one row an item: events and items by their numbers over all segments, -1 for none."""

    state: Bytes
    latest: Int32s
    placed: Int32s
    held: Int32s
    lot: Int32s

    @classmethod
    def of(cls, count: int) -> _Stood:
        return cls(np.zeros(count, np.uint8), *(np.empty(count, np.int32) for _ in range(4)))


@dataclass(slots=True)
class _HandOvers:
    """Whom things were handed over to, asked level by level: things, what held them, what held that. ``room`` and
    ``asks`` are where the questions about what held them are written, of one level after the other: fresh memory for
    each costs more than what is done with it.
    """

    c: int
    events: Ints
    ranks: Ints
    parties: Sequence[str]
    allowed: Bytes | None
    alive: Alive
    room: Ints = field(default_factory=lambda: np.empty((1024, 4), np.int64))
    asks: Int32s = field(default_factory=lambda: np.empty((1024, 2), np.int32))

    def last(self, items: Ints) -> Int32s:
        """Return the rank of the party to whom each item was last handed over; -1 for none."""
        ever, forever = np.full(len(items), EVER, np.int64), np.full(len(items), FOREVER, np.int64)
        return self._between(items, forever, ever, forever, DEEPEST)[1]

    def _between(self, items: Ints, since: Ints, low: Ints, high: Ints, levels: int) -> tuple[Ints, Int32s]:
        at, party = np.empty(len(items), np.int64), np.empty(len(items), np.int32)
        address = 0 if self.allowed is None else int(self.allowed.ctypes.data)
        begin, wanted = 0, 2 * len(items) + 1024
        while begin < len(items):
            self.alive()
            if len(self.room) < wanted:
                self.room, self.asks = np.empty((wanted, 4), np.int64), np.empty((wanted, 2), np.int32)
            reached, count, asked = hand_over(
                self.c, begin, items, since, low, high, self.events, self.ranks, address, at, party, self.room,
                self.asks,
            )  # fmt: skip
            wanted = wanted if reached > begin else 2 * len(self.room)
            begin = reached
            if asked and levels:
                self._above(self.room[:count], self.asks[:asked].copy(), levels, at, party)
        return at, party

    def _above(self, questions: Ints, asks: Int32s, levels: int, at: Ints, party: Int32s) -> None:
        """Ask what held the items; what came one after the other in the same holder is asked once."""
        holder, since, low, high = (np.ascontiguousarray(questions[:, column]) for column in range(4))
        found_at, found = self._between(holder, since, low, high, levels - 1)
        take_over(asks, found_at, found, at, party)


class FactsReader:
    """Tells the facts of items for one state of knowledge; lives for one question."""

    def __init__(self, assembled: Assembled, readers: Sequence[Reader], alive: Alive) -> None:
        self._assembled = assembled
        self._readers = readers
        self._alive = alive
        self._sheet = assembled.sheet.copy()
        self._emptied = np.zeros(len(assembled.states), np.int32)
        self._sheet[slot.STATES] = assembled.states.ctypes.data
        self._c = int(self._sheet.ctypes.data)
        self._glossaries = {name: Glossary() for name in ("product", "lot", "place", "disposition")}

    def facts(self, numbers: npt.NDArray[np.integer], sites: Collection[int] | None) -> ItemFacts:
        """Return the facts of items by their numbers over all segments (-1: no segment names it); ``sites``: those that
        the reader's right reaches.
        """
        known = numbers >= 0
        whole = bool(known.all())
        asked = numbers if whole else numbers[known]
        allowed = None if sites is None else self._of_sites(sites)
        asking = self._hand_overs(allowed)
        facts = {name: np.full(len(asked), -1, np.int32) for name in _TOLD}
        seen = np.zeros(len(asked), np.bool_)
        for begin in range(0, len(asked), AT_ONCE):
            self._alive()
            part = slice(begin, begin + AT_ONCE)
            items = np.ascontiguousarray(asked[part], np.int64)
            self._tell(items, {name: column[part] for name, column in facts.items()}, asking)
            if allowed is not None:
                seen_among(self._c, items, allowed, seen[part])
        if not whole:
            facts = {name: _spread(column, known) for name, column in facts.items()}
            seen = _spread(seen, known, fill=0).astype(np.bool_)
        texts: dict[str, Sequence[str]] = {name: self._glossaries[name].texts for name in ("product", "lot", "place")}
        texts |= {"kind": list(KINDS), "state": list(STANDINGS), "customer": asking.parties}
        return ItemFacts(known, None if allowed is None else seen, facts, texts)

    def _tell(self, items: Ints, told: dict[str, Codes], asking: _HandOvers) -> None:
        """Write the facts of some items: so many at a time that what is in between stays near."""
        stood, glossaries = self._stand(items), self._glossaries
        self._identities(items, stood, told)
        outermost = self._outermost(stood)
        above = np.full(len(items), -1, np.int32)
        self._words("event_disposition", stood.latest, glossaries["disposition"], told["state"])
        self._words("event_disposition", outermost, glossaries["disposition"], above)
        stand_as(stood.state, told["state"], above, *standing_table(glossaries["disposition"].texts))
        self._words("event_location", stood.placed, glossaries["place"], told["place"])
        if asking.parties:
            told["customer"][:] = asking.last(items)

    # -- where things are

    def _stand(self, items: Ints) -> _Stood:
        stood = _Stood.of(len(items))
        stand(self._c, items, stood.state, stood.latest, stood.placed, stood.held, stood.lot, self._emptied)
        return stood

    def _outermost(self, stood: _Stood) -> Int32s:
        """Return the events that tell with which disposition items are: those of the outermost container that is
        anywhere, else their own; and write over ``placed`` those that tell where.
        """
        holders, above = self._holders(holders_among(stood.held))
        up = np.append(np.where(above.held < 0, -1, np.searchsorted(holders, above.held)), -1)
        placed, latest = np.append(above.placed, np.int32(-1)), np.append(above.latest, np.int32(-1))
        place, newest, at = placed, latest, up  # of the holders themselves, which are few, and then of what they hold
        for _ in range(DEEPEST - 1):
            if not (at >= 0).any():
                break
            told = placed[at] >= 0
            place, newest = np.where(told, placed[at], place), np.where(told, latest[at], newest)
            at = up[at]
        outermost = np.empty(len(stood.held), np.int32)
        lift(stood.held, holders, place, newest, stood.placed, stood.latest, outermost)
        return outermost

    def _holders(self, held: Ints) -> tuple[Ints, _Stood]:
        """Return everything that holds, at any height, and where that stands; sorted by number."""
        found, stood = np.empty(0, np.int64), _Stood.of(0)
        wanted = distinct(held)
        while len(wanted):
            more = self._stand(wanted)
            items = np.concatenate([found, wanted])
            order = np.argsort(items, kind="stable")
            columns = {
                name: np.concatenate([getattr(stood, name), getattr(more, name)])[order]
                for name in _Stood.__dataclass_fields__
            }
            found, stood = items[order], _Stood(**columns)
            wanted = without(more.held[more.held >= 0], found).astype(np.int64)
        return found, stood

    def _words(self, column: str, events: Int32s, glossary: Glossary, told: Codes) -> None:
        """Write what a column of words says of events (-1: none)."""
        for first, reader in zip(self._assembled.first.tolist(), self._readers, strict=False):
            glossary.spell(getattr(reader.segment, column), reader.words, events, first, told)

    # -- what things are

    def _identities(self, items: Ints, stood: _Stood, told: dict[str, Codes]) -> None:
        part, place = self._places(items)
        self._named("lot", part, place, told["lot"])
        given = np.flatnonzero((told["lot"] < 0) & (stood.lot >= 0))
        if len(given):
            lots = np.full(len(given), -1, np.int32)
            self._named("lot", *self._places(stood.lot[given].astype(np.int64)), lots)
            told["lot"][given] = lots
        told["kind"][:] = self._assembled.kinds(items)
        self._named("product", part, place, told["product"])

    def _places(self, items: Ints) -> tuple[Bytes, Int32s]:
        part, place = np.zeros(len(items), np.uint8), items.astype(np.int32)
        if len(self._readers) > 1 and len(items):
            places_of(self._c, items, part, place)
        return part, place

    def _named(self, what: str, part: Bytes, place: Int32s, told: Codes) -> None:
        for index, reader in enumerate(self._readers):
            mine = place if len(self._readers) == 1 else np.where(part == index, place, np.int32(-1))
            column = getattr(reader.segment, f"item_{what}")
            self._glossaries[what].spell(column, reader.words, mine, 0, told)

    # -- whose things are, and who may see them

    def _hand_overs(self, allowed: Bytes | None) -> _HandOvers:
        events, texts = [np.empty(0, np.int64)], []
        for reader, first in zip(self._readers, self._assembled.first.tolist(), strict=False):
            handed = reader.segment.handed
            events.append(handed[:, 0] + first)
            texts += [reader.words[code - 1] for code in handed[:, 1].tolist()]
        order = sorted(set(texts))
        rank = {text: place for place, text in enumerate(order)}
        ranks = np.array([rank[text] for text in texts], np.int64)
        return _HandOvers(self._c, np.concatenate(events), ranks, order, allowed, self._alive)

    def _of_sites(self, sites: Collection[int]) -> Bytes:
        """Return a byte an event: 1 where it is of one of these sites."""
        reached = np.array(sorted(sites), np.int64)
        return np.concatenate(
            [np.isin(reader.segment.event_site, reached).astype(np.uint8) for reader in self._readers]
        )


def _spread(column: npt.NDArray[np.generic], known: npt.NDArray[np.bool_], fill: int = -1) -> Codes:
    """Return a column of the known items as one of all."""
    whole = np.full(len(known), fill, np.int32)
    whole[known] = column
    return whole
