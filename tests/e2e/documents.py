"""EPCIS documents that nobody has sent before."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

PLACE = "https://id.gs1.org/414/9506000134352"
"""A partner's: what happens at a place of ours is judged as an entry of the node that has its step."""
GTIN = "09521234543213"


def mark() -> str:
    """Return letters that occur nowhere else."""
    return uuid.uuid4().hex[:10].upper()


def event(serial: str, **changes: Any) -> dict[str, Any]:
    """Return an event of now in which one unit is looked at."""
    return {
        "type": "ObjectEvent",
        "eventID": f"urn:uuid:{uuid.uuid4()}",
        "eventTime": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "inspecting",
        "disposition": "in_progress",
        "epcList": [f"https://id.gs1.org/01/{GTIN}/21/{serial}"],
        "readPoint": {"id": PLACE},
        "bizLocation": {"id": PLACE},
        "suyuan:captureMethod": "device",
        "suyuan:reading": {"device": "TESTER-E2E", "raw": f"OK;{serial}"},
        **changes,
    }


def document(*events: dict[str, Any]) -> bytes:
    """Return a document as a file holds it."""
    whole = {
        "@context": [
            "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            {"suyuan": "urn:suyuan:vocab:"},
        ],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": datetime.now(UTC).isoformat(timespec="seconds"),
        "epcisBody": {"eventList": list(events)},
    }
    return json.dumps(whole).encode()
