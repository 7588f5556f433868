"""Alerts come from what is on record: whoever changes rights, rules or rows is told of, once, to whoever must know."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pyotp
import pytest

from tests.support.authenticators import Device
from tests.support.database import contents_of, owner_url
from tests.support.joining import invited, join
from tests.support.web import PASSWORD, InProcess


def _watch(tenant: Any) -> int:
    """Watch once all that was done can be read: rows younger than a transaction of another test process are not.

    So it is with the first look of all: with such a transaction open, it would leave the latest past to the next look.
    """
    from suyuan.compliance.jobs import watch_tenant

    end = time.monotonic() + 100
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        [newest] = owner.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone() or ()
        read = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8"
        while owner.execute(read, (newest,)).fetchone() != (True,):
            assert time.monotonic() < end, "a transaction of another test process stays open"
            time.sleep(0.05)
    return watch_tenant(tenant.id)


@pytest.fixture
def boss(tenant: Any) -> InProcess:
    """Somebody who may do everything, signed in; what was there before is not told of."""
    browser = InProcess()
    assert browser.sign_in(tenant.person()).status_code == 200
    assert _watch(tenant) == 0
    return browser


def _open(boss: InProcess) -> list[dict[str, Any]]:
    return boss.get("/api/v1/security/alerts", params={"handled": False}).json()["rows"]


def _kinds(boss: InProcess) -> list[str]:
    return sorted(row["kind"] for row in _open(boss))


def test_rights_and_rules_that_change_are_told_of_once(tenant: Any, boss: InProcess) -> None:
    role = {"name_zh": "班长", "name_en": "Leader", "permissions": ["trace:item:read"]}
    role_id = boss.post("/api/v1/roles", json=role).json()["id"]
    person = join(boss, {"login": f"li-{tenant.code}", "name": "李 {四}"})
    boss.patch(f"/api/v1/people/{person}", json={"roles": [{"role_id": role_id}]})
    assert _watch(tenant) == 1, "they chose a password; a right that administers nothing is no news"
    wider = {"permissions": ["trace:item:read", "tenancy:role:write"]}
    assert boss.patch(f"/api/v1/roles/{role_id}", json=wider).status_code == 200
    assert boss.patch(f"/api/v1/people/{person}", json={"roles": []}).status_code == 200
    assert boss.patch(f"/api/v1/people/{person}", json={"roles": [{"role_id": role_id}]}).status_code == 200
    invited(boss, person)
    boss.post("/api/v1/tokens", json={"name": "枪 {1}", "permissions": ["trace:item:read"]})
    boss.patch("/api/v1/security/policy", json={"idle_minutes": 15})
    boss.put("/api/v1/retention/rules/audit", json={"days": 400, "reason": "policy"})
    boss.post("/api/v1/retention/rules/audit/force", json={"in_force": True})
    hold = boss.post("/api/v1/retention/holds", json={"subject": "L-{7}", "reason": "a claim"}).json()["id"]
    boss.post(f"/api/v1/retention/holds/{hold}/lift", json={"reason": "settled"})

    assert _watch(tenant) == 8
    assert _watch(tenant) == 0, "once"
    assert _kinds(boss) == [
        "administrator", "hold_lifted", "own_proof", "password_link", "retention", "retention", "role_widened",
        "sign_in_rules", "token_made",
    ]  # fmt: skip
    told = {row["kind"]: row for row in _open(boss)}
    assert "李 {四}" in told["administrator"]["text"]
    assert "Manage roles" in told["administrator"]["text"]
    assert told["sign_in_rules"]["text"] == "王 小明 changed the rules of signing in: idle minutes 720 → 15."
    assert "L-(7)" in told["hold_lifted"]["text"]
    assert told["retention"]["text"].startswith("王 小明 changed how long “Audit trail” is kept")


def test_an_alert_is_handled_once_with_what_was_found(tenant: Any, boss: InProcess) -> None:
    boss.post("/api/v1/tokens", json={"name": "t", "permissions": ["trace:item:read"]})
    _watch(tenant)
    page = boss.get("/api/v1/security/alerts").json()
    assert page["open"] == 1
    path = f"/api/v1/security/alerts/{page['rows'][0]['id']}/handle"
    done = boss.post(path, json={"note": "approved by Wang"}).json()
    assert (done["handled_by"], done["note"]) == ("王 小明", "approved by Wang")
    before = contents_of(tenant.id)
    again = boss.post(path, json={"note": "no"})
    assert (again.status_code, again.json()["code"]) == (409, "compliance.alert_handled")
    assert contents_of(tenant.id) == before
    assert boss.get("/api/v1/security/alerts").json()["open"] == 0
    assert InProcess(tenant.token("compliance:alert:read")).post(path, json={"note": "x"}).status_code == 403


def test_a_lock_out_and_a_new_device_are_told_of(tenant: Any, boss: InProcess) -> None:
    login = tenant.person("", PASSWORD, "trace:item:read")
    at_home = InProcess(address="10.0.0.1")
    assert at_home.sign_in(login).status_code == 200
    assert _watch(tenant) == 0, "a first sign-in of all is nothing new"
    for browser in ("Firefox/140.0", "Firefox/141.0.2"):
        elsewhere = InProcess(address="10.0.0.1")
        elsewhere._client.headers["User-Agent"] = f"Mozilla/5.0 (X11; Linux) {browser}"
        assert elsewhere.sign_in(login).status_code == 200
    assert _watch(tenant) == 1, "another version of a browser is no new device"
    for _ in range(7):
        InProcess(address="10.0.0.9").sign_in(login, "wrong")
    assert _watch(tenant) == 1
    assert _kinds(boss) == ["locked_out", "new_place"]


def test_who_signs_in_with_something_else_is_told_by_mail(tenant: Any, boss: InProcess, posted: Any) -> None:
    """Whoever has got at a session and adds a factor of their own to the account does not stay unnoticed."""
    from suyuan.tenancy.jobs.mailing import send_waiting

    login, li = tenant.person("", PASSWORD, "trace:item:read"), InProcess()
    li.sign_in(login)
    number = li.get("/api/v1/session").json()["user"]["id"]
    boss.patch(f"/api/v1/people/{number}", json={"mail": "li@plant.example", "language": "en"})
    _watch(tenant)
    secret = li.post("/api/v1/session/authenticator", json={"password": PASSWORD}).json()["secret"]
    confirmed = li.post("/api/v1/session/authenticator/confirm", json={"code": pyotp.TOTP(secret).now()})
    assert confirmed.status_code == 200, confirmed.text
    assert Device().register(li, "{电话}").status_code == 201
    assert _watch(tenant) == 2
    assert _kinds(boss) == ["own_proof", "own_proof"]
    assert boss.post(f"/api/v1/people/{number}/reset-authenticator").status_code == 204
    assert _watch(tenant) == 2
    assert _kinds(boss) == ["factor_removed", "factor_removed", "own_proof", "own_proof"]
    send_waiting(tenant.id)
    told = [text.splitlines()[0] for to, _, text in posted.read() if to == "li@plant.example"]
    name = boss.get(f"/api/v1/people/{number}").json()["name"]
    assert sorted(told) == sorted([
        f"{name} ({login}) bound an authenticator.",
        f"{name} ({login}) added the passkey “(电话)”.",
        f"The account of {name} ({login}): 王 小明 took off the authenticator.",
        f"The account of {name} ({login}): 王 小明 removed the passkey “(电话)”.",
    ])  # fmt: skip


def test_what_is_changed_past_the_program_is_told_of(tenant: Any, boss: InProcess) -> None:
    with psycopg.connect(owner_url()) as owner:
        owner.execute("UPDATE tenancy_user SET name = 'x' WHERE tenant_id = %s", (tenant.id,))
    assert _watch(tenant) == 1
    [row] = _open(boss)
    assert (row["kind"], row["level"]) == ("past_the_program", "critical")
    assert "suyuan_owner changed tenancy_user directly" in row["text"]


def test_a_log_that_was_tampered_with_is_told_of(tenant: Any, boss: InProcess) -> None:
    from suyuan.compliance.jobs import checkpoint_tenant, verify_tenant

    checkpoint_tenant(tenant.id)
    verify_tenant(tenant.id)
    assert _open(boss) == []
    with psycopg.connect(owner_url()) as owner:
        owner.execute("ALTER TABLE compliance_audit DISABLE TRIGGER USER")
        last = "SELECT max(subject) FROM compliance_log_leaf WHERE tenant_id = %(tenant)s AND kind = 'a'"
        owner.execute(f"DELETE FROM compliance_audit WHERE id = ({last})", {"tenant": tenant.id})
        owner.execute("ALTER TABLE compliance_audit ENABLE TRIGGER USER")
    verify_tenant(tenant.id)
    [row] = _open(boss)
    assert row["kind"] == "log_unsound"
    assert "was deleted after it was sealed" in row["text"]


def test_a_clock_that_jumps_is_on_record_and_told_of(tenant: Any, boss: InProcess) -> None:
    from suyuan.compliance.api import watching

    with tenant.open():
        assert not watching.note_clock()
        look = watching._clocks[tenant.id]
        watching._clocks[tenant.id] = watching.ClockLook(
            look.said - timedelta(hours=2), look.steady_before, look.steady_after
        )
        assert watching.note_clock(), "two hours passed, and the steady clock knows of none"
    assert _watch(tenant) == 1
    [row] = _open(boss)
    assert row["kind"] == "clock"
    assert "(7200 s)" in row["text"]
    watching._clocks.clear()
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "UPDATE compliance_watch SET looked = looked + interval '1 hour' WHERE tenant_id = %s", (tenant.id,)
        )
    with tenant.open():
        assert watching.note_clock(), "another process looked later than now"


@pytest.mark.parametrize("passed", [0.0, 0.5, 60.0, 86_400.0])
@pytest.mark.parametrize("busy", [0.0, 30.0])
@pytest.mark.parametrize("jump", [0.0, 3.0, -3.0, 36.0, -36.0, 1e6, -1e6])
def test_a_jump_is_told_from_time_that_passed_and_from_a_busy_machine(passed: float, busy: float, jump: float) -> None:
    from suyuan.compliance.domain.watching import ClockLook, clock_jump

    start = datetime(2026, 3, 1, tzinfo=UTC)
    before = ClockLook(start, 100.0, 100.0)
    now = ClockLook(start + timedelta(seconds=passed + jump), 100.0 + passed, 100.0 + passed + busy)
    expected = clock_jump(before, now)
    hidden = abs(jump) <= 5 or (0 < jump <= busy + 5)
    assert (expected is None) == hidden


def test_who_wants_it_is_mailed_in_their_language(tenant: Any, boss: InProcess, posted: Any) -> None:
    from suyuan.tenancy.jobs.mailing import send_waiting

    me = boss.get("/api/v1/session").json()["user"]["id"]
    boss.patch(f"/api/v1/people/{me}", json={"mail": "wang@plant.example", "language": "zh"})
    other = InProcess()
    login = tenant.person("", PASSWORD, "trace:item:read")
    other.sign_in(login)
    number = other.get("/api/v1/session").json()["user"]["id"]
    boss.patch(f"/api/v1/people/{number}", json={"mail": "li@plant.example", "language": "en"})
    offered = {each["topic"] for each in other.get("/api/v1/session/mail").json()["choices"]}
    assert "security.own" in offered
    assert "security.access" not in offered, "who may not see alerts is not offered mail about them"
    _watch(tenant)
    boss.post("/api/v1/tokens", json={"name": "t", "permissions": ["trace:item:read"]})
    invited(boss, number)
    assert _watch(tenant) == 2
    assert send_waiting(tenant.id) == 3
    assert sorted((to, subject.split("] ")[1]) for to, subject, _ in posted.read()) == [
        ("li@plant.example", "Somebody else made a link to choose a new password"),
        ("wang@plant.example", "他人发出了重设密码的链接"),
        ("wang@plant.example", "新的 API 令牌"),
    ]
    assert boss.put("/api/v1/session/mail", json={"topic": "security.access", "wanted": False}).status_code == 200
    boss.post("/api/v1/tokens", json={"name": "u", "permissions": ["trace:item:read"]})
    assert _watch(tenant) == 1
    assert send_waiting(tenant.id) == 0
