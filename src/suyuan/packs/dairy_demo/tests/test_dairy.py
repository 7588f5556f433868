"""The dairy is the same to the byte for the same moment, and its events balance."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from suyuan.coding import api as coding
from suyuan.packs.dairy_demo.api import definitions, make

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=timezone(timedelta(hours=8)))


def test_the_same_moment_makes_the_same_bytes() -> None:
    made = make(NOW)
    assert make(NOW).document == made.document
    events = json.loads(made.document)["epcisBody"]["eventList"]
    assert len(events) == made.events
    assert len({event["eventID"] for event in events}) == made.events
    assert [event["eventTime"] for event in events] == sorted(event["eventTime"] for event in events)
    assert make(NOW + timedelta(days=1)).document != made.document


def test_every_code_is_a_sound_gs1_key() -> None:
    made = make(NOW)
    for uri in made.dairy.made_of:
        coding.canonical(uri)
    for story in made.stories:
        assert coding.decode(story.scan).identity.uri == coding.canonical(story.code)


def test_loads_overlap_in_the_silos_and_a_cleaning_ends_them() -> None:
    dairy = make(NOW).dairy
    mixed = [raw for lot, raw in dairy.made_of.items() if "0029/10/" in lot]
    assert max(map(len, mixed)) > 6  # milk of several days stands together
    assert min(map(len, mixed)) == 1


def test_the_bills_name_what_the_dairy_makes_with_its_co_products() -> None:
    bodies = [each.body for each in definitions().definitions if "lines" in each.body]
    named = {part["material"]: part["kind"] for body in bodies for part in body.get("by_products", ())}
    assert sorted(named.values()) == ["by", "co"]
    made = {lot.split("/10/")[0] for lot in make(NOW).dairy.made_of if "/10/" in lot}
    assert {body["product"] for body in bodies} | set(named) < made
