"""Instants as whole microseconds, spans between them, and comparison under a tolerance.

The tolerance says that two instants not further apart than it may stand in either order. So every comparison has two
answers: what *may* be, and what is *sure* whichever order is the true one. A chain of comparisons stays sound because
labels carry the latest of all their lower bounds (see docs/reference/trace-semantics.md, "Time").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

EVER: Final = -(1 << 62)
"""Before every instant."""
FOREVER: Final = 1 << 62
"""After every instant."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Return microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(instant: int) -> datetime | None:
    """Return the UTC time of an instant; None for :data:`EVER` and :data:`FOREVER`."""
    return None if instant in (EVER, FOREVER) else _EPOCH + timedelta(microseconds=instant)


class Span(NamedTuple):
    """From ``since`` to ``until``, both included. Under a tolerance a span may be inverted by at most that much."""

    since: int
    until: int

    def meet(self, other: Span) -> Span:
        """Return the part common to both; inverted where there is none."""
        return Span(max(self.since, other.since), min(self.until, other.until))


ALWAYS: Final = Span(EVER, FOREVER)
NEVER: Final = Span(FOREVER, EVER)


@dataclass(frozen=True, slots=True)
class Clock:
    """Comparison of instants under a tolerance in microseconds."""

    tolerance: int = 0

    def may(self, earlier: int, later: int) -> bool:
        """Tell whether ``earlier`` may have come before ``later``."""
        return earlier <= later + self.tolerance

    def surely(self, earlier: int, later: int) -> bool:
        """Tell whether ``earlier`` came before ``later`` whichever way the tolerance is used."""
        return earlier == EVER or later == FOREVER or earlier + self.tolerance < later

    def may_meet(self, one: Span, other: Span) -> bool:
        """Tell whether two spans may have an instant in common."""
        return self.may(one.since, other.until) and self.may(other.since, one.until)

    def surely_meet(self, one: Span, other: Span) -> bool:
        """Tell whether two spans surely have an instant in common."""
        common = one.meet(other)
        return common.since < FOREVER and common.until > EVER and self.surely(common.since, common.until)

    def surely_within(self, low: int, high: int, span: Span) -> bool:
        """Tell whether everything from ``low`` to ``high`` surely lies inside ``span``."""
        return self.surely(span.since, low) and self.surely(high, span.until)
