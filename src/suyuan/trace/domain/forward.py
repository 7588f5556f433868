"""Forward tracing: labels spread hop by hop until nothing improves any more."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from suyuan.trace.contracts import ItemKind
from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.contact import Contacts, Share
from suyuan.trace.domain.facts import HOLDERS, THINGS, Facts, Process
from suyuan.trace.domain.labels import Book, Label, Via
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.links import Links
from suyuan.trace.domain.processes import Feed, passage, taken_apart
from suyuan.trace.domain.times import FOREVER, Span
from suyuan.trace.domain.verdict import Verdicts


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a run may go. ``within``: only these items (None: all); ``hearing``: only these are labelled by
    cross-contact (None: all).
    """

    depth: int | None = None
    items: int | None = None
    within: Container[int] | None = None
    hearing: Container[int] | None = None


@dataclass(slots=True)
class _Fed:
    process: Process
    feeds: list[Feed] = field(default_factory=list)


class Run:
    """One spread of labels. After :meth:`spread`, ``book`` holds the labels, ``cut`` the items that the limits
    refused.
    """

    def __init__(
        self, facts: Facts, carriages: Carriages, links: Links, *, siblings: bool = False, limits: Limits | None = None
    ) -> None:
        self.facts = facts
        self.carriages = carriages
        self.book = Book()
        self.verdicts = Verdicts(facts, carriages, self.book)
        self.cut: set[int] = set()
        self.edges: set[tuple[int, int, int | None]] = set()
        self._links = links
        self._siblings = siblings
        self._limits = limits or Limits()
        self._contacts = Contacts(links.held, facts.clock, self._limits.hearing)
        self._spoken: dict[int, Label] = {}
        self._heard: dict[tuple[int, int, int], int] = {}
        self._fed: dict[str, _Fed] = {}
        self._processes_of: dict[int, list[str]] = {}
        self._changed: set[int] = set()

    def spread(self, starts: Mapping[int, Label]) -> None:
        """Label the start items and follow every hop until no label improves. Rounds are levels: one batch of reads
        each.
        """
        for item, label in starts.items():
            self.book.add(item, label)
        frontier = set(starts)
        while frontier:
            frontier = self.advance(frontier)

    def advance(self, frontier: set[int]) -> set[int]:
        """Follow every hop from these items once; return the items that gained by it."""
        self._changed = set()
        self._links.prepare(frontier, [item for item in frontier if self._opens(item)])
        fed = [self._fed[key] for key in self._meet(frontier)]
        self._links.targets([each.process for each in fed])
        for each in fed:
            self._flow(each)
        for item in sorted(frontier):
            self._to_members(item)
            self._to_contents(item)
        if self._siblings:
            self._to_siblings(frontier)
        return self._changed

    def _opens(self, item: int) -> bool:
        """Tell whether what ``item`` held is affected with it (F7)."""
        is_holder = self.facts.kind(item) in HOLDERS
        return is_holder or (self.facts.kind(item) is ItemKind.UNIT and any(x.suspect for x in self.book.of(item)))

    def _meet(self, items: Iterable[int]) -> list[str]:
        """Return the processes that these items are brought into, noting their feeds."""
        keys: dict[str, None] = {}
        for item in sorted(items):
            if item not in self._processes_of:
                mine: dict[str, None] = {}
                for process, feed in self._links.feeds(item):
                    fed = self._fed.setdefault(process.key, _Fed(process))
                    fed.feeds.append(feed)
                    mine[process.key] = None
                self._processes_of[item] = list(mine)
            keys.update(dict.fromkeys(self._processes_of[item]))
        return list(keys)

    def _wanted(self, item: int) -> bool:
        return self._limits.within is None or item in self._limits.within

    def _deeper(self, label: Label, hops: int) -> int:
        return label.depth + hops

    def _enter(self, item: int, label: Label) -> bool:
        """Enter a label unless the limits refuse it; return whether the limits allow it."""
        limits = self._limits
        too_deep = limits.depth is not None and label.depth > limits.depth
        too_many = limits.items is not None and item not in self.book and len(self.book) >= limits.items
        if too_deep or too_many:
            self.cut.add(item)
            return False
        if self.book.add(item, label):
            self._changed.add(item)
        return True

    # -- F1, F3: processes

    def _flow(self, fed: _Fed) -> None:
        taken = {part.item for _, part in fed.process.feeds}
        for making, parts in fed.process.outputs:
            groups: dict[int, list[int]] = {}
            for target in dict.fromkeys(part.item for part in parts):
                if self.facts.kind(target) is ItemKind.PRODUCT:
                    continue
                if self._wanted(target):
                    groups.setdefault(self.facts.earliest(making), []).append(target)
                if target in taken and self.facts.kind(target) is ItemKind.LOT:
                    self._treated(fed, making, target)
            for low, targets in groups.items():
                self._make(fed, making, low, targets)

    def _treated(self, fed: _Fed, making: TraceEvent, lot: int) -> None:
        """A lot that goes in and comes out without serials: any member there by then may have been in the process
        (F4).
        """
        low = self.facts.earliest(making)
        for unit in self._links.members(lot):
            born = self.facts.commissioned(unit)[0].since
            if self._wanted(unit) and self.facts.clock.may(born, making.at):
                self._make(fed, making, max(low, born), [unit], lot_level=True)

    def _make(self, fed: _Fed, making: TraceEvent, low: int, targets: list[int], *, lot_level: bool = False) -> None:
        for feed in fed.feeds:
            for label in list(self.book.of(feed.source)):
                for arrival, sure in self._arrivals(fed.process, feed, making, low, label, lot_level=lot_level):
                    self._arrive(feed, making, targets, arrival, sure)

    def _arrivals(
        self, process: Process, feed: Feed, making: TraceEvent, low: int, label: Label, *, lot_level: bool
    ) -> Iterable[tuple[Label, bool]]:
        """Return what ``label`` gives to what ``making`` made: for sure from its time on, or possibly, perhaps
        earlier.
        """
        clock = self.facts.clock
        way = passage(self.facts, feed, making, low)
        if way is None or not clock.may(label.since, way.by) or not clock.may(way.after, label.until):
            return
        carriage = feed.carriage
        via = Via(feed.source, label, making.number, carriage.nodes[1:], carriage.events)
        depth = self._deeper(label, len(carriage.nodes))
        doubts = label.doubts | way.doubts | ({Doubt.LOT_LEVEL} if lot_level else set())
        who = 0
        if label.certain and not doubts:
            is_lot = self.facts.kind(feed.source) is ItemKind.LOT
            sure = self.verdicts.sure(feed.source, way.window.since if is_lot else low, way.window.until)
            clear = self.verdicts.unrivalled(process, making, low, feed)
            who = label.who & sure & clear
            if who:
                yield Label(True, max(label.since, making.at), depth=depth, who=who, via=via), True
            if label.who & ~sure:
                begun = clock.surely(label.since, low)
                doubts |= {Doubt.PART_OF_LOT if is_lot and begun else Doubt.ORDER}
            if label.who & ~clear:
                doubts |= {Doubt.MIXED}
        if low < making.at:
            doubts |= {Doubt.LATE_BOOKING if low < making.low else Doubt.BOOKING_LAG}
        if doubts or label.who & ~who:
            used_after = label.born and not carriage.steps  # it was used, so it had been made, whenever that was booked
            made = label.since - self.facts.latest_booking if used_after else label.since
            since = max(made, way.since)
            yield Label(False, since, depth=depth, who=label.who, doubts=frozenset(doubts), via=via), False

    def _arrive(self, feed: Feed, making: TraceEvent, targets: list[int], arrival: Label, sure: bool) -> None:
        for target in targets:
            if target == feed.source or taken_apart(self.facts, feed, target, making):
                continue
            kind = self.facts.kind(target)
            until = self.facts.load_end(target, making.at) if kind in HOLDERS else FOREVER
            native = sure and kind is ItemKind.UNIT and self.facts.makings(target) == (making,)
            label = Label(
                arrival.certain, arrival.since, until, arrival.depth, arrival.who,
                native=native, born=self.facts.first_made(target, making), doubts=arrival.doubts, via=arrival.via,
            )  # fmt: skip
            if self._enter(target, label):
                self.edges.add((feed.carriage.named, target, making.number))
                if sure and self.verdicts.fill(target, making, arrival.who):
                    self._changed.add(target)

    # -- F4: members

    def _to_members(self, lot: int) -> None:
        if self.facts.kind(lot) is not ItemKind.LOT:
            return
        for unit in self._links.members(lot):
            if not self._wanted(unit):
                continue
            window, event = self.facts.commissioned(unit)
            for label in list(self.book.of(lot)):
                if self.facts.clock.may(label.since, window.until):
                    self._to_member(lot, unit, label, window, event)

    def _to_member(self, lot: int, unit: int, label: Label, window: Span, event: int | None) -> None:
        via, depth = Via(lot, label, event), self._deeper(label, 1)
        who = label.who & self.verdicts.sure(lot, window.since, window.until) if label.certain else 0
        since = max(label.since, window.since)
        if who:
            sure = Label(True, since, depth=depth, who=who, suspect=label.suspect, native=True, born=True, via=via)
            self._enter(unit, sure)
        if label.who & ~who:
            doubts = label.doubts | ({Doubt.PART_OF_LOT} if label.certain else set())
            maybe = Label(False, since, FOREVER, depth, label.who, label.suspect, born=True, doubts=doubts, via=via)
            self._enter(unit, maybe)
        self.edges.add((lot, unit, event))

    # -- F7, and carriers that a process filled

    def _to_contents(self, holder: int) -> None:
        if not self._opens(holder):
            return
        is_holder = self.facts.kind(holder) in HOLDERS
        labels = [label for label in self.book.of(holder) if is_holder or label.suspect]
        for carriage in self._links.held(holder):
            if carriage.source == holder or not self._wanted(carriage.source):
                continue
            for label in labels:
                if self.facts.clock.may_meet(carriage.hull, label.span):
                    self._to_content(carriage, label)

    def _to_content(self, carriage: Carriage, label: Label) -> None:
        facts, target = self.facts, carriage.source
        kind, until = facts.kind(target), FOREVER
        if kind is ItemKind.PRODUCT:
            return
        if kind in HOLDERS:
            if facts.contents_known(target, Span(carriage.hull.since, carriage.hull.since)):
                return  # what it is known to hold is labelled instead
            until = facts.unnamed_until(target, carriage.hull.since)
        certain = (
            label.certain and label.suspect and kind is ItemKind.UNIT
            and facts.clock.surely_meet(carriage.core, label.span)
        )  # fmt: skip
        via = _down_via(carriage, label)
        depth = self._deeper(label, len(carriage.steps))
        if certain:
            since = max(carriage.core.since, label.since)
            self._enter(target, Label(True, since, until, depth, label.who, via=via))
        doubts = label.doubts | ({Doubt.LOT_LEVEL} if carriage.lot_level else {Doubt.CONTACT})
        since = max(carriage.hull.since, label.since)
        self._enter(target, Label(False, since, until, depth, label.who, doubts=doubts, via=via))
        self.edges.add((carriage.nodes[1], target, via.event))

    # -- F5: cross-contact

    def _to_siblings(self, items: Iterable[int]) -> None:
        shares = [share for item in sorted(items) for share in self._shares(item)]
        for share, label, up in sorted(shares, key=lambda found: (found[0].span.since, found[0].depth)):
            self._share(share, label, up)

    def _shares(self, item: int) -> Iterator[tuple[Share, Label, Carriage]]:
        if self.facts.kind(item) not in THINGS:
            return
        above = [up for up in self.carriages.up(item)[1:] if self._contacts.anybody(up.named)]
        for label in list(self.book.certain(item)) if above else ():
            if id(label) in self._spoken:
                continue
            if self.facts.kind(item) is ItemKind.UNIT:  # (of a lot, more may become sure)
                self._spoken[id(label)] = label
            for carriage in above:
                shared = carriage.hull.meet(label.span)
                holds = self.facts.kind(carriage.named) in HOLDERS and not carriage.lot_level
                if not holds or not self.facts.clock.may(shared.since, shared.until):
                    continue
                who = label.who
                if self.facts.kind(item) is ItemKind.LOT:
                    who &= self.verdicts.sure(item, shared.since, shared.since)
                if who:
                    yield Share(item, carriage.named, shared, label.depth + len(carriage.steps), who), label, carriage

    def _share(self, share: Share, label: Label, up: Carriage) -> None:
        limits = self._limits
        unlimited = limits.depth is None and limits.items is None  # else whatever a limit refuses is to be counted
        for down in self._contacts.news(share) if unlimited else self._links.held(up.named):
            other = down.source
            if other == share.item or self.facts.kind(other) not in THINGS or not self._wanted(other):
                continue
            if self.facts.clock.may_meet(down.hull, share.span):
                via = _shared_via(label, up, down)
                since = max(down.hull.since, share.span.since)
                depth, doubts = share.depth + len(down.steps), frozenset({Doubt.CONTACT})
                if self._limits.hearing is not None and self._has_heard(other, since, depth, share.who):
                    continue
                self._enter(other, Label(False, since, FOREVER, depth, share.who, doubts=doubts, via=via))
                self.edges.add((down.nodes[1], other, via.event))

    def _has_heard(self, item: int, since: int, depth: int, who: int) -> bool:
        """Tell whether an item was told the same of these suspects before, and note that it is told now."""
        heard = self._heard.get((item, since, depth), 0)
        self._heard[item, since, depth] = heard | who
        return not who & ~heard


def _down_via(carriage: Carriage, label: Label) -> Via:
    """Return the hop from a holder down to what it held: its containers from the outside in."""
    events = carriage.events
    return Via(carriage.named, label, events[0], carriage.nodes[-2:0:-1], events[:0:-1])


def _shared_via(label: Label, up: Carriage, down: Carriage) -> Via:
    events = down.events
    through = (*up.nodes[1:], *down.nodes[-2:0:-1])
    return Via(up.source, label, events[0], through, (*up.events, *events[:0:-1]))
