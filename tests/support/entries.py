"""Every operation of capture that changes something, done once by a person; and a tenant's entries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from tests.support.bakery import document, raw
from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
NODE = {
    "step": "inspecting",
    "fields": [
        {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
        {"id": "note", "kind": "file", "label_zh": "附件", "label_en": "File", "required": False},
    ],
    "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
}


def publish_node(boss: InProcess, key: str, *actions: dict[str, Any], level: str = "refuse") -> None:
    """Publish a node that refuses to inspect anything twice, with these actions."""
    once = {"id": "known", "kind": "not_repeated", "field": "item", "level": level}
    body = NODE | {"actions": list(actions), "checks": [once]}
    draft = {"title_zh": f"检验 {key}", "title_en": f"Inspect {key}", "body": body, "revision": None}
    saved = boss.put(f"/api/v1/definitions/trace_node/{key}", json=draft)
    assert saved.status_code in (200, 201), saved.text
    noted = {"revision": saved.json()["row"]["revision"], "note": "first"}
    published = boss.post(f"/api/v1/definitions/trace_node/{key}/publish", json=noted)
    assert published.status_code == 200, published.text


def entry(key: str, item: str) -> dict[str, Any]:
    """Return an entry of ``item`` at a node."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"id": str(uuid4()), "sequence": 0, "node": key, "taken": now, "values": {"item": item}}


def enter(client: InProcess, mark: str, *readings: dict[str, Any]) -> Any:
    """Send entries as the device of ``mark``."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    device = str(uuid5(NAMESPACE_URL, mark))
    readings = tuple(each | {"sequence": number} for number, each in enumerate(readings, 1))
    return client.post("/api/v1/capture/readings", json={"device": device, "sent": now, "readings": list(readings)})


def attach(client: InProcess, content: bytes) -> Any:
    """Upload an attachment."""
    return client.put(f"/api/v1/capture/attachments/{sha256(content).hexdigest()}", content=content)


def leave_attachment(person: InProcess, key: str, mark: str) -> str:
    """Leave an entry that something is attached to; return its digest."""
    digest: str = attach(person, mark.encode()).json()["sha256"]
    made = entry(key, f"urn:suyuan:x:unit:F-{mark}")
    made["values"]["note"] = [{"sha256": digest}]
    assert enter(person, f"file {mark}", made).json()["outcomes"][0]["outcome"] == "recorded"
    return digest


def _twice(boss: InProcess, number: int) -> tuple[str, list[dict[str, Any]]]:
    key = f"n{number}"
    publish_node(boss, key)
    item = f"urn:suyuan:x:unit:N{number}"
    answer = enter(boss, key, entry(key, item), entry(key, item))
    assert [each["outcome"] for each in answer.json()["outcomes"]] == ["recorded", "refused"], answer.text
    return key, answer.json()["outcomes"]


def _entered(boss: InProcess, number: int) -> Any:
    publish_node(boss, f"n{number}")
    return enter(boss, f"n{number}", entry(f"n{number}", f"urn:suyuan:x:unit:N{number}"))


def upload(client: InProcess, key: str, item: str, name: str = "f.csv") -> str:
    """Upload a table of one row for a node; return the import's id."""
    answer = client.post(
        "/api/v1/capture/imports", params={"node": key, "name": name}, content=f"Item\n{item}".encode()
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["row"]["id"])


def start_import(client: InProcess, import_id: str) -> Any:
    """Start an import as it is proposed."""
    detail = client.get(f"/api/v1/capture/imports/{import_id}").json()
    return client.post(f"/api/v1/capture/imports/{import_id}/start", json={"mapping": detail["mapping"]})


def _uploaded(boss: InProcess, number: int) -> str:
    publish_node(boss, f"n{number}")
    return upload(boss, f"n{number}", f"urn:suyuan:x:unit:N{number}")


def pass_rows(boss: InProcess, tenant: int, key: str) -> Any:
    """Have a table's row refused that was entered before, and let it pass; return the answer."""
    from suyuan.capture.jobs.importing import run_import

    publish_node(boss, key, level="approve")
    item = f"urn:suyuan:x:unit:P-{key}"
    assert enter(boss, key, entry(key, item)).status_code == 200
    made = upload(boss, key, item)
    assert start_import(boss, made).status_code == 200
    run_import(tenant, UUID(made))
    order = {"choices": [{"check": "known"}], "reason": f"again {key}"}
    return boss.post(f"/api/v1/capture/imports/{made}/pass", json=order)


def pass_events(boss: InProcess, key: str) -> Any:
    """Have a document's event refused that repeats one, and let it pass; return the answer."""
    publish_node(boss, key, level="approve")
    item = f"urn:suyuan:x:unit:D-{key}"
    assert enter(boss, key, entry(key, item)).status_code == 200
    made = {
        "type": "ObjectEvent", "eventID": f"urn:uuid:{uuid4()}", "action": "OBSERVE", "bizStep": "inspecting",
        "eventTime": datetime.now(UTC).isoformat(), "eventTimeZoneOffset": "+00:00", "epcList": [item],
        "suyuan:node": key, "suyuan:fields": {},
    }  # fmt: skip
    job = boss.post("/epcis/v2/capture", content=raw(document(made))).json()
    order = {"choices": [{"node": key, "check": "known"}], "reason": f"again {key}"}
    return boss.post(f"/api/v1/capture/jobs/{job['captureID']}/pass", json=order)


def _upload(boss: InProcess, number: int) -> Any:
    publish_node(boss, f"n{number}")
    return boss.post("/api/v1/capture/imports", params={"node": f"n{number}", "name": "f"}, content=b"Item\nx")


def _corrected(boss: InProcess, number: int) -> Any:
    _twice(boss, number)
    event = boss.get("/api/v1/events?sort=-recorded").json()["rows"][0]["number"]
    return boss.post("/api/v1/capture/corrections", json={"event": event, "reason": "wrong"})


def _decided(boss: InProcess, number: int) -> Any:
    _, outcomes = _twice(boss, number)
    decision = {"outcome": "discarded", "reason": "scanned twice"}
    return boss.post(f"/api/v1/capture/refused/{outcomes[1]['id']}", json=decision)


def leave_actions(boss: InProcess, tenant: int, key: str) -> str:
    """Have a node's actions send a message, and fail to print; return the failed one's id."""
    from suyuan.capture.jobs.acting import act_waiting

    printing = {"id": "p", "kind": "print_label", "settings": {"label": "x", "printer": key}}
    publish_node(boss, key, {"id": "n", "kind": "notify", "settings": {"text": key}}, printing)
    assert enter(boss, key, entry(key, f"urn:suyuan:x:unit:A-{key}")).status_code == 200
    act_waiting(tenant)
    rows = boss.get("/api/v1/capture/actions?state=failed").json()["rows"]
    return next(str(row["id"]) for row in rows if row["node"] == key)


ENTRY_CHANGES: dict[str, Change] = {
    "POST /api/v1/capture/readings": _entered,
    "PUT /api/v1/capture/attachments/{sha256}": lambda boss, number: attach(boss, f"a note {number}".encode()),
    "POST /api/v1/capture/corrections": _corrected,
    "POST /api/v1/capture/actions/{action_id}/retry": lambda boss, number: boss.post(
        f"/api/v1/capture/actions/{leave_actions(boss, number, f'a{number}')}/retry"
    ),
    "POST /api/v1/capture/quality/targets": lambda boss, _: boss.post(
        "/api/v1/capture/quality/targets", json={"points": 80}
    ),
    "POST /api/v1/capture/imports": _upload,
    "POST /api/v1/capture/imports/{import_id}/start": lambda boss, number: start_import(boss, _uploaded(boss, number)),
    "POST /api/v1/capture/imports/{import_id}/cancel": lambda boss, number: boss.post(
        f"/api/v1/capture/imports/{_uploaded(boss, number)}/cancel"
    ),
    "POST /api/v1/capture/imports/{import_id}/pass": lambda boss, number: pass_rows(
        boss, int(boss.get("/api/v1/session").json()["tenant"]["id"]), f"p{number}"
    ),
    "POST /api/v1/capture/jobs/{job_id}/pass": lambda boss, number: pass_events(boss, f"d{number}"),
    "POST /api/v1/capture/refused/{reading}": _decided,
}


def leave_entries(person: InProcess, tenant: int, mark: str) -> dict[str, list[str]]:
    """Leave a recorded, a corrected and a refused entry; return what they can be asked for by."""
    key = f"node-{mark}"
    publish_node(person, key)
    items = [f"urn:suyuan:x:unit:E{number}-{mark}" for number in range(2)]
    answer = enter(person, mark, entry(key, items[0]), entry(key, items[0]), entry(key, items[1])).json()
    recorded, refused, wrong = answer["outcomes"]
    assert (recorded["outcome"], refused["outcome"]) == ("recorded", "refused"), answer
    decision = {"outcome": "discarded", "reason": mark}
    assert person.post(f"/api/v1/capture/refused/{refused['id']}", json=decision).status_code == 200
    listed = person.get("/api/v1/events?sort=-recorded").json()["rows"]
    number = next(row["number"] for row in listed if row["event_id"] == wrong["event_ids"][0])
    voided = person.post("/api/v1/capture/corrections", json={"event": number, "reason": mark})
    assert voided.status_code == 200, voided.text
    imported = upload(person, key, f"urn:suyuan:x:unit:I-{mark}", f"{mark}.csv")
    assert start_import(person, imported).status_code == 200
    assert pass_rows(person, tenant, f"rows-{mark}").status_code == 200
    assert pass_events(person, f"events-{mark}").status_code == 200
    assert person.post("/api/v1/capture/quality/targets", json={"points": 80}).status_code == 200
    assert person.post("/api/v1/notices/read", json={"until": 1}).status_code == 204
    return {
        "reading": [refused["id"]], "device": [str(uuid5(NAMESPACE_URL, mark))], "node": [key], "key": [key],
        "import_id": [imported], "action_id": [leave_actions(person, tenant, f"act-{mark}")],
        "number": [str(number)], "sha256": [leave_attachment(person, key, mark)],
    }  # fmt: skip
