"""The question that tracing answers, and the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from suyuan.trace.contracts import Direction, GapKind, ItemKind, Reason, Verdict


class Doubt(StrEnum):
    """Why a link is only possible (trace semantics, Verdict)."""

    MIXED = "mixed"
    """Another input of the same product, or an alternative, may have gone in instead (a)."""
    PART_OF_LOT = "part_of_lot"
    """Not all of the lot is affected at that time (b)."""
    ORDER = "order"
    """Two instants are so close that they may stand in either order (c)."""
    BOOKING_LAG = "booking_lag"
    """The step is declared to be booked later than it happens (c)."""
    LATE_BOOKING = "late_booking"
    """The item was used before its making was booked (c)."""
    RESIDUE = "residue"
    """The container was emptied, not cleaned (c)."""
    LOT_LEVEL = "lot_level"
    """The record names only the lot; it may mean this unit or another (c)."""
    PRESENCE = "presence"
    """The record does not say for sure that it was in the container at that time."""
    CONTACT = "contact"
    """It shared a container with an affected item, or was held as a lot by a suspect container."""


class ItemRole(StrEnum):
    """What a listed item is to the question."""

    START = "start"
    PRODUCT = "product"
    CARRIER = "carrier"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Start:
    """An item asked about. ``time`` is forward the instant from which it is suspect (None: ever), backward the instant
    at which its history is asked (None: to the end of the record)."""

    item: int
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What to trace, and how.

    ``as_of``: what was on record then (None: now). ``siblings``: list cross-contact too. ``tolerance``: the site's ε.
    ``depth``: at most so many hops. ``limit``: at most so many items. ``closure``: also work out the time-blind closure
    and say of each of its items why it is excluded. ``emptied_ends``: the site says that an emptied container is clean.
    ``latest_booking``: how late the site books at most, where a use shows that a making was booked late.
    """

    direction: Direction
    starts: tuple[Start, ...]
    as_of: datetime | None = None
    siblings: bool = False
    tolerance: timedelta = timedelta()
    depth: int | None = None
    limit: int | None = None
    closure: bool = True
    emptied_ends: bool = False
    latest_booking: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AnswerLabel:
    """A verdict with its time: from ``since`` (None: ever) until ``until`` (None: no end)."""

    verdict: Verdict
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of an explaining path, away from an item and towards the start of the question.

    ``item`` is the neighbour (forward the cause, backward the effect), ``event`` what joins the two (None: a lot and a
    member of which no event tells the commissioning), ``through`` the containers and lots between them in causal
    direction, each with the event by which it was entered (``through_events``; None: a unit stands behind its lot).
    """

    item: int
    event: int | None
    through: tuple[int, ...] = ()
    through_events: tuple[int | None, ...] = ()
    onward: Hop | None = None


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """A listed item.

    ``labels`` holds every label, the best first. ``hop`` begins the shortest explaining path. ``doubts`` say why it is
    only possible; ``reason`` and ``reason_event`` why it is excluded.
    """

    item: int
    kind: ItemKind
    verdict: Verdict
    role: ItemRole
    labels: tuple[AnswerLabel, ...] = ()
    depth: int = 0
    hop: Hop | None = None
    doubts: tuple[Doubt, ...] = ()
    reason: Reason | None = None
    reason_event: int | None = None

    @property
    def since(self) -> datetime | None:
        """The start of the best label."""
        return self.labels[0].since if self.labels else None

    @property
    def until(self) -> datetime | None:
        """The end of the best label."""
        return self.labels[0].until if self.labels else None

    @property
    def path(self) -> tuple[Hop, ...]:
        """The shortest explaining path: hop by hop from this item to a start item."""
        hops: list[Hop] = []
        hop = self.hop
        while hop is not None:
            hops.append(hop)
            hop = hop.onward
        return tuple(hops)


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """An event that touched a listed item, or (verdict excluded) that the time-blind closure would have listed."""

    number: int
    verdict: Verdict
    doubts: tuple[Doubt, ...] = ()
    reason: Reason | None = None
    reason_event: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class AnswerEdge:
    """A step of the genealogy, in causal direction: ``source`` went into, or was put into, ``target`` by ``event``."""

    source: int
    target: int
    event: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A broken link with its place. ``other`` is a second place where the item was at the same time."""

    kind: GapKind
    item: int | None
    event: int | None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A place, piece of equipment or person named by the touched events, from the first to the last of them."""

    kind: str
    uri: str
    since: datetime
    until: datetime
    events: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer. ``closure`` is the number of items in the time-blind closure (None: not asked).

    ``truncated`` says that depth or limit cut the answer; ``truncated_counts`` what is known to be missing.
    """

    question: Question
    items: tuple[AnswerItem, ...]
    events: tuple[AnswerEvent, ...]
    edges: tuple[AnswerEdge, ...]
    gaps: tuple[Gap, ...]
    conditions: tuple[Condition, ...]
    closure: int | None = None
    truncated: bool = False
    truncated_counts: Mapping[str, int] = field(default_factory=dict)

    def item(self, number: int) -> AnswerItem | None:
        """Return what the answer says of an item."""
        return next((item for item in self.items if item.item == number), None)

    def verdict_of(self, number: int) -> Verdict | None:
        """Return an item's verdict; None where it is not listed."""
        found = self.item(number)
        return found.verdict if found else None

    def event(self, number: int) -> AnswerEvent | None:
        """Return what the answer says of an event."""
        return next((event for event in self.events if event.number == number), None)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """The number of items by verdict, the start items left out."""
        return Counter(item.verdict for item in self.items if item.role is not ItemRole.START)
