"""From a read document to the ledger: all or nothing, or whatever is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from suyuan.capture.contracts.claims import LetPass
from suyuan.chassis.database import savepoint
from suyuan.integration.api.epcis.checking import Checking, Numbered
from suyuan.integration.api.epcis.describing import error_of
from suyuan.integration.api.epcis.identification import coded
from suyuan.integration.contracts import CaptureError
from suyuan.integration.domain.epcis.documents import ReadDocument
from suyuan.integration.domain.epcis.events import check_event
from suyuan.integration.domain.epcis.mapping import Setting, map_event
from suyuan.integration.domain.epcis.master_data import read_master_data
from suyuan.integration.domain.epcis.reading import ReadingLimits
from suyuan.integration.domain.epcis.report import Report
from suyuan.kernel.faults import Fault
from suyuan.trace import api as trace
from suyuan.trace.contracts import EVENT_ID_TAKEN, SITE_NOT_REACHED, EventRecord, MasterDatum, Recorded

BATCH = 1000
"""Events in one call of the ledger."""
PART = 100
"""Events that are checked while the database writes as many before them."""
ONE_BY_ONE = 5
"""After so many refusals in a batch its other events are recorded singly."""


@dataclass(slots=True)
class Outcome:
    """What became of a document: counts of events, and the first findings of ``error_count``.

    ``may_pass``: how many of these somebody with the right may let pass.
    """

    limit: int
    accepted: int = 0
    replayed: int = 0
    refused: set[int] = field(default_factory=set)
    refused_ids: list[str] = field(default_factory=list)
    errors: list[CaptureError] = field(default_factory=list)
    error_count: int = 0
    may_pass: int = 0

    def refuse(self, index: int, event_id: str | None, faults: Sequence[Fault]) -> None:
        """Note why the event number ``index`` is refused."""
        self.note(index, [error_of(fault, index, event_id) for fault in faults], event_id)

    def note(self, index: int, errors: Sequence[CaptureError], event_id: str | None) -> None:
        """Note what is wrong with the event number ``index``, told already."""
        self.refused.add(index)
        if event_id is not None:
            self.refused_ids.append(event_id)
        self.error_count += len(errors)
        self.may_pass += sum(each.level == "approve" for each in errors)
        self.errors += errors[: max(0, self.limit - len(self.errors))]

    def accept(self, recorded: Sequence[Recorded]) -> None:
        """Count events that the ledger has."""
        self.accepted += len(recorded)
        self.replayed += sum(not answer.new for answer in recorded)


def _check(
    document: ReadDocument, start: int, limits: ReadingLimits, outcome: Outcome, count: int = BATCH
) -> list[Numbered]:
    """Return the records of a batch's sound events with their index; the others' findings go into ``outcome``."""
    setting = Setting(document.context, document.names, coded)
    sound: list[Numbered] = []
    for index in range(start, min(start + count, len(document.events))):
        event = document.events[index]
        document.events[index] = None  # a large document is let go as it is worked off
        report = Report(limit=limits.findings_per_event, names=document.names)
        at = document.event_at(index)
        check_event(event, at, report, limits.items)
        record = None if report.findings else map_event(event, at, setting, report)
        if record is not None:
            sound.append((index, record))
            continue
        event_id = event.get("eventID") if isinstance(event, dict) else None
        outcome.refuse(index, event_id if isinstance(event_id, str) else None, report.findings)
    return sound


def _checked(
    sound: list[Numbered], document: ReadDocument, checking: Checking, outcome: Outcome
) -> list[Numbered]:  # fmt: skip
    """Return those events that the trace nodes take whose steps they claim; why others are refused is noted."""
    refused = checking.refused(sound, document.event_at)
    for index, record in sound:
        if index in refused:
            outcome.note(index, refused[index], record.event_id)
    return [each for each in sound if each[0] not in refused] if refused else sound


def _canonical(datum: MasterDatum) -> MasterDatum:
    """Name a product, place or party as events do, whatever notation its master data came in; other URIs stay."""
    try:
        return replace(datum, uri=coded.place(datum.uri))
    except Fault:
        return datum


def _master_data(document: ReadDocument) -> None:
    data = [_canonical(datum) for datum in read_master_data(document.vocabularies, document.names)]
    if data:
        trace.record_master_data(data)


def _conflicting(fault: Fault, batch: Sequence[Numbered], document: ReadDocument) -> tuple[int, Fault]:
    """Return (place in ``batch``, the fault with its place in the document); other faults are raised again."""
    kinds = {EVENT_ID_TAKEN: "/eventID", SITE_NOT_REACHED: ""}
    if fault.kind not in kinds or not (fault.at or "").removeprefix("/").isdigit():
        raise fault
    place = int((fault.at or "/0")[1:])
    return place, Fault(fault.kind, f"{document.event_at(batch[place][0])}{kinds[fault.kind]}", fault.params)


class _NothingRecorded(Exception):  # noqa: N818 (undoes the savepoint; not an error)
    """Leaves the savepoint of a document that is refused as a whole."""


def record_all(
    document: ReadDocument, limits: ReadingLimits, outcome: Outcome, passes: Sequence[LetPass] = ()
) -> None:  # fmt: skip
    """Record every event and the master data or, where any event is refused, nothing at all."""
    checking = Checking(passes)
    with suppress(_NothingRecorded), savepoint():
        _master_data(document)
        for start in range(0, len(document.events), BATCH):
            _record_unless_refused(document, start, limits, outcome, checking)
        if outcome.refused:
            outcome.accepted = outcome.replayed = 0
            raise _NothingRecorded
        checking.keep()


def _record_unless_refused(
    document: ReadDocument, start: int, limits: ReadingLimits, outcome: Outcome, checking: Checking
) -> None:  # fmt: skip
    """Check the events of a batch and, until one is refused, record them by parts, while the next part is checked.

    What trace nodes check is one part: the checks ask the ledger and lock items once for all of it.
    """
    sound: list[Numbered] = []
    concerned = checking.concern(document.events[start : start + BATCH])
    size = BATCH if concerned else PART

    def parts() -> Iterator[list[EventRecord]]:
        for begin in range(start, min(start + BATCH, len(document.events)), size):
            part = _check(document, begin, limits, outcome, size)
            part = _checked(part, document, checking, outcome) if concerned else part
            sound.extend(part)
            if not outcome.refused:
                yield [record for _, record in part]

    each = parts()
    try:
        outcome.accept(trace.record_parts(each))
    except Fault as fault:
        place, placed = _conflicting(fault, sound, document)
        outcome.refuse(sound[place][0], sound[place][1].event_id, [placed])
    for _ in each:  # the rest is checked, so that all that is wrong is told
        pass


def record_sound(
    document: ReadDocument, limits: ReadingLimits, outcome: Outcome, passes: Sequence[LetPass] = ()
) -> None:  # fmt: skip
    """Record the master data and every sound event whose id is not taken by other content.

    With ``passes`` this was done before: the master data is on record, and may have been changed since.
    """
    checking = Checking(passes)
    if not passes:
        _master_data(document)
    for start in range(0, len(document.events), BATCH):
        sound = _checked(_check(document, start, limits, outcome), document, checking, outcome)
        _record_batch(document, sound, outcome)
    checking.keep(outcome.refused_ids)


def check_alone(
    document: ReadDocument, limits: ReadingLimits, outcome: Outcome, checking: Checking
) -> EventRecord | None:  # fmt: skip
    """Return the record of a document that is a single event; None with findings in ``outcome``."""
    sound = _checked(_check(document, 0, limits, outcome), document, checking, outcome)
    return sound[0][1] if sound else None


def _record_batch(document: ReadDocument, batch: list[Numbered], outcome: Outcome) -> None:
    for _ in range(ONE_BY_ONE):
        if not batch:
            return
        refused = _record(document, batch, outcome)
        if refused is None:
            return
        del batch[refused]
    for each in batch:
        _record(document, [each], outcome)


def _record(document: ReadDocument, batch: Sequence[Numbered], outcome: Outcome) -> int | None:
    """Record a batch; return the place in it of an event that is refused, whereupon none of it is recorded."""
    try:
        with savepoint():
            recorded = trace.record([record for _, record in batch])
    except Fault as fault:
        place, placed = _conflicting(fault, batch, document)
        outcome.refuse(batch[place][0], batch[place][1].event_id, [placed])
        return place
    outcome.accept(recorded)
    return None
