"""Excluded: every item and event of the time-blind closure that the scope does not list, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

from suyuan.trace.contracts import Direction, ItemKind, Reason, Role, Verdict
from suyuan.trace.domain.answer import AnswerEvent, AnswerItem, ItemRole
from suyuan.trace.domain.closure import BlindHop, HopKind, blind_hops, fetch_level
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.stays import Stay
from suyuan.trace.domain.times import FOREVER, Span


class Why(NamedTuple):
    """A reason and the event that shows it."""

    reason: Reason
    event: int | None = None


class Judge(Protocol):
    """Says why a hop that leaves the scope fails, though all its events are seen."""

    def hop(self, item: int, hop: BlindHop) -> Why:
        """Why ``hop`` does not carry the scope from ``item`` to its target."""
        ...

    def event(self, item: int, event: TraceEvent) -> Why:
        """Why ``event``, which names the listed ``item``, is not listed."""
        ...


class Exclusions:
    """The closure around a scope: ``items`` and ``events`` give each excluded one its reason at the first failing
    hop.
    """

    def __init__(
        self,
        facts: Facts,
        direction: Direction,
        judge: Judge,
        scope: Iterable[int],
        touched: Collection[int],
        cut: Collection[int] = (),
    ) -> None:
        self.items: dict[int, Why] = {}
        self.events: dict[int, Why] = {}
        self._facts = facts
        self._direction = direction
        self._judge = judge
        self._touched = touched
        self._scope = set(scope)
        self._cut = set(cut)
        level = list(self._scope)
        fetch_level(facts, level)
        while level:
            level = self._spread(level)

    @property
    def closure_size(self) -> int:
        """The number of items in the closure, the start items included."""
        return len(self._scope | self._cut | set(self.items))

    def _spread(self, level: list[int]) -> list[int]:
        reached: dict[int, list[tuple[int, BlindHop]]] = {}
        for item in level:
            for hop in blind_hops(self._facts, item, self._direction):
                known = hop.target in self._scope or hop.target in self.items or hop.target in self._cut
                if not known and self._facts.kind(hop.target) is not ItemKind.PRODUCT:
                    reached.setdefault(hop.target, []).append((item, hop))
            self._mark_events(item)
        fetch_level(self._facts, reached)
        for target, hops in reached.items():
            self.items[target] = self._why(hops)
        return list(reached)

    def _why(self, hops: list[tuple[int, BlindHop]]) -> Why:
        """Choose among the hops that lead to a target: one on record in full, before one not known then, before a
        voided one.
        """
        seen = [(item, hop) for item, hop in hops if all(self._facts.view.sees(event) for event in hop.events)]
        if not seen:
            unseen = [event for _, hop in hops for event in hop.events if not self._facts.view.sees(event)]
            return min((self._unseen(event) for event in unseen), key=lambda why: why.reason is Reason.VOIDED)
        item, hop = seen[0]
        if item in self._scope:
            return self._judge.hop(item, hop)
        inherited = self.items[item]
        if hop.kind is HopKind.MEMBER and inherited.reason is Reason.OWN_RECORD:
            own = self._facts.makings(hop.target)
            return Why(Reason.OWN_RECORD, own[0].number if own else self._facts.origin(hop.target))
        return inherited

    def _unseen(self, event: TraceEvent) -> Why:
        as_of = self._facts.view.as_of
        later = as_of is not None and event.recorded > as_of
        return Why(Reason.NOT_KNOWN_THEN if later else Reason.VOIDED, event.number)

    def _mark_events(self, item: int) -> None:
        for event in self._facts.view.events_ever(item):
            if event.number in self._touched or event.number in self.events:
                continue
            if not self._facts.view.sees(event):
                self.events[event.number] = self._unseen(event)
            elif item in self._scope:
                self.events[event.number] = self._judge.event(item, event)
            else:
                self.events[event.number] = self.items[item]

    def item_rows(self) -> list[AnswerItem]:
        """Return the excluded items as rows of the answer."""
        return [
            AnswerItem(
                item, self._facts.kind(item), Verdict.EXCLUDED,
                ItemRole.CARRIER if self._facts.kind(item) in HOLDERS else ItemRole.PRODUCT,
                reason=why.reason, reason_event=why.event,
            )
            for item, why in sorted(self.items.items())
        ]  # fmt: skip

    def event_rows(self) -> tuple[AnswerEvent, ...]:
        """Return the excluded events as rows of the answer."""
        return tuple(
            AnswerEvent(number, Verdict.EXCLUDED, (), why.reason, why.event)
            for number, why in sorted(self.events.items())
        )


class ForwardJudge:
    """Reasons forward. ``spans`` are the times for which each listed item carries a label, of its own or as a
    holder.
    """

    def __init__(self, facts: Facts, own: Mapping[int, list[Span]], holding: Mapping[int, list[Span]]) -> None:
        self._facts = facts
        self._own = own
        self._holding = holding
        self._cleanings: dict[int, dict[int, TraceEvent]] = {}

    def hop(self, item: int, hop: BlindHop) -> Why:
        """Why a hop from a labelled item fails: outside the label's time, or the rules do not take it."""
        if hop.kind is HopKind.LOT:
            makings = self._facts.makings(item)
            return Why(Reason.OWN_RECORD, makings[0].number if makings else None)
        if hop.kind is HopKind.MEMBER:
            return Why(Reason.BEFORE, self._facts.origin(hop.target))
        if hop.kind is HopKind.PROCESS:
            fed, making = hop.events
            return self._outside(item, Span(fed.low, making.at), making, sibling=True)
        if hop.kind is HopKind.INTO:
            stays = self._facts.stays_in(hop.target).get(item, [])
            return self._outside(item, _longest(stays, hop), hop.events[0], sibling=True)
        return self._held(item, hop)

    def _held(self, item: int, hop: BlindHop) -> Why:
        stays = self._facts.stays_in(item).get(hop.target, [])
        span = _longest(stays, hop)
        spans = [*self._holding.get(item, ()), *self._own.get(item, ())]
        if any(self._facts.clock.may_meet(held, span) for held in spans):
            return Why(Reason.SIBLING, hop.events[0].number)
        if item in self._own and all(span.until < own.since for own in self._own[item]):
            return Why(Reason.BEFORE, hop.events[0].number)
        ended = self._cleaning(item, max((held.until for held in spans), default=FOREVER))
        if ended is not None and span.since >= ended.at:
            return Why(Reason.CLEANED, ended.number)
        return Why(Reason.OTHER_LOAD, hop.events[0].number)

    def event(self, item: int, event: TraceEvent) -> Why:
        """Why an event of a labelled item is outside its label's time."""
        return self._outside(item, Span(event.low, event.at), event, sibling=False)

    def _outside(self, item: int, span: Span, event: TraceEvent, *, sibling: bool) -> Why:
        spans = [*self._own.get(item, ()), *self._holding.get(item, ())]
        if any(self._facts.clock.may_meet(held, span) for held in spans):
            return Why(Reason.SIBLING if sibling else Reason.BEFORE, event.number)
        if all(span.until < held.since for held in spans):
            return Why(Reason.BEFORE, event.number)
        until = max(held.until for held in spans if held.until < span.since)
        return self._ended(item, until, span)

    def _cleaning(self, item: int, until: int) -> TraceEvent | None:
        """Return the event that cleaned a holder at an instant."""
        if item not in self._cleanings:
            events = self._facts.view.events(item, Role.PARENT, Role.SUBJECT)
            self._cleanings[item] = {event.at: event for event in reversed(events) if event.cleans}
        return self._cleanings[item].get(until)

    def _ended(self, holder: int, until: int, span: Span) -> Why:
        """Say why what ``holder`` held until ``until`` was no longer in it at ``span``."""
        cleaned = self._cleaning(holder, until)
        if cleaned is not None:
            return Why(Reason.CLEANED, cleaned.number)
        stays = [stay for found in self._facts.stays_in(holder).values() for stay in found]
        for stay in stays:
            if stay.hull.since >= until and self._facts.clock.may_meet(stay.hull, span):
                return Why(Reason.OTHER_LOAD, stay.opened_by.number)
        closing = next((s.closed_by for s in stays if s.closed_by is not None and s.hull.until == until), None)
        return Why(Reason.UNLOADED, closing.number if closing else None)


def _longest(stays: Iterable[Stay], hop: BlindHop) -> Span:
    spans = [stay.hull for stay in stays]
    event = hop.events[0]
    near = [span for span in spans if span.since <= event.at <= span.until] or spans
    return near[0] if near else Span(event.low, event.at)
