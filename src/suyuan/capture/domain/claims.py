"""An event read back as an entry of the trace node whose step it claims: the reverse of ``meanings``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.claims import SentEvent
from suyuan.capture.contracts.nodes import (
    EquipmentField,
    Field,
    FieldPlace,
    FixedPlace,
    Meaning,
    PersonField,
    ScanField,
    SubTableField,
    TraceNode,
)
from suyuan.capture.domain.checks import bare_disposition, bare_step
from suyuan.capture.domain.entries import Entry, Found
from suyuan.capture.domain.node_fields import columns_of, rows_in, table_of
from suyuan.capture.domain.scanning import Scanned, class_of, expiry_in, label_of
from suyuan.kernel.expressions import references
from suyuan.trace.contracts import EventRecord, ItemIdentity, Role

_TYPES: Final = {
    "object": "ObjectEvent", "aggregation": "AggregationEvent", "transformation": "TransformationEvent",
    "association": "AssociationEvent", "transaction": "TransactionEvent",
}  # fmt: skip
_WHOLE: Final = 6
"""How well an event fits a meaning of the same type and action."""


def entry_id(tenant_id: int, event_id: str) -> UUID:
    """Return the id of the entry that an event of another system is kept as."""
    return uuid5(NAMESPACE_URL, f"suyuan:claim:{tenant_id}:{event_id}")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A meaning of a node that an event may claim. ``named``: only events that name the node do."""

    key: str
    version: int
    node: TraceNode
    meaning: Meaning

    @property
    def named(self) -> bool:
        """Tell whether only events that name the node are judged by it."""
        return self.node.by_interface == "named"

    def at_a_screen(self) -> Claimed:
        """Return it as a person of ours claims it: what the node says of other systems' events is not for them."""
        if self.node.by_interface == "refuse":
            return self
        return replace(self, node=msgspec.structs.replace(self.node, by_interface="refuse"))


def claimable(nodes: Mapping[str, tuple[int, TraceNode]]) -> dict[str, tuple[Claimed, ...]]:
    """Return what events can claim, by the bare name of their step."""
    found: dict[str, list[Claimed]] = {}
    for key, (version, node) in nodes.items():
        for meaning in node.meaning:
            found.setdefault(bare_step(meaning.step or node.step), []).append(Claimed(key, version, node, meaning))
    return {step: tuple(several) for step, several in found.items() if step}


def candidates(sent: SentEvent, possible: Sequence[Claimed]) -> list[Claimed]:
    """Return the meanings that an event may claim, one of each node, what fits it best first.

    An event that names a node with this step is of that node. Where it fits some by type and action, others do not
    count; where it fits none, it is of those whose step it claims all the same: another shape is no way past them.
    """
    name = sent.told.get("node")
    mine = [each for each in possible if each.key == name and _at(each.node, sent.record)]
    fitting = mine or [each for each in possible if not each.named and _at(each.node, sent.record)]
    ranked = sorted(fitting, key=lambda each: -_fit(sent.record, each))
    if ranked and _fit(sent.record, ranked[0]) >= _WHOLE:
        ranked = [each for each in ranked if _fit(sent.record, each) >= _WHOLE]
    return list({each.key: each for each in reversed(ranked)}.values())[::-1]


def _at(node: TraceNode, record: EventRecord) -> bool:
    place = record.biz_location or record.read_point
    return not isinstance(node.place, FixedPlace) or place is None or place.startswith(node.place.uri)


def _fit(record: EventRecord, claimed: Claimed) -> int:
    meaning = claimed.meaning
    same = record.type.value == _TYPES[meaning.event]
    action = record.action is None or record.action.value == meaning.action
    wanted = bare_disposition(meaning.disposition or claimed.node.disposition or "")
    return 4 * same + 2 * (same and action) + (bool(wanted) and wanted == record.disposition)


def fits(record: EventRecord, claimed: Claimed) -> bool:
    """Tell whether an event has the type and action of a meaning."""
    return _fit(record, claimed) >= _WHOLE


def scanned(identity: ItemIdentity, attributes: Mapping[str, str]) -> Scanned:
    """Return what a scan of an item's code would have given; ``attributes``: what it said beside the identifier."""
    return Scanned(
        identity.uri, identity.uri, class_of(identity), label_of(identity), identity, identity.lot,
        expiry_in(attributes), attributes,
    )  # fmt: skip


def values_of(sent: SentEvent, claimed: Claimed) -> dict[str, Any]:
    """Return the raw values that an entry at the node would have had, as far as the event tells them."""
    record, meaning, node = sent.record, claimed.meaning, claimed.node
    told = sent.told.get("fields")
    known = {each.id for each in node.fields}
    values: dict[str, Any] = dict(told) if isinstance(told, Mapping) else {}
    if sent.told.get("node") != claimed.key:
        values = {name: value for name, value in values.items() if name in known}
    for report in _reports(record.document):
        field = next((each.field for each in meaning.parameters if _measures(report, each.field, each.type)), None)
        if field is not None:
            values[field] = next((report[n] for n in ("value", "booleanValue", "stringValue") if n in report), None)
    ilmd = record.document.get("ilmd")
    for name, field in meaning.ilmd.items():
        said = [ilmd[each] for each in ilmd if each.rsplit(":", 1)[-1] == name] if isinstance(ilmd, Mapping) else []
        values |= {field: said[0]} if said else {}
    values |= _circumstances(record, node, meaning)
    values |= _items(record, node, meaning, values)
    return {name: value for name, value in values.items() if value is not None}


def _reports(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for element in document.get("sensorElementList") or ():
        yield from element.get("sensorReport") or ()


def _measures(report: Mapping[str, Any], field: str, kind: str) -> bool:
    name = next((report[each] for each in report if each.endswith(":name")), None)
    told = str(report.get("type") or "").rsplit("/", 1)[-1].removeprefix("gs1:MT-").removeprefix("MT-")
    return name == field or (name is None and bool(kind) and told == kind.rsplit("/", 1)[-1])


def _circumstances(record: EventRecord, node: TraceNode, meaning: Meaning) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in node.fields:
        if isinstance(each, PersonField | EquipmentField):
            found[each.id] = record.person if isinstance(each, PersonField) else record.equipment
    if isinstance(node.place, FieldPlace):
        found[node.place.field] = record.biz_location
    if meaning.order is not None:
        listed = [each.get("bizTransaction") for each in record.document.get("bizTransactionList") or ()]
        found[meaning.order] = record.work_order or next(iter(listed), None)
    for name, field in (("source", meaning.source), ("destination", meaning.destination)):
        parties = record.document.get(f"{name}List") or ()
        if field is not None and parties:
            found[field] = parties[0].get(name)
    if meaning.process is not None:
        found[meaning.process] = record.transformation_id
    return found


def _items(record: EventRecord, node: TraceNode, meaning: Meaning, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the items of each field, and how much of the lots among them; sub-tables by row."""
    by_role = {
        Role.SUBJECT: meaning.subjects, Role.CHILD: meaning.children,
        Role.PARENT: (meaning.parent,) if meaning.parent is not None else (),
        Role.INPUT: tuple(each.field for each in meaning.inputs),
        Role.OUTPUT: tuple(each.field for each in meaning.outputs),
    }  # fmt: skip
    counted = {each.field: each.quantity for each in (*meaning.inputs, *meaning.outputs)} | meaning.quantity
    classes = {each.id: each.classes for each in node.fields if isinstance(each, ScanField)}
    classes |= {f"{t.id}.{each.id}": each.classes for t, each in columns_of(node) if isinstance(each, ScanField)}
    every = [name for names in by_role.values() for name in names if name in classes]
    found: dict[str, Any] = {}
    amounts: dict[tuple[str, str], tuple[str, Any]] = {}
    for part in record.participations:
        fields = [name for name in by_role[part.role] if name in classes] or every
        if not fields:
            continue
        fitting = [name for name in fields if not classes[name] or class_of(part.item) in classes[name]]
        field = (fitting or fields)[0]
        found.setdefault(field, []).append(part.item.uri)
        quantity = counted.get(field)
        if quantity is not None and part.quantity is not None:
            if table_of(quantity) is not None:
                amounts[(field, part.item.uri)] = (quantity, part.quantity)
            else:
                found.setdefault(quantity, part.quantity)
    rows = _rows({name: value for name, value in found.items() if table_of(name) is not None}, amounts, told)
    return rows | {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in found.items() if table_of(name) is None
    }  # fmt: skip


def _rows(
    items: Mapping[str, list[str]], amounts: Mapping[tuple[str, str], tuple[str, Any]], told: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the rows of sub-tables: one for each item that the event names, with what the event tells of it.

    ``items`` by ``table.column``. Only the event's own participations make rows, so that what is judged is what would
    be recorded; a row that the event tells of an item adds its other columns.
    """
    found: dict[str, Any] = {}
    copies: dict[str, list[dict[str, Any]]] = {}
    for name, uris in items.items():
        table, _, column = name.partition(".")
        known = copies.setdefault(table, [dict(row) for row in rows_in(told.get(table))])
        kept = found.setdefault(table, [])
        for uri in uris:
            own = [row for row in known if row.get(column) == uri] or [{column: uri}]
            if len(own) == 1 and (name, uri) in amounts:
                quantity, amount = amounts[(name, uri)]
                own[0][quantity.removeprefix(f"{table}.")] = amount
            kept += [row for row in own if not any(row is other for other in kept)]
    return found


def split(node: TraceNode, values: Mapping[str, Any]) -> Iterator[tuple[TraceNode, Mapping[str, Any]]]:
    """Yield the entries that an event stands for: a field that takes one item at a time has one of them in each."""
    single = [
        each.id for each in node.fields
        if isinstance(each, ScanField) and not each.many and isinstance(values.get(each.id), list)
    ]  # fmt: skip
    if len(single) > 1:
        fields = [msgspec.structs.replace(each, many=True) if each.id in single[1:] else each for each in node.fields]
        node = msgspec.structs.replace(node, fields=tuple(fields))
    if not single:
        yield node, values
        return
    for one in values[single[0]]:
        yield node, {**values, single[0]: one}


def without_untold(node: TraceNode, values: Mapping[str, Any]) -> TraceNode:
    """Return the node for an event that does not name it: what its makers cannot know of is not asked for."""
    fields = [_not_asked(each) for each in node.fields]
    needed = {each.id for each in node.fields if each.required and each.default is None}
    computed = {each.id for each in node.fields if hasattr(each, "value")}

    def answerable(expression: Mapping[str, Any] | None) -> bool:
        asked = {name.split(".")[0] for name in references(expression)} if expression is not None else set()
        return not asked & ((needed | computed) - values.keys())

    checks = tuple(each for each in node.checks if answerable(each.when) and answerable(each.value))
    return msgspec.structs.replace(node, fields=tuple(fields), checks=checks)


def _not_asked(field: Field) -> Field:
    free = msgspec.structs.replace(field, required=False, require=None)
    if not isinstance(free, SubTableField):
        return free
    columns = tuple(msgspec.structs.replace(each, required=False, require=None) for each in free.columns)
    return msgspec.structs.replace(free, columns=columns, min=0)


def told(entry: Entry) -> list[Found]:
    """Return an entry's findings but for what could not be worked out from the little that its event told."""
    return [each for each in entry.found if each.fault.kind is not faults.FORMULA_FAILED]
