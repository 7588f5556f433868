"""What an entry means: EPCIS 2.0 events, as records for the ledger with their documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec.structs import replace

from suyuan.capture.contracts.nodes import FieldQuantity, Meaning, MeasuredParameter
from suyuan.capture.domain.checks import bare_disposition, bare_step
from suyuan.capture.domain.entries import Entry
from suyuan.capture.domain.node_fields import field_named, table_of, unit_of
from suyuan.capture.domain.scanning import Scanned
from suyuan.kernel.expressions import Value
from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import (
    Action,
    CaptureMethod,
    EventRecord,
    EventType,
    ItemKind,
    Participation,
    Role,
)
from suyuan.trace.contracts.cbv_names import written_disposition

CONTEXT: Final = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"suyuan": "urn:suyuan:vocab:"},
]
_TYPES: Final = {
    "object": EventType.OBJECT, "aggregation": EventType.AGGREGATION, "transformation": EventType.TRANSFORMATION,
    "association": EventType.ASSOCIATION, "transaction": EventType.TRANSACTION,
}  # fmt: skip
_LISTS: Final[Mapping[tuple[EventType, Role], tuple[str, str]]] = {
    (EventType.OBJECT, Role.SUBJECT): ("epcList", "quantityList"),
    (EventType.TRANSACTION, Role.SUBJECT): ("epcList", "quantityList"),
    (EventType.AGGREGATION, Role.CHILD): ("childEPCs", "childQuantityList"),
    (EventType.ASSOCIATION, Role.CHILD): ("childEPCs", "childQuantityList"),
    (EventType.TRANSFORMATION, Role.INPUT): ("inputEPCList", "inputQuantityList"),
    (EventType.TRANSFORMATION, Role.OUTPUT): ("outputEPCList", "outputQuantityList"),
}
_CLASSES: Final = frozenset({ItemKind.LOT, ItemKind.PRODUCT})
_CBV_MASTER: Final = frozenset(
    {
        "lotNumber", "itemExpirationDate", "bestBeforeDate", "sellByDate", "countryOfOrigin", "harvestDate",
        "productionDate",
    }
)  # fmt: skip
_ORDER_TYPES: Final = {"receiving": "po", "shipping": "desadv"}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who, when, where, how: what events of an entry share. ``reading`` is kept beside each, raw."""

    tenant: str
    reading_id: UUID
    node: str
    version: int
    time: Instant
    place: str | None
    read_point: str | None
    person: str | None
    equipment: str | None
    method: CaptureMethod
    reading: Mapping[str, Any]


def event_id_of(tenant: str, reading: UUID, meaning: str) -> str:
    """Return the id of the event that one meaning of a reading makes: the same whenever it is made again."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'suyuan:capture:{tenant}:{reading}:{meaning}')}"


def events_of(entry: Entry, given: Circumstances) -> list[EventRecord]:
    """Return the events that an entry makes, in the order of the node's meanings."""
    made = []
    for meaning in entry.node.meaning:
        if entry.holds(meaning.when, where=f"meaning {meaning.id}"):
            record = _event(entry, meaning, given)
            if record is not None:
                made.append(record)
    return made


def on_order(event: EventRecord, order: str | None) -> EventRecord:
    """Return the event as one of an order; as it is where there is none, or where it names one."""
    if order is None or event.work_order is not None:
        return event
    told = {"bizTransactionList": [{"type": "prodorder", "bizTransaction": order}]}
    return replace(event, work_order=order, document={**event.document, **told})


def with_fields(event: EventRecord, fields: Mapping[str, str] | None) -> EventRecord:
    """Return the event with these fields beside its own."""
    return replace(event, document={**event.document, **fields}) if fields else event


def _event(entry: Entry, meaning: Meaning, given: Circumstances) -> EventRecord | None:
    kind = _TYPES[meaning.event]
    action = None if kind is EventType.TRANSFORMATION else Action(meaning.action)
    ilmd = _ilmd(entry, meaning, kind, action)
    parts = tuple(_participations(entry, meaning, kind, ilmd, given.tenant))
    if all(part.role is Role.PARENT for part in parts) and (not parts or action is not Action.DELETE):
        return None
    step = bare_step(meaning.step or entry.node.step)
    disposition = bare_disposition(meaning.disposition or entry.node.disposition or "") or None
    process = _uri(entry, meaning.process, given.tenant, "process")
    order = _uri(entry, meaning.order, given.tenant, "order")
    document: dict[str, Any] = {"type": kind.value, "eventID": event_id_of(given.tenant, given.reading_id, meaning.id)}
    document |= {"action": action.value} if action is not None else {"transformationID": process} if process else {}
    document |= {"bizStep": step, **({"disposition": written_disposition(disposition)} if disposition else {})}
    document |= _written(parts, kind) | _extras(entry, meaning, given, order, step, ilmd)
    return EventRecord(
        document["eventID"], kind, given.time, parts, document, context=CONTEXT, action=action, biz_step=step,
        disposition=disposition, read_point=given.read_point, biz_location=given.place,
        transformation_id=process if action is None else None, person=given.person, equipment=given.equipment,
        work_order=order if step not in _ORDER_TYPES else None, capture_method=given.method, reading=given.reading,
    )  # fmt: skip


def _participations(
    entry: Entry, meaning: Meaning, kind: EventType, ilmd: Mapping[str, Any], tenant: str
) -> Iterator[Participation]:
    lot = ilmd.get("cbvmda:lotNumber")
    if kind is EventType.TRANSFORMATION:
        groups: Sequence[tuple[Role, Sequence[FieldQuantity]]] = (
            (Role.INPUT, meaning.inputs), (Role.OUTPUT, meaning.outputs),
        )  # fmt: skip
    else:
        role, fields = (
            (Role.CHILD, meaning.children)
            if kind in (EventType.AGGREGATION, EventType.ASSOCIATION)
            else (Role.SUBJECT, meaning.subjects)
        )
        groups = ((role, [FieldQuantity(field=each, quantity=meaning.quantity.get(each)) for each in fields]),)
    if meaning.parent is not None and kind is not EventType.TRANSFORMATION and kind is not EventType.OBJECT:
        for scan in entry.scans.get(meaning.parent, ())[:1]:
            yield from _part(scan, Role.PARENT, None, None, None)
    for role, several in groups:
        for each in several:
            for scan, amount, unit in _amounts(entry, each):
                yield from _part(scan, role, amount, unit, _lot(scan, lot, tenant) if role is not Role.INPUT else None)


def _part(
    scan: Scanned, role: Role, amount: Decimal | None, unit: str | None, lot: str | None
) -> Iterator[Participation]:
    if scan.identity is None:
        return
    if scan.identity.kind in _CLASSES:
        yield Participation(scan.identity, role, amount, unit)
    else:
        yield Participation(scan.identity, role, lot=lot)


def _amounts(entry: Entry, part: FieldQuantity) -> Iterator[tuple[Scanned, Decimal | None, str | None]]:
    """Yield what was scanned at a field with how much of it; of a sub-table each once, with its sum."""
    table = table_of(part.field)
    if table is None:
        amount, unit = _quantity(entry, entry.values, part.quantity)
        yield from ((scan, amount, unit) for scan in entry.scans.get(part.field, ()))
        return
    found: dict[str, tuple[Scanned, Decimal | None, str | None]] = {}
    for row in entry.tables.get(table, ()):
        scan = row.scans.get(part.field.removeprefix(f"{table}."))
        if scan is None:
            continue
        own = table_of(part.quantity) == table
        values = {f"{table}.{name}": value for name, value in row.values.items()} if own else entry.values
        amount, unit = _quantity(entry, values, part.quantity)
        before = found[scan.uri][1] if scan.uri in found else None
        total = amount if before is None or not own else before + (amount or 0)
        found[scan.uri] = (scan, total, unit)
    yield from found.values()


def _quantity(entry: Entry, values: Mapping[str, Value], name: str | None) -> tuple[Decimal | None, str | None]:
    value = values.get(name) if name is not None else None
    field = field_named(entry.node, name)
    unit = unit_of(field) or None
    return (value, unit) if isinstance(value, Decimal) else (None, None)


def _lot(scan: Scanned, lot: object, tenant: str) -> str | None:
    """Return the URI of the lot that a unit is commissioned into; None where none is named, or no rule says how."""
    if not isinstance(lot, str) or not lot or scan.identity is None or scan.identity.kind is not ItemKind.UNIT:
        return None
    product = scan.identity.product or ""
    if product.startswith("https://id.gs1.org/01/"):
        return f"{product}/10/{quote(lot, safe='')}"
    return f"urn:suyuan:{tenant}:lot:{quote(lot, safe='')}" if scan.uri.startswith("urn:suyuan:") else None


def _written(parts: Sequence[Participation], kind: EventType) -> dict[str, Any]:
    """Return the item lists of an event's document."""
    document: dict[str, Any] = {}
    for part in parts:
        if part.role is Role.PARENT:
            document["parentID"] = part.item.uri
            continue
        singles, counted = _LISTS[(kind, part.role)]
        if part.item.kind not in _CLASSES:
            document.setdefault(singles, []).append(part.item.uri)
            continue
        element: dict[str, Any] = {"epcClass": part.item.uri}
        if part.quantity is not None:
            element |= {"quantity": part.quantity, **({"uom": part.unit} if part.unit else {})}
        document.setdefault(counted, []).append(element)
    return document


def _extras(
    entry: Entry, meaning: Meaning, given: Circumstances, order: str | None, step: str, ilmd: Mapping[str, Any]
) -> dict[str, Any]:
    when = given.time.isoformat()
    more: dict[str, Any] = {"eventTime": when, "eventTimeZoneOffset": when[-6:]}
    more |= {name: {"id": uri} for name, uri in (("readPoint", given.read_point), ("bizLocation", given.place)) if uri}
    if order is not None:
        more["bizTransactionList"] = [{"type": _ORDER_TYPES.get(step, "prodorder"), "bizTransaction": order}]
    for name in ("source", "destination"):
        uri = _uri(entry, getattr(meaning, name), given.tenant, "place")
        if uri is not None:
            more[f"{name}List"] = [{"type": "owning_party" if "/417/" in uri else "location", name: uri}]
    reports = list(_reports(entry, meaning))
    if reports:
        more["sensorElementList"] = [{"sensorReport": reports}]
    if ilmd:
        more["ilmd"] = dict(ilmd)
    named = {"suyuan:person": given.person, "suyuan:equipment": given.equipment}
    more |= {name: value for name, value in named.items() if value}
    more |= {"suyuan:captureMethod": given.method.value, "suyuan:node": given.node, "suyuan:nodeVersion": given.version}
    fields = {name: told_value(entry, name, value) for name, value in _other_values(entry, meaning)}
    return more | ({"suyuan:fields": fields} if fields else {})


def _other_values(entry: Entry, meaning: Meaning) -> Iterator[tuple[str, Value]]:
    """Yield what was entered beside the items, and is not said elsewhere in the event."""
    told = {each.field for each in meaning.parameters} | set(meaning.ilmd.values())
    for field in entry.node.fields:
        value = entry.values.get(field.id)
        shown = value is not None and (field.id not in entry.tables or entry.tables[field.id])
        if field.id not in entry.scans and field.id not in told and shown:
            yield field.id, value


def told_value(entry: Entry, name: str, value: Value) -> Any:  # noqa: ANN401 (a JSON value)
    """Return a field's value as records tell it: attachments by digest, a sub-table row by row."""
    if name in entry.attached:
        return [each.told() for each in entry.attached[name]]
    if name not in entry.tables:
        return plain(value)
    return [
        {column: plain(one) for column, one in row.values.items() if "." not in column and one is not None}
        for row in entry.tables[name]
    ]


def _measured(entry: Entry, meaning: Meaning) -> Iterator[tuple[MeasuredParameter, Value]]:
    for each in meaning.parameters:
        value = entry.values.get(each.field)
        several = value if table_of(each.field) is not None and isinstance(value, tuple) else (value,)
        yield from ((each, one) for one in several)


def _reports(entry: Entry, meaning: Meaning) -> Iterator[dict[str, Any]]:
    for each, value in _measured(entry, meaning):
        field = field_named(entry.node, each.field)
        if value is None or field is None:
            continue
        kept = "value" if isinstance(value, Decimal) else "booleanValue" if isinstance(value, bool) else "stringValue"
        uom = each.uom or unit_of(field)
        report: dict[str, Any] = {"type": each.type or f"urn:suyuan:vocab:parameter:{each.field}"}
        report[kept] = plain(value)
        report |= {"suyuan:name": each.field, **({"uom": uom} if uom else {})}
        limits = (("suyuan:low", each.low), ("suyuan:high", each.high))
        report |= {name: limit for name, limit in limits if limit is not None}
        yield report


def _ilmd(entry: Entry, meaning: Meaning, kind: EventType, action: Action | None) -> dict[str, Any]:
    if kind is not EventType.TRANSFORMATION and (kind is not EventType.OBJECT or action is not Action.ADD):
        return {}
    found: dict[str, Any] = {}
    for name, field in meaning.ilmd.items():
        scans = entry.scans.get(field)
        value: Value = (scans[0].lot or scans[0].label) if scans else entry.values.get(field)
        if value is not None:
            found[f"{'cbvmda' if name in _CBV_MASTER else 'suyuan'}:{name}"] = plain(value)
    fields = [each.field for each in meaning.outputs] if action is None else meaning.subjects
    expiries = {scan.expiry for each in fields for scan in entry.scans.get(each, ()) if scan.expiry}
    if len(expiries) == 1:
        found.setdefault("cbvmda:itemExpirationDate", expiries.pop())
    return found


def _uri(entry: Entry, field: str | None, tenant: str, kind: str) -> str | None:
    """Return what a field names, as a URI: a scan's, or the plant's own for what was typed."""
    if field is None:
        return None
    scans = entry.scans.get(field)
    value = scans[0].uri if scans else entry.values.get(field)
    if not isinstance(value, str) or not value:
        return None
    named = value.startswith(("urn:", "http://", "https://"))
    return value if named else f"urn:suyuan:{tenant}:{kind}:{quote(value, safe='')}"


def plain(value: Value) -> Any:  # noqa: ANN401 (a JSON value)
    """Return a value as JSON; dates as ISO 8601."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
