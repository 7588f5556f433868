"""Measured parameters out of an event's sensor elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from suyuan.trace.contracts import Parameter

_VALUES = ("value", "stringValue", "booleanValue", "hexBinaryValue", "uriValue")


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401 (any JSON value)
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _within(value: Any, low: Decimal | None, high: Decimal | None) -> bool | None:  # noqa: ANN401 (any JSON value)
    number = _decimal(value)
    if number is None or (low is None and high is None):
        return None
    return (low is None or number >= low) and (high is None or number <= high)


def _reports(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for element in document.get("sensorElementList") or ():
        metadata = element.get("sensorMetadata") or {}
        for report in element.get("sensorReport") or ():
            yield {**{key: metadata[key] for key in ("time",) if key in metadata}, **report}


def parameters_of(document: Mapping[str, Any]) -> list[Parameter]:
    """Return the sensor reports of an EPCIS event document as parameters, with the limits that our extension adds."""
    found = []
    for report in _reports(document):
        value = next((report[name] for name in _VALUES if name in report), None)
        low, high = _decimal(report.get("suyuan:low")), _decimal(report.get("suyuan:high"))
        name = report.get("suyuan:name") or report.get("type") or report.get("exception") or ""
        ok = False if report.get("exception") == "ALARM_CONDITION" else _within(value, low, high)
        shown = _decimal(value) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else value
        name = str(name).rsplit("/", 1)[-1]
        found.append(Parameter(name, shown, report.get("uom"), low, high, ok, report.get("time")))
    return found
