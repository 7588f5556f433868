"""Reasons backward: why something that the time-blind closure lists did not go into the product."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.trace.contracts import Reason
from suyuan.trace.domain.closure import BlindHop, HopKind
from suyuan.trace.domain.exclusion import Why
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.ledger import TraceEvent
from suyuan.trace.domain.times import Span


class BackwardJudge:
    """Reasons backward. ``by`` is the latest instant that matters for each listed item; ``spans`` are the times for
    which listed holders held or fed what matters."""

    def __init__(self, facts: Facts, by: Mapping[int, int], spans: Mapping[int, set[Span]]) -> None:
        self._facts = facts
        self._by = by
        self._spans = spans

    def hop(self, item: int, hop: BlindHop) -> Why:
        """Why a hop back from a listed item fails."""
        if hop.kind is HopKind.MEMBER:
            return Why(Reason.OWN_RECORD, self._facts.origin(hop.target))
        if hop.kind is HopKind.HELD:
            return self._held(item, hop)
        return Why(Reason.BEFORE, hop.events[0].number if hop.events else None)

    def _held(self, item: int, hop: BlindHop) -> Why:
        """The listed ``item`` held the target too: at another time, or as a sibling of what matters."""
        spans = self._spans.get(item) or {Span(self._by[item], self._by[item])}
        event = hop.events[0]
        stays = self._facts.stays_in(item).get(hop.target, [])
        if any(self._facts.clock.may_meet(stay.hull, span) for stay in stays for span in spans):
            return Why(Reason.SIBLING, event.number)
        before = [stay for stay in stays if stay.hull.until < max(span.since for span in spans)]
        if not before:
            return Why(Reason.BEFORE, event.number)
        closing = before[-1].closed_by
        if closing is not None and closing.cleans:
            return Why(Reason.CLEANED, closing.number)
        until = before[-1].hull.until
        later = [s for child, found in self._facts.stays_in(item).items() if child != hop.target for s in found]
        if any(stay.hull.since >= until for stay in later):
            return Why(Reason.OTHER_LOAD, closing.number if closing else None)
        return Why(Reason.UNLOADED, closing.number if closing else None)

    def event(self, item: int, event: TraceEvent) -> Why:
        """Why an event of a listed item says nothing of the product: it came later, or with another load."""
        spans = self._spans.get(item)
        if spans and event.at < min(span.since for span in spans):
            return Why(Reason.OTHER_LOAD, event.number)
        return Why(Reason.BEFORE, event.number)
