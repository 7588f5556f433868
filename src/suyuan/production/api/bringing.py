"""Bringing what was called for: what was scanned is checked, and recorded as an event that moves it to the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid4

from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.instants import Instant
from suyuan.production.api import line_stock, pulls
from suyuan.production.api.checking import name_of
from suyuan.production.api.levels import execution_checks
from suyuan.production.contracts import pulls as faults
from suyuan.production.contracts.pulls import Brought, Delivered, Delivery, PullCall
from suyuan.production.domain.fetching import to_take_first
from suyuan.production.domain.process_checks import plain
from suyuan.production.store import board as names
from suyuan.production.store import pulls as store
from suyuan.production.store import stock
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import Action, CaptureMethod, EventRecord, EventType, Participation, Role
from suyuan.trace.contracts.facts import ItemFacts

OVERRIDE: Final = "capture:reading:override"
STEP: Final = "storing"
_CONTEXT: Final = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"suyuan": "urn:suyuan:vocab:"},
]


@dataclass(frozen=True, slots=True)
class _Thing:
    told: Brought
    unit: str | None
    kind: str


@dataclass(slots=True)
class _Basket:
    """A call while things are brought for it: what may be brought, what there is to fetch, what was taken so far."""

    call: PullCall
    accepted: set[str]
    lots: list[line_stock.Usable]
    advice: list[str]
    brought: list[_Thing]

    @property
    def uris(self) -> set[str]:
        """What was taken so far."""
        return {each.told.uri for each in self.brought}

    def fetch(self) -> str:
        """Return what to fetch instead, in words."""
        left = [lot for lot in self.lots if lot.lot.uri not in self.uris]
        return line_stock.names_told(line_stock.fetch_from(left, self.call.place, 3), tx().principal.language)


def deliver(call_id: UUID, deliveries: Sequence[Delivery], at: datetime | None = None) -> Delivered:
    """Bring what was called for, all of it or nothing: each thing is checked, then recorded as moved to the place.

    :raises Fault: ``production.pull_wrong_lot``, ``…pull_held_lot``, ``…pull_expired_lot``, ``…pull_gone``,
        ``…pull_too_much``, ``…pull_sooner_first``, ``…pull_state_wrong``, and ``coding.…`` for codes that say nothing.
    """
    call = pulls.hold(call_id, ("requested", "picking"), pulls.DELIVER)
    if not deliveries:
        raise faults.CALL_WRONG(at="/brought", why="code")
    accepted = {call.material} | line_stock.alternatives_of(call.material, call.work_order)
    lots = line_stock.usable_lots(sorted(accepted))
    ordered = line_stock.at_hand_of(lots, [call.material, *sorted(accepted - {call.material})])
    basket = _Basket(call, accepted, ordered, [], [])
    for index, each in enumerate(deliveries):
        _take(basket, each, f"/brought/{index}")
    event = _record(call, basket.brought, at or datetime.now(UTC))
    told = [replace(each.told, event=event) for each in basket.brought]
    store.end(call_id, "delivered", tx().principal.name, at=at, brought=told)
    return Delivered(pulls.moved(call_id), basket.advice)


def _take(basket: _Basket, given: Delivery, where: str) -> None:
    item, uri = coding.find_item(given.code)
    fact = trace.current_facts([uri], expiry=True).get(uri) or ItemFacts(uri)
    label = next((lot.lot.code for lot in basket.lots if lot.lot.uri == uri), None) or label_of(fact, uri)
    material = fact.product or uri
    if material not in basket.accepted or fact.kind not in ("lot", "unit"):
        raise faults.WRONG_LOT(
            at=f"{where}/code", item=label, given=name_of(material), wanted=name_of(basket.call.material),
            fetch=basket.fetch(),
        )  # fmt: skip
    if fact.held:
        said = fact.disposition or fact.lot_disposition or ""
        raise faults.HELD_LOT(at=f"{where}/code", item=label, disposition=said, fetch=basket.fetch())
    if line_stock.expired(fact):
        raise faults.EXPIRED_LOT(at=f"{where}/code", item=label, expiry=fact.expiry, fetch=basket.fetch())
    quantity, unit = _amount(basket, given, where, item, label, fact)
    _first_things_first(basket, given, where, fact, label)
    basket.brought.append(_Thing(Brought(uri, label, quantity, ""), unit, fact.kind))


def label_of(fact: ItemFacts, uri: str) -> str:
    """Return what people read on the label of an item."""
    return fact.lot if fact.kind == "lot" and fact.lot else uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def _amount(
    basket: _Basket, given: Delivery, where: str, item: int, label: str, fact: ItemFacts
) -> tuple[Decimal, str | None]:  # fmt: skip
    """Return how much of an item is brought: what is said, else what is called for, as far as there is so much."""
    below = names.places_below(basket.call.place)
    if fact.uri in basket.uris:
        raise faults.CALL_WRONG(at=f"{where}/code", why=label)
    if fact.kind == "unit":
        if fact.state != "active" or fact.place in below:
            state = name_of(fact.place or "") if fact.state == "active" else fact.state
            raise faults.GONE(at=f"{where}/code", item=label, state=state)
        return Decimal(1), None
    if given.quantity is not None and not (given.quantity.is_finite() and 0 < given.quantity < Decimal("1e12")):
        raise faults.CALL_WRONG(at=f"{where}/quantity", why="quantity > 0")
    known, left, unit = stock.left_of(item)
    here = sum((quantity for place, quantity, _ in stock.spots_of(item) if place in below), Decimal(0))
    still = basket.call.quantity - sum((each.told.quantity for each in basket.brought), Decimal(0))
    wanted = given.quantity or (min(still, left - here) if known else still)
    if known and left - here <= 0:
        raise faults.GONE(at=f"{where}/code", item=label, state=f"{plain(here)} / {plain(left)}")
    if known and wanted > left - here:
        raise faults.TOO_MUCH(at=f"{where}/quantity", item=label, left=plain(left - here), given=plain(wanted))
    return max(wanted, Decimal(0)) or left - here, unit or basket.call.unit or None


def _first_things_first(basket: _Basket, given: Delivery, where: str, fact: ItemFacts, label: str) -> None:
    """Say, or insist, that another lot goes first, as the plant has set the check of FEFO and FIFO."""
    level = next(each.level for each in execution_checks() if each.name == "fetching")
    if level == "off" or fact.kind != "lot":
        return
    below = set(names.places_below(basket.call.place))
    others = [
        each.lot
        for each in basket.lots
        if each.lot.uri == fact.uri or (each.lot.place not in below and each.lot.uri not in basket.uris)
    ]
    sooner = to_take_first(fact.uri, fact.expiry, others)
    if sooner is None:
        return
    told = faults.SOONER_FIRST(at=f"{where}/code", item=label, sooner=sooner.code, fetch=basket.fetch())
    passed = given.reason.strip() and tx().principal.may(OVERRIDE)
    if level == "refuse" or (level == "approve" and not passed):
        raise told
    basket.advice.append(told.title(tx().principal.language))


def _record(call: PullCall, brought: Sequence[_Thing], moment: datetime) -> str:
    event_id = f"urn:uuid:{uuid4()}"
    when = Instant(moment.astimezone(UTC), 0)
    person = f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(tx().principal.name, safe='')}"
    parts, epcs, quantities = [], [], []
    for each in brought:
        uri, quantity, unit = each.told.uri, each.told.quantity, each.unit
        if each.kind == "unit":
            epcs.append(uri)
            parts.append(Participation(coding.identify_epc(uri, allow_foreign=True), Role.SUBJECT))
        else:
            quantities.append({"epcClass": uri, "quantity": quantity} | ({"uom": unit} if unit else {}))
            parts.append(Participation(coding.identify_class(uri, allow_foreign=True), Role.SUBJECT, quantity, unit))
    document: dict[str, Any] = {
        "type": "ObjectEvent", "eventID": event_id, "action": "OBSERVE", "bizStep": STEP, "disposition": "in_progress",
        "eventTime": when.isoformat(), "eventTimeZoneOffset": when.isoformat()[-6:], "epcList": epcs,
        "quantityList": quantities, "bizLocation": {"id": call.place}, "suyuan:person": person,
        "suyuan:captureMethod": "scan", "suyuan:pull": str(call.id),
    }  # fmt: skip
    trace.record([EventRecord(
        event_id, EventType.OBJECT, when, tuple(parts), document, context=_CONTEXT, action=Action.OBSERVE,
        biz_step=STEP, disposition="in_progress", biz_location=call.place, person=person,
        capture_method=CaptureMethod.SCAN,
    )])  # fmt: skip
    return event_id
