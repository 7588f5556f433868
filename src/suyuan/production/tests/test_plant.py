"""The plant model: a tree in the order of ISA-95, names on every page, and what is refused leaves nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.web import InProcess

READ, WRITE = "production:plant:read", "production:plant:write"


@pytest.fixture(scope="module")
def plant(application):
    from tests.support.tenants import fresh_tenant

    return fresh_tenant()


@pytest.fixture(scope="module")
def boss(plant) -> InProcess:
    return InProcess(plant.token())


@pytest.fixture(scope="module")
def site(boss) -> int:
    return boss.post("/api/v1/sites", json={"code": "P", "name_zh": "厂", "name_en": "Plant"}).json()["id"]


def add(boss, part: str, status: int = 201, **body) -> dict:
    body = {"name_zh": "名", "name_en": "name", **body}
    answer = boss.post(f"/api/v1/plant/{part}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def rows(boss, part: str) -> list[dict]:
    return boss.get(f"/api/v1/plant/{part}").json()["rows"]


def refused(boss, part: str, fault: str, **body) -> dict:
    before = rows(boss, part)
    answer = boss.post(f"/api/v1/plant/{part}", json={"name_zh": "名", "name_en": "name", **body})
    assert answer.status_code >= 400, answer.text
    assert answer.json()["code"] == fault
    assert rows(boss, part) == before
    return answer.json()


def test_the_tree_follows_isa_95_and_its_names_stand_on_every_page(boss, plant, site) -> None:
    area = add(boss, "equipment", site_id=site, level="area", code="SMT", name_zh="贴片区", name_en="SMT area")
    line = add(boss, "equipment", site_id=site, level="line", code="SMT1", parent_id=area["id"], name_zh="贴片一线")
    cell = add(boss, "equipment", site_id=site, level="work_centre", code="PRINT", parent_id=line["id"])
    made = {"site_id": site, "level": "equipment", "code": "PRT-1", "parent_id": cell["id"], "class_name": "printer"}
    machine = add(boss, "equipment", **made, name_zh="印刷机", extra={"maker": "ACME"})
    assert machine["uri"] == f"urn:suyuan:{plant.code}:equipment:PRT-1"
    assert line["uri"] == f"urn:suyuan:{plant.code}:place:SMT1"
    assert (machine["class_name"], machine["extra"]) == ("printer", {"maker": "ACME"})
    names = boss.get("/api/v1/vocabulary").json()
    assert "印刷机" in str(names)
    assert "贴片一线" in str(names)
    refused(boss, "equipment", "production.parent_wrong", site_id=site, level="area", code="X", parent_id=line["id"])
    refused(boss, "equipment", "production.code_taken", site_id=site, level="line", code="SMT1")
    refused(boss, "equipment", "production.value_wrong", site_id=site, level="line", code="a b")
    refused(boss, "equipment", "production.site_unknown", site_id=10**9, level="line", code="Y")
    turned = boss.patch(f"/api/v1/plant/equipment/{area['id']}", json={"parent_id": line["id"]})
    assert turned.json()["code"] == "production.parent_wrong"
    used = boss.patch(f"/api/v1/plant/equipment/{line['id']}", json={"retired": True})
    assert used.json()["code"] == "production.still_used"
    moved = boss.patch(
        f"/api/v1/plant/equipment/{machine['id']}", json={"parent_id": line["id"], "name_zh": "印刷机 A"}
    )
    assert (moved.json()["parent_id"], moved.json()["name_zh"]) == (line["id"], "印刷机 A")
    retired = boss.patch(f"/api/v1/plant/equipment/{cell['id']}", json={"retired": True})
    assert retired.json()["retired"]


def test_a_machine_is_never_above_itself(boss, site) -> None:
    first = add(boss, "equipment", site_id=site, level="equipment", code="M-1")
    second = add(boss, "equipment", site_id=site, level="equipment", code="M-2", parent_id=first["id"])
    answer = boss.patch(f"/api/v1/plant/equipment/{first['id']}", json={"parent_id": second["id"]})
    assert answer.json()["code"] == "production.parent_wrong"


def test_tools_know_when_they_are_due(boss, plant) -> None:
    from suyuan.production.api import plant as api

    add(boss, "tools", code="TQ-1", class_name="torque", calibrated="2026-01-01", due="2026-03-31")
    refused(boss, "tools", "production.value_wrong", code="TQ-2", due="2026-03-31")
    with plant.open(READ):
        assert api.overdue(date(2026, 3, 31)) == 0
        assert api.overdue(date(2026, 4, 1)) == 1


def test_people_hold_qualifications_until_a_day(boss) -> None:
    welding = add(boss, "qualifications", code="WELD")
    holder = {"qualification_id": welding["id"], "person": "E001", "valid_from": "2020-01-01"}
    kept = add(boss, "holders", **holder)
    assert kept["person"].endswith(":person:E001")
    assert next(each for each in rows(boss, "qualifications") if each["code"] == "WELD")["holders"] == 1
    refused(boss, "holders", "production.code_taken", **holder)
    refused(boss, "holders", "production.days_turned", **{**holder, "person": "E002", "valid_to": "2019-01-01"})
    boss.patch(f"/api/v1/plant/holders/{kept['id']}", json={"valid_to": "2020-12-31"})
    assert next(each for each in rows(boss, "qualifications") if each["code"] == "WELD")["holders"] == 0
    assert boss.delete(f"/api/v1/plant/holders/{kept['id']}").status_code == 204
    assert not rows(boss, "holders")


def test_teams_shifts_and_days_off(boss, site) -> None:
    team = add(boss, "teams", code="A", members=["E001", "E001", "E002"])
    assert [each.rsplit(":", 1)[1] for each in team["members"]] == ["E001", "E002"]
    night = {"site_id": site, "code": "N", "starts": "22:00", "ends": "06:00", "break_minutes": 30, "weekdays": [1, 5]}
    assert add(boss, "shifts", **night)["ends"] == "06:00:00"
    refused(boss, "shifts", "production.value_wrong", **{**night, "code": "M", "weekdays": []})
    refused(boss, "shifts", "production.code_taken", **night)
    day = add(boss, "days-off", site_id=site, day="2026-10-01", name_zh="国庆", name_en="National day")
    refused(boss, "days-off", "production.code_taken", site_id=site, day="2026-10-01")
    assert boss.delete(f"/api/v1/plant/days-off/{day['id']}").status_code == 204


def test_checks_are_set_by_who_may(boss, plant) -> None:
    before = {row["name"]: row["level"] for row in rows(boss, "checks")}
    assert (before["route_step"], before["quantity"]) == ("refuse", "warn")
    set_to = boss.put("/api/v1/plant/checks/quantity", json={"level": "approve"})
    assert set_to.json()["level"] == "approve"
    assert boss.put("/api/v1/plant/checks/nothing", json={"level": "warn"}).status_code == 404
    reader = InProcess(plant.token(READ, WRITE))
    assert reader.put("/api/v1/plant/checks/quantity", json={"level": "off"}).status_code == 403


def test_a_right_for_one_site_reaches_no_other(boss, plant, site) -> None:
    other = boss.post("/api/v1/sites", json={"code": "Z", "name_zh": "二厂", "name_en": "Second"}).json()["id"]
    here = InProcess(plant.token(READ, WRITE, site_id=site))
    refused(here, "equipment", "production.not_here", site_id=other, level="line", code="Z1")
    refused(here, "qualifications", "production.not_here", code="Z")
    add(here, "equipment", site_id=site, level="line", code="HERE")
