"""Events that come as documents and claim a step of a trace node: what is said of them, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import EventRecord


@dataclass(frozen=True, slots=True)
class SentEvent:
    """An event about to be recorded. ``told``: what its own ``suyuan:`` fields say, by their names without prefix."""

    record: EventRecord
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event is refused: the fault, with the check's own words where it has any."""

    fault: Fault
    title_zh: str
    title_en: str
    remedy_zh: str
    remedy_en: str
