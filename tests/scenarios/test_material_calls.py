"""A day between warehouse and line: material is called for, brought, used up; a held lot shows who goes short."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import FLOUR, PRODUCT, Station, furnished
from tests.support.database import contents_of
from tests.support.web import InProcess

STORE, LINE = "https://id.gs1.org/414/9521234000013/254/WH", "https://id.gs1.org/414/9521234000013/254/L1"
SUGAR = "https://id.gs1.org/01/09521234543237"
AT = "/api/v1/production/pulls"
BILL = {
    "product": PRODUCT, "revision": "B",
    "lines": [{"id": "flour", "material": FLOUR, "quantity": "2", "unit": "KGM",
               "alternatives": [{"material": SUGAR, "quantity": "2", "needs_approval": True}]}],
}  # fmt: skip
ROUTE = {
    "products": [PRODUCT], "start": ["open"],
    "operations": [{"id": "open", "name_zh": "上线", "name_en": "Start", "node": "operation-start"}],
}  # fmt: skip


class Plant:
    """A warehouse and a line that work through the public interface."""

    def __init__(self, tenant: Any) -> None:
        self.tenant = furnished(tenant)
        self.boss = InProcess(tenant.token())
        self.store = Station(tenant, place=STORE)
        self.line = Station(tenant, place=LINE)
        self.line.mark = self.store.mark
        self.warehouse = InProcess(tenant.token("production:pull:read", "production:pull:deliver"))
        self.operator = InProcess(tenant.token("production:pull:call"))

    def made(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.boss.post(f"/api/v1/{path}", json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def publish(self, kind: str, body: dict[str, Any]) -> None:
        at = f"/api/v1/definitions/{kind}/widget"
        saved = self.boss.put(at, json={"title_zh": "甲", "title_en": "A", "body": body, "revision": None}).json()
        done = self.boss.post(f"{at}/publish", json={"revision": saved["row"]["revision"], "note": "for the line"})
        assert done.status_code == 200, done.text

    def ordered(self, number: str, quantity: str, due: str) -> str:
        order = self.made("orders", number=number, product=PRODUCT, quantity=quantity, due=due, line=LINE,
                          customer=f"customer of {number}", sales_order=f"SO-{number}")  # fmt: skip
        self.made(f"orders/{order['id']}/step", step="release", accept_short=True)
        return str(order["id"])

    def refused(self, fault: str, call: str, **thing: Any) -> dict[str, Any]:
        """Try to bring something that is refused, and leaves no trace."""
        before = contents_of(self.tenant.id)
        answer = self.warehouse.post(f"{AT}/calls/{call}/deliver", json={"brought": [thing]})
        assert answer.json()["code"] == fault, answer.text
        assert contents_of(self.tenant.id) == before
        return answer.json()

    def at_line(self) -> dict[str, tuple[str, str]]:
        """Return what stands at the line and what is usable of it, by material."""
        self.tenant.deliver()
        rows = self.warehouse.get("/api/v1/production/line-stock", params={"place": LINE}).json()["rows"]
        return {row["material"]: (row["quantity"], row["usable"]) for row in rows}

    def open(self) -> list[dict[str, Any]]:
        self.tenant.deliver()
        return self.warehouse.get(AT).json()["open"]


@pytest.fixture(scope="module")
def plant(application) -> Plant:
    from tests.support.tenants import fresh_tenant

    plant = Plant(fresh_tenant())
    plant.publish("bill_of_material", BILL)
    plant.publish("route", ROUTE)
    return plant


def _called_by_card(plant: Plant) -> dict[str, Any]:
    """Lots come in; the line's card is scanned, once."""
    store = plant.store
    for lot, expiry, quantity in (("F1", "301231", "20"), ("F0", "291231", "4"), ("HELD", "281231", "50")):
        store.done("receive", item=store.lot(lot, expiry), quantity=quantity)
    store.done("inspect", item=store.lot("HELD"), result="fail", defect="weevils")
    old = store.reading("receive", item=store.lot("OLD", "260101"), quantity="5")
    assert Station(plant.tenant, "capture:reading:write", "capture:reading:override", place=STORE).send(
        old | {"overrides": [{"check": "not_expired", "reason": "to be sent back"}]}
    )[0]["event_ids"]
    store.done("receive", item="(01)09521234543237(10)S1", quantity="5")
    plant.tenant.deliver()

    # A card is made for the line: 2 to 6 kg of flour, brought within a quarter of an hour, called for by scanning.
    card = plant.made("production/pulls/cards", card="KB-FLOUR", material="09521234543220", place=LINE, source=STORE,
                      minimum="2", maximum="6", unit="KGM", lead_minutes=15, automatic=False)  # fmt: skip
    assert (card["stock"], card["called"]) == ("0", "0")
    twice = plant.boss.post(f"{AT}/cards", json={"material": FLOUR, "place": LINE, "minimum": "1", "maximum": "2"})
    assert twice.json()["code"] == "production.pull_spot_taken"

    # The operator scans it; offline the PDA sends the same call again: it is one. A second scan of the card is refused.
    made = {"id": str(uuid4()), "card": "KB-FLOUR"}
    call = plant.operator.post(AT, json=made).json()
    assert (call["state"], call["origin"], call["quantity"]) == ("requested", "scan", "6")
    assert plant.operator.post(AT, json=made).json()["id"] == call["id"]
    again = plant.operator.post(AT, json={"id": str(uuid4()), "card": "KB-FLOUR"})
    assert again.json()["code"] == "production.pull_card_open"
    unknown = plant.operator.post(AT, json={"id": str(uuid4()), "card": "KB-NONE"})
    assert unknown.json()["code"] == "production.pull_card_unknown"
    return call


def _brought_and_used(plant: Plant, call: dict[str, Any], number: str) -> None:
    """The warehouse brings the right lot, after wrong ones; the line uses it, and the card calls by itself."""
    store, at = plant.store, f"{AT}/calls/{call['id']}"
    # The board says what to fetch: what expires first; the held and the expired lots are not among it.
    [shown] = plant.open()
    assert [lot["code"].split("-")[0] for lot in shown["fetch"]] == ["F0", "F1"]
    assert plant.warehouse.post(f"{at}/pick").json()["state"] == "picking"

    # The wrong material, a held lot, an expired one, and more than there is: refused, each naming what to fetch.
    wrong = plant.refused("production.pull_wrong_lot", call["id"], code="(01)09521234543237(10)S1")
    assert f"F0-{store.mark}" in wrong["detail"]
    plant.refused("production.pull_held_lot", call["id"], code=store.lot("HELD"))
    plant.refused("production.pull_expired_lot", call["id"], code=store.lot("OLD"))
    plant.refused("production.pull_too_much", call["id"], code=store.lot("F0"), quantity="40")
    plant.refused("coding.not_on_record", call["id"], code=store.lot("NEVER"))

    # A later lot before an earlier one is advised against; then what was asked for, from two lots, is at the line.
    brought = [{"code": store.lot("F1"), "quantity": "1"}, {"code": store.lot("F0")}]
    done = plant.warehouse.post(f"{at}/deliver", json={"brought": brought}).json()
    assert done["call"]["state"] == "delivered"
    assert f"F0-{store.mark}" in str(done["advice"])
    assert plant.at_line()[FLOUR] == ("5", "5")
    late = plant.warehouse.post(f"{at}/pick")
    assert late.json()["code"] == "production.pull_state_wrong"

    # Used down below the minimum, the card calls by itself, once however much more is used.
    plant.boss.patch(f"{AT}/cards/{plant.boss.get(f'{AT}/cards').json()['rows'][0]['id']}", json={"automatic": True})
    plant.line.done("feed", order=number, item=store.lot("F0"), quantity="3.5")
    [again] = plant.open()
    assert (again["call"]["origin"], again["call"]["quantity"]) == ("minimum", "4.5")
    plant.line.done("feed", order=number, item=store.lot("F0"), quantity="0.5")
    assert len(plant.open()) == 1
    assert plant.at_line()[FLOUR] == ("1", "1")
    gone = plant.boss.post(f"{AT}/calls/{again['call']['id']}/cancel", json={"reason": "order changed"})
    assert gone.json()["state"] == "cancelled"

    # Made anew from the ledger, it is the same, and nothing is called for by it.
    from suyuan.production.api import feeding

    before, calls = plant.at_line(), len(plant.open())
    with plant.tenant.open():
        feeding.rebuild()
    assert (plant.at_line(), len(plant.open())) == (before, calls)


def test_a_day_between_warehouse_and_line(plant) -> None:
    first = plant.ordered("MO-A", "8", "2026-12-01T08:00:00Z")
    second = plant.ordered("MO-B", "6", "2026-12-05T08:00:00Z")
    call = _called_by_card(plant)
    _brought_and_used(plant, call, "MO-A")

    # 20 kg are left where 24 are wanted: the order that is due last goes short, and the held lot would cover it.
    at = "/api/v1/production/shortages"
    known = {"code": plant.store.lot("HELD")}
    told = plant.boss.get(f"{at}/lot", params=known).json()
    assert (told["lot"]["state"], told["lot"]["left"], told["needing"]) == ("held", "50", 2)
    [short] = told["orders"]
    assert (short["number"], short["short"], short["by_lot"]) == ("MO-B", "4", "4")
    assert (short["customer"], short["sales_order"], short["needed"]) == ("customer of MO-B", "SO-MO-B", "12")
    assert (told["shipped"]["items"], told["shipped"]["listed"]) == (0, 0)

    # There on the 4th, it comes in time for MO-B; on the 6th it does not.
    for until, orders in (("2026-12-04T00:00:00Z", []), ("2026-12-06T00:00:00Z", ["MO-B"])):
        later = plant.boss.get(f"{at}/lot", params=known | {"until": until}).json()
        assert [row["number"] for row in later["orders"]] == orders

    # If the big good lot does not come either, both go short; from an order one sees the same.
    gone = plant.boss.get(f"{at}/lot", params={"code": plant.store.lot("F1")}).json()
    assert [(row["number"], row["short"]) for row in gone["orders"]] == [("MO-A", "12"), ("MO-B", "12")]
    assert gone["orders"][0]["at_line"] == "1"
    over = plant.boss.get(at).json()
    assert [(row["material"], row["short"], row["blocked"]) for row in over["materials"]] == [(FLOUR, "4", "55")]
    assert {lot["state"] for lot in over["lots"]} == {"held", "expired"}
    mine = plant.boss.get(f"{at}/orders/{second}").json()["materials"]
    assert [(row["row"]["short"], len(row["lots"])) for row in mine] == [("4", 2)]
    assert plant.boss.get(f"{at}/orders/{first}").json()["materials"][0]["row"]["short"] == "0"
