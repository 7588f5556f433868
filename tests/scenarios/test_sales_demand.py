"""A planner's day: customers' orders come in, work orders are made of them, both change; nothing is lost on the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from suyuan.capture.tests.stations import PRODUCT
from tests.support.database import contents_of
from tests.support.web import InProcess

DEMAND = "/api/v1/production/demand"
OTHER = "https://id.gs1.org/01/09521234543237"
ROUTE = {
    "products": [PRODUCT], "start": ["a"],
    "operations": [{"id": "a", "name_zh": "装配", "name_en": "Assembly", "step": "assembling"}],
}  # fmt: skip
BILL = {"product": OTHER, "lines": [{"id": "x", "material": "urn:x:x", "quantity": "1"}]}
TABLE = """客户订单号,行号,客户,产品,数量,交期
PO-1,10,华东商贸,{product},30,2027-03-05
PO-1,20,华东商贸,{product},20,2027-03-12
PO-2,1,北方连锁,{product},15,2027-03-12
PO-2,2,北方连锁,04006381333931,5,2027-03-12
PO-2,3,北方连锁,{product},0,2027-03-12
"""


class Planner:
    """Somebody who plans at a plant that makes one product by a published route."""

    def __init__(self, tenant: Any) -> None:
        self.tenant = tenant
        self.client = InProcess(tenant.token())
        for kind, key, body in (("route", "r", ROUTE), ("bill_of_material", "b", BILL)):
            at = f"/api/v1/definitions/{kind}/{key}"
            draft = {"title_zh": key, "title_en": key, "body": body, "revision": None}
            revision = self.client.put(at, json=draft).json()["row"]["revision"]
            done = self.client.post(f"{at}/publish", json={"revision": revision, "note": "first"})
            assert done.status_code == 200, done.text

    def done(self, method: str, at: str, **body: Any) -> Any:
        answer = self.client.request(method, at, json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def refused(self, code: str, method: str, at: str, **body: Any) -> Any:
        before = self.kept()
        answer = self.client.request(method, at, json=body)
        assert answer.json()["code"] == code, answer.text
        assert self.kept() == before
        return answer.json()

    def kept(self) -> Any:
        """Return all that is kept of demand and orders, with their history."""
        with self.tenant.open() as current:
            tables = ("production_demand", "production_demand_cover", "production_order", "compliance_audit")
            return [current.rows(f"SELECT t::text FROM {table} t ORDER BY 1") for table in tables]

    def line(self, name: str) -> Any:
        """Return a line by order and number, ``PO-1/10``."""
        rows = self.client.get(DEMAND).json()["rows"]
        return next(row for row in rows if f"{row['demand']['customer_order']}/{row['demand']['line']}" == name)

    def ids(self, *names: str) -> list[int]:
        return [self.line(name)["demand"]["id"] for name in names]

    def standing(self, name: str) -> tuple[str, int, int, int]:
        row = self.line(name)
        return row["state"], *(int(float(row[part])) for part in ("covered", "open", "over"))

    def cover(self, *names: str, **how: Any) -> list[Any]:
        return self.done("POST", f"{DEMAND}/orders", lines=self.ids(*names), **how)["orders"]

    def upload(self, text: str) -> Any:
        base = "/api/v1/capture/imports"
        made = self.client.post(base, params={"node": "master.demand", "name": "demand.csv"}, content=text.encode())
        assert made.status_code == 200, made.text
        at, mapping = f"{base}/{made.json()['row']['id']}", made.json()["mapping"]
        assert self.client.post(f"{at}/start", json={"mapping": mapping, "mode": "skip"}).status_code == 200
        from suyuan.capture.jobs.importing import run_import

        run_import(self.tenant.id, UUID(made.json()["row"]["id"]))
        row = self.client.get(at).json()["row"]
        return row["recorded"], row["repeated"], row["refused"]


@pytest.fixture(scope="module")
def planner(application) -> Planner:
    from tests.support.tenants import fresh_tenant

    return Planner(fresh_tenant())


def test_a_planners_day(planner) -> None:
    # In the morning a table of customers' orders comes. A product nobody knows and a quantity of nothing are left out.
    table = TABLE.format(product=PRODUCT.rsplit("/", 1)[1])
    assert planner.upload(table) == (3, 0, 2)
    assert planner.upload(table) == (0, 3, 2)
    assert planner.standing("PO-1/10") == ("open", 0, 30, 0)

    # A line that came by telephone; its number is used once, its product must be known.
    phoned = {"customer_order": "PO-3", "line": "1", "customer": "南方药房", "quantity": "8", "due": "2027-03-12"}
    planner.done("POST", DEMAND, **phoned, product=PRODUCT, customer_uri="9521234000006")
    planner.refused("production.demand_line_taken", "POST", DEMAND, **phoned, product=PRODUCT)
    unknown = phoned | {"line": "2", "product": "04006381333931"}
    planner.refused("production.demand_product_unknown", "POST", DEMAND, **unknown)
    for wrong in ({"quantity": "0"}, {"quantity": "1.5"}, {"customer": " "}, {"customer_uri": "x"}):
        body = phoned | {"line": "2", "product": PRODUCT} | wrong
        planner.refused("production.demand_value_wrong", "POST", DEMAND, **body)

    # An order is on the floor already, 12 for stock, due on the 10th. The first line is covered by an order of its own:
    # it is due before that.
    planner.done("POST", "/api/v1/orders", number="STOCK", product=PRODUCT, quantity="12", due="2027-03-10T12:00:00Z")
    [first] = planner.cover("PO-1/10", multiple="25")
    assert (first["number"], first["quantity"], first["sales_order"]) == ("SD-270305-01", "50", "PO-1")
    assert (first["state"], first["customer"], first["due"][:10]) == ("draft", "华东商贸", "2027-03-05")
    assert planner.standing("PO-1/10") == ("covered", 30, 0, 0)
    planner.refused("production.demand_covered", "POST", f"{DEMAND}/orders", lines=planner.ids("PO-1/10", "PO-2/1"))

    # Three lines are due on the 12th, 43 in all: 20 to spare of the first order, 12 of the stock order, so 11 are made.
    rest = ("PO-1/20", "PO-2/1", "PO-3/1")
    before = contents_of(planner.tenant.id)
    plan = planner.done("POST", f"{DEMAND}/plan", lines=planner.ids(*rest))
    assert contents_of(planner.tenant.id) == before
    assert [each["number"] for each in plan["used"]] == ["SD-270305-01", "STOCK"]
    assert [(batch["quantity"], batch["spare"]) for batch in plan["batches"]] == [("11", "0")]
    [second] = planner.cover(*rest)
    assert (second["quantity"], second["sales_order"]) == ("11", "PO-2, PO-3")
    assert {planner.standing(name)[0] for name in rest} == {"covered"}
    assert planner.client.get(DEMAND, params={"state": "open"}).json()["total"] == 0
    for_whom = planner.client.get(f"{DEMAND}/made-for/{first['id']}").json()["rows"]
    assert [(each["demand"]["customer_order"], each["demand"]["line"], each["bound"]) for each in for_whom] == [
        ("PO-1", "10", "30"), ("PO-1", "20", "20")]  # fmt: skip

    _customers_change(planner, first)
    _orders_change(planner, first, second)


def _customers_change(planner: Planner, first: Any) -> None:
    # PO-1/20 takes 5 less: nothing is changed on the floor, and the planner is told that 5 are made for nobody.
    line = planner.line("PO-1/20")["demand"]["id"]
    planner.refused("production.demand_bound", "PATCH", f"{DEMAND}/{line}", product=OTHER)
    planner.done("PATCH", f"{DEMAND}/{line}", quantity="15")
    assert planner.standing("PO-1/20") == ("covered", 20, 0, 5)
    over = planner.client.get(DEMAND, params={"state": "over"}).json()["rows"]
    assert [row["demand"]["id"] for row in over] == [line]
    planner.refused("production.demand_order_bound", "PATCH", f"/api/v1/orders/{first['id']}", product=OTHER)

    # It is cancelled, with a reason; its order is given free and serves the next line that comes.
    step = f"{DEMAND}/{line}/step"
    planner.refused("production.demand_reason_missing", "POST", step, step="cancel")
    planner.done("POST", step, step="cancel", reason="客户撤单")
    assert planner.standing("PO-1/20") == ("cancelled", 20, 0, 20)
    planner.refused("production.demand_cancelled", "PATCH", f"{DEMAND}/{line}", quantity="3")
    planner.refused("production.demand_cancelled", "POST", f"{DEMAND}/orders", lines=[line])
    planner.done("DELETE", f"{DEMAND}/{line}/covers/{first['id']}")
    planner.refused("chassis.not_found", "DELETE", f"{DEMAND}/{line}/covers/{first['id']}")
    planner.done("POST", DEMAND, customer_order="PO-4", line="1", customer="新店", product=PRODUCT, quantity="18",
                 due="2027-03-20")  # fmt: skip
    assert planner.cover("PO-4/1") == []
    assert planner.standing("PO-4/1") == ("covered", 18, 0, 0)
    planner.done("POST", step, step="reopen")
    assert planner.standing("PO-1/20") == ("open", 0, 15, 0)


def _orders_change(planner: Planner, first: Any, second: Any) -> None:
    # The first order is made smaller: the line that is due last goes short, nobody has to find that out.
    at = f"/api/v1/orders/{first['id']}"
    planner.done("PATCH", at, quantity="40")
    assert planner.standing("PO-1/10") == ("covered", 30, 0, 0)
    assert planner.standing("PO-4/1") == ("open", 10, 8, 0)
    planner.done("PATCH", at, quantity="50")

    # Split, what is bound follows; merged back, it comes back.
    planner.done("POST", f"{at}/step", step="release")
    child = planner.done("POST", f"{at}/split", quantity="35")
    assert [cover["number"] for cover in planner.line("PO-1/10")["covers"]] == [first["number"], child["number"]]
    assert planner.standing("PO-1/10") == ("covered", 30, 0, 0)
    assert planner.standing("PO-4/1") == ("covered", 18, 0, 0)
    planner.done("POST", f"{at}/merge", orders=[child["id"]])
    assert [cover["bound"] for cover in planner.line("PO-1/10")["covers"]] == ["30"]

    # Another is cancelled: what it was to make is open again, and can be covered anew.
    assert planner.standing("PO-3/1")[0] == "covered"
    planner.done("POST", f"/api/v1/orders/{second['id']}/step", step="cancel", reason="line down")
    assert planner.standing("PO-3/1") == ("open", 0, 8, 0)

    # An order that is closed with less than it was to make leaves open what is missing.
    for step in ("start", "complete", "close"):
        planner.done("POST", f"{at}/step", step=step)
    assert planner.standing("PO-1/10") == ("open", 0, 30, 0)

    # Where no route is published, no order is made, and nothing of the others stays.
    planner.done("POST", DEMAND, customer_order="PO-5", line="1", customer="新店", product=OTHER, quantity="2",
                 due="2027-03-20")  # fmt: skip
    both = planner.ids("PO-3/1", "PO-5/1")
    planner.refused("production.order_no_route", "POST", f"{DEMAND}/orders", lines=both)


def test_anothers_lines_are_not_there(planner, make_tenant) -> None:
    stranger = InProcess(make_tenant().token())
    [line] = planner.ids("PO-1/10")
    for method, at, body in (
        ("GET", f"{DEMAND}/{line}", None),
        ("PATCH", f"{DEMAND}/{line}", {"quantity": "1"}),
        ("POST", f"{DEMAND}/{line}/step", {"step": "cancel", "reason": "x"}),
        ("POST", f"{DEMAND}/plan", {"lines": [line]}),
        ("POST", f"{DEMAND}/orders", {"lines": [line]}),
    ):
        assert stranger.request(method, at, json=body).status_code == 404
    assert stranger.get(DEMAND).json()["rows"] == []
