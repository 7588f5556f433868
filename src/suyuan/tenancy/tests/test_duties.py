"""Separation of duties: three administrations in three hands, on every way there is to mix them."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.database import contents_of, owner_url
from tests.support.web import PASSWORD, InProcess

SYSTEM = ("tenancy:person:read", "tenancy:person:write", "tenancy:token:read", "tenancy:token:write")
SECURITY = (
    "tenancy:person:read", "tenancy:role:read", "tenancy:role:write", "tenancy:policy:read", "tenancy:policy:write",
)  # fmt: skip
AUDIT = ("compliance:audit:read", "compliance:audit:review", "tenancy:sign_in:read")


def _as(tenant, name: str, rights) -> InProcess:
    browser = InProcess()
    assert browser.sign_in(tenant.person(f"{name}-{tenant.code}", PASSWORD, *rights)).status_code == 200
    return browser


@pytest.fixture
def three(tenant) -> dict[str, InProcess]:
    """The three of a company whose duties are separated, and the second security administrator."""
    hands = {
        "system": _as(tenant, "system", SYSTEM),
        "security": _as(tenant, "security", SECURITY),
        "second": _as(tenant, "second", SECURITY),
        "audit": _as(tenant, "audit", AUDIT),
    }
    asked = hands["security"].post("/api/v1/security/duties", json={"separated": True})
    assert asked.status_code == 200, asked.text
    own = hands["security"].post("/api/v1/security/duties/confirm")
    assert own.json()["code"] == "tenancy.duties_other_person"
    confirmed = hands["second"].post("/api/v1/security/duties/confirm")
    assert (confirmed.status_code, confirmed.json()["separated"]) == (200, True)
    return hands


def _id(browser: InProcess) -> int:
    return int(browser.get("/api/v1/session").json()["user"]["id"])


def _role(browser: InProcess, name: str) -> int:
    return next(int(each["id"]) for each in browser.get("/api/v1/roles").json()["rows"] if name in each["name_zh"])


def test_it_cannot_begin_while_somebody_mixes_them_and_says_who(tenant) -> None:
    boss = InProcess()
    boss.sign_in(tenant.person())
    told = boss.get("/api/v1/security/duties").json()
    assert {each["kind"] for each in told["conflicts"]} == {"person", "role"}
    assert told["conflicts"][0]["administrations"] == ["system", "security", "audit"]
    refused = boss.post("/api/v1/security/duties", json={"separated": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "tenancy.duties_conflict")
    assert "王 小明" in refused.json()["title"]
    assert boss.post("/api/v1/security/duties/confirm").json()["code"] == "tenancy.duties_not_asked"


def test_roles_people_and_tokens_cannot_mix_them_any_more(tenant, three) -> None:
    security, system = three["security"], three["system"]
    before = contents_of(tenant.id)
    mixed = {"name_zh": "混", "name_en": "mixed", "permissions": ["tenancy:person:write", "tenancy:role:write"]}
    assert security.post("/api/v1/roles", json=mixed).json()["code"] == "tenancy.duties_mixed"
    both = [{"role_id": _role(security, "role-system")}, {"role_id": _role(security, "role-audit")}]
    given = security.put(f"/api/v1/people/{_id(three['audit'])}/roles", json={"roles": both})
    assert given.json()["code"] == "tenancy.duties_mixed"
    token = {"name": "t", "permissions": ["tenancy:person:write", "compliance:audit:read"]}
    assert system.post("/api/v1/tokens", json=token).status_code == 403
    widened = {"permissions": [*AUDIT, "tenancy:person:write"]}
    role = _role(security, "role-audit")
    assert security.patch(f"/api/v1/roles/{role}", json=widened).json()["code"] == "tenancy.duties_mixed"
    assert contents_of(tenant.id) == before


def test_one_makes_accounts_another_gives_roles_and_never_to_themselves(tenant, three) -> None:
    security, system = three["security"], three["system"]
    new = {"login": f"new-{tenant.code}", "name": "新人"}
    role = _role(security, "role-audit")
    refused = system.post("/api/v1/people", json=new | {"roles": [{"role_id": role}]})
    assert refused.json()["code"] == "tenancy.duties_roles_by_security"
    person = system.post("/api/v1/people", json=new)
    assert person.status_code == 201, person.text
    plain = {"name_zh": "操作", "name_en": "Operator", "permissions": ["trace:event:read"]}
    operator = security.post("/api/v1/roles", json=plain).json()["id"]
    path = f"/api/v1/people/{person.json()['id']}/roles"
    assert security.put(path, json={"roles": [{"role_id": operator}]}).status_code == 200
    own = security.put(f"/api/v1/people/{_id(security)}/roles", json={"roles": [{"role_id": operator}]})
    assert own.json()["code"] == "tenancy.duties_roles_by_security"
    taken = system.post(f"/api/v1/people/{_id(security)}/invitation")
    assert taken.json()["code"] == "tenancy.person_beyond_own", "nobody takes another administration over"
    assert system.patch(f"/api/v1/people/{person.json()['id']}", json={"active": False}).status_code == 200


def test_rights_mixed_behind_our_back_open_nothing(tenant, three) -> None:
    audit = three["audit"]
    assert audit.get("/api/v1/audit").status_code == 200
    role = _role(three["security"], "role-system")
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "INSERT INTO tenancy_grant (tenant_id, user_id, role_id) VALUES (%s, %s, %s)", (tenant.id, _id(audit), role)
        )
        secret = tenant.token(*SYSTEM)
        owner.execute(
            "UPDATE tenancy_token SET permissions = permissions || '{compliance:audit:read}' WHERE tenant_id = %s",
            (tenant.id,),
        )
    assert audit.get("/api/v1/audit").status_code == 403
    assert audit.get("/api/v1/people").status_code == 200, "what is no administration stays"
    machine = InProcess(secret)
    assert (machine.get("/api/v1/audit").status_code, machine.get("/api/v1/people").status_code) == (403, 200)
    kinds = {each["kind"] for each in three["security"].get("/api/v1/security/duties").json()["conflicts"]}
    assert kinds == {"person", "token"}


def test_ending_it_needs_two_as_well(tenant, three) -> None:
    asked = three["security"].post("/api/v1/security/duties", json={"separated": False})
    assert asked.json()["pending"]["wanted"] is False
    assert three["second"].post("/api/v1/security/duties/withdraw").json()["pending"] is None
    three["security"].post("/api/v1/security/duties", json={"separated": False})
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "UPDATE tenancy_policy SET duties_asked = duties_asked - interval '25 hours' WHERE tenant_id = %s",
            (tenant.id,),
        )
    late = three["second"].post("/api/v1/security/duties/confirm")
    assert late.json()["code"] == "tenancy.duties_not_asked"
    three["security"].post("/api/v1/security/duties", json={"separated": False})
    assert three["second"].post("/api/v1/security/duties/confirm").json()["separated"] is False


def test_a_session_ends_after_its_longest_time_however_busy(tenant) -> None:
    browser = InProcess()
    browser.sign_in(tenant.person())
    assert browser.patch("/api/v1/security/policy", json={"session_hours": 1}).status_code == 200
    with psycopg.connect(owner_url()) as owner:
        owner.execute(
            "UPDATE tenancy_session SET created = created - interval '61 minutes' WHERE tenant_id = %s", (tenant.id,)
        )
    assert browser.get("/api/v1/session").status_code == 401
