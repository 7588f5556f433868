"""Sub-tables on every way in: rows become participations and stay a table in the event."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import now
from suyuan.capture.tests.test_importing import Clerk
from tests.support.bakery import document

COLUMNS = [
    {"id": "item", "kind": "scan", "label_zh": "料", "label_en": "Material", "classes": ["lot", "unit"],
     "duplicate": "ignore"},
    {"id": "amount", "kind": "number", "label_zh": "量", "label_en": "Amount", "unit": "KGM", "max": "90"},
    {"id": "good", "kind": "yes_no", "label_zh": "好", "label_en": "Good", "required": False},
]  # fmt: skip
FIELDS = [
    {"id": "batch", "kind": "scan", "label_zh": "批", "label_en": "Batch", "classes": ["lot"]},
    {"id": "parts", "kind": "sub_table", "label_zh": "料表", "label_en": "Parts", "columns": COLUMNS, "max": 5},
    {"id": "total", "kind": "formula", "label_zh": "计", "label_en": "Total",
     "value": {"fn": "sum", "args": [{"ref": "parts.amount"}]}, "unit": "KGM"},
]  # fmt: skip
CHECKS = [
    {"id": "good", "kind": "expression", "rows": "parts", "text_zh": "坏料", "text_en": "Bad material",
     "value": {"op": "!=", "args": [{"op": "??", "args": [{"ref": "good"}, {"lit": True}]}, {"lit": False}]}},
    {"id": "held", "kind": "not_held", "field": "parts.item"},
]  # fmt: skip
MEANING = {
    "id": "made", "event": "transformation", "inputs": [{"field": "parts.item", "quantity": "parts.amount"}],
    "outputs": [{"field": "batch", "quantity": "total"}],
}  # fmt: skip


class Mixer(Clerk):
    """Somebody who mixes lots by a table."""

    def publish(self) -> None:
        self.node = f"mix-{self.mark}"
        body = {"step": "commissioning", "fields": FIELDS, "checks": CHECKS, "meaning": [MEANING]}
        address = f"/api/v1/definitions/trace_node/{self.node}"
        saved = self.client.put(address, json={"title_zh": "x", "title_en": "x", "body": body, "revision": None})
        noted = {"revision": saved.json()["row"]["revision"], "note": "x"}
        assert self.client.post(f"{address}/publish", json=noted).status_code == 200, saved.text

    def row(self, code: str, amount: str, **more: Any) -> dict[str, Any]:
        return {"item": {"raw": self.lot(code)}, "amount": amount, **more}

    def event(self, number: int) -> dict[str, Any]:
        return self.client.get(f"/api/v1/events/{number}").json()


@pytest.fixture(scope="module")
def mixer(application) -> Mixer:
    from suyuan.chassis.registry import registry
    from tests.support.tenants import fresh_tenant

    found = Mixer(fresh_tenant(), *registry.permissions)
    found.publish()
    return found


def _amounts(event: dict[str, Any], role: str) -> dict[str, tuple[float, str]]:
    return {
        part["uri"]: (float(part["quantity"]), part["unit"]) for part in event["participations"] if part["role"] == role
    }


def test_rows_are_participations_and_stay_a_table(mixer) -> None:
    rows = [mixer.row("A", "1.5", good=True), {}, mixer.row("B", "2"), mixer.row("A", "0.5")]
    mixer.done(mixer.node, batch=mixer.lot("OUT"), parts=rows)
    number = mixer.events()[-1]
    event = mixer.event(number)
    assert _amounts(event, "input") == {mixer.lot_uri("A"): (2.0, "KGM"), mixer.lot_uri("B"): (2.0, "KGM")}
    assert _amounts(event, "output") == {mixer.lot_uri("OUT"): (4.0, "KGM")}
    told = event["document"]["suyuan:fields"]
    assert [(row["item"], float(row["amount"]), row.get("good")) for row in told["parts"]] == [
        (mixer.lot_uri("A"), 1.5, True), (mixer.lot_uri("B"), 2.0, None), (mixer.lot_uri("A"), 0.5, None),
    ]  # fmt: skip
    entry = mixer.client.get(f"/api/v1/capture/events/{number}/entry").json()["entry"]
    (table,) = [field for field in entry["form"] if field["kind"] == "sub_table"]
    assert [(column["id"], column["unit"]) for column in table["columns"]] == [
        ("item", ""), ("amount", "KGM"), ("good", ""),
    ]  # fmt: skip


WRONG: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "no number": ([{"amount": "viel"}], "capture.value_wrong", "parts.amount"),
    "too much": ([{}, {"amount": "91"}], "capture.value_wrong", "parts.amount"),
    "missing": ([{"amount": None}], "capture.value_missing", "parts.amount"),
    "another column": ([{"x": "1"}], "capture.field_unknown", "parts.x"),
    "a check": ([{}, {}, {"good": False}], "capture.condition_failed", ""),
    "too many": ([{}] * 6, "capture.rows_many", "parts"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_row_and_leaves_no_trace(mixer, name) -> None:
    changes, code, field = WRONG[name]
    rows = [mixer.row(f"R{number}", "1") | change for number, change in enumerate(changes)]
    outcome = mixer.refused(code, mixer.node, batch=mixer.lot("NO"), parts=rows)
    (fault,) = [fault for fault in outcome["faults"] if fault["code"] == code]
    assert (fault["field"] or "") == field
    assert fault["text"].startswith(f"Row {len(rows)}: ") is (name != "too many")


def test_a_trial_a_correction_and_an_event_of_another_system_judge_rows_alike(mixer) -> None:
    good, bad = [mixer.row("T1", "1")], [mixer.row("T1", "1"), mixer.row("T2", "1", good=False)]
    body = mixer.client.get(f"/api/v1/definitions/trace_node/{mixer.node}").json()["body"]
    readings = [mixer.reading(mixer.node, batch=mixer.lot("T"), parts=rows) for rows in (good, bad)]
    tried = mixer.client.post("/api/v1/capture/try", json={"body": body, "readings": readings}).json()["rows"]
    assert sorted(row["outcome"] for row in tried) == ["recorded", "refused"]
    mixer.done(mixer.node, batch=mixer.lot("T"), parts=good)
    number = mixer.events()[-1]
    order = {"event": number, "reason": "x", "replacement": mixer.reading(mixer.node, batch=mixer.lot("T"), parts=bad)}
    answer = mixer.client.post("/api/v1/capture/corrections", json=order)
    assert answer.json()["code"] == "capture.condition_failed"
    better = mixer.reading(mixer.node, batch=mixer.lot("T"), parts=[mixer.row("T3", "3")])
    answer = mixer.client.post("/api/v1/capture/corrections", json=order | {"replacement": better})
    assert answer.status_code == 200, answer.text
    assert mixer.event(number)["voided"]
    assert _amounts(mixer.event(mixer.events()[-1]), "input") == {mixer.lot_uri("T3"): (3.0, "KGM")}


def _sent(mixer: Mixer, **row: Any) -> dict[str, Any]:
    when = now()
    used = {"epcClass": mixer.lot_uri("S1"), "quantity": 1, "uom": "KGM"}
    made = {"epcClass": mixer.lot_uri("S"), "quantity": 1, "uom": "KGM"}
    return {
        "type": "TransformationEvent", "eventID": f"urn:uuid:{uuid4()}", "bizStep": "commissioning",
        "eventTime": when, "eventTimeZoneOffset": when[-6:], "inputQuantityList": [used],
        "outputQuantityList": [made], "suyuan:node": mixer.node,
        "suyuan:fields": {"parts": [{"item": mixer.lot_uri("S1"), "amount": 1, **row}]},
    }  # fmt: skip


def test_events_of_other_systems_are_read_back_as_rows(mixer) -> None:
    bad = mixer.client.post("/epcis/v2/capture", json=document(_sent(mixer, good=False))).json()
    assert {error["code"] for error in bad["errors"]} == {"capture.condition_failed"}
    good = mixer.client.post("/epcis/v2/capture", json=document(_sent(mixer, good=True))).json()
    assert good["success"], good


def test_a_row_of_a_file_is_a_table_of_one_row(mixer) -> None:
    names = ["批", "料表·料", "料表·量"]
    made = mixer.upload([names, [mixer.lot("I"), mixer.lot("I1"), "2"], [mixer.lot("I"), mixer.lot("I2"), "95"]],
                        mixer.node, "t.csv")  # fmt: skip
    assert made["mapping"]["columns"] == {"batch": 0, "parts.item": 1, "parts.amount": 2}
    done = mixer.run(made)
    assert (done["recorded"], done["refused"]) == (1, 1)
    assert _amounts(mixer.event(mixer.events()[-1]), "input") == {mixer.lot_uri("I1"): (2.0, "KGM")}
