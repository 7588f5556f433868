"""A tenant that has something in every table, and the numbers by which others might ask for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.support.access_changes import leave_access
from tests.support.alert_changes import leave_alerts
from tests.support.bakery import Bakery, document, gtin, raw
from tests.support.entries import leave_entries
from tests.support.feedback_changes import leave_feedback
from tests.support.issued import leave_codes
from tests.support.joining import accept, invited, join
from tests.support.label_changes import leave_labels
from tests.support.plant_changes import leave_plant
from tests.support.signature_changes import ask, sign_event
from tests.support.web import InProcess


@dataclass(frozen=True, slots=True)
class Plant:
    """A tenant with a bakery's day. ``mark`` stands in every name and code of it, and in nobody else's."""

    tenant: Any
    bakery: Bakery
    mark: str
    client: InProcess
    person: InProcess
    ids: dict[str, list[str]]
    """What the plant's own things are called in paths and queries, by parameter name."""


def furnish(tenant: Any) -> Plant:
    """Fill ``tenant`` through the public interface, and deliver what that leaves in the outbox."""
    mark = f"qz{tenant.id}z"
    bakery = Bakery(mark)
    client, person = InProcess(tenant.token()), InProcess()
    assert person.sign_in(tenant.person(f"chef-{mark}")).status_code == 200
    site = _made(person.post("/api/v1/sites", json={
        "code": "B", "name_zh": f"厂 {mark}", "name_en": mark, "location_uri": bakery.BAKERY}))  # fmt: skip
    role = _made(person.post("/api/v1/roles", json={"name_zh": mark, "name_en": mark, "permissions": []}))
    someone = _colleague(person, mark, role)
    token = person.post("/api/v1/tokens", json={"name": f"枪 {mark}", "permissions": ["trace:event:read"]}).json()
    published = {"gtin": gtin(bakery.CAKE), "published": False, "brand_zh": mark, "brand_en": mark}
    assert person.put("/api/v1/portal/products", json=published).status_code == 200
    whole = client.post("/epcis/v2/capture", content=bakery.whole(), headers={"Suyuan-Document-Name": mark}).json()
    assert whole["success"], whole
    refused = client.post("/epcis/v2/capture", content=_spoilt(bakery)).json()
    issued = leave_codes(client, mark)
    printed = leave_labels(tenant, person, mark)
    entered = leave_entries(person, tenant.id, mark)
    modelled = leave_plant(person, mark, gtin(bakery.CAKE), bakery.OVEN)
    spec = _made(person.post("/api/v1/bindings/specs", json={"child": gtin(bakery.CAKE), "capacity": 40}))
    leave_work(client, person, bakery)
    tenant.deliver()
    sealed = leave_sealed(tenant, person, mark)
    waiting = leave_waiting(client, bakery)
    access = leave_access(tenant, person, mark, someone) | leave_alerts(tenant, person, mark)
    access |= leave_feedback(person, mark)
    rows = client.get("/api/v1/events").json()["rows"]
    found = [client.get("/api/v1/items", params={"search": uri}).json() for uri in (bakery.cake(1), bakery.crate(2))]
    items = [page["rows"][0] for page in found]
    codes = [bakery.cake(1), bakery.lot(bakery.FLOUR, "F1"), f"K01-{mark}", bakery.crate(1)]
    named = {
        "file_id": [leave_export(client, codes[0])],
        "person_id": [str(someone), str(person.get("/api/v1/session").json()["user"]["id"])],
        "session_id": [str(person.get("/api/v1/session/proof").json()["sessions"][0]["id"])],
        "role_id": [str(role)],
        "token_id": [str(token["token"]["id"])],
        "site_id": [str(site)],
        "spec_id": [str(spec)],
        "item_id": [str(row["id"]) for row in items],
        "number": [str(row["number"]) for row in rows[:2]] + entered.pop("number"),
        "event_id": [row["event_id"] for row in rows[:2]],
        "job_id": [job["captureID"] for job in (whole, refused)] + [waiting],
        "code": codes,
        "item": codes[:2],
        "uri": codes[:1],
        "search": [mark, f"K01-{mark}"],
        "product": [f"https://id.gs1.org/01/{gtin(bakery.CAKE)}"],
        "place": [bakery.OVEN],
        "person": [f"urn:suyuan:bakery:person:{mark}"],
        "equipment": [f"urn:suyuan:bakery:equipment:MIXER-{mark}"],
        "line": [f"urn:suyuan:bakery:equipment:MIXER-{mark}"],
        "order": [f"urn:suyuan:bakery:order:{mark}"],
        "table": ["tenancy_role"],
        "record": [str(role)],
        "actor": ["王 小明"],
    }
    named["code"] = codes + issued.pop("code") + printed.pop("code")
    named["job_id"] += printed.pop("job_id")
    issued["key"] += printed.pop("key") + entered.pop("key")
    return Plant(tenant, bakery, mark, client, person, named | issued | sealed | printed | entered | modelled | access)


def _spoilt(bakery: Bakery) -> bytes:
    """Return a document whose event has an action that is none."""
    return raw(document(bakery.arrivals()[0] | {"eventID": bakery.event_id("spoilt"), "action": bakery.mark}))


def _colleague(person: InProcess, mark: str, role: int) -> int:
    """Make somebody with a badge and a password of their own; return their number."""
    li = {"login": f"li-{mark}", "name": f"李 {mark}", "roles": [{"role_id": role}]}
    someone = join(person, li)
    assert person.patch("/api/v1/security/policy", json={"password_history": 1}).status_code == 200
    assert accept(invited(person, someone), f"a word of {mark}").status_code == 204
    assert person.patch(f"/api/v1/people/{someone}", json={"badge": f"badge {mark}", "pin": "2580"}).status_code == 200
    return someone


def leave_work(client: InProcess, person: InProcess, bakery: Bakery) -> None:
    """Leave a cake in work, made just now at the mixer for an order; enter what the mixer does."""
    state = {"equipment": f"urn:suyuan:bakery:equipment:MIXER-{bakery.mark}", "state": "idle", "reason": "no_material"}
    assert person.post("/api/v1/production/states", json=state).status_code == 201
    made = {
        "type": "ObjectEvent", "eventID": bakery.event_id("in-work"), "action": "ADD", "bizStep": "commissioning",
        "eventTime": datetime.now(UTC).isoformat(), "eventTimeZoneOffset": "+00:00", "epcList": [bakery.cake(77)],
        "bizLocation": {"id": bakery.OVEN}, "suyuan:equipment": f"urn:suyuan:bakery:equipment:MIXER-{bakery.mark}",
        "suyuan:workOrder": f"urn:suyuan:bakery:order:{bakery.mark}",
    }  # fmt: skip
    answer = client.post("/epcis/v2/capture", content=raw(document(made))).json()
    assert answer["success"], answer


def leave_export(client: InProcess, code: str) -> str:
    """Export a scope; return the file's id."""
    asked = {"start": {"codes": [code]}, "format": "ndjson"}
    told = client.post("/api/v1/trace/scope/export", json=asked).text.splitlines()
    return str(json.loads(told[-1])["file"]["id"])


def leave_sealed(tenant: Any, person: InProcess, mark: str) -> dict[str, list[str]]:
    """Seal what is on record under a checkpoint that was sent outside, verify it, and review the audit trail."""
    from suyuan.compliance import api as compliance
    from suyuan.compliance.api.places import Outcome
    from suyuan.compliance.contracts import LeafKind

    settings = {"url": f"http://127.0.0.1:9/{mark}"}
    place = _made(person.post("/api/v1/log/places", json={"kind": "webhook", "name": mark, "settings": settings}))
    _made(person.post("/api/v1/audit/reviews", json={"outcome": "follow_up", "note": mark}))
    assert person.put("/api/v1/approval-rules", json={"action": "designer.publish", "needed": False}).status_code == 200
    with tenant.open():
        full = range(10**9, 10**9 + 256)  # so that the log has a whole block
        compliance.append(LeafKind.SIGNATURE, full, [number.to_bytes(32, "big") for number in full])
        made = compliance.make_checkpoint()
        compliance.note_outcome(Outcome(place, made.number, True, mark, None))
        compliance.verify_log()
        events = sorted(compliance.sealed_subjects(LeafKind.EVENT))
    assert sign_event(person, str(min(events))).status_code == 201
    approval = _made(ask(person, f"asked-{mark}", mark))
    return {
        "hold_id": [leave_retention(tenant, person, mark)],
        "export_id": [leave_whole_export(tenant, person, mark)],
        "place_id": [str(place)],
        "approval_id": [str(approval)],
        "event": [str(number) for number in events[:2]],
    }


def leave_whole_export(tenant: Any, person: InProcess, mark: str) -> str:
    """Have an export of the whole tenant noted with progress, and leave something in its file; return its number."""
    from suyuan.compliance.store import exports

    asked = person.post("/api/v1/tenant/exports", json={"reason": mark})
    assert asked.status_code == 202, asked.text
    number = int(asked.json()["id"])
    with tenant.open() as tx:
        exports.note_progress(number, 1, 80, 100)
        tx.execute(
            "INSERT INTO compliance_arrival (tenant_id, made, version, digest, rows) VALUES (%s, now(), '0', %s, 1)",
            (tenant.id, mark),
        )
        exports.change(number, "waiting", state="done")
        exports.file_of(number).parent.mkdir(parents=True, exist_ok=True)
        exports.file_of(number).write_text(mark, encoding="utf-8")
    return str(number)


def leave_retention(tenant: Any, person: InProcess, mark: str) -> str:
    """Leave a rule of retention, a legal hold and what looks like a removal; return the hold's number."""
    rule = {"days": 400, "reason": mark}
    assert person.put("/api/v1/retention/rules/sign_in", json=rule).status_code == 200
    with tenant.open() as tx:
        tx.execute(
            "WITH made AS (INSERT INTO compliance_removal (tenant_id, kind, before, days, reason, records, file,"
            " sha256, subjects) VALUES (%s, 'sign_in', now(), 400, %s, 0, %s, '', '') RETURNING tenant_id, id)"
            " INSERT INTO compliance_removed SELECT tenant_id, 'r', id, id FROM made",
            (tenant.id, mark, mark),
        )
    return str(_made(person.post("/api/v1/retention/holds", json={"subject": mark, "reason": "a claim"})))


def leave_waiting(client: InProcess, bakery: Bakery) -> str:
    """Send more events than are captured while the client waits; return the job that the worker would find."""
    first = bakery.arrivals()[0]
    many = [first | {"eventID": bakery.event_id(f"many-{number}")} for number in range(1001)]
    waiting = client.post("/epcis/v2/capture", content=raw(document(*many))).json()
    assert waiting["running"]
    return str(waiting["captureID"])


def _made(answer: Any) -> int:
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])
