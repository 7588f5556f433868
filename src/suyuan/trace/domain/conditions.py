"""Places, equipment and people named by touched events: conditions of the answer, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.trace.contracts import Verdict
from suyuan.trace.domain.answer import AnswerEvent, Condition
from suyuan.trace.domain.facts import Facts
from suyuan.trace.domain.scope import Touch


def listed_events(touched: Mapping[int, Touch]) -> tuple[AnswerEvent, ...]:
    """Return the touched events with their verdicts, by number."""
    return tuple(
        AnswerEvent(number, Verdict.CERTAIN if touch.certain else Verdict.POSSIBLE, tuple(sorted(touch.doubts)))
        for number, touch in sorted(touched.items())
    )


def conditions_of(facts: Facts, touched: Mapping[int, Touch]) -> tuple[Condition, ...]:
    """Return every place, piece of equipment and person that the touched events name, from first to last."""
    found: dict[tuple[str, str], Condition] = {}
    for number in touched:
        event = facts.view.event(number)
        named = {
            ("place", event.read_point), ("place", event.biz_location),
            ("equipment", event.equipment), ("person", event.person),
        }  # fmt: skip
        for kind, uri in named:
            if uri is None:
                continue
            known = found.get((kind, uri), Condition(kind, uri, event.time, event.time, 0))
            since, until = min(known.since, event.time), max(known.until, event.time)
            found[kind, uri] = Condition(kind, uri, since, until, known.events + 1)
    return tuple(found[key] for key in sorted(found))
