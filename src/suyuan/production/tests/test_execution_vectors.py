"""The vectors that devices run too (``frontend/src/capture/execution``): one set of cases, the same answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from suyuan.kernel.instants import Instant
from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import Route
from suyuan.production.domain.executing import findings
from suyuan.production.domain.portions import Lot
from suyuan.production.domain.world import Done, Event, OpenOrder, World
from suyuan.trace.contracts import EventRecord, EventType, ItemIdentity, ItemKind, Participation, Role
from suyuan.trace.contracts.facts import ItemFacts

VECTORS: Final = json.loads((Path(__file__).parent / "vectors" / "execution.json").read_text(encoding="utf-8"))
_ROLES: Final = {"i": Role.INPUT, "o": Role.OUTPUT, "s": Role.SUBJECT, "c": Role.CHILD, "p": Role.PARENT}


def _order(given: dict[str, Any]) -> OpenOrder:
    bill = given["bill"]
    return OpenOrder(
        given["uri"], given["number"], given["product"], Decimal(given["quantity"]), given["state"],
        msgspec.convert(given["route"], Route, strict=False),
        None if bill is None else msgspec.convert(bill, BillOfMaterial, strict=False),
        given["route_key"], given["route_version"],
    )  # fmt: skip


def _done(given: dict[str, Any]) -> Done:
    quantity = given.get("quantity")
    amount = None if quantity is None else Decimal(quantity)
    return Done(**{**given, "time": datetime.fromisoformat(given["time"]), "quantity": amount})


def _world(event: dict[str, Any]) -> World:
    holders, machines, tools = VECTORS["holders"], {each["uri"]: each for each in VECTORS["machines"]}, VECTORS["tools"]

    def holds(person: str, code: str, day: date) -> bool:
        return any(
            each["person"] == person and each["code"] == code
            and each["valid_from"] <= str(day) <= (each["valid_to"] or "9999")
            for each in holders
        )  # fmt: skip

    def missing(person: str, codes: Sequence[str], day: date) -> list[str]:
        return [code for code in codes if not holds(person, code, day)]

    def machine(uri: str) -> tuple[str, tuple[str, ...], date | None] | None:
        known = machines.get(uri)
        due = known and known["due"]
        return known and (known["class"], tuple(known["above"]), date.fromisoformat(due) if due else None)

    return World(
        orders={each["uri"]: _order(each) for each in VECTORS["orders"]},
        history={uri: [_done(each) for each in told] for uri, told in VECTORS["history"].items()},
        used={(order, material): Decimal(amount) for order, material, amount in VECTORS["used"]},
        lots={uri: Lot(quantity and Decimal(quantity), unit, cut) for uri, quantity, unit, cut in VECTORS["lots"]},
        revisions={each["uri"]: each["revision"] for each in event["items"] if each.get("revision")},
        qualified=missing,
        machine=machine,
        calibrated=lambda kind, day: any(each["class"] == kind and each["due"] >= str(day) for each in tools),
        has_read=lambda *asked: list(asked) in VECTORS["read"],
    )


def _event(given: dict[str, Any]) -> Event:
    parts = []
    for each in given["items"]:
        identity = ItemIdentity(each["uri"], ItemKind(each["kind"]), each["product"])
        quantity = None if each["quantity"] is None else Decimal(each["quantity"])
        parts.append(Participation(identity, _ROLES[each["role"]], quantity, each.get("unit")))
    reports = [{"type": f"urn:suyuan:vocab:parameter:{kind}", "value": value} for kind, value in given["values"]]
    document = {"sensorElementList": [{"sensorReport": reports}], "suyuan:fields": {"recipe": given["recipe"]}}
    record = EventRecord(
        "urn:x:1", EventType.OBJECT, Instant.parse(given["time"]), tuple(parts), document, biz_step=given["step"],
        disposition=given["disposition"], biz_location=given["place"], person=given["person"],
        equipment=given["equipment"], work_order=given["order"],
    )  # fmt: skip
    facts = {
        each["uri"]: ItemFacts(each["uri"], 1, disposition=each["disposition"], expiry=each["expiry"])
        for each in given["items"]
    }
    labels = {each["uri"]: each["label"] for each in given["items"]}
    return Event(record, given["node"], date.fromisoformat(given["day"]), facts, {}, labels)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"].replace(" ", "-"))
def test_what_the_server_finds(case: dict[str, Any]) -> None:
    found = [[check, fault.kind.code] for check, fault, _ in findings(_event(case["event"]), _world(case["event"]))]
    assert found == case["expect"]
