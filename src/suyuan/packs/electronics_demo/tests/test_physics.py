"""The plant keeps the laws of matter: nothing is used before it came, twice, in two places, or beyond its quantity."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from suyuan.packs.electronics_demo.tests.conftest import Run


def amount(element: dict) -> Decimal:
    return Decimal(str(element["quantity"]))


def test_every_lot_was_received_and_inspected_before_use_and_never_over_consumed(run: Run) -> None:
    arrived: dict[str, Decimal] = defaultdict(Decimal)
    units: dict[str, str] = {}
    free: dict[str, str] = {}
    used: dict[str, Decimal] = defaultdict(Decimal)
    for event in run.standing:
        for element in event.get("quantityList", ()):
            if "quantity" not in element:
                continue
            lot = element["epcClass"]
            assert units.setdefault(lot, element["uom"]) == element["uom"]
            if event["bizStep"] == "receiving":
                arrived[lot] += amount(element)
            elif event["disposition"] == "returned":
                arrived[lot] -= amount(element)
            elif event["disposition"] in ("conformant", "available"):
                free[lot] = event["eventTime"]
        for element in event.get("inputQuantityList", ()):
            lot = element["epcClass"]
            assert free[lot] <= event["eventTime"], lot
            used[lot] += amount(element) if "quantity" in element else 0
            assert used[lot] <= arrived[lot], lot
    finished = [lot for lot in used if used[lot] == arrived[lot]]
    assert len(used) > 40
    assert len(finished) > 8
    assert set(units.values()) == {"C62", "KGM", "MTR"}


def test_everything_that_is_used_was_made_before(run: Run) -> None:
    made: dict[str, str] = {}
    for event in run.standing:
        for uri in event.get("outputEPCList", ()):
            assert made.setdefault(uri, event["eventTime"]) <= event["eventTime"]
        if event.get("action") == "ADD" and event["bizStep"] == "commissioning":
            made |= dict.fromkeys(event["epcList"], event["eventTime"])
        inputs = event.get("inputEPCList", ())
        children = event.get("childEPCs", ()) if event.get("action") == "ADD" else ()
        seen = event.get("epcList", ()) if event.get("action") != "ADD" else ()
        for uri in (*inputs, *children, *seen):
            if ":sgtin:" in uri or ":unit:" in uri:
                assert made[uri] < event["eventTime"], (uri, event["bizStep"])


def test_nothing_is_used_up_twice(run: Run) -> None:
    used = Counter(uri for event in run.standing for uri in event.get("inputEPCList", ()))
    assert max(used.values()) == 1
    gone: set[str] = set()
    for event in run.standing:
        named = {*event.get("epcList", ()), *event.get("childEPCs", ()), *event.get("inputEPCList", ())}
        named |= {event["parentID"]} if "parentID" in event else set()
        assert not named & gone
        gone |= set(event.get("inputEPCList", ()))
        if event["bizStep"] == "destroying":
            gone |= set(event["epcList"])


def test_containment_is_coherent(run: Run) -> None:
    """One parent at a time; what is taken out was in; carriers are empty before they are filled again."""
    parent_of: dict[str, str] = {}
    children: dict[str, set[str]] = defaultdict(set)
    packed = Counter[str]()
    for event in run.standing:
        if event["type"] not in ("AggregationEvent", "AssociationEvent"):
            continue
        parent = event["parentID"]
        named = [*event.get("childEPCs", ()), *(row["epcClass"] for row in event.get("childQuantityList", ()))]
        if event["action"] == "ADD":
            if ":asset:" in parent or ":carrier:" in parent or ":sscc:" in parent:
                assert not children[parent], (parent, event["eventTime"])
            for child in named:
                assert child not in parent_of, (child, parent, parent_of.get(child), event["eventTime"])
                parent_of[child] = parent
                children[parent].add(child)
                packed[child] += ":sscc:0" in parent.replace("9521234.", "")
            continue
        assert children[parent], (parent, event["eventTime"])
        for child in named or list(children[parent]):
            assert parent_of.pop(child) == parent
            children[parent].discard(child)
    assert max(packed.values()) == 1
    boxes = [parent for parent in children if ":sscc:9521234.0" in parent]
    assert len(boxes) > 90


def test_boxes_hold_twenty_and_pallets_at_most_forty(run: Run) -> None:
    packing = [e for e in run.standing if e["type"] == "AggregationEvent" and e["disposition"] == "container_closed"]
    boxes = [event for event in packing if ":sscc:9521234.0" in event["parentID"]]
    pallets = [event for event in packing if ":sscc:9521234.3" in event["parentID"]]
    assert {len(event["childEPCs"]) for event in boxes} == {20}
    assert pallets
    assert max(len(event["childEPCs"]) for event in pallets) <= 40


def test_a_unit_can_be_followed_to_about_fourteen_materials(run: Run) -> None:
    made = {uri: e for e in run.standing for uri in e.get("outputEPCList", ())}
    panel_lots: dict[str, set[str]] = defaultdict(set)
    for event in run.standing:
        for uri in event.get("outputEPCList", ()):
            if "PNL" in uri:
                panel_lots[uri] |= {row["epcClass"] for row in event["inputQuantityList"]}
    installed = next(e for e in run.standing if e["bizStep"] == "assembling" and e["type"] == "AssociationEvent")
    board, battery, display = installed["childEPCs"]
    (panel,) = made[board]["inputEPCList"]
    lots = panel_lots[panel] | {row["epcClass"] for row in made[installed["parentID"]]["inputQuantityList"]}
    lots |= {battery.rsplit("-", 1)[0], display.rsplit("-", 1)[0]}
    assert 14 <= len(lots) <= 18


def test_transformations_of_a_panel_share_one_process(run: Run) -> None:
    steps: dict[str, list[str]] = defaultdict(list)
    for event in run.standing:
        if "transformationID" in event:
            steps[event["transformationID"]].append(event["bizStep"])
    assert all(row in (["commissioning", "assembling"], ["commissioning"]) for row in steps.values())
