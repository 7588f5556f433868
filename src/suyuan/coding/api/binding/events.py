"""Bindings as EPCIS events: aggregation in and out, and a transformation where a label is replaced."""

from __future__ import annotations

from collections.abc import Sequence
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
    events: list[EventRecord] = field(default_factory=list)

    def put_in(self, parent: ItemIdentity, children: Sequence[Child], step: str = "packing") -> None:
        """Add: the children go into the parent."""
        self._aggregation(parent, children, Action.ADD, step)

    def take_out(self, parent: ItemIdentity, children: Sequence[Child], step: str = "unpacking") -> None:
        """Delete: the children come out of the parent."""
        self._aggregation(parent, children, Action.DELETE, step)

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

    def _aggregation(self, parent: ItemIdentity, children: Sequence[Child], action: Action, step: str) -> None:
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
        self._add(EventType.AGGREGATION, action, step, parts, document)

    def _add(
        self,
        kind: EventType,
        action: Action | None,
        step: str,
        parts: tuple[Participation, ...],
        document: dict[str, Any],
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
        places = {"readPoint": self.given.read_point, "bizLocation": self.given.biz_location}
        common |= {name: {"id": place} for name, place in places.items() if place}
        if self.given.equipment:
            common["suyuan:equipment"] = self.given.equipment
        self.events.append(
            EventRecord(
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
        )


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
                raise faults.TIME_BACKWARDS(at="/time", label=item.label, since=since.isoformat(timespec="seconds"))
        return given.time.astimezone(UTC)
    now = datetime.now(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    latest = max((since for since, _ in seen), default=now - _STEP)
    return now if latest < now else latest.astimezone(UTC) + _STEP
