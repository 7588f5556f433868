"""Every operation that changes anything leaves a record of who did what: an audit row, or a fact that stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pyotp
import pytest

from tests.support.access_changes import ACCESS_CHANGES, ACCESS_WITHOUT_RECORD, SIGNING_IN_OTHERWISE
from tests.support.alert_changes import ALERT_CHANGES, ALERTS_WITHOUT_RECORD
from tests.support.bakery import Bakery, gtin
from tests.support.code_changes import CODE_CHANGES, CODES_WITHOUT_RECORD
from tests.support.database import owner_url
from tests.support.entries import ENTRY_CHANGES
from tests.support.feedback_changes import FEEDBACK_CHANGES
from tests.support.joining import OWN_PHRASE, accept, invited
from tests.support.label_changes import LABEL_CHANGES, LABELS_WITHOUT_RECORD
from tests.support.operations import UNSAFE, operations
from tests.support.plant_changes import PLANT_CHANGES
from tests.support.signature_changes import SIGNATURE_CHANGES
from tests.support.web import PASSWORD, InProcess

Change = Callable[[InProcess, int], Any]
"""Does one operation as a person, given a number that no other test uses; returns the answer."""
RETENTION = "/api/v1/retention"
A_RULE, A_HOLD = {"days": 400, "reason": "policy"}, {"subject": "L-77", "reason": "a claim"}
A_TOKEN = {"name": "t", "permissions": ["trace:item:read"]}
A_PLACE = {"kind": "webhook", "name": "outside", "settings": {"url": "http://127.0.0.1:9/log"}, "secret": "a secret"}
NO_RECORD = (
    CODES_WITHOUT_RECORD
    | LABELS_WITHOUT_RECORD
    | ACCESS_WITHOUT_RECORD
    | ALERTS_WITHOUT_RECORD
    | {
        "POST /api/v1/log/verifications": "asks the worker to verify; what it then finds is on record",
        "DELETE /api/v1/session/open/{session_id}": "it ends a session of one's own; that it began is on record",
        "POST /api/v1/session/end-others": "it ends sessions of one's own; that they began is on record",
        "DELETE /api/v1/session": "signing out ends a session, and changes nothing that is kept",
        "POST /api/v1/trace/scope": "a question too long for an address changes nothing; as a file it is an export",
        "POST /api/v1/capture/imports/{import_id}/preview": "it shows what a file would record",
        "POST /api/v1/capture/speech": "it tells what was said, and keeps nothing of it",
        "POST /api/v1/capture/attachments/missing": "it asks which attachments are on record",
        "POST /api/v1/notices/read": "which of one's own messages one has seen",
        "POST /api/v1/production/demand/plan": "it shows which work orders would be made",
        "POST /api/v1/capture/try": "it shows what a node would make of entries",
        "POST /api/v1/trace/scope/start": "it shows what a filter finds",
        "POST /api/v1/trace/causes": "a comparison changes nothing; as a file it is an export",
    }
)


def _role(boss: InProcess, number: int) -> int:
    body = {"name_zh": f"角色{number}", "name_en": "role", "permissions": []}
    return int(boss.post("/api/v1/roles", json=body).json()["id"])


def _person(boss: InProcess, number: int) -> Any:
    body = {"login": f"audited-{number}", "name": "x"}
    return boss.post("/api/v1/people", json=body)


def _begin(boss: InProcess, _: int) -> Any:
    return boss.post("/api/v1/session/authenticator", json={"password": PASSWORD})


def _bind(boss: InProcess, number: int) -> Any:
    secret = _begin(boss, number).json()["secret"]
    return boss.post("/api/v1/session/authenticator/confirm", json={"code": pyotp.TOTP(secret).now()})


def _token(boss: InProcess, _: int) -> int:
    return int(boss.post("/api/v1/tokens", json=A_TOKEN).json()["token"]["id"])


def _site(boss: InProcess, number: int) -> Any:
    return boss.post("/api/v1/sites", json={"code": f"S{number}", "name_zh": "厂", "name_en": "Plant"})


def _by_badge(boss: InProcess, number: int) -> Any:
    me = boss.get("/api/v1/session").json()
    boss.patch(f"/api/v1/people/{me['user']['id']}", json={"badge": f"badge {number}", "pin": "2580"})
    given = {"tenant": me["tenant"]["code"], "badge": f"badge {number}", "pin": "2580"}
    device = InProcess()
    device.get("/api/v1/session")
    device._client.headers["X-CSRFToken"] = device._client.cookies["suyuan_csrf"]
    return device.post("/api/v1/session/badge", json=given)


def _place(boss: InProcess) -> int:
    return int(boss.post("/api/v1/log/places", json=A_PLACE).json()["id"])


def _captured(boss: InProcess, number: int) -> Any:
    content = Bakery(f"a{number}").whole()
    return boss.post("/epcis/v2/capture", content=content, headers={"Content-Type": "application/json"})


def _exported(boss: InProcess, number: int) -> Any:
    _captured(boss, number)
    start = {"codes": [Bakery(f"a{number}").cake(1)]}
    return boss.post("/api/v1/trace/scope/export", json={"start": start, "format": "ndjson"})


def _compared(boss: InProcess, number: int) -> Any:
    _captured(boss, number)
    return boss.post("/api/v1/trace/causes/export", json={"start": {"codes": [Bakery(f"a{number}").cake(1)]}})


SIGNING_IN = {"POST /api/v1/session", "POST /api/v1/session/badge", *SIGNING_IN_OTHERWISE}
CHANGES: dict[str, Change] = {
    "POST /api/v1/trace/scope/export": _exported,
    "POST /api/v1/trace/causes/export": _compared,
    **ACCESS_CHANGES,
    **ALERT_CHANGES,
    **CODE_CHANGES,
    **FEEDBACK_CHANGES,
    **LABEL_CHANGES,
    **SIGNATURE_CHANGES,
    **ENTRY_CHANGES,
    **PLANT_CHANGES,
    "POST /api/v1/session": lambda boss, _: boss.post(
        "/api/v1/session", json={"login": boss.get("/api/v1/session").json()["user"]["login"], "password": PASSWORD}
    ),
    "POST /api/v1/session/badge": _by_badge,
    "POST /api/v1/session/pin": lambda boss, _: boss.post(
        "/api/v1/session/pin", json={"password": PASSWORD, "pin": "2580"}
    ),
    "PATCH /api/v1/session": lambda boss, _: boss.patch("/api/v1/session", json={"language": "en"}),
    "POST /api/v1/session/password": lambda boss, number: boss.post(
        "/api/v1/session/password", json={"old": PASSWORD, "new": f"another long phrase {number}"}
    ),
    "POST /api/v1/session/authenticator": _begin,
    "POST /api/v1/session/authenticator/confirm": _bind,
    "POST /api/v1/session/authenticator/codes": lambda boss, number: (
        _bind(boss, number),
        boss.post("/api/v1/session/authenticator/codes", json={"password": PASSWORD}),
    )[1],
    "POST /api/v1/session/authenticator/remove": lambda boss, number: (
        _bind(boss, number),
        boss.post("/api/v1/session/authenticator/remove", json={"password": PASSWORD}),
    )[1],
    "PATCH /api/v1/security/policy": lambda boss, number: boss.patch(
        "/api/v1/security/policy", json={"idle_minutes": 60 + number % 60}
    ),
    "POST /api/v1/people/{person_id}/sign-out": lambda boss, number: boss.post(
        f"/api/v1/people/{_person(boss, number).json()['id']}/sign-out"
    ),
    "POST /api/v1/people/{person_id}/reset-authenticator": lambda boss, number: boss.post(
        f"/api/v1/people/{_person(boss, number).json()['id']}/reset-authenticator"
    ),
    "POST /api/v1/people": _person,
    "PATCH /api/v1/people/{person_id}": lambda boss, number: boss.patch(
        f"/api/v1/people/{_person(boss, number).json()['id']}", json={"name": "y"}
    ),
    "POST /api/v1/roles": lambda boss, number: boss.post(
        "/api/v1/roles", json={"name_zh": f"角色{number}", "name_en": "x", "permissions": []}
    ),
    "PATCH /api/v1/roles/{role_id}": lambda boss, number: boss.patch(
        f"/api/v1/roles/{_role(boss, number)}", json={"permissions": ["trace:item:read"]}
    ),
    "DELETE /api/v1/roles/{role_id}": lambda boss, number: boss.delete(f"/api/v1/roles/{_role(boss, number)}"),
    "POST /api/v1/tokens": lambda boss, _: boss.post("/api/v1/tokens", json=A_TOKEN),
    "DELETE /api/v1/tokens/{token_id}": lambda boss, number: boss.delete(f"/api/v1/tokens/{_token(boss, number)}"),
    "POST /api/v1/sites": _site,
    "PATCH /api/v1/sites/{site_id}": lambda boss, number: boss.patch(
        f"/api/v1/sites/{_site(boss, number).json()['id']}", json={"name_zh": "新厂"}
    ),
    "POST /api/v1/production/states": lambda boss, number: boss.post(
        "/api/v1/production/states", json={"equipment": f"urn:suyuan:a:equipment:{number}", "state": "running"}
    ),
    "PUT /api/v1/portal/products": lambda boss, number: boss.put(
        "/api/v1/portal/products", json={"gtin": gtin(60_000 + number), "published": True}
    ),
    "POST /api/v1/audit/reviews": lambda boss, _: boss.post(
        "/api/v1/audit/reviews", json={"outcome": "in_order", "note": "looked through"}
    ),
    "POST /api/v1/log/keys": lambda boss, _: boss.post("/api/v1/log/keys"),
    "POST /api/v1/log/places": lambda boss, _: boss.post("/api/v1/log/places", json=A_PLACE),
    "PATCH /api/v1/log/places/{place_id}": lambda boss, _: boss.patch(
        f"/api/v1/log/places/{_place(boss)}", json={"active": False}
    ),
    "DELETE /api/v1/log/places/{place_id}": lambda boss, _: boss.delete(f"/api/v1/log/places/{_place(boss)}"),
    "PUT /api/v1/retention/rules/{kind}": lambda boss, _: boss.put(f"{RETENTION}/rules/sign_in", json=A_RULE),
    "POST /api/v1/retention/rules/{kind}/force": lambda boss, _: (
        boss.put(f"{RETENTION}/rules/sign_in", json=A_RULE),
        boss.post(f"{RETENTION}/rules/sign_in/force", json={"in_force": True}),
    )[1],
    "POST /api/v1/retention/holds": lambda boss, _: boss.post(f"{RETENTION}/holds", json=A_HOLD),
    "POST /api/v1/retention/holds/{hold_id}/lift": lambda boss, _: boss.post(
        f"{RETENTION}/holds/{boss.post(f'{RETENTION}/holds', json=A_HOLD).json()['id']}/lift", json={"reason": "closed"}
    ),
    "POST /api/v1/tenant/exports": lambda boss, _: boss.post("/api/v1/tenant/exports", json={"reason": "moving"}),
    "POST /api/v1/tenant/exports/{export_id}/cancel": lambda boss, _: boss.post(
        f"/api/v1/tenant/exports/{boss.post('/api/v1/tenant/exports', json={'reason': 'x'}).json()['id']}/cancel"
    ),
    "POST /epcis/v2/capture": _captured,
    "POST /epcis/v2/events": lambda boss, number: boss.post(
        "/epcis/v2/events",
        json={"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"}
        | {name: value for name, value in Bakery(f"e{number}").delivery()[2].items() if ":" not in name},
    ),
}


@pytest.fixture
def boss(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def _records(tenant_id: int) -> dict[str, int]:
    """Return how many rows stand in the audit trail and in each append-only table of a tenant."""
    with psycopg.connect(owner_url()) as owner:
        names = owner.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            " AND (c.relname = 'compliance_audit' OR obj_description(c.oid, 'pg_class') LIKE 'append-only%')"
        ).fetchall()
        found = {}
        for (name,) in names:
            row = owner.execute(f'SELECT count(*) FROM "{name}" WHERE tenant_id = %s', (tenant_id,)).fetchone()
            found[name] = row[0] if row else 0
    return found


def test_every_operation_that_changes_something_is_tried_here(application) -> None:
    assert {each.name for each in operations() if each.method in UNSAFE} == CHANGES.keys() | NO_RECORD.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leaves_a_record_of_who_made_it(tenant, boss, name) -> None:
    before = _records(tenant.id)
    answer = CHANGES[name](boss, tenant.id)
    assert answer.status_code < 300, answer.text
    after = _records(tenant.id)
    assert any(after[table] > before[table] for table in after if table != "chassis_outbox"), name
    if after["compliance_audit"] > before["compliance_audit"]:
        newest = boss.get("/api/v1/audit").json()["rows"][0]
        assert newest["actor"] == "王 小明" or name in SIGNING_IN
        assert newest["request_id"] or name in SIGNING_IN
        assert newest["via"] == "session"
    else:
        number = boss.get("/api/v1/events?sort=-recorded").json()["rows"][0]["number"]
        with psycopg.connect(owner_url()) as owner:
            row = owner.execute("SELECT recorded_by FROM trace_event WHERE number = %s", (number,)).fetchone()
        assert row == ("王 小明",)


def test_no_secret_is_in_the_audit_trail(tenant, boss) -> None:
    secret = boss.post("/api/v1/tokens", json=A_TOKEN).json()["secret"]
    link = invited(boss, _person(boss, tenant.id).json()["id"])
    assert accept(link).status_code == 204
    boss.post("/api/v1/session/password", json={"old": PASSWORD, "new": "another long phrase 9"})
    with psycopg.connect(owner_url()) as owner:
        rows = owner.execute("SELECT t::text FROM compliance_audit t WHERE tenant_id = %s", (tenant.id,)).fetchall()
    told = " ".join(row[0] for row in rows)
    assert len(rows) > 4
    for hidden in (secret, secret[10:], "argon2", link, OWN_PHRASE, PASSWORD, "another long phrase"):
        assert hidden not in told


def test_nobody_writes_or_removes_an_audit_row(tenant) -> None:
    with tenant.open() as current:
        for statement in (
            "DELETE FROM compliance_audit",
            "UPDATE compliance_audit SET actor = 'x'",
            "INSERT INTO compliance_audit (tenant_id, actor, via, request_id, table_name, row_key, action)"
            " VALUES (1, 'x', 'x', 'x', 'x', 'x', 'x')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), current.connection.transaction():
                current.execute(statement)
