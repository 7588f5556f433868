"""People choose their own password by a link that holds once and not for long; nobody else ever knows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from suyuan.chassis.settings import settings
from suyuan.tenancy.tests.test_proof import bind, next_code
from tests.support.database import contents_of, owner_url
from tests.support.joining import OWN_PHRASE, accept, invited, join, secret_in
from tests.support.web import PASSWORD, InProcess

GONE = (410, "tenancy.invitation_gone")
ELSEWHERE = "203.0.113.60"
"""Whence links are tried: what is wrong with them counts against an address, which is not that of other tests."""


@pytest.fixture
def boss(tenant: Any) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How the world reaches us, as the operator says it."""
    monkeypatch.setenv("SUYUAN_PUBLIC_URL", "https://suyuan.plant.example")
    settings.cache_clear()
    yield "https://suyuan.plant.example"
    monkeypatch.delenv("SUYUAN_PUBLIC_URL")
    settings.cache_clear()


def _added(boss: InProcess, tenant: Any, **more: Any) -> int:
    made = boss.post("/api/v1/people", json={"login": f"li-{tenant.code}", "name": "李 四", **more})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def _opened(secret: str, address: str = ELSEWHERE) -> Any:
    browser = InProcess(address=address)
    browser.take_page_token()
    return browser.post("/api/v1/session/invitation", json={"secret": secret})


def _fate(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def _database(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(owner_url()) as owner:
        done = owner.execute(query, values)
        return done.fetchall() if done.description else []


def test_a_person_chooses_their_password_by_their_link_once(tenant, boss) -> None:
    person, login = _added(boss, tenant, language="en"), f"li-{tenant.code}"
    assert InProcess().sign_in(login, "").status_code in {401, 422}
    before = boss.get(f"/api/v1/people/{person}").json()
    assert (before["has_password"], before["invited"]) == (False, None)
    made = boss.post(f"/api/v1/people/{person}/invitation").json()
    assert (made["mailed_to"], made["person_id"]) == (None, person)
    assert made["link"].startswith("http://testserver/invitation#")
    assert made["svg"].startswith("<svg")
    assert boss.get(f"/api/v1/people/{person}").json()["invited"] == made["expires"]

    secret = secret_in(made["link"])
    told = _opened(secret).json()
    assert (told["login"], told["name"], told["language"], told["resets"]) == (login, "李 四", "en", False)
    assert (told["password_length"], told["company"]) == (10, boss.get("/api/v1/session").json()["tenant"]["name"])
    assert accept(secret).status_code == 204
    session = InProcess().sign_in(login, OWN_PHRASE).json()
    assert (session["user"]["login"], session["must"]) == (login, [])
    after = boss.get(f"/api/v1/people/{person}").json()
    assert (after["has_password"], after["invited"]) == (True, None)
    assert (_fate(accept(secret, "another phrase 11")), _fate(_opened(secret))) == (GONE, GONE)
    assert InProcess().sign_in(login, OWN_PHRASE).status_code == 200


def test_an_administrator_sets_nobodys_password(tenant, boss) -> None:
    body = {"login": f"li-{tenant.code}", "name": "李 四"}
    person = _added(boss, tenant)
    before = contents_of(tenant.id)
    for answer in (
        boss.post("/api/v1/people", json=body | {"login": "other", "password": "a long phrase 9"}),
        boss.patch(f"/api/v1/people/{person}", json={"password": "a long phrase 9"}),
    ):
        assert _fate(answer) == (400, "chassis.body_malformed")
        assert "password" in answer.json()["at"]
    assert contents_of(tenant.id) == before


def test_a_forgotten_password_holds_until_another_is_chosen_and_ends_what_was_open(tenant, boss) -> None:
    body = {"login": f"li-{tenant.code}", "name": "李 四"}
    person = join(boss, body)
    there = InProcess()
    assert there.sign_in(body["login"], OWN_PHRASE).status_code == 200
    secret = invited(boss, person)
    assert _opened(secret).json()["resets"] is True
    assert there.get("/api/v1/session").status_code == 200, "making a link takes nothing from anybody"
    for _ in range(5):
        InProcess(address="203.0.113.50").sign_in(body["login"], "what was it")
    assert InProcess().sign_in(body["login"], OWN_PHRASE).status_code == 429
    assert accept(secret, "a newer phrase 12").status_code == 204
    assert there.get("/api/v1/session").status_code == 401
    assert InProcess().sign_in(body["login"], OWN_PHRASE).status_code == 401
    assert InProcess().sign_in(body["login"], "a newer phrase 12").status_code == 200, "the lock-out ends with it"


def test_the_other_factor_stays_on(tenant, boss) -> None:
    login = tenant.person()
    here = InProcess()
    person = here.sign_in(login).json()["user"]["id"]
    shown, _ = bind(here)
    assert accept(invited(boss, person)).status_code == 204
    assert _fate(InProcess().sign_in(login, OWN_PHRASE)) == (401, "tenancy.second_factor_needed")
    assert InProcess().sign_in(login, OWN_PHRASE, code=next_code(shown)).status_code == 200


def test_a_link_ends_when_another_is_made_it_is_taken_back_or_its_time_is_over(tenant, boss) -> None:
    person = _added(boss, tenant)
    first = invited(boss, person)
    second = invited(boss, person)
    assert (_fate(accept(first)), _opened(second).status_code) == (GONE, 200)
    assert boss.delete(f"/api/v1/people/{person}/invitation").status_code == 204
    assert _fate(accept(second)) == GONE
    assert _fate(boss.delete(f"/api/v1/people/{person}/invitation")) == (404, "chassis.not_found")
    third = invited(boss, person)
    assert boss.patch(f"/api/v1/people/{person}", json={"active": False}).status_code == 200
    assert _fate(_opened(third)) == GONE, "whoever left comes in by no link"
    assert _fate(boss.post(f"/api/v1/people/{person}/invitation")) == (409, "tenancy.person_inactive")
    boss.patch(f"/api/v1/people/{person}", json={"active": True})
    _database("UPDATE tenancy_invitation SET expires = now() - interval '1 second' WHERE user_id = %s", person)
    assert _fate(accept(third)) == GONE
    assert not boss.get(f"/api/v1/people/{person}").json()["has_password"]


def test_a_weak_password_is_refused_and_the_link_stays_good(tenant, boss) -> None:
    secret = invited(boss, _added(boss, tenant))
    before = contents_of(tenant.id)
    for weak in ("short", "password123456", f"li-{tenant.code}-li-{tenant.code}"):
        refused = accept(secret, weak)
        assert (*_fate(refused), refused.json()["at"]) == (422, "tenancy.password_weak", "/password")
    assert contents_of(tenant.id) == before
    assert accept(secret).status_code == 204


def test_of_two_who_open_a_link_at_once_one_gets_in(tenant, boss) -> None:
    secret, answers = invited(boss, _added(boss, tenant)), []
    threads = [
        threading.Thread(target=lambda n=number: answers.append(accept(secret, f"the long phrase of {n}").status_code))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [204, 410, 410, 410]


def test_guessing_links_is_locked_out(application) -> None:
    address = "203.0.113.91"
    fates = [_fate(_opened(f"guess-{number}", address)) for number in range(51)]
    assert fates[:50] == [GONE] * 50
    locked = _opened("guess-again", address)
    assert (fates[50], _fate(locked)) == ((429, "tenancy.locked_out"), (429, "tenancy.locked_out"))
    assert 0 < int(locked.headers["retry-after"]) <= 900
    assert _fate(_opened("guess", "203.0.113.92")) == GONE


def test_the_link_is_mailed_where_that_can_be_and_then_nobody_else_sees_it(tenant, boss, posted, public) -> None:
    from suyuan.tenancy.jobs.mailing import send_waiting

    person = _added(boss, tenant, mail="li@plant.example", language="en")
    made = boss.post(f"/api/v1/people/{person}/invitation").json()
    assert (made["mailed_to"], made["link"], made["svg"]) == ("li@plant.example", None, None)
    waiting = _database("SELECT body, secret FROM tenancy_mail WHERE user_id = %s", person)[0]
    assert "invitation#" not in waiting[0]
    assert bytes(waiting[1]).startswith(b"gAAAA"), "sealed until it is sent"
    assert send_waiting(tenant.id) == 1
    ((to, subject, text),) = posted.read()
    assert (to, subject.split("] ")[1]) == ("li@plant.example", "Welcome: choose your password")
    link = next(word for word in text.split() if "invitation#" in word)
    assert link.startswith(f"{public}/invitation#")
    assert _database("SELECT secret FROM tenancy_mail WHERE user_id = %s", person) == [(None,)]
    assert accept(secret_in(link)).status_code == 204
    again = boss.post(f"/api/v1/people/{person}/invitation").json()
    assert again["mailed_to"] == "li@plant.example"
    assert send_waiting(tenant.id) == 1
    assert posted.read()[-1][1].endswith("Choose a new password")
    assert "your present password holds" in posted.read()[-1][2]
    bare = boss.post("/api/v1/people", json={"login": f"no-mail-{tenant.code}", "name": "x"}).json()["id"]
    assert boss.post(f"/api/v1/people/{bare}/invitation").json()["link"].startswith(f"{public}/invitation#")


def test_without_an_address_of_ours_no_link_is_mailed(tenant, boss, posted) -> None:
    person = _added(boss, tenant, mail="li@plant.example")
    assert boss.post(f"/api/v1/people/{person}/invitation").json()["link"]
    assert _database("SELECT 1 FROM tenancy_mail WHERE user_id = %s", person) == []


def test_no_trail_log_or_table_has_the_secret(tenant, boss, public, posted) -> None:
    person = _added(boss, tenant, mail="li@plant.example")
    boss.post(f"/api/v1/people/{person}/invitation")
    boss.patch(f"/api/v1/people/{person}", json={"mail": ""})
    secret = invited(boss, person)
    assert accept(secret).status_code == 204
    rows = _database("SELECT a::text FROM compliance_audit a WHERE tenant_id = %s", tenant.id)
    everything = " ".join(str(row[0]) for row in rows)
    assert secret not in everything
    assert "invitation#" not in everything
    assert OWN_PHRASE not in everything
    made, *_ = boss.get("/api/v1/audit?table=tenancy_invitation&action=insert").json()["rows"]
    assert (made["actor"], made["after"]["user_id"]) == ("王 小明", person)
    used = boss.get("/api/v1/audit?table=tenancy_invitation&action=update").json()["rows"][0]
    assert (used["actor"], set(used["after"])) == ("李 四", {"used"})


def test_nobody_invites_themselves_nor_somebody_with_more_rights(tenant, boss) -> None:
    me = boss.get("/api/v1/session").json()["user"]["id"]
    assert _fate(boss.post(f"/api/v1/people/{me}/invitation")) == (409, "tenancy.invites_oneself")
    helper = InProcess()
    helper.sign_in(tenant.person("", PASSWORD, "tenancy:person:write", "tenancy:person:read"))
    before = contents_of(tenant.id)
    assert _fate(helper.post(f"/api/v1/people/{me}/invitation")) == (403, "tenancy.person_beyond_own")
    assert _fate(helper.delete(f"/api/v1/people/{me}/invitation")) == (403, "tenancy.person_beyond_own")
    assert _fate(boss.post("/api/v1/people/999999/invitation")) == (404, "chassis.not_found")
    assert contents_of(tenant.id) == before


def test_whoever_has_a_badge_needs_no_password(tenant, boss) -> None:
    person = _added(boss, tenant, badge=f"B-{tenant.code}", pin="2580")
    device = InProcess()
    device.take_page_token()
    given = {"tenant": tenant.code, "badge": f"B-{tenant.code}", "pin": "2580"}
    assert device.post("/api/v1/session/badge", json=given).status_code == 200
    assert not boss.get(f"/api/v1/people/{person}").json()["has_password"]


def test_an_open_session_of_somebody_else_is_not_in_the_way(tenant, boss) -> None:
    """A foreman opens the link on a tablet where somebody else is signed in: it is about the link's person alone."""
    secret = invited(boss, _added(boss, tenant))
    assert boss.post("/api/v1/session/invitation", json={"secret": secret}).json()["name"] == "李 四"
    chosen = boss.post("/api/v1/session/invitation/accept", json={"secret": secret, "password": OWN_PHRASE})
    assert chosen.status_code == 204
    assert boss.get("/api/v1/session").json()["user"]["name"] == "王 小明"
