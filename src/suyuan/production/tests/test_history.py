"""The production history tells how a unit was made: in order, with what, corrected where it was; also as PDF."""

from __future__ import annotations

from decimal import Decimal

from suyuan.production.tests.shop import at, carrier, inside, lot, made, seen, unit
from suyuan.trace.contracts import Action, EventType, Participation, Role

UNIT, PART, OTHER, GLUE, TRAY, BOX = unit("U1"), unit("P1"), unit("P2"), lot("G1"), carrier("T1"), carrier("B1")
TORQUE = {"type": "x", "suyuan:name": "torque", "value": 3.4, "uom": "NU", "suyuan:low": 1, "suyuan:high": 3}
ASSOCIATION, ORDER = EventType.ASSOCIATION, "urn:suyuan:t:order:7"


def _made(tenant) -> None:
    from suyuan.trace import api

    records = [
        made(
            "make", 0, UNIT, Participation(GLUE, Role.INPUT, Decimal("0.50"), "GRM"), work_order="urn:suyuan:t:order:7"
        ),
        inside("tray", 1, TRAY, UNIT, biz_step="packing", disposition="in_progress"),
        seen("oven", 2, TRAY, "sensor_reporting", document={"sensorElementList": [{"sensorReport": [TORQUE]}]}),
        inside("out", 3, TRAY, UNIT, action=Action.DELETE, biz_step="unpacking"),
        seen("oven-again", 4, TRAY, "sensor_reporting"),
        inside("put", 5, UNIT, PART, kind=ASSOCIATION, biz_step="assembling"),
        seen("ng", 6, UNIT, "inspecting", "non_conformant"),
        seen("wrong", 7, UNIT, "inspecting", "conformant"),
        inside("take", 8, UNIT, PART, kind=ASSOCIATION, action=Action.DELETE, biz_step="disassembling"),
        inside("put2", 9, UNIT, OTHER, kind=ASSOCIATION, biz_step="replacing"),
        seen("ok", 10, UNIT, "inspecting", "conformant"),
        inside("box", 11, BOX, UNIT, biz_step="packing"),
    ]
    with tenant.open():
        api.record(records)
        api.void(api.voidable(["urn:shop:wrong"]), "typed by mistake", declared=at(12))


def test_a_history_tells_how_a_unit_was_made(tenant, client) -> None:
    _made(tenant)
    told = client.get("/api/v1/production/history", params={"code": UNIT.uri}).json()
    steps = told["steps"]
    assert [(each["part"], each["result"]) for each in steps if not each["voided"] and not each["declares_error"]] == [
        ("made", "passed"), ("packed", "passed"), ("subject", "passed"), ("unpacked", "passed"),
        ("assembled", "passed"), ("subject", "failed"), ("dismantled", "rework"), ("assembled", "rework"),
        ("subject", "passed"), ("packed", "passed"),
    ]  # fmt: skip
    assert [each["waited_seconds"] for each in steps[:3]] == [None, 60, 60]
    summary = told["summary"]
    assert (summary["steps"], summary["lead_seconds"], summary["inspections"]) == (10, 660, 2)
    assert (summary["failed"], summary["reworks"], summary["corrected"]) == (1, 2, 1)
    assert (summary["measured"], summary["out_of_limits"]) == (1, 1)
    assert told["work_orders"] == ["urn:suyuan:t:order:7"]


def test_what_happened_to_the_tray_belongs_to_the_unit_only_while_it_was_inside(tenant, client) -> None:
    _made(tenant)
    steps = client.get("/api/v1/production/history", params={"code": UNIT.uri}).json()["steps"]
    carried = [(each["event_id"], each["carried_by"]) for each in steps if each["carried_by"]]
    assert carried == [("urn:shop:oven", "T1")]


def test_what_a_tank_holds_after_it_was_cleaned_is_no_part_of_what_was_in_it_before(tenant, client) -> None:
    from suyuan.trace import api

    tank = carrier("TANK")
    records = [
        made("milk", 0, lot("M1")),
        inside("filled", 1, tank, lot("M1"), biz_step="storing"),
        seen("warm", 2, tank, "sensor_reporting"),
        seen("cleaned", 3, tank, "urn:suyuan:vocab:step:cleaning", cleans=True),
        seen("warm-again", 4, tank, "sensor_reporting"),
    ]
    with tenant.open():
        api.record(records)
    steps = client.get("/api/v1/production/history", params={"code": lot("M1").uri}).json()["steps"]
    assert [each["event_id"] for each in steps] == [
        f"urn:shop:{name}" for name in ("milk", "filled", "warm", "cleaned")
    ]


def test_materials_stand_with_quantities_and_parts_with_when_they_were_taken_out(tenant, client) -> None:
    _made(tenant)
    used = client.get("/api/v1/production/history", params={"code": UNIT.uri}).json()["materials"]
    assert [(each["item"]["label"], each["how"], each["quantity"], bool(each["taken_out_at"])) for each in used] == [
        ("G1", "consumed", "0.50", False), ("P1", "put_in", None, True), ("P2", "put_in", None, False),
    ]  # fmt: skip


def test_what_was_declared_wrong_is_shown_and_does_not_count(tenant, client) -> None:
    _made(tenant)
    steps = client.get("/api/v1/production/history", params={"code": UNIT.uri}).json()["steps"]
    wrong = [each for each in steps if each["event_id"] == "urn:shop:wrong"]
    assert [(each["voided"], each["declares_error"], each["note"]) for each in wrong] == [
        (True, False, "typed by mistake"), (False, True, "typed by mistake"),
    ]  # fmt: skip


def _measured(tenant, count: int, **more) -> None:
    """Record a torque of 1.0, 1.1, … of as many units, a minute apart, on one screwdriver; U4's is too much."""
    from suyuan.trace import api

    def report(value: float, high: int) -> dict[str, object]:
        return {"sensorElementList": [{"sensorReport": [{**TORQUE, "value": value, "suyuan:high": high}]}]}

    records = []
    for number in range(count):
        value, high = (3.4 if number == 4 else 1 + number / 10), (3 if number != 7 else 9)
        records.append(
            seen(f"t{number}", number, unit(f"U{number}"), "assembling", equipment="urn:suyuan:t:equipment:S1",
                 document=report(value, high), **more)
        )  # fmt: skip
    other = {"equipment": "urn:suyuan:t:equipment:S2", "document": report(2.0, 3)}
    records.append(seen("elsewhere", 4, unit("V1"), "assembling", **other))
    with tenant.open():
        api.record(records)
        api.void(api.voidable(["urn:shop:t3"]), "typed by mistake", declared=at(90))


def test_what_was_measured_stands_beside_the_neighbours_on_the_same_machine(tenant, client) -> None:
    _measured(tenant, 20)
    told = client.get("/api/v1/production/history/neighbours", params={"code": unit("U4").uri}).json()
    (series,) = told["series"]
    assert (series["name"], series["low"], series["high"], series["outside"]) == ("torque", "1", "3", True)
    # eight each way, less the voided one and the one that was judged by other limits
    near = [0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12]
    assert [each["label"] for each in series["points"]] == [f"U{number}" for number in near]
    assert [each["label"] for each in series["points"] if each["own"]] == ["U4"]
    assert [each["ok"] for each in series["points"]].count(False) == 1
    assert series["median"] == "1.7"
    pdf = client.get("/api/v1/production/history/pdf", params={"code": unit("U4").uri})
    assert pdf.content.startswith(b"%PDF-")
    lonely = client.get("/api/v1/production/history/neighbours", params={"code": unit("V1").uri}).json()
    assert [len(each["points"]) for each in lonely["series"]] == [1]


def test_a_history_is_printed_with_its_fonts_in_either_language(tenant, client) -> None:
    _made(tenant)
    for language in ("zh", "en"):
        answer = client.get(
            "/api/v1/production/history/pdf", params={"code": UNIT.uri}, headers={"Accept-Language": language}
        )
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert b"NotoSansCJK" in answer.content


def test_a_code_that_no_event_names_is_refused(tenant, client) -> None:
    answer = client.get("/api/v1/production/history", params={"code": "urn:suyuan:t:unit:nothing"})
    assert (answer.status_code, answer.json()["code"]) == (404, "coding.not_on_record")
