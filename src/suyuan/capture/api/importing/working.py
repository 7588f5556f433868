"""Working an import off: rows become entries by :func:`suyuan.capture.api.submitting.submit`, like any device's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from suyuan.capture.api import submitting
from suyuan.capture.api.importing import targets
from suyuan.capture.api.importing.entries import entry_id, entry_of, told
from suyuan.capture.api.importing.passing import by_their_right, with_passes
from suyuan.capture.api.importing.taking import kept, mapping_of
from suyuan.capture.api.nodes import published
from suyuan.capture.contracts import import_faults as faults
from suyuan.capture.contracts.import_targets import MOST_TARGET_ROWS
from suyuan.capture.contracts.permissions import WRITE
from suyuan.capture.contracts.readings import Reading, ReadingBatch
from suyuan.capture.store import imports as store
from suyuan.capture.store import readings as readings_store
from suyuan.capture.store.import_passes import passes
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Grant, Principal

STEP: Final = 500
"""Rows of one transaction."""
_ATTEMPTS: Final = 20
Result = tuple[int, str, Sequence[dict[str, Any]]]


@dataclass(slots=True)
class Tally:
    """How far an import is."""

    last: int = 0
    done: int = 0
    recorded: int = 0
    repeated: int = 0
    refused: int = 0
    results: list[Result] = field(default_factory=list)

    def add(self, results: Sequence[Result]) -> None:
        """Count what became of rows."""
        outcomes = [outcome for _, outcome, _ in results]
        self.last = results[-1][0]
        self.done += len(results)
        self.refused += outcomes.count("refused")
        self.repeated += outcomes.count("repeated")
        self.recorded += outcomes.count("recorded") + outcomes.count("warned")

    def counts(self) -> tuple[int, int, int, int]:
        """Return rows done, recorded, repeated, refused."""
        return self.done, self.recorded, self.repeated, self.refused


def importer(tenant: int, found: store.KeptImport) -> Principal:
    """Return who imports: whoever started it, with the right to make entries where they might then import."""
    target = targets.target_of(found.node)
    rights = frozenset({WRITE if target is None else target.permission})
    sites = [None] if found.sites is None else found.sites
    return Principal(tenant, found.user_id, found.created_by, tuple(Grant(rights, site) for site in sites), "session")


def tally_of(found: store.KeptImport) -> Tally:
    """Return how far an import is on record."""
    return Tally(0, found.done, found.recorded, found.repeated, found.refused)


def work_step(found: store.KeptImport, tally: Tally, *, settle: bool) -> bool:
    """Import the next rows in the open transaction; tell whether there were any. What became of them is in ``tally``.

    :param settle: refused rows are told in the file, so nobody has to decide about them.
    """
    target = targets.target_of(found.node)
    rows = store.next_rows(found.id, tally.last, STEP if target is None else MOST_TARGET_ROWS)
    if not rows:
        return False
    if target is not None:
        outcomes = targets.kept_rows(target, rows, mapping_of(found))
        tally.results = [(row.number, *outcomes[row.number]) for row in rows]
        tally.add(tally.results)
        return True
    _, node = published().get(found.node, found.version)
    now = datetime.now(UTC)
    started = min(found.started or now, now)  # the clock may have been set back since
    attempts = _attempts(found, [row.number for row in rows])
    results: dict[int, Result] = {}
    entries: dict[int, Reading] = {}
    for row in rows:
        attempt = attempts[row.number]
        if attempt is None:
            results[row.number] = (row.number, "repeated", ())
            continue
        try:
            entries[row.number] = entry_of(found, node, row, mapping_of(found), started, attempt)
        except Fault as fault:
            results[row.number] = (row.number, "refused", (told(fault),))
    for reach, lot in with_passes(entries, passes(found.id)) if entries else ():
        with tx().on_behalf(by_their_right(tx().principal, reach)):
            results |= _submitted(found, lot, settle=settle)
    tally.results = [results[row.number] for row in rows]
    tally.add(tally.results)
    return True


def _attempts(found: store.KeptImport, numbers: Sequence[int]) -> dict[int, int | None]:
    """Return for each row how often it was refused before; None: it is on record."""
    attempts: dict[int, int | None] = dict.fromkeys(numbers, 0)
    asked = list(numbers)
    for attempt in range(_ATTEMPTS):
        ids = {entry_id(found, number, attempt): number for number in asked}
        known = readings_store.kept(list(ids))
        asked = []
        for reading, before in known.items():
            refused = before.outcome == "refused"
            attempts[ids[reading]] = attempt + 1 if refused else None
            if refused:
                asked.append(ids[reading])
        if not asked:
            break
    return attempts


def _submitted(found: store.KeptImport, entries: dict[int, Reading], *, settle: bool) -> dict[int, Result]:
    if not entries:
        return {}
    sent = datetime.now(UTC).isoformat(timespec="milliseconds")
    batch = ReadingBatch(device=found.id, sent=sent, readings=tuple(entries.values()))
    outcomes = submitting.submit(batch, "zh").outcomes
    kept_now = readings_store.kept([entry.id for entry in entries.values()])  # findings in both languages
    results: dict[int, Result] = {}
    refused = []
    for number, outcome in zip(entries, outcomes, strict=True):
        results[number] = (number, outcome.outcome, kept_now[outcome.id].findings)
        if outcome.outcome == "refused":
            refused.append(outcome.id)
    if settle and refused:
        store.settle_refused(refused, f"导入 import {found.file_name}"[:500])
    return results


def end_failed(import_id: UUID, fault: Fault) -> None:
    """End an import that cannot go on."""
    kept_fault = told(fault)
    texts = {name: str(kept_fault[name]) for name in ("code", "text_zh", "text_en", "remedy_zh", "remedy_en")}
    store.finish(import_id, "failed", texts)


def nothing_recorded(tally: Tally) -> Fault:
    """Return the fault of an import that was to be recorded whole, or not at all."""
    return faults.NOTHING_RECORDED(count=tally.refused)


__all__ = ["STEP", "Tally", "end_failed", "importer", "kept", "nothing_recorded", "tally_of", "work_step"]
