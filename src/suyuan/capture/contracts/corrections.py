"""Corrections of recorded entries, and what is decided about refused ones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from suyuan.capture.contracts.readings import Finding, Reading, ReadingOutcome
from suyuan.kernel.disclosure import MEASURED, PARTIES, PEOPLE

Reason = Annotated[str, msgspec.Meta(max_length=500)]


class CorrectionOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The event ``event`` was wrong: it is voided with all events of its entry; ``replacement`` says what was so."""

    event: int
    reason: Reason
    replacement: Reading | None = None


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction did: the ids of events that are void now, and the replacement's outcome."""

    voided: tuple[str, ...]
    outcome: ReadingOutcome | None = None


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What becomes of a refused entry. ``reading``: the corrected entry under a new id, where it is resubmitted."""

    outcome: Literal["discarded", "resubmitted"]
    reason: Reason
    reading: Reading | None = None


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """The refused entry's state after a decision; where what was resubmitted is refused too, it stays open."""

    settled: bool
    outcome: ReadingOutcome | None = None


class RefusedReading(msgspec.Struct, frozen=True):
    """A refused entry, what it said, and what was decided about it."""

    id: UUID
    device: UUID
    sequence: int
    node: str
    version: int
    taken: datetime
    received: datetime
    late: bool
    way: str
    person: Annotated[str | None, PEOPLE]
    place: str | None
    sent_by: Annotated[str, PEOPLE]
    faults: Annotated[tuple[Finding, ...], PEOPLE, MEASURED]
    reading: Annotated[dict[str, Any], PEOPLE, PARTIES, MEASURED]
    decision: str | None = None
    reason: str | None = None
    decided_by: Annotated[str | None, PEOPLE] = None
    decided: datetime | None = None


class RefusedPage(msgspec.Struct, frozen=True):
    """Refused entries, newest first."""

    rows: tuple[RefusedReading, ...]
    next: str | None = None
    total: int | None = None
