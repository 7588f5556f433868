"""The REST binding over HTTP, as a client sees it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from suyuan.integration.tests.epcis.support import DOCUMENTS, document_of, findings, object_event, own_documents, raw

CAPTURE = "/epcis/v2/capture"
EVENTS = "/epcis/v2/events"
CONTEXT = ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"example": "https://example.com/ns/"}]


def events_in(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert findings(answer.content) == []
    return answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]


def ids_in(answer: Any) -> list[str]:
    return [event["eventID"] for event in events_in(answer)]


def send(client: Any, *events: dict[str, Any]) -> None:
    answer = client.post(CAPTURE, content=raw(document_of(*events)))
    assert (answer.status_code, answer.json()["success"]) == (202, True), answer.text


def timed(number: int, **changes: Any) -> dict[str, Any]:
    return object_event(eventID=f"urn:e:{number}", eventTime=f"2026-11-01T08:{59 - number:02d}:00Z", **changes)


def test_capture_answers_202_with_a_job(client: Any) -> None:
    data = (DOCUMENTS / "object_commissioning.jsonld").read_bytes()
    headers = {"Content-Type": "application/ld+json", "Suyuan-Document-Name": quote("总装.json")}
    answer = client.post(CAPTURE, content=data, headers=headers)
    assert answer.status_code == 202
    assert answer.headers["GS1-EPCIS-Version"].startswith("2.0")
    assert answer.headers["GS1-CBV-Version"].startswith("2.0")
    assert answer.headers["GS1-Extensions"] == "suyuan=urn:suyuan:vocab:"
    job = client.get(answer.headers["Location"].removeprefix("http://testserver"))
    body = job.json()
    assert body["captureID"] in answer.headers["Location"]
    assert {name: body[name] for name in ("running", "success", "captureErrorBehaviour", "errors")} == {
        "running": False, "success": True, "captureErrorBehaviour": "rollback", "errors": [],
    }  # fmt: skip
    assert body["finishedAt"].endswith("Z")
    console = client.get("/api/v1/capture/jobs").json()["rows"]
    assert (console[0]["name"], console[0]["events"], console[0]["success"]) == ("总装.json", 1, True)
    client.post(f"{CAPTURE}?name={quote('又一个.json')}", content=data)
    assert client.get("/api/v1/capture/jobs").json()["rows"][0]["name"] == "又一个.json"


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_what_is_captured_can_be_queried_back(client: Any, path: Any) -> None:
    assert client.post(CAPTURE, content=path.read_bytes()).json()["success"]
    document = json.loads(path.read_bytes())
    body = document["epcisBody"]
    given = body.get("eventList") or body["queryResults"]["resultsBody"]["eventList"]
    returned = events_in(client.get(EVENTS))
    assert len(returned) == len(given)
    for before, after in zip(given, returned, strict=True):
        assert after.pop("recordTime")
        before.pop("recordTime", None)
        assert after == {"eventID": after["eventID"]} | before
    again = client.post(CAPTURE, content=client.get(EVENTS).content).json()
    assert again["suyuan:counts"]["replayed"] == len(given)


def test_refused_events_are_in_the_job_in_the_callers_language(client: Any) -> None:
    document = raw(document_of(timed(1), timed(2, action="LOOK")))
    headers = {"GS1-Capture-Error-Behaviour": "proceed", "Accept-Language": "zh-CN"}
    job = client.post(CAPTURE, content=document, headers=headers).json()
    assert (job["success"], job["captureErrorBehaviour"]) == (False, "proceed")
    assert job["suyuan:counts"] == {"events": 2, "accepted": 1, "replayed": 0, "refused": 1, "errors": 1}
    error = job["errors"][0]
    assert (error["type"], error["at"]) == ("epcisException:ValidationException", "/epcisBody/eventList/1/action")
    assert (error["title"], error["index"], error["eventID"]) == ("不认识动作“LOOK”。", 1, "urn:e:2")
    detail = client.get(f"/api/v1/capture/jobs/{job['captureID']}").json()
    assert (detail["errors"][0]["title"], detail["refused"]) == ("The action “LOOK” is unknown.", 1)


REFUSED = [
    (b"{", {}, 400, "epcisException:ValidationException", "integration.malformed_json"),
    (raw(document_of()) + b"x", {}, 400, "epcisException:ValidationException", "integration.malformed_json"),
    (b"<epcis/>", {"Content-Type": "application/xml"}, 415, "epcisException:UnsupportedMediaTypeException", None),
    (b"{}", {"Content-Type": "application/json; charset=gb18030"}, 415, None, None),
    (b"{}", {"Accept": "application/xml"}, 406, "epcisException:NotAcceptableException", None),
    (b"{}", {"GS1-EPCIS-Version": "1.2.0"}, 406, "epcisException:NotAcceptableException", None),
    (b"{}", {"GS1-EPCIS-Min": "2.1.0"}, 406, None, None),
    (b"{}", {"GS1-CBV-Max": "1.0"}, 406, None, None),
    (b"{}", {"GS1-EPC-Format": "Always_EPC_URN"}, 406, None, None),
    (raw(document_of()), {"GS1-Capture-Error-Behaviour": "hope"}, 406, None, "integration.not_acceptable"),
    (b'{"a":' + b"[" * 5000, {}, 400, None, "integration.nested_too_deep"),
    (raw({"type": "EPCISDocument"}), {}, 400, "epcisException:ValidationException", "integration.content_refused"),
    (raw(object_event()), {}, 400, None, "integration.document_type_unknown"),
]


@pytest.mark.parametrize(("body", "headers", "status", "exception", "code"), REFUSED)
def test_capture_refuses_as_the_standard_says(
    client: Any, body: bytes, headers: dict[str, str], status: int, exception: str | None, code: str | None
) -> None:
    answer = client.post(CAPTURE, content=body, headers=headers)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status), problem
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert exception in (None, problem["type"])
    assert code in (None, problem["code"])
    assert problem["title"]
    assert problem["detail"]
    assert client.get(CAPTURE).json() == []


def test_a_document_over_the_limit_is_413(client: Any) -> None:
    answer = client.post(CAPTURE, content=b"[" + b"0," * 30_000_000)
    assert answer.status_code == 413
    assert answer.json()["type"] == "epcisException:CaptureLimitExceededException"


def test_who_may(client: Any, tenant: Any) -> None:
    from tests.support.web import InProcess

    nobody, reader = InProcess(), InProcess(tenant.token("trace:event:read"))
    assert nobody.get(EVENTS).status_code == 401
    assert nobody.get(EVENTS).json()["type"] == "epcisException:SecurityException"
    assert InProcess("sy_wrong").post(CAPTURE, content=b"{}").status_code == 401
    assert reader.get(EVENTS).status_code == 200
    refused = reader.post(CAPTURE, content=raw(document_of()))
    assert (refused.status_code, refused.json()["type"]) == (403, "epcisException:SecurityException")


def test_a_browser_session_needs_the_pages_token(tenant: Any) -> None:
    from tests.support.web import InProcess

    browser = InProcess()
    assert browser.sign_in(tenant.person()).status_code == 200
    assert browser.post(CAPTURE, content=raw(document_of(timed(1)))).status_code == 202
    refused = browser.post(CAPTURE, content=raw(document_of(timed(2))), headers={"X-CSRFToken": "forged"})
    assert (refused.status_code, refused.json()["type"]) == (403, "epcisException:SecurityException")
    assert ids_in(browser.get(EVENTS)) == ["urn:e:1"]


def test_post_events(client: Any) -> None:
    event = {"@context": CONTEXT} | object_event(**{"example:note": 1})
    answer = client.post(EVENTS, content=raw(event))
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"http://testserver{EVENTS}/{quote(event['eventID'], safe='')}"
    body = answer.json()
    assert body.pop("recordTime")
    assert body == event
    again = client.post(EVENTS, content=raw(event))
    assert (again.status_code, again.headers["Location"]) == (200, answer.headers["Location"])
    other = client.post(EVENTS, content=raw(event | {"disposition": "inactive"}))
    assert (other.status_code, other.json()["type"]) == (409, "epcisException:ResourceAlreadyExistsException")
    assert len(ids_in(client.get(EVENTS))) == 1


def test_post_events_names_every_finding(client: Any) -> None:
    event = object_event(action="LOOK", epcList=["?"], eventTime="2026-11-01T08:00:00")
    problem = client.post(EVENTS, content=raw(event))
    assert problem.status_code == 400
    assert [error["at"] for error in problem.json()["errors"]] == ["/", "/eventTime", "/action", "/epcList/0"]
    single = client.post(EVENTS, content=raw({"@context": CONTEXT} | object_event(eventTime="2026-11-01T08:00:00")))
    assert (single.status_code, single.json()["at"]) == (400, "/eventTime")
    wrong = client.post(EVENTS, content=raw(document_of(object_event())))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "integration.event_type_unknown")
    assert ids_in(client.get(EVENTS)) == []


def test_one_event_and_its_error_declaration(client: Any) -> None:
    client.post(CAPTURE, content=(DOCUMENTS / "error_declaration.jsonld").read_bytes())
    wanted = "urn:uuid:6f8a4f0e-52d3-4a0b-9e4f-4a2f3f6f0009"
    found = events_in(client.get(f"{EVENTS}/{quote(wanted, safe='')}"))
    assert [("errorDeclaration" in event) for event in found] == [False, True]
    missing = client.get(f"{EVENTS}/urn:e:none")
    assert (missing.status_code, missing.json()["type"]) == (404, "epcisException:NoSuchResourceException")


def test_a_derived_id_finds_its_event_though_it_has_slashes(client: Any) -> None:
    answer = client.post(EVENTS, content=raw({"@context": CONTEXT} | object_event(eventID=None)))
    assert "ni%3A%2F%2F%2Fsha-256%3B" in answer.headers["Location"]
    found = events_in(client.get(answer.headers["Location"].removeprefix("http://testserver")))
    assert found[0]["eventID"] == answer.json()["eventID"]


def test_pages_by_link_header(client: Any) -> None:
    send(client, *(timed(number) for number in range(7)))
    seen: list[str] = []
    address = f"{EVENTS}?orderBy=eventTime&orderDirection=ASC&perPage=3"
    pages = 0
    while address:
        answer = client.get(address)
        seen += ids_in(answer)
        link = answer.headers.get("Link", "")
        assert not link or link.endswith('; rel="next"')
        address = link.partition(">")[0].removeprefix("<http://testserver")
        pages += 1
    assert (pages, seen) == (3, [f"urn:e:{number}" for number in reversed(range(7))])
    limited = client.get(f"{EVENTS}?orderBy=eventTime&eventCountLimit=4&perPage=3")
    rest = client.get(limited.headers["Link"].partition(">")[0].removeprefix("<http://testserver"))
    assert ids_in(limited) + ids_in(rest) == [f"urn:e:{number}" for number in range(4)]
    assert "Link" not in rest.headers


def test_queries(client: Any) -> None:
    for path in own_documents():
        client.post(CAPTURE, content=path.read_bytes())
    send(client, timed(1, bizStep="inspecting", disposition="conformant"))

    def steps(query: str) -> list[str]:
        return [event["bizStep"].rsplit("/")[-1] for event in events_in(client.get(f"{EVENTS}?{query}"))]

    unit = "https://id.gs1.org/01/09521234543213/21/SN-0001"
    assert steps("eventType=TransformationEvent") == ["mixing"]
    assert steps("EQ_bizStep=packing|unpacking") == ["packing", "unpacking"]
    assert steps("EQ_bizStep=urn:epcglobal:cbv:bizstep:shipping") == ["shipping"]
    assert steps("EQ_action=DELETE") == ["unpacking"]
    assert steps("EQ_disposition=conformant") == ["inspecting"]
    assert steps("GE_eventTime=2026-11-05T00:00:00Z&LT_eventTime=2026-11-06T00:00:00Z") == ["mixing"]
    assert steps("GE_recordTime=2999-01-01T00:00:00Z") == []
    assert steps("LT_recordTime=2999-01-01T00:00:00Z&EQ_eventID=urn:e:1") == ["inspecting"]
    assert steps("EQ_readPoint=urn:epc:id:sgln:9521234.00001.PACK") == ["packing"]
    assert steps("EQ_bizLocation=https://id.gs1.org/414/9521234000013") == ["commissioning"]
    assert sorted(steps(f"MATCH_epc={unit}")) == ["commissioning", "inspecting", "inspecting", "packing", "shipping"]
    assert steps("MATCH_epc=urn:epc:id:sgtin:9521234.054321.SN-0001&EQ_bizStep=shipping") == ["shipping"]
    assert len(steps("MATCH_epc=urn:epc:idpat:sgtin:9521234.054321.*")) == 7
    assert steps("MATCH_parentID=https://id.gs1.org/00/095212340000000013") == ["packing", "unpacking", "shipping"]
    assert len(steps("MATCH_anyEPC=https://id.gs1.org/00/095212340000000013")) == 3
    assert steps("MATCH_inputEPC=urn:suyuan:demo:carrier:TANK-1") == ["mixing"]
    assert steps("MATCH_outputEPC=https://id.gs1.org/01/09521234543213/21/SN-0900") == ["mixing"]
    assert steps("MATCH_epcClass=https://id.gs1.org/01/09521234000006/10/SCREWS-9") == ["packing", "shipping"]
    assert steps("MATCH_inputEPCClass=https://id.gs1.org/01/09521234000006/10/A") == ["mixing"]
    assert steps("MATCH_outputEPCClass=https://id.gs1.org/01/09521234543213/10/MIX-5%252F1") == ["mixing"]
    assert steps("MATCH_anyEPCClass=https://id.gs1.org/01/09521234000006/10/A") == ["mixing"]
    assert steps("EQ_transformationID=urn:suyuan:demo:order:BATCH-5") == ["mixing"]
    assert steps("EXISTS_errorDeclaration=true") == ["inspecting"]
    assert steps("EQ_errorReason=incorrect_data") == ["inspecting"]


def test_query_refusals(client: Any) -> None:
    send(client, *(timed(number) for number in range(4)))
    for query in ("colour=red", "EQ_action=LOOK", "MATCH_epc=https://id.gs1.org/01/09521234543214/21/1"):
        answer = client.get(f"{EVENTS}?{query}")
        assert (answer.status_code, answer.json()["type"]) == (400, "epcisException:QueryParameterException")
    assert len(ids_in(client.get(f"{EVENTS}?maxEventCount=4&perPage=2"))) == 2
    answer = client.get(f"{EVENTS}?maxEventCount=3")
    assert (answer.status_code, answer.json()["type"]) == (413, "epcisException:QueryTooLargeException")
    assert client.get(f"{CAPTURE}?perPage=x").status_code == 400
    assert client.get(f"{CAPTURE}?nextPageToken=x").status_code == 400


def test_capture_jobs_are_paged(client: Any) -> None:
    for number in range(3):
        send(client, timed(number))
    first = client.get(f"{CAPTURE}?perPage=2")
    rest = client.get(first.headers["Link"].partition(">")[0].removeprefix("<http://testserver"))
    assert (len(first.json()), len(rest.json()), "Link" in rest.headers) == (2, 1, False)
    assert client.get(f"{CAPTURE}/none").status_code == 404


def test_options_and_root(client: Any) -> None:
    answer = client.request("OPTIONS", CAPTURE)
    assert answer.status_code == 204
    assert answer.headers["Allow"] == "OPTIONS, GET, POST"
    assert answer.headers["GS1-Capture-Error-Behaviour"] == "all"
    assert int(answer.headers["GS1-EPCIS-Capture-File-Size-Limit"]) >= 1_000_000
    assert client.request("OPTIONS", f"{EVENTS}/urn:e:1").headers["Allow"] == "OPTIONS, GET"
    assert client.get("/epcis/v2").json() == ["capture", "events"]


def test_tenants_do_not_see_each_other(client: Any, make_tenant: Any) -> None:
    from tests.support.web import InProcess

    send(client, timed(1))
    other = InProcess(make_tenant().token())
    assert ids_in(other.get(EVENTS)) == []
    assert other.get(f"{EVENTS}/urn:e:1").status_code == 404
    job = client.get(CAPTURE).json()[0]["captureID"]
    assert other.get(f"{CAPTURE}/{job}").status_code == 404
    assert other.get(f"/api/v1/capture/jobs/{job}").status_code == 404
