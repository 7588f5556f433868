"""Other systems' events do not get past the checks of the nodes whose steps they claim; partners' and old ones do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import RIGHTS, Station, now
from tests.support.bakery import CONTEXT, document

CAPTURE = "/epcis/v2/capture"
MACHINE = (*RIGHTS, "trace:event:write", "capture:quality:read")
PARTNER = "https://id.gs1.org/414/9521234000105"


class Machine(Station):
    """A system that sends EPCIS documents, and the device beside it."""

    @property
    def dock(self) -> str:
        return f"urn:suyuan:{self.tenant.code}:place:dock"

    def event(self, step: str, *items: str, **more: Any) -> dict[str, Any]:
        when = now()
        return {
            "type": "ObjectEvent", "eventID": f"urn:uuid:{uuid4()}", "action": "OBSERVE", "bizStep": step,
            "eventTime": when, "eventTimeZoneOffset": when[-6:], "readPoint": {"id": self.dock}, "epcList": list(items),
        } | more  # fmt: skip

    def packed(self, box: str, *items: str, **more: Any) -> dict[str, Any]:
        made = self.event("packing", **more) | {"type": "AggregationEvent", "action": "ADD", "parentID": box}
        del made["epcList"]
        return made | {"childEPCs": list(items)}

    def crate(self, number: int) -> str:
        return f"https://id.gs1.org/00/{self.box(number)[4:]}"

    def post(self, *events: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        answer = self.client.post(CAPTURE, json=document(*events), headers=headers or {})
        assert answer.status_code == 202, answer.text
        return answer.json()

    def taken(self, *events: dict[str, Any]) -> None:
        job = self.post(*events)
        assert job["success"], job["errors"]

    def stopped(self, code: str, *events: dict[str, Any]) -> Any:
        """Send a document that is refused for ``code`` and leaves no event."""
        before = self.events()
        job = self.post(*events)
        assert not job["success"]
        assert code in [error["code"] for error in job["errors"]], job
        assert self.events() == before
        return job["errors"]

    def made(self, *numbers: int) -> list[str]:
        """Have units begun at the operation's node; return their URIs."""
        for number in numbers:
            self.done("operation-start", item=self.unit(number))
        return [self.unit_uri(number) for number in numbers]

    def recorded(self, item: str) -> list[dict[str, Any]]:
        """Return the rows of an item's events, newest first."""
        return list(self.client.get("/api/v1/events", params={"item": item}).json()["rows"])

    def number_of(self, event: dict[str, Any]) -> int:
        items = [*event.get("epcList", ()), *event.get("childEPCs", ())]
        return next(int(each["number"]) for each in self.recorded(items[0]) if each["event_id"] == event["eventID"])

    def behind(self, number: int) -> Any:
        """Return the entry behind an event."""
        return self.client.get(f"/api/v1/capture/events/{number}/entry").json()["entry"]

    def kept(self) -> list[tuple[Any, ...]]:
        from suyuan.chassis.database import tx

        with self.tenant.open():
            return tx().rows(
                "SELECT node, outcome, way, overridden, findings::text FROM capture_reading WHERE device = ANY ("
                "SELECT device FROM capture_reading GROUP BY device HAVING bool_and(offset_ms = 0 AND sequence = 0))"
                " AND event_ids[1] IN (SELECT event_id FROM trace_event) ORDER BY received, taken"
            )


@pytest.fixture
def machine(plant) -> Machine:
    return Machine(plant, *MACHINE)


def test_what_the_node_refuses_the_machine_cannot_record(machine) -> None:
    one, two, three = machine.made(1, 2, 3)
    machine.taken(machine.packed(machine.crate(1), one))
    told = machine.stopped("capture.repeated", machine.packed(machine.crate(2), one, two))
    assert [error["at"] for error in told] == ["/epcisBody/eventList/0"]
    machine.taken(machine.event("holding", two, disposition="unavailable"))
    machine.stopped("capture.held", machine.packed(machine.crate(2), two, three))
    machine.stopped("capture.held", machine.event("shipping", two))
    machine.stopped("capture.not_known", machine.event("shipping", machine.unit_uri(99)))
    machine.stopped("capture.class_wrong", machine.packed(three, one))
    lot = {"type": "TransformationEvent", "action": None, "epcList": None, "inputQuantityList":
           [{"epcClass": machine.lot_uri("F1"), "quantity": 2}], "transformationID": "urn:x:1"}  # fmt: skip
    feed = {name: value for name, value in machine.event("urn:suyuan:vocab:step:feed", **lot).items() if value}
    machine.stopped("capture.not_known", feed)
    answer = machine.client.post("/epcis/v2/events", json=machine.event("shipping", two) | {"@context": CONTEXT})
    assert [error["code"] for error in answer.json()["errors"]] == ["capture.held"]


def test_another_shape_or_an_unknown_name_is_no_way_past(machine) -> None:
    (one,) = machine.made(1)
    machine.taken(machine.event("holding", one, disposition="recalled"))
    shipped = machine.packed(machine.crate(1), one) | {"bizStep": "shipping", "action": "OBSERVE"}
    machine.stopped("capture.held", shipped)
    machine.stopped("capture.held", machine.event("shipping", one, **{"suyuan:node": "no-such-node"}))
    machine.stopped("capture.held", machine.event("shipping", one, **{"suyuan:node": "put-away"}))
    unplaced = machine.event("shipping", one)
    del unplaced["readPoint"]
    machine.stopped("capture.held", unplaced)
    machine.stopped("capture.held", machine.event("https://ref.gs1.org/cbv/BizStep-shipping", one))


def test_partners_and_the_past_come_in_and_what_is_on_record_stays_so(machine) -> None:
    (one,) = machine.made(1)
    machine.taken(machine.event("holding", one, disposition="recalled"))
    machine.taken(machine.event("shipping", one, readPoint={"id": PARTNER}))
    long_ago = (datetime.now(UTC) - timedelta(days=400)).isoformat(timespec="milliseconds")
    machine.taken(machine.event("shipping", one, eventTime=long_ago, eventTimeZoneOffset="+00:00"))
    (two,) = machine.made(2)
    sent = machine.packed(machine.crate(3), two)
    machine.taken(sent)
    assert machine.post(sent)["suyuan:counts"]["replayed"] == 1
    voided = sent | {"errorDeclaration": {"declarationTime": now(), "reason": "incorrect_data"}}
    machine.taken(voided)


def test_events_are_judged_by_those_before_them(machine) -> None:
    new = machine.unit_uri(7)
    start = machine.event("commissioning", new, action="ADD")
    once, again = machine.packed(machine.crate(1), new), machine.packed(machine.crate(2), new)
    machine.stopped("capture.repeated", start, once, again)
    job = machine.post(start, once, again, headers={"GS1-Capture-Error-Behaviour": "proceed"})
    assert job["suyuan:counts"] == {"events": 3, "accepted": 2, "replayed": 0, "refused": 1, "errors": 1}
    assert job["errors"][0]["eventID"] == again["eventID"]
    assert [row[:3] for row in machine.kept() if row[0] == "pack"][-1] == ("pack", "recorded", "device")


def test_who_may_lets_an_event_pass_with_a_reason_on_record(plant, machine) -> None:
    (one,) = machine.made(1)
    machine.taken(machine.packed(machine.crate(1), one))
    reason = {"suyuan:overrides": [{"suyuan:check": "not_repeated", "suyuan:reason": "换箱 new box"}]}
    machine.stopped("capture.override_denied", machine.packed(machine.crate(2), one, **reason))
    trusted = Machine(plant, *MACHINE, "capture:reading:override")
    trusted.taken(machine.packed(machine.crate(2), one, **reason))
    rows = trusted.client.get("/api/v1/capture/overrides").json()["rows"]
    assert rows[0]["node"] == "pack"
    assert [each["reason"] for each in rows[0]["overrides"]] == ["换箱 new box"]


def test_the_entry_behind_an_event_tells_what_was_found(plant, machine) -> None:
    (one,) = machine.made(1)
    machine.taken(machine.packed(machine.crate(1), one))
    trusted = Machine(plant, *MACHINE, "capture:reading:override")
    reason = {"suyuan:overrides": [{"suyuan:check": "not_repeated", "suyuan:reason": "换箱 new box"}]}
    let_pass = trusted.packed(machine.crate(2), one, **reason)
    elsewhere = machine.event("shipping", one, readPoint={"id": PARTNER})
    trusted.taken(let_pass, elsewhere)

    started = next(each for each in machine.recorded(one) if each["biz_step"].endswith("start"))
    own = machine.behind(started["number"])
    assert (own["node"], own["way"], own["faults"], own["overrides"]) == ("operation-start", "scan", [], [])
    passed = machine.behind(machine.number_of(let_pass))
    assert (passed["node"], passed["version"], passed["way"], passed["late"]) == ("pack", 1, "device", False)
    assert passed["overrides"] == [{"check": "not_repeated", "reason": "换箱 new box", "by": None}]
    assert [(each["code"], each["check"], each["overridden"]) for each in passed["faults"]] == [
        ("capture.repeated", "not_repeated", True)
    ]
    assert machine.behind(machine.number_of(elsewhere)) is None

    nobody = machine.client.get("/api/v1/capture/events/99999999/entry")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "chassis.not_found")
    wrong = machine.client.get("/api/v1/capture/events/-1/entry")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "chassis.body_malformed")


def test_a_node_may_only_warn_or_look_at_what_names_it(application) -> None:
    from suyuan.capture.tests.stations import furnished
    from suyuan.chassis.registry import registry
    from tests.support.tenants import fresh_tenant

    machine = Machine(furnished(fresh_tenant()), *registry.permissions)
    address = "/api/v1/definitions/trace_node/ship"
    for number, (choice, named, taken) in enumerate(
        (("warn", "", True), ("named", "", True), ("named", "ship", False))
    ):
        (one,) = machine.made(number)
        machine.taken(machine.event("holding", one, disposition="recalled"))
        definition = machine.client.get(address).json()
        draft = {"title_zh": "发货", "title_en": "Ship", "body": {**definition["body"], "by_interface": choice}}
        saved = machine.client.put(address, json={**draft, "revision": definition["row"]["revision"]}).json()
        noted = {"revision": saved["row"]["revision"], "note": choice}
        machine.client.post(f"{address}/publish", json=noted)
        event = machine.event("shipping", one, **({"suyuan:node": named} if named else {}))
        if taken:
            machine.taken(event)
        else:
            machine.stopped("capture.held", event)
    warned = [row for row in machine.kept() if row[0] == "ship"]
    assert [(row[1], [found["code"] for found in json.loads(row[4])]) for row in warned] == [
        ("warned", ["capture.held"])
    ]
