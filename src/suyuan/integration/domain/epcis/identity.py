"""The event id of an event that came without one: the event hash of CBV 2.0 (section 8.9).

The canonical properties are strung together in a fixed order, lists sorted, times in UTC with milliseconds, CBV names
and EPC URNs as their web URIs; the SHA-256 of that text is the id, so the same event in another notation gets the same
id. ``errorDeclaration``, ``recordTime`` and ``eventID`` do not take part.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final, Protocol

from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import STANDARD, Namespaces
from suyuan.integration.domain.epcis.vocabulary import (
    BIZ_STEPS,
    COMPONENTS,
    DISPOSITIONS,
    MEASUREMENTS,
    PARTY_TYPES,
    SENSOR_ALERTS,
    TRANSACTION_TYPES,
)
from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import ItemIdentity


class Canonical(Protocol):
    """What canonicalising URIs needs; see ``mapping.Identify``."""

    def epc(self, uri: str) -> ItemIdentity:
        """Return the instance that ``uri`` names."""

    def epc_class(self, uri: str) -> ItemIdentity:
        """Return the lot or product that ``uri`` names."""

    def place(self, uri: str) -> str:
        """Return the canonical URI of a place or party."""


_CBV: Final = "https://ref.gs1.org/cbv/"
_GS1: Final = "https://gs1.org/voc/"
_NAMED: Final = {
    "bizStep": (BIZ_STEPS, f"{_CBV}BizStep-"),
    "disposition": (DISPOSITIONS, f"{_CBV}Disp-"),
    "bizTransactionList": (TRANSACTION_TYPES, f"{_CBV}BTT-"),
    "sourceList": (PARTY_TYPES, f"{_CBV}SDT-"),
    "destinationList": (PARTY_TYPES, f"{_CBV}SDT-"),
    "sensorReport": (MEASUREMENTS, _GS1),
    "exception": (SENSOR_ALERTS, _GS1),
    "component": (COMPONENTS, f"{_CBV}Comp-"),
}
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,30})\.[0-9]{1,30}")
_TIMES: Final = frozenset({"eventTime", "time", "startTime", "endTime"})
_IGNORED: Final = frozenset({f"{STANDARD['rdfs']}comment"})
_METADATA: Final = (
    "time",
    "startTime",
    "endTime",
    "deviceID",
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "bizRules",
)
_SENSOR_REPORT: Final = (
    "type",
    "exception",
    "deviceID",
    "deviceMetadata",
    "rawData",
    "dataProcessingMethod",
    "bizRules",
    "time",
    "microorganism",
    "chemicalSubstance",
    "value",
    "component",
    "stringValue",
    "booleanValue",
    "hexBinaryValue",
    "uriValue",
    "minValue",
    "maxValue",
    "meanValue",
    "sDev",
    "percRank",
    "percValue",
    "uom",
    "coordinateReferenceSystem",
)


def _plain_number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _utc_milliseconds(text: str) -> str:
    rounded = Instant.parse(text).utc + timedelta(microseconds=500)
    return f"{rounded:%Y-%m-%dT%H:%M:%S}.{rounded.microsecond // 1000:03d}Z"


class _Text:
    """Writes the canonical text of one event; ``join`` separates its parts (nothing, except to look at it)."""

    def __init__(self, names: Namespaces, canonical: Canonical, join: str) -> None:
        self._names = names
        self._canonical = canonical
        self.join = join

    def uri(self, text: str) -> str:
        if not text.startswith(("urn:epc:", "http")):
            return text
        for resolve in (self._instance, self._class, self._canonical.place):
            try:
                return resolve(text)
            except Fault:
                continue
        return text

    def _instance(self, text: str) -> str:
        return self._canonical.epc(text).uri

    def _class(self, text: str) -> str:
        return self._canonical.epc_class(text).uri

    def value(self, value: Json) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return _plain_number(Decimal(value))
        text = str(value).strip()
        return self.uri(self._names.expand(text)) if ":" in text else text

    def name(self, field: str, value: str) -> str:
        names, prefix = _NAMED[field]
        if value in names:
            return prefix + value
        return self._names.expand(value)

    def pair(self, name: str, value: Json, kind: str | None = None) -> str:
        if name in _TIMES:
            return f"{name}={_utc_milliseconds(value)}"
        if kind is not None or name in _NAMED:
            return f"{name}={self.name(kind or name, value)}"
        return f"{name}={self.value(value)}"

    def extension(self, members: Mapping[str, Json], known: Iterable[str] = ()) -> list[str]:
        """Return the sorted texts of all members that the standard does not define."""
        parts = []
        for name, value in members.items():
            if name in known:
                continue
            full = self._names.expand(name)
            if full in _IGNORED:
                continue
            local = name.partition(":")[2]
            key = f"{{{full.removesuffix(local)}}}{local}" if local else name
            parts += [key + self._content(entry) for entry in (value if isinstance(value, list) else [value])]
        return sorted(parts)

    def _content(self, value: Json) -> str:
        if isinstance(value, dict):
            return self.join.join(self.extension(value))
        if isinstance(value, list):
            return "".join(self._content(entry) for entry in value)
        if isinstance(value, str) and _FRACTION.fullmatch(value):  # XML knows no other numbers than texts
            value = Decimal(value)
        return "" if value is None else f"={self.value(value)}"

    def fields(self, title: str, members: Mapping[str, Json], order: Iterable[str]) -> str:
        parts = [
            self.pair(name, members[name], title if name == "type" and title in _NAMED else None)
            for name in order
            if name in members
        ]
        return title + self.join.join([*parts, *self.extension(members, order)])

    def sensor(self, element: Mapping[str, Json]) -> str:
        parts = []
        if "sensorMetadata" in element:
            parts.append(self.fields("sensorMetadata", element["sensorMetadata"], _METADATA))
        parts += sorted(self.fields("sensorReport", entry, _SENSOR_REPORT) for entry in element["sensorReport"])
        parts += self.extension(element, ("sensorMetadata", "sensorReport"))
        return "sensorElement" + self.join.join(parts)

    def quantity(self, element: Mapping[str, Json]) -> str:
        return self.fields("quantityElement", element, ("epcClass", "quantity", "uom"))

    def listed(self, name: str, entries: Iterable[str]) -> str:
        joined = self.join.join(sorted(entries))
        return name + joined if joined else ""

    def dispositions(self, value: Mapping[str, Json]) -> str:
        parts = [
            pair
            for name in ("set", "unset")
            for pair in sorted(f"{name}={self.name('disposition', entry)}" for entry in value.get(name, ()))
        ]
        return "persistentDisposition" + self.join.join(parts)

    def typed(self, name: str, key: str, entries: list[Mapping[str, Json]]) -> str:
        def entry_text(entry: Mapping[str, Json]) -> str:
            kind = [f"type={self.name(name, entry['type'])}"] if "type" in entry else []
            return self.join.join([*kind, f"{key}={self.value(entry[key])}"])

        return self.listed(name, map(entry_text, entries))

    def property(self, name: str, value: Json) -> str:
        if name in _TYPED:
            return self.typed(name, _TYPED[name], value)
        if name.endswith("QuantityList") or name == "quantityList":
            return self.listed(name, map(self.quantity, value))
        if name.endswith("EPCList") or name in ("epcList", "childEPCs"):
            return self.listed(name, (f"epc={self.value(epc)}" for epc in value))
        if name in ("readPoint", "bizLocation"):
            return self.fields(name, value, ("id",))
        if name == "persistentDisposition":
            return self.dispositions(value)
        if name == "sensorElementList":
            return self.listed(name, map(self.sensor, value))
        if name == "ilmd":
            return name + self.join.join(self.extension(value))
        return self.pair(name, value)


_TYPED: Final = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_ORDER: Final = (
    "eventTime",
    "eventTimeZoneOffset",
    "epcList",
    "parentID",
    "inputEPCList",
    "childEPCs",
    "quantityList",
    "childQuantityList",
    "inputQuantityList",
    "outputEPCList",
    "outputQuantityList",
    "action",
    "transformationID",
    "bizStep",
    "disposition",
    "persistentDisposition",
    "readPoint",
    "bizLocation",
    "bizTransactionList",
    "sourceList",
    "destinationList",
    "sensorElementList",
    "ilmd",
)
_OUTSIDE: Final = (
    *_ORDER,
    "type",
    "eventID",
    "recordTime",
    "errorDeclaration",
    "certificationInfo",
    "@context",
)


def canonical_text(event: Mapping[str, Json], names: Namespaces, canonical: Canonical, join: str = "") -> str:
    """Return the text whose hash identifies ``event``; ``join`` between its parts only serves to read it."""
    writer = _Text(names, canonical, join)
    parts = [f"eventType={event['type']}"]
    parts += [writer.property(name, event[name]) for name in _ORDER if name in event]
    parts += writer.extension(event, _OUTSIDE)
    return join.join(part for part in parts if part)


def derived_event_id(event: Mapping[str, Json], names: Namespaces, canonical: Canonical) -> str:
    """Return ``ni:///sha-256;{hex}?ver=CBV2.0`` for ``event``."""
    text = canonical_text(event, names, canonical)
    return f"ni:///sha-256;{hashlib.sha256(text.encode()).hexdigest()}?ver=CBV2.0"
