"""Scopes: traced once, kept for a while, told in figures and pages."""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np

from suyuan.chassis.caller import caller
from suyuan.chassis.database import tx
from suyuan.chassis.latency import measured
from suyuan.kernel.faults import Fault
from suyuan.tenancy import api as tenancy
from suyuan.trace.api import parties, reach
from suyuan.trace.api.scope_rows import gaps_of, named, scope_rows
from suyuan.trace.api.scope_shelf import Shelf
from suyuan.trace.api.starting import start_of, too_large
from suyuan.trace.contracts.answers import TracedGap
from suyuan.trace.contracts.scopes import (
    MOST_STARTS,
    NO_SUCH_ANSWER,
    START_EMPTY,
    EventStart,
    ScopeAnswer,
    ScopePage,
    ScopeSpec,
    ScopeStart,
    ScopeStartInfo,
    ScopeSummary,
)
from suyuan.trace.contracts.verdicts import Direction
from suyuan.trace.domain import scope_columns as columns_of_scope
from suyuan.trace.domain.distinct import distinct, without
from suyuan.trace.domain.scope_columns import FACTS, ScopeColumns
from suyuan.trace.domain.scoping import Exclusions, Ints, Scoped, ScopeEngine, ScopeQuestion
from suyuan.trace.domain.times import EVER, FOREVER, moment
from suyuan.trace.store import scoping as store

MOST_GAPS = 200
"""Gaps in one answer; it says how many there are."""
_NAMED = ("product", "place", "customer")


@dataclass(frozen=True, slots=True)
class Worked:
    """A scope that has been worked out: what pages, figures and files are told from."""

    id: str
    spec: ScopeSpec
    start: ScopeStartInfo
    scoped: Scoped
    columns: ScopeColumns
    summary: ScopeSummary
    gaps: Sequence[TracedGap]
    known_as_of: datetime

    @property
    def nbytes(self) -> int:
        """Memory that keeping it takes, in bytes, roughly."""
        told = {id(array): array.nbytes for array in (*self.columns.arrays(), *self.scoped.labels.arrays())}
        return sum(told.values()) + len(self.scoped.labels) * self.scoped.path_bytes + 1024 * len(self.gaps)


shelf: Shelf[Worked] = Shelf()


def scope(spec: ScopeSpec, start: ScopeStart | EventStart, page: ScopePage, answer: str | None = None) -> ScopeAnswer:
    """Return the figures of the scope from a start set and one page of its rows.

    ``answer``: the id of an answer to the same question; the page then comes from that one, worked out again as of its
    time if it is no longer kept.

    :raises Fault: ``trace.start_…``, ``trace.no_such_answer``.
    """
    began = time.perf_counter()
    found = worked(spec, start, answer)
    rows = columns_of_scope.rows_of(found.columns, page)
    shown = rows[page.offset : page.offset + page.size]
    following = page.offset + page.size
    return ScopeAnswer(
        id=found.id,
        direction=spec.direction,
        start=found.start,
        summary=found.summary,
        rows=scope_rows(found.columns, found.scoped, shown),
        total=len(rows),
        next=str(following) if following < len(rows) else None,
        gaps=found.gaps[:MOST_GAPS],
        gap_count=len(found.gaps),
        truncated=bool(found.scoped.cut),
        truncated_counts=dict(found.scoped.cut),
        known_as_of=found.known_as_of,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )


def worked(spec: ScopeSpec, start: ScopeStart | EventStart, answer: str | None = None) -> Worked:
    """Return the scope from a start set, from the shelf where it is an answer that is still kept there."""
    asked = _digest(spec, start)
    who = tx().principal.tenant_id
    if answer is not None:
        known_as_of = _known_as_of(answer, asked)
        kept = shelf.take((who, answer))
        if kept is not None:
            return kept
        return _keep(_work(spec, start, answer, known_as_of, spec.as_of or known_as_of))
    now = datetime.now(UTC)
    return _keep(_work(spec, start, _name(asked, now), spec.as_of or now, spec.as_of))


def _keep(found: Worked) -> Worked:
    shelf.put((tx().principal.tenant_id, found.id), found, found.nbytes)
    return found


# -- naming answers: what was asked, and what was known


def _digest(spec: ScopeSpec, start: ScopeStart | EventStart) -> str:
    sites = reach.reached()
    told = msgspec.json.encode((spec, start, None if sites is None else sorted(sites)))
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def _name(asked: str, known: datetime) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((asked, known))).decode().rstrip("=")


def _known_as_of(answer: str, asked: str) -> datetime:
    try:
        raw = base64.urlsafe_b64decode(answer + "=" * (-len(answer) % 4))
        question, known = msgspec.json.decode(raw, type=tuple[str, datetime])
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise _unknown_answer(answer) from None
    if question != asked or known.tzinfo is None:
        raise _unknown_answer(answer)
    return known


def _unknown_answer(answer: str) -> Fault:
    return NO_SUCH_ANSWER(at="/answer", given=answer[:80])


# -- working it out


def _work(
    spec: ScopeSpec, start: ScopeStart | EventStart, name: str, known_as_of: datetime, as_of: datetime | None
) -> Worked:
    direction = Direction(spec.direction)
    with measured("scope"), caller().interruptible(tx().connection):
        begun = start_of(start, direction, as_of) if isinstance(start, EventStart) else start
        if not begun.items:
            raise START_EMPTY(at="/start/codes")
        if len(begun.items) > MOST_STARTS:
            raise too_large(len(begun.items))
        question = _question(spec, begun, as_of)
        engine, alive = store.scope_engine(), caller().here
        scoped = engine.scope(question, alive)
        excluded, closure = None, None
        if spec.closure:
            listed = engine.closure(question, alive)
            closure = len(listed) - len(distinct(question.starts))
            excluded = engine.excluded(question, without(listed, scoped.labels.item), alive)
        columns = _columns(engine, scoped, excluded, question)
        alive()
        summary = _summary(columns, scoped, closure, len(distinct(question.starts)))
        gaps = gaps_of(scoped.gaps)
    return Worked(name, spec, _start_info(begun), scoped, columns, summary, gaps, known_as_of)


def _question(spec: ScopeSpec, start: ScopeStart, as_of: datetime | None) -> ScopeQuestion:
    rules = tenancy.evidence_rules()
    return ScopeQuestion(
        Direction(spec.direction), np.array(start.items, np.int64), np.array(start.times, np.int64), as_of,
        siblings=spec.siblings, tolerance=rules.clock_tolerance, depth=spec.depth, limit=spec.limit,
        emptied_ends=rules.emptied_is_clean, latest_booking=rules.latest_booking,
    )  # fmt: skip


def _start_info(start: ScopeStart) -> ScopeStartInfo:
    told = [when for when in start.times if when not in (EVER, FOREVER)]
    first, last = (moment(min(told)), moment(max(told))) if told else (None, None)
    return ScopeStartInfo(len(start.items), start.events, first, last, start.unknown)


def _columns(engine: ScopeEngine, scoped: Scoped, excluded: Exclusions | None, question: ScopeQuestion) -> ScopeColumns:
    """Return the items with all that they are counted by: told by the engine, of items that it does not know read from
    the database.
    """
    alive, sites, own = caller().here, reach.reached(), reach.own_places()
    back = question.direction is Direction.BACK
    columns = columns_of_scope.columns_of(scoped.labels, excluded, question.starts, back=back)
    told = engine.facts(question, columns.item, sites, alive)
    if told is None:
        columns_of_scope.begin_facts(columns)
    else:
        columns_of_scope.take_facts(columns, told, parties.canonical, own)
    untold = np.ones(len(columns), np.bool_) if told is None else ~told.known
    if untold.any():
        rest = columns.item[untold]
        rows = list(store.facts_of(rest, alive))
        handed = store.customers_of(rest, sites, alive)
        meant = {uri: parties.canonical(uri) for uri in set(handed.values())}
        customers = {item: meant[uri] for item, uri in handed.items()}
        columns_of_scope.fill_facts(columns, rows, _holders(rows), customers, own)
        visible = reach.seen(rest.tolist())
        if visible is not None:
            columns.seen[untold] = np.isin(rest, np.array(sorted(visible), np.int64))
    return columns


def _holders(rows: Sequence[tuple[Any, ...]]) -> Mapping[int, tuple[Any, ...]]:
    """Return the facts of everything that holds these items now, at any height."""
    known = {row[0]: row for row in rows}
    missing = {row[7] for row in rows if row[7]} - known.keys()
    while missing:
        found = list(store.facts_of(_numbers(missing), caller().here))
        known |= {row[0]: row for row in found}
        missing = {row[7] for row in found if row[7]} - known.keys()
    return known


def _numbers(items: set[int]) -> Ints:
    return np.array(sorted(items), np.int64)


def _summary(columns: ScopeColumns, scoped: Scoped, closure: int | None, starts: int) -> ScopeSummary:
    totals = columns_of_scope.count_verdicts(columns)
    texts = {text for name in _NAMED for text in columns.words[name].texts}
    names = named(sorted(texts))
    counts = {name: columns_of_scope.count_by(columns, name, names) for name in FACTS}
    asked = closure is not None
    return ScopeSummary(
        starts=starts,
        certain=totals["certain"],
        possible=totals["possible"],
        excluded=totals["excluded"] if asked else None,
        closure=closure,
        reasons=columns_of_scope.count_reasons(columns) if asked else None,
        doubts=columns_of_scope.count_doubts(columns, scoped.labels),
        elsewhere=columns_of_scope.count_verdicts(columns, seen=False),
        **counts,
    )
