"""What bad input gets: a precise refusal with its place and remedy, in both languages, and nothing half written."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from tests.support.bakery import CONTEXT, Bakery, document, raw
from tests.support.database import contents_of, owner_url
from tests.support.web import InProcess

CAPTURE, EVENTS = "/epcis/v2/capture", "/epcis/v2/events"
GOOD = {"@context": CONTEXT} | Bakery("bad").arrivals()[0]
CAKE = "https://id.gs1.org/01/09521234003014/21/K1"


def but(**changes: Any) -> dict[str, Any]:
    """Return the good event with changes; None leaves a field out."""
    return {name: value for name, value in (GOOD | changes).items() if value is not None}


def nested(depth: int) -> bytes:
    return b'{"@context":' + b"[" * depth + b"]" * depth + b"}"


CASES: dict[str, tuple[Any, int, str, str | None]] = {
    "malformed JSON": (b'{"type": "ObjectEvent",, }', 400, "integration.malformed_json", "char 24"),
    "half a document": (raw(GOOD)[:-40], 400, "integration.malformed_json", None),
    "not UTF-8": ("蛋糕".encode("gb18030"), 400, "integration.not_utf8", "char 1"),
    "nothing at all": (b"", 400, "integration.malformed_json", "char 1"),
    "a text with NUL": (but(bizStep="\0"), 400, "integration.text_unstorable", None),
    "a number beyond all bounds": (b'{"n": 1e999999999}', 400, "integration.number_unusable", None),
    "another schema": ({"hello": "world"}, 400, "integration.field_missing", "/"),
    "a field that does not exist": (but(bizzStep="x"), 400, "integration.field_unknown", "/bizzStep"),
    "a field that is missing": (but(action=None), 400, "integration.field_missing", "/"),
    "a text for a list": (but(epcList="x"), 400, "integration.not_list", "/epcList"),
    "an unknown event type": (but(type="MagicEvent"), 400, "integration.event_type_unknown", "/type"),
    "a bad check digit": (but(epcList=[CAKE.replace("3014", "3015")]), 400, "coding.check_digit", "/epcList/0"),
    "an impossible date": (but(eventTime="2026-02-30T08:00:00Z"), 400, "kernel.time_impossible", "/eventTime"),
    "a time without offset": (but(eventTime="2026-11-20T08:00:00"), 400, "kernel.time_without_offset", "/eventTime"),
    "a step of no vocabulary": (but(bizStep="baking"), 400, "integration.not_in_vocabulary", "/bizStep"),
    "a prefix of nobody": ({**but(), "nobody:x": 1}, 400, "integration.namespace_undeclared", "/nobody:x"),
    "deep nesting": (nested(5000), 400, "integration.nested_too_deep", None),
    "deepest nesting": (nested(900_000), 400, "integration.nested_too_deep", None),
    "an item named twice": (but(epcList=[CAKE, CAKE]), 400, "integration.duplicate_entry", "/epcList/1"),
    "too much for one event": (b"[" + b"0," * 6_000_000 + b"0]", 413, "chassis.body_too_large", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_bad_event_is_refused_precisely_and_leaves_no_trace(tenant, client, name) -> None:
    body, status, code, place = CASES[name]
    before = contents_of(tenant.id)
    answer = client.post(EVENTS, content=body if isinstance(body, bytes) else raw(body))
    problem = answer.json()
    found = [problem, *problem.get("errors", [])]
    assert answer.status_code == status, problem
    assert code in {each["code"] for each in found}, problem
    assert place is None or place in {each.get("at", "") for each in found}, problem
    assert all(each["title"] and each["detail"] for each in found)
    assert len(answer.content) < 20_000
    assert contents_of(tenant.id) == before


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if isinstance(case[0], dict)])
def test_a_document_with_one_bad_event_leaves_only_its_job(tenant, client, name) -> None:
    bad = {key: value for key, value in CASES[name][0].items() if key != "@context"}
    good = Bakery("bad").arrivals()[1]
    before = contents_of(tenant.id)
    answer = client.post(CAPTURE, content=raw(document(good, bad)))
    if answer.status_code == 202:
        job = answer.json()
        assert (job["running"], job["success"], job["suyuan:counts"]["accepted"]) == (False, False, 0)
        assert job["errors"][0]["at"].startswith("/epcisBody/eventList/1")
    else:
        assert answer.status_code == 400, answer.text
    after = contents_of(tenant.id)
    assert {name for name in after if after[name] != before[name]} <= {
        "integration_capture_job",
        "integration_capture_error",
    }


def test_every_refusal_is_told_in_chinese_too(tenant) -> None:
    chinese = InProcess(tenant.token(), language="zh-CN")
    for name, (body, _, _, _) in CASES.items():
        if not isinstance(body, bytes):
            problem = chinese.post(EVENTS, content=raw(body)).json()
            assert any("\u4e00" <= letter <= "\u9fff" for letter in problem["title"]), name
            assert any("\u4e00" <= letter <= "\u9fff" for letter in problem["detail"]), name


def test_the_same_id_with_other_content_is_a_conflict(tenant, client) -> None:
    assert client.post(EVENTS, content=raw(GOOD)).status_code == 201
    assert client.post(EVENTS, content=raw(GOOD)).status_code == 200
    before = contents_of(tenant.id)
    other = client.post(EVENTS, content=raw(but(disposition="inactive")))
    assert (other.status_code, other.json()["code"]) == (409, "trace.event_id_taken")
    assert contents_of(tenant.id) == before
    job = client.post(CAPTURE, content=raw(document(but(disposition="inactive", **{"@context": None})))).json()
    assert (job["success"], job["errors"][0]["code"]) == (False, "trace.event_id_taken")


def test_a_list_of_a_million_is_refused_by_the_worker_and_its_job_says_why(tenant, client) -> None:
    """The document is within the size allowed, so it is taken for later; what is wrong is found then."""
    from tests.support.deliveries import deliver

    event = {name: value for name, value in but(epcList=[], quantityList=None).items() if name != "@context"}
    body = raw(document(event)).replace(b'"epcList": []', b'"epcList": [' + b'"urn:x:1",' * 999_999 + b'"urn:x:1"]')
    answer = client.post(CAPTURE, content=body)
    assert answer.status_code == 202, answer.text
    deliver()
    job = client.get(answer.headers["Location"].removeprefix("http://testserver")).json()
    assert (job["running"], job["success"]) == (False, False)
    assert job["errors"][0]["code"] in {"integration.too_many_items", "integration.too_many_elements"}
    assert contents_of(tenant.id)["trace_event"].startswith("0")
    assert contents_of(tenant.id)["integration_capture_document"].startswith("0")


def test_whoever_may_not_is_told_so(tenant, make_tenant) -> None:
    bad = InProcess("sy_" + "x" * 43, address="203.0.113.9").post(EVENTS, content=raw(GOOD))
    assert (bad.status_code, bad.json()["code"]) == (401, "tenancy.token_refused")
    browser = InProcess()
    browser.sign_in(tenant.person())
    forged = browser.without_page_token().post(EVENTS, content=raw(GOOD))
    assert (forged.status_code, forged.json()["code"]) == (403, "chassis.csrf")
    InProcess(tenant.token()).post(EVENTS, content=raw(GOOD))
    number = browser.get("/api/v1/events").json()["rows"][0]["number"]
    other = InProcess(make_tenant().token())
    assert other.get(f"/api/v1/events/{number}").json()["code"] == "chassis.not_found"
    with psycopg.connect(owner_url()) as owner:
        owner.execute("UPDATE django_session SET expire_date = now() - interval '1 second'")
    late = browser.get("/api/v1/events")
    assert (late.status_code, late.json()["code"]) == (401, "kernel.not_signed_in")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"content": b'{"login":"' + b"x" * 2_500_000 + b'"}'}, 413, "chassis.body_too_large"),
        ({"content": b"{" * 100_000}, 400, "chassis.body_malformed"),
        ({"content": b"9" * 100_000}, 400, "chassis.body_malformed"),
        ({"content": b"\xff\xfe"}, 400, "chassis.body_malformed"),
        ({"data": {"login": "x"}}, 400, "chassis.body_malformed"),
        ({"files": {"login": b"x"}}, 400, "chassis.body_malformed"),
    ],
)
def test_what_is_no_form_at_all_is_refused(tenant, sent, status, code) -> None:
    person = InProcess()
    person.sign_in(tenant.person())
    before = contents_of(tenant.id)
    answer = person.post("/api/v1/people", **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert contents_of(tenant.id) == before


@pytest.mark.parametrize("path", ["/api/v1/people", "/api/v1/trace/back", EVENTS, CAPTURE])
def test_a_method_that_is_not_taken_is_told_with_those_that_are(client, path) -> None:
    answer = client.request("PUT", path, json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "chassis.method_not_allowed")
    assert "GET" in answer.json()["params"]["allowed"]


@pytest.mark.parametrize("token", [None, "sy_wrong"])
def test_a_stranger_is_refused_before_much_is_read(application, token) -> None:
    taken = 0

    async def flood():
        nonlocal taken
        for _ in range(40):
            taken += 1
            yield b"[" * 1_000_000

    answer = InProcess(token, address="203.0.113.60").post(CAPTURE, content=flood())
    assert answer.status_code == 401
    assert taken <= 3


def test_a_form_with_what_cannot_be_kept_is_refused(tenant, client) -> None:
    before = contents_of(tenant.id)
    answer = client.post("/api/v1/sites", json={"code": "S", "name_zh": "a\0b", "name_en": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "chassis.value_unstorable")
    assert contents_of(tenant.id) == before


@pytest.mark.parametrize(
    ("body", "place"),
    [("{", "/"), ('{"login": 1}', "/"), ('{"login": "x", "name": "x", "roles": [{"role_id": "x"}]}', "role_id")],
)
def test_a_bad_form_is_refused_with_its_place(tenant, client, body, place) -> None:
    before = contents_of(tenant.id)
    answer = client.post("/api/v1/people", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "chassis.body_malformed")
    assert place in answer.json().get("at", "/")
    assert contents_of(tenant.id) == before


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/events?from=yesterday",
        "/api/v1/events?limit=1000000",
        "/api/v1/events?cursor=%00",
        "/api/v1/events/99999999999999999999999",
        "/api/v1/items?search=%00",
        "/api/v1/items/99999999999999999999999",
        "/api/v1/items/-1",
        "/api/v1/items/x",
        "/api/v1/codes/decode?code=%1d%00",
        "/api/v1/trace/sideways?code=x",
        "/api/v1/trace/back?code=" + "9" * 5000,
        "/api/v1/trace/back?code=x&as_of=2026-02-30T00:00:00Z",
        "/api/v1/audit?cursor=99999999999999999999999",
        "/api/v1/capture/jobs/not-a-number",
        "/epcis/v2/events?GE_eventTime=2026-11-20",
        "/epcis/v2/events?perPage=-1",
        "/epcis/v2/events?nextPageToken=x",
        "/epcis/v2/events/%00",
        "/01/%00/21/x",
        "/01/09521234003015",
    ],
)
def test_a_bad_address_is_refused_and_never_an_error_of_ours(tenant, client, path) -> None:
    answer = client.get(path)
    assert 400 <= answer.status_code < 500, answer.text[:300]
    if not path.startswith("/01"):
        problem = json.loads(answer.content)
        assert problem["code"] != "chassis.unexpected"
        assert problem["title"]
        assert problem["detail"]
