"""Events to ledger records: roles, lots, places, our own fields, error declarations, ids."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from suyuan.integration.domain.epcis.extensions import duration_seconds
from suyuan.integration.domain.epcis.identity import canonical_text
from suyuan.integration.domain.epcis.mapping import lot_uri
from suyuan.integration.domain.epcis.master_data import read_master_data
from suyuan.integration.tests.epcis.support import (
    DOCUMENTS,
    IDENTIFY,
    PRODUCT,
    apart,
    document_of,
    object_event,
    raw,
    records,
)
from suyuan.trace.contracts import Action, CaptureMethod, EventRecord, EventType, Role


def of(name: str) -> list[EventRecord]:
    return records((DOCUMENTS / f"{name}.jsonld").read_bytes())


def parts(record: EventRecord) -> list[tuple[str, Role, Decimal | None, str | None, str | None]]:
    return [
        (part.item.uri.removeprefix("https://id.gs1.org"), part.role, part.quantity, part.unit, part.lot)
        for part in record.participations
    ]


def test_commissioning_with_lot_person_and_reading() -> None:
    record = of("object_commissioning")[0]
    lot = f"{PRODUCT}/10/L2611A"
    assert parts(record) == [
        ("/01/09521234543213/21/SN-0001", Role.SUBJECT, None, None, lot),
        ("/01/09521234543213/21/SN-0002", Role.SUBJECT, None, None, lot),
    ]
    assert (record.type, record.action) == (EventType.OBJECT, Action.ADD)
    assert (record.biz_step, record.disposition) == ("commissioning", "active")
    assert record.read_point == "https://id.gs1.org/414/9521234000013/254/LINE1"
    assert (record.person, record.shift) == ("urn:suyuan:demo:person:P012", "early")
    assert (record.equipment, record.work_order) == (
        "urn:suyuan:demo:equipment:PRESS-3", "urn:suyuan:demo:order:WO-77",
    )  # fmt: skip
    assert record.capture_method is CaptureMethod.SCAN
    assert record.reading == {"raw": "]d20109521234543213", "scanner": 7}
    assert record.time.utc == datetime(2026, 11, 2, 0, 15, 30, 250000, UTC)
    assert record.time.offset_minutes == 480


def test_aggregation_and_unpacking_of_everything() -> None:
    packed, unpacked = of("aggregation_packing")
    assert parts(packed) == [
        ("/00/095212340000000013", Role.PARENT, None, None, None),
        ("/01/09521234543213/21/SN-0001", Role.CHILD, None, None, None),
        ("/01/09521234543213/21/SN-0002", Role.CHILD, None, None, None),
        ("/01/09521234000006/10/SCREWS-9", Role.CHILD, Decimal(200), None, None),
        ("/01/09521234000013/10/FOAM-1", Role.CHILD, Decimal("1.25"), "KGM", None),
    ]
    assert [part[1] for part in parts(unpacked)] == [Role.PARENT]
    assert unpacked.action is Action.DELETE


def test_transaction_of_a_query_document_keeps_no_record_time() -> None:
    record = of("transaction_shipping")[0]
    assert [part[1] for part in parts(record)] == [Role.PARENT, Role.SUBJECT, Role.SUBJECT]
    assert "recordTime" not in record.document
    assert record.document["eventID"] == record.event_id


def test_transformation_adds_up_names_its_lot_and_books_late() -> None:
    record = of("transformation_mixing")[0]
    lot = f"{PRODUCT}/10/MIX-5%2F1"
    assert parts(record) == [
        ("urn:suyuan:demo:carrier:TANK-1", Role.INPUT, None, None, None),
        ("/01/09521234000006/10/A", Role.INPUT, Decimal("100.625"), "KGM", None),
        ("/01/09521234000013", Role.INPUT, None, None, None),
        ("/01/09521234543213/21/SN-0900", Role.OUTPUT, None, None, lot),
        ("/01/09521234543213/10/MIX-5%2F1", Role.OUTPUT, Decimal(95), "KGM", None),
    ]
    assert (record.transformation_id, record.action) == ("urn:suyuan:demo:order:BATCH-5", None)
    assert (record.booking_lag_seconds, record.cleans, record.empties) == (2700, False, True)
    report = record.document["sensorElementList"][0]["sensorReport"][0]
    assert str(report["value"]) == "71.250"


def test_error_declaration_shares_the_id_of_what_it_voids() -> None:
    wrong, declaration, right = of("error_declaration")
    assert wrong.event_id == declaration.event_id != right.event_id
    assert (wrong.declares_error, declaration.declares_error) == (False, True)
    assert (declaration.error_reason, declaration.corrective_ids) == ("incorrect_data", (right.event_id,))


def test_an_item_named_twice_takes_part_once_and_units_are_kept_apart() -> None:
    event = object_event(
        action="OBSERVE",
        type="TransactionEvent",
        bizTransactionList=[{"bizTransaction": "urn:x:po"}],
        epcList=["urn:x:1", "urn:x:1"],
        quantityList=[
            {"epcClass": "urn:x:l", "quantity": 1},
            {"epcClass": "urn:x:l", "quantity": 2, "uom": "KGM"},
            {"epcClass": "urn:x:l", "quantity": 3},
            {"epcClass": "urn:x:m", "quantity": 3},
            {"epcClass": "urn:x:m"},
        ],
    )
    assert [(part[0], part[2], part[3]) for part in parts(records(document_of(event))[0])] == [
        ("urn:x:1", None, None),
        ("urn:x:l", Decimal(4), None),
        ("urn:x:l", Decimal(2), "KGM"),
        ("urn:x:m", None, None),
    ]


@pytest.mark.parametrize(
    ("product", "lot", "uri"),
    [
        (PRODUCT, "A/1", f"{PRODUCT}/10/A%2F1"),
        (f"{PRODUCT}/21/X", "A", f"{PRODUCT}/10/A"),
        ("urn:suyuan:demo:unit:U1", "7", "urn:suyuan:demo:lot:7"),
        ("https://foreign.example/p", "7", None),
        (PRODUCT, "urn:suyuan:demo:lot:9", "urn:suyuan:demo:lot:9"),
    ],
)
def test_lots_have_uris_where_a_rule_says_how(product: str, lot: str, uri: str | None) -> None:
    assert lot_uri(product, lot) == uri


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("PT45M", 2700), ("P1DT2H3M4S", 93784), ("PT0S", 0), (90, 90), (Decimal("1.9"), 1),
        ("P", None), ("PT", None), ("45", None), (True, None), (-1, None), (None, None), (2**40, None),
    ],
)  # fmt: skip
def test_durations(value: object, seconds: int | None) -> None:
    assert duration_seconds(value) == seconds


def test_cbv_uris_become_bare_names_and_foreign_ones_stay() -> None:
    event = object_event(bizStep="https://ref.gs1.org/cbv/BizStep-packing", disposition="https://x.example/odd")
    record = records(document_of(event))[0]
    assert (record.biz_step, record.disposition) == ("packing", "https://x.example/odd")
    assert record.document["bizStep"] == "https://ref.gs1.org/cbv/BizStep-packing"


def test_an_events_own_context_joins_the_documents() -> None:
    event = object_event(**{"@context": [{"s2": "urn:suyuan:vocab:"}], "s2:person": "urn:p"})
    record = records(document_of(event, context={"example": "https://e.example/"}))[0]
    assert record.person == "urn:p"
    assert record.context == [{"example": "https://e.example/"}, {"s2": "urn:suyuan:vocab:"}]
    assert "@context" not in record.document


# The ids below were also given by an independent implementation of the algorithm.
HASHES = {
    "aggregation_packing": [
        "eeb7815f73c267846c8f883417ff57f2ded0baff8284c119f40156881cde0d32",
        "eff707953935e1bb37d53183354cb67b61676fbcb71ba044402ebf93222e9001",
    ],
    "error_declaration": [
        "01b4d2ba85b327fc28740d0c2968aafc7da6f0e665595860daa04646d834cdc6",
        "01b4d2ba85b327fc28740d0c2968aafc7da6f0e665595860daa04646d834cdc6",
        "9814c889576bc2a06ffdbaf348df77f005138d5cf585e12d084ada6d300b982b",
    ],
}


@pytest.mark.parametrize("name", HASHES)
def test_event_hash(name: str) -> None:
    import json

    document = json.loads((DOCUMENTS / f"{name}.jsonld").read_text())
    for event in document["epcisBody"]["eventList"]:
        event.pop("eventID", None)
    assert [record.event_id for record in records(raw(document))] == [
        f"ni:///sha-256;{digest}?ver=CBV2.0" for digest in HASHES[name]
    ]


def test_the_same_event_in_another_notation_has_the_same_id() -> None:
    plain = object_event(eventID=None, **{"suyuan:note": [{"suyuan:a": 1.50, "suyuan:b": True}, "x"]})
    other = plain | {
        "eventTime": "2026-11-01T00:00:00Z",
        "bizStep": "https://ref.gs1.org/cbv/BizStep-commissioning",
        "epcList": plain["epcList"][::-1],
        "recordTime": "2026-11-01T00:00:01Z",
    }
    other["s:note"] = [{"s:b": True, "s:a": 1.5}, "x"]
    del other["suyuan:note"]
    first, second = (
        records(document_of(event, context={prefix: "urn:suyuan:vocab:"}))[0].event_id
        for prefix, event in (("suyuan", plain), ("s", other))
    )
    assert first == second
    assert records(document_of(plain | {"disposition": "inactive"}))[0].event_id != first


def test_canonical_text_can_be_read() -> None:
    taken = apart((DOCUMENTS / "transformation_mixing.jsonld").read_bytes())
    text = canonical_text(taken.events[0], taken.names, IDENTIFY, "\n").split("\n")
    assert text[:3] == ["eventType=TransformationEvent", "eventTime=2026-11-05T02:00:00.000Z",
                        "eventTimeZoneOffset=+08:00"]  # fmt: skip
    assert "value=71.25" in text
    assert text[-1] == "{urn:suyuan:vocab:}empties=true"


def test_master_data_has_names_in_both_languages() -> None:
    taken = apart((DOCUMENTS / "object_commissioning.jsonld").read_bytes())
    hall, person = read_master_data(taken.vocabularies, taken.names)
    assert hall.uri == "https://id.gs1.org/414/9521234000013"
    assert (hall.name_zh, hall.name_en) == ("总装车间", "Assembly hall")
    assert hall.attributes["urn:epcglobal:cbv:mda:name"] == "Assembly hall"
    assert hall.attributes["children"] == ["https://id.gs1.org/414/9521234000013/254/LINE1"]
    assert (person.type, person.name_zh, person.name_en) == ("urn:suyuan:vocab:Person", "王小明", "王小明")
