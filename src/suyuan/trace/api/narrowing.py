"""A trace answer as a reader limited to some sites gets it: other sites' items stand in it without identity, other
sites' events only as a number (ADR-0017)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from suyuan.kernel.faults import Bilingual
from suyuan.trace.api import reach
from suyuan.trace.contracts import ItemRow, TraceAnswer, TracedActor, TracedEdge, TracedEvent, TracedGap, TracedItem

ANOTHER_SITE = Bilingual("其他工厂", "Another site")


def narrowed(answer: TraceAnswer) -> TraceAnswer:
    """Return what the reader may see of ``answer``: all of it, unless their right is limited to sites."""
    sites = reach.reached()
    if sites is None:
        return answer
    mentioned = {item.id for item in answer.items} | {gap.item_id for gap in answer.gaps if gap.item_id is not None}
    items, events = reach.seen(mentioned) or set(), reach.seen_events(_numbers(answer)) or set()
    hidden = [item for item in answer.items if item.id not in items]
    names = {item.id: -number for number, item in enumerate(hidden, start=1)}
    kept = [event for event in answer.events if event.number in events]
    places = reach.own_places() or ()
    shown = [
        _hidden(item, names, events) if item.id in names else _own(item, names, events, places) for item in answer.items
    ]
    numbers = {event.number for event in kept}
    return replace(
        answer,
        items=shown,
        edges=[
            TracedEdge(
                names.get(edge.source, edge.source), names.get(edge.target, edge.target), _if(edge.event, events)
            )
            for edge in answer.edges
        ],
        events=kept,
        gaps=_gaps(answer.gaps, items, events),
        people=_actors(answer.people, kept, "person"),
        equipment=_actors(answer.equipment, kept, "equipment"),
        places=_actors(answer.places, kept, "place"),
        parameters=[parameter for parameter in answer.parameters if parameter.event in numbers],
        summary=replace(
            answer.summary,
            by_product=_counted(shown, "product"),
            by_place=_counted(shown, "place"),
            elsewhere=len(hidden),
            elsewhere_events=len(answer.events) - len(kept),
        ),
    )


def _numbers(answer: TraceAnswer) -> set[int]:
    numbers = {event.number for event in answer.events}
    numbers |= {number for item in answer.items for number in (item.via_event, item.reason_event) if number}
    return (
        numbers | {edge.event for edge in answer.edges if edge.event} | {gap.event for gap in answer.gaps if gap.event}
    )


def _if(number: int | None, seen: set[int]) -> int | None:
    return number if number in seen else None


def _gaps(gaps: Sequence[TracedGap], items: set[int], events: set[int]) -> list[TracedGap]:
    """Return the gaps at items, or in events, that the reader may see."""
    return [
        replace(gap, event=_if(gap.event, events))
        for gap in gaps
        if (gap.item_id in items if gap.item_id is not None else gap.event in events)
    ]


def _own(item: TracedItem, names: dict[int, int], events: set[int], places: tuple[str, ...]) -> TracedItem:
    """Return an item of the reader's sites; where it is now is told while it is there."""
    told = replace(
        item,
        via_item=names.get(item.via_item or 0, item.via_item),
        via_event=_if(item.via_event, events),
        reason_event=_if(item.reason_event, events),
    )
    if item.place is None or item.place.startswith(places):
        return told
    return replace(told, place=None, place_name_zh=ANOTHER_SITE.zh, place_name_en=ANOTHER_SITE.en, disposition=None)


def _hidden(item: TracedItem, names: dict[int, int], events: set[int]) -> TracedItem:
    """Return an item of another site: that it is there, what kind of thing, and how sure; nothing that names it."""
    return TracedItem(
        names[item.id], "", "…", item.kind, item.role, item.verdict, None, None, item.depth,
        _if(item.via_event, events), names.get(item.via_item or 0, item.via_item), (), item.reason,
        _if(item.reason_event, events), None, ANOTHER_SITE.zh, ANOTHER_SITE.en, None, None, None, None, None, None,
        None, hidden=True,
    )  # fmt: skip


def _actors(known: Iterable[TracedActor], events: Sequence[TracedEvent], field: str) -> list[TracedActor]:
    """Return those whom the seen events name, counted by them."""
    found = []
    for actor in known:
        times = [event.time for event in events if getattr(event, field) == actor.uri]
        if times:
            found.append(replace(actor, events=len(times), since=min(times), until=max(times)))
    return found


def _counted(items: Sequence[TracedItem], field: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in items:
        value = getattr(item, field)
        if value and item.role != "start" and item.verdict != "excluded":
            counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def own_row(row: ItemRow) -> ItemRow:
    """Return an item's row as the reader may see it: a place of another site is not named."""
    places = reach.own_places()
    if places is None or row.place is None or row.place.startswith(places):
        return row
    return replace(row, place=None, place_name_zh=ANOTHER_SITE.zh, place_name_en=ANOTHER_SITE.en, disposition=None)
