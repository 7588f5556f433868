"""Putting one item's production history together from the events of the ledger. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from suyuan.production.contracts.history import HistoryItem, HistoryStep, HistorySummary, UsedMaterial
from suyuan.production.domain.results import result_of
from suyuan.trace.contracts import Parameter

Names = Mapping[str, tuple[str | None, str | None]]
_PARTS: Final[Mapping[tuple[str, str], str]] = {
    ("o", "T"): "made", ("i", "T"): "used", ("c", "E"): "put_in", ("c", "G"): "taken_out", ("c", "A"): "packed",
    ("c", "D"): "unpacked", ("p", "A"): "loaded", ("p", "D"): "unloaded", ("p", "E"): "assembled",
    ("p", "G"): "dismantled",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as the ledger has it, with the item's role and act (ledger.sql) in it."""

    number: int
    event_id: str
    time: datetime
    offset_minutes: int
    recorded: datetime
    biz_step: str | None
    disposition: str | None
    role: str
    act: str
    carried_by: str | None
    place: str | None
    person: str | None
    equipment: str | None
    work_order: str | None
    shift: str | None
    capture_method: str
    quantity: Decimal | None
    unit: str | None
    declares_error: bool
    note: str | None
    voided: bool
    parameters: Sequence[Parameter] = ()
    operation: str | None = None
    instructions: str | None = None


@dataclass(frozen=True, slots=True)
class ToldMaterial:
    """A participation of a material in an event that made, or changed, the item."""

    event_number: int
    time: datetime
    role: str
    act: str
    quantity: Decimal | None
    unit: str | None
    item: HistoryItem
    made_with: int = 0


def counts(event: ToldEvent) -> bool:
    """Tell whether an event is true: neither declared wrong nor itself such a declaration."""
    return not event.voided and not event.declares_error


def uris_of(events: Sequence[ToldEvent]) -> set[str]:
    """Return what master data is to name."""
    named = ((each.place, each.person, each.equipment) for each in events)
    return {uri for three in named for uri in three if uri}


def steps_of(events: Sequence[ToldEvent], names: Names, operations: Names) -> list[HistoryStep]:
    """Return the steps in time order; ``operations`` names those of the route by id."""
    steps: list[HistoryStep] = []
    before: datetime | None = None
    for event in sorted(events, key=lambda each: (each.time, each.number)):
        waited = int((event.time - before).total_seconds()) if before is not None and counts(event) else None
        steps.append(_step(event, names, operations, waited))
        before = event.time if counts(event) else before
    return steps


def _step(event: ToldEvent, names: Names, operations: Names, waited: int | None) -> HistoryStep:
    nobody: tuple[str | None, str | None] = (None, None)
    place, person = names.get(event.place or "", nobody), names.get(event.person or "", nobody)
    equipment, operation = names.get(event.equipment or "", nobody), operations.get(event.operation or "", nobody)
    return HistoryStep(
        number=event.number, event_id=event.event_id, time=event.time, offset_minutes=event.offset_minutes,
        recorded=event.recorded, biz_step=event.biz_step, disposition=event.disposition, operation=event.operation,
        operation_name_zh=operation[0], operation_name_en=operation[1],
        part=_PARTS.get((event.role, event.act), "subject"),
        result=result_of(event.biz_step, event.disposition), carried_by=event.carried_by,
        place=event.place, place_name_zh=place[0], place_name_en=place[1],
        person=event.person, person_name=person[0] or person[1],
        equipment=event.equipment, equipment_name_zh=equipment[0], equipment_name_en=equipment[1],
        work_order=event.work_order, shift=event.shift, capture_method=event.capture_method, quantity=event.quantity,
        unit=event.unit, waited_seconds=waited, parameters=event.parameters, voided=event.voided,
        declares_error=event.declares_error, note=event.note, instructions=event.instructions,
    )  # fmt: skip


def makers_of(events: Sequence[ToldEvent]) -> list[int]:
    """Return the events whose inputs or parts are materials of the item: it is their output, or their parent."""
    return [
        event.number
        for event in events
        if counts(event)
        and event.carried_by is None
        and ((event.role == "o" and event.act == "T") or (event.role == "p" and event.act in "EG"))
    ]


def materials_of(rows: Sequence[ToldMaterial]) -> list[UsedMaterial]:
    """Return what went in, in time order; a part that was taken out again says when.

    A material that went in several times at several events stands once for each.
    """
    found: list[UsedMaterial] = []
    for row in sorted(rows, key=lambda each: (each.time, each.event_number)):
        how = "consumed" if row.role == "i" else "put_in" if row.act == "E" else "taken_out"
        if how != "taken_out":
            found.append(UsedMaterial(row.item, how, row.quantity, row.unit, row.time, row.event_number, row.made_with))
            continue
        for place in reversed(range(len(found))):
            part = found[place]
            if part.item.id == row.item.id and part.how == "put_in" and part.taken_out_at is None:
                found[place] = replace(part, taken_out_at=row.time)
                break
    return found


def summary_of(steps: Sequence[HistoryStep]) -> HistorySummary:
    """Return the history in figures; steps that do not count are only counted as corrected."""
    true = [step for step in steps if not step.voided and not step.declares_error]
    measured = [parameter for step in true for parameter in step.parameters]
    began, ended = (true[0].time, true[-1].time) if true else (None, None)
    return HistorySummary(
        steps=len(true),
        began=began,
        ended=ended,
        lead_seconds=int((ended - began).total_seconds()) if began and ended else None,
        inspections=sum(step.biz_step == "inspecting" for step in true),
        failed=sum(step.result == "failed" for step in true),
        reworks=sum(step.result == "rework" for step in true),
        measured=len(measured),
        out_of_limits=sum(parameter.ok is False for parameter in measured),
        corrected=sum(step.voided for step in steps),
    )


def orders_of(steps: Sequence[HistoryStep]) -> list[str]:
    """Return the work orders in the order they come, each once."""
    return list(dict.fromkeys(step.work_order for step in steps if step.work_order and not step.voided))
