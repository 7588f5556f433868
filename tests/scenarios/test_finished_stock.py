"""Finished goods in the plant cover sales demand before anything is made: what is there, free, and fit to be sold."""

from __future__ import annotations

from typing import Any

import pytest

from suyuan.capture.tests.stations import PRODUCT, now
from tests.scenarios.test_sales_demand import BILL, DEMAND, OTHER, Planner
from tests.support.bakery import document
from tests.support.database import contents_of

STORE = "urn:suyuan:x:place:store"
PALLET = "https://id.gs1.org/00/395212340000000014"


class Warehouse(Planner):
    """A planner, and the plant's store that tells by events what is there."""

    def told(self, kind: str = "ObjectEvent", **event: Any) -> None:
        moment = now()
        made = {"type": kind, "eventTime": moment, "eventTimeZoneOffset": moment[-6:]} | event
        job = self.client.post("/epcis/v2/capture", json=document(made)).json()
        assert not job["errors"], job
        self.tenant.deliver()

    def made(self, *serials: str, **event: Any) -> None:
        self.told(action="ADD", bizStep="commissioning", disposition="active", bizLocation={"id": STORE},
                  epcList=[f"{PRODUCT}/21/{serial}" for serial in serials], **event)  # fmt: skip
        self.stored(*serials)

    def stored(self, *serials: str) -> None:
        self.told(action="OBSERVE", bizStep="storing", disposition="sellable_accessible", bizLocation={"id": STORE},
                  epcList=[f"{PRODUCT}/21/{serial}" for serial in serials])  # fmt: skip

    def wanted(self, order: str, quantity: str, product: str = PRODUCT, due: str = "2027-03-12", **more: str) -> str:
        self.done("POST", DEMAND, customer_order=order, line="1", customer="华东商贸", product=product,
                  quantity=quantity, due=due, **more)  # fmt: skip
        return f"{order}/1"

    def planned(self, *names: str, **how: Any) -> Any:
        before = contents_of(self.tenant.id)
        plan = self.done("POST", f"{DEMAND}/plan", lines=self.ids(*names), **how)
        assert contents_of(self.tenant.id) == before
        return plan


@pytest.fixture
def store(application) -> Warehouse:
    from tests.support.tenants import fresh_tenant

    return Warehouse(fresh_tenant())


def test_what_is_in_store_is_taken_off_first(store) -> None:
    # Ten units are there. One is held, one is built into something, one stands on a pallet that was shipped.
    store.made(*(f"U{number}" for number in range(10)))
    store.told(action="OBSERVE", bizStep="holding", disposition="non_conformant", epcList=[f"{PRODUCT}/21/U0"])
    store.told("AggregationEvent", action="ADD", bizStep="assembling", parentID=f"{OTHER}/21/Z",
               childEPCs=[f"{PRODUCT}/21/U1"])  # fmt: skip
    store.told("AggregationEvent", action="ADD", bizStep="packing", parentID=PALLET, childEPCs=[f"{PRODUCT}/21/U2"])
    store.told(action="OBSERVE", bizStep="shipping", disposition="in_transit", epcList=[PALLET])

    # Twelve are wanted: seven are in store, five are made.
    first = store.wanted("PO-1", "12")
    plan = store.planned(first)
    [line], [goods], [batch] = plan["lines"], plan["stock"], plan["batches"]
    assert (line["open"], line["stock"], line["orders"], line["new"]) == ("12", "7", "0", "5")
    assert (goods["kind"], goods["here"], goods["free"], goods["place"]) == ("unit", "8", "7", STORE)
    assert batch["quantity"] == "5"
    assert store.planned(first, use_stock=False)["batches"][0]["quantity"] == "12"
    [order] = store.cover(first)
    assert order["quantity"] == "5"
    assert store.standing(first) == ("covered", 12, 0, 0)
    [promised] = store.line(first)["goods"]
    assert (promised["count"], promised["bound"], promised["given"]) == (7, "7", "7")

    # Nobody is promised the same again; what comes in is free.
    second = store.wanted("PO-2", "3")
    assert store.planned(second)["stock"] == []
    store.made("V1", "V2")
    assert store.planned(second)["lines"][0]["stock"] == "2"

    # A promised unit is shipped: the line has it. Another is found bad: the line is open again by one.
    store.told(action="OBSERVE", bizStep="shipping", disposition="in_transit", epcList=[f"{PRODUCT}/21/U3"])
    assert store.standing(first) == ("covered", 12, 0, 0)
    store.told(action="OBSERVE", bizStep="inspecting", disposition="damaged", epcList=[f"{PRODUCT}/21/U4"])
    assert store.standing(first) == ("open", 11, 1, 0)
    assert store.line(first)["goods"][0]["given"] == "6"

    # Given back to store, what is still there serves the next line; twice is once too often.
    demand = store.line(first)["demand"]["id"]
    store.refused("production.demand_bound", "PATCH", f"{DEMAND}/{demand}", product=OTHER)
    store.done("DELETE", f"{DEMAND}/{demand}/goods")
    store.refused("chassis.not_found", "DELETE", f"{DEMAND}/{demand}/goods")
    assert store.standing(first) == ("open", 5, 7, 0)
    assert store.planned(second)["stock"][0]["free"] == "7"


def test_lots_are_taken_by_their_date_and_not_past_it(store) -> None:
    lots = ((f"{PRODUCT}/10/SOON", 40, "2027-03-01"), (f"{PRODUCT}/10/LATE", 50, "2027-09-01"))
    for uri, quantity, expiry in lots:
        store.told(action="ADD", bizStep="commissioning", disposition="active", bizLocation={"id": STORE},
                   quantityList=[{"epcClass": uri, "quantity": quantity, "uom": "LTR"}],
                   ilmd={"cbvmda:itemExpirationDate": expiry})  # fmt: skip
        store.told(action="OBSERVE", bizStep="storing", bizLocation={"id": STORE},
                   quantityList=[{"epcClass": uri, "quantity": quantity, "uom": "LTR"}])  # fmt: skip
    soon = store.wanted("PO-1", "30", due="2027-02-20", unit="LTR")
    later = store.wanted("PO-2", "30", due="2027-03-20", unit="LTR")
    pieces = store.wanted("PO-3", "1", due="2027-03-20")
    plan = store.planned(soon, later, pieces)
    taken = [(each["code"], each["expires"], [share["quantity"] for share in each["shares"]]) for each in plan["stock"]]
    assert taken == [("SOON", "2027-03-01", ["30"]), ("LATE", "2027-09-01", ["30"])]
    assert [each["stock"] for each in plan["lines"]] == ["30", "30", "0"]
    assert store.cover(soon, later) == []
    # 20 litres of the later lot are sent: what was promised of it is 10 more, so 10 of the 30 left are free
    store.told(action="OBSERVE", bizStep="shipping", disposition="in_transit",
               quantityList=[{"epcClass": lots[1][0], "quantity": 20, "uom": "LTR"}])  # fmt: skip
    more = store.wanted("PO-4", "50", due="2027-03-20", unit="LTR")
    assert store.planned(more)["lines"][0]["stock"] == "20"


def test_what_an_order_made_is_promised_to_its_lines(store) -> None:
    first = store.wanted("PO-1", "4")
    [order] = store.cover(first, multiple="10")
    for step in ("release", "start"):
        store.done("POST", f"/api/v1/orders/{order['id']}/step", step=step)
    done = {"bizTransactionList": [{"type": "prodorder", "bizTransaction": order["uri"]}]}
    store.told(action="ADD", bizStep="assembling", disposition="active", bizLocation={"id": STORE},
               epcList=[f"{PRODUCT}/21/M{number}" for number in range(6)], **done)  # fmt: skip
    # Six are made, and still at the line: nothing is in store. The order makes four for nobody.
    second = store.wanted("PO-2", "5")
    assert [store.planned(second)["lines"][0][part] for part in ("stock", "orders", "new")] == ["0", "4", "1"]
    # Stored, four of them are promised to PO-1, two are free.
    store.stored(*(f"M{number}" for number in range(6)))
    [line] = store.planned(second)["lines"]
    assert (line["stock"], line["orders"], line["new"]) == ("2", "3", "0")
    # The four are sent: the two that stay are free.
    store.told(action="OBSERVE", bizStep="shipping", disposition="in_transit",
               epcList=[f"{PRODUCT}/21/M{number}" for number in range(4)])  # fmt: skip
    assert store.planned(second)["lines"][0]["stock"] == "2"


def test_orders_are_as_large_as_the_bill_says(store) -> None:
    body = BILL | {"product": PRODUCT, "lot_minimum": "20", "lot_multiple": "8"}
    at = "/api/v1/definitions/bill_of_material/sized"
    draft = {"title_zh": "批量", "title_en": "Sized", "body": body | {"lot_multiple": "0"}, "revision": None}
    saved = store.client.put(at, json=draft).json()["row"]["revision"]
    refused = store.client.post(f"{at}/publish", json={"revision": saved, "note": "x"})
    assert (refused.status_code, refused.json()["at"]) == (422, "/lot_multiple")
    saved = store.client.put(at, json=draft | {"body": body, "revision": saved}).json()["row"]["revision"]
    assert store.client.post(f"{at}/publish", json={"revision": saved, "note": "first"}).status_code == 200
    [batch] = store.planned(store.wanted("PO-1", "3"))["batches"]
    assert (batch["quantity"], batch["spare"], batch["minimum"], batch["multiple"]) == ("24", "21", "20", "8")
    assert store.planned("PO-1/1", multiple="7")["batches"][0]["quantity"] == "21"
    # what the least lot makes beyond the first line serves the second
    second = store.wanted("PO-2", "22", due="2027-03-13")
    assert [each["quantity"] for each in store.cover("PO-1/1", second)] == ["24", "24"]
