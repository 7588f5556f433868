"""What checks stop in documents may be let pass afterwards: by who has the right, with a reason, once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from suyuan.capture.tests.stations import furnished
from suyuan.capture.tests.test_claims import MACHINE, Machine
from tests.support.bakery import document
from tests.support.database import contents_of

JOBS = "/api/v1/capture/jobs"
PROCEED = {"GS1-Capture-Error-Behaviour": "proceed"}
ALL = {"node": "pack", "check": "not_repeated"}


class Sender(Machine):
    """A system whose large documents wait for the worker, and whoever looks at their jobs."""

    def refused_job(self, *events: Any, headers: Any = None) -> Any:
        job = self.post(*events, headers=headers)
        self.tenant.deliver()
        shown = self.job(job["captureID"])
        assert not shown["running"]
        assert not shown["success"], shown
        return shown

    def job(self, number: str) -> Any:
        answer = self.client.get(f"{JOBS}/{number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def let_pass(self, job: Any, *choices: Any, reason: str = "换箱 new box", status: int = 200) -> Any:
        answer = self.client.post(f"{JOBS}/{job['id']}/pass", json={"choices": list(choices), "reason": reason})
        assert answer.status_code == status, answer.text
        if status == 200:
            assert answer.json()["running"]
            self.tenant.deliver()
            return self.job(job["id"])
        return answer.json()


@pytest.fixture
def plant(tenant) -> Any:
    return furnished(tenant)


@pytest.fixture
def sender(plant, monkeypatch: pytest.MonkeyPatch) -> Sender:
    from suyuan.integration.api.epcis import limits

    monkeypatch.setattr(limits, "INLINE_BYTES", 100)
    return Sender(plant, *MACHINE)


@pytest.fixture
def chief(plant) -> Sender:
    return Sender(plant, *MACHINE, "capture:reading:override")


def _packed(sender: Sender, *numbers: int) -> list[str]:
    """Have units packed once; return their URIs."""
    units = sender.made(*numbers)
    job = sender.post(sender.packed(sender.crate(99), *units))
    sender.tenant.deliver()
    assert sender.job(job["captureID"])["success"]
    return units


def test_all_of_one_finding_or_single_events_pass_and_the_rest_waits(sender, chief) -> None:
    one, two, three = _packed(sender, 1, 2, 3)
    (four,) = sender.made(4)
    again = [sender.packed(sender.crate(number), unit) for number, unit in enumerate((one, two, three, four))]
    job = sender.refused_job(*again, headers=PROCEED)
    assert (job["accepted"], job["refused"], job["passable"]) == (1, 3, True)
    assert {(each["check"], each["node"], each["overridable"]) for each in job["errors"]} == {
        ("not_repeated", "pack", True)
    }
    before, kept = sender.events(), contents_of(sender.tenant.id)
    assert sender.let_pass(job, ALL, status=403)["code"] == "kernel.not_allowed"
    assert chief.let_pass(job, ALL, reason=" ", status=422)["code"] == "capture.reason_missing"
    assert chief.let_pass(job, {**ALL, "check": "known"}, status=409)["code"] == "integration.nothing_to_pass"
    assert chief.let_pass(job, {**ALL, "event_id": again[3]["eventID"]}, status=409)["detail"]
    assert (sender.events(), contents_of(sender.tenant.id)) == (before, kept)

    after = chief.let_pass(job, {**ALL, "event_id": again[1]["eventID"]})
    assert (after["accepted"], after["replayed"], after["refused"], after["passable"]) == (2, 0, 2, True)
    assert len(sender.events()) == len(before) + 1
    after = chief.let_pass(job, ALL, reason="整批 all of it")
    assert (after["success"], after["accepted"], after["refused"], after["passable"]) == (True, 4, 0, False)
    assert len(sender.events()) == len(before) + 3
    assert [(each["event_id"] is None, each["reason"]) for each in after["passes"]] == [
        (False, "换箱 new box"), (True, "整批 all of it"),
    ]  # fmt: skip
    behind = chief.behind(chief.number_of(again[0]))
    assert [(each["check"], each["overridden"]) for each in behind["faults"]] == [("not_repeated", True)]
    assert behind["overrides"][0]["reason"] == "整批 all of it"
    assert behind["overrides"][0]["by"].startswith(f"urn:suyuan:{sender.tenant.code}:person:")
    assert chief.let_pass(job, ALL, status=409)["code"] == "integration.nothing_to_pass"
    assert len(chief.client.get("/api/v1/capture/overrides").json()["rows"]) == 3


def test_a_document_that_is_whole_or_nothing_comes_whole_once_all_passes(sender, chief) -> None:
    (one,) = _packed(sender, 1)
    (two,) = sender.made(2)
    job = sender.refused_job(sender.packed(sender.crate(1), one), sender.packed(sender.crate(2), two))
    assert (job["accepted"], job["passable"]) == (0, True)
    after = chief.let_pass(job, ALL)
    assert (after["success"], after["accepted"], after["replayed"]) == (True, 2, 0)

    hard = sender.refused_job(sender.packed(sender.crate(1), one), sender.packed(sender.crate(3), sender.unit_uri(88)))
    assert not hard["passable"]
    assert chief.let_pass(hard, ALL, status=409)["code"] == "integration.nothing_to_pass"
    with sender.tenant.open() as tx:
        assert tx.value("SELECT count(*) FROM integration_capture_document") == 0


def test_the_worker_knows_what_its_sender_may(plant, sender, chief) -> None:
    one, two = _packed(sender, 1, 2)
    reason = {"suyuan:overrides": [{"suyuan:check": "not_repeated", "suyuan:reason": "换箱"}]}
    job = sender.refused_job(sender.packed(sender.crate(1), one, **reason))
    assert {each["code"] for each in job["errors"]} == {"capture.override_denied", "capture.repeated"}
    assert chief.let_pass(job, ALL)["success"]
    taken = chief.post(chief.packed(chief.crate(2), two, **reason))
    assert taken["running"]
    plant.deliver()
    assert chief.job(taken["captureID"])["success"]


def test_what_changed_meanwhile_is_judged_as_it_is_now(sender, chief) -> None:
    (one,) = _packed(sender, 1)
    job = sender.refused_job(sender.packed(sender.crate(1), one))
    chief.taken(chief.event("holding", one, disposition="recalled"))
    after = chief.let_pass(job, ALL)
    assert [each["code"] for each in after["errors"]] == ["capture.held"]
    assert (after["success"], after["passable"], after["accepted"]) == (False, False, 0)


def test_a_document_of_one_request_may_be_let_pass_too(plant, chief) -> None:
    small = Sender(plant, *MACHINE)
    (one,) = _packed(small, 1)
    answer = small.client.post("/epcis/v2/capture", json=document(small.packed(small.crate(1), one)))
    job = small.job(answer.json()["captureID"])
    assert (job["running"], job["passable"]) == (False, True)
    assert chief.let_pass(job, ALL)["success"]
    with plant.open() as tx:
        told = tx.value(
            "SELECT after::text FROM compliance_audit WHERE table_name = 'integration_capture_pass' LIMIT 1"
        )
    assert json.loads(told)["reason"] == "换箱 new box"
