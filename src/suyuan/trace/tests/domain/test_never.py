"""What must never happen (docs/reference/trace-semantics.md, "Never"), and the gaps that must be told."""

from __future__ import annotations

from suyuan.trace.contracts import GapKind, Reason
from suyuan.trace.domain.answer import Doubt
from suyuan.trace.tests.domain.plant import CERTAIN, EXCLUDED, POSSIBLE, Plant, at


def test_a_reused_carrier_never_links_two_loads() -> None:
    plant = Plant()
    plant.carriers("tote")
    plant.units(*(f"u{n}" for n in range(20)))
    plant.units(*(f"p{n}" for n in range(20)))
    for n in range(20):
        plant.put(f"{n + 1}:00", f"u{n}", into="tote")
        plant.make(f"{n + 1}:20", ["tote"], [f"p{n}"])
        plant.take(f"{n + 1}:40", out_of="tote")
    for n in range(20):
        assert set(plant.forward(f"u{n}").listed) == {f"u{n}", "tote", f"p{n}"}
        assert set(plant.back(f"p{n}").listed) == {f"p{n}", "tote", f"u{n}"}


def test_a_suspect_carrier_that_made_nothing_dirty_after_cleaning() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.lots("x", "y")
    plant.make("8:00", ["x"], ["T"])
    plant.make("9:00", ["T"], ["F1"])
    plant.clean("10:00", "T")
    plant.put("11:00", "y", into="T")
    plant.make("12:00", ["T"], ["F2"])
    told = plant.forward("x")
    assert told.of("T", "F1", "y", "F2") == [CERTAIN, CERTAIN, EXCLUDED, EXCLUDED]
    assert plant.back("F1")["x"] is CERTAIN
    assert plant.back("F2")["x"] is EXCLUDED


def test_a_later_ingredient_never_reaches_an_earlier_product() -> None:
    plant = Plant()
    plant.lots("x", "y", "z", "early", "late")
    plant.make("8:00", ["y"], ["early"])
    plant.make("8:00", ["z"], ["y2"])
    plant.make("9:00", ["x", "z"], ["y"])
    plant.make("10:00", ["y"], ["late"])
    plant.make("7:00", ["z"], ["y"])
    told = plant.forward("x")
    assert told.of("early", "late") == [EXCLUDED, POSSIBLE]
    assert told.reason("early") is Reason.BEFORE
    assert plant.back("early")["x"] is EXCLUDED


def test_a_cycle_is_shown_and_no_item_causes_itself() -> None:
    plant = Plant()
    plant.units("a", "b", "c")
    plant.make("8:00", ["a"], ["b"])
    plant.make("9:00", ["b"], ["c"])
    plant.make("10:00", ["c"], ["a"])
    plant.make("11:00", ["a"], ["b"])
    for name in ("a", "b", "c"):
        for told in (plant.forward(name), plant.back(name)):
            rows = [row for row in told.answer.items if row.item == plant.id(name)]
            assert len(rows) == 1
            assert rows[0].role == "start"
    edges = {(plant.name(e.source), plant.name(e.target)) for e in plant.forward("a").answer.edges}
    assert edges == {("a", "b"), ("b", "c"), ("c", "a")}


def test_things_packed_into_each_other_by_mistake_do_not_loop() -> None:
    plant = Plant()
    plant.carriers("K", "L")
    plant.units("x")
    plant.put("8:00", "x", into="K")
    plant.put("8:10", "K", into="L")
    plant.put("8:20", "L", into="K")
    assert plant.forward("x").of("K", "L") == [CERTAIN, CERTAIN]
    assert plant.back("K")["x"] is CERTAIN


def test_depth_is_not_limited_and_a_limit_is_told() -> None:
    plant = Plant()
    plant.units(*(f"u{n}" for n in range(60)))
    for n in range(59):
        plant.make(f"8:{n:02}", [f"u{n}"], [f"u{n + 1}"])
    whole = plant.forward("u0")
    assert whole["u59"] is CERTAIN
    assert not whole.answer.truncated
    assert plant.back("u59")["u0"] is CERTAIN
    cut = plant.forward("u0", depth=5)
    assert set(cut.listed) == {f"u{n}" for n in range(6)}
    assert cut.answer.truncated
    assert cut.answer.truncated_counts["items"] == 1
    assert plant.forward("u0", limit=3).answer.truncated
    assert plant.back("u59", depth=5).answer.truncated_counts == {"items": 54}


def test_gap_used_before_anything_made_or_received_it() -> None:
    plant = Plant()
    plant.lots("x", "y", "z")
    plant.ship("7:00", "z")
    plant.make("8:00", ["x"], ["y"])
    assert plant.back("y").gaps(GapKind.USED_BEFORE_MADE) == {"x"}
    plant.about("7:30", "x", biz_step="receiving")
    assert plant.back("y").gaps(GapKind.USED_BEFORE_MADE) == set()


def test_gap_process_without_inputs_or_outputs() -> None:
    plant = Plant()
    plant.lots("x", "y")
    into_nothing = plant.make("8:00", ["x"], [])
    from_nothing = plant.make("8:00", [], ["y"])
    assert [g.event for g in plant.forward("x").answer.gaps if g.kind is GapKind.NO_OUTPUTS] == [into_nothing.number]
    assert [g.event for g in plant.back("y").answer.gaps if g.kind is GapKind.NO_INPUTS] == [from_nothing.number]


def test_gap_a_child_in_two_places_and_both_stand() -> None:
    plant = Plant()
    plant.carriers("K", "L")
    plant.units("x")
    plant.put("8:00", "x", into="K")
    plant.put("9:00", "x", into="L")
    first = plant.ship("10:00", "K")
    second = plant.ship("10:00", "L")
    told = plant.forward("x")
    assert told.gaps(GapKind.TWO_PLACES) == {"x"}
    assert told.event(first) == told.event(second) == (CERTAIN, None)


def test_gap_contents_unknown() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.make("8:00", ["K"], ["y"])
    assert plant.back("y").gaps(GapKind.CONTENTS_UNKNOWN) == {"K"}


def test_gap_output_of_a_process_in_a_carrier_that_is_never_put_anywhere() -> None:
    plant = Plant()
    plant.carriers("T", "K")
    plant.put("7:00", "x", into="T")
    plant.make("8:00", ["T"], ["y", "z"])
    plant.put("8:10", "z", into="K")
    assert plant.forward("x").gaps(GapKind.OUTPUT_NOT_PLACED) == {"y"}


def test_gap_a_unit_whose_lot_nobody_made() -> None:
    plant = Plant()
    plant.lots("W", "V")
    plant.commission("8:00", "u", lot="W")
    plant.commission("8:00", "v", lot="V")
    plant.about("7:00", "V", biz_step="receiving")
    assert plant.back("u").gaps(GapKind.LOT_UNKNOWN) == {"u"}
    assert plant.back("v").gaps(GapKind.LOT_UNKNOWN) == set()


def test_gap_a_class_named_without_a_lot() -> None:
    plant = Plant()
    plant.classes("salt")
    plant.make("8:00", ["salt", "x"], ["y"])
    assert plant.forward("x").gaps(GapKind.CLASS_WITHOUT_LOT) == {"salt"}
    assert plant.back("y").gaps(GapKind.CLASS_WITHOUT_LOT) == {"salt"}


def test_seen_or_taken_out_without_having_been_put_in() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("x", "w")
    plant.put("6:00", "w", into="K")
    before = plant.ship("6:10", "K")
    plant.take("6:30", "w", out_of="K")
    between = plant.ship("8:00", "K")
    plant.take("9:00", "x", out_of="K")
    told = plant.forward("x")
    assert told.gaps(GapKind.SEEN_NOT_ADDED) == {"x"}
    assert told.event(between) == (POSSIBLE, None)
    assert told.event(before) == (EXCLUDED, Reason.BEFORE)


def test_a_possible_item_says_why() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.lots("A", "B", product="milk")
    plant.put("8:00", "A", into="T")
    plant.put("9:00", "B", into="T")
    plant.make("9:30", ["T"], ["F"])
    row = plant.forward("B").answer.item(plant.id("F"))
    assert row is not None
    assert row.doubts == (Doubt.MIXED,)
    assert row.path[0].through == (plant.id("T"),)


def test_partial_lots_shipments_and_members() -> None:
    plant = Plant()
    plant.lots("x", "y", "W")
    plant.make("7:00", ["y"], ["W"])
    plant.make("8:00", ["x"], ["W"])
    plant.commission("7:30", "early", lot="W")
    plant.commission("8:30", "late", lot="W")
    shipment = plant.ship("9:00", "W")
    told = plant.forward("x")
    assert told.of("W", "early", "late") == [CERTAIN, EXCLUDED, POSSIBLE]
    assert told.reason("early") is Reason.BEFORE
    assert told.event(shipment) == (POSSIBLE, None)
    assert plant.back("late").of("x", "y") == [POSSIBLE, POSSIBLE]
    assert plant.back("early").of("x", "y") == [EXCLUDED, CERTAIN]


def test_one_single_unit_with_counted_inputs_takes_both() -> None:
    plant = Plant()
    plant.lots("R1", "R2", product="screws")
    plant.units("d", "e", "f")
    plant.make("8:00", ["5 pcs R1", "3 pcs R2"], ["d"])
    plant.make("9:00", ["5 pcs R1", "R2"], ["e"])
    assert plant.forward("R1").of("d", "e") == [CERTAIN, POSSIBLE]
    assert plant.back("d").of("R1", "R2") == [CERTAIN, CERTAIN]
    assert plant.forward("R1", "R2").of("d", "e") == [CERTAIN, CERTAIN]


def test_bill_of_materials_alternatives_are_rivals() -> None:
    plant = Plant()
    plant.lots("R1", product="tin")
    plant.lots("R2", product="lead")
    plant.make("8:00", ["R1", "R2"], ["d"])
    assert plant.forward("R1")["d"] is CERTAIN
    plant.alternatives = {"lead": ["tin"]}
    assert plant.forward("R1")["d"] is POSSIBLE


def test_cross_contact_only_if_asked() -> None:
    plant = Plant()
    plant.carriers("box1", "box2", "pallet")
    plant.units("x", "y", "z", "later")
    plant.put("8:00", "x", into="box1")
    plant.put("8:00", "y", into="box2")
    plant.put("9:00", "box1", "box2", into="pallet")
    plant.take("10:00", "box1", out_of="pallet")
    plant.put("11:00", "later", into="pallet")
    plant.make("12:00", ["y"], ["z"])
    plain = plant.forward("x")
    assert plain.of("y", "z", "later") == [EXCLUDED, EXCLUDED, EXCLUDED]
    assert plain.reason("y") is Reason.SIBLING
    asked = plant.forward("x", siblings=True)
    assert asked.of("y", "z", "later") == [POSSIBLE, POSSIBLE, EXCLUDED]
    assert plant.back("z", siblings=True)["x"] is POSSIBLE
    assert plant.back("z")["x"] is EXCLUDED


def test_swap_within_the_same_minute_unloads_the_old_load_only() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("x", "y")
    plant.put("8:00", "x", into="K")
    plant.put("9:00", "y", into="K")
    plant.take("9:00", out_of="K")
    shipment = plant.ship("10:00", "K")
    assert plant.forward("x").event(shipment) == (EXCLUDED, Reason.OTHER_LOAD)
    assert plant.forward("y").event(shipment) == (POSSIBLE, None)
    assert plant.forward("x").labels("K") == [(CERTAIN, at("8:00"), at("9:00"))]
