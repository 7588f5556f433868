"""People, roles, tokens and sites through the whole application."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemIdentity, ItemKind
from tests.support.joining import OWN_PHRASE, accept, invited, join
from tests.support.web import InProcess


@pytest.fixture
def boss(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def _role(boss: InProcess, name: str, *permissions: str) -> int:
    made = boss.post("/api/v1/roles", json={"name_zh": name, "name_en": name, "permissions": permissions})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def test_a_new_person_can_do_what_their_role_says_and_no_more(tenant, boss) -> None:
    reader = _role(boss, "查看员", "trace:event:read")
    login = f"li-{tenant.code}"
    person = join(boss, {"login": login, "name": "李 四", "roles": [{"role_id": reader}]})
    li = InProcess()
    own = li.sign_in(login, OWN_PHRASE).json()
    assert (own["permissions"], own["must"]) == (["trace:event:read"], [])
    assert li.get("/api/v1/events").status_code == 200
    assert li.get("/api/v1/people").status_code == 403
    boss.patch(f"/api/v1/people/{person}", json={"active": False})
    assert li.get("/api/v1/events").status_code == 401


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        ({"login": "", "name": "x"}, "tenancy.field_invalid", "/login"),
        ({"login": "new-one", "name": "x", "mail": "no address"}, "tenancy.field_invalid", "/mail"),
        ({"login": "new-one", "name": "x", "pin": "1234"}, "tenancy.pin_weak", "/pin"),
        ({"login": "new-one", "name": "x", "roles": [{"role_id": 10**9}]}, "tenancy.field_invalid", "/roles"),
    ],
)
def test_a_wrong_person_is_refused_and_leaves_no_trace(tenant, boss, body, code, at) -> None:
    refused = boss.post("/api/v1/people", json=body)
    assert (refused.status_code, refused.json()["code"], refused.json()["at"]) == (422, code, at)
    assert len(boss.get("/api/v1/people").json()["rows"]) == 1


def test_a_taken_login_is_refused_even_across_tenants(tenant, boss, make_tenant) -> None:
    taken = make_tenant().person()
    refused = boss.post("/api/v1/people", json={"login": taken, "name": "x"})
    assert (refused.status_code, refused.json()["code"]) == (409, "tenancy.login_taken")


def test_nobody_grants_what_they_do_not_hold(tenant, boss) -> None:
    helper = _role(
        boss,
        "人事",
        "tenancy:person:read",
        "tenancy:person:write",
        "fields:people:read",
        "tenancy:role:read",
        "tenancy:role:write",
    )
    strong = _role(boss, "审计", "compliance:audit:read")
    login = f"hr-{tenant.code}"
    join(boss, {"login": login, "name": "人事", "roles": [{"role_id": helper}]})
    hr = InProcess()
    me = hr.sign_in(login, OWN_PHRASE).json()["user"]["id"]
    refused = hr.patch(f"/api/v1/people/{me}", json={"roles": [{"role_id": helper}, {"role_id": strong}]})
    assert (refused.status_code, refused.json()["code"]) == (403, "tenancy.grant_beyond_own")
    refused = hr.post("/api/v1/roles", json={"name_zh": "y", "name_en": "y", "permissions": ["compliance:audit:read"]})
    assert refused.json()["code"] == "tenancy.grant_beyond_own"


@pytest.mark.parametrize(
    "change", [{"mail": "mine@plant.example"}, {"login": "mine now"}, {"active": False}, {"roles": []}]
)
def test_nobody_takes_over_somebody_with_more_rights(tenant, boss, change) -> None:
    helper = _role(boss, "人事", "tenancy:person:read", "tenancy:person:write", "fields:people:read")
    login = f"hr-{tenant.code}"
    join(boss, {"login": login, "name": "人事", "roles": [{"role_id": helper}]})
    hr = InProcess()
    hr.sign_in(login, OWN_PHRASE)
    me = boss.get("/api/v1/session").json()["user"]["id"]
    refused = hr.patch(f"/api/v1/people/{me}", json=change)
    assert (refused.status_code, refused.json()["code"]) == (403, "tenancy.person_beyond_own")
    assert boss.get("/api/v1/session").json()["user"]["login"] != "mine now"
    assert hr.patch(f"/api/v1/people/{me}", json={"name": "王 大明"}).status_code == 200
    invited = hr.post(f"/api/v1/people/{me}/invitation")
    assert (invited.status_code, invited.json()["code"]) == (403, "tenancy.person_beyond_own")
    assert boss.get(f"/api/v1/people/{me}").json()["invited"] is None


def test_two_administrators_cannot_put_each_other_out_at_once(tenant) -> None:
    from suyuan.tenancy import api

    with tenant.open():
        role = api.ensure_administrator_role()
        both = [api.ensure_user(f"{name}-{tenant.code}", name, "x", roles=[(role, None)]) for name in ("ann", "bob")]
    changed, outcomes = threading.Barrier(2), []

    def put_out(person: int) -> None:
        try:
            with tenant.open():
                api.person(person)
                changed.wait(10)
                api.change_person(person, {"active": False})
            outcomes.append("done")
        except Fault as fault:
            outcomes.append(fault.kind.code)

    threads = [threading.Thread(target=put_out, args=(person,)) for person in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done", "tenancy.last_administrator"]


def test_the_last_administrator_stays(tenant, boss) -> None:
    me = boss.get("/api/v1/session").json()["user"]["id"]
    refused = boss.patch(f"/api/v1/people/{me}", json={"active": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "tenancy.last_administrator")
    assert boss.get("/api/v1/session").status_code == 200


def test_a_role_in_use_cannot_be_removed(tenant, boss) -> None:
    role = boss.get("/api/v1/roles").json()["rows"][0]
    assert boss.delete(f"/api/v1/roles/{role['id']}").json()["code"] == "tenancy.role_in_use"
    unused = _role(boss, "空角色", "trace:item:read")
    assert boss.delete(f"/api/v1/roles/{unused}").status_code == 204


def test_a_token_works_until_it_is_revoked_and_its_secret_is_shown_once(tenant, boss) -> None:
    made = boss.post("/api/v1/tokens", json={"name": "扫码枪", "permissions": ["trace:event:read"]})
    assert made.status_code == 201
    machine = InProcess(made.json()["secret"])
    assert machine.get("/api/v1/events").status_code == 200
    assert machine.get("/api/v1/people").status_code == 403
    listed = boss.get("/api/v1/tokens").json()["rows"][0]
    assert "secret" not in listed
    assert listed["last_used"] is not None
    assert boss.delete(f"/api/v1/tokens/{made.json()['token']['id']}").status_code == 204
    assert machine.get("/api/v1/events").json()["code"] == "tenancy.token_refused"


def test_sites_are_added_and_changed(tenant, boss) -> None:
    made = boss.post("/api/v1/sites", json={"code": "SZ1", "name_zh": "深圳一厂", "name_en": "Shenzhen 1"})
    assert made.status_code == 201
    again = boss.post("/api/v1/sites", json={"code": "SZ1", "name_zh": "x", "name_en": "x"})
    assert (again.status_code, again.json()["at"]) == (409, "/code")
    site = made.json()["id"]
    changed = boss.patch(f"/api/v1/sites/{site}", json={"location_uri": "https://id.gs1.org/414/9521234000013"})
    assert changed.json()["location_uri"].endswith("0013")
    assert boss.get("/api/v1/session").json()["sites"][0]["code"] == "SZ1"


@pytest.mark.parametrize(
    "wrong", [{"clock_tolerance_ms": -1}, {"clock_tolerance_ms": 3_600_001}, {"latest_booking_minutes": 43_201}]
)
def test_rules_of_evidence_have_bounds(tenant, boss, wrong) -> None:
    site = boss.post("/api/v1/sites", json={"code": "A", "name_zh": "甲", "name_en": "A"}).json()
    refused = boss.patch(f"/api/v1/sites/{site['id']}", json=wrong)
    assert (refused.status_code, refused.json()["at"]) == (422, f"/{next(iter(wrong))}")
    assert boss.get("/api/v1/sites").json()["rows"] == [site], "nothing was changed"


def test_the_least_exact_site_decides_for_all(tenant, boss) -> None:
    from suyuan.tenancy import api
    from suyuan.tenancy.contracts import EvidenceRules

    with tenant.open():
        assert api.evidence_rules() == EvidenceRules()
    for code, ms, minutes, clean in (("A", 500, 0, True), ("B", 2000, 60, False)):
        body = {"code": code, "name_zh": code, "name_en": code, "clock_tolerance_ms": ms}
        site = boss.post("/api/v1/sites", json=body).json()["id"]
        change = {"latest_booking_minutes": minutes, "emptied_is_clean": clean}
        assert boss.patch(f"/api/v1/sites/{site}", json=change).json()["latest_booking_minutes"] == minutes
    with tenant.open():
        assert api.evidence_rules() == EvidenceRules(timedelta(seconds=2), timedelta(hours=1), emptied_is_clean=False)


def test_a_tolerant_clock_makes_possible_what_an_exact_one_excludes(tenant, boss) -> None:
    """A unit read out of a gate 0.2 s before the reader at the packing table says that it went into the tote."""
    from suyuan.trace import api
    from suyuan.trace.contracts import Action, EventType, Participation, Role
    from suyuan.trace.tests.test_recording import UNIT, event

    site = boss.post("/api/v1/sites", json={"code": "A", "name_zh": "甲", "name_en": "A"}).json()["id"]
    tote, cart = (ItemIdentity(f"urn:suyuan:t:carrier:{code}", ItemKind.CARRIER) for code in ("T1", "C1"))
    on_cart = Participation(cart, Role.PARENT), Participation(tote, Role.CHILD)
    with tenant.open():
        api.record(
            [
                event("urn:s:made", "2026-11-01T08:00:00Z", Participation(UNIT, Role.SUBJECT), action=Action.ADD),
                event("urn:s:on", "2026-11-01T08:30:00Z", *on_cart, kind=EventType.AGGREGATION, action=Action.ADD),
                event("urn:s:out", "2026-11-01T09:00:00.000Z", Participation(tote, Role.SUBJECT), biz_step="shipping"),
                event("urn:s:off", "2026-11-01T09:00:00.000Z", *on_cart, kind=EventType.AGGREGATION,
                      action=Action.DELETE),
                event("urn:s:in", "2026-11-01T09:00:00.200Z", Participation(tote, Role.PARENT),
                      Participation(UNIT, Role.CHILD), kind=EventType.AGGREGATION, action=Action.ADD),
            ]
        )  # fmt: skip

    def shipped() -> list[str]:
        answer = boss.get(f"/api/v1/trace/forward?code={UNIT.uri}&closure=false").json()
        return [row["verdict"] for row in answer["events"] if row["event_id"] == "urn:s:out"]

    def in_scope() -> list[str]:
        asked = {"direction": "forward", "start": {"codes": [UNIT.uri]}}
        return sorted(row["label"] for row in boss.post("/api/v1/trace/scope", json=asked).json()["rows"])

    assert shipped() == []
    exact = len(in_scope())
    assert boss.patch(f"/api/v1/sites/{site}", json={"clock_tolerance_ms": 400}).status_code == 200
    assert shipped() == ["possible"]
    assert len(in_scope()) == exact + 1


def test_a_right_for_one_site_reaches_only_that_site(tenant, boss) -> None:
    from suyuan.trace import api
    from suyuan.trace.contracts import Participation, Role
    from suyuan.trace.tests.test_recording import UNIT, event

    ids = {}
    for code in ("A", "B"):
        body = {"code": code, "name_zh": code, "name_en": code, "location_uri": f"urn:suyuan:t:place:{code}"}
        ids[code] = boss.post("/api/v1/sites", json=body).json()["id"]
    with tenant.open():
        api.record(
            [
                event(f"urn:s:{code}", "2026-11-01T08:00:00Z", Participation(UNIT, Role.SUBJECT),
                      biz_location=f"urn:suyuan:t:place:{code}:dock")
                for code in ids
            ]
        )  # fmt: skip
    only_a = InProcess(tenant.token("trace:event:read", site_id=ids["A"]))
    rows = only_a.get("/api/v1/events").json()["rows"]
    assert [row["event_id"] for row in rows] == ["urn:s:A"]
    hidden = next(row for row in boss.get("/api/v1/events").json()["rows"] if row["event_id"] == "urn:s:B")
    assert only_a.get(f"/api/v1/events/{hidden['number']}").status_code == 404


def test_every_change_is_on_record(tenant, boss) -> None:
    _role(boss, "查看员", "trace:event:read")
    row = boss.get("/api/v1/audit?table=tenancy_role").json()["rows"][0]
    assert (row["actor"], row["action"], row["after"]["name_zh"]) == ("王 小明", "insert", "查看员")
    assert boss.get("/api/v1/audit?actor=nobody").json()["rows"] == []


@pytest.mark.parametrize("word", ["Suyuan", "溯源", "code"])
def test_a_password_does_not_name_company_or_product(tenant, boss, word) -> None:
    password = f"a long phrase {tenant.code.upper() if word == 'code' else word}"
    person = boss.post("/api/v1/people", json={"login": f"x-{tenant.code}", "name": "x"}).json()["id"]
    answer = accept(invited(boss, person), password)
    assert (answer.status_code, answer.json()["code"]) == (422, "tenancy.password_weak")
    assert not boss.get(f"/api/v1/people/{person}").json()["has_password"]
