"""F1: how something named by a feed of a process reaches what the process makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suyuan.trace.contracts import ItemKind, Role
from suyuan.trace.domain.answer import Doubt
from suyuan.trace.domain.carriage import Carriage, Carriages, serials_cover
from suyuan.trace.domain.facts import HOLDERS, Facts, Process
from suyuan.trace.domain.ledger import TraceEvent, TraceParticipation
from suyuan.trace.domain.times import EVER, Span


@dataclass(frozen=True, slots=True)
class Feed:
    """A source brought into a process: named there itself, or meant through what holds it or its lot."""

    carriage: Carriage
    event: TraceEvent
    part: TraceParticipation

    @property
    def source(self) -> int:
        """The item brought in."""
        return self.carriage.source


@dataclass(frozen=True, slots=True)
class Passage:
    """A feed's way to what one event makes.

    A label on the source passes if it may begin by ``by`` and may last to ``after``; what it gives begins at
    ``since`` at the earliest. ``window`` is when the feed took place. ``doubts`` are the link's own; without any, it
    is sure.
    """

    since: int
    by: int
    after: int
    window: Span
    doubts: frozenset[Doubt]


def feeds_of(facts: Facts, carriages: Carriages, item: int) -> Iterable[tuple[Process, Feed]]:
    """Return every feed through which ``item`` is brought into a process."""
    for carriage in carriages.up(item):
        for event in facts.view.events(carriage.named, Role.INPUT):
            if carriage.behind_lot and serials_cover(facts, event, carriage.named, Role.INPUT):
                continue
            for part in event.having(Role.INPUT):
                if part.item == carriage.named:
                    yield facts.process_of(event), Feed(carriage, event, part)


def brought_in(facts: Facts, carriages: Carriages, process: Process) -> Iterable[Feed]:
    """Return every feed of ``process``, with all that its inputs held or meant."""
    for event, part in process.feeds:
        if facts.kind(part.item) is ItemKind.PRODUCT:
            continue
        for carriage in carriages.down(part.item):
            if carriage.behind_lot and serials_cover(facts, event, part.item, Role.INPUT):
                continue
            yield Feed(carriage, event, part)


def feed_window(feed: TraceEvent, making: TraceEvent, low: int) -> Span:
    """Return when ``feed`` took place; in the same event as the making (which may be as early as ``low``), with it."""
    return Span(low, making.at) if feed is making else Span(feed.low, feed.at)


def passage(facts: Facts, feed: Feed, making: TraceEvent, low: int) -> Passage | None:
    """Return the way from ``feed`` to what ``making`` made at ``low`` at the earliest; None where there is none."""
    clock, hull = facts.clock, feed.carriage.hull
    same = feed.event is making
    window = feed_window(feed.event, making, low)
    if not same and not clock.may(window.since, making.at):
        return None
    if not clock.may_meet(hull, Span(window.since, making.at)):
        return None
    doubts: set[Doubt] = set()
    if feed.carriage.lot_level:
        doubts.add(Doubt.LOT_LEVEL)
    elif not clock.surely_within(window.since, window.until, feed.carriage.core):
        doubts.add(_presence_doubt(facts, feed, window))
    if feed.carriage.steps and facts.kind(feed.source) in HOLDERS:
        doubts.add(Doubt.PRESENCE)  # a suspect container inside the one that was fed: was it opened?
    if not same and not clock.surely(window.until, making.low):
        doubts.add(Doubt.ORDER if not clock.surely(window.until, making.at) else Doubt.BOOKING_LAG)
    return Passage(
        since=max(low, hull.since, EVER if same else window.since),
        by=min(making.at, hull.until),
        after=max(window.since, hull.since),
        window=window,
        doubts=frozenset(doubts),
    )


def _presence_doubt(facts: Facts, feed: Feed, window: Span) -> Doubt:
    """Say why it is not sure that the holder held the source when it was fed."""
    stays = [stay for stay in feed.carriage.steps if stay is not None]
    if any(s.emptied_by and facts.clock.may(s.emptied_by.low, window.until) for s in stays):
        return Doubt.RESIDUE
    if any(s.hull.since <= window.since and window.until <= s.hull.until and not s.seen for s in stays):
        return Doubt.ORDER
    return Doubt.PRESENCE


def taken_apart(facts: Facts, feed: Feed, target: int, making: TraceEvent) -> bool:
    """Tell whether ``target`` is a known part of the unit fed here.

    A part keeps its own history when the unit is taken apart.
    """
    whole = feed.carriage.named
    return whole != target and facts.known_part(target, whole, making.at)


@dataclass(frozen=True, slots=True)
class Granule:
    """Something that goes into a process as one piece: a thing fed directly, or one found in a container that was
    fed.
    """

    item: int
    window: Span
    direct: bool
    counted: bool


def granules(facts: Facts, carriages: Carriages, process: Process, making: TraceEvent, low: int) -> list[Granule]:
    """Return every piece that may have gone into what ``making`` made."""
    found: list[Granule] = []
    for event, part in process.feeds:
        window = feed_window(event, making, low)
        if event is not making and not facts.clock.may(window.since, making.at):
            continue
        if facts.kind(part.item) not in HOLDERS:
            counted = part.quantity is not None or facts.kind(part.item) is ItemKind.UNIT
            found.append(Granule(part.item, window, direct=True, counted=counted))
            continue
        for carriage in carriages.down(part.item):
            loose = facts.kind(carriage.source) not in HOLDERS and all(
                facts.kind(node) in HOLDERS for node in carriage.nodes[1:]
            )
            held = carriage.hull.meet(Span(window.since, making.at))
            if loose and facts.clock.may(held.since, held.until):
                found.append(Granule(carriage.source, held, direct=False, counted=False))
    return found
