"""EPCIS events of the dairy, numbered so that the same plan makes the same ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from suyuan.packs.dairy_demo.domain.catalogue import SITE, Product, vocabulary

Event = dict[str, Any]


def amount(product: Product, lot: str, quantity: float) -> Event:
    """Return a quantity element."""
    return {"epcClass": lot, "quantity": quantity, **({"uom": product.unit} if product.unit else {})}


def measured(*values: tuple[str, float, str, float | None, float | None]) -> list[Event]:
    """Return a sensorElementList of (name, value, unit, low, high)."""
    reports = []
    for name, value, unit, low, high in values:
        limits = {key: limit for key, limit in (("suyuan:low", low), ("suyuan:high", high)) if limit is not None}
        kind = f"urn:suyuan:vocab:parameter:{name}"
        reports.append({"type": kind, "suyuan:name": name, "value": value, "uom": unit, **limits})
    return [{"sensorReport": reports}]


def written(
    moment: datetime, kind: str, step: str, *, disposition: str = "in_progress", where: str = SITE,
    machine: str | None = None, person: str | None = None, order: str | None = None, **fields: object,
) -> Event:  # fmt: skip
    """Return an event without its id; ``fields`` are EPCIS fields by name (``suyuan_`` begins our own)."""
    event: Event = {
        "type": kind, "eventTime": moment.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": moment.isoformat()[-6:], "bizStep": step, "disposition": disposition,
        "readPoint": {"id": where}, "bizLocation": {"id": where}, "suyuan:captureMethod": "scan",
    }  # fmt: skip
    named = {"suyuan:equipment": machine, "suyuan:person": person, "suyuan:workOrder": order}
    event |= {name: value for name, value in named.items() if value}
    return event | {name.replace("suyuan_", "suyuan:"): value for name, value in fields.items()}


class Journal:
    """Keeps events in the order of their times."""

    def __init__(self, key: str) -> None:
        self._stem = hashlib.sha256(key.encode()).hexdigest()
        self._events: list[tuple[datetime, int, Event]] = []

    def keep(self, moment: datetime, event: Event) -> None:
        """Give an event its id and keep it."""
        number, stem = len(self._events), self._stem
        identity = f"urn:uuid:{stem[:8]}-{stem[8:12]}-8{stem[12:15]}-a{stem[15:18]}-{number:012x}"
        self._events.append((moment, number, {**event, "eventID": identity}))

    @property
    def events(self) -> Sequence[Event]:
        """The events in time order."""
        return [event for _, _, event in sorted(self._events, key=lambda row: row[:2])]

    def document(self) -> bytes:
        """Return everything as one EPCIS document with its master data."""
        events = self.events
        last = max(moment for moment, _, _ in self._events)
        body: Mapping[str, Any] = {
            "@context": [
                "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"suyuan": "urn:suyuan:vocab:"},
            ],
            "type": "EPCISDocument", "schemaVersion": "2.0",
            "creationDate": last.isoformat(timespec="milliseconds"),
            "epcisHeader": header(),
            "epcisBody": {"eventList": list(events)},
        }  # fmt: skip
        return json.dumps(body, ensure_ascii=False).encode()


def header() -> Event:
    """Return the ``epcisHeader``: master data of everything that events point at."""
    return {"epcisMasterData": {"vocabularyList": vocabulary()}}


def midnight(now: datetime, days_ago: int) -> datetime:
    """Return the beginning of a day so many days before ``now``, on its clock."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
