"""What an event says of the process itself: measured values and the recipe, against what the operation asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.contracts import execution_faults as faults
from suyuan.production.contracts.checks import CheckName
from suyuan.production.contracts.routes import Operation


def measured(document: Mapping[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """Yield type and value of each measured value of an event's document (EPCIS sensor reports)."""
    for element in document.get("sensorElementList") or ():
        for report in element.get("sensorReport") or ():
            value = report.get("value")
            if value is not None and report.get("type"):
                try:
                    yield str(report["type"]).rsplit(":", 1)[-1].removeprefix("MeasurementType-"), Decimal(str(value))
                except InvalidOperation:
                    continue


def recipe_of(document: Mapping[str, Any]) -> str:
    """Return the recipe an event tells: its own field, a field ``recipe`` of the form, or a report of that type."""
    told = document.get("suyuan:recipe") or (document.get("suyuan:fields") or {}).get("recipe")
    for element in document.get("sensorElementList") or ():
        for report in element.get("sensorReport") or ():
            if str(report.get("type", "")).rsplit(":", 1)[-1] == "recipe":
                told = told or report.get("stringValue")
    return str(told or "").strip()


def of_recipe(document: Mapping[str, Any], operation: Operation) -> Iterator[tuple[CheckName, Fault, None]]:
    """Yield a fault where the event tells another recipe than the operation's, or none."""
    given = recipe_of(document)
    if operation.recipe and given != operation.recipe:
        name = Bilingual(operation.name_zh, operation.name_en)
        told = faults.WRONG_RECIPE(operation=name, given=given or "–", wanted=operation.recipe)
        yield "recipe", told, None


def of_parameters(document: Mapping[str, Any], operation: Operation) -> Iterator[tuple[CheckName, Fault, None]]:
    """Yield a fault for each measured value outside the operation's limits."""
    limits = {each.type.rsplit(":", 1)[-1]: each for each in operation.parameters}
    for kind, value in measured(document):
        limit = limits.get(kind)
        if limit is None:
            continue
        if (limit.low is not None and value < limit.low) or (limit.high is not None and value > limit.high):
            yield "parameter", faults.OUT_OF_LIMITS(
                operation=Bilingual(operation.name_zh, operation.name_en), type=kind, given=plain(value),
                low="–∞" if limit.low is None else plain(limit.low),
                high="∞" if limit.high is None else plain(limit.high),
            ), None  # fmt: skip


def plain(number: Decimal) -> str:
    """Return a number as people write it, to six digits behind the point."""
    rounded = round(number, 6)
    return format(rounded.normalize(), "f") if rounded else "0"
