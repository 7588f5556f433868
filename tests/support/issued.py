"""Codes that a test tenant has issued: something in every table of definitions and codes."""

from __future__ import annotations

from typing import Any

from tests.support.web import InProcess

DAY = "2026-11-22T08:30:00+08:00"


def serial_rule(mark: str) -> dict[str, Any]:
    """Return the body of a rule whose codes are ``mark`` and a number."""
    return {
        "segments": [
            {"type": "constant", "id": "a", "text": f"U-{mark}-"},
            {"type": "sequence", "id": "b", "width": 6},
        ]
    }


def define(client: InProcess, key: str, body: dict[str, Any]) -> int:
    """Publish a code rule; return the revision it has then."""
    path = f"/api/v1/definitions/code_rule/{key}"
    draft = {"title_zh": f"规则 {key}", "title_en": key, "body": body}
    saved = client.put(path, json=draft).json()
    made = client.post(f"{path}/publish", json={"revision": saved["row"]["revision"], "note": "test"})
    assert made.status_code == 200, made.text
    return int(client.get(path).json()["row"]["revision"])


def issue(client: InProcess, rule: str, count: int) -> int:
    """Issue codes; return the batch's number."""
    made = client.post("/api/v1/codes/batches", json={"rule": rule, "count": count, "moment": DAY})
    assert made.status_code in {200, 202}, made.text
    return int(made.json()["id"])


def hand_out(client: InProcess, batch: int, count: int = 2) -> int:
    """Hand codes to a line; return the handout's number."""
    given = {"holder_kind": "line", "holder": "3", "count": count}
    return int(client.post(f"/api/v1/codes/batches/{batch}/handouts", json=given).json()["id"])


def leave_codes(client: InProcess, mark: str) -> dict[str, list[str]]:
    """Fill the tables of definitions and codes; return what these things are called in paths and queries."""
    rule = f"rule-{mark}"
    define(client, rule, serial_rule(mark))
    batch = issue(client, rule, 10)
    handout = hand_out(client, batch)
    assert client.get(f"/api/v1/codes/batches/{batch}/export").status_code == 200
    stopped = issue(client, rule, 6000)
    assert client.post(f"/api/v1/codes/batches/{stopped}/cancel").json()["status"] == "canceled"
    return {
        "definition_kind": ["code_rule"], "key": [rule], "version": ["1"], "rule": [rule], "batch_id": [str(batch)],
        "handout_id": [str(handout)], "code": [f"U-{mark}-000003"],
    }  # fmt: skip
