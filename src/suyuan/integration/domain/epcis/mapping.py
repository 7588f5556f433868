"""From a checked EPCIS event to the ledger's :class:`~suyuan.trace.contracts.EventRecord`.

Who takes part with which role: ``epcList`` and ``quantityList`` are subjects (a transaction's ``parentID`` its parent),
``parentID`` of aggregations and associations the parent and ``child…`` the children, ``input…`` and ``output…`` of a
transformation its inputs and outputs. Identities are canonical, so an EPC URN and its Digital Link are the same item.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Protocol
from urllib.parse import quote

from msgspec.structs import replace

from suyuan.integration.domain.epcis import extensions, vocabulary
from suyuan.integration.domain.epcis.identity import derived_event_id
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import CBV_MASTER_DATA, Namespaces, context_entries
from suyuan.integration.domain.epcis.report import Report
from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant, parse_offset
from suyuan.trace.contracts import Action, EventRecord, EventType, ItemIdentity, ItemKind, Participation, Role

_DIGITAL_LINK_PRODUCT: Final = "https://id.gs1.org/01/"
_TYPES: Final = {each._value_: each for each in EventType}
_ACTIONS: Final = {each._value_: each for each in Action}
_offset = lru_cache(maxsize=2000)(parse_offset)


class Identify(Protocol):
    """The codes' side of mapping: URIs to identities; each raises a Fault about a bad one."""

    def epc(self, uri: str) -> ItemIdentity:
        """Return the instance that ``uri`` names."""

    def epc_class(self, uri: str) -> ItemIdentity:
        """Return the lot or product that ``uri`` names."""

    def place(self, uri: str) -> str:
        """Return the canonical URI of a read point, location or party."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds an event: the document's context and namespaces, and the codes' side."""

    context: list[Json]
    names: Namespaces
    identify: Identify

    def inside(self, event: dict[str, Json]) -> Setting:
        """Return the setting with the event's own context added."""
        if "@context" not in event:
            return self
        own = context_entries(event["@context"])
        if not own or own == self.context:
            return self
        context = [*self.context, *(entry for entry in own if entry not in self.context)]
        return Setting(context, Namespaces.of(context), self.identify)


_ITEM_LISTS: Final[dict[str, tuple[tuple[str, str, Role], ...]]] = {
    "ObjectEvent": (("epcList", "quantityList", Role.SUBJECT),),
    "TransactionEvent": (("epcList", "quantityList", Role.SUBJECT),),
    "AggregationEvent": (("childEPCs", "childQuantityList", Role.CHILD),),
    "AssociationEvent": (("childEPCs", "childQuantityList", Role.CHILD),),
    "TransformationEvent": (
        ("inputEPCList", "inputQuantityList", Role.INPUT),
        ("outputEPCList", "outputQuantityList", Role.OUTPUT),
    ),
}


class _Participants:
    """Collects participations: an item named twice in one role counts once, its quantities in one unit are added."""

    def __init__(self, identify: Identify, report: Report, lot_at: str) -> None:
        self._identify = identify
        self._report = report
        self._lot_at = lot_at
        self._lots: dict[str, ItemIdentity | None] = {}
        self._places: dict[tuple[str, str, str | None], int] = {}
        self.found: list[Participation] = []

    def instance(self, uri: str, at: str, role: Role, lot: str | None) -> None:
        try:
            item = self._identify.epc(uri)
        except Fault as fault:
            self._report.take(fault, at)
            return
        key = (item.uri, role._value_, None)  # the member of an enumeration is hashed by a call, its value is not
        if key not in self._places:
            self._places[key] = len(self.found)
            member_of = self._lot(item.product or item.uri, lot) if lot and item.kind is ItemKind.UNIT else None
            self.found.append(Participation(item, role, None, None, member_of.uri if member_of else None))

    def instances(self, uris: list[str], at: str, role: Role, lot: str | None) -> None:
        if lot:
            for index, uri in enumerate(uris):
                self.instance(uri, f"{at}/{index}", role, lot)
            return
        identify, places, found, part = self._identify.epc, self._places, self.found, role._value_
        for index, uri in enumerate(uris):
            try:
                item = identify(uri)
            except Fault as fault:
                self._report.take(fault, f"{at}/{index}")
                continue
            key = (item.uri, part, None)
            if key not in places:
                places[key] = len(found)
                found.append(Participation(item, role))

    def quantities(self, elements: list[dict[str, Json]], at: str, role: Role, lot: str | None) -> None:
        for index, element in enumerate(elements):
            try:
                item = self._identify.epc_class(element["epcClass"])
            except Fault as fault:
                self._report.take(fault, f"{at}/{index}/epcClass")
                continue
            if lot and item.kind is ItemKind.PRODUCT:
                item = self._lot(item.uri, lot) or item
            amount = element.get("quantity")
            self._count(item, role, None if amount is None else Decimal(amount), element.get("uom"))

    def _count(self, item: ItemIdentity, role: Role, amount: Decimal | None, unit: str | None) -> None:
        key = (item.uri, role._value_, unit)
        place = self._places.get(key)
        if place is None:
            self._places[key] = len(self.found)
            self.found.append(Participation(item, role, amount, unit))
            return
        before = self.found[place].quantity
        total = before + amount if before is not None and amount is not None else None
        self.found[place] = replace(self.found[place], quantity=total)

    def _lot(self, product: str, lot: str) -> ItemIdentity | None:
        """Return the lot of ``product`` that the event's master data names; a bad one is found once."""
        if product not in self._lots:
            uri = lot_uri(product, lot)
            self._lots[product] = None
            try:
                self._lots[product] = self._identify.epc_class(uri) if uri else None
            except Fault as fault:
                self._report.take(fault, self._lot_at)
        return self._lots[product]


def lot_uri(product: str, lot: str) -> str | None:
    """Return the URI of the lot ``lot`` (a number, or already a URI) of a product; None where no rule says how.

    GS1 products give ``…/01/{GTIN}/10/{lot}``, the plant's own ``urn:suyuan:{tenant}:lot:{lot}``.
    """
    if lot.startswith(("urn:", "http://", "https://")):
        return lot
    if product.startswith(_DIGITAL_LINK_PRODUCT):
        gtin = product[len(_DIGITAL_LINK_PRODUCT) :].partition("/")[0]
        return f"{_DIGITAL_LINK_PRODUCT}{gtin}/10/{quote(lot, safe='')}"
    if product.startswith("urn:suyuan:") and product.count(":") >= 4:
        return f"urn:suyuan:{product.split(':')[2]}:lot:{quote(lot, safe='')}"
    return None


def _lot_number(event: dict[str, Json], names: Namespaces) -> str | None:
    """Return the lot number of instance/lot master data, under whatever prefix it is written."""
    ilmd = event.get("ilmd")
    if not isinstance(ilmd, dict):
        return None
    value = ilmd.get("cbvmda:lotNumber")
    if value is None:
        value = next((ilmd[name] for name in ilmd if names.expand(name) == f"{CBV_MASTER_DATA}lotNumber"), None)
    return value.strip() or None if isinstance(value, str) else None


def _participations(event: dict[str, Json], at: str, setting: Setting, report: Report) -> tuple[Participation, ...]:
    collect = _Participants(setting.identify, report, f"{at}/ilmd")
    lot = _lot_number(event, setting.names)
    parent = event.get("parentID")
    if parent is not None:
        collect.instance(parent, f"{at}/parentID", Role.PARENT, None)
    for instances, quantities, role in _ITEM_LISTS[event["type"]]:
        its_lot = None if role is Role.INPUT else lot
        if instances in event:
            collect.instances(event[instances], f"{at}/{instances}", role, its_lot)
        if quantities in event:
            collect.quantities(event[quantities], f"{at}/{quantities}", role, its_lot)
    return tuple(collect.found)


def _place(event: dict[str, Json], name: str, at: str, identify: Identify, report: Report) -> str | None:
    if name not in event:
        return None
    try:
        return identify.place(event[name]["id"])
    except Fault as fault:
        report.take(fault, f"{at}/{name}/id")
        return None


def _work_order(event: dict[str, Json]) -> str | None:
    """Return the production order among the business transactions, which stands in where no extension names it."""
    for entry in event.get("bizTransactionList", ()):
        if entry.get("type") == "prodorder" and len(entry["bizTransaction"]) <= extensions.LONGEST:
            return str(entry["bizTransaction"])
    return None


def _error(event: dict[str, Json]) -> tuple[bool, str | None, tuple[str, ...]]:
    declaration = event.get("errorDeclaration")
    if declaration is None:
        return False, None, ()
    reason = declaration.get("reason")
    return (
        True,
        vocabulary.bare_error_reason(reason) if reason else None,
        tuple(declaration.get("correctiveEventIDs", ())),
    )


def map_event(event: dict[str, Json], at: str, setting: Setting, report: Report) -> EventRecord | None:
    """Return the record of a checked ``event``; None with findings in ``report`` where an identity is bad.

    The record's ``document`` is the event without ``@context`` (kept as ``context``) and without ``recordTime`` (the
    standard has a repository ignore it on capture), always with ``eventID``.
    """
    before = len(report.findings) + report.dropped
    setting = setting.inside(event)
    participations = _participations(event, at, setting, report)
    read_point = _place(event, "readPoint", at, setting.identify, report)
    biz_location = _place(event, "bizLocation", at, setting.identify, report)
    ours = extensions.read(event, at, setting.names, report)
    if len(report.findings) + report.dropped > before:
        return None
    document = dict(event)
    document.pop("@context", None)
    document.pop("recordTime", None)
    if "eventID" not in document:
        document["eventID"] = derived_event_id(event, setting.names, setting.identify)
    declares_error, reason, corrective_ids = _error(event)
    step, disposition = event.get("bizStep"), event.get("disposition")
    time = Instant.parse(event["eventTime"], at=f"{at}/eventTime")
    offset = _offset(event["eventTimeZoneOffset"])
    return EventRecord(
        event_id=document["eventID"],
        type=_TYPES[event["type"]],
        time=time if time.offset_minutes == offset else Instant(time.utc, offset),
        participations=participations,
        document=document,
        context=setting.context,
        action=_ACTIONS[event["action"]] if "action" in event else None,
        biz_step=None if step is None else vocabulary.bare_step(step),
        disposition=None if disposition is None else vocabulary.bare_disposition(disposition),
        read_point=read_point,
        biz_location=biz_location,
        transformation_id=event.get("transformationID"),
        person=ours.person,
        equipment=ours.equipment,
        work_order=ours.work_order or _work_order(event),
        shift=ours.shift,
        capture_method=ours.capture_method,
        reading=ours.reading,
        declares_error=declares_error,
        error_reason=reason,
        corrective_ids=corrective_ids,
        booking_lag_seconds=ours.booking_lag_seconds,
        cleans=ours.cleans,
        empties=ours.empties,
    )
