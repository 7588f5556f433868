"""What the execution checks ask the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS


def asked(uris: Sequence[str], orders: Sequence[str]) -> list[tuple[str, list[Any]]]:
    """Return (kind, values) of all that the checks of one message need; see ``executing.sql``."""
    rows = tx().execute(
        named_sql(__package__, "executing.sql"),
        {"tenant": tx().principal.tenant_id, "uris": list(uris), "orders": list(orders)},
        prepare=True,
    )
    return [(kind, msgspec.json.decode(values) if isinstance(values, str | bytes) else values) for kind, values in rows]


def newest_lot(material: str) -> int:
    """Return the number of the newest lot of a material; 0 where there is none."""
    found: int | None = tx().value(
        "SELECT max(id) FROM trace_item WHERE tenant_id = %s AND product = %s AND kind = 'lot'",
        (tx().principal.tenant_id, material),
    )
    return found or 0


def at_hand(material: str) -> list[tuple[str, str, datetime, str | None]]:
    """Return URI, code, time of coming and place of lots of which something is left, the first to come first."""
    keys = {"tenant": tx().principal.tenant_id, "material": material, "held": sorted(HELD_DISPOSITIONS)}
    rows = tx().execute(named_sql(__package__, "at_hand.sql"), keys, prepare=True).fetchall()
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def any_order() -> bool:
    """Tell whether the tenant works by orders at all."""
    return bool(
        tx().value("SELECT EXISTS (SELECT FROM production_order WHERE tenant_id = %s)", (tx().principal.tenant_id,))
    )


def held_by(person: str, day: date) -> set[str]:
    """Return the codes of the qualifications that somebody holds on a day."""
    rows = tx().rows(
        "SELECT q.code FROM production_qualified h JOIN production_qualification q ON q.id = h.qualification_id"
        " WHERE h.tenant_id = %s AND h.person = %s AND %s BETWEEN h.valid_from AND coalesce(h.valid_to, 'infinity')",
        (tx().principal.tenant_id, person, day),
    )
    return {row[0] for row in rows}


def holders(codes: Sequence[str], day: date) -> list[str]:
    """Return who holds all of some qualifications on a day."""
    rows = tx().rows(
        named_sql(__package__, "holders.sql"),
        {"tenant": tx().principal.tenant_id, "codes": list(codes), "count": len(set(codes)), "day": day},
    )
    return [row[0] for row in rows]


def machine(uri: str) -> tuple[str, tuple[str, ...], date | None] | None:
    """Return class, what it stands in (nearest first), and last day of calibration of a machine or tool."""
    row = (
        tx().execute(named_sql(__package__, "machine.sql"), {"tenant": tx().principal.tenant_id, "uri": uri}).fetchone()
    )
    return (row[0], tuple(row[1]), row[2]) if row is not None else None


def calibrated(tool_class: str, day: date) -> bool:
    """Tell whether there is a tool of a class in use that is within its calibration."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM production_tool WHERE tenant_id = %s AND class = %s AND NOT retired"
            " AND coalesce(due, 'infinity') >= %s)",
            (tx().principal.tenant_id, tool_class, day),
        )
    )
