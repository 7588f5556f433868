"""A small shop floor for tests: items, and events with as little as a test wants to say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import Action, EventRecord, EventType, ItemIdentity, ItemKind, Participation, Role

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday."""


def unit(code: str) -> ItemIdentity:
    """Return a serialised unit."""
    return ItemIdentity(f"urn:suyuan:t:unit:{code}", ItemKind.UNIT, serial=code)


def lot(code: str) -> ItemIdentity:
    """Return a lot."""
    return ItemIdentity(f"urn:suyuan:t:lot:{code}", ItemKind.LOT, lot=code)


def carrier(code: str) -> ItemIdentity:
    """Return a box or tray."""
    return ItemIdentity(f"urn:suyuan:t:carrier:{code}", ItemKind.CARRIER)


def at(minute: float) -> str:
    """Return a time of the shop's day, minutes after its start."""
    return (START + timedelta(minutes=minute)).isoformat()


def happened(
    name: str, minute: float, *parts: Participation, kind: EventType = EventType.OBJECT, action: Action | None = None,
    document: dict[str, Any] | None = None, **more: Any,
) -> EventRecord:  # fmt: skip
    """Return an event named ``name``; of an object event the action is OBSERVE, of others ADD, unless it is said."""
    if kind is not EventType.TRANSFORMATION:
        action = action or (Action.OBSERVE if kind is EventType.OBJECT else Action.ADD)
    written = {"type": kind.value, "eventID": f"urn:shop:{name}", "eventTime": at(minute)} | (document or {})
    return EventRecord(
        f"urn:shop:{name}", kind, Instant.parse(at(minute)), parts, written, action=action, **more
    )  # fmt: skip


def made(name: str, minute: float, item: ItemIdentity, *inputs: Participation, **more: Any) -> EventRecord:
    """Return the making of ``item`` out of ``inputs``."""
    more.setdefault("biz_step", "commissioning")
    parts = (*inputs, Participation(item, Role.OUTPUT))
    return happened(name, minute, *parts, kind=EventType.TRANSFORMATION, **more)


def seen(
    name: str, minute: float, item: ItemIdentity, step: str, disposition: str | None = None, **more: Any
) -> EventRecord:
    """Return something that was done to, or seen of, ``item``."""
    return happened(name, minute, Participation(item, Role.SUBJECT), biz_step=step, disposition=disposition, **more)


def inside(name: str, minute: float, parent: ItemIdentity, *children: ItemIdentity, **more: Any) -> EventRecord:
    """Return ``children`` put into (or, with the action DELETE, taken out of) ``parent``."""
    more.setdefault("kind", EventType.AGGREGATION)
    parts = (Participation(parent, Role.PARENT), *(Participation(child, Role.CHILD) for child in children))
    return happened(name, minute, *parts, **more)
