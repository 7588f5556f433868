"""No value, anywhere an operation takes one, makes an error of ours: it is answered or refused."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.operations import Operation, operations
from tests.support.web import InProcess

HOSTILE = (
    "\0",
    "x" * 9000,
    "9" * 40,
    "-1",
    "1e999",
    "'; DROP TABLE trace_event; --",
    "%",
    "../../etc/passwd",
    "\U0001f600\u202e\u0301",
    "2026-02-30T25:61:00+99:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "²",  # a digit to Python's isdigit, and no number
    "٣٣٣",
)
EVERY = 1 if os.environ.get("TEST_NEW_EXAMPLES") else 2
"""A parameter meets every other value; where new examples are looked for, each."""
JSON = {"Content-Type": "application/json"}
CAKE = "/01/09521234003014"
BODIES: tuple[Any, ...] = (None, [], [[]], 1, "x", {}, {"\0": "\0"}, {"login": {"$ne": None}})


def _addresses(operation: Operation) -> Iterator[str]:
    names = [*operation.parameter_names("path"), *operation.parameter_names("query")]
    for number, name in enumerate(names):
        for value in HOSTILE[number % EVERY :: EVERY]:
            yield operation.address({name: value}, optional=True)


def _spoilt(body: Any) -> Iterator[Any]:
    """Yield the body with each of its values replaced by each hostile one, and bodies of other shapes."""
    if isinstance(body, dict):
        for number, name in enumerate(body):
            for value in (*HOSTILE, "\ud800", 10**40, -(10**20), True, [], {}, ["\0"])[number % EVERY :: EVERY]:
                yield body | {name: value}
    yield from BODIES


@pytest.fixture
def person(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def test_no_parameter_makes_an_error_of_ours(person) -> None:
    wrong, tried = [], 0
    for each in operations():
        if each.method != "GET" or each.stream or not each.path.startswith(("/api", "/epcis")):
            continue
        for address in _addresses(each):
            tried += 1
            answer = person.get(address)
            if answer.status_code >= 500:
                wrong.append((answer.status_code, address[:160], answer.text[:200]))
    assert wrong == []
    assert tried > 300


def test_no_body_makes_an_error_of_ours(tenant, person) -> None:
    client = InProcess(tenant.token())
    wrong, tried = [], 0
    for each in operations():
        if each.body is None or each.path.startswith("/api/v1/session"):
            continue
        for body in _spoilt(each.sound_body()):
            tried += 1
            answer = client.request(each.method, each.address(), content=json.dumps(body), headers=JSON)
            if answer.status_code >= 500:
                wrong.append((answer.status_code, each.name, str(body)[:160], answer.text[:200]))
    assert wrong == []
    assert tried > 200


def test_no_sign_in_makes_an_error_of_ours(tenant) -> None:
    wrong = []
    bodies = ({"login": login, "password": "\ud800"} for login in ("\ud800", *HOSTILE[:3], [], 1))
    for number, body in enumerate((*bodies, *BODIES)):
        visitor = InProcess(address=f"2001:db8:1::{number:x}")
        visitor.get("/api/v1/session")
        visitor._client.headers["X-CSRFToken"] = visitor._client.cookies["suyuan_csrf"]
        answer = visitor.post("/api/v1/session", content=json.dumps(body), headers=JSON)
        if answer.status_code not in {400, 401, 422, 429}:
            wrong.append((answer.status_code, str(body)[:160], answer.text[:200]))
    assert wrong == []


def test_no_consumer_page_makes_an_error_of_ours(tenant) -> None:
    visitor = InProcess()
    for value in HOSTILE:
        for path in (
            "/01/{}",
            "/01/09521234003014/21/{}",
            "/01/09521234003014/10/{}",
            "/00/{}",
            "/01/09521234003014?lang={}",
        ):
            answer = visitor.get(path.format(quote(value, safe="")))
            assert answer.status_code < 500, (path, value)


def test_no_bytes_that_are_no_text_make_an_error_of_ours(person, monkeypatch, tmp_path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html>")
    monkeypatch.setattr("suyuan.entry.web.console._PAGE", page)  # a fresh clone has not built it, and says so with 503
    for path in (
        "/%ff%fe",
        "/api/v1/items?search=%ff%fe",
        "/api/v1/events/%ff",
        "/epcis/v2/events/%ff",
        "/01/%ff/21/%c3",
    ):
        assert person.get(path).status_code < 500, path
