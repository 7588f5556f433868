"""Scopes through the whole application: start sets, figures, pages, files, refusals."""

from __future__ import annotations

import io
import json
import threading
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from arro3.io import read_parquet

from suyuan.chassis.caller import CALLER_LEFT, Caller, answering
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import Action, Direction, EventType, ItemIdentity, ItemKind, Participation, Role
from suyuan.trace.contracts.scopes import EventStart, ScopePage, ScopeSpec
from suyuan.trace.tests.test_recording import BOX, LOT, event
from tests.support.web import InProcess

CODE = "(01)09521234000006(10)L1"
START = {"codes": [CODE]}
SUPPLIER, DEALER = "urn:epc:id:pgln:9521001.00001", "urn:epc:id:pgln:9523001.00001"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"


def unit(number: int) -> ItemIdentity:
    return ItemIdentity(f"urn:suyuan:t:unit:U{number}", ItemKind.UNIT, "urn:suyuan:t:product:P", None, f"U{number}")


def heat(value: float) -> dict[str, Any]:
    report = {"type": "Temperature", "value": value, "suyuan:name": "oven", "suyuan:low": 200, "suyuan:high": 240}
    return {"sensorElementList": [{"sensorReport": [report]}]}


def handed(side: str, party: str) -> dict[str, Any]:
    return {f"{side}List": [{"type": "owning_party", side: party}]}


@pytest.fixture
def plant(tenant):
    """A lot from a supplier goes into three units, one of them too hot; two are boxed and handed to a dealer."""
    from msgspec.structs import replace

    from suyuan.trace import api

    def made(number: int, hour: int, degrees: float):
        found = event(
            f"urn:d:made-{number}", f"2026-11-01T{hour:02}:00:00Z",
            Participation(LOT, Role.INPUT, Decimal("0.5"), "KGM"), Participation(unit(number), Role.OUTPUT),
            kind=EventType.TRANSFORMATION, biz_step="assembling",
            equipment="urn:suyuan:t:equipment:M1", person=f"urn:suyuan:t:person:P{number}", shift="A",
            work_order="urn:suyuan:t:order:W1", biz_location="urn:suyuan:t:place:line",
        )  # fmt: skip
        return replace(found, document={**found.document, **heat(degrees)})

    def with_party(found, side: str, party: str):
        return replace(found, document={**found.document, **handed(side, party)})

    received = event("urn:d:0", "2026-11-01T07:00:00Z", Participation(LOT, Role.SUBJECT, Decimal(5), "KGM"),
                     biz_step="receiving")  # fmt: skip
    shipped = event("urn:d:3", "2026-11-01T12:00:00Z", Participation(BOX, Role.SUBJECT), action=Action.OBSERVE,
                    biz_step="shipping", disposition="in_transit", biz_location="urn:suyuan:t:place:dock")  # fmt: skip
    with tenant.open():
        api.record(
            [
                with_party(received, "source", SUPPLIER),
                made(1, 8, 230), made(2, 9, 251), made(3, 10, 199),
                event("urn:d:2", "2026-11-01T11:00:00Z", Participation(BOX, Role.PARENT),
                      Participation(unit(1), Role.CHILD), Participation(unit(2), Role.CHILD),
                      kind=EventType.AGGREGATION, biz_step="packing"),
                with_party(shipped, "destination", DEALER),
                event("urn:d:4", "2026-11-02T08:00:00Z", Participation(BOX, Role.PARENT), kind=EventType.AGGREGATION,
                      action=Action.DELETE, biz_step="unpacking", biz_location="urn:suyuan:t:place:dealer"),
            ]
        )  # fmt: skip
    return tenant


def ask(client: InProcess, start: Any = START, **more: Any):
    return client.post("/api/v1/trace/scope", json={"start": start, **more})


def labels(answer: dict[str, Any]) -> dict[str, str]:
    return {row["label"]: row["verdict"] for row in answer["rows"]}


def counted(answer: dict[str, Any], by: str) -> dict[str | None, int]:
    return {group["value"]: group["certain"] + group["possible"] for group in answer["summary"][by]["groups"]}


def test_a_lot_is_followed_to_units_box_and_dealer(plant, client) -> None:
    answer = ask(client, closure=True).json()
    assert labels(answer) == {
        "L1": "certain",
        "U1": "certain",
        "U2": "certain",
        "U3": "certain",
        BOX.uri[-18:]: "certain",
    }
    assert (answer["summary"]["certain"], answer["summary"]["starts"], answer["total"]) == (4, 1, 5)
    assert counted(answer, "kind") == {"unit": 3, "carrier": 1}
    # unpacked since, and still handed over to the dealer in the box
    assert counted(answer, "customer") == {"https://id.gs1.org/417/9523001000011": 3, None: 1}
    assert counted(answer, "product") == {"urn:suyuan:t:product:P": 3, None: 1}
    row = next(row for row in answer["rows"] if row["label"] == "U1")
    assert [(hop["label"], hop["biz_step"]) for hop in row["path"]] == [("L1", "assembling")]
    assert answer["summary"]["closure"] == 4
    assert answer["summary"]["excluded"] == 0


def test_pages_come_from_one_answer_in_the_order_asked_for(plant, client) -> None:
    first = ask(client, size=2, sort="kind").json()
    assert (len(first["rows"]), first["total"], first["next"]) == (2, 5, "2")
    with plant.open():
        from suyuan.trace import api

        api.record([event("urn:d:late", "2026-11-01T08:30:00Z", Participation(LOT, Role.INPUT, Decimal(1), "KGM"),
                          Participation(unit(9), Role.OUTPUT), kind=EventType.TRANSFORMATION)])  # fmt: skip
    rest = ask(client, size=2, sort="kind", answer=first["id"], cursor=first["next"]).json()
    assert (rest["id"], rest["total"], rest["next"]) == (first["id"], 5, "4")
    kinds = [row["kind"] for row in (*first["rows"], *rest["rows"])]
    assert kinds == sorted(kinds)
    from suyuan.trace.api.scoping import shelf

    shelf._kept.clear()  # another process, or a while later: worked out again as of then
    again = ask(client, size=2, sort="kind", answer=first["id"], cursor="4").json()
    assert (again["total"], len(again["rows"])) == (5, 1)
    assert ask(client).json()["total"] == 6


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"kind": "carrier"}, {BOX.uri[-18:]}),
        ({"product": "urn:suyuan:t:product:P", "customer": ""}, {"U3"}),
        ({"place": "urn:suyuan:t:place:dealer"}, {BOX.uri[-18:]}),
        ({"verdict": "possible"}, set()),
        ({"state": "sold"}, set()),
        ({"product": "nothing such"}, set()),
    ],
)
def test_rows_are_narrowed_down(plant, client, where, expected) -> None:
    assert set(labels(ask(client, where=where).json())) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ({"parameter": "oven"}, {"U2", "U3"}),
        ({"parameter": "oven", "high": 250}, {"U2"}),
        ({"parameter": "oven", "values": "between", "low": 220, "high": 251}, {"U1", "U2"}),
        ({"parameter": "no such"}, set()),
        ({"equipment": "urn:suyuan:t:equipment:M1", "since": "2026-11-01T09:00:00Z"}, {"U2", "U3"}),
        ({"equipment": "urn:suyuan:t:equipment:M1", "until": "2026-11-01T09:00:00Z"}, {"U1"}),
        ({"person": "urn:suyuan:t:person:P2"}, {"U2"}),
        ({"shift": "A", "order": "urn:suyuan:t:order:W1"}, {"U1", "U2", "U3"}),
        ({"source": "https://id.gs1.org/417/9521001000017"}, {"L1"}),
        ({"source": SUPPLIER, "step": "receiving"}, {"L1"}),
        ({"destination": DEALER}, {BOX.uri[-18:]}),
        ({"lot": CODE, "step": "assembling"}, {"U1", "U2", "U3"}),
        ({"step": "packing"}, {"U1", "U2"}),
        ({"step": "unpacking"}, {BOX.uri[-18:]}),
        ({"place": "urn:suyuan:t:place:dock"}, {BOX.uri[-18:]}),
    ],
)
def test_a_filter_over_events_starts_from_what_they_made_or_touched(plant, client, events, expected) -> None:
    found = client.post("/api/v1/trace/scope/start", json={"events": events})
    assert found.json()["items"] == len(expected), found.text
    answer = ask(client, {"events": events})
    if not expected:
        assert (answer.status_code, answer.json()["code"]) == (422, "trace.start_found_nothing")
        return
    assert {row["label"] for row in answer.json()["rows"] if row["role"] == "start"} == expected
    assert answer.json()["start"]["events"] == found.json()["events"]


@pytest.mark.parametrize("direction", ["forward", "back"])
def test_a_filter_that_matches_everything_is_answered_with_everything(plant, client, direction) -> None:
    everything = {"events": {"since": "1970-01-01T00:00:00Z"}}
    with plant.open() as tx:
        events = tx.value("SELECT count(*) FROM trace_event")
        names = {uri for (uri,) in tx.rows("SELECT uri FROM trace_item WHERE kind <> 'product'")}
    found = client.post("/api/v1/trace/scope/start", json=everything).json()
    assert (found["events"], found["items"]) == (events, len(names))
    answer = ask(client, everything, direction=direction).json()
    assert {row["uri"]: row["verdict"] for row in answer["rows"]} == dict.fromkeys(names, "certain")
    assert (answer["start"]["events"], answer["total"], answer["truncated"]) == (events, len(names), False)


def test_from_events_suspicion_begins_with_the_event(plant, client) -> None:
    answer = ask(client, {"events": {"step": "packing"}}).json()
    since = {row["label"]: row["since"] for row in answer["rows"]}
    assert since["U1"] == "2026-11-01T11:00:00Z"
    assert answer["start"]["first"] == answer["start"]["last"] == "2026-11-01T11:00:00Z"


def test_choices_name_shifts_and_parties_once(plant, client) -> None:
    choices = client.get("/api/v1/trace/scope/choices").json()
    assert choices["shifts"] == ["A"]
    assert [party["uri"] for party in choices["sources"]] == ["https://id.gs1.org/417/9521001000017"]


def test_back_from_units_finds_what_went_in(plant, client) -> None:
    answer = ask(client, {"codes": ["U1", "U2", "U2", " "]}, direction="back").json()
    assert answer["start"]["items"] == 2
    assert labels(answer)["L1"] == "certain"


def test_a_limit_says_what_it_cuts(plant, client) -> None:
    answer = ask(client, limit=2).json()
    assert answer["truncated"]
    assert answer["truncated_counts"]["items"] > 0
    assert not ask(client).json()["truncated"]


def test_as_of_an_earlier_day_nothing_was_known(plant, client) -> None:
    answer = ask(client, as_of="2020-01-01T00:00:00Z").json()
    assert labels(answer) == {"L1": "certain"}
    assert answer["known_as_of"] == "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"start": {}}, "trace.start_empty"),
        ({"start": {"codes": []}}, "trace.start_empty"),
        ({"start": {"codes": ["  "]}}, "trace.start_empty"),
        ({"start": {"events": {}}}, "trace.start_empty"),
        ({"start": {"events": {"low": 1, "high": 2}}}, "trace.start_empty"),
        ({"start": {"codes": [CODE], "events": {"step": "packing"}}}, "trace.start_ambiguous"),
        ({"start": {"codes": [CODE, "NOBODY-1"]}}, "portal.codes_unknown"),
        ({"start": {"codes": ["NOBODY-1"], "skip_unknown": True}}, "portal.codes_unknown"),
        ({"start": {"events": {"lot": "NOBODY-1"}}}, "coding.not_understood"),
        (
            {"start": {"events": {"since": "2026-11-02T00:00:00Z", "until": "2026-11-01T00:00:00Z"}}},
            "trace.window_inverted",
        ),
        ({"start": {"events": {"parameter": "oven", "low": 9, "high": 1}}}, "trace.window_inverted"),
        ({"start": {"events": {"step": "packing", "low": 1}}}, "trace.parameter_incomplete"),
        ({"start": {"events": {"parameter": "oven", "values": "between"}}}, "trace.parameter_incomplete"),
        ({"start": {"events": {"stpe": "packing"}}}, "chassis.body_malformed"),
        ({"start": START, "answer": "nonsense"}, "trace.no_such_answer"),
        ({"start": START, "direction": "sideways"}, "chassis.body_malformed"),
        ({"start": START, "sort": "colour"}, "chassis.body_malformed"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_leaves_nothing(plant, client, body, code) -> None:
    for path in ("/api/v1/trace/scope", "/api/v1/trace/scope/export"):
        answer = client.post(path, json=body)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"].startswith(code.split(".")[0])
        if not code.startswith("coding."):
            assert answer.json()["code"] == code
    with plant.open() as tx:
        assert tx.value("SELECT count(*) FROM trace_export") == 0


def test_another_questions_answer_is_not_given(plant, client) -> None:
    first = ask(client).json()
    other = ask(client, {"codes": ["U1"]}, answer=first["id"])
    assert (other.status_code, other.json()["code"]) == (422, "trace.no_such_answer")


def test_unknown_codes_can_be_left_out_and_are_told(plant, client) -> None:
    answer = ask(client, {"codes": [CODE, "NOBODY-1"], "skip_unknown": True}).json()
    assert answer["start"]["unknown"] == ["NOBODY-1"]
    assert answer["start"]["items"] == 1


def test_a_start_set_that_is_too_large_is_refused_whole(plant, client, monkeypatch) -> None:
    for module in ("starting", "scoping"):
        monkeypatch.setattr(f"suyuan.trace.api.{module}.MOST_STARTS", 2)
    answer = ask(client, {"events": {"step": "assembling"}})
    assert (answer.status_code, answer.json()["code"]) == (422, "trace.start_too_large")


# -- files and streams


def test_the_whole_scope_as_lines(plant, client) -> None:
    whole = client.post("/api/v1/trace/scope", json={"start": START}, headers={"Accept": "application/x-ndjson"})
    head, *rows, end = map(json.loads, whole.text.splitlines())
    assert (head["items"], len(rows), end) == (5, 5, {"end": True, "items": 5})
    assert {row["via"] for row in rows if row["label"] == "U1"} == {LOT.uri}


def test_the_whole_scope_as_parquet(plant, client) -> None:
    whole = client.post("/api/v1/trace/scope", json={"start": START}, headers={"Accept": PARQUET})
    assert whole.headers["content-type"] == PARQUET
    table = read_parquet(io.BytesIO(whole.content)).read_all()
    assert table.num_rows == 5
    assert set(table["verdict"].to_pylist()) == {"certain"}


def test_the_whole_scope_as_a_workbook(plant, client) -> None:
    whole = client.post("/api/v1/trace/scope", json={"start": START}, headers={"Accept": XLSX})
    book = openpyxl.load_workbook(io.BytesIO(whole.content))
    assert book.sheetnames == ["Summary", "Items"]
    assert {row[1].value for row in book["Items"].iter_rows(min_row=2)} == {"L1", "U1", "U2", "U3", BOX.uri[-18:]}


def made(client: InProcess, **more: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/v1/trace/scope/export", json={"start": START, **more})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "ndjson"])
def test_a_file_is_made_with_progress_and_is_for_its_maker_alone(plant, client, kind) -> None:
    *progress, last = made(client, format=kind, where={"kind": "unit"})
    assert progress[0] == {"done": 0, "total": 3}
    fetched = client.get(f"/api/v1/trace/scope/files/{last['file']['id']}")
    assert (fetched.status_code, len(fetched.content)) == (200, last["file"]["bytes"])
    assert last["file"]["name"] in fetched.headers["content-disposition"]
    other = InProcess()
    other.sign_in(plant.person())
    for identity in (last["file"]["id"], "..%2F..%2Fsecrets", "x" * 22):
        answer = other.get(f"/api/v1/trace/scope/files/{identity}")
        assert answer.status_code == 404


def test_an_export_is_on_record_before_it_leaves(plant, client) -> None:
    made(client, format="ndjson")
    rows = client.get("/api/v1/audit?table=trace_export").json()["rows"]
    assert rows[0]["after"]["items"] == 5
    assert rows[0]["after"]["question"]["direction"] == "forward"


def test_files_need_the_right_to_export(plant) -> None:
    reader = InProcess(plant.token("trace:item:read", "trace:event:read"))
    assert ask(reader).status_code == 200
    for accept in ("application/x-ndjson", XLSX):
        refused = reader.post("/api/v1/trace/scope", json={"start": START}, headers={"Accept": accept})
        assert refused.status_code == 403
    blind = InProcess(plant.token("trace:item:read"))
    assert ask(blind, {"events": {"step": "packing"}}).status_code == 403


# -- nobody waits any more


def test_work_stops_when_the_caller_has_left(plant) -> None:
    from suyuan.trace.api import scoping

    client = Caller()
    client.leave()
    with plant.open(), answering(client), pytest.raises(Fault) as refused:
        scoping.scope(ScopeSpec(Direction.FORWARD), EventStart(step="assembling"), ScopePage())
    assert refused.value.kind is CALLER_LEFT


def test_a_statement_ends_when_its_caller_leaves(plant) -> None:
    client = Caller()

    def sleep() -> None:
        with plant.open() as tx, client.interruptible(tx.connection):
            threading.Timer(0.3, client.leave).start()
            tx.execute("SELECT pg_sleep(60)")

    with pytest.raises(Fault) as refused:
        sleep()
    assert refused.value.kind is CALLER_LEFT
