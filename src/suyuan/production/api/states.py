"""States of equipment: entered by people, devices and trace nodes as events, read back as intervals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

from suyuan.chassis.database import tx
from suyuan.kernel.instants import Instant
from suyuan.production.contracts.oee import (
    REASONS,
    STATE_IN_FUTURE,
    STATE_UNKNOWN,
    MachineNow,
    NewState,
    StateInterval,
)
from suyuan.production.domain.oee import intervals
from suyuan.production.store import oee as store
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import (
    Action,
    CaptureMethod,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    Participation,
    Recorded,
    Role,
)

STEP: Final = "urn:suyuan:vocab:step:equipment_state"
RIGHT: Final = "production:oee:read"
_CONTEXT: Final = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    {"suyuan": "urn:suyuan:vocab:"},
]
_AHEAD = timedelta(minutes=2)
"""How far another clock may be ahead of ours."""


def enter(given: NewState, offset: int = 0) -> Recorded:
    """Record that a machine went into a state, as an event of the ledger.

    :param offset: minutes east of UTC that the event's time is told with.
    :raises Fault: ``production.state_unknown``, ``production.state_in_future``.
    """
    if given.reason and given.reason not in REASONS[given.state]:
        raise STATE_UNKNOWN(at="/reason", given=given.state, reason=given.reason)
    now = datetime.now(UTC)
    since = given.since or now
    if since.tzinfo is None or since > now + _AHEAD:
        raise STATE_IN_FUTURE(at="/since", given=since.isoformat())
    when = Instant(since.astimezone(UTC), offset)
    person = f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(tx().principal.name, safe='')}"
    return trace.record([_event(given, when, person)])[0]


def _event(given: NewState, when: Instant, person: str) -> EventRecord:
    event_id = f"urn:uuid:{uuid4()}"
    document: dict[str, Any] = {
        "type": "ObjectEvent", "eventID": event_id, "action": "OBSERVE", "bizStep": STEP,
        "eventTime": when.isoformat(), "eventTimeZoneOffset": when.isoformat()[-6:], "epcList": [given.equipment],
        "suyuan:equipment": given.equipment, "suyuan:person": person, "suyuan:captureMethod": "manual",
        "suyuan:state": given.state,
    }  # fmt: skip
    document |= {"suyuan:stateReason": given.reason} if given.reason else {}
    document |= {"suyuan:note": given.note.strip()} if given.note.strip() else {}
    machine = ItemIdentity(given.equipment, ItemKind.ASSET)
    return EventRecord(
        event_id, EventType.OBJECT, when, (Participation(machine, Role.SUBJECT),), document, context=_CONTEXT,
        action=Action.OBSERVE, biz_step=STEP, person=person, equipment=given.equipment,
        capture_method=CaptureMethod.MANUAL,
    )  # fmt: skip


def machines_now() -> list[MachineNow]:
    """Return every machine with the state it is in."""
    now = datetime.now(UTC) + _AHEAD
    sites = _sites()
    known = store.machines(now - timedelta(days=30), now)
    points = store.states(now, now, [each.uri for each in known], sites)
    found = []
    for machine in known:
        last = max(points.get(machine.uri, ()), key=lambda each: (each.time, each.event_number), default=None)
        if sites is not None and machine.site_id not in sites and last is None:
            continue
        found.append(MachineNow(
            machine.uri, machine.name_zh, machine.name_en, last.state if last else None, last.reason if last else None,
            last.note if last else None, last.time if last else None,
        ))  # fmt: skip
    return found


def states_of(equipment: str, since: datetime, until: datetime) -> list[StateInterval]:
    """Return a machine's states between two times, in time order."""
    points = store.states(since, until, [equipment], _sites())
    ends = min(until, datetime.now(UTC))
    return [
        StateInterval(
            each.point.state, each.point.reason, each.point.note, each.point.person, each.since, each.until, each.open,
            each.point.event_number,
        )
        for each in intervals(points.get(equipment, ()), since, ends)
    ]  # fmt: skip


def _sites() -> list[int] | None:
    reached = tx().principal.sites_for(RIGHT)
    return None if reached is None else sorted(reached)
