"""Signing in through the whole application."""

from __future__ import annotations

import pytest

from tests.support.web import InProcess


@pytest.fixture
def browser(tenant) -> InProcess:
    return InProcess()


def test_a_person_signs_in_and_out(tenant, browser) -> None:
    login = tenant.person()
    assert browser.get("/api/v1/session").status_code == 401
    answer = browser.sign_in(login)
    assert answer.status_code == 200
    assert answer.json()["user"]["login"] == login
    assert answer.json()["tenant"]["code"] == tenant.code
    assert browser.get("/api/v1/session").json()["user"]["name"] == "王 小明"
    assert browser.delete("/api/v1/session").status_code == 204
    assert browser.get("/api/v1/session").status_code == 401


def test_a_wrong_password_is_refused_in_the_visitors_language(tenant) -> None:
    login = tenant.person()
    answer = InProcess(language="zh-CN").sign_in(login, "wrong")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "账号或密码不对。"
    assert answer.json()["code"] == "tenancy.wrong_credentials"


def test_guessing_is_locked_out_even_for_logins_that_do_not_exist(tenant, browser) -> None:
    for _ in range(5):
        assert browser.sign_in(f"nobody-{tenant.code}", "wrong guess").status_code == 401
    answer = browser.sign_in(f"nobody-{tenant.code}", "wrong guess")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900


def test_without_the_pages_token_an_unsafe_request_is_refused(tenant, browser) -> None:
    login = tenant.person()
    browser.sign_in(login)
    refused = browser.patch("/api/v1/session", json={"language": "en"}, headers={"X-CSRFToken": "x" * 32})
    assert (refused.status_code, refused.json()["code"]) == (403, "chassis.csrf")
    assert browser.get("/api/v1/session").json()["user"]["language"] == "zh"


def test_a_changed_password_ends_the_other_sessions(tenant) -> None:
    login = tenant.person()
    here, there = InProcess(), InProcess()
    here.sign_in(login)
    there.sign_in(login)
    weak = here.post("/api/v1/session/password", json={"old": "correct horse 42", "new": "short"})
    assert (weak.status_code, weak.json()["code"]) == (422, "tenancy.password_weak")
    wrong = here.post("/api/v1/session/password", json={"old": "no", "new": "a long new phrase 7"})
    assert (wrong.status_code, wrong.json()["at"]) == (422, "/old")
    done = here.post("/api/v1/session/password", json={"old": "correct horse 42", "new": "a long new phrase 7"})
    assert done.status_code == 204
    assert here.get("/api/v1/session").status_code == 200
    assert there.get("/api/v1/session").status_code == 401
    assert InProcess().sign_in(login, "a long new phrase 7").status_code == 200


def test_a_bad_token_is_refused(tenant) -> None:
    answer = InProcess("sy_not-a-token").get("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "tenancy.token_refused")


def test_who_changed_what_is_on_record_without_secrets(tenant) -> None:
    login = tenant.person()
    browser = InProcess()
    browser.sign_in(login)
    browser.patch("/api/v1/session", json={"language": "en"})
    with tenant.open() as tx:
        rows = tx.rows(
            "SELECT actor, before::text, after::text FROM compliance_audit"
            " WHERE table_name = 'tenancy_user' AND action = 'update' ORDER BY id DESC LIMIT 1"
        )
        everything = tx.value("SELECT string_agg(coalesce(after::text, ''), ' ') FROM compliance_audit")
    assert rows == [("王 小明", '{"language": "zh"}', '{"language": "en"}')]
    assert "argon2" not in everything


def test_another_person_signs_in_over_an_open_session(tenant) -> None:
    browser = InProcess()
    first, second = tenant.person(), tenant.person()
    assert browser.sign_in(first).json()["user"]["login"] == first
    assert browser.sign_in(second).json()["user"]["login"] == second
    assert browser.get("/api/v1/session").json()["user"]["login"] == second


def test_a_scanner_with_a_dead_token_keeps_nobody_from_signing_in(tenant) -> None:
    dead = InProcess("sy_dead", address="203.0.113.50")
    assert {dead.get("/api/v1/events").status_code for _ in range(51)} == {401, 429}
    assert InProcess(address="203.0.113.50").sign_in(tenant.person()).status_code == 200
    assert InProcess(tenant.token(), address="203.0.113.50").get("/api/v1/events").status_code == 200
