"""Events as an error declaration repeats them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import (
    Action,
    CaptureMethod,
    EventRecord,
    EventType,
    ItemIdentity,
    ItemKind,
    Participation,
)
from suyuan.trace.store.recording import ROLE_CODES

_ROLES = {code: role for role, code in ROLE_CODES.items()}


class Voidable(NamedTuple):
    """An event that could be declared an error; ``void``: it was already."""

    number: int
    record: EventRecord
    site: int | None
    void: bool


def voidable(event_ids: Sequence[str]) -> list[Voidable]:
    """Return the events of these ids as they were recorded, in order; declarations are left out."""
    values = {"tenant": tx().principal.tenant_id, "ids": list(event_ids)}
    rows = tx().rows(named_sql(__package__, "voidable_events.sql"), values)
    parts = _participations([row[0] for row in rows])
    return [Voidable(row[0], _record(row, parts.get(row[0], ())), row[18], row[19]) for row in rows]


def _record(row: tuple[Any, ...], parts: Sequence[Participation]) -> EventRecord:
    return EventRecord(
        row[1], EventType(row[2]), Instant(row[4], row[5]), tuple(parts), _json(row[16]),
        context=None if row[17] is None else _json(row[17]), action=Action(row[3]) if row[3] else None,
        biz_step=row[6], disposition=row[7], read_point=row[8], biz_location=row[9], transformation_id=row[10],
        person=row[11], equipment=row[12], work_order=row[13], shift=row[14], capture_method=CaptureMethod(row[15]),
    )  # fmt: skip


def _json(text: str) -> Any:  # noqa: ANN401 (any JSON value)
    return msgspec.json.Decoder(float_hook=Decimal).decode(text)


def _participations(numbers: Sequence[int]) -> dict[int, list[Participation]]:
    rows = tx().rows(
        "SELECT p.event_number, i.uri, i.kind, i.product, i.lot, i.serial, p.role, p.quantity, p.unit"
        " FROM trace_participation p JOIN trace_item i ON i.tenant_id = p.tenant_id AND i.id = p.item_id"
        " WHERE p.tenant_id = %s AND p.event_number = ANY (%s)",
        (tx().principal.tenant_id, list(numbers)),
    )
    found: dict[int, list[Participation]] = {}
    for number, uri, kind, product, lot, serial, role, quantity, unit in rows:
        code = role.decode() if isinstance(role, bytes) else role
        item = ItemIdentity(uri, ItemKind(kind), product, lot, serial)
        found.setdefault(number, []).append(Participation(item, _ROLES[code], quantity, unit))
    return found
