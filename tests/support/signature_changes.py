"""Every operation of signatures and approvals that changes something, done once by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.issued import serial_rule
from tests.support.joining import OWN_PHRASE, join
from tests.support.web import PASSWORD, InProcess

Change = Callable[[InProcess, int], Any]


def _own_login(person: InProcess) -> str:
    return str(person.get("/api/v1/session").json()["user"]["login"])


def sign_event(person: InProcess, number: str) -> Any:
    """Sign an event; return the answer."""
    record = {"kind": "event", "subject": number}
    digest = person.get("/api/v1/signatures/record", params=record).json()["digest"]
    proof = {"login": _own_login(person), "password": PASSWORD, "digest": digest}
    return person.post("/api/v1/signatures", json=record | proof | {"meaning": "review", "note": "seen"})


def ask(person: InProcess, key: str, mark: str = "A") -> Any:
    """Draft a code rule and ask that publishing it be approved; return the answer."""
    draft = {"title_zh": f"规则 {mark}", "title_en": mark, "body": serial_rule(mark), "revision": None}
    assert person.put(f"/api/v1/definitions/code_rule/{key}", json=draft).status_code == 200
    told = {"action": "designer.publish", "subject": f"code_rule/{key}", "note": mark}
    return person.post("/api/v1/approvals", json=told)


def _sign(boss: InProcess, number: int) -> Any:
    reviewed = boss.post("/api/v1/audit/reviews", json={"outcome": "in_order", "note": "read"}).json()["id"]
    record = {"kind": "audit_review", "subject": str(reviewed)}
    digest = boss.get("/api/v1/signatures/record", params=record).json()["digest"]
    proof = {"login": _own_login(boss), "password": PASSWORD, "digest": digest, "meaning": "review"}
    return boss.post("/api/v1/signatures", json=record | proof)


def _decide(boss: InProcess, number: int) -> Any:
    rights = [each["name"] for each in boss.get("/api/v1/permissions").json()]
    role = boss.post("/api/v1/roles", json={"name_zh": f"同事{number}", "name_en": "x", "permissions": rights}).json()
    colleague = {"login": f"colleague-{number}", "name": "x"}
    join(boss, colleague | {"roles": [{"role_id": role["id"]}]})
    other = InProcess()
    other.sign_in(colleague["login"], OWN_PHRASE)
    asked = ask(other, f"a{number}").json()["id"]
    proof = {"login": _own_login(boss), "password": PASSWORD, "approve": True, "note": "fine"}
    return boss.post(f"/api/v1/approvals/{asked}/decision", json=proof)


SIGNATURE_CHANGES: dict[str, Change] = {
    "POST /api/v1/signatures": _sign,
    "POST /api/v1/approvals": lambda boss, number: ask(boss, f"a{number}"),
    "DELETE /api/v1/approvals/{approval_id}": lambda boss, number: boss.delete(
        f"/api/v1/approvals/{ask(boss, f'a{number}').json()['id']}"
    ),
    "POST /api/v1/approvals/{approval_id}/decision": _decide,
    "PUT /api/v1/approval-rules": lambda boss, _: boss.put(
        "/api/v1/approval-rules", json={"action": "designer.publish", "needed": True}
    ),
}
