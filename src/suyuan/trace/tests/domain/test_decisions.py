"""The numbered decisions of docs/reference/trace-semantics.md, "Where the rules alone leave it open"."""

from __future__ import annotations

from suyuan.trace.contracts import Reason
from suyuan.trace.domain.answer import Doubt
from suyuan.trace.tests.domain.plant import CERTAIN, EXCLUDED, POSSIBLE, Plant, Told, at


def doubts(told: Told, name: str) -> tuple[Doubt, ...]:
    row = told.answer.item(told.plant.id(name))
    assert row is not None
    return row.doubts


def test_1_a_thing_made_and_used_in_the_same_minute_is_certain() -> None:
    plant = Plant()
    plant.units("u", "v")
    plant.make("8:00", ["R"], ["u"])
    plant.make("8:00", ["u"], ["v"])
    assert plant.forward("R")["v"] is CERTAIN
    assert plant.forward("u", since="8:00")["v"] is POSSIBLE
    assert plant.back("v")["R"] is CERTAIN


def test_2_what_came_into_a_container_during_a_run_is_possible() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.put("8:00", "milk", into="T")
    plant.make("8:30", ["T"], [], transformation_id="P")
    plant.put("9:00", "salt", into="T")
    plant.make("9:30", [], ["F"], transformation_id="P")
    assert plant.forward("milk")["F"] is CERTAIN
    told = plant.forward("salt")
    assert (told["F"], doubts(told, "F")) == (POSSIBLE, (Doubt.PRESENCE,))


def test_3_parts_go_with_their_unit() -> None:
    plant = Plant()
    plant.units("u1", "u2", product="module")
    plant.units("p1", "p2", product="cell")
    plant.units("d1", "d2", "e", product="device")
    plant.put("8:00", "p1", into="u1")
    plant.put("8:00", "p2", into="u2")
    plant.make("9:00", ["u1", "u2"], ["d1", "d2"])
    assert plant.forward("p1")["d1"] is POSSIBLE
    plant.make("9:00", ["u1"], ["e"])
    assert plant.forward("p1")["e"] is CERTAIN


def test_4_seen_without_having_been_put_in() -> None:
    plant = Plant()
    plant.carriers("K", "L")
    plant.units("x")
    plant.take("7:00", "x", out_of="L")
    early = plant.ship("6:00", "K")
    shipment = plant.ship("9:00", "K")
    plant.see("10:00", "x", inside="K")
    told = plant.forward("x")
    assert told.event(shipment) == (POSSIBLE, None)
    assert told.event(early) == (EXCLUDED, Reason.BEFORE)


def test_5_serials_beside_the_lot() -> None:
    plant = Plant()
    plant.lots("W")
    plant.units("w1", "w2", "w3", lot="W")
    named = plant.ship("9:00", "2 pcs W", "w1", "w2")
    open_ = plant.ship("10:00", "3 pcs W", "w1", "w2")
    assert plant.forward("w3").event(named) == (EXCLUDED, Reason.OWN_RECORD)
    assert plant.forward("w3").event(open_) == (POSSIBLE, None)


def test_6_a_lot_treated_as_a_whole() -> None:
    plant = Plant()
    plant.lots("W", "gas")
    plant.commission("8:00", "early", lot="W")
    plant.make("9:00", ["W", "gas"], ["W"])
    plant.commission("10:00", "late", lot="W")
    told = plant.forward("gas")
    assert told.of("W", "early", "late") == [CERTAIN, POSSIBLE, POSSIBLE]
    assert plant.back("early")["gas"] is POSSIBLE


def test_7_a_suspect_container_and_the_members_of_a_lot_in_it() -> None:
    plant = Plant()
    plant.carriers("truck")
    plant.lots("W")
    plant.commission("8:00", "u", lot="W")
    plant.put("9:00", "W", into="truck")
    plant.take("10:00", "W", out_of="truck")
    plant.commission("11:00", "later", lot="W")
    assert plant.forward("truck").of("W", "u") == [POSSIBLE, POSSIBLE]
    assert plant.back("u")["truck"] is POSSIBLE


def test_8_a_container_as_output() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.units("held", "next")
    plant.make("8:00", ["x"], ["K"])
    plant.put("8:05", "held", into="K")
    shipment = plant.ship("8:30", "K")
    plant.take("9:00", "held", out_of="K")
    plant.put("10:00", "next", into="K")
    told = plant.forward("x")
    assert told.of("K", "held", "next") == [CERTAIN, POSSIBLE, EXCLUDED]
    assert told.event(shipment) == (CERTAIN, None)
    assert told.labels("K")[0] == (CERTAIN, at("8:00"), at("9:00"))


def test_9_an_unopened_box_in_a_suspect_truck() -> None:
    plant = Plant()
    plant.carriers("truck", "sealed", "open")
    plant.units("u", "next", "d")
    plant.put("7:00", "u", into="open")
    plant.put("8:00", "sealed", "open", into="truck")
    plant.make("9:00", ["sealed"], ["d"])
    told = plant.forward("truck")
    assert told.of("u", "sealed", "d") == [CERTAIN, POSSIBLE, POSSIBLE]
    plant.take("9:30", "sealed", out_of="truck")
    plant.put("10:00", "next", into="sealed")
    plant.make("11:00", ["sealed"], ["e"])
    assert plant.forward("truck").of("d", "next", "e") == [POSSIBLE, EXCLUDED, EXCLUDED]
    assert plant.back("d")["truck"] is POSSIBLE


def test_10_suspect_ever_outlasts_a_cleaning() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.units("x", "y")
    plant.put("8:00", "x", into="T")
    plant.clean("9:00", "T")
    plant.put("10:00", "y", into="T")
    assert plant.forward("T").of("x", "y") == [CERTAIN, CERTAIN]
    assert plant.forward("T", since="7:00").of("x", "y") == [CERTAIN, EXCLUDED]
    assert plant.back("y")["T"] is CERTAIN


def test_11_a_suspect_lot_of_units_and_their_parts() -> None:
    plant = Plant()
    plant.lots("W")
    plant.units("p")
    plant.commission("8:00", "u", lot="W")
    plant.put("9:00", "p", into="u")
    assert plant.forward("W").of("u", "p") == [CERTAIN, CERTAIN]
    assert plant.back("p").of("u", "W") == [CERTAIN, CERTAIN]


def test_13_a_making_before_a_late_booking_is_earlier_still() -> None:
    plant = Plant()
    plant.lots("X", "Y", "Z", "other", "V")
    plant.make("10:00", ["Z"], ["V"])
    plant.make("10:05", ["other"], ["V2"])
    plant.make("17:00", ["X"], ["Y"])
    plant.make("17:05", ["Y"], ["Z", "other"])
    told = plant.forward("X")
    assert told.of("Y", "Z", "V", "V2") == [CERTAIN, CERTAIN, POSSIBLE, POSSIBLE]
    assert plant.back("V")["X"] is POSSIBLE


def test_13_how_late_is_the_sites_to_say() -> None:
    plant = Plant()
    plant.carriers("T")
    plant.lots("A", "B", "y", "z")
    plant.put("day 2 6:00", "A", into="T")
    plant.take("day 2 7:00", "A", out_of="T")
    plant.put("day 2 8:00", "B", into="T")
    plant.make("day 2 9:00", ["y"], ["z"])
    plant.make("day 2 10:00", ["T"], ["y"])
    told = plant.forward("A")
    assert (told["z"], doubts(told, "z")) == (POSSIBLE, (Doubt.LATE_BOOKING, Doubt.PRESENCE))
    assert plant.forward("A", latest_booking=at("0:30") - at("0:00"))["z"] is EXCLUDED


def test_14_a_lot_received_before_more_of_it_was_made() -> None:
    plant = Plant()
    plant.lots("W", "x")
    plant.about("7:00", "W", biz_step="receiving")
    plant.make("8:00", ["x"], ["W"])
    plant.make("9:00", ["W"], ["d"])
    assert plant.forward("x").of("W", "d") == [CERTAIN, POSSIBLE]


def test_15_consumption_ends_nothing() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.put("8:00", "x", into="K")
    plant.make("9:00", ["K"], ["y"])
    plant.make("10:00", ["K"], ["z"])
    assert plant.forward("x").of("y", "z") == [CERTAIN, CERTAIN]


def test_16_a_lot_suspect_from_a_time_after_some_was_used() -> None:
    plant = Plant()
    plant.make("8:00", ["x"], ["y"])
    plant.make("10:00", ["x"], ["z"])
    assert plant.forward("x", since="9:00").of("y", "z") == [EXCLUDED, POSSIBLE]
    assert plant.forward("x", since="7:00").of("y", "z") == [CERTAIN, CERTAIN]


def test_19_depth_counts_containers_on_the_path() -> None:
    plant = Plant()
    plant.carriers("K")
    plant.put("8:00", "x", into="K")
    plant.make("9:00", ["K"], ["y"])
    told = plant.forward("x")
    assert {plant.name(row.item): row.depth for row in told.answer.items} == {"x": 0, "K": 1, "y": 2}


def test_what_made_a_thing_at_the_same_instant_made_it_whichever_was_recorded_first() -> None:
    said = []
    for order in (1, -1):
        plant = Plant()
        plant.units("u", lot="V")
        plant.make("8:00", ["x"], ["w"])
        for outputs in (["u"], ["x", "u"])[::order]:
            plant.make("9:00", [], outputs)
        said.append(plant.forward("V").labels("u"))
    assert said[0] == said[1] != []
