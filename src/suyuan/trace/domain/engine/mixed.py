"""The reference implementation as a guest of the kernel: it follows what is knotted, on the same labels.

Labels only improve, so a run may be worked out in any order. The kernel keeps the labels of plain items and follows
them; the reference keeps those of knotted ones. Each sees the other's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.contact import Share
from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.labels import (
    BORN,
    CERTAIN,
    CODE,
    DEPTH,
    DOUBT_SHIFT,
    ITEM,
    NATIVE,
    SINCE,
    SUSPECT,
)
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.meeting import Met, way_of
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.engine.siblings import BEGUN, BY_EVENT, FAR, MET, ROW
from suyuan.trace.domain.engine.walk import FEED, HOLDERS, MEMBERSHIP, ODD, OPENED, SHARED
from suyuan.trace.domain.facts import HOLDERS as HOLDER_KINDS
from suyuan.trace.domain.facts import Facts, Process
from suyuan.trace.domain.forward import Run
from suyuan.trace.domain.labels import Book, Label
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.links import ForwardLinks
from suyuan.trace.domain.processes import Feed, feeds_of
from suyuan.trace.domain.times import ALWAYS, FOREVER
from suyuan.trace.domain.verdict import Verdicts

_DOUBTS = tuple(Doubt)


def doubts_of(code: int) -> frozenset[Doubt]:
    """Return the doubts that a label's code tells."""
    bits = code >> DOUBT_SHIFT
    return frozenset(doubt for index, doubt in enumerate(_DOUBTS) if bits >> index & 1) if bits else frozenset()


def code_of(label: Label) -> int:
    """Return a label's code."""
    bits = label.certain * CERTAIN | label.suspect * SUSPECT | label.native * NATIVE | label.born * BORN
    return bits | sum(1 << (DOUBT_SHIFT + _DOUBTS.index(doubt)) for doubt in label.doubts)


class SharedBook(Book):
    """The labels of all items: those of knotted ones kept here, those of plain ones read from the kernel.

    ``origins`` are the labels given to plain items, by the numbers (-2 and below) under which the kernel knows them;
    among them labels of knotted items whose cross-contact the kernel tells, and ``sharers`` says which items those are.
    """

    def __init__(self, kernel: Kernel) -> None:
        super().__init__()
        self.kernel = kernel
        self.origins: list[Label] = []
        self.sharers: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self._read: dict[int, Label] = {}
        self._numbers: dict[int, int] = {}
        self._plain: dict[int, bool] = {}
        self._cached: dict[int, list[Label]] = {}
        self.fresh: list[tuple[int, Label]] = []

    def number(self, item: int) -> int:
        """Return an item's number over all segments; -1 where none names it."""
        if item not in self._numbers:
            self._numbers[item] = int(self.kernel.assembled.items(np.array([item], np.int64))[0])
        return self._numbers[item]

    def learn(self, items: Ints, numbers: npt.NDArray[np.integer]) -> None:
        """Take note of the numbers of items."""
        self._numbers.update(zip(items.tolist(), numbers.tolist(), strict=True))

    def is_plain(self, item: int, facts: Facts) -> bool:
        """Tell whether the kernel follows an item."""
        if item not in self._plain:
            number = self.number(item)
            plain = number >= 0 and facts.kind(item) not in HOLDER_KINDS and not self.kernel.is_knotted(number)
            self._plain[item] = plain
        return self._plain[item]

    def forget(self) -> None:
        """The kernel has been at work: what was read of its labels is out of date."""
        self._cached.clear()

    def _labels_of(self, item: int) -> list[Label]:
        if item not in self._cached:
            number = self.number(item)
            self._cached[item] = [] if number < 0 else [self.label(row) for row in self.kernel.rows_of(number)]
        return self._cached[item]

    def label(self, row: int) -> Label:
        """Return a row of the kernel's table as a label."""
        if row not in self._read:
            columns = self.kernel.own.columns
            code = int(columns[CODE][row])
            label = Label(
                bool(code & CERTAIN), int(columns[SINCE][row]), depth=int(columns[DEPTH][row]),
                suspect=bool(code & SUSPECT), native=bool(code & NATIVE), born=bool(code & BORN),
                doubts=doubts_of(code),
            )  # fmt: skip
            self._read[row] = label
            self.rows[id(label)] = row
        return self._read[row]

    def __contains__(self, item: int) -> bool:
        return super().__contains__(item) or bool(self.of(item))

    def of(self, item: int) -> Iterable[Label]:
        """Return an item's labels."""
        return super().of(item) if super().__contains__(item) else self._labels_of(item)

    def certain(self, item: int) -> Iterable[Label]:
        """Return an item's certain labels."""
        return [label for label in self.of(item) if label.certain]

    def give(self, item: int, label: Label) -> bool:
        """Give a plain item a label; return whether it says something new. The kernel gets it with the others."""
        held = self._labels_of(item)
        if any(old.covers(label) for old in held):
            return False
        self._cached[item] = [*(old for old in held if not label.covers(old)), label]
        self.fresh.append((item, label))
        return True

    def sharer(self, back: int) -> tuple[int, Label]:
        """Return whose label it is that cross-contact came from, and the label."""
        if back >= 0:
            return int(self.kernel.own.columns[ITEM][back]), self.label(back)
        return self.number(self.sharers[-2 - back]), self.origins[-2 - back]

    def hand_over(self, event_of: dict[int, int]) -> None:
        """Enter into the kernel what was given to plain items."""
        for item, label in self.fresh:
            self.origins.append(label)
            number = label.via.event if label.via is not None else None
            event = -1 if number is None else event_of.get(number, -1)
            origin = -1 - len(self.origins)
            self.kernel.enter(self.number(item), code_of(label), label.since, label.depth, origin, event)
        self.fresh.clear()

    @property
    def own(self) -> Iterator[int]:
        """The knotted items that carry labels."""
        return super().__iter__()


class SharedVerdicts(Verdicts):
    """What makes a lot certain, noted where the lot is followed."""

    def __init__(self, facts: Facts, carriages: Carriages, book: SharedBook, event_of: dict[int, int]) -> None:
        super().__init__(facts, carriages, book)
        self._shared = book
        self._event_of = event_of
        self._fills = _Fills(self)

    def fill(self, item: int, making: TraceEvent, who: int) -> bool:
        """Note that ``making`` surely brought the suspect into ``item``."""
        if self._shared.is_plain(item, self._facts):
            if self._facts.kind(item) is not ItemKind.LOT:
                return False
            return self._shared.kernel.fill(self._shared.number(item), self._event_of[making.number])
        return super().fill(item, making, who)

    def filled(self, item: int, event: int) -> int:
        """Return 1 where the kernel has noted that an event surely brought the suspect into a plain lot."""
        if not self._shared.is_plain(item, self._facts) or event not in self._event_of:
            return 0
        return int(self._shared.kernel.filled[self._event_of[event]])


class _Fills(dict[tuple[int, int], int]):
    """What surely filled lots: the reference's own notes, and the kernel's for plain lots."""

    def __init__(self, verdicts: SharedVerdicts) -> None:
        super().__init__()
        self._verdicts = verdicts

    def get(self, key: tuple[int, int], default: int = 0) -> int:  # type: ignore[override]  # always a number here
        return super().get(key) or self._verdicts.filled(*key)


class MixedLinks(ForwardLinks):
    """The hops that are the reference's to follow: all from knotted items, and those that the kernel handed over."""

    def __init__(self, facts: Facts, carriages: Carriages, book: SharedBook) -> None:
        super().__init__(facts, carriages)
        self._book = book
        self.feeding: dict[int, dict[int, None]] = defaultdict(dict)
        self.fed_within: set[int] = set()
        self.meant: dict[int, dict[int, None]] = defaultdict(dict)
        self.opened: set[int] = set()

    def prepare(self, items: Collection[int], holders: Collection[int]) -> None:
        """Read, in batches, what the hops from knotted items need."""
        plain = self._book.is_plain
        super().prepare(
            [item for item in items if not plain(item, self._facts)],
            [item for item in holders if not plain(item, self._facts)],
        )

    def feeds(self, item: int) -> Iterable[tuple[Process, Feed]]:
        if not self._book.is_plain(item, self._facts):
            yield from super().feeds(item)
            return
        alone = Carriage((item,), (), ALWAYS, ALWAYS)
        for number in self.feeding[item]:
            event = self._facts.view.event(number)
            for part in event.having(Role.INPUT):
                if part.item == item:
                    yield self._facts.process_of(event), Feed(alone, event, part)
        if item in self.fed_within:
            found = feeds_of(self._facts, self._carriages, item)
            yield from ((process, feed) for process, feed in found if feed.carriage.steps)

    def members(self, lot: int) -> Iterable[int]:
        return self.meant[lot] if self._book.is_plain(lot, self._facts) else super().members(lot)

    def held(self, holder: int) -> Iterable[Carriage]:
        alone = holder not in self.opened and self._book.is_plain(holder, self._facts)
        return () if alone else super().held(holder)


class Guest(Run):
    """A run of the reference over the items and hops that the kernel leaves to it."""

    def __init__(
        self, facts: Facts, carriages: Carriages, book: SharedBook, ledger: IndexLedger, *, siblings: bool
    ) -> None:
        self.links = MixedLinks(facts, carriages, book)
        super().__init__(facts, carriages, self.links, siblings=siblings)
        self.book: SharedBook = book
        self.ledger = ledger
        self.verdicts = SharedVerdicts(facts, carriages, book, ledger.located)
        self.odd: set[int] = set()
        self.sharing: set[int] = set()
        self._shared: set[int] = set()

    def accept(self, given: Ints) -> set[int]:
        """Take over what the kernel handed over; return the items to follow."""
        if len(given) == 0:
            return set()
        assembled, frontier = self.book.kernel.assembled, set[int]()
        items = assembled.ids(given[:, 0])
        self.book.learn(items, given[:, 0])
        for item, (_, what, which) in zip(items.tolist(), given.tolist(), strict=True):
            if what == ODD:
                self.odd.add(item)
                continue
            frontier.add(item)
            self._processes_of.pop(item, None)
            if what == FEED:
                event = self.ledger.event_at(which)
                self.facts.view.know([event])
                self.links.feeding[item][event.number] = None
            elif what == MEMBERSHIP:
                self.links.meant[item][int(assembled.ids(given[:1, 0] * 0 + which)[0])] = None
            elif what == HOLDERS:
                self.links.fed_within.add(item)
            elif what == OPENED:
                self.links.opened.add(item)
            elif what == SHARED:
                self.sharing.add(item)
        return frontier

    def meet(self) -> set[int]:
        """Take over what knotted items are told of cross-contact; return those that gained by it."""
        kernel, gained = self.book.kernel, set[int]()
        for met in kernel.met:
            items = kernel.assembled.ids(met[:, MET])
            self.book.learn(items, met[:, MET])
            for item, row in zip(items.tolist(), met, strict=True):
                label = Label(False, int(row[BEGUN]), depth=int(row[FAR]), doubts=frozenset({Doubt.CONTACT}))
                if any(old.covers(label) for old in self.book.of(item)):
                    continue
                theirs, came = self.book.sharer(int(row[ROW]))
                hop = Met(theirs, int(row[MET]), int(row[BEGUN]), int(row[FAR]), int(row[BY_EVENT]))
                self.book.add(item, replace(label, via=way_of(kernel, hop, came)))
                gained.add(item)
        kernel.met.clear()
        return gained

    def pursue(self, frontier: set[int]) -> None:
        """Follow these items, and all knotted ones that gain by it."""
        while frontier:
            gained = self.advance(frontier)
            frontier = {item for item in gained if not self.book.is_plain(item, self.facts)}

    def _shares(self, item: int) -> Iterator[tuple[Share, Label, Carriage]]:
        if item in self.sharing:
            return super()._shares(item)
        plain = self.book.is_plain(item, self.facts)
        return iter(()) if plain or self._shares_compiled(item) else super()._shares(item)

    def _shares_compiled(self, item: int) -> bool:
        """Leave the cross-contact of a knotted unit to the kernel; return whether that can be."""
        book, kernel, number = self.book, self.book.kernel, self.book.number(item)
        if self.facts.kind(item) is not ItemKind.UNIT or number < 0 or kernel.is_stray(number):
            return False
        for label in book.certain(item):
            if id(label) in self._shared:
                continue
            origin = -2 - len(book.origins)
            if label.until != FOREVER or not kernel.share(origin, number, label.since, label.depth):
                return False
            book.sharers[len(book.origins)] = item
            book.origins.append(label)
            self._shared.add(id(label))
        return True

    def _enter(self, item: int, label: Label) -> bool:
        if self.book.is_plain(item, self.facts):
            self.book.give(item, label)
        elif self.book.add(item, label):
            self._changed.add(item)
        return True
