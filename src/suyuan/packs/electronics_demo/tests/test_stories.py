"""The stories are there, and the events tell them."""

from __future__ import annotations

import json

from suyuan.coding import api as coding
from suyuan.packs.electronics_demo.contracts import Story
from suyuan.packs.electronics_demo.tests.conftest import Run

KEYS = {"bad-reel", "swapped-label", "reused-tote", "held-lot", "moved-board", "sold-unit"}


def story(run: Run, key: str) -> Story:
    return next(each for each in run.plant.stories if each.key == key)


def test_all_stories_are_told_in_both_languages_and_can_be_scanned(run: Run) -> None:
    assert {each.key for each in run.plant.stories} == KEYS
    for each in run.plant.stories:
        if each.scan.startswith("]"):
            assert coding.decode(each.scan).identity.uri == coding.canonical(each.code)
        assert each.see.zh != each.see.en
        assert json.loads(json.dumps(each.as_dict()))["title"]["zh"] == each.title.zh


def test_the_bad_reel_ran_on_both_lines_and_its_boards_fail_more_often(run: Run) -> None:
    told = story(run, "bad-reel")
    lines = {uri.rsplit("-", 1)[1][0] for uri in (*told.certain, *told.possible) if "PNL" in uri}
    assert lines == {"1", "2"}
    uses = {}
    for event in run.standing:
        if event["bizStep"] == "assembling" and "inputQuantityList" in event:
            lots = {row["epcClass"] for row in event["inputQuantityList"] if ".013001." in row["epcClass"]}
            uses[event["outputEPCList"][0]] = lots
    for panel in (uri for uri in told.certain if "PNL" in uri):
        assert uses[panel] == {told.code}
    for panel in (uri for uri in told.possible if "PNL" in uri):
        assert told.code in uses[panel]
        assert len(uses[panel]) == 2
    assert all(told.code not in uses[panel] for panel in told.excluded)
    assert {panel for panel, lots in uses.items() if told.code in lots} <= {*told.certain, *told.possible}
    assert 3 <= sum("PNL" in uri for uri in told.possible) <= 4
    suspect = {uri for uri in (*told.certain, *told.possible) if ":sgtin:" in uri}
    board_of = {e["parentID"]: e["childEPCs"][0] for e in run.standing if e["type"] == "AssociationEvent"
                and e["bizStep"] == "assembling" and e["action"] == "ADD"}  # fmt: skip
    first: dict[str, bool] = {}
    for event in run.standing:
        if "csv" in event.get("suyuan:reading", {}):
            first.setdefault(event["epcList"][0], event["disposition"] == "non_conformant")
    with_reel = [failed for unit, failed in first.items() if board_of[unit] in suspect]
    without = [failed for unit, failed in first.items() if board_of[unit] not in suspect]
    assert len(with_reel) > 100
    assert sum(with_reel) / len(with_reel) > 4 * sum(without) / len(without)


def test_the_reel_was_mounted_twice_and_taken_off_in_between(run: Run) -> None:
    told = story(run, "bad-reel")
    moves = [
        (event["parentID"].rsplit(":", 1)[1], event["action"])
        for event in run.standing
        for row in event.get("childQuantityList", ())
        if row["epcClass"] == told.code
    ]
    line1, line2 = "FEEDER-1-C100N", "FEEDER-2-C100N"
    assert moves[:3] == [(line1, "ADD"), (line1, "DELETE"), (line2, "ADD")]


def test_swapped_labels_void_two_packing_records_and_put_others_in_their_place(run: Run) -> None:
    told = story(run, "swapped-label")
    (right,), (wrong,) = told.certain, told.excluded
    declared = [event for event in run.events if "errorDeclaration" in event]
    assert len(declared) == 2
    by_id: dict[str, list[dict]] = {}
    for event in run.events:
        by_id.setdefault(event["eventID"], []).append(event)
    for event in declared:
        original = next(one for one in by_id[event["eventID"]] if "errorDeclaration" not in one)
        assert {**original, "errorDeclaration": event["errorDeclaration"]} == event
        (corrective,) = event["errorDeclaration"]["correctiveEventIDs"]
        (stands,) = by_id[corrective]
        assert stands["parentID"] == event["parentID"]
        assert len(set(stands["childEPCs"]) ^ set(event["childEPCs"])) == 2
    standing = [e for e in run.standing if told.code in e.get("childEPCs", ()) and e["type"] == "AggregationEvent"]
    assert [event["parentID"] for event in standing] == [right]
    assert wrong in {event["parentID"] for event in declared}


def test_the_reused_tote_carries_the_clean_load_only_after_it_was_emptied(run: Run) -> None:
    told = story(run, "reused-tote")
    loads = [e for e in run.standing if e["type"] == "AggregationEvent" and ":carrier:" in e["parentID"]]
    first = next(e for e in loads if told.certain[0] in e.get("childEPCs", ()))
    second = next(e for e in loads if next(iter(told.excluded)) in e.get("childEPCs", ()))
    assert first["parentID"] == second["parentID"]
    between = [
        e
        for e in loads
        if e["parentID"] == first["parentID"] and first["eventTime"] < e["eventTime"] < second["eventTime"]
    ]
    assert [event["action"] for event in between] == ["DELETE"]
    assert set(told.excluded.values()) == {"other_load"}
    oven = next(e for e in run.standing if told.code in e.get("epcList", ()) and e["bizStep"] == "sensor_reporting")
    assert "exception" in oven["sensorElementList"][0]["sensorReport"][0]


def test_the_held_lot_goes_through_hold_return_and_release_before_use(run: Run) -> None:
    told = story(run, "held-lot")
    story_line = []
    for event in run.standing:
        rows = (*event.get("quantityList", ()), *event.get("inputQuantityList", ()))
        if any(row["epcClass"] == told.code for row in rows):
            story_line.append(event["disposition"])
    assert story_line[:6] == ["active", "in_progress", "non_conformant", "unavailable", "returned", "available"]
    assert story_line.count("active") > 10


def test_the_moved_board_leaves_one_unit_before_it_enters_the_other(run: Run) -> None:
    told = story(run, "moved-board")
    scrapped, receiver = told.certain
    stays = [
        (event["parentID"], event["action"])
        for event in run.standing
        if event["type"] == "AssociationEvent" and told.code in event.get("childEPCs", ())
    ]
    assert stays == [(scrapped, "ADD"), (scrapped, "DELETE"), (receiver, "ADD")]


def test_the_sold_unit_has_a_whole_life(run: Run) -> None:
    told = story(run, "sold-unit")
    steps = [event["bizStep"] for event in run.standing if told.code in event.get("epcList", ())]
    assert {"inspecting", "encoding", "retail_selling", "urn:suyuan:vocab:step:consumer_scan"} <= set(steps)
    assert len(told.certain) == 3
