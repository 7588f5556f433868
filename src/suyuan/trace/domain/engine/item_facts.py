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

AT_ONCE = 200_000
"""Items between two looks whether anybody still waits."""


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
    allowed: Bytes | None
    alive: Alive
    room: Ints = field(default_factory=lambda: np.empty((1024, 4), np.int64))
    asks: Int32s = field(default_factory=lambda: np.empty((1024, 2), np.int32))

    def last(self, items: Ints) -> Int32s:
        """Return the rank of the party to whom each item was last handed over; -1 for none."""
        party = np.empty(len(items), np.int32)
        ever, forever = np.full(min(len(items), AT_ONCE), EVER), np.full(min(len(items), AT_ONCE), FOREVER)
        for begin in range(0, len(items), AT_ONCE):
            part = items[begin : begin + AT_ONCE]
            low, high = ever[: len(part)], forever[: len(part)]
            party[begin : begin + AT_ONCE] = self._between(part, high, low, high, DEEPEST)[1]
        return party

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

    def facts(self, numbers: npt.NDArray[np.integer], sites: Collection[int] | None) -> ItemFacts:
        """Return the facts of items by their numbers over all segments (-1: no segment names it); ``sites``: those that
        the reader's right reaches.
        """
        known = numbers >= 0
        whole = bool(known.all())
        asked = np.ascontiguousarray(numbers if whole else numbers[known], np.int64)
        allowed = None if sites is None else self._of_sites(sites)
        stood = self._stand(asked)
        facts, texts = self._identities(asked, stood)
        outermost = self._outermost(stood)
        dispositions, places = Glossary(), Glossary()
        own = self._words("event_disposition", stood.latest, dispositions)
        above = self._words("event_disposition", outermost, dispositions)
        stand_as(stood.state, own, above, *standing_table(dispositions.texts))
        facts["state"], texts["state"] = own, list(STANDINGS)
        facts["place"], texts["place"] = self._words("event_location", stood.placed, places), places.texts
        facts["customer"], texts["customer"] = self._customers(asked, allowed)
        seen = None if allowed is None else self._seen(asked, allowed)
        if not whole:
            facts = {name: _spread(column, known) for name, column in facts.items()}
            seen = None if seen is None else _spread(seen, known, fill=0).astype(np.bool_)
        return ItemFacts(known, seen, facts, texts)

    # -- where things are

    def _stand(self, items: Ints) -> _Stood:
        stood = _Stood.of(len(items))
        for begin in range(0, len(items), AT_ONCE):
            self._alive()
            part = slice(begin, begin + AT_ONCE)
            stand(
                self._c, items[part], stood.state[part], stood.latest[part], stood.placed[part], stood.held[part],
                stood.lot[part], self._emptied,
            )  # fmt: skip
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

    def _words(self, column: str, events: Int32s, glossary: Glossary) -> Codes:
        """Return what a column of words says of events (-1: none)."""
        found = np.full(len(events), -1, np.int32)
        for first, reader in zip(self._assembled.first.tolist(), self._readers, strict=False):
            glossary.spell(getattr(reader.segment, column), reader.words, events, first, found)
        return found

    # -- what things are

    def _identities(self, items: Ints, stood: _Stood) -> tuple[dict[str, Codes], dict[str, Sequence[str]]]:
        products, lots = Glossary(), Glossary()
        part, place = self._places(items)
        lot = self._named("item_lot", part, place, lots)
        given = np.flatnonzero((lot < 0) & (stood.lot >= 0))
        if len(given):
            lot[given] = self._named("item_lot", *self._places(stood.lot[given].astype(np.int64)), lots)
        facts = {
            "kind": self._assembled.kinds(items).astype(np.int32),
            "product": self._named("item_product", part, place, products),
            "lot": lot,
        }
        return facts, {"kind": list(KINDS), "product": products.texts, "lot": lots.texts}

    def _places(self, items: Ints) -> tuple[Bytes, Int32s]:
        part, place = np.zeros(len(items), np.uint8), items.astype(np.int32)
        if len(self._readers) > 1 and len(items):
            places_of(self._c, items, part, place)
        return part, place

    def _named(self, column: str, part: Bytes, place: Int32s, glossary: Glossary) -> Codes:
        found = np.full(len(part), -1, np.int32)
        for index, reader in enumerate(self._readers):
            mine = place if len(self._readers) == 1 else np.where(part == index, place, np.int32(-1))
            glossary.spell(getattr(reader.segment, column), reader.words, mine, 0, found)
        return found

    # -- whose things are, and who may see them

    def _customers(self, items: Ints, allowed: Bytes | None) -> tuple[Codes, Sequence[str]]:
        events, texts = [], []
        for reader, first in zip(self._readers, self._assembled.first.tolist(), strict=False):
            handed = reader.segment.handed
            events.append(handed[:, 0] + first)
            texts += [reader.words[code - 1] for code in handed[:, 1].tolist()]
        order = sorted(set(texts))
        rank = {text: place for place, text in enumerate(order)}
        party = np.full(len(items), -1, np.int32)
        if order:
            ranks = np.array([rank[text] for text in texts], np.int64)
            asking = _HandOvers(self._c, np.concatenate(events), ranks, allowed, self._alive)
            party = asking.last(items)
        return party, order

    def _of_sites(self, sites: Collection[int]) -> Bytes:
        """Return a byte an event: 1 where it is of one of these sites."""
        reached = np.array(sorted(sites), np.int64)
        return np.concatenate(
            [np.isin(reader.segment.event_site, reached).astype(np.uint8) for reader in self._readers]
        )

    def _seen(self, items: Ints, allowed: Bytes) -> npt.NDArray[np.bool_]:
        seen = np.zeros(len(items), np.uint8)
        seen_among(self._c, items, allowed, seen)
        return seen.astype(np.bool_)


def _spread(column: npt.NDArray[np.generic], known: npt.NDArray[np.bool_], fill: int = -1) -> Codes:
    """Return a column of the known items as one of all."""
    whole = np.full(len(known), fill, np.int32)
    whole[known] = column
    return whole
