"""What scanned and typed codes name: master data first where a field asks for it, then every kind of code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from suyuan.capture.contracts.readings import MasterEntry, StationMasters
from suyuan.capture.domain.scanning import Scanned, class_of, expiry_in, label_of
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.coding.api import states
from suyuan.coding.contracts.issuing import CodeState
from suyuan.kernel.faults import Fault
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import MasterDatum

_VOID: Final = frozenset({CodeState.VOID, CodeState.SPOILED, CodeState.MISSING})
_MARKS: Final = (
    (":vocab:", ""), (":person:", "person"), (":equipment:", "equipment"), (":asset:", "equipment"),
    (":place:", "place"), ("/414/", "place"), (":sgln:", "place"), ("/417/", ""), (":pgln:", ""),
)  # fmt: skip
_KINDS: Final = ("product", "place", "equipment", "person")
_HIDDEN: Final = frozenset({"badge", "pin"})


@dataclass(frozen=True, slots=True)
class Masters:
    """A tenant's master data by kind, and what people scan or type for each entry."""

    entries: Mapping[str, tuple[MasterEntry, ...]]
    by_code: Mapping[tuple[str, str], MasterEntry]

    def find(self, kind: str, text: str) -> MasterEntry | None:
        """Return the entry of a kind that a code, badge or URI means."""
        return self.by_code.get((kind, text.lower()))

    def for_station(self) -> StationMasters:
        """Return what stations keep; of badges only their hashes."""
        return StationMasters(
            products=self.entries["product"], places=self.entries["place"],
            equipment=self.entries["equipment"], people=self.entries["person"],
        )  # fmt: skip


def masters() -> Masters:
    """Return the master data of the open transaction's tenant, kept until any of it changes."""
    return _masters(tx().principal.tenant_id, trace.master_stamp())


@lru_cache(maxsize=32)
def _masters(_tenant: int, _stamp: object) -> Masters:
    entries: dict[str, list[MasterEntry]] = {kind: [] for kind in _KINDS}
    by_code: dict[tuple[str, str], MasterEntry] = {}
    for datum in trace.master_data():
        kind = next((kind for mark, kind in _MARKS if mark in datum.uri), "product")
        if kind:
            entry = _entry(datum)
            entries[kind].append(entry)
            plain = _plain(datum)
            for text in (datum.uri, entry.code, *(str(plain.get(name, "")) for name in ("badge", "code", "gln"))):
                if text:
                    by_code.setdefault((kind, text.lower()), entry)
    return Masters({kind: tuple(rows) for kind, rows in entries.items()}, by_code)


def _plain(datum: MasterDatum) -> dict[str, Any]:
    return {name.rsplit(":", 1)[-1]: value for name, value in datum.attributes.items()}


def _entry(datum: MasterDatum) -> MasterEntry:
    plain = _plain(datum)
    code = str(plain.get("code") or plain.get("badge") or datum.uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1])
    shown: dict[str, Any] = {name: value for name, value in plain.items() if name not in _HIDDEN}
    if plain.get("badge"):
        shown["badge_sha256"] = hashlib.sha256(str(plain["badge"]).encode()).hexdigest()
        code = datum.uri.rsplit(":", 1)[-1]
    return MasterEntry(uri=datum.uri, code=code, name_zh=datum.name_zh, name_en=datum.name_en, attributes=shown)


@dataclass(slots=True)
class Resolver:
    """Resolves the codes of one message; the same code is understood once."""

    masters: Masters
    tenant: str
    _kept: dict[tuple[str, tuple[str, ...]], Scanned | Fault] = field(default_factory=dict)
    _void: dict[str, str | None] = field(default_factory=dict)

    def resolve(self, raw: str, classes: tuple[str, ...]) -> Scanned:
        """Return what a code names at a field of these classes.

        :raises Fault: why it is not understood.
        """
        key = (raw, classes)
        found = self._kept.get(key)
        if found is None:
            try:
                found = self._resolved(raw, classes)
            except Fault as fault:
                found = fault
            self._kept[key] = found
        if isinstance(found, Fault):
            raise Fault(found.kind, found.at, found.params)
        return found

    def void_state(self, uri: str) -> str | None:
        """Return the state of a code that was issued here and is void; None for all others."""
        if uri not in self._void:
            try:
                state = states.issued_code(uri).state
            except Fault:  # by no rule of this plant: nothing was issued that could be void
                state = None
            self._void[uri] = state.value if state in _VOID and state is not None else None
        return self._void[uri]

    def _resolved(self, raw: str, classes: tuple[str, ...]) -> Scanned:
        for kind in classes:
            entry = self.masters.find(kind, raw)
            if entry is not None:
                return self._of_master(raw, kind, entry)
        if classes == ("order",):
            return self._order(raw)
        try:
            decoded = coding.understand(raw, allow_foreign=True)
        except Fault:
            if "order" in classes:
                return self._order(raw)
            raise
        identity = decoded.identity
        name = class_of(identity)
        if classes and name not in classes and "order" in classes:
            return self._order(raw)
        of_item = name in ("unit", "lot", "carrier", "asset", "product")
        return Scanned(
            raw, identity.uri if of_item else coding.identify_place(identity.uri), name, label_of(identity),
            identity if of_item else None, identity.lot, expiry_in(decoded.attributes), decoded.attributes,
        )  # fmt: skip

    def _of_master(self, raw: str, kind: str, entry: MasterEntry) -> Scanned:
        identity = coding.identify_class(entry.uri, allow_foreign=True) if kind == "product" else None
        return Scanned(raw, entry.uri, kind, entry.code, identity)

    def _order(self, raw: str) -> Scanned:
        uri = raw if raw.startswith(("urn:", "http")) else f"urn:suyuan:{self.tenant}:order:{quote(raw, safe='')}"
        return Scanned(raw, uri, "order", raw.rsplit(":", 1)[-1])


def resolver() -> Resolver:
    """Return a resolver for the open transaction's tenant."""
    return Resolver(masters(), tenancy.own_tenant().code)
