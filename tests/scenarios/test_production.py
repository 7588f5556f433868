"""A day on a line: an order is planned, released and made; a wrong action at every step is refused without a trace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from suyuan.capture.tests.stations import FLOUR, PRODUCT, Station, furnished, now
from tests.support.bakery import document
from tests.support.web import InProcess

SUGAR = "https://id.gs1.org/01/09521234543237"
TORQUE = {
    "step": "assembling", "disposition": "in_progress",
    "fields": [
        {"id": "order", "kind": "scan", "label_zh": "工单", "label_en": "Order", "classes": ["order"]},
        {"id": "item", "kind": "scan", "label_zh": "产品", "label_en": "Product", "classes": ["unit"]},
        {"id": "recipe", "kind": "text", "label_zh": "配方", "label_en": "Recipe", "required": False},
        {"id": "torque", "kind": "number", "label_zh": "扭矩", "label_en": "Torque", "unit": "NU"},
    ],
    "meaning": [{"id": "done", "event": "object", "subjects": ["item"], "order": "order",
                 "parameters": [{"field": "torque", "type": "Torque", "uom": "NU"}]}],
}  # fmt: skip
ROUTE = {
    "products": [PRODUCT], "start": ["open"], "max_rework": 1,
    "operations": [
        {"id": "open", "name_zh": "上线", "name_en": "Start", "node": "operation-start", "qualifications": ["ASSY"]},
        {"id": "torque", "name_zh": "锁付", "name_en": "Screwing", "node": "torque", "tool_classes": ["driver"],
         "parameters": [{"type": "Torque", "uom": "NU", "low": "0.45", "high": "0.60"}],
         "recipe": "M3@B", "instruction_revision": "C", "read_required": True,
         "instructions": [{"text_zh": "按 1–4 的顺序锁紧", "text_en": "Tighten in the order 1 to 4"}]},
        {"id": "test", "name_zh": "检验", "name_en": "Test", "kind": "inspection", "node": "inspect"},
        {"id": "fix", "name_zh": "返修", "name_en": "Repair", "kind": "rework", "node": "rework"},
        {"id": "finish", "name_zh": "下线", "name_en": "Finish", "node": "operation-finish"},
    ],
    "links": [
        {"from": "open", "to": "torque"}, {"from": "torque", "to": "test"}, {"from": "test", "to": "finish"},
        {"from": "test", "to": "fix", "when": "failed"}, {"from": "fix", "to": "test"},
    ],
}  # fmt: skip
BILL = {
    "product": PRODUCT, "revision": "B",
    "lines": [{"id": "flour", "material": FLOUR, "quantity": "2", "unit": "KGM",
               "alternatives": [{"material": SUGAR, "quantity": "2", "needs_approval": True}]}],
}  # fmt: skip


class Plant:
    """A plant whose planner, engineer and line work through the public interface."""

    def __init__(self, tenant: Any) -> None:
        self.tenant = furnished(tenant)
        self.boss = InProcess(tenant.token())
        self.line = Station(tenant, "capture:reading:write", "trace:item:read", "trace:event:read")
        self.leader = Station(tenant, "capture:reading:write", "capture:reading:override", "trace:event:read")
        self.leader.mark = self.line.mark

    def made(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.boss.post(f"/api/v1/{path}", json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def refused(self, code: str, path: str, **body: Any) -> dict[str, Any]:
        before = self.boss.get("/api/v1/orders").json()
        answer = self.boss.post(f"/api/v1/{path}", json=body)
        assert answer.json()["code"] == code, answer.text
        assert self.boss.get("/api/v1/orders").json() == before
        return answer.json()

    def machine_refused(self, code: str, **event: Any) -> None:
        """Have a machine send an event that is refused for ``code``; it leaves nothing."""
        before, when = self.line.events(), now()
        made = {"type": "ObjectEvent", "action": "OBSERVE", "eventTime": when, "eventTimeZoneOffset": when[-6:]} | event
        job = self.boss.post("/epcis/v2/capture", json=document(made)).json()
        assert code in [error["code"] for error in job["errors"]], job
        assert self.line.events() == before

    def machine_sent(self, **event: Any) -> None:
        """Have a machine send an event that is taken."""
        when = now()
        made = {"type": "ObjectEvent", "action": "OBSERVE", "eventTime": when, "eventTimeZoneOffset": when[-6:]} | event
        job = self.boss.post("/epcis/v2/capture", json=document(made)).json()
        assert not job["errors"], job

    def publish(self, kind: str, key: str, body: dict[str, Any]) -> None:
        at = f"/api/v1/definitions/{kind}/{key}"
        known = self.boss.get(at)
        revision = known.json()["row"]["revision"] if known.status_code == 200 else None
        draft = {"title_zh": key, "title_en": key, "body": body, "revision": revision}
        saved = self.boss.put(at, json=draft)
        assert saved.status_code in (200, 201), saved.text
        done = self.boss.post(
            f"{at}/publish", json={"revision": saved.json()["row"]["revision"], "note": "for the line"}
        )
        assert done.status_code == 200, done.text

    def order(self, order_id: int) -> dict[str, Any]:
        self.tenant.deliver()
        answer = self.boss.get(f"/api/v1/orders/{order_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def plant(application) -> Plant:
    from tests.support.tenants import fresh_tenant

    plant = Plant(fresh_tenant())
    plant.publish("trace_node", "torque", TORQUE)
    plant.publish("bill_of_material", "widget", BILL)
    plant.publish("route", "widget", ROUTE)
    return plant


def _planned_and_begun(plant: Plant) -> dict[str, Any]:
    """Plan an order, release it and begin the first unit; return the order."""
    line = plant.line

    # The planner makes an order. A number is used once; it is not started before it is released.
    number = line.order()
    order = plant.made("orders", number=number, product="09521234543213", quantity="3", unit="", priority=2)
    assert (order["state"], order["product"]) == ("draft", PRODUCT)
    plant.refused("production.order_number_taken", "orders", number=number, product=PRODUCT, quantity="3")
    plant.refused("production.order_value_wrong", "orders", number=f"{number}-X", product=PRODUCT, quantity="0")
    step = f"orders/{order['id']}/step"
    told = plant.refused("production.order_state_wrong", step, step="start")
    assert "released" in told["detail"]

    # Nothing is made on an order that is not released.
    line.refused("production.order_not_open", "operation-start", order=number, item=line.unit(1))

    # Material is missing: 6 kg of flour. It arrives, and the order is released with the versions of that moment.
    short = plant.refused("production.order_material_short", step, step="release")
    assert "6" in short["title"]
    line.done("receive", item=line.lot("F1", "301231"), quantity="20", supplier=None)
    released = plant.made(step, step="release")
    assert (released["state"], released["route_version"], released["bom_version"]) == ("released", 1, 1)
    plant.made(step, step="start")

    # Somebody without the qualification cannot begin, until they hold it.
    wrong = line.refused("production.not_qualified", "operation-start", order=number, item=line.unit(1))
    assert "ASSY" in str(wrong["faults"])
    skill = plant.made("plant/qualifications", code="ASSY", name_zh="装配", name_en="Assembly")
    plant.made("plant/holders", qualification_id=skill["id"], person="test", valid_from="2026-01-01")
    line.done("operation-start", order=number, item=line.unit(1))

    # A step too early, a step twice, and a label that is not of this product.
    early = line.refused("production.wrong_step", "inspect", item=line.unit(1), result="pass")
    assert "Screwing" in str(early["faults"])
    plant.machine_refused("production.wrong_step", bizStep="inspecting", epcList=[line.unit_uri(1)])
    line.refused("production.wrong_step", "operation-start", order=number, item=line.unit(1))
    line.refused("production.wrong_product", "operation-start", order=number, item=line.lot("F9"))

    # A unit that was made to an older drawing: the operator hears which revision to fetch.
    _made_to(plant, line.unit_uri(9), "A")
    other = line.refused("production.wrong_revision", "operation-start", order=number, item=line.unit(9))
    assert "revision B" in str(other["faults"])
    return order


def _made_to(plant: Plant, unit: str, revision: str) -> None:
    """Have another system tell of a unit that was made to a revision of the drawing."""
    event = {
        "type": "ObjectEvent", "eventTime": "2026-01-05T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00",
        "action": "ADD", "bizStep": "commissioning", "disposition": "active", "epcList": [unit],
        "ilmd": {"suyuan:revision": revision},
    }  # fmt: skip
    context = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"suyuan": "urn:suyuan:vocab:"}]
    body = {"@context": context, "type": "EPCISDocument", "schemaVersion": "2.0",
            "creationDate": "2026-01-05T08:00:00.000Z", "epcisBody": {"eventList": [event]}}  # fmt: skip
    job = plant.boss.post("/epcis/v2/capture", json=body).json()
    assert job["success"], job["errors"]


def _fed(plant: Plant, number: str) -> None:
    """Feed the line."""
    line, leader = plant.line, plant.leader

    # Material: a wrong one, an expired one, an alternative that wants a second person, and the right one.
    for lot in ("(01)09521234543244(10)Z1", "(01)09521234543237(10)S1"):
        line.done("receive", item=lot, quantity="5")
    wrong = line.refused(
        "production.wrong_material", "feed", order=number, item="(01)09521234543244(10)Z1", quantity="1"
    )
    assert "09521234543220" in str(wrong["faults"])
    stand_in = {"order": number, "item": "(01)09521234543237(10)S1", "quantity": "1"}
    line.refused("production.alternative_unapproved", "feed", **stand_in)
    approved = leader.reading("feed", **stand_in) | {"overrides": [{"check": "alternative", "reason": "flour ran out"}]}
    assert leader.send(approved)[0]["outcome"] == "warned"
    old = leader.reading("receive", item=line.lot("OLD", "260101"), quantity="5")
    assert leader.send(old | {"overrides": [{"check": "not_expired", "reason": "to be sent back"}]})[0]["event_ids"]
    line.refused("capture.expired", "feed", order=number, item=line.lot("OLD", "260101"), quantity="1")
    line.done("feed", order=number, item=line.lot("F1", "301231"), quantity="4")
    plant.tenant.deliver()

    # A lot that expires earlier is at hand: it is recorded all the same, and the operator hears which one to fetch.
    line.done("receive", item=line.lot("F0", "291231"), quantity="0.5", supplier=None)
    later = line.done("feed", order=number, item=line.lot("F1", "301231"), quantity="0.5")
    assert "production.sooner_lot" in str(later["faults"])
    assert f"F0-{line.mark}" in str(later["faults"])
    first = line.done("feed", order=number, item=line.lot("F0", "291231"), quantity="0.5")
    assert "production.sooner_lot" not in str(first["faults"])
    plant.tenant.deliver()
    over = line.done("feed", order=number, item=line.lot("F1", "301231"), quantity="2")
    assert "production.over_consumption" in str(over["faults"])


def _screwed_tested_and_spent(plant: Plant, number: str) -> None:
    """Take the first unit through screwing, and through tests until no repair is left."""
    line, today = plant.line, datetime.now(UTC).date()

    # The screwdriver has to be calibrated, and the torque within its limits.
    screw = {"order": number, "item": line.unit(1), "recipe": "M3@B"}
    line.refused("production.no_tool", "torque", **screw, torque="0.5")
    tool = plant.made("plant/tools", code="TD-1", class_name="driver", name_zh="电批", name_en="Driver",
                      calibrated="2025-01-01", due=str(today - timedelta(days=1)))  # fmt: skip
    line.refused("production.no_tool", "torque", **screw, torque="0.5")
    plant.boss.patch(f"/api/v1/plant/tools/{tool['id']}", json={"due": str(today + timedelta(days=90))})
    line.refused("production.parameter_out_of_limits", "torque", **screw, torque="0.75")

    # The instructions in force have to be read first; the station has them, and the event says which revision it was.
    line.refused("production.instructions_unread", "torque", **screw, torque="0.5")
    known = line.client.get("/api/v1/production/station").json()
    steps = next(each for each in known["routes"]["widget@1"]["operations"] if each["id"] == "torque")
    assert steps["instructions"][0]["text_en"] == "Tighten in the order 1 to 4"
    # How far the unit has come and what went into the order is there too, so that the station checks without a network.
    work = line.client.get("/api/v1/production/station/work").json()
    assert [(done["node"], done["role"]) for done in work["done"] if done["item"] == line.unit_uri(1)] == [
        ("operation-start", "s")
    ]
    assert {"order": known["orders"][0]["uri"], "material": FLOUR, "quantity": "5.0"} in work["used"]
    assert line.client.get("/api/v1/production/station/work", params={"since": work["etag"]}).status_code == 204
    read = {"route": "widget", "operation": "torque", "revision": "B"}
    unknown = line.client.post("/api/v1/production/instructions/read", json=read)
    assert unknown.json()["code"] == "production.instructions_unknown"
    assert line.client.post("/api/v1/production/instructions/read", json=read | {"revision": "C"}).status_code == 204
    again = line.client.get("/api/v1/production/station", params={"since": known["etag"]}).json()
    assert again["read"] == ["widget torque C"]
    assert line.client.get("/api/v1/production/station", params={"since": again["etag"]}).status_code == 204
    line.done("torque", **screw, torque="0.5")

    # It fails, is repaired once and fails again; after that no repair is left, and it is scrapped.
    line.done("inspect", item=line.unit(1), result="fail", defect="scratch")
    line.refused("production.wrong_step", "operation-finish", order=number, item=line.unit(1), quantity="1")
    line.done("rework", item=line.unit(1), work="polished")
    line.done("inspect", item=line.unit(1), result="fail", defect="scratch")
    line.done("rework", item=line.unit(1), work="polished")
    line.refused("production.rework_spent", "inspect", item=line.unit(1), result="pass")


def test_a_day_on_the_line(plant) -> None:
    order = _planned_and_begun(plant)
    line, number, step = plant.line, order["number"], f"orders/{order['id']}/step"
    _fed(plant, number)
    _screwed_tested_and_spent(plant, number)

    # A second one goes straight through, and the order says so.
    line.done("operation-start", order=number, item=line.unit(2))
    line.refused("production.wrong_recipe", "torque", order=number, item=line.unit(2), recipe="M3@A", torque="0.55")
    line.done("torque", order=number, item=line.unit(2), recipe="M3@B", torque="0.55")
    line.done("inspect", item=line.unit(2), result="pass")
    line.done("operation-finish", order=number, item=line.unit(2), quantity="1")
    told = plant.order(order["id"])
    counted = {row["operation"]: (row["passed"], row["failed"]) for row in told["operations"]}
    assert counted["open"] == (2, 0)
    assert counted["finish"] == (1, 0)
    assert told["made"] == "1"
    flour = told["materials"][0]
    assert (flour["needed"], flour["used"]) == ("6", "8.0")
    history = plant.boss.get("/api/v1/production/history", params={"code": line.unit(2)}).json()
    assert [step["instructions"] for step in history["steps"]] == [None, "C", None, None]
    readers = plant.boss.get("/api/v1/production/instructions/readers", params={"key": "widget"}).json()["rows"]
    assert [(row["operation"], row["revision"]) for row in readers] == [("torque", "C")]
    assert told["instructions"][0]["steps"][0]["text_zh"] == "按 1–4 的顺序锁紧"

    # A new revision of the route does not touch the order that runs; paused, nothing is made; then it is closed.
    plant.publish("route", "widget", {**ROUTE, "max_rework": 5})
    assert plant.order(order["id"])["row"]["order"]["route_version"] == 1
    plant.refused("production.order_reason_missing", step, step="pause")
    plant.made(step, step="pause", reason="no cases")
    line.refused("production.order_not_open", "operation-start", order=number, item=line.unit(3))
    for name in ("resume", "complete", "close"):
        plant.made(step, step=name)
    plant.refused("production.order_state_wrong", step, step="start")
    line.refused("production.order_not_open", "operation-start", order=number, item=line.unit(3))


def test_a_lot_is_finished_in_portions_and_not_twice(plant) -> None:
    """Of a lot of 500, 200 are done today and 300 tomorrow; the whole lot again, or more of it, is refused."""
    line, product = plant.line, "https://id.gs1.org/01/09521234543244"
    operations = [{"id": "finish", "name_zh": "下线", "name_en": "Finish", "node": "operation-finish"}]
    plant.publish("route", "loaf", {"products": [product], "start": ["finish"], "operations": operations, "links": []})
    order = plant.made("orders", number=f"{line.order()}-L", product=product, quantity="500", kind="lot")
    for step in ("release", "start"):
        plant.made(f"orders/{order['id']}/step", step=step)
    loaves = f"(01)09521234543244(10)LOAF-{line.mark}"

    def more(amount: str) -> dict[str, Any]:
        return {"order": order["number"], "item": loaves, "quantity": amount}

    line.done("operation-finish", **more("200"))
    line.refused("production.wrong_step", "operation-finish", **more("301"))
    line.refused("capture.repeated", "operation-finish", **more("500"))
    line.done("operation-finish", **more("300"))
    line.refused("production.wrong_step", "operation-finish", **more("1"))
    plant.machine_refused(
        "production.wrong_step", bizStep="urn:suyuan:vocab:step:operation_finish",
        bizTransactionList=[{"type": "po", "bizTransaction": order["uri"]}],
        quantityList=[{"epcClass": f"{product}/10/LOAF-{line.mark}", "quantity": 500}],
    )  # fmt: skip


def test_no_operation_has_more_of_a_lot_than_came_to_it(plant) -> None:
    """200 of a lot of 500 are begun: 201 cannot be finished, the refusal says how many can, and nothing stays of it."""
    line, product = plant.line, "https://id.gs1.org/01/09521234543251"
    operations = [{"id": "begin", "name_zh": "上线", "name_en": "Begin", "step": "urn:x:step:wind"},
                  {"id": "finish", "name_zh": "下线", "name_en": "Finish", "node": "operation-finish"}]  # fmt: skip
    body = {"products": [product], "start": ["begin"], "operations": operations,
            "links": [{"from": "begin", "to": "finish"}]}  # fmt: skip
    plant.publish("route", "rolls", body)
    order = plant.made("orders", number=f"{line.order()}-P", product=product, quantity="500", kind="lot")
    for step in ("release", "start"):
        plant.made(f"orders/{order['id']}/step", step=step)
    lot, code = f"{product}/10/ROLL-{line.mark}", f"(01)09521234543251(10)ROLL-{line.mark}"
    begun = {
        "bizStep": "urn:x:step:wind", "bizTransactionList": [{"type": "prodorder", "bizTransaction": order["uri"]}],
        "quantityList": [{"epcClass": lot, "quantity": 200}],
    }  # fmt: skip
    plant.machine_sent(**begun)
    said = line.refused("production.portion_too_large", "operation-finish", order=order["number"], item=code,
                        quantity="201")  # fmt: skip
    assert "200" in str(said)
    line.done("operation-finish", order=order["number"], item=code, quantity="150")
    line.refused("production.portion_too_large", "operation-finish", order=order["number"], item=code, quantity="51")
    plant.machine_refused(
        "production.portion_too_large", bizStep="urn:suyuan:vocab:step:operation_finish",
        bizTransactionList=begun["bizTransactionList"], quantityList=[{"epcClass": lot, "quantity": 51}],
    )  # fmt: skip
    plant.machine_sent(**begun | {"quantityList": [{"epcClass": lot, "quantity": 1}]})
    line.done("operation-finish", order=order["number"], item=code, quantity="51")


def test_orders_are_split_and_merged(plant) -> None:
    order = plant.made("orders", number="MO-S", product=PRODUCT, quantity="10")
    at = f"orders/{order['id']}"
    plant.refused("production.order_split_wrong", f"{at}/split", quantity="10")
    part = plant.made(f"{at}/split", quantity="4")
    assert (part["number"], part["quantity"], part["parent_id"]) == ("MO-S-1", "4", order["id"])
    assert plant.order(order["id"])["row"]["order"]["quantity"] == "6"
    other = plant.made("orders", number="MO-T", product=FLOUR, quantity="1")
    plant.refused("production.order_merge_wrong", f"{at}/merge", orders=[other["id"]])
    assert plant.made(f"{at}/merge", orders=[part["id"]])["quantity"] == "10"
    gone = plant.order(part["id"])["row"]["order"]
    assert (gone["state"], gone["merged_into"]) == ("cancelled", order["id"])
    plant.refused("production.order_no_route", f"orders/{other['id']}/step", step="release")
    plant.made(f"{at}/step", step="release", accept_short=True)
    changed = plant.boss.patch(f"/api/v1/{at}", json={"quantity": "11"})
    assert changed.json()["code"] == "production.order_not_draft"
    assert plant.boss.patch(f"/api/v1/{at}", json={"priority": 1, "due": "2026-12-01T00:00:00Z"}).status_code == 200


def test_a_table_of_orders_is_taken_whole_or_not_at_all(plant) -> None:
    good = "number,product,quantity,due,priority\nMO-A,09521234543213,5,2026-12-24,1\nMO-B,09521234543213,7,,\n"
    told = plant.refused("production.order_number_taken", "orders/import", text=good + "MO-A,09521234543213,1,,\n")
    assert told["at"] == "/text/4"
    assert [row["number"] for row in plant.made("orders/import", text="\ufeff" + good)["rows"]] == ["MO-A", "MO-B"]
    found = plant.boss.get("/api/v1/orders", params={"search": "MO-A", "sort": "due", "state": "draft"}).json()
    assert [row["order"]["number"] for row in found["rows"]] == ["MO-A"]
    table = plant.boss.get("/api/v1/orders/export", params={"search": "MO-"}).text
    assert "MO-B" in table
