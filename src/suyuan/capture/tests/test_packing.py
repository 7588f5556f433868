"""Packing at the console meets the checks of the trace nodes whose steps it claims; who may lets pass, on record."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import RIGHTS, Station, furnished

PACKER = (*RIGHTS, "coding:binding:write", "capture:quality:read", "trace:event:write", "designer:definition:read")
CHIEF = (*PACKER, "capture:reading:override", "designer:definition:write", "designer:definition:publish")


class Packer(Station):
    """Somebody at the packing page."""

    def bind(self, what: str, parent: str, *items: str, **more: Any) -> Any:
        body = {"request_key": str(uuid4()), "parent": parent, "children": list(items)} | more
        return self.client.post(f"/api/v1/bindings/{what}", json=body)

    def bound(self, what: str, parent: str, *items: str, **more: Any) -> Any:
        answer = self.bind(what, parent, *items, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stopped(self, code: str, what: str, parent: str, *items: str, **more: Any) -> Any:
        """Bind and be refused for ``code`` in both languages, without a trace."""
        before = self.events(), self.kept()
        answer = self.bind(what, parent, *items, **more)
        assert answer.json()["code"] == code, answer.text
        assert answer.status_code >= 400
        assert answer.json()["title"]
        assert answer.json()["detail"]
        assert (self.events(), self.kept()) == before
        return answer.json()

    def made(self, *numbers: int) -> list[str]:
        for number in numbers:
            self.done("operation-start", item=self.unit(number))
        return [self.unit(number) for number in numbers]

    def kept(self) -> list[tuple[Any, ...]]:
        """Return node, outcome and overrides of every entry at nodes that pack."""
        from suyuan.chassis.database import tx

        with self.tenant.open():
            return tx().rows(
                "SELECT node, outcome, overridden, (reading -> 'overrides')::text FROM capture_reading"
                " WHERE node LIKE 'pack%%' ORDER BY received"
            )


@pytest.fixture
def plant(tenant: Any) -> Any:
    return furnished(tenant)


@pytest.fixture
def packer(plant) -> Packer:
    return Packer(plant, *PACKER)


@pytest.fixture
def chief(plant) -> Packer:
    return Packer(plant, *CHIEF)


def test_what_the_node_refuses_cannot_be_packed_here(packer) -> None:
    (one, two) = packer.made(1, 2)
    packer.bound("pack", packer.box(1), one)
    assert [row[:2] for row in packer.kept()] == [("pack", "recorded")]
    packer.done("receive", item=packer.lot("OLD"), quantity="5")
    packer.stopped("capture.not_known", "pack", packer.box(2), packer.lot("NEW"), quantity=3)
    packer.stopped("capture.expired", "pack", packer.box(2), packer.lot("OLD", "200131"), quantity=3)
    packer.stopped("capture.expired", "pack", packer.box(2), f"(01)09521234543213(17)200131(21)U{packer.mark}-2")
    packer.stopped("capture.class_wrong", "pack", two, packer.made(3)[0])
    packer.stopped("capture.not_known", "pack", packer.box(9), packer.box(8))


def test_expired_goods_and_steps_out_of_order_are_refused(plant, packer, chief) -> None:
    for number, check in (
        (1, {"id": "done", "kind": "in_state", "field": "item", "states": ["conformant"]}),
        (2, {"id": "fresh", "kind": "not_expired", "field": "item", "days": 9}),
    ):
        _publish(chief, f"pack-{number}", checks=[check])
    _retire(chief, "pack")
    (one,) = packer.made(1)
    packer.stopped("capture.state_wrong", "pack", packer.box(1), f"(01)09521234543213(17)200131(21)U{packer.mark}-1")
    assert packer.kept() == []
    packer.bound("pack", packer.box(1), one)  # the second node takes it: somebody could have packed there


def test_taken_out_it_may_be_packed_again_and_a_new_label_packs_nothing(packer) -> None:
    (one, two) = packer.made(1, 2)
    packer.bound("pack", packer.box(1), one, two)
    packer.bound("move", packer.box(2), one)
    packer.bound("unpack", packer.box(2), one)
    packer.bound("pack", packer.box(1), one)
    packer.bound("pack", packer.box(7), packer.box(1))
    worn = {"request_key": str(uuid4()), "old": packer.box(1), "new": packer.box(5)}
    answer = packer.client.post("/api/v1/bindings/relabel", json=worn)
    assert answer.status_code == 200, answer.text
    assert len(packer.kept()) == 4  # what was put in; nothing for the label
    held = {"item": two, "result": "fail", "defect": "刮花"}
    packer.done("inspect", **held)
    packer.stopped("coding.bind_held", "move", packer.box(2), two)


def test_who_may_lets_it_pass_with_a_reason_on_record(plant, packer, chief) -> None:
    _publish(chief, "pack", checks=[{"id": "once", "kind": "not_repeated", "field": "item", "level": "approve"}])
    packer.done("receive", item=packer.lot("F1"), quantity="50")
    key = str(uuid4())
    packer.bound("pack", packer.box(1), packer.lot("F1"), quantity=5)
    told = packer.stopped("capture.repeated", "pack", packer.box(2), packer.lot("F1"), quantity=5, request_key=key)
    assert [(each["check"], each["overridable"]) for each in told["findings"]] == [("once", False)]
    reason = [{"check": "once", "reason": "客户换箱 new box"}]
    more = {"quantity": 5, "request_key": key, "overrides": reason}
    packer.stopped("capture.repeated", "pack", packer.box(2), packer.lot("F1"), **more)
    packer.stopped(
        "chassis.body_malformed", "pack", packer.box(2), packer.lot("F1"), overrides=[{"check": "once", "reason": " "}]
    )
    lot = packer.lot("F1")
    told = chief.stopped("capture.repeated", "pack", chief.box(2), lot, quantity=5)
    assert [each["overridable"] for each in told["findings"]] == [True]
    done = chief.bound("pack", chief.box(2), lot, **more)
    assert chief.bound("pack", chief.box(2), lot, **more)["event_ids"] == done["event_ids"]
    node, outcome, overridden, overrides = packer.kept()[-1]
    assert (node, outcome, overridden) == ("pack", "warned", ["once"])
    assert json.loads(overrides) == [{"by": None, "check": "once", "reason": "客户换箱 new box"}]
    rows = chief.client.get("/api/v1/capture/overrides").json()["rows"]
    assert rows[0]["overrides"][0]["reason"] == "客户换箱 new box"


def test_what_the_form_asks_for_is_given_with_the_node(packer, chief) -> None:
    weight = {"id": "weight", "kind": "number", "label_zh": "重量", "label_en": "Weight", "max": "9"}
    _publish(chief, "pack", fields=[weight], interface="named")
    (one,) = packer.made(1)
    packer.stopped("capture.value_missing", "pack", packer.box(1), one)
    packer.stopped("capture.value_wrong", "pack", packer.box(1), one, node="pack", fields={"weight": "10"})
    packer.stopped("capture.field_unknown", "pack", packer.box(1), one, node="pack", fields={"weight": 1, "x": "y"})
    packer.stopped("capture.node_unknown", "pack", packer.box(1), one, node="nothing", fields={"weight": 1})
    packer.stopped("capture.node_other_step", "pack", packer.box(1), one, node="ship", fields={"weight": 1})
    packer.stopped("chassis.body_malformed", "pack", packer.box(1), one, fields={"weight": 1})
    packer.bound(
        "pack", packer.box(1), one, node="pack", fields={"weight": 2.5}, read_point="https://partner.example/x"
    )
    event = packer.client.get(f"/api/v1/events/{packer.events()[-1]}").json()
    assert event["document"]["suyuan:fields"] == {"weight": "2.5"}


def _publish(chief: Packer, key: str, *, fields: Any = (), checks: Any = (), interface: str = "refuse") -> None:
    """Publish the ready node for packing with more fields and other checks under ``key``."""
    ready = chief.client.get("/api/v1/definitions/trace_node/pack").json()
    body = ready["body"] | {"checks": list(checks), "by_interface": interface}
    body["fields"] = [*[each for each in body["fields"] if each["id"] in ("box", "item")], *fields]
    address = f"/api/v1/definitions/trace_node/{key}"
    draft = {"title_zh": key, "title_en": key, "body": body}
    revision = ready["row"]["revision"] if key == "pack" else None
    saved = chief.client.put(address, json=draft | {"revision": revision})
    assert saved.status_code in (200, 201), saved.text
    noted = {"revision": saved.json()["row"]["revision"], "note": key}
    assert chief.client.post(f"{address}/publish", json=noted).status_code == 200


def _retire(chief: Packer, key: str) -> None:
    row = chief.client.get(f"/api/v1/definitions/trace_node/{key}").json()["row"]
    answer = chief.client.post(
        f"/api/v1/definitions/trace_node/{key}/retire", json={"revision": row["revision"], "note": "x"}
    )
    assert answer.status_code == 204, answer.text
