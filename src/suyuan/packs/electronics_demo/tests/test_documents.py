"""The documents are EPCIS 2.0 as published, and the same for the same plan."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from suyuan.coding import api as coding
from suyuan.coding.contracts import Decoded
from suyuan.kernel.faults import Fault
from suyuan.packs.electronics_demo.contracts import Plan
from suyuan.packs.electronics_demo.domain import identifiers
from suyuan.packs.electronics_demo.domain.plant import Plant
from suyuan.packs.electronics_demo.domain.staff import PEOPLE, STATIONS
from suyuan.packs.electronics_demo.tests.conftest import NOW, Run

LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
COMMON = {
    "type", "eventTime", "eventTimeZoneOffset", "eventID", "errorDeclaration", "certificationInfo", "bizStep",
    "disposition", "readPoint", "bizLocation", "bizTransactionList", "sourceList", "destinationList",
    "sensorElementList", "action",
}  # fmt: skip
COMMON_NEEDED = {"type", "eventTime", "eventTimeZoneOffset", "eventID", "bizStep", "disposition", "readPoint"}
FIELDS = {
    "ObjectEvent": {"epcList", "quantityList", "ilmd"},
    "AggregationEvent": {"parentID", "childEPCs"},
    "AssociationEvent": {"parentID", "childEPCs", "childQuantityList"},
    "TransformationEvent": {
        "inputEPCList", "inputQuantityList", "outputEPCList", "transformationID", "ilmd",
    },
}  # fmt: skip
CBV_STEPS = {
    "commissioning", "creating_class_instance", "receiving", "inspecting", "holding", "shipping",
    "installing", "removing", "assembling",
    "packing", "sensor_reporting", "repairing", "destroying", "storing", "unpacking", "picking", "disassembling",
    "replacing", "encoding", "retail_selling", "urn:suyuan:vocab:step:consumer_scan",
    "urn:suyuan:vocab:step:equipment_state",
}  # fmt: skip


def fingerprint(plan: Plan) -> str:
    digest = hashlib.sha256()
    for batch in Plant(plan).run().documents():
        digest.update(batch.body)
    return digest.hexdigest()


def test_same_plan_same_bytes_other_seed_other_bytes() -> None:
    plan = Plan(NOW, units=1000, days=10, seed=3)
    assert fingerprint(plan) == fingerprint(plan)
    assert fingerprint(plan) != fingerprint(replace(plan, seed=4))


def test_every_event_has_the_fields_of_its_type_and_no_others(run: Run) -> None:
    """Structure by the standard's rules; the strict reader of the product sees them in tests/scenarios."""
    for event in run.events:
        own = {name for name in event if ":" not in name}
        assert own <= COMMON | FIELDS[event["type"]], own
        assert own >= COMMON_NEEDED
        assert ("action" in own) == (event["type"] != "TransformationEvent")
        if event["type"] == "TransformationEvent":
            assert event["inputQuantityList" if "inputQuantityList" in own else "inputEPCList"]
            assert event["outputEPCList"]
        elif event["type"] != "ObjectEvent":
            assert event["action"] == "DELETE" or event.get("childEPCs") or event["childQuantityList"]
        assert "ilmd" not in own or event.get("action", "ADD") == "ADD"
        for name in LISTS:
            assert len(set(event.get(name, ()))) == len(event.get(name, ()))
    head = run.documents[0]
    assert head["type"] == "EPCISDocument"
    assert head["schemaVersion"] == "2.0"
    assert "epcisHeader" in head
    assert all("epcisHeader" not in document for document in run.documents[1:])


def test_events_come_in_time_order_with_ids_of_their_own(run: Run) -> None:
    times = [event["eventTime"] for batch in run.documents[:-1] for event in batch["epcisBody"]["eventList"]]
    assert all(early <= late for early, late in pairwise(times))
    first = [event["eventID"] for event in run.events if "errorDeclaration" not in event]
    assert len(first) == len(set(first))
    assert all(
        re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", i) for i in first
    )
    assert sum(batch.events for batch in run.batches) == len(run.events) == run.plant.events
    assert [batch.late for batch in run.batches] == [False] * (len(run.batches) - 1) + [True]


def test_nothing_happens_after_now(run: Run) -> None:
    assert max(event["eventTime"] for event in run.events) <= NOW.isoformat(timespec="milliseconds")


def test_every_identifier_is_sound(run: Run) -> None:
    """Our own check digits, and the strict reader of codes that the product has."""
    for event in run.events:
        for uri in (one for name in LISTS for one in event.get(name, ())):
            coding.identify_epc(uri)
        for element in (one for name in QUANTITIES for one in event.get(name, ())):
            coding.identify_class(element["epcClass"])
        if "parentID" in event:
            coding.identify_epc(event["parentID"])
        assert event["bizStep"] in CBV_STEPS
    with pytest.raises(Fault):
        coding.identify_epc("urn:epc:id:sgtin:9521234.54321.1")


def test_check_digits_by_hand() -> None:
    assert identifiers.gtin14("9521234", "054321") == "09521234543213"
    assert identifiers.sscc18("9521234", "0000000001")[:17] == "09521234000000001"
    for digits in (
        "09521234543213",
        identifiers.sscc18("9521234", "3000000017"),
        identifiers.gln13("9521234", "00001"),
    ):
        weights = [3 if (len(digits) - place) % 2 == 0 else 1 for place in range(len(digits))]
        assert sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 10 == 0


def raw_codes(event: dict) -> list[str]:
    raw = event.get("suyuan:reading", {}).get("raw")
    codes = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
    return [code for code in codes if code.startswith("]")]


def test_what_scanners_read_is_what_the_events_say(run: Run) -> None:
    seen = 0
    for event in run.events[:6000]:
        named = {coding.canonical(uri) for name in LISTS for uri in event.get(name, ())}
        named |= {coding.canonical(element["epcClass"]) for name in QUANTITIES for element in event.get(name, ())}
        named |= {coding.canonical(event["parentID"])} if "parentID" in event else set()
        for code in raw_codes(event):
            decoded: Decoded = coding.decode(code)
            assert decoded.identity.uri in named
            seen += 1
    assert seen > 1000


def test_master_data_names_everything_in_both_languages(run: Run) -> None:
    names = {
        element["id"]: {row["id"]: row["attribute"] for row in element["attributes"]}
        for vocabulary in run.documents[0]["epcisHeader"]["epcisMasterData"]["vocabularyList"]
        for element in vocabulary["vocabularyElementList"]
    }
    used: set[str] = set()
    for event in run.events:
        used |= {event[key] for key in ("suyuan:person", "suyuan:equipment") if key in event}
        used |= {event["bizLocation"]["id"]} if "bizLocation" in event else set()
        used |= {event["readPoint"]["id"]} if not event["readPoint"]["id"].startswith("geo:") else set()
        for uri in (one for name in LISTS for one in event.get(name, ()) if ":sgtin:" in one):
            used.add(uri.replace(":id:", ":idpat:").rsplit(".", 1)[0] + ".*")
        for element in (one for name in QUANTITIES for one in event.get(name, ())):
            used.add(element["epcClass"].replace("class:lgtin", "idpat:sgtin").rsplit(".", 1)[0] + ".*")
        for pair in (*event.get("sourceList", ()), *event.get("destinationList", ())):
            used.add(pair.get("source") or pair["destination"])
        for element in event.get("sensorElementList", ()):
            used |= {f"urn:suyuan:vocab:parameter:{report['suyuan:name']}" for report in element["sensorReport"]}
    assert used - names.keys() == set()
    assert all(names[uri]["suyuan:nameZh"] != names[uri]["suyuan:nameEn"] for uri in used)
    assert len(PEOPLE) == 24
    assert 25 <= len(STATIONS) <= 45


def test_measured_values_carry_limits_and_failures_an_alarm(run: Run) -> None:
    failed = [e for e in run.events if e["disposition"] == "non_conformant" and "csv" in e.get("suyuan:reading", {})]
    passed = [e for e in run.events if e["disposition"] == "conformant" and "csv" in e.get("suyuan:reading", {})]
    assert 0.01 < len(failed) / (len(passed) + len(failed)) < 0.08
    for event in failed:
        assert any("exception" in report for report in event["sensorElementList"][0]["sensorReport"])
    for event in passed:
        for report in event["sensorElementList"][0]["sensorReport"]:
            assert "exception" not in report
            assert (
                report.get("suyuan:low", report["value"])
                <= report["value"]
                <= report.get("suyuan:high", report["value"])
            )
