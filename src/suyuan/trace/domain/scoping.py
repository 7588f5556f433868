"""Scopes of any size: the question with its start set as columns, the answer as columns, and the port to what answers.

A scope is what :func:`suyuan.trace.domain.tracing.trace` lists, told so that two million items are arrays, not objects.
:class:`ReferenceScopes` answers through the reference implementation; a faster engine implements the same port and is
held to the same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from suyuan.trace.contracts import Direction, ItemKind, Reason, Verdict
from suyuan.trace.domain.answer import Answer, AnswerItem, AnswerLabel, Doubt, Gap, Hop, ItemRole, Question, Start
from suyuan.trace.domain.ledger import Ledger
from suyuan.trace.domain.scope_facts import ItemFacts
from suyuan.trace.domain.times import EVER, FOREVER, micros, moment
from suyuan.trace.domain.tracing import trace

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.uint16]
Int32s = npt.NDArray[np.int32]
Hops = Callable[[npt.NDArray[np.integer[Any]]], tuple[Ints, Ints]]

KINDS: Final = tuple(ItemKind)
"""The column ``kind`` holds places in this list (as the index does)."""
DOUBTS: Final = tuple(Doubt)
"""Bit ``n`` of the column ``doubts`` stands for ``DOUBTS[n]``."""
REASONS: Final = tuple(Reason)
"""The column ``reason`` holds places in this list."""
LATE: Final = -1
"""Stands for an event that is worked out when somebody wants to see it."""

Alive = Callable[[], None]
"""Called now and then by whatever works long; raises where nobody waits for the answer any more."""


def nobody_minds() -> None:
    """Let the work go on: the :data:`Alive` of work that nobody can cancel."""


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """What is asked. ``starts`` are ledger numbers; ``times``, in microseconds, one for each: forward the instant from
    which it is suspect (:data:`EVER`: always), backward the instant at which its history is asked (:data:`FOREVER`: to
    the end of the record). An item that is named twice counts with the time that says more.

    The rest is as in :class:`suyuan.trace.domain.answer.Question`.
    """

    direction: Direction
    starts: Ints
    times: Ints
    as_of: datetime | None = None
    siblings: bool = False
    tolerance: timedelta = timedelta()
    depth: int | None = None
    limit: int | None = None
    emptied_ends: bool = False
    latest_booking: timedelta = timedelta(days=1)

    def spelled(self, *, closure: bool) -> Question:
        """Return the same question as the reference implementation takes it."""
        starts = tuple(
            Start(item, moment(time)) for item, time in zip(self.starts.tolist(), self.times.tolist(), strict=True)
        )
        return Question(
            self.direction, starts, self.as_of, self.siblings, self.tolerance, self.depth, self.limit, closure,
            self.emptied_ends, self.latest_booking,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScopeLabels:
    """The labels of a scope, column by column, one row a label. An item has one or several, next to each other and the
    best first; start items come first, then by depth and number.

    ``item`` is a ledger number; times are in microseconds. ``certain`` 0: possible, and ``doubts`` says why (bits,
    :data:`DOUBTS`). ``holder`` 1: the item only held, fed or (backward) conditioned what matters. ``kind`` is a place
    in :data:`KINDS`. ``hops`` tells, of some rows, the first hop of the path that explains an item's best label,
    towards the start: the item (0: it is a start item) and the event (0: none); of its other labels both may be 0.
    """

    item: Ints
    kind: Bytes
    certain: Bytes
    holder: Bytes
    since: Ints
    until: Ints
    depth: Int32s
    doubts: Bits
    hops: Hops

    def __len__(self) -> int:
        return len(self.item)

    def arrays(self) -> list[npt.NDArray[Any]]:
        """Return the columns."""
        times = (self.since, self.until, self.depth)
        return [self.item, self.kind, self.certain, self.holder, *times, self.doubts]


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Why items are excluded: a place in :data:`REASONS` each, and the event that shows it (0: none; :data:`LATE`:
    ``late`` tells, for rows of this table, what that event is).
    """

    item: Ints
    reason: Bytes
    event: Ints
    late: Callable[[Ints], Ints] | None = None

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True, slots=True)
class Scoped:
    """A scope. ``cut``: what the caller's depth or limit left out, by word, empty where nothing.

    ``explain`` returns the shortest explaining path of a listed item, hop by hop to a start item; it is asked for the
    items of a page, also later than the transaction of the question, but always inside one of the same tenant.
    ``path_bytes``: what it keeps in memory for that, a label, roughly.
    """

    labels: ScopeLabels
    explain: Callable[[int], tuple[Hop, ...]]
    gaps: tuple[Gap, ...] = ()
    cut: Mapping[str, int] = field(default_factory=dict)
    path_bytes: int = 200


class ScopeEngine(Protocol):
    """Answers scope questions over one tenant's ledger as the open transaction sees it.

    ``alive`` is called at least every few tens of milliseconds; what it raises goes through.
    """

    def scope(self, question: ScopeQuestion, alive: Alive) -> Scoped:
        """Return everything that is certain or possible, the start items included."""
        ...

    def closure(self, question: ScopeQuestion, alive: Alive) -> Ints:
        """Return the numbers of all items of the time-blind closure, start items included, sorted."""
        ...

    def excluded(self, question: ScopeQuestion, items: Ints, alive: Alive) -> Exclusions:
        """Return why each of ``items`` (of the closure, not of the scope) is excluded, in the order given; those that
        only the caller's depth or limit left out are left out here too."""
        ...

    def facts(
        self, question: ScopeQuestion, items: Ints, sites: Collection[int] | None, alive: Alive
    ) -> ItemFacts | None:
        """Return what ``items`` are and where they stand as far as known for the question, in the order given; None
        where the engine cannot tell. ``sites``: those that the reader's right reaches (None: all)."""
        ...


class ReferenceScopes:
    """The port over the reference implementation. It works out one question at a time and remembers the last."""

    def __init__(self, answering: Callable[[Question], Answer]) -> None:
        self._answering = answering
        self._asked: tuple[ScopeQuestion, bool] | None = None
        self._answer: Answer | None = None

    @classmethod
    def over(cls, ledger: Ledger) -> ReferenceScopes:
        """Return the port over a ledger."""
        return cls(lambda question: trace(ledger, question))

    def scope(self, question: ScopeQuestion, alive: Alive) -> Scoped:
        """Return everything that is certain or possible."""
        answer = self._answered(question, alive, closure=False)
        listed = [item for item in answer.items if item.verdict is not Verdict.EXCLUDED]
        paths = {item.item: item.hop for item in listed}
        return Scoped(
            labels_of(listed), lambda item: _path(paths.get(item)), answer.gaps, dict(answer.truncated_counts)
        )

    def closure(self, question: ScopeQuestion, alive: Alive) -> Ints:
        """Return the time-blind closure."""
        answer = self._answered(question, alive, closure=True)
        return np.array(sorted(item.item for item in answer.items), np.int64)

    def excluded(self, question: ScopeQuestion, items: Ints, alive: Alive) -> Exclusions:
        """Return why these items are excluded."""
        answer = self._answered(question, alive, closure=True)
        found = {item.item: item for item in answer.items if item.reason is not None}
        rows = [found[item] for item in items.tolist() if item in found]
        return Exclusions(
            np.array([row.item for row in rows], np.int64),
            np.array([REASONS.index(row.reason) for row in rows if row.reason is not None], np.uint8),
            np.array([row.reason_event or 0 for row in rows], np.int64),
        )

    def facts(
        self, question: ScopeQuestion, items: Ints, sites: Collection[int] | None, alive: Alive
    ) -> ItemFacts | None:
        """Return None: a ledger tells what happened, not where things stand."""
        return None

    def _answered(self, question: ScopeQuestion, alive: Alive, *, closure: bool) -> Answer:
        known = self._asked is not None and self._asked[0] is question and (self._asked[1] or not closure)
        if not known or self._answer is None:
            alive()
            self._answer = self._answering(question.spelled(closure=closure))
            self._asked = (question, closure)
            alive()
        return self._answer


def labels_of(items: Sequence[AnswerItem]) -> ScopeLabels:
    """Return the labels of an answer's items as columns; one that is listed without a time has a row all the same."""
    rows = [(item, label) for item in items for label in item.labels or (AnswerLabel(item.verdict, None, None),)]
    hops = [_hop(item, label) for item, label in rows]
    via = np.array([hop.item if hop else 0 for hop in hops], np.int64)
    event = np.array([(hop.event or 0) if hop else 0 for hop in hops], np.int64)
    holding = (ItemRole.CARRIER, ItemRole.CONDITION)
    return ScopeLabels(
        item=np.array([item.item for item, _ in rows], np.int64),
        kind=np.array([KINDS.index(item.kind) for item, _ in rows], np.uint8),
        certain=np.array([label.verdict is Verdict.CERTAIN for _, label in rows], np.uint8),
        holder=np.array([item.role in holding for item, _ in rows], np.uint8),
        since=np.array([_instant(label.since, EVER) for _, label in rows], np.int64),
        until=np.array([_instant(label.until, FOREVER) for _, label in rows], np.int64),
        depth=np.array([item.depth for item, _ in rows], np.int32),
        doubts=np.array([_bits(item, label) for item, label in rows], np.uint16),
        hops=lambda wanted: (via[wanted], event[wanted]),
    )


def _path(hop: Hop | None) -> tuple[Hop, ...]:
    hops = []
    while hop is not None:
        hops.append(hop)
        hop = hop.onward
    return tuple(hops)


def _hop(item: AnswerItem, label: AnswerLabel) -> Hop | None:
    return item.hop if _is_first(item, label) else None


def _is_first(item: AnswerItem, label: AnswerLabel) -> bool:
    return not item.labels or label is item.labels[0]


def _instant(when: datetime | None, otherwise: int) -> int:
    return otherwise if when is None else micros(when)


def _bits(item: AnswerItem, label: AnswerLabel) -> int:
    if label.verdict is Verdict.CERTAIN or not _is_first(item, label):
        return 0
    return sum(1 << DOUBTS.index(doubt) for doubt in item.doubts)
