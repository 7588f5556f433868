"""Signing in at a station: badge and PIN, what such a session may do, and guessing."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from suyuan.tenancy.domain.pins import weakness
from tests.support.web import InProcess

PASSWORD = "correct horse 42"
_badges = (f"B-{number}" for number in count(1))


@pytest.fixture
def boss(tenant) -> InProcess:
    made = InProcess()
    made.sign_in(tenant.person())
    return made


def _holder(tenant, boss: InProcess, **change: Any) -> tuple[int, str]:
    login = tenant.person()
    number = next(each["id"] for each in boss.get("/api/v1/people").json()["rows"] if each["login"] == login)
    badge = next(_badges)
    answer = boss.patch(f"/api/v1/people/{number}", json={"badge": badge, "pin": "2580", **change})
    assert answer.status_code == 200, answer.text
    return number, badge


def _at_station(tenant, badge: str, pin: str) -> tuple[InProcess, Any]:
    device = InProcess()
    device.get("/api/v1/session")
    device._client.headers["X-CSRFToken"] = device._client.cookies["suyuan_csrf"]
    return device, device.post("/api/v1/session/badge", json={"tenant": tenant.code, "badge": badge, "pin": pin})


def test_a_badge_and_its_pin_open_the_station_and_not_the_office(tenant, boss) -> None:
    number, badge = _holder(tenant, boss)
    shown = boss.get(f"/api/v1/people/{number}").json()
    assert (shown["badge"], shown["has_pin"]) == (badge, True)
    device, answer = _at_station(tenant, f" {badge} ", "2580")
    assert answer.status_code == 200
    rights = device.get("/api/v1/session").json()["permissions"]
    assert answer.json()["permissions"] == rights
    assert "trace:event:write" in rights
    assert not [right for right in rights if right.startswith(("tenancy:", "compliance:", "designer:"))]
    assert device.get("/api/v1/people").status_code == 403


def test_wrong_pins_are_refused_alike_counted_and_locked_out(tenant, boss) -> None:
    _, badge = _holder(tenant, boss)
    for given in (badge, "nobody's badge"):
        _, answer = _at_station(tenant, given, "9999")
        assert (answer.status_code, answer.json()["code"]) == (401, "tenancy.badge_refused")
    for _ in range(4):
        _at_station(tenant, badge, "9999")
    _, answer = _at_station(tenant, badge, "2580")
    assert (answer.status_code, answer.json()["code"]) == (429, "tenancy.locked_out")
    outcomes = {row["outcome"] for row in boss.get("/api/v1/security/sign-ins").json()["rows"]}
    assert {"wrong_code", "locked_out"} <= outcomes


def test_who_left_and_who_has_no_pin_stay_out(tenant, boss) -> None:
    for change in ({"active": False}, {"pin": ""}):
        _, badge = _holder(tenant, boss, **change)
        _, answer = _at_station(tenant, badge, "2580")
        assert answer.status_code == 401


def test_another_companys_badge_opens_nothing(tenant, make_tenant, boss) -> None:
    _, badge = _holder(tenant, boss)
    _, answer = _at_station(make_tenant(), badge, "2580")
    assert answer.status_code == 401


def test_a_badge_is_one_persons_and_refusals_leave_no_trace(tenant, boss) -> None:
    _, badge = _holder(tenant, boss)
    number, own = _holder(tenant, boss)
    path = f"/api/v1/people/{number}"
    taken = boss.patch(path, json={"badge": badge, "name": "Changed"})
    assert (taken.status_code, taken.json()["code"], taken.json()["at"]) == (409, "tenancy.badge_taken", "/badge")
    weak = boss.patch(path, json={"pin": "1234", "name": "Changed"})
    assert (weak.status_code, weak.json()["code"], weak.json()["at"]) == (422, "tenancy.pin_weak", "/pin")
    after = boss.get(path).json()
    assert (after["badge"], after["name"] == "Changed") == (own, False)
    _, answer = _at_station(tenant, own, "2580")
    assert answer.status_code == 200


def test_a_person_chooses_their_own_pin(tenant, boss) -> None:
    _, badge = _holder(tenant, boss)
    device, _ = _at_station(tenant, badge, "2580")
    wrong = device.post("/api/v1/session/pin", json={"password": "no", "pin": "8642"})
    assert (wrong.status_code, wrong.json()["at"]) == (422, "/password")
    assert device.post("/api/v1/session/pin", json={"password": PASSWORD, "pin": "8642"}).status_code == 204
    assert _at_station(tenant, badge, "2580")[1].status_code == 401
    assert _at_station(tenant, badge, "8642")[1].status_code == 200


@pytest.mark.parametrize("pin", ["", "123", "1234", "9876", "0000", "7890123", "12a4", "１２５８", "1" * 13, "8901"])
def test_weak_pins_are_told_apart(pin) -> None:
    assert weakness(pin) is not None


@pytest.mark.parametrize("pin", ["2580", "1123", "135792468013"])
def test_other_pins_are_taken(pin) -> None:
    assert weakness(pin) is None
