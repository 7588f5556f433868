"""Second factors, sessions and the policy through the whole application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.support.web import PASSWORD, InProcess

DUTY = "trace:event:read"


@pytest.fixture
def boss(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def bind(browser: InProcess) -> tuple[pyotp.TOTP, list[str]]:
    """Bind an authenticator with the code it shows now; return it with the recovery codes."""
    begun = browser.post("/api/v1/session/authenticator", json={"password": PASSWORD})
    assert begun.status_code == 201, begun.text
    assert "<svg" in begun.json()["svg"]
    shown = pyotp.parse_uri(begun.json()["uri"])
    assert isinstance(shown, pyotp.TOTP)
    confirmed = browser.post("/api/v1/session/authenticator/confirm", json={"code": shown.now()})
    assert confirmed.status_code == 200, confirmed.text
    return shown, confirmed.json()["codes"]


def next_code(shown: pyotp.TOTP) -> str:
    """Return the code of the period to come: later than the one used for binding, and good whenever a period ends."""
    return shown.at(datetime.now(UTC) + timedelta(seconds=30))


def test_with_an_authenticator_the_password_alone_is_not_enough(tenant) -> None:
    login = tenant.person()
    here, there = InProcess(), InProcess()
    here.sign_in(login)
    shown, codes = bind(here)
    assert there.sign_in(login).json()["code"] == "tenancy.second_factor_needed"
    assert there.get("/api/v1/session").status_code == 401
    assert there.sign_in(login, code="000000").json()["code"] == "tenancy.code_wrong"
    fresh = next_code(shown)
    assert there.sign_in(login, code=fresh).status_code == 200
    assert InProcess().sign_in(login, code=fresh).json()["code"] == "tenancy.code_wrong", "a code is good once"
    assert InProcess().sign_in(login, code=codes[0].upper()).status_code == 200
    assert InProcess().sign_in(login, code=codes[0]).json()["code"] == "tenancy.code_wrong", "so is a recovery code"
    assert here.get("/api/v1/session/proof").json()["recovery_codes"] == 9


def test_codes_are_not_guessed(tenant) -> None:
    login = tenant.person()
    here = InProcess()
    here.sign_in(login)
    bind(here)
    answers = [InProcess().sign_in(login, code=f"{number:06}").status_code for number in range(6)]
    assert (answers[:5], answers[5]) == ([401] * 5, 429)


def test_binding_asks_for_the_password_and_a_right_code(tenant, boss) -> None:
    refused = boss.post("/api/v1/session/authenticator", json={"password": "wrong"})
    assert (refused.status_code, refused.json()["code"]) == (422, "tenancy.password_wrong")
    assert boss.post("/api/v1/session/authenticator/confirm", json={"code": "1"}).json()["code"] == (
        "tenancy.nothing_to_confirm"
    )
    assert boss.post("/api/v1/session/authenticator", json={"password": PASSWORD}).status_code == 201
    assert boss.post("/api/v1/session/authenticator/confirm", json={"code": "000000"}).json()["code"] == (
        "tenancy.code_not_confirmed"
    )
    assert boss.get("/api/v1/session/proof").json()["authenticator_since"] is None


def test_a_secret_lies_sealed_in_the_database_and_is_hidden_from_the_audit_trail(tenant, boss) -> None:
    shown, codes = bind(boss)
    with tenant.open() as tx:
        kept = b" ".join(bytes(row[0]) for row in tx.rows("SELECT secret FROM tenancy_factor"))
        trail = tx.value(
            "SELECT string_agg(coalesce(after::text, '') || coalesce(before::text, ''), ' ') FROM compliance_audit"
        )
    for secret in (shown.secret, shown.byte_secret().hex(), *codes):
        assert secret.encode() not in kept
        assert secret not in trail


def test_a_new_authenticator_takes_the_place_of_the_old_one(tenant) -> None:
    login = tenant.person()
    here = InProcess()
    here.sign_in(login)
    old, _ = bind(here)
    new, _ = bind(here)
    assert InProcess().sign_in(login, code=next_code(old)).status_code == 401
    assert InProcess().sign_in(login, code=next_code(new)).status_code == 200
    assert here.post("/api/v1/session/authenticator/remove", json={"password": PASSWORD}).status_code == 204
    assert InProcess().sign_in(login).status_code == 200


def test_where_the_policy_asks_for_it_nothing_is_open_before_an_authenticator_is_bound(tenant, boss) -> None:
    reader = tenant.person("", PASSWORD, DUTY)
    assert boss.patch("/api/v1/security/policy", json={"second_factor": "everyone"}).status_code == 200
    li = InProcess()
    session = li.sign_in(reader).json()
    assert (session["permissions"], session["must"]) == ([], ["second_factor"])
    assert li.get("/api/v1/events").status_code == 403
    bind(li)
    assert li.get("/api/v1/events").status_code == 200
    refused = li.post("/api/v1/session/authenticator/remove", json={"password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (409, "tenancy.factor_required")
    assert li.get("/api/v1/session/proof").json()["authenticator_since"] is not None


def test_administrators_alone_may_be_asked_for_it(tenant, boss) -> None:
    assert boss.patch("/api/v1/security/policy", json={"second_factor": "administrators"}).status_code == 200
    reader, li = tenant.person("", PASSWORD, DUTY), InProcess()
    assert li.sign_in(reader).json()["must"] == []
    assert boss.get("/api/v1/session").json()["must"] == ["second_factor"]


def test_a_lost_authenticator_is_taken_off_by_an_administrator(tenant, boss) -> None:
    login = tenant.person("", PASSWORD, DUTY)
    li = InProcess()
    me = li.sign_in(login).json()["user"]["id"]
    bind(li)
    assert next(row for row in boss.get("/api/v1/people").json()["rows"] if row["id"] == me)["second_factor"]
    assert boss.post(f"/api/v1/people/{me}/reset-authenticator").status_code == 204
    assert li.get("/api/v1/session").status_code == 401, "their sessions end too"
    assert li.sign_in(login).status_code == 200


def test_ones_own_sessions_are_seen_and_ended(tenant) -> None:
    login = tenant.person()
    here, there = InProcess(address="203.0.113.7"), InProcess(address="203.0.113.8")
    here.sign_in(login)
    there.sign_in(login)
    rows = here.get("/api/v1/session/proof").json()["sessions"]
    assert sorted((row["address"], row["current"]) for row in rows) == [("203.0.113.7", True), ("203.0.113.8", False)]
    other = next(row["id"] for row in rows if not row["current"])
    assert here.delete(f"/api/v1/session/open/{other}").status_code == 204
    assert there.get("/api/v1/events").status_code == 401
    own = next(row["id"] for row in rows if row["current"])
    assert here.delete(f"/api/v1/session/open/{own}").status_code == 404, "that is signing out"
    there.sign_in(login)
    assert here.post("/api/v1/session/end-others").json() == {"ended": 1}
    assert (here.get("/api/v1/events").status_code, there.get("/api/v1/events").status_code) == (200, 401)


def test_nobody_ends_the_session_of_another(tenant, boss) -> None:
    li = InProcess()
    li.sign_in(tenant.person("", PASSWORD, DUTY))
    theirs = boss.get("/api/v1/session/proof").json()["sessions"][0]["id"]
    assert li.delete(f"/api/v1/session/open/{theirs}").status_code == 404
    assert boss.get("/api/v1/session").status_code == 200


def test_signing_out_ends_the_session_on_the_server(tenant) -> None:
    login = tenant.person()
    here, there = InProcess(), InProcess()
    here.sign_in(login)
    there.sign_in(login)
    assert here.delete("/api/v1/session").status_code == 204
    assert len(there.get("/api/v1/session/proof").json()["sessions"]) == 1


def test_an_idle_session_ends(tenant, boss) -> None:
    assert boss.patch("/api/v1/security/policy", json={"idle_minutes": 5}).status_code == 200
    with tenant.open() as tx:
        tx.execute("UPDATE tenancy_session SET last_seen = clock_timestamp() - interval '4 minutes'")
    assert boss.get("/api/v1/events").status_code == 200, "using it keeps it open"
    with tenant.open() as tx:
        tx.execute("UPDATE tenancy_session SET last_seen = clock_timestamp() - interval '6 minutes'")
    assert boss.get("/api/v1/events").status_code == 401


def test_only_so_many_sessions_are_open_at_once(tenant, boss) -> None:
    assert boss.patch("/api/v1/security/policy", json={"sessions_most": 2}).status_code == 200
    login, clients = tenant.person(), [InProcess() for _ in range(3)]
    for client in clients:
        client.sign_in(login)
    assert [client.get("/api/v1/events").status_code for client in clients] == [401, 200, 200]


def test_passwords_follow_the_policy(tenant, boss) -> None:
    rules = {"password_length": 14, "password_history": 2, "password_days": 30}
    assert (
        boss.patch("/api/v1/security/policy", json=rules).json() | rules == boss.get("/api/v1/security/policy").json()
    )

    def change(old: str, new: str) -> str:
        answer = boss.post("/api/v1/session/password", json={"old": old, "new": new})
        return "" if answer.status_code == 204 else answer.json()["code"]

    assert change(PASSWORD, "short one 9") == "tenancy.password_weak"
    assert change(PASSWORD, PASSWORD) in {"tenancy.password_used_before", "tenancy.password_weak"}
    assert change(PASSWORD, "the first long phrase") == ""
    assert change("the first long phrase", "the second long phrase") == ""
    assert change("the second long phrase", "the first long phrase") == "tenancy.password_used_before"
    with tenant.open() as tx:
        tx.execute("UPDATE tenancy_user SET password_changed = clock_timestamp() - interval '31 days'")
    assert boss.get("/api/v1/session").json()["must"] == ["password"]
    assert boss.get("/api/v1/people").status_code == 403
    assert change("the second long phrase", "the third long phrase") == ""
    assert boss.get("/api/v1/people").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"password_length": 9}, {"password_length": 65}, {"idle_minutes": 4}, {"idle_minutes": 1441},
     {"sessions_most": -1}, {"password_history": 25}, {"password_days": 3651}],
)  # fmt: skip
def test_a_policy_has_bounds(boss, wrong) -> None:
    before = boss.get("/api/v1/security/policy").json()
    refused = boss.patch("/api/v1/security/policy", json=wrong)
    assert (refused.status_code, refused.json()["at"]) == (422, f"/{next(iter(wrong))}")
    assert boss.get("/api/v1/security/policy").json() == before


def test_sign_ins_are_on_record_with_where_from_and_how_they_ended(tenant, boss) -> None:
    login = tenant.person()
    InProcess(address="203.0.113.7").sign_in(login)
    InProcess(address="203.0.113.9").sign_in(login)
    InProcess(address="203.0.113.9").sign_in(login, "wrong guess")
    rows = boss.get(f"/api/v1/security/sign-ins?search={login}").json()["rows"]
    assert [(row["outcome"], row["address"], row["new_address"]) for row in rows] == [
        ("wrong_password", "203.0.113.9", False),
        ("signed_in", "203.0.113.9", True),
        ("signed_in", "203.0.113.7", False),
    ]
    noticed = boss.get(f"/api/v1/security/sign-ins?search={login}&noticeable=true").json()["rows"]
    assert len(noticed) == 2
    first = boss.get(f"/api/v1/security/sign-ins?search={login}&limit=1").json()
    following = boss.get(f"/api/v1/security/sign-ins?search={login}&limit=2&cursor={first['next']}").json()
    assert [row["id"] for row in (*first["rows"], *following["rows"])] == [row["id"] for row in rows]


def test_who_can_do_what_is_answered_by_person_right_and_site(tenant, boss) -> None:
    site = boss.post("/api/v1/sites", json={"code": "A", "name_zh": "甲", "name_en": "A"}).json()["id"]
    role = boss.post("/api/v1/roles", json={"name_zh": "看", "name_en": "looks", "permissions": [DUTY]}).json()["id"]
    person = {"login": f"li-{tenant.code}", "name": "李",
              "roles": [{"role_id": role, "site_id": site}]}  # fmt: skip
    made = boss.post("/api/v1/people", json=person).json()["id"]
    rows = boss.get(f"/api/v1/security/rights?person_id={made}").json()["rows"]
    assert [(row["permission"], row["site_id"], row["roles_zh"]) for row in rows] == [(DUTY, site, ["看"])]
    holders = {row["login"] for row in boss.get(f"/api/v1/security/rights?permission={DUTY}").json()["rows"]}
    assert person["login"] in holders
