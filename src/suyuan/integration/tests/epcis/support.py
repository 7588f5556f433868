"""What the EPCIS tests share: a plain stand-in for the codes' side, and sound events to spoil."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from suyuan.integration.domain.epcis.documents import ReadDocument, check_document, take_apart
from suyuan.integration.domain.epcis.mapping import Setting, map_event
from suyuan.integration.domain.epcis.namespaces import EPCIS_CONTEXT
from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.domain.epcis.report import Report
from suyuan.kernel.faults import Bilingual, Fault, FaultKind
from suyuan.trace.contracts import EventRecord, ItemIdentity, ItemKind

DOCUMENTS = Path(__file__).parent / "documents"
PRODUCT = "https://id.gs1.org/01/09521234543213"
NOT_A_CODE = FaultKind("test.not_a_code", 422, Bilingual("坏码", "bad code"), Bilingual("改", "change"))
_LINK = re.compile(r"https://id\.gs1\.org/(?:00/(\d{18})|01/(\d{14})(?:/10/([^/]+))?(?:/21/([^/]+))?)")


class PlainIdentify:
    """Understands Digital Links of GTIN and SSCC, and takes any other URI for itself."""

    def epc(self, uri: str) -> ItemIdentity:
        if "bad" in uri:
            raise NOT_A_CODE(at="char 3")
        match = _LINK.fullmatch(uri)
        if match is None:
            return ItemIdentity(uri, ItemKind.CARRIER if ":carrier:" in uri else ItemKind.UNIT)
        if match[1]:
            return ItemIdentity(uri, ItemKind.CARRIER)
        return ItemIdentity(uri, ItemKind.UNIT, f"https://id.gs1.org/01/{match[2]}", match[3], match[4])

    def epc_class(self, uri: str) -> ItemIdentity:
        if "bad" in uri:
            raise NOT_A_CODE(at="char 3")
        match = _LINK.fullmatch(uri)
        product = f"https://id.gs1.org/01/{match[2]}" if match else None
        lot = match[3] if match else uri.rsplit(":", 1)[-1]
        return ItemIdentity(uri, ItemKind.LOT if lot else ItemKind.PRODUCT, product, lot)

    def place(self, uri: str) -> str:
        return uri


IDENTIFY = PlainIdentify()


def own_documents() -> list[Path]:
    return sorted(DOCUMENTS.glob("*.jsonld"))


def document_of(*events: dict[str, Any], context: Any = None, **members: Any) -> dict[str, Any]:
    return {
        "@context": context or [EPCIS_CONTEXT, {"suyuan": "urn:suyuan:vocab:", "example": "https://example.com/ns/"}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-01T08:00:00+08:00",
        **members,
        "epcisBody": {"eventList": list(events)},
    }


def object_event(**changes: Any) -> dict[str, Any]:
    """Return a sound object event; a change to None removes the field."""
    event = {
        "type": "ObjectEvent",
        "eventID": "urn:uuid:3f1b0f6a-6f3e-4a7e-9b0a-0d9f3c1f0001",
        "eventTime": "2026-11-01T08:00:00.000+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "ADD",
        "bizStep": "commissioning",
        "disposition": "active",
        "epcList": [f"{PRODUCT}/21/A1", f"{PRODUCT}/21/A2"],
        "readPoint": {"id": "https://id.gs1.org/414/9521234000013"},
    }
    return {name: value for name, value in (event | changes).items() if value is not None}


def raw(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def apart(document: Any) -> ReadDocument:
    return take_apart(read_json(document if isinstance(document, bytes) else raw(document)))


def findings(document: Any) -> list[Fault]:
    """Return all findings about a document: envelope, events, identities."""
    taken = apart(document)
    found = [*taken.findings, *(fault for event in check_document(taken) for fault in event)]
    if not found:
        report = Report(limit=50)
        for index, event in enumerate(taken.events):
            map_event(event, taken.event_at(index), Setting(taken.context, taken.names, IDENTIFY), report)
        found = report.findings
    return found


def codes(document: Any) -> list[tuple[str, str | None]]:
    return [(fault.kind.code.removeprefix("integration."), fault.at) for fault in findings(document)]


def records(document: Any) -> list[EventRecord]:
    """Return the records of a sound document."""
    taken = apart(copy.deepcopy(document))
    report = Report(limit=50)
    setting = Setting(taken.context, taken.names, IDENTIFY)
    mapped = [map_event(event, taken.event_at(index), setting, report) for index, event in enumerate(taken.events)]
    assert not report.findings, report.findings
    return [record for record in mapped if record is not None]
