"""Actions of nodes: a hold is recorded with its entry and stops; print, notice and webhook are done once, on record."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import pytest

from suyuan.capture.tests.stations import Station, furnished
from suyuan.kernel.faults import Fault
from tests.support.database import contents_of
from tests.support.label_changes import publish_label
from tests.support.web import InProcess

BASE = "/api/v1/capture/actions"


@pytest.fixture(scope="module")
def acting(application) -> Any:
    from tests.support.tenants import fresh_tenant

    return furnished(fresh_tenant())


@pytest.fixture
def station(acting) -> Station:
    from suyuan.chassis.registry import registry

    return Station(acting, *registry.permissions)


def _work(station: Station) -> int:
    from suyuan.capture.jobs.acting import act_waiting

    return act_waiting(station.tenant.id)


def _node(station: Station, *actions: dict[str, Any]) -> str:
    """Publish a node that scans a unit and says what is wrong with it, with these actions."""
    key = f"act-{station.mark}"
    body = {
        "step": "inspecting",
        "fields": [
            {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
            {"id": "defect", "kind": "text", "label_zh": "缺陷", "label_en": "Defect", "required": False},
        ],
        "meaning": [{"id": "seen", "event": "object", "subjects": ["item"]}],
        "checks": [{"id": "free", "kind": "not_held", "field": "item"}],
        "actions": [{"id": f"a{number}", **action} for number, action in enumerate(actions)],
    }
    draft = {"title_zh": key, "title_en": key, "body": body, "revision": None}
    saved = station.client.put(f"/api/v1/definitions/trace_node/{key}", json=draft).json()
    answer = station.client.post(
        f"/api/v1/definitions/trace_node/{key}/publish", json={"revision": saved["row"]["revision"], "note": "x"}
    )
    assert answer.status_code == 200, answer.text
    return key


WHEN = {"op": "!=", "args": [{"op": "??", "args": [{"ref": "defect"}, {"lit": ""}]}, {"lit": ""}]}


def _runs(station: Station, state: str = "") -> list[Any]:
    rows = station.client.get(BASE, params={"state": state} if state else {}).json()["rows"]
    return [row for row in rows if row["node"] == f"act-{station.mark}"]


def test_a_hold_is_recorded_with_the_entry_and_stops_the_next(station) -> None:
    node = _node(station, {"kind": "hold", "when": WHEN, "settings": {"reason": "外观不良"}})
    before = len(station.events())
    station.done(node, item=station.unit(1))
    assert len(station.events()) == before + 1
    outcome = station.done(node, item=station.unit(1), defect="划痕")
    assert len(outcome["event_ids"]) == 2
    held = station.client.get(f"/api/v1/events/{station.events()[-1]}").json()
    assert (held["biz_step"], held["disposition"]) == ("holding", "quarantined"), held
    assert held["document"]["suyuan:reason"] == "外观不良"
    assert held["document"]["disposition"] == "urn:suyuan:vocab:disp:quarantined"  # no word of CBV 2.0
    station.refused("capture.held", node, item=station.unit(1))
    assert [run["state"] for run in _runs(station)] == ["done"]


def test_a_notice_reaches_its_readers_once(station, acting) -> None:
    login = acting.person(f"reader-{station.mark}")
    node = _node(station, {"kind": "notify", "when": None, "settings": {"to": login, "text": "{code}：{defect}"}})
    reading = station.reading(node, item=station.unit(1), defect="划痕")
    station.send(reading)
    station.send(reading)
    assert _work(station) == 1
    assert _work(station) == 0
    reader, other = InProcess(), InProcess()
    reader.sign_in(login)
    other.sign_in(acting.person(f"other-{station.mark}"))
    told = reader.get("/api/v1/notices").json()
    assert (told["unread"], [row["text"] for row in told["rows"]]) == (1, [f"{station.unit(1)}：划痕"])
    assert told["rows"][0]["event"] in station.events()
    assert other.get("/api/v1/notices").json() == {"rows": [], "unread": 0}
    assert reader.post("/api/v1/notices/read", json={"until": told["rows"][0]["id"]}).status_code == 204
    assert reader.get("/api/v1/notices").json()["unread"] == 0


def test_who_chose_so_is_mailed_the_notice(station, acting, posted) -> None:
    from suyuan.tenancy.jobs.mailing import send_waiting

    logins = [acting.person(f"mailed-{station.mark}"), acting.person(f"silent-{station.mark}")]
    for number, login in enumerate(logins):
        reader = InProcess()
        reader.sign_in(login)
        person = reader.get("/api/v1/session").json()["user"]["id"]
        reader.patch(f"/api/v1/people/{person}", json={"mail": f"p{number}@plant.example"})
        reader.put("/api/v1/session/mail", json={"topic": "capture.message", "wanted": number == 0})
    node = _node(station, {"kind": "notify", "when": None, "settings": {"to": "", "text": "{code} {{坏}：{defect}"}})
    station.send(station.reading(node, item=station.unit(1), defect="划痕"))
    assert _work(station) == 1
    assert send_waiting(station.tenant.id) == 1
    [(to, subject, text)] = posted.read()
    assert (to, "划痕" in subject, "划痕" in text) == ("p0@plant.example", True, True)


def test_a_label_is_printed_and_what_fails_can_be_tried_again(station) -> None:
    code = f"A-{station.mark}"
    label = publish_label(station.client, f"la{station.mark}")
    node = _node(station, {"kind": "print_label", "settings": {"label": label, "printer": code, "copies": "2"}})
    station.done(node, item=station.unit(1))
    _work(station)
    (failed,) = _runs(station, "failed")
    assert code in failed["fault"]
    body = {"code": code, "name": code, "language": "zpl", "dpi": 203, "connection": "virtual"}
    assert station.client.post("/api/v1/printers", json=body).status_code == 201
    assert station.client.post(f"{BASE}/{failed['id']}/retry").status_code == 200
    _work(station)
    (done,) = _runs(station, "done")
    assert done["said"] == f"{code} · 1 × 2"
    jobs = station.client.get("/api/v1/print-jobs", params={"label": label}).json()["rows"]
    assert [job["copies"] for job in jobs if job["label_key"] == label] == [2]
    assert station.client.post(f"{BASE}/{done['id']}/retry").json()["code"] == "capture.action_not_failed"


class _Receiver:
    """A server that takes webhooks, or refuses the first of them."""

    def __init__(self, refuse: int = 0) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.calls.append((dict(self.headers.items()), body))
                self.send_response(503 if len(receiver.calls) <= refuse else 204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/hook?x=1"


def _allow(monkeypatch, hosts: str) -> None:
    from suyuan.capture.store import calling
    from suyuan.chassis.settings import settings

    allowed = settings().model_copy(update={"webhook_hosts": hosts})
    monkeypatch.setattr(calling, "settings", lambda: allowed)


def test_a_webhook_is_signed_and_tried_again_until_it_is_taken(station, monkeypatch) -> None:
    _allow(monkeypatch, "127.0.0.1")
    receiver = _Receiver(refuse=1)
    node = _node(station, {"kind": "webhook", "settings": {"url": receiver.address}})
    station.done(node, item=station.unit(1), defect="x")
    assert _work(station) == 1
    (waiting,) = _runs(station, "waiting")
    assert "503" in waiting["fault"]
    assert waiting["due"] is not None
    assert _work(station) == 0  # not before its time
    assert station.client.post(f"{BASE}/{waiting['id']}/retry").status_code == 200
    assert _work(station) == 1
    receiver.server.shutdown()
    (first, _), (headers, body) = receiver.calls
    said = {name.lower(): value for name, value in headers.items()}
    assert said["webhook-id"] == {name.lower(): value for name, value in first.items()}["webhook-id"] == waiting["id"]
    secret = station.client.get("/api/v1/capture/webhook-secret").json()["secret"]
    signed = f"{said['webhook-id']}.{said['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert said["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    told = json.loads(body)
    assert told["data"]["items"] == [station.unit_uri(1)]
    assert told["data"]["values"]["defect"] == "x"
    assert [run["state"] for run in _runs(station)] == ["done"]


def test_private_addresses_are_not_called_unless_they_are_allowed(station, monkeypatch) -> None:
    from suyuan.capture.store import calling
    from suyuan.chassis import outside

    _allow(monkeypatch, "")
    looked_up = {"inner.example": "10.1.2.3", "meta.example": "169.254.169.254", "six.example": "::1"}
    monkeypatch.setattr(
        outside.socket, "getaddrinfo", lambda host, port, **_: [(0, 0, 0, "", (looked_up.get(host, host), port))]
    )
    for host in (*looked_up, "127.0.0.1"):
        with pytest.raises(Fault) as refused:
            calling.call(f"http://{host}/x", uuid4(), b"{}", calling.secret_of(station.tenant.id))
        assert refused.value.kind.code == "capture.webhook_host"
        assert host in refused.value.title("zh")


def test_what_a_refused_or_tried_entry_would_do_is_not_done(station) -> None:
    node = _node(station, {"kind": "hold", "settings": {"reason": "x"}}, {"kind": "notify", "settings": {"text": "x"}})
    station.done(node, item=station.unit(1))
    _work(station)
    before = contents_of(station.tenant.id)["capture_action"]
    station.refused("capture.held", node, item=station.unit(1))
    body = station.client.get(f"/api/v1/definitions/trace_node/{node}").json()["body"]
    trial = {"body": body, "readings": [station.reading(node, item=station.unit(2))]}
    tried = station.client.post("/api/v1/capture/try", json=trial).json()
    assert len(tried["rows"][0]["events"]) == 2
    assert contents_of(station.tenant.id)["capture_action"] == before


def test_settings_of_actions_are_checked_before_publishing(station) -> None:
    wrong = [
        {"id": "a", "kind": "hold"}, {"id": "b", "kind": "webhook", "settings": {"url": "ftp://x"}},
        {"id": "c", "kind": "print_label", "settings": {"label": "x", "printer": "y", "fields": "nothing"}},
        {"id": "c", "kind": "notify", "settings": {"text": "x"}},
    ]  # fmt: skip
    body = {"step": "inspecting", "fields": [], "meaning": [], "actions": wrong}
    answer = station.client.put(
        f"/api/v1/definitions/trace_node/w-{station.mark}", json={"title_zh": "x", "title_en": "x", "body": body}
    )
    found = {(each["code"], each["at"]) for each in answer.json()["problems"]}
    assert {
        ("capture.node_action_incomplete", "/actions/0/settings/reason"),
        ("capture.node_address_wrong", "/actions/1/settings/url"),
        ("capture.node_field_unknown", "/actions/2/settings/fields"),
        ("capture.node_id_repeated", "/actions/3/id"),
    } <= found
