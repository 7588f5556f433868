"""Bindings as EPCIS events: aggregation in and out, and a transformation where a label is replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from suyuan.chassis.database import tx
from suyuan.coding.contracts import binding_faults as faults
from suyuan.coding.contracts.binding import BoundItem, Circumstances
from suyuan.kernel.instants import Instant
from suyuan.tenancy import api as tenancy
from suyuan.trace.contracts import (
    Action,
    CaptureMethod,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    Participation,
    Role,
)

CONTEXT: Final = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"suyuan": "urn:suyuan:vocab:"},
]
_CLASSES: Final = frozenset({ItemKind.LOT, ItemKind.PRODUCT})
_STEP: Final = timedelta(milliseconds=1)


@dataclass(slots=True)
class Writer:
    """Makes the events of one binding: one clock, one set of ids that a repeated request makes again."""

    given: Circumstances
    moment: datetime
    carried: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the scanned codes say beside the items that they name, by URI."""
    events: list[EventRecord] = field(default_factory=list)
    judged: list[tuple[EventRecord, Mapping[str, Any]]] = field(default_factory=list)
    """Those that other modules' checks judge, each with what it tells in fields of our own."""

    def put_in(self, parent: ItemIdentity, children: Sequence[Child], *, judged: bool = True) -> None:
        """Add: the children go into the parent. Not ``judged``: they were in it before, under another label."""
        told: dict[str, Any] = {"codes": self.carried}
        if self.given.node:
            told |= {"node": self.given.node, "fields": dict(self.given.fields)}
        self._aggregation(parent, children, Action.ADD, "packing", told, judged=judged)

    def take_out(self, parent: ItemIdentity, children: Sequence[Child], *, judged: bool = True) -> None:
        """Delete: the children come out of the parent. Not ``judged``: they will be in it again."""
        self._aggregation(parent, children, Action.DELETE, "unpacking", {}, judged=judged)

    def replace(self, old: ItemIdentity, new: ItemIdentity) -> None:
        """Transform: what carried the old label carries the new one."""
        document = {
            "type": EventType.TRANSFORMATION.value,
            "inputEPCList": [old.uri],
            "outputEPCList": [new.uri],
            "bizStep": "repackaging",
        }
        parts = (Participation(old, Role.INPUT), Participation(new, Role.OUTPUT))
        self._add(EventType.TRANSFORMATION, None, "repackaging", parts, document)

    def retire(self, item: ItemIdentity) -> None:
        """Delete as an object: the label is no more."""
        document = {
            "type": EventType.OBJECT.value,
            "action": Action.DELETE.value,
            "epcList": [item.uri],
            "bizStep": "decommissioning",
        }
        self._add(EventType.OBJECT, Action.DELETE, "decommissioning", (Participation(item, Role.SUBJECT),), document)

    def _aggregation(
        self, parent: ItemIdentity, children: Sequence[Child], action: Action, step: str, told: dict[str, Any], *,
        judged: bool,
    ) -> None:  # fmt: skip
        document: dict[str, Any] = {
            "type": EventType.AGGREGATION.value,
            "action": action.value,
            "parentID": parent.uri,
            "bizStep": step,
        }
        singles = [child.identity.uri for child in children if not child.counted]
        counted = [
            {"epcClass": child.identity.uri, **({"quantity": child.quantity} if child.quantity else {})}
            for child in children
            if child.counted
        ]
        if singles:
            document["childEPCs"] = singles
        if counted:
            document["childQuantityList"] = counted
        parts = (
            Participation(parent, Role.PARENT),
            *(
                Participation(child.identity, Role.CHILD, Decimal(child.quantity) if child.quantity else None)
                for child in children
            ),
        )
        self._add(EventType.AGGREGATION, action, step, parts, document, told, judged=judged)

    def _add(
        self,
        kind: EventType,
        action: Action | None,
        step: str,
        parts: tuple[Participation, ...],
        document: dict[str, Any],
        told: dict[str, Any] | None = None,
        *,
        judged: bool = True,
    ) -> None:
        number = len(self.events)
        event_id = event_id_of(self.given.request_key, number)
        when = Instant(self.moment + number * _STEP, self.given.offset_minutes)
        person = f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(tx().principal.name, safe='')}"
        common: dict[str, Any] = {
            "eventID": event_id,
            "eventTime": when.isoformat(),
            "eventTimeZoneOffset": when.isoformat()[-6:],
            "suyuan:person": person,
            "suyuan:captureMethod": self.given.method,
        }
        told = dict(told or {})
        if judged and self.given.overrides:
            told["overrides"] = [{"check": each.check, "reason": each.reason} for each in self.given.overrides]
        common |= {f"suyuan:{name}": value for name, value in told.items() if name in ("node", "fields")}
        if "overrides" in told:
            common["suyuan:overrides"] = [
                {"suyuan:check": each.check, "suyuan:reason": each.reason} for each in self.given.overrides
            ]
        places = {"readPoint": self.given.read_point, "bizLocation": self.given.biz_location}
        common |= {name: {"id": place} for name, place in places.items() if place}
        if self.given.equipment:
            common["suyuan:equipment"] = self.given.equipment
        record = EventRecord(
            event_id,
            kind,
            when,
            parts,
            {**document, **common},
            context=CONTEXT,
            action=action,
            biz_step=step,
            read_point=self.given.read_point,
            biz_location=self.given.biz_location,
            person=person,
            equipment=self.given.equipment,
            capture_method=CaptureMethod(self.given.method),
        )
        self.events.append(record)
        if judged:
            self.judged.append((record, told))


@dataclass(frozen=True, slots=True)
class Child:
    """What goes in or comes out: a single thing, or so many of a lot or product."""

    identity: ItemIdentity
    quantity: int | None = None

    @property
    def counted(self) -> bool:
        """Tell whether it names a class of things."""
        return self.identity.kind in _CLASSES


def event_id_of(request_key: str, number: int) -> str:
    """Return the id of a request's event: the same for the same request of the same tenant."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'suyuan:binding:{tx().principal.tenant_id}:{request_key}:{number}')}"


def moment_of(given: Circumstances, items: Sequence[BoundItem]) -> datetime:
    """Return when it happens: as told, or now, but after everything known of the items.

    :raises Fault: ``coding.bind_time_backwards`` where the time told is before something that happened to an item.
    """
    seen = [(item.last_seen, item) for item in items if item.last_seen is not None]
    if given.time is not None:
        for since, item in seen:
            if since > given.time:
                shown = since.astimezone(given.time.tzinfo)
                raise faults.TIME_BACKWARDS(at="/time", label=item.label, since=f"{shown:%Y-%m-%d %H:%M:%S}")
        return given.time.astimezone(UTC)
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    latest = max((since for since, _ in seen), default=now - _STEP)
    return now if latest < now else latest.astimezone(UTC) + _STEP
