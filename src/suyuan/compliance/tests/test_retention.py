"""Records are kept as long as the rule says, archived before they go, never removed while held; the log verifies."""

from __future__ import annotations

import gzip
import hashlib
import json

import psycopg
import pytest

from tests.support.database import owner_url
from tests.support.web import InProcess


def _old_changes(tenant: int, days: int, *codes: str) -> None:
    """Leave audit rows as changes so many days ago did: a past that the application cannot make."""
    with psycopg.connect(owner_url()) as owner:
        for number, code in enumerate(codes):
            owner.execute(
                "INSERT INTO compliance_audit (tenant_id, at, actor, via, request_id, table_name, row_key, action,"
                " after) VALUES (%s, now() - make_interval(days => %s, mins => -%s), '王', 'session', '', 'x', '1',"
                " 'insert', jsonb_build_object('code', %s::text))",
                (tenant, days, number, code),
            )


def _keep(tenant: int) -> None:
    from suyuan.compliance.jobs.keeping import KEEPING

    KEEPING.run({"tenant": tenant})


def _asked(tenant, query: str) -> None:
    with tenant.open() as tx:
        tx.execute("SELECT set_config('suyuan.removing', 'compliance_audit', true)")
        tx.execute(query)


def _audit_rule(client: InProcess) -> dict:
    rows = client.get("/api/v1/retention/rules").json()["rows"]
    return next(row for row in rows if row["kind"] == "audit")


def test_what_is_old_goes_into_an_archive_and_the_log_still_verifies(tenant) -> None:
    from suyuan.chassis.settings import settings
    from suyuan.compliance import api
    from suyuan.compliance.contracts import LeafKind

    _old_changes(tenant.id, 400, "L-1", "L-77", "L-2", "L-77 part", "L-3")
    client = InProcess(tenant.token())
    with tenant.open() as tx:
        api.make_checkpoint()
        old = [row[0] for row in tx.rows("SELECT id FROM compliance_audit WHERE at < now() - interval '1 day'")]
    assert client.put("/api/v1/retention/rules/audit", json={"days": 365, "reason": "policy 7"}).status_code == 200
    hold = client.post("/api/v1/retention/holds", json={"subject": "l-77", "reason": "a claim"}).json()
    assert {name: _audit_rule(client)[name] for name in ("due", "held", "in_force")} == {
        "due": 5, "held": 2, "in_force": False}  # fmt: skip
    _keep(tenant.id)
    assert client.get("/api/v1/retention/removals").json()["rows"] == [], "a proposal removes nothing"

    assert client.post("/api/v1/retention/rules/audit/force", json={"in_force": True}).status_code == 200
    _keep(tenant.id)
    _keep(tenant.id)
    [removal] = client.get("/api/v1/retention/removals").json()["rows"]
    assert (removal["records"], removal["days"], removal["reason"]) == (3, 365, "policy 7")
    content = (settings().data / "archive" / str(tenant.id) / removal["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == removal["sha256"]
    kept = [json.loads(line)["after"]["code"] for line in gzip.decompress(content).splitlines()]
    assert kept == ["L-1", "L-2", "L-3"]
    assert (_audit_rule(client)["due"], _audit_rule(client)["held"]) == (2, 2)

    with tenant.open():
        api.make_checkpoint()
        assert len(api.prove(LeafKind.AUDIT, old)) == 5, "leaves stay"
        assert api.verify_log().sound
    [removal] = client.get("/api/v1/retention/removals").json()["rows"]
    assert removal["position"] is not None

    lifted = client.post(f"/api/v1/retention/holds/{hold['id']}/lift", json={"reason": "settled"})
    assert lifted.json()["lift_reason"] == "settled"
    assert client.post(f"/api/v1/retention/holds/{hold['id']}/lift", json={"reason": "x"}).status_code == 409
    _keep(tenant.id)
    assert _audit_rule(client)["due"] == 0
    with tenant.open():
        api.make_checkpoint()
        assert api.verify_log().sound


def test_who_removes_past_the_rule_is_found_and_the_application_cannot(tenant) -> None:
    from suyuan.compliance import api

    _old_changes(tenant.id, 400, "A", "B")
    with tenant.open():
        api.make_checkpoint()
    for query in (
        "SELECT compliance_remove('compliance_audit', '{1}', 1)",
        "SELECT compliance_remove('trace_event', '{1}', 1)",
        "DELETE FROM compliance_audit",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _asked(tenant, query)
    with psycopg.connect(owner_url()) as owner:
        owner.execute("SELECT set_config('suyuan.removing', 'compliance_audit', true)")
        owner.execute("DELETE FROM compliance_audit WHERE tenant_id = %s AND after ->> 'code' = 'A'", (tenant.id,))
    with tenant.open():
        done = api.verify_log()
    assert [each.code for each in done.findings] == ["record_gone"]


def test_a_rule_is_not_shorter_than_allowed_and_may_need_a_second_person(tenant) -> None:
    client = InProcess(tenant.token())
    short = client.put("/api/v1/retention/rules/audit", json={"days": 30, "reason": "x"})
    assert (short.status_code, short.json()["code"]) == (422, "compliance.kept_too_short")
    assert client.put("/api/v1/retention/rules/events", json={"days": 900, "reason": "x"}).status_code == 404
    assert client.post("/api/v1/retention/rules/audit/force", json={"in_force": True}).status_code == 404
    assert client.post("/api/v1/retention/holds", json={"reason": "x"}).json()["code"] == "compliance.hold_empty"
    assert client.put("/api/v1/retention/rules/audit", json={"days": 400, "reason": "x"}).status_code == 200
    rule = {"action": "compliance.retention", "needed": True}
    assert client.put("/api/v1/approval-rules", json=rule).status_code == 200
    alone = client.post("/api/v1/retention/rules/audit/force", json={"in_force": True})
    assert alone.json()["code"] == "compliance.approval_needed"
    assert _audit_rule(client)["in_force"] is False


def test_every_kind_can_be_removed_and_asked_about(tenant) -> None:
    """What modules register and what the database's function takes are the same tables."""
    from suyuan.chassis.registry import registry
    from suyuan.compliance.store import retention as store

    for kind in registry.expendables.values():
        with tenant.open() as tx:
            store.standing(kind, 1)
            store.due(kind, 1)
            store.remove(kind, [], before=tx.value("SELECT now()"), days=1, reason="x", file="", sha256="")


def test_mail_alerts_and_actions_go_when_their_time_is_over_but_not_what_is_open(tenant) -> None:
    number = tenant.id
    with psycopg.connect(owner_url()) as owner:
        for state in ("sent", "failed", "waiting"):
            owner.execute(
                "INSERT INTO tenancy_mail (tenant_id, created, topic, about, user_id, address, subject, body, state)"
                " VALUES (%s, now() - interval '40 days', 'x', %s, 1, 'a@b', 's', 'b', %s)",
                (number, state, state),
            )
        for handled in ("now()", "NULL"):
            owner.execute(
                "INSERT INTO compliance_alert (tenant_id, at, kind, source, params, handled)"
                f" VALUES (%s, now() - interval '400 days', 'clock', %s, '{{}}', {handled})",
                (number, handled),
            )
        for state in ("done", "waiting"):
            owner.execute(
                "INSERT INTO capture_action (id, tenant_id, created, reading_id, sent_by, node, version, action, kind,"
                " settings, payload, event_ids, state) VALUES (gen_random_uuid(), %s, now() - interval '100 days',"
                " gen_random_uuid(), 'x', 'n', 1, 'a', 'hold', '{}', '{}', '{}', %s)",
                (number, state),
            )
    client = InProcess(tenant.token())
    for kind, days in (("mail", 30), ("alert", 365), ("action", 90)):
        assert client.put(f"/api/v1/retention/rules/{kind}", json={"days": days, "reason": "policy"}).status_code == 200
        assert client.post(f"/api/v1/retention/rules/{kind}/force", json={"in_force": True}).status_code == 200
    _keep(number)
    removed = {row["kind"]: row["records"] for row in client.get("/api/v1/retention/removals").json()["rows"]}
    assert removed == {"mail": 2, "alert": 1, "action": 1}
    with psycopg.connect(owner_url()) as owner:
        left = {
            name: owner.execute(f"SELECT count(*) FROM {name} WHERE tenant_id = %s", (number,)).fetchone()[0]
            for name in ("tenancy_mail", "compliance_alert", "capture_action")
        }
    assert left == {"tenancy_mail": 1, "compliance_alert": 1, "capture_action": 1}
