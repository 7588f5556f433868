"""An integrator's day: a bakery's documents go in, are followed, queried and traced, and come back as they were."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.support.bakery import Bakery, document, raw
from tests.support.database import contents_of
from tests.support.deliveries import deliver
from tests.support.web import InProcess

CAPTURE, EVENTS = "/epcis/v2/capture", "/epcis/v2/events"
LINKED = {"Content-Type": "application/ld+json"}


@pytest.fixture
def bakery(tenant) -> Bakery:
    return Bakery(tenant.code)


@pytest.fixture
def integrator(tenant) -> InProcess:
    """A machine that may write and read events and ask for items, and nothing else."""
    rights = ("trace:event:write", "trace:event:read", "trace:item:read", "trace:answer:export")
    return InProcess(tenant.token(*rights))


@pytest.fixture
def filled(integrator, bakery) -> InProcess:
    answer = integrator.post(CAPTURE, content=bakery.whole(), headers=LINKED)
    assert answer.json()["success"], answer.text
    return integrator


def _path(address: str) -> str:
    return address.removeprefix("http://testserver")


def _events(client: InProcess, address: str) -> list[dict]:
    """Return the events of every page, following the links."""
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        found += answer.json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
        address = _path(answer.headers.get("Link", "").partition(">")[0].removeprefix("<"))
    return found


def test_the_day_begins_by_asking_what_the_server_takes(integrator) -> None:
    said = integrator.request("OPTIONS", CAPTURE)
    assert said.status_code == 204
    assert said.headers["GS1-EPCIS-Version"] == "2.0.0"
    assert int(said.headers["GS1-EPCIS-Capture-Limit"]) >= 1000
    assert integrator.get("/epcis/v2").json() == ["capture", "events"]


def test_a_document_is_captured_and_its_job_followed(integrator, bakery) -> None:
    answer = integrator.post(CAPTURE, content=bakery.whole(), headers=LINKED)
    assert answer.status_code == 202
    job = integrator.get(_path(answer.headers["Location"])).json()
    assert (job["running"], job["success"], job["errors"]) == (False, True, [])
    assert job["suyuan:counts"]["accepted"] == len(bakery.day()) == 22


def test_a_large_document_is_left_to_the_worker_and_is_on_record_after_its_turn(integrator, bakery) -> None:
    first = bakery.arrivals()[0]
    many = [first | {"eventID": bakery.event_id(f"e{number}")} for number in range(1200)]
    answer = integrator.post(CAPTURE, content=raw(document(*many)), headers=LINKED)
    where = _path(answer.headers["Location"])
    assert integrator.get(where).json()["running"]
    assert _events(integrator, EVENTS) == []
    deliver()
    job = integrator.get(where).json()
    assert (job["running"], job["success"], job["suyuan:counts"]["accepted"]) == (False, True, 1200)
    assert len(_events(integrator, f"{EVENTS}?perPage=500")) == 1200


def test_what_was_captured_is_what_is_queried(filled, bakery) -> None:
    returned = _events(filled, f"{EVENTS}?orderBy=eventTime&orderDirection=ASC&perPage=7")
    assert all(event.pop("recordTime") for event in returned)
    as_sent = {(event["eventID"], "errorDeclaration" in event): event for event in bakery.day()}
    assert len(returned) == len(as_sent)
    for event in returned:
        assert event == as_sent[event["eventID"], "errorDeclaration" in event]


def test_sending_the_same_again_changes_nothing(filled, bakery, tenant) -> None:
    before = contents_of(tenant.id)
    again = filled.post(CAPTURE, content=bakery.whole(), headers=LINKED).json()
    assert (again["success"], again["suyuan:counts"]["replayed"]) == (True, 22)
    after = contents_of(tenant.id)
    assert {name for name in after if after[name] != before[name]} == {"integration_capture_job"}


def test_questions_about_events(filled, bakery) -> None:
    def steps(query: str) -> list[str]:
        address = f"{EVENTS}?orderBy=eventTime&orderDirection=ASC&{query}"
        return [event["eventID"].rsplit("/", 1)[1] for event in _events(filled, address)]

    assert steps("eventType=TransactionEvent|AssociationEvent") == ["trolley", "order"]
    assert steps("EQ_bizStep=shipping") == ["shipping"]
    assert steps("EQ_disposition=non_conformant") == ["failed-1", "failed-2"]
    assert steps("GE_eventTime=2026-11-20T16:00:00%2B08:00") == ["shipping", "arrival", "unpacking"]
    assert steps("EXISTS_errorDeclaration=true") == ["packing-wrong"]
    assert steps(f"EQ_bizLocation={bakery.SHOP}&EQ_action=DELETE") == ["unpacking"]
    assert steps(f"MATCH_anyEPC={bakery.cake(1)}") == ["baking-1", "inspecting-1", "packing-1", "unpacking"]
    assert steps(f"MATCH_inputEPCClass={bakery.lot(bakery.BUTTER, 'B1')}") == ["dough-1", "dough-2"]
    assert steps(f"MATCH_parentID={bakery.crate(2)}&eventType=AggregationEvent") == [
        "packing-2", "packing-wrong", "packing-wrong",
    ]  # fmt: skip


def test_which_flour_is_in_this_cake(filled, bakery) -> None:
    answer = filled.get("/api/v1/trace/back", params={"code": bakery.cake(3), "closure": "true"}).json()
    found = {item["uri"]: item["verdict"] for item in answer["items"]}
    assert found[bakery.lot(bakery.FLOUR, "F1")] == "certain"
    assert found[bakery.lot(bakery.BUTTER, "B1")] == "certain"
    assert found[bakery.lot(bakery.FLOUR, "F2")] == "excluded"
    assert "何师傅" in str(answer["people"])
    oven = [row for row in answer["parameters"] if row["name"] == "炉温"]
    assert [(row["value"], row["low"], row["high"], row["ok"]) for row in oven] == [("182.5", "175", "190", True)]


def test_where_did_the_bad_flour_go(filled, bakery) -> None:
    answer = filled.get("/api/v1/trace/forward", params={"code": bakery.lot(bakery.FLOUR, "F1"), "closure": "true"})
    items = {item["uri"]: item for item in answer.json()["items"]}
    certain = {uri for uri, item in items.items() if item["verdict"] == "certain"}
    assert {bakery.cake(number) for number in range(1, 13)} <= certain
    assert {bakery.crate(1), bakery.crate(2)} <= certain
    assert not certain & {bakery.cake(number) for number in range(13, 25)}
    wrongly_packed = items[bakery.cake(24)]
    assert (wrongly_packed["verdict"], wrongly_packed["reason"]) == ("excluded", "voided")
    assert items[bakery.cake(1)]["place_name_zh"].startswith("门店")
    assert answer.json()["summary"]["certain"] == len(certain) - 1


@pytest.mark.parametrize("direction", ["back", "forward"])
def test_the_answer_as_a_file(filled, bakery, direction) -> None:
    params = {"code": bakery.lot(bakery.DOUGH, "D1")}
    book = filled.get(f"/api/v1/trace/{direction}/export", params=params | {"format": "xlsx"})
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    assert f"D1-{bakery.mark}" in str([[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()])
    plain = filled.get(f"/api/v1/trace/{direction}/export", params=params | {"format": "json"}).json()
    assert plain["question"]["uri"] == params["code"]
    answer = filled.get(f"/api/v1/trace/{direction}/export", params=params | {"format": "epcis"})
    while answer.status_code == 307:
        answer = filled.get(f"/api/v1/trace/{direction}/{answer.headers['Location']}")
    captured = filled.post(CAPTURE, content=answer.content, headers=LINKED).json()
    assert captured["success"], captured
    assert captured["suyuan:counts"]["replayed"] == captured["suyuan:counts"]["accepted"] > 0


def test_proceed_takes_the_good_events_and_names_the_bad(integrator, bakery) -> None:
    good, bad = bakery.arrivals()[0], bakery.arrivals()[1] | {"action": "LOOK"}
    headers = LINKED | {"GS1-Capture-Error-Behaviour": "proceed"}
    job = integrator.post(CAPTURE, content=raw(document(good, bad)), headers=headers).json()
    assert (job["success"], job["suyuan:counts"]["accepted"], job["suyuan:counts"]["refused"]) == (False, 1, 1)
    assert (job["errors"][0]["index"], job["errors"][0]["at"]) == (1, "/epcisBody/eventList/1/action")
    assert [event["eventID"] for event in _events(integrator, EVENTS)] == [good["eventID"]]
