"""An administrator's day: somebody joins, gets rights and a scanner, guesses wrong, leaves; all of it is on record."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.bakery import CONTEXT, Bakery, raw
from tests.support.database import owner_url
from tests.support.joining import join
from tests.support.web import InProcess

OWN_PHRASE = "a phrase of my own"


@pytest.fixture
def admin(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person(f"admin-{tenant.code}"))
    return browser


def _role(admin: InProcess, zh: str, en: str, *permissions: str) -> int:
    made = admin.post("/api/v1/roles", json={"name_zh": zh, "name_en": en, "permissions": permissions})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def _join(admin: InProcess, login: str, *roles: int, language: str = "zh") -> int:
    body = {"login": login, "name": "李 四", "language": language}
    return join(admin, body | {"roles": [{"role_id": role} for role in roles]}, OWN_PHRASE)


def test_somebody_joins_changes_and_leaves(tenant, admin) -> None:
    login = f"li-{tenant.code}"
    names = {row["name"]: row for row in admin.get("/api/v1/permissions").json()}
    assert names["trace:event:read"]["zh"] != names["trace:event:read"]["en"]
    viewer = _role(admin, "查看员", "Viewer", "trace:event:read")
    person = _join(admin, login, viewer, language="en")

    li = InProcess()
    session = li.sign_in(login, OWN_PHRASE).json()
    assert (session["permissions"], session["user"]["language"]) == (["trace:event:read"], "en")
    assert li.get("/api/v1/items").status_code == 403

    admin.patch(f"/api/v1/roles/{viewer}", json={"permissions": ["trace:event:read", "trace:item:read"]})
    assert li.get("/api/v1/items").status_code == 200, "a right given is there at once, without signing in again"

    wrong = li.post("/api/v1/session/password", json={"old": "not this", "new": "another long phrase"})
    assert wrong.json()["code"] == "tenancy.password_wrong"
    elsewhere = InProcess()
    elsewhere.sign_in(login, OWN_PHRASE)
    changed = li.post("/api/v1/session/password", json={"old": OWN_PHRASE, "new": "another long phrase"})
    assert changed.status_code == 204
    assert li.get("/api/v1/items").status_code == 200, "whoever changed the password stays signed in"
    assert elsewhere.get("/api/v1/items").status_code == 401, "every other session of theirs has ended"

    assert admin.patch(f"/api/v1/people/{person}", json={"active": False}).status_code == 200
    assert li.get("/api/v1/items").status_code == 401
    assert InProcess().sign_in(login, "another long phrase").status_code == 401


def test_a_scanner_gets_a_token_for_one_plant(tenant, admin) -> None:
    plant = Bakery(tenant.code)
    made = admin.post("/api/v1/sites", json={"code": "B", "name_zh": "面包房", "name_en": "Bakery",
                                             "location_uri": plant.BAKERY})  # fmt: skip
    body = {
        "name": "一号扫码枪",
        "permissions": ["trace:event:write", "trace:event:read"],
        "site_id": made.json()["id"],
    }
    token = admin.post("/api/v1/tokens", json=body)
    assert token.status_code == 201, token.text
    scanner = InProcess(token.json()["secret"])
    arrival = scanner.post("/epcis/v2/events", content=raw({"@context": CONTEXT} | plant.arrivals()[0]))
    assert arrival.status_code == 201, arrival.text
    InProcess(tenant.token()).post("/epcis/v2/events", content=raw({"@context": CONTEXT} | plant.delivery()[2]))
    assert len(admin.get("/api/v1/events").json()["rows"]) == 2
    assert [row["biz_step"] for row in scanner.get("/api/v1/events").json()["rows"]] == ["receiving"]
    listed = admin.get("/api/v1/tokens").json()["rows"]
    row = next(row for row in listed if row["name"] == "一号扫码枪")
    assert row["last_used"]
    assert "secret" not in row
    assert admin.delete(f"/api/v1/tokens/{row['id']}").status_code == 204
    assert scanner.get("/api/v1/events").status_code == 401


def test_guessing_is_paused_and_the_rightful_owner_comes_back(tenant, admin) -> None:
    login = f"zhao-{tenant.code}"
    _join(admin, login, _role(admin, "空", "None"))
    guesser = InProcess(address="203.0.113.77")
    for number in range(5):
        assert guesser.sign_in(login, f"guess {number}").status_code == 401
    paused = guesser.sign_in(login, OWN_PHRASE)
    assert (paused.status_code, paused.json()["code"]) == (429, "tenancy.locked_out")
    assert 0 < int(paused.headers["Retry-After"]) <= 15 * 60
    with psycopg.connect(owner_url()) as owner:
        owner.execute("UPDATE tenancy_attempt SET at = at - interval '16 minutes'")
    assert guesser.sign_in(login, OWN_PHRASE).status_code == 200


def test_the_audit_trail_tells_who_did_what_and_when(tenant, admin) -> None:
    role = _role(admin, "查看员", "Viewer", "trace:event:read")
    person = _join(admin, f"qian-{tenant.code}", role)
    admin.patch(f"/api/v1/people/{person}", json={"name": "钱 七"})
    admin.patch(f"/api/v1/people/{person}", json={"roles": []})
    admin.delete(f"/api/v1/roles/{role}")
    rows = admin.get("/api/v1/audit", params={"limit": 100}).json()["rows"]
    told = [(row["table"], row["action"]) for row in rows]
    assert told[:2] == [("tenancy_role", "delete"), ("tenancy_grant", "delete")]
    renamed = next(row for row in rows if row["table"] == "tenancy_user" and row["action"] == "update"
                   and "name" in (row["after"] or {}))  # fmt: skip
    assert (renamed["before"]["name"], renamed["after"]["name"]) == ("李 四", "钱 七")
    assert [row["actor"] for row in rows[:5]] == ["王 小明"] * 3 + ["李 四"] * 2, "the password was their own doing"
    times = [row["time"] for row in rows]
    assert times == sorted(times, reverse=True)
    only = admin.get("/api/v1/audit", params={"table": "tenancy_role", "action": "delete"}).json()["rows"]
    assert [row["before"]["name_zh"] for row in only] == ["查看员"]
    later = admin.get("/api/v1/audit", params={"from": "2999-01-01T00:00:00Z"}).json()["rows"]
    assert later == []
    first = admin.get("/api/v1/audit", params={"limit": 3}).json()
    rest = admin.get("/api/v1/audit", params={"limit": 100, "cursor": first["next"]}).json()["rows"]
    assert [row["id"] for row in first["rows"] + rest] == [row["id"] for row in rows]
