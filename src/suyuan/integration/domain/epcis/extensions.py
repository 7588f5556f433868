"""Our own fields in EPCIS events: the ``suyuan:`` vocabulary (``urn:suyuan:vocab:``), at event level.

Documented for integrators in ``docs/reference/epcis.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from suyuan.integration.domain.epcis import faults
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import SUYUAN, Namespaces
from suyuan.integration.domain.epcis.report import Report, pointer
from suyuan.trace.contracts import CaptureMethod

_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,5})D)?(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
LONGEST: Final = 500
"""Characters of a person, machine, order or shift; they are looked up by."""
_BY_NAME: Final = {method._value_: method for method in CaptureMethod}


@dataclass(slots=True)
class Extensions:
    """What the ``suyuan:`` fields of an event say; a booking lag is in seconds."""

    person: str | None = None
    equipment: str | None = None
    work_order: str | None = None
    shift: str | None = None
    capture_method: CaptureMethod = CaptureMethod.API
    reading: Mapping[str, Json] | None = None
    booking_lag_seconds: int = 0
    cleans: bool = False
    empties: bool = False


_TEXTS = {"person": "person", "equipment": "equipment", "workOrder": "work_order", "shift": "shift"}
_FLAGS = frozenset({"cleans", "empties"})


def duration_seconds(value: Json) -> int | None:
    """Return the seconds of an ISO 8601 duration of days to seconds (``PT30M``) or of a number; None for neither."""
    if isinstance(value, str):
        match = _DURATION.fullmatch(value)
        if match is None or value in ("P", "PT"):
            return None
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        value = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < 2**31:
        return None
    return int(value)


def read(event: Mapping[str, Json], at: str, names: Namespaces, report: Report) -> Extensions:
    """Return what the event's own ``suyuan:`` fields say; a value that cannot be used is a finding."""
    found = Extensions()
    for name, value in event.items():
        if ":" in name:
            full = names.expand(name)
            if full.startswith(SUYUAN):
                allowed = _take(found, full[len(SUYUAN) :], value)
                if allowed is not None:
                    report.add(faults.EXTENSION_WRONG, pointer(at, name), name=name, given=value, allowed=allowed)
    return found


def _take(found: Extensions, term: str, value: Json) -> str | None:
    """Put ``value`` where ``term`` belongs; return what would be allowed where it cannot be used."""
    if term in _TEXTS:
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
            return f"URI (1–{LONGEST})"
        setattr(found, _TEXTS[term], value)
    elif term in _FLAGS:
        if not isinstance(value, bool):
            return "true, false"
        setattr(found, term, value)
    elif term == "captureMethod":
        method = _BY_NAME.get(value) if isinstance(value, str) else None
        if method is None:
            return ", ".join(_BY_NAME)
        found.capture_method = method
    elif term == "bookingLag":
        seconds = duration_seconds(value)
        if seconds is None:
            return "PT30M, 1800"
        found.booking_lag_seconds = seconds
    elif term == "reading":
        found.reading = value if isinstance(value, dict) else {"value": value}
    return None
