"""The mirrored search: from a product back to everything that can have reached it, with the time by which it must have.

Forward, a hop takes a label that begins by some instant and lasts to another, and gives one that begins no earlier
than a third. Mirrored, a *need* on the target (a label that begins by ``by`` and lasts to ``after``) becomes a need
on the source. Both read the same hops (passage, carriage), so what the search finds is exactly what forward could
reach the product, verdicts aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.batches import read_downward, read_feeds, read_makings, read_processes, read_upward
from suyuan.trace.domain.carriage import Carriage, Carriages
from suyuan.trace.domain.facts import HOLDERS, THINGS, Facts, Process
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.processes import Feed, brought_in, passage, taken_apart
from suyuan.trace.domain.times import EVER, Span


@dataclass(frozen=True, slots=True)
class Need:
    """What must be true of an item for it to have reached the product: labelled by ``by`` and still at ``after``.

    ``suspect``: only if the item itself, or its lot, is the suspect (F7: a unit and the parts in it). ``born_by``: the
    instant by which the first making of the item must be on record, where the item was surely used by ``by``.
    ``contact``: cross-contact lies between here and the product. What hears of one is possible, and tells nobody: so
    there is never a second on the way.
    """

    after: int
    by: int
    suspect: bool = False
    born_by: int = EVER
    contact: bool = False

    def covers(self, other: Need) -> bool:
        """Tell whether whatever meets ``other`` meets this."""
        return (
            self.after <= other.after
            and self.by >= other.by
            and self.suspect <= other.suspect
            and self.contact <= other.contact
            and max(self.born_by, self.by) >= max(other.born_by, other.by)
        )


class CollectedLinks:
    """The hops that the mirrored search met, as a run reads them."""

    def __init__(self) -> None:
        self._feeds: dict[int, dict[tuple[str, int, tuple[int, ...], tuple[object, ...]], tuple[Process, Feed]]]
        self._feeds = defaultdict(dict)
        self._members: dict[int, dict[int, None]] = defaultdict(dict)
        self._held: dict[int, dict[Carriage, None]] = defaultdict(dict)

    def feed(self, process: Process, feed: Feed) -> None:
        """Note that ``feed`` brought its source into ``process``."""
        steps = tuple((stay.opened_by.number, stay.hull) if stay else None for stay in feed.carriage.steps)
        key = process.key, feed.event.number, feed.carriage.nodes, steps
        self._feeds[feed.source].setdefault(key, (process, feed))

    def member(self, lot: int, unit: int) -> None:
        """Note a member."""
        self._members[lot][unit] = None

    def hold(self, carriage: Carriage) -> None:
        """Note that the named holder held the source."""
        self._held[carriage.named][carriage] = None

    def prepare(self, items: Collection[int], holders: Collection[int]) -> None:
        """Everything has been read."""

    def targets(self, processes: Collection[Process]) -> None:
        """Everything has been read."""

    def feeds(self, item: int) -> Iterable[tuple[Process, Feed]]:
        return self._feeds[item].values()

    def members(self, lot: int) -> Iterable[int]:
        return self._members[lot]

    def held(self, holder: int) -> Iterable[Carriage]:
        return self._held[holder]


class Search:
    """The mirrored search. ``slack`` (microseconds) widens every comparison of needs, to find also the inputs that
    decide a verdict without lying on a path."""

    def __init__(self, facts: Facts, carriages: Carriages, *, siblings: bool, slack: int = 0) -> None:
        self.needs: dict[int, list[Need]] = {}
        self.links = CollectedLinks()
        self.spans: dict[int, set[Span]] = defaultdict(set)
        self.edges: set[tuple[int, int, int | None]] = set()
        self._facts = facts
        self._carriages = carriages
        self._siblings = siblings
        self._slack = slack + facts.clock.tolerance
        self._fresh: dict[int, list[Need]] = {}
        self._asked_of: dict[int, list[tuple[int, Span, int]]] = defaultdict(list)

    def run(self, asked: Mapping[int, int]) -> None:
        """Search from the asked items, each with the instant at which its history is asked."""
        read_downward(self._facts, asked)
        for item, by in asked.items():
            self._need(item, Need(EVER, by))
            for carriage in self._carriages.down(item):
                if carriage.steps and not carriage.behind_lot and self._may(carriage.hull.since, by):
                    self._hold_for(carriage, by)
        while self._fresh:
            level, self._fresh = self._fresh, {}
            self._prepare(level)
            for item, needs in level.items():
                for need in needs:
                    if need in self.needs[item]:
                        self._expand(item, need)
        for item, needs in self.needs.items():
            for need in needs:
                self._span(item, need)

    @property
    def without_contact(self) -> set[int]:
        """The items from which something reaches the asked ones without cross-contact."""
        return {item for item, needs in self.needs.items() if not all(need.contact for need in needs)}

    def _may(self, earlier: int, later: int) -> bool:
        return earlier <= later + self._slack

    def _need(self, item: int, need: Need) -> None:
        if self._siblings and not need.suspect and self._facts.kind(item) in THINGS:
            # a thing's label never ends; with a thousand things beside it a lot would have as many needs as uses
            need = replace(need, after=EVER)
        held = self.needs.setdefault(item, [])
        if any(old.covers(need) for old in held):
            return
        self.needs[item] = [*(old for old in held if not need.covers(old)), need]
        self._fresh.setdefault(item, []).append(need)

    def _prepare(self, items: Collection[int]) -> None:
        """Read in batches: how the items were made, where they were, what went into them."""
        named = read_upward(self._facts, items)
        makings = read_makings(self._facts, named)
        read_feeds(self._facts, read_processes(self._facts, makings))
        if self._siblings:
            read_downward(self._facts, (item for item in named if self._facts.kind(item) in HOLDERS))

    # -- hops, mirrored

    def _expand(self, item: int, need: Need) -> None:
        kind = self._facts.kind(item)
        if kind is ItemKind.UNIT:
            for lot in self._facts.lots_of(item):
                self._member(lot, item, need)
        if need.suspect:
            return
        for making in self._facts.view.events(item, Role.OUTPUT):
            if kind not in HOLDERS or self._may(need.after, self._facts.load_end(item, making.at)):
                born = self._facts.first_made(item, making)
                by = max(need.by, need.born_by) if born else need.by
                self._made(item, making, self._facts.earliest(making), Need(need.after, by, contact=need.contact))
        if kind is ItemKind.UNIT:
            self._treated(item, need)
        for carriage in self._carriages.up(item)[1:]:
            self._held(carriage, need)

    def _made(self, item: int, making: TraceEvent, low: int, need: Need) -> None:
        process = self._facts.process_of(making)
        for feed in brought_in(self._facts, self._carriages, process):
            if feed.source == item or taken_apart(self._facts, feed, item, making):
                continue
            way = passage(self._facts, feed, making, low)
            if way is None or not self._may(way.since, need.by):
                continue
            self.links.feed(process, feed)
            nodes, events = feed.carriage.nodes, feed.carriage.events
            self.edges.add((feed.carriage.named, item, making.number))
            self.edges.update(zip(nodes, nodes[1:], events, strict=False))
            if self._facts.kind(feed.source) in HOLDERS:
                self.spans[feed.source].add(Span(way.window.since, making.at).meet(feed.carriage.hull))
            born_by = EVER if feed.carriage.steps else min(need.by + self._facts.latest_booking, way.by)
            by = min(need.by, way.by)
            self._need(feed.source, Need(way.after, by, born_by=born_by, contact=need.contact))

    def _treated(self, unit: int, need: Need) -> None:
        """Mirror of a lot that goes into a process and comes out of it without serials."""
        born = self._facts.commissioned(unit)[0].since
        for lot in self._facts.lots_of(unit):
            for making in self._facts.view.events(lot, Role.OUTPUT):
                taken = any(part.item == lot for _, part in self._facts.process_of(making).feeds)
                if taken and self._facts.clock.may(born, making.at):
                    self.links.member(lot, unit)
                    self._made(unit, making, max(self._facts.earliest(making), born), need)

    def _member(self, lot: int, unit: int, need: Need) -> None:
        window, event = self._facts.commissioned(unit)
        by = max(need.by, need.born_by)
        if self._may(window.since, by):
            self.links.member(lot, unit)
            self.edges.add((lot, unit, event))
            self._need(lot, Need(EVER, min(by, window.until), need.suspect, contact=need.contact))

    def _held(self, carriage: Carriage, need: Need) -> None:
        """Mirror of F7: a suspect holder labels what it held; and of F5, if asked."""
        if not self._mattered(carriage, need):
            return
        facts, holder, item = self._facts, carriage.named, carriage.source
        kind = facts.kind(holder)
        self.links.hold(carriage)
        self.edges.add((holder, carriage.nodes[-2], carriage.events[-1]))
        by = min(need.by, carriage.hull.until)
        self._need(holder, Need(carriage.hull.since, by, kind is ItemKind.UNIT, contact=need.contact))
        if self._siblings and not need.contact and kind in HOLDERS and facts.kind(item) in THINGS:
            self._shared(carriage, need)

    def _mattered(self, carriage: Carriage, need: Need) -> bool:
        """Tell whether a holder, had it been suspect, may have labelled what is needed of the item in it."""
        facts, item = self._facts, carriage.source
        if facts.kind(item) is ItemKind.PRODUCT or not self._may(carriage.hull.since, need.by):
            return False
        if facts.kind(carriage.named) is ItemKind.LOT:
            return False
        return facts.kind(item) not in HOLDERS or self._unnamed(item, carriage.hull, need)

    def _span(self, item: int, need: Need) -> None:
        """Note when holders held something that mattered: told of what is needed in the end, so that it does not depend
        on the order in which the search came by it.
        """
        if need.suspect:
            return
        for carriage in self._carriages.up(item)[1:]:
            if self._mattered(carriage, need):
                self.spans[carriage.named].add(carriage.hull.meet(Span(EVER, need.by)))

    def _unnamed(self, carrier: int, held: Span, need: Need) -> bool:
        """Tell whether ``carrier`` may have held something without a name when it was put there, for long enough."""
        known = self._facts.contents_known(carrier, Span(held.since, held.since))
        return not known and self._may(need.after, self._facts.unnamed_until(carrier, held.since))

    def _shared(self, down: Carriage, need: Need) -> None:
        """Ask for all that was in a holder with something: once (as contact tells). Where another thing asked for as
        much before, only that one is left to be asked for; where two did, nobody.
        """
        asked = self._asked_of[down.named]
        covering = {
            item for item, hull, by in asked
            if hull.since <= down.hull.since and hull.until >= down.hull.until and by >= need.by
        }  # fmt: skip
        if down.source in covering or len(covering) > 1:
            return
        asked.append((down.source, down.hull, need.by))
        for up in self._carriages.down(down.named):
            other = up.source
            if other == down.source or up.lot_level or self._facts.kind(other) not in THINGS:
                continue
            if covering and other not in covering:
                continue
            if not self._facts.clock.may_meet(up.hull, down.hull) or not self._may(up.hull.since, need.by):
                continue
            self.edges.add((other, up.nodes[1], up.events[0]))
            self._need(other, Need(up.hull.since, min(need.by, up.hull.until, down.hull.until), contact=True))

    def _hold_for(self, carriage: Carriage, by: int) -> None:
        self.edges.update(zip(carriage.nodes, carriage.nodes[1:], carriage.events, strict=False))
        if self._facts.kind(carriage.source) in HOLDERS:
            self.spans[carriage.source].add(carriage.hull)
        self._need(carriage.source, Need(carriage.hull.since, min(by, carriage.hull.until)))
