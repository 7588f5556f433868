"""Trying a node that may not even be saved: over given entries, or over past ones of another version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from suyuan.capture.api.judging import Device, Judge, Judged
from suyuan.capture.api.nodes import Published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.api.submitting import findings_of
from suyuan.capture.contracts.nodes import TRACE_NODE
from suyuan.capture.contracts.permissions import TRY
from suyuan.capture.contracts.readings import (
    MOST_READINGS,
    FirstOutcome,
    Reading,
    Trial,
    TrialOutcome,
    TriedEvent,
    TriedReading,
)
from suyuan.capture.domain.meanings import plain
from suyuan.capture.store import quality as store
from suyuan.chassis.database import tx, undone
from suyuan.designer import api as designer
from suyuan.designer.contracts import HAS_PROBLEMS
from suyuan.kernel.faults import Language
from suyuan.trace import api as trace

_TRIED = "tried"


def try_node(trial: Trial, language: Language) -> TrialOutcome:
    """Return what a node would make of entries; nothing is recorded.

    Past entries are judged in their order as if none of them had been recorded; what other nodes recorded since counts.

    :raises Fault: ``designer.body_invalid``, ``designer.has_problems``.
    """
    node = designer.typed_body(TRACE_NODE, trial.body)
    problems = designer.validate(TRACE_NODE, trial.body)
    if problems:
        raise HAS_PROBLEMS(
            at=problems[0].at, count=len(problems), first_zh=problems[0].title_zh, first_en=problems[0].title_en
        )
    readings = list(trial.readings)
    before: dict[UUID, FirstOutcome] = {}
    events: list[str] = []
    if trial.days and trial.node:
        reached = tx().principal.sites_for(TRY)
        sites = None if reached is None else sorted(reached)
        for kept, outcome, event_ids in store.past_readings(trial.node, trial.days, sites, MOST_READINGS):
            reading = msgspec.json.decode(kept, type=Reading)
            before[reading.id] = outcome
            events += event_ids
            readings.append(reading)
    judged: list[Judged] = []
    with undone():
        wrong = [event for event in trace.voidable(events) if not event.void] if events else []
        if wrong:
            trace.void(wrong, "trial", declared=datetime.now(UTC).isoformat(timespec="milliseconds"))
        judge = Judge(
            Published({(_TRIED, 0): node}, {_TRIED: 0}), resolver(), _TRIED, datetime.now(UTC), timedelta(), Device(),
            reached=None,
        )  # fmt: skip
        tried = [msgspec.structs.replace(reading, node=_TRIED, version=None, sequence=0) for reading in readings]
        judge.gather(judge.asks(tried))
        judged += [judge.judge(reading) for reading in tried]
    return _counted([_row(each, before, language) for each in judged])


def _row(judged: Judged, before: dict[UUID, FirstOutcome], language: Language) -> TriedReading:
    values = {} if judged.entry is None else {name: plain(value) for name, value in judged.entry.values.items()}
    return TriedReading(
        id=judged.reading.id, taken=judged.reading.taken, outcome=judged.outcome, before=before.get(judged.reading.id),
        faults=findings_of(judged, language), values=values,
        events=tuple(TriedEvent(document=dict(event.document)) for event in judged.events),
    )  # fmt: skip


def _counted(rows: Sequence[TriedReading]) -> TrialOutcome:
    def changed(row: TriedReading) -> bool:
        return row.before is not None and (row.before == "refused") != (row.outcome == "refused")

    outcomes = [row.outcome for row in rows]
    return TrialOutcome(
        tried=len(rows), recorded=outcomes.count("recorded"), warned=outcomes.count("warned"),
        refused=outcomes.count("refused"), changed=sum(changed(row) for row in rows),
        rows=tuple(sorted(rows, key=lambda row: (not changed(row), row.outcome != "refused"))),
    )  # fmt: skip
