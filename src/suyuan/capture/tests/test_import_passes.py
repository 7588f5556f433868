"""Rows of a table that a check stopped pass with right and reason: all of one check, or single ones; never twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from suyuan.capture.tests.stations import RIGHTS
from suyuan.capture.tests.test_importing import BASE, Clerk
from tests.support.database import contents_of

RIGHT = (*RIGHTS, "capture:import:write", "capture:quality:read")
AGAIN = {"check": "not_repeated"}


class Passer(Clerk):
    """A clerk, or their chief."""

    def let_pass(self, made: Any, *choices: Any, reason: str = "补录 second delivery", status: int = 200) -> Any:
        from suyuan.capture.jobs.importing import run_import

        answer = self.post(made, "pass", {"choices": list(choices), "reason": reason}, status)
        if status == 200:
            assert answer["row"]["state"] == "waiting"
            run_import(self.tenant.id, UUID(made["row"]["id"]))
        return self.client.get(f"{BASE}/{made['row']['id']}").json() if status == 200 else answer


@pytest.fixture
def clerk(plant) -> Passer:
    return Passer(plant, *RIGHT)


@pytest.fixture
def chief(plant) -> Passer:
    return Passer(plant, *RIGHT, "capture:reading:override")


def _repeated(clerk: Passer, *lots: str, mode: str = "skip") -> Any:
    """Import rows of which those of ``lots`` were received before; return the import."""
    for lot in lots:
        clerk.done("receive", item=clerk.lot(lot), quantity="5")
    rows = [["物料", "数量(kg)"], *[[clerk.lot(lot), 1] for lot in (*lots, "NEW")], [clerk.lot("X"), "viel"]]
    made = clerk.upload(rows if mode == "skip" else rows[:-1])
    clerk.run(made, mode)
    return made


def test_all_that_a_check_stopped_or_single_rows_pass(clerk, chief) -> None:
    made = _repeated(clerk, "A", "B", "C")
    assert len(clerk.rows(made, "refused")) == 4
    (first, *_) = chief.rows(made, "refused")
    assert [(each["check"], each["overridable"]) for each in first["faults"]] == [("not_repeated", True)]
    before, kept = clerk.events(), contents_of(clerk.tenant.id)
    assert clerk.let_pass(made, AGAIN, status=403)["code"] == "kernel.not_allowed"
    assert chief.let_pass(made, AGAIN, reason=" ", status=422)["code"] == "capture.reason_missing"
    for choice in ({"check": "known"}, {**AGAIN, "rows": [5]}, {**AGAIN, "rows": [99]}):
        assert chief.let_pass(made, choice, status=409)["code"] == "capture.import_nothing_to_pass"
    assert (clerk.events(), contents_of(clerk.tenant.id)) == (before, kept)

    after = chief.let_pass(made, {**AGAIN, "rows": [3]})["row"]
    assert (after["state"], after["done"], after["recorded"], after["refused"]) == ("done", 5, 2, 3), after
    assert len(clerk.events()) == len(before) + 1
    detail = chief.let_pass(made, AGAIN, reason="整批 all")
    assert (detail["row"]["recorded"], detail["row"]["refused"]) == (4, 1)
    assert [(each["rows"], each["reason"]) for each in detail["passes"]] == [
        ([3], "补录 second delivery"),
        (None, "整批 all"),
    ]
    assert len(clerk.events()) == len(before) + 3
    listed = chief.client.get("/api/v1/capture/overrides").json()["rows"]
    rows = [row for row in listed if row["node"] == "receive"]
    assert [each["overrides"][0]["reason"] for each in rows] == ["整批 all", "整批 all", "补录 second delivery"]
    assert {each["overrides"][0]["by"].rsplit(":", 2)[-2] for each in rows} == {"person"}
    assert chief.let_pass(made, AGAIN, status=409)["code"] == "capture.import_nothing_to_pass"
    again = clerk.upload(
        [["物料", "数量(kg)"], *[[clerk.lot(lot), 1] for lot in ("A", "B", "C", "NEW")], [clerk.lot("X"), "viel"]]
    )
    assert clerk.run(again)["repeated"] == 4  # the same file, sent again


def test_all_or_nothing_is_recorded_once_everything_passes(clerk, chief) -> None:
    made = _repeated(clerk, "A", "B", mode="all")
    before = clerk.events()
    after = chief.let_pass(made, {**AGAIN, "rows": [2]})["row"]
    assert (after["state"], after["recorded"], after["refused"]) == ("failed", 0, 1)
    assert clerk.events() == before
    after = chief.let_pass(made, AGAIN)["row"]
    assert (after["state"], after["recorded"], after["refused"], after["fault"]) == ("done", 3, 0, None)
    assert len(clerk.events()) == len(before) + 3


def test_a_right_for_one_site_lets_nothing_pass_at_another(tenant) -> None:
    from suyuan.capture.tests.stations import furnished
    from tests.support.web import InProcess

    plant = furnished(tenant)  # of its own: sites change when an entry is late
    clerk = Passer(plant, *RIGHT)
    owner = InProcess(plant.token("tenancy:site:write"))
    here, there = (f"urn:suyuan:{plant.code}:place:{code}" for code in ("S1", "S2"))
    numbers = [
        owner.post("/api/v1/sites", json={"code": uri[-2:], "name_zh": uri, "name_en": uri, "location_uri": uri}).json()
        for uri in (here, there)
    ]
    clerk.done("receive", item=clerk.lot("A"), quantity="5")
    made = clerk.upload([["物料", "数量(kg)"], [clerk.lot("A"), 1]])
    made["mapping"]["station"] = there
    assert clerk.run(made)["refused"] == 1
    before = clerk.events()
    row = Passer(plant, *RIGHT, "capture:reading:override", site_id=numbers[0]["id"]).let_pass(made, AGAIN)["row"]
    assert (row["recorded"], row["refused"]) == (0, 1)
    assert clerk.events() == before
    row = Passer(plant, *RIGHT, "capture:reading:override", site_id=numbers[1]["id"]).let_pass(made, AGAIN)["row"]
    assert (row["recorded"], row["refused"]) == (0, 1)  # the first one's word does not hold there
