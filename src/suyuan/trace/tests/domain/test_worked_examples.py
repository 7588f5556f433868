"""The worked examples of docs/reference/trace-semantics.md, each forward and backward."""

from __future__ import annotations

import pytest

from suyuan.trace.contracts import GapKind, Reason
from suyuan.trace.tests.domain.plant import CERTAIN, EXCLUDED, POSSIBLE, Plant, at


def test_01_reel_change() -> None:
    plant = Plant()
    plant.lots("R1", "R2", product="reel")
    boards = [f"b{number}" for number in range(1, 111)]
    plant.units(*boards, product="board", lot="W")
    for number, board in enumerate(boards, start=1):
        reels = ["R1"] if number <= 50 else ["R1", "R2"] if number <= 100 else ["R2"]
        plant.make(f"{8 + number // 60}:{number % 60:02}", reels, [board])
    told = plant.forward("R1")
    assert told.of("b1", "b50", "b51", "b100") == [CERTAIN, CERTAIN, POSSIBLE, POSSIBLE]
    assert {told[board] for board in boards[100:]} == {EXCLUDED}
    assert {told.reason(board) for board in boards[100:]} == {Reason.OWN_RECORD}
    assert len(told.listed) == 101
    assert plant.back("b1")["R1"] is CERTAIN
    assert plant.back("b51")["R1"] is POSSIBLE
    assert plant.back("b101")["R1"] is EXCLUDED
    assert plant.back("b101").reason("R1") is Reason.OWN_RECORD


def tank_day(*, cleaned: bool = False, emptied: bool = False) -> Plant:
    plant = Plant()
    plant.carriers("T")
    plant.lots("A", "B", product="milk")
    plant.lots("F1", "F2", product="filled")
    plant.put("8:00", "A", into="T")
    plant.make("8:30", ["T"], ["F1"])
    if cleaned:
        plant.clean("8:50", "T")
    if emptied:
        plant.empty("8:50", "T")
    plant.put("9:00", "B", into="T")
    plant.make("9:30", ["T"], ["F2"])
    return plant


def test_02_tank_mixed() -> None:
    plant = tank_day()
    told = plant.forward("B")
    assert told.of("F1", "F2") == [EXCLUDED, POSSIBLE]
    assert told.reason("F1") is Reason.BEFORE
    assert plant.back("F2").of("A", "B") == [POSSIBLE, POSSIBLE]
    assert plant.back("F1").of("A", "B") == [CERTAIN, EXCLUDED]
    assert plant.back("F1").reason("B") is Reason.BEFORE


def test_02_tank_cleaned() -> None:
    plant = tank_day(cleaned=True)
    assert plant.forward("B")["F2"] is CERTAIN
    assert plant.forward("A").of("F1", "F2") == [CERTAIN, EXCLUDED]
    assert plant.forward("A").reason("F2") is Reason.CLEANED
    assert plant.back("F2").of("A", "B") == [EXCLUDED, CERTAIN]
    assert plant.back("F2").reason("A") is Reason.CLEANED


def test_02_tank_emptied() -> None:
    plant = tank_day(emptied=True)
    assert plant.forward("A").of("F1", "F2") == [CERTAIN, POSSIBLE]
    assert plant.back("F2")["A"] is POSSIBLE
    assert plant.forward("A", emptied_ends=True)["F2"] is EXCLUDED
    assert plant.back("F2", emptied_ends=True)["A"] is EXCLUDED


def test_03_reused_tote() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("x", "y")
    plant.put("8:00", "x", into="K")
    plant.take("12:00", "x", out_of="K")
    plant.put("13:00", "y", into="K")
    shipment = plant.ship("15:00", "K")
    told = plant.forward("x")
    assert (told["y"], told.reason("y")) == (EXCLUDED, Reason.OTHER_LOAD)
    assert told.event(shipment) == (EXCLUDED, Reason.OTHER_LOAD)
    assert told["K"] is CERTAIN
    assert told.labels("K") == [(CERTAIN, at("8:00"), at("12:00"))]
    assert plant.back("y")["x"] is EXCLUDED
    assert plant.back("y").reason("x") is Reason.OTHER_LOAD
    assert plant.back("y")["K"] is CERTAIN


def test_04_box_taken_off_before_shipping() -> None:
    plant = Plant()
    plant.carriers("box", "pallet")
    plant.units("u")
    plant.put("9:00", "u", into="box")
    plant.put("10:00", "box", into="pallet")
    plant.take("10:30", "box", out_of="pallet")
    shipment = plant.ship("11:00", "pallet")
    told = plant.forward("u")
    assert told.event(shipment) == (EXCLUDED, Reason.UNLOADED)
    assert told.of("box", "pallet") == [CERTAIN, CERTAIN]
    assert told.labels("pallet") == [(CERTAIN, at("10:00"), at("10:30"))]
    assert plant.back("pallet").of("u", "box") == [CERTAIN, CERTAIN]
    assert plant.back("pallet", at_time="9:30").of("u", "box") == [EXCLUDED, EXCLUDED]


def test_05_rework() -> None:
    plant = Plant()
    plant.lots("solder")
    plant.units("p", "q", "u", "v", "w")
    plant.make("7:00", ["solder"], ["p"])
    plant.put("8:00", "p", "q", into="u")
    plant.take("9:00", "p", "q", out_of="u")
    plant.put("10:00", "p", into="v")
    plant.put("10:00", "q", into="w")
    told = plant.forward("solder")
    assert told.labels("u") == [(CERTAIN, at("8:00"), at("9:00"))]
    assert told.labels("v") == [(CERTAIN, at("10:00"), None)]
    assert (told["q"], told.reason("q")) == (EXCLUDED, Reason.SIBLING)
    assert told["w"] is EXCLUDED
    for whole in ("u", "v"):
        assert plant.back(whole).of("solder", "p") == [CERTAIN, CERTAIN]
    assert plant.back("w").of("solder", "q") == [EXCLUDED, CERTAIN]


def test_05_rework_recorded_as_a_transformation_into_parts() -> None:
    plant = Plant()
    plant.lots("solder", "glue")
    plant.units("p", "q", "u", "v", "w")
    plant.make("7:00", ["solder"], ["p"])
    plant.put("8:00", "p", "q", into="u")
    plant.make("8:30", ["glue"], ["u"])
    plant.make("9:00", ["u"], ["p", "q"])
    plant.put("10:00", "p", into="v")
    plant.put("10:00", "q", into="w")
    told = plant.forward("solder")
    assert told.of("p", "u", "v", "q", "w") == [CERTAIN, CERTAIN, CERTAIN, EXCLUDED, EXCLUDED]
    assert plant.forward("glue").of("u", "p", "q", "v") == [CERTAIN, EXCLUDED, EXCLUDED, EXCLUDED]
    assert plant.back("w").of("solder", "glue", "q") == [EXCLUDED, EXCLUDED, CERTAIN]


def test_06_feed_corrected_next_day() -> None:
    plant = Plant()
    plant.lots("wrong", "right", "y")
    entry = plant.make("8:00", ["wrong"], ["y"])
    plant.void(entry, "day 2 8:00")
    plant.make("8:00", ["right"], ["y"], recorded="day 2 8:00")
    today = plant.forward("wrong")
    assert (today["y"], today.reason("y")) == (EXCLUDED, Reason.VOIDED)
    assert plant.forward("right")["y"] is CERTAIN
    yesterday = "8:30"
    assert plant.forward("wrong", as_of=yesterday)["y"] is CERTAIN
    then = plant.forward("right", as_of=yesterday)
    assert (then["y"], then.reason("y")) == (EXCLUDED, Reason.NOT_KNOWN_THEN)
    assert plant.back("y").of("wrong", "right") == [EXCLUDED, CERTAIN]
    assert plant.back("y").reason("wrong") is Reason.VOIDED
    assert plant.back("y", as_of=yesterday).of("wrong", "right") == [CERTAIN, EXCLUDED]


@pytest.mark.parametrize("synced", [None, "13:00"])
def test_07_late_sync_equals_live_entry(synced: str | None) -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("x", "y")
    late = {"recorded": synced} if synced else {}
    plant.put("9:00", "x", into="K", **late)
    plant.take("10:00", "x", out_of="K", **late)
    plant.put("11:00", "y", into="K")
    shipment = plant.ship("12:00", "K")
    told = plant.forward("x")
    assert told.listed == {"x": CERTAIN, "K": CERTAIN}
    assert told.event(shipment) == (EXCLUDED, Reason.OTHER_LOAD)
    assert plant.back("K").of("x", "y") == [CERTAIN, CERTAIN]


def test_08_diamond() -> None:
    plant = Plant()
    plant.lots("L")
    plant.units("a", "b", "u")
    plant.make("8:00", ["L"], ["a"])
    plant.make("8:30", ["L"], ["b"])
    plant.make("9:00", ["a", "b"], ["u"])
    told = plant.forward("L")
    rows = [item for item in told.answer.items if item.item == plant.id("u")]
    assert [(row.verdict, row.depth) for row in rows] == [(CERTAIN, 2)]
    assert {(e.source, e.target) for e in told.answer.edges} == {
        (plant.id(one), plant.id(other)) for one, other in [("L", "a"), ("L", "b"), ("a", "u"), ("b", "u")]
    }
    back = plant.back("u")
    assert back.of("a", "b", "L") == [CERTAIN] * 3
    assert [item.depth for item in back.answer.items if item.item == plant.id("L")] == [2]


def test_09_lot_scanned_downstream() -> None:
    plant = Plant()
    plant.lots("R1", "W")
    plant.units("b1", "b2", lot="W")
    plant.units("d")
    plant.make("8:00", ["R1"], ["b1"])
    plant.commission("8:00", "b2", lot="W")
    plant.make("10:00", ["W"], ["d"])
    assert plant.forward("R1").of("b1", "d") == [CERTAIN, POSSIBLE]
    assert plant.back("d").of("W", "b1", "b2", "R1") == [CERTAIN, POSSIBLE, POSSIBLE, POSSIBLE]


def test_10_run_outlasts_a_load() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.lots("A", "B", product="milk")
    plant.put("8:00", "A", into="T")
    plant.make("8:30", ["T"], [], transformation_id="P")
    plant.put("9:00", "B", into="T")
    plant.make("9:30", [], ["F"], transformation_id="P")
    assert plant.forward("B")["F"] is POSSIBLE
    assert plant.back("F")["B"] is POSSIBLE


def test_11_back_flush() -> None:
    plant = Plant()
    plant.lots("X", "Y", "W")
    plant.make("10:00", ["Y"], ["W"])
    plant.make("12:00", ["X"], ["Y"])
    told = plant.forward("X")
    assert told.of("Y", "W") == [CERTAIN, POSSIBLE]
    assert told.gaps(GapKind.USED_BEFORE_MADE) >= {"Y"}
    assert plant.back("W").of("X", "Y") == [POSSIBLE, CERTAIN]
    assert plant.back("W").gaps(GapKind.USED_BEFORE_MADE) >= {"Y"}


def test_11_labels_first() -> None:
    plant = Plant()
    plant.lots("X", "W")
    plant.commission("8:00", "u", lot="W")
    plant.make("9:00", ["X"], ["W"])
    assert plant.forward("X")["u"] is POSSIBLE
    assert plant.back("u").of("W", "X") == [CERTAIN, POSSIBLE]


def test_11_declared_booking_lag() -> None:
    plant = Plant()
    plant.lots("X", "Y", "Z", "V", "W")
    plant.make("9:00", ["V"], ["Y"])
    plant.make("10:00", ["Y"], ["W"])
    plant.make("12:00", ["X"], ["Y"], lag=180)
    assert plant.forward("X").of("Y", "W") == [CERTAIN, POSSIBLE]
    assert plant.back("W")["X"] is POSSIBLE


def test_12_part_taken() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.lots("x", "y")
    plant.put("8:00", "100 kg x", into="K")
    plant.take("8:30", "10 kg x", out_of="K")
    plant.make("9:00", ["K"], ["y"])
    assert plant.forward("x")["y"] is CERTAIN
    assert plant.back("y")["x"] is CERTAIN


@pytest.mark.parametrize("tolerance", [0, 1])
def test_12_same_minute(tolerance: float) -> None:
    plant = Plant()
    plant.carriers("K")
    plant.lots("x", "y")
    plant.put("8:00", "x", into="K")
    plant.take("9:00", "x", out_of="K")
    plant.make("9:00", ["K"], ["y"])
    assert plant.forward("x", tolerance=tolerance)["y"] is POSSIBLE
    assert plant.back("y", tolerance=tolerance)["x"] is POSSIBLE


def test_13_missed_scan() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("x")
    seen = plant.see("9:00", "x", inside="K")
    shipment = plant.ship("10:00", "K", to="D")
    told = plant.forward("x")
    assert told.event(shipment) == (CERTAIN, None)
    assert told.gaps(GapKind.SEEN_NOT_ADDED) == {"x"}
    assert told.event(seen) == (CERTAIN, None)
    assert any(condition.uri == "D" for condition in told.answer.conditions)
    assert plant.back("K")["x"] is CERTAIN


def test_14_dirty_tank() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.lots("A", "F0", "F1", "F2", "F3", "B")
    plant.units("sample")
    plant.put("5:00", "A", into="T")
    plant.make("6:00", ["T"], ["F0"])
    plant.take("6:30", "A", out_of="T")
    plant.put("7:30", "B", "sample", into="T")
    plant.make("8:00", ["T"], ["F1"])
    plant.make("9:00", ["B"], ["F2"])
    told = plant.forward("T", since="7:00")
    assert told.of("A", "F0", "B", "sample", "F1", "F2") == [EXCLUDED, EXCLUDED, POSSIBLE, CERTAIN, CERTAIN, POSSIBLE]
    assert told.reason("A") is Reason.BEFORE
    assert plant.back("F1")["T"] is CERTAIN
    assert plant.back("sample")["T"] is CERTAIN
    assert plant.back("F2")["T"] is POSSIBLE
    plant.clean("10:00", "T")
    plant.put("11:00", "F3", into="T")
    assert plant.forward("T", since="7:00")["F3"] is EXCLUDED
    assert plant.forward("T", since="7:00").reason("F3") is Reason.CLEANED
