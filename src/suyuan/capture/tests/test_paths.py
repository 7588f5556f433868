"""One table of wrong values through every way in: what one refuses, all refuse for the same reason, without a trace."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import now
from suyuan.capture.tests.test_importing import Clerk
from suyuan.coding.domain.check_digits import mod10
from tests.support.bakery import CONTEXT, document

FIELDS = [
    {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item", "classes": ["unit"]},
    {"id": "weight", "kind": "number", "label_zh": "重量", "label_en": "Weight", "decimals": 1, "min": "1", "max": "9"},
    {"id": "grade", "kind": "choice", "label_zh": "等级", "label_en": "Grade",
     "options": [{"value": name, "label_zh": name, "label_en": name} for name in ("A", "B")]},
    {"id": "day", "kind": "date", "label_zh": "日期", "label_en": "Day"},
    {"id": "note", "kind": "text", "label_zh": "备注", "label_en": "Note", "required": False, "max": 8,
     "pattern": "[A-Z]{2}-[0-9]+"},
]  # fmt: skip
LIGHT = {"op": "<", "args": [{"ref": "weight"}, {"lit": {"num": "5"}}]}
TOO_HEAVY = {"op": "or", "args": [{"op": "=", "args": [{"ref": "grade"}, {"lit": "A"}]}, LIGHT]}
CHECKS = [
    {"id": "light", "kind": "expression", "value": TOO_HEAVY, "text_zh": "B 级不超过 5"},
    {"id": "approved", "kind": "expression", "level": "approve",
     "value": {"op": "!=", "args": [{"ref": "note"}, {"lit": "ZZ-9"}]}, "when": {"op": "!=", "args": [{"op": "??",
     "args": [{"ref": "note"}, {"lit": ""}]}, {"lit": ""}]}},
]  # fmt: skip
GOOD = {"weight": "2.5", "grade": "A", "day": "2026-03-30"}
CASES: dict[str, tuple[dict[str, str], str]] = {
    "missing": ({"weight": ""}, "capture.value_missing"),
    "no number": ({"weight": "viel"}, "capture.value_wrong"),
    "too many decimals": ({"weight": "2.55"}, "capture.value_wrong"),
    "too small": ({"weight": "0.5"}, "capture.value_wrong"),
    "too large": ({"weight": "9.1"}, "capture.value_wrong"),
    "no such choice": ({"grade": "C"}, "capture.value_wrong"),
    "no such day": ({"day": "2026-02-30"}, "capture.value_wrong"),
    "no such pattern": ({"note": "x1"}, "capture.value_wrong"),
    "too long": ({"note": "AB-123456"}, "capture.value_wrong"),
    "wrong class": ({"item": f"(00)19521234000000001{mod10('19521234000000001')}"}, "capture.class_wrong"),
    "wrong check digit": ({"item": "(01)09521234543214(21)X"}, "coding.check_digit"),
    "condition": ({"grade": "B", "weight": "7"}, "capture.condition_failed"),
    "needs approval": ({"note": "ZZ-9"}, "capture.condition_failed"),
}


WAYS = ("device", "file", "resubmission", "trial", "document", "api", "packing")


class Ways(Clerk):
    """Somebody with every way of entering at one node."""

    def publish(self) -> None:
        """Publish the node, and one with the same fields and checks where its item goes into a box."""
        self.node, self.packing = f"paths-{self.mark}", f"paths-{self.mark}-pack"
        box = {"id": "box", "kind": "scan", "label_zh": "箱", "label_en": "Box", "classes": ["carrier"]}
        packed = {"id": "in", "event": "aggregation", "action": "ADD", "parent": "box", "children": ["item"]}
        self._publish(self.node, "inspecting", FIELDS, {"id": "seen", "event": "object", "subjects": ["item"]})
        self._publish(self.packing, "packing", [box, *FIELDS], packed)
        self.done(self.node, item=self.unit(5), **GOOD)  # what is packed has to be known

    def _publish(self, key: str, step: str, fields: list[dict[str, Any]], meaning: dict[str, Any]) -> None:
        body = {"step": step, "fields": fields, "checks": CHECKS, "meaning": [meaning]}
        address = f"/api/v1/definitions/trace_node/{key}"
        saved = self.client.put(address, json={"title_zh": "x", "title_en": "x", "body": body, "revision": None})
        noted = {"revision": saved.json()["row"]["revision"], "note": "x"}
        assert self.client.post(f"{address}/publish", json=noted).status_code == 200, saved.text

    def by_device(self, values: dict[str, str]) -> set[str]:
        return _codes(self.enter(self.node, **values))

    def by_file(self, values: dict[str, str]) -> set[str]:
        names = [field["id"] for field in FIELDS]
        made = self.upload([names, [values.get(name, "") for name in names]], self.node, "f.csv")
        (judged,) = self.post(made, "preview", made["mapping"])["rows"]
        self.run(made)
        (row,) = self.rows(made, "refused")
        assert _codes(judged) == _codes(row)
        return _codes(row)

    def by_correction(self, values: dict[str, str]) -> set[str]:
        self.done(self.node, item=self.unit(99), **GOOD)
        number = self.events()[-1]
        order = {"event": number, "reason": "x", "replacement": self.reading(self.node, **values)}
        answer = self.client.post("/api/v1/capture/corrections", json=order)
        assert answer.status_code >= 400, answer.text
        assert not self.client.get(f"/api/v1/events/{number}").json()["voided"]
        return {answer.json()["code"]}

    def by_resubmission(self, values: dict[str, str]) -> set[str]:
        refused = self.enter(self.node, item=self.unit(1), weight="viel", grade="A", day="2026-03-30")
        again = self.reading(self.node, **values) | {"id": str(uuid4()), "sequence": 0}
        decision = {"outcome": "resubmitted", "reason": "x", "reading": again}
        answer = self.client.post(f"/api/v1/capture/refused/{refused['id']}", json=decision).json()
        assert not answer["settled"]
        return _codes(answer["outcome"])

    def event(self, values: dict[str, str]) -> dict[str, Any]:
        """Return the entry as a machine would send it: an EPCIS event that names the node."""
        code = values["item"].replace("(", "/").replace(")", "/")
        when = now()
        return {
            "type": "ObjectEvent", "eventID": f"urn:uuid:{uuid4()}", "action": "OBSERVE", "bizStep": "inspecting",
            "eventTime": when, "eventTimeZoneOffset": when[-6:], "epcList": [f"https://id.gs1.org{code}"],
            "suyuan:node": self.node, "suyuan:captureMethod": "device",
            "suyuan:fields": {name: value for name, value in values.items() if name != "item"},
        }  # fmt: skip

    def by_document(self, values: dict[str, str]) -> set[str]:
        job = self.client.post("/epcis/v2/capture", json=document(self.event(values))).json()
        assert not job["success"]
        return {error["code"] for error in job["errors"]}

    def by_api(self, values: dict[str, str]) -> set[str]:
        answer = self.client.post("/epcis/v2/events", json=self.event(values) | {"@context": CONTEXT})
        assert answer.status_code == 400, answer.text
        return {error["code"] for error in answer.json()["errors"]}

    def by_packing(self, values: dict[str, str]) -> set[str]:
        fields = {name: value for name, value in values.items() if name != "item"}
        order = {"parent": self.box(1), "children": [values["item"]], "node": self.packing, "fields": fields}
        answer = self.client.post("/api/v1/bindings/pack", json={"request_key": str(uuid4()), **order})
        assert answer.status_code >= 400, answer.text
        problem = answer.json()
        return {problem["code"], *(each["code"] for each in problem.get("findings", ()))}

    def by_trial(self, values: dict[str, str]) -> set[str]:
        body = self.client.get(f"/api/v1/definitions/trace_node/{self.node}").json()["body"]
        trial = {"body": body, "readings": [self.reading(self.node, **values)]}
        (row,) = self.client.post("/api/v1/capture/try", json=trial).json()["rows"]
        assert row["outcome"] == "refused"
        return _codes(row)


def _codes(outcome: Any) -> set[str]:
    return {fault["code"] for fault in outcome["faults"]}


@pytest.fixture(scope="module")
def ways(application) -> Ways:
    from suyuan.chassis.registry import registry
    from tests.support.tenants import fresh_tenant

    rights = set(registry.permissions) - {"capture:reading:override"}
    found = Ways(fresh_tenant(), *rights)
    found.publish()
    return found


def test_what_is_right_is_taken_by_each(ways) -> None:
    assert not _codes(ways.done(ways.node, item=ways.unit(1), **GOOD))
    names = [field["id"] for field in FIELDS]
    made = ways.upload([names, [{"item": ways.unit(2), **GOOD}.get(name, "") for name in names]], ways.node, "g.csv")
    assert ways.run(made)["recorded"] == 1
    job = ways.client.post("/epcis/v2/capture", json=document(ways.event({"item": ways.unit(3), **GOOD}))).json()
    assert job["success"], job
    event = ways.event({"item": ways.unit(4), **GOOD}) | {"@context": CONTEXT}
    answer = ways.client.post("/epcis/v2/events", json=event)
    assert answer.status_code == 201, answer.text
    ways.done(ways.node, item=ways.unit(6), **GOOD)
    order = {"parent": ways.box(2), "children": [ways.unit(6)], "node": ways.packing, "fields": GOOD}
    answer = ways.client.post("/api/v1/bindings/pack", json={"request_key": str(uuid4()), **order})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", CASES)
def test_what_one_way_refuses_all_refuse(ways: Ways, name: str) -> None:
    changed, code = CASES[name]
    values = {"item": ways.unit(5), **GOOD, **changed}
    before = ways.events()
    told = {way: getattr(ways, f"by_{way}")(values) for way in WAYS}
    assert ways.events() == before
    told["correction"] = ways.by_correction(values)
    assert [way for way, codes in told.items() if code not in codes] == [], told
    assert len(ways.events()) == len(before) + 1  # the entry that stays as it was
