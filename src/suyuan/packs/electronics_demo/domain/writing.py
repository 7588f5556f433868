"""Building EPCIS events: the fields that all share, measured values, and the journal that numbers and keeps them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from suyuan.packs.electronics_demo.domain.clock import OFFSET, iso, shift_code
from suyuan.packs.electronics_demo.domain.staff import Station

Event = dict[str, Any]
"""An EPCIS 2.0 event as JSON-LD, without its eventID until the journal gives it one."""

_encode = msgspec.json.Encoder().encode
CONSUMER_SCAN = "urn:suyuan:vocab:step:consumer_scan"
"""Our own business step: a consumer scans the code of a product (CBV has none)."""


def outside(kind: str, moment: int, step: str, disposition: str, place: str | None, **fields: object) -> Event:
    """Return an event that happens outside the plant (no crew, no machine)."""
    event: Event = {
        "type": kind, "eventTime": iso(moment), "eventTimeZoneOffset": OFFSET,
        "bizStep": step, "disposition": disposition,
    }
    if place is not None:
        event["readPoint"] = event["bizLocation"] = {"id": place}
    event.update(fields)
    return event


def at(station: Station, kind: str, moment: int, step: str, disposition: str, **fields: object) -> Event:
    """Return an event at one of the plant's stations, with crew, machine, shift and capture method.

    ``fields`` are EPCIS fields by name; ``reading`` and ``order`` become the extension fields.
    """
    event: Event = {
        "type": kind, "eventTime": iso(moment), "eventTimeZoneOffset": OFFSET,
        "bizStep": step, "disposition": disposition,
        "readPoint": station.read_point, "bizLocation": station.location,
        "suyuan:person": station.person(moment), "suyuan:equipment": station.equipment,
        "suyuan:shift": shift_code(moment), "suyuan:captureMethod": station.method,
    }
    reading, order = fields.pop("reading", None), fields.pop("order", None)
    event.update(fields)
    if order is not None:
        event["suyuan:workOrder"] = order
    if reading is not None:
        event["suyuan:reading"] = reading
    return event


def sensors(*reports: Event) -> list[Event]:
    """Return a sensorElementList with one element."""
    return [{"sensorReport": list(reports)}]


def quantity(lot: str, amount: float, uom: str) -> Event:
    """Return a quantity element; pieces are given with the unit C62 too, so that every lot balances."""
    return {"epcClass": lot, "quantity": amount, "uom": uom}


class Journal:
    """Gives events their ids and keeps them, encoded, with their place in time.

    Ids are UUIDs of version 8 (RFC 9562): 74 bits from ``key``, the rest a counter. Same key and order, same ids.
    """

    def __init__(self, key: str, first: int = 0) -> None:
        digest = hashlib.sha256(key.encode()).hexdigest()
        self._stem = f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[12:15]}-a{digest[15:18]}-"
        self.count = first
        self.events: list[tuple[int, int, bytes]] = []

    def name(self, event: Event) -> str:
        """Give ``event`` the next id and return it."""
        identity = f"{self._stem}{self.count:012x}"
        self.count += 1
        event["eventID"] = identity
        return identity

    def write(self, moment: int, event: Event) -> str:
        """Name ``event``, keep it under ``moment`` (milliseconds), and return its id."""
        identity = self.name(event)
        self.events.append((moment, self.count, _encode(event)))
        return identity


_HEAD = (
    '{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"suyuan":"urn:suyuan:vocab:"}],'
    '"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"%s",%s"epcisBody":{"eventList":['
)


def document(events: Iterable[bytes], created: int, header: Event | None = None) -> bytes:
    """Return an EPCISDocument of encoded ``events``, with master data in ``header`` where given."""
    extra = b'"epcisHeader":' + _encode(header) + b"," if header else b""
    return (_HEAD % (iso(created), extra.decode())).encode() + b",".join(events) + b"]}}"


def encode(event: Event) -> bytes:
    """Return ``event`` as JSON."""
    return _encode(event)
