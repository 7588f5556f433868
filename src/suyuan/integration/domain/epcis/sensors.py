"""Sensor elements: their shape and the ranges they state."""

from __future__ import annotations

from typing import Final

from suyuan.integration.domain.epcis import checks, faults
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.report import Report
from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant

_SOURCE: Final[dict[str, checks.Check]] = {
    "time": checks.time,
    "deviceID": checks.uri,
    "deviceMetadata": checks.uri,
    "rawData": checks.uri,
    "dataProcessingMethod": checks.uri,
    "bizRules": checks.uri,
}
_METADATA = checks.record(_SOURCE | {"startTime": checks.time, "endTime": checks.time}, extensible=True)
_REPORT = checks.record(
    _SOURCE
    | {
        "type": checks.measurement,
        "exception": checks.sensor_alert,
        "microorganism": checks.uri,
        "chemicalSubstance": checks.uri,
        "coordinateReferenceSystem": checks.uri,
        "component": checks.component,
        "stringValue": checks.text,
        "booleanValue": checks.boolean,
        "hexBinaryValue": checks.hexadecimal,
        "uriValue": checks.uri,
        "uom": checks.text,
    }
    | dict.fromkeys(("value", "minValue", "maxValue", "meanValue", "sDev", "percRank", "percValue"), checks.number),
    ("type",),
    extensible=True,
)


def _check_metadata(value: Json, at: str, report: Report) -> None:
    before = len(report.findings)
    _METADATA(value, at, report)
    if len(report.findings) > before or "startTime" not in value or "endTime" not in value:
        return
    try:
        start, end = Instant.parse(value["startTime"]), Instant.parse(value["endTime"])
    except Fault:
        return  # said already
    if start.utc > end.utc:
        report.add(
            faults.RANGE_REVERSED,
            f"{at}/startTime",
            low_name="startTime",
            low=value["startTime"],
            high_name="endTime",
            high=value["endTime"],
        )


def _check_report(value: Json, at: str, report: Report) -> None:
    before = len(report.findings)
    _REPORT(value, at, report)
    if len(report.findings) > before or "minValue" not in value or "maxValue" not in value:
        return
    if value["minValue"] > value["maxValue"]:
        report.add(
            faults.RANGE_REVERSED,
            f"{at}/minValue",
            low_name="minValue",
            low=value["minValue"],
            high_name="maxValue",
            high=value["maxValue"],
        )


sensor_element_list = checks.list_of(
    checks.record(
        {"sensorMetadata": _check_metadata, "sensorReport": checks.list_of(_check_report, least=1)},
        ("sensorReport",),
        extensible=True,
    )
)
