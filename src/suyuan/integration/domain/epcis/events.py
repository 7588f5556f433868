"""The five event types: fields, required fields, and the rules between fields.

Equal in verdict to the published JSON schema 2.0.1 (``tools/check_epcis_examples.py`` compares), plus the rules that
only the standard's text gives; those are the kinds in ``faults.BEYOND_SCHEMA``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from suyuan.integration.domain.epcis import checks, faults, sensors
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import Namespaces, context_entries
from suyuan.integration.domain.epcis.report import Report

Event = dict[str, Json]


def _quantity(value: Json, at: str, report: Report) -> None:
    before = len(report.findings)
    _QUANTITY(value, at, report)
    if len(report.findings) > before:
        return
    quantity = value.get("quantity")
    if quantity is None:
        if "uom" in value:
            report.add(faults.UOM_WITHOUT_QUANTITY, f"{at}/uom")
    elif quantity <= 0:
        report.add(faults.QUANTITY_NOT_POSITIVE, f"{at}/quantity", given=str(quantity))
    elif "uom" not in value and quantity % 1 != 0:
        report.add(faults.QUANTITY_NOT_WHOLE, f"{at}/quantity", given=str(quantity))


_QUANTITY = checks.record(
    {"epcClass": checks.uri, "quantity": checks.number, "uom": checks.uom}, ("epcClass",), extensible=False
)
_quantity_list = checks.list_of(_quantity)


def _ilmd(value: Json, at: str, report: Report) -> None:
    if type(value) is not dict:
        report.add(faults.NOT_OBJECT, at)
        return
    for name in value:
        checks.extension_name(name, at, report)


def _persistent_disposition(value: Json, at: str, report: Report) -> None:
    _PERSISTENT(value, at, report)
    if type(value) is dict and "set" not in value and "unset" not in value:
        report.add(faults.FIELD_MISSING, at, name="set")


_dispositions = checks.list_of(checks.disposition, least=1, unique=True)
_PERSISTENT = checks.record({"set": _dispositions, "unset": _dispositions}, extensible=False)


def _certification(value: Json, at: str, report: Report) -> None:
    (checks.list_of(checks.uri) if type(value) is list else checks.uri)(value, at, report)


_error_declaration = checks.record(
    {
        "declarationTime": checks.time,
        "reason": checks.error_reason,
        "correctiveEventIDs": checks.uri_list(),
    },
    ("declarationTime",),
    extensible=True,
)


def _party_list(name: str) -> checks.Check:
    entry = checks.record({"type": checks.party_type, name: checks.uri}, ("type", name), extensible=False)
    return checks.list_of(entry)


def _transaction_list(least: int) -> checks.Check:
    entry = checks.record(
        {"type": checks.transaction_type, "bizTransaction": checks.uri}, ("bizTransaction",), extensible=False
    )
    return checks.list_of(entry, least=least)


_EVERY: Final[dict[str, checks.Check]] = {
    "@context": checks.context,
    "type": checks.text,
    "eventTime": checks.time,
    "recordTime": checks.time,
    "eventTimeZoneOffset": checks.offset,
    "eventID": checks.identifier,
    "certificationInfo": _certification,
    "errorDeclaration": _error_declaration,
    "bizStep": checks.biz_step,
    "disposition": checks.disposition,
    "persistentDisposition": _persistent_disposition,
    "readPoint": checks.place,
    "bizLocation": checks.place,
    "bizTransactionList": _transaction_list(0),
    "sourceList": _party_list("source"),
    "destinationList": _party_list("destination"),
    "sensorElementList": sensors.sensor_element_list,
}
_REQUIRED: Final = ("eventTime", "eventTimeZoneOffset")


def _filled(event: Event, name: str) -> bool:
    """Tell whether the list ``name`` has entries (a wrong type is another finding's matter)."""
    return bool(event.get(name))


def _object_rules(event: Event, at: str, report: Report) -> None:
    sensed = _filled(event, "sensorElementList") and "readPoint" in event
    if "epcList" not in event and not _filled(event, "quantityList") and not sensed:
        report.add(faults.NOTHING_NAMED, at)
    if "ilmd" in event and event.get("action") in ("OBSERVE", "DELETE"):
        report.add(faults.ILMD_NOT_ALLOWED, f"{at}/ilmd")


def _children_rules(event: Event, at: str, report: Report) -> None:
    named = _filled(event, "childEPCs") or _filled(event, "childQuantityList")
    if not named and event.get("action") != "DELETE":
        report.add(faults.CHILDREN_MISSING, at)


def _aggregation_rules(event: Event, at: str, report: Report) -> None:
    _children_rules(event, at, report)
    if "parentID" not in event and event.get("action") in ("ADD", "DELETE"):
        report.add(faults.PARENT_MISSING, at, action=event["action"])


def _transaction_rules(event: Event, at: str, report: Report) -> None:
    if "epcList" not in event and not _filled(event, "quantityList") and event.get("action") != "DELETE":
        report.add(faults.NOTHING_NAMED, at)


def _transformation_rules(event: Event, at: str, report: Report) -> None:
    inputs = _filled(event, "inputEPCList") or _filled(event, "inputQuantityList")
    outputs = _filled(event, "outputEPCList") or _filled(event, "outputQuantityList")
    if not (inputs and outputs) and not ("transformationID" in event and (inputs or outputs)):
        report.add(faults.INPUT_OR_OUTPUT_MISSING, at)


_REPEATED: Final = ("type", "action", "bizStep", "disposition", "eventTimeZoneOffset", "eventTime", "recordTime")
"""Fields that say the same in many events, whose checks look at nothing but the text itself."""
_REMEMBERED: Final = 2000
"""Values of a field that are remembered; of at most so many characters:"""
_SHORT: Final = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """An event type: its fields with their checks, what is required, the rules between fields, and its item lists."""

    fields: Mapping[str, checks.Check]
    required: tuple[str, ...]
    rules: Callable[[Event, str, Report], None]
    lists: tuple[str, ...]
    sound: Mapping[str, set[str]] = field(init=False)
    """Values that passed their field's check before."""

    def __post_init__(self) -> None:
        """Remember nothing yet."""
        object.__setattr__(self, "sound", {name: set() for name in _REPEATED if name in self.fields})


_CHILD_FIELDS: Final[dict[str, checks.Check]] = {
    "action": checks.action,
    "parentID": checks.uri,
    "childEPCs": checks.uri_list(),
    "childQuantityList": _quantity_list,
}
_CHILD_LISTS: Final = ("childEPCs", "childQuantityList")
SHAPES: Final[dict[str, Shape]] = {
    "ObjectEvent": Shape(
        _EVERY
        | {
            "action": checks.action,
            "epcList": checks.uri_list(unique=True),
            "quantityList": _quantity_list,
            "ilmd": _ilmd,
        },
        (*_REQUIRED, "action"),
        _object_rules,
        ("epcList", "quantityList"),
    ),
    "AggregationEvent": Shape(_EVERY | _CHILD_FIELDS, (*_REQUIRED, "action"), _aggregation_rules, _CHILD_LISTS),
    "AssociationEvent": Shape(
        _EVERY | _CHILD_FIELDS, (*_REQUIRED, "action", "parentID"), _children_rules, _CHILD_LISTS
    ),
    "TransactionEvent": Shape(
        _EVERY
        | {
            "action": checks.action,
            "parentID": checks.uri,
            "epcList": checks.uri_list(),
            "quantityList": _quantity_list,
            "bizTransactionList": _transaction_list(1),
        },
        (*_REQUIRED, "action", "bizTransactionList"),
        _transaction_rules,
        ("epcList", "quantityList"),
    ),
    "TransformationEvent": Shape(
        _EVERY
        | {
            "transformationID": checks.identifier,
            "ilmd": _ilmd,
            "inputEPCList": checks.uri_list(unique=True),
            "inputQuantityList": _quantity_list,
            "outputEPCList": checks.uri_list(unique=True),
            "outputQuantityList": _quantity_list,
        },
        _REQUIRED,
        _transformation_rules,
        ("inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList"),
    ),
}


def _check_type(event: Event, at: str, report: Report) -> None:
    """Say what is wrong with the type of an event that is none of the five."""
    if "type" not in event:
        report.add(faults.FIELD_MISSING, at, name="type")
        return
    kind = event["type"]
    if type(kind) is not str:
        report.add(faults.NOT_TEXT, f"{at}/type")
    elif checks.is_uri(kind) is None:
        report.add(faults.EVENT_TYPE_UNKNOWN, f"{at}/type", given=kind)
    else:
        report.add(faults.EVENT_TYPE_UNSUPPORTED, f"{at}/type", given=kind)
        for name in _REQUIRED:
            if name not in event:
                report.add(faults.FIELD_MISSING, at, name=name)
        for name in ("@context", *_REQUIRED, "recordTime", "eventID", "certificationInfo", "errorDeclaration"):
            if name in event:
                _EVERY[name](event[name], f"{at}/{name}", report)


def check_event(event: Json, at: str, report: Report, limit_items: int = 100_000) -> None:
    """Add to ``report`` what is wrong with ``event``, which lies at the JSON pointer ``at``."""
    if type(event) is not dict:
        report.add(faults.NOT_OBJECT, at)
        return
    kind = event.get("type")
    shape = SHAPES.get(kind) if type(kind) is str else None
    if shape is None:
        _check_type(event, at, report)
        return
    outer = report.names
    if "@context" in event:
        own = context_entries(event["@context"])
        report.names = Namespaces.of([*({k: v} for k, v in outer.prefixes.items()), *own])
        if outer.open and not report.names.open:
            report.names = Namespaces(report.names.prefixes, True)
    count = sum(len(event[name]) for name in shape.lists if type(event.get(name)) is list)
    if count > limit_items:
        report.add(faults.TOO_MANY_ITEMS, at, count=count, limit=limit_items)
    else:
        _check_fields(event, shape, at, report)
    report.names = outer


def _check_repeated(check: checks.Check, value: str, at: str, report: Report, known: set[str]) -> None:
    before = len(report.findings) + report.dropped
    check(value, at, report)
    if len(report.findings) + report.dropped == before and len(value) <= _SHORT:
        if len(known) >= _REMEMBERED:
            known.clear()
        known.add(value)


def _check_fields(event: Event, shape: Shape, at: str, report: Report) -> None:
    fields, sound = shape.fields, shape.sound
    for name, value in event.items():
        known = sound.get(name)
        if known is not None and type(value) is str:
            if value not in known:
                _check_repeated(fields[name], value, f"{at}/{name}", report, known)
            continue
        check = fields.get(name)
        if check is not None:
            check(value, f"{at}/{name}", report)
        else:
            checks.extension_name(name, at, report)
    for name in shape.required:
        if name not in event:
            report.add(faults.FIELD_MISSING, at, name=name)
    shape.rules(event, at, report)
