"""What a document may and may not say: every rule once, with its place; many findings at once; nothing crashes."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.integration.domain.epcis.events import check_event
from suyuan.integration.domain.epcis.reading import ReadingLimits
from suyuan.integration.domain.epcis.report import Report
from suyuan.integration.tests.epcis.support import (
    apart,
    codes,
    document_of,
    findings,
    object_event,
    own_documents,
    raw,
)
from suyuan.kernel.faults import Fault

E = "/epcisBody/eventList/0"
CHILD = {"type": "AggregationEvent", "epcList": None, "parentID": "urn:x:p", "childEPCs": ["urn:x:c"]}
MIX = {"type": "TransformationEvent", "action": None, "epcList": None, "inputEPCList": ["urn:x:i"]}
SOLD = {"type": "TransactionEvent", "bizTransactionList": [{"bizTransaction": "urn:x:po"}]}
LINK = {"type": "AssociationEvent", "epcList": None, "parentID": "urn:x:p", "childEPCs": ["urn:x:c"]}
REPORT = {"type": "Temperature", "value": 1}

SPOILED: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "SubjectEvent"}, "event_type_unknown", "/type"),
    ({"type": "example:Event"}, "event_type_unsupported", "/type"),
    ({"type": None}, "field_missing", ""),
    ({"type": 7}, "not_text", "/type"),
    ({"eventTime": None}, "field_missing", ""),
    ({"eventTimeZoneOffset": None}, "field_missing", ""),
    ({"eventTimeZoneOffset": "+25:00"}, "offset_wrong", "/eventTimeZoneOffset"),
    ({"eventTimeZoneOffset": "Z"}, "offset_wrong", "/eventTimeZoneOffset"),
    ({"eventTime": "2026-02-30T08:00:00+08:00"}, "kernel.time_impossible", "/eventTime"),
    ({"eventTime": "2026-02-20 08:00:00+08:00"}, "kernel.time_impossible", "/eventTime"),
    ({"eventTime": "2026-02-20T08:00:00"}, "kernel.time_without_offset", "/eventTime"),
    ({"eventTime": 1760000000}, "not_text", "/eventTime"),
    ({"eventID": "no uri"}, "not_uri", "/eventID"),
    ({"eventID": "urn:x:中"}, "not_uri", "/eventID"),
    ({"eventID": "urn:x:" + "y" * 2000}, "text_too_long", "/eventID"),
    ({"bizStep": "urn:x:" + "y" * 2000}, "text_too_long", "/bizStep"),
    ({"suyuan:equipment": "y" * 501}, "extension_wrong", "/suyuan:equipment"),
    ({"action": None}, "field_missing", ""),
    ({"action": "add"}, "action_unknown", "/action"),
    ({"action": "OBSERVE", "ilmd": {"cbvmda:lotNumber": "1"}}, "ilmd_not_allowed", "/ilmd"),
    ({"ilmd": {"lotNumber": "1"}}, "field_unknown", "/ilmd/lotNumber"),
    ({"ilmd": ["x"]}, "not_object", "/ilmd"),
    ({"bizStep": "comissioning"}, "not_in_vocabulary", "/bizStep"),
    ({"bizStep": "urn:epcglobal:cbv:bizstep:shipping"}, "name_not_bare", "/bizStep"),
    ({"disposition": ["active"]}, "not_text", "/disposition"),
    ({"epcList": "urn:x:1"}, "not_list", "/epcList"),
    ({"epcList": ["urn:x:1", 5]}, "not_text", "/epcList/1"),
    ({"epcList": ["urn:x:1", "1234"]}, "not_uri", "/epcList/1"),
    ({"epcList": ["urn:x:1", "urn:x:2", "urn:x:1"]}, "duplicate_entry", "/epcList/2"),
    ({"epcList": ["urn:x:bad"]}, "test.not_a_code", "/epcList/0"),
    ({"epcList": None}, "nothing_named", ""),
    ({"epcList": None, "quantityList": []}, "nothing_named", ""),
    ({"quantityList": [{"quantity": 1}]}, "field_missing", "/quantityList/0"),
    ({"quantityList": [{"epcClass": "urn:x:1", "quantity": "1"}]}, "not_number", "/quantityList/0/quantity"),
    ({"quantityList": [{"epcClass": "urn:x:1", "quantity": True}]}, "not_number", "/quantityList/0/quantity"),
    ({"quantityList": [{"epcClass": "urn:x:1", "quantity": 0}]}, "quantity_not_positive", "/quantityList/0/quantity"),
    ({"quantityList": [{"epcClass": "urn:x:1", "quantity": 1.5}]}, "quantity_not_whole", "/quantityList/0/quantity"),
    ({"quantityList": [{"epcClass": "urn:x:1", "uom": "KGM"}]}, "uom_without_quantity", "/quantityList/0/uom"),
    ({"quantityList": [{"epcClass": "urn:x:1", "quantity": 1, "uom": "kg"}]}, "uom_wrong", "/quantityList/0/uom"),
    ({"quantityList": [{"epcClass": "urn:x:1", "n": 1}]}, "field_unknown", "/quantityList/0/n"),
    ({"readPoint": "urn:x:1"}, "not_object", "/readPoint"),
    ({"readPoint": {"name": "x"}}, "field_missing", "/readPoint"),
    ({"bizLocation": {"id": "x"}}, "not_uri", "/bizLocation/id"),
    ({"bizTransactionList": [{"type": "po"}]}, "field_missing", "/bizTransactionList/0"),
    ({"bizTransactionList": [{"type": "PO", "bizTransaction": "urn:x:1"}]}, "not_in_vocabulary",
     "/bizTransactionList/0/type"),
    ({"sourceList": [{"source": "urn:x:1"}]}, "field_missing", "/sourceList/0"),
    ({"destinationList": [{"type": "location"}]}, "field_missing", "/destinationList/0"),
    ({"persistentDisposition": {}}, "field_missing", "/persistentDisposition"),
    ({"persistentDisposition": {"set": []}}, "list_empty", "/persistentDisposition/set"),
    ({"errorDeclaration": {"reason": "incorrect_data"}}, "field_missing", "/errorDeclaration"),
    ({"errorDeclaration": {"declarationTime": "2026-01-01T00:00:00Z", "reason": "oops"}}, "not_in_vocabulary",
     "/errorDeclaration/reason"),
    ({"certificationInfo": 5}, "not_text", "/certificationInfo"),
    ({"sensorElementList": [{}]}, "field_missing", "/sensorElementList/0"),
    ({"sensorElementList": [{"sensorReport": []}]}, "list_empty", "/sensorElementList/0/sensorReport"),
    ({"sensorElementList": [{"sensorReport": [{"value": 1}]}]}, "field_missing", "/sensorElementList/0/sensorReport/0"),
    ({"sensorElementList": [{"sensorReport": [REPORT | {"type": "Warmth"}]}]}, "not_in_vocabulary",
     "/sensorElementList/0/sensorReport/0/type"),
    ({"sensorElementList": [{"sensorReport": [REPORT | {"hexBinaryValue": "xyz"}]}]}, "hex_wrong",
     "/sensorElementList/0/sensorReport/0/hexBinaryValue"),
    ({"sensorElementList": [{"sensorReport": [REPORT | {"booleanValue": 1}]}]}, "not_boolean",
     "/sensorElementList/0/sensorReport/0/booleanValue"),
    ({"sensorElementList": [{"sensorReport": [REPORT | {"minValue": 2, "maxValue": 1.5}]}]}, "range_reversed",
     "/sensorElementList/0/sensorReport/0/minValue"),
    ({"sensorElementList": [{"sensorMetadata": {"startTime": "2026-01-02T00:00:00Z", "endTime": "2026-01-01T00:00:00Z"},
                             "sensorReport": [REPORT]}]}, "range_reversed",
     "/sensorElementList/0/sensorMetadata/startTime"),
    ({"colour": "red"}, "field_unknown", "/colour"),
    ({"stranger:colour": "red"}, "namespace_undeclared", "/stranger:colour"),
    ({"parentID": "urn:x:1"}, "field_unknown", "/parentID"),
    ({"suyuan:captureMethod": "telepathy"}, "extension_wrong", "/suyuan:captureMethod"),
    ({"suyuan:bookingLag": "soon"}, "extension_wrong", "/suyuan:bookingLag"),
    ({"suyuan:cleans": "yes"}, "extension_wrong", "/suyuan:cleans"),
    ({"suyuan:person": 12}, "extension_wrong", "/suyuan:person"),
    (CHILD | {"parentID": None}, "parent_missing", ""),
    (CHILD | {"childEPCs": None}, "children_missing", ""),
    (CHILD | {"childEPCs": [], "action": "OBSERVE"}, "children_missing", ""),
    (CHILD | {"ilmd": {"cbvmda:lotNumber": "1"}}, "field_unknown", "/ilmd"),
    (LINK | {"parentID": None}, "field_missing", ""),
    (LINK | {"childEPCs": []}, "children_missing", ""),
    (SOLD | {"bizTransactionList": None}, "field_missing", ""),
    (SOLD | {"bizTransactionList": []}, "list_empty", "/bizTransactionList"),
    (SOLD | {"epcList": None}, "nothing_named", ""),
    (MIX, "input_or_output_missing", ""),
    (MIX | {"inputEPCList": None, "transformationID": "urn:x:t"}, "input_or_output_missing", ""),
    (MIX | {"outputEPCList": ["urn:x:o"], "action": "ADD"}, "field_unknown", "/action"),
]  # fmt: skip
SOUND: list[dict[str, Any]] = [
    {},
    {"epcList": []},
    {"action": "OBSERVE", "epcList": None, "sensorElementList": [{"sensorReport": [REPORT]}]},
    {"bizStep": "https://ref.gs1.org/cbv/BizStep-shipping"},
    {"epcList": None, "quantityList": [{"epcClass": "urn:x:1"}]},
    {"example:note": {"free": ["form", {"x": None}]}, "https://example.com/full": 1},
    CHILD | {"action": "DELETE", "childEPCs": None},
    CHILD | {"action": "OBSERVE", "parentID": None},
    SOLD | {"action": "DELETE", "epcList": None},
    MIX | {"transformationID": "urn:x:t"},
    MIX | {"inputEPCList": None, "outputEPCList": ["urn:x:o"], "transformationID": "urn:x:t"},
    {"eventTimeZoneOffset": "-14:00"},
]


@pytest.mark.parametrize(("changes", "code", "place"), SPOILED, ids=lambda value: str(value)[:60])
def test_a_spoiled_event_is_refused_once_and_at_its_place(changes: dict[str, Any], code: str, place: str) -> None:
    assert codes(document_of(object_event(**changes))) == [(code, E + place)]


@pytest.mark.parametrize("changes", SOUND, ids=lambda value: str(value)[:60])
def test_a_sound_event_has_no_finding(changes: dict[str, Any]) -> None:
    assert codes(document_of(object_event(**changes))) == []


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_own_documents_are_sound(path: Any) -> None:
    assert findings(path.read_bytes()) == []


ENVELOPES: list[tuple[dict[str, Any], str, str]] = [
    ({"@context": None}, "field_missing", "/"),
    ({"@context": 5}, "not_object", "/@context"),
    ({"@context": ["no uri"]}, "not_uri", "/@context/0"),
    ({"@context": [{"a": "urn:a:"}, {"a": "urn:a:"}]}, "duplicate_entry", "/@context/1"),
    ({"schemaVersion": None}, "field_missing", "/"),
    ({"schemaVersion": "two"}, "version_wrong", "/schemaVersion"),
    ({"schemaVersion": "1.2"}, "version_unsupported", "/schemaVersion"),
    ({"creationDate": "yesterday"}, "kernel.time_impossible", "/creationDate"),
    ({"creationDate": "2026-01-01T00:00:00"}, "kernel.time_without_offset", "/creationDate"),
    ({"epcisBody": None}, "field_missing", "/"),
    ({"epcisBody": []}, "not_object", "/epcisBody"),
    ({"epcisBody": {"eventList": {}}}, "not_list", "/epcisBody/eventList"),
    ({"epcisBody": {}}, "field_missing", "/epcisBody"),
    ({"id": "document 1"}, "not_uri", "/id"),
    ({"sender": 5}, "not_text", "/sender"),
    ({"surprise": 1}, "field_unknown", "/surprise"),
    ({"epcisHeader": {"epcisMasterData": {"vocabularyList": [{}]}}}, "field_missing",
     "/epcisHeader/epcisMasterData/vocabularyList/0"),
    ({"epcisHeader": {"masterData": 1}}, "field_unknown", "/epcisHeader/masterData"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "place"), ENVELOPES, ids=lambda value: str(value)[:60])
def test_a_spoiled_envelope_is_refused(changes: dict[str, Any], code: str, place: str) -> None:
    document = document_of() | changes
    assert codes({name: value for name, value in document.items() if value is not None}) == [(code, place)]


def test_an_unknown_document_type_and_a_single_event() -> None:
    with pytest.raises(Fault, match="document_type_unknown"):
        apart({"type": "EPCISMasterDataDocument", "@context": []})
    assert codes(object_event()) == [("field_missing", "/")]
    assert codes({"@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"} | object_event()) == []
    assert codes({"@context": {}} | object_event(action="X", epcList=["?"])) == [
        ("action_unknown", "/action"), ("not_uri", "/epcList/0"),
    ]  # fmt: skip


def test_many_findings_are_told_at_once_but_not_endlessly() -> None:
    event = object_event(action="X", bizStep="Y", epcList=["1", "2"], colour="red")
    assert len(codes(document_of(event))) == 5
    report = Report(limit=20)
    check_event(object_event(epcList=[str(number) for number in range(100_000)]), "", report)
    assert len(report.findings) == 20
    assert all(len(fault.at or "") < 200 for fault in report.findings)


def test_events_and_items_are_limited() -> None:
    limits = ReadingLimits(items=3)
    report = Report()
    check_event(object_event(epcList=[f"urn:x:{number}" for number in range(4)]), "/e", report, limits.items)
    assert [(fault.kind.code, fault.kind.status, fault.at) for fault in report.findings] == [
        ("integration.too_many_items", 413, "/e")
    ]


def test_a_prefix_is_declared_by_document_event_or_a_context_of_others() -> None:
    event = object_event(**{"acme:colour": "red"})
    assert codes(document_of(event))[0][0] == "namespace_undeclared"
    assert codes(document_of(event | {"@context": {"acme": "https://acme.example/"}})) == []
    assert codes(document_of(event, context={"acme": {"@id": "https://acme.example/"}})) == []
    assert codes(document_of(event, context=["https://acme.example/context.jsonld"])) == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.sampled_from(["", "urn:x:1", "2026-02-30T00:00:00Z", "ADD", "x" * 300, "𠮷/~"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "a:b", "", "/~"]), inner)
    ),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nothing_that_is_put_anywhere_crashes_the_validator(data: st.DataObject) -> None:
    document = json.loads(data.draw(st.sampled_from(own_documents())).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        holder: Any = document
        while True:
            if not holder:
                break
            key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 4)) == 0:
                holder[key] = copy.deepcopy(data.draw(VALUES))
                break
            holder = holder[key]
    try:
        found = findings(raw(document))
    except Fault as fault:
        found = [fault]
    for fault in found:
        assert fault.title("zh")
        assert fault.remedy("en")
        assert fault.at is not None
