"""What the comparison of suspect with sound items reads: how things were made, and what else was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suyuan.chassis.database import named_sql, tx

Sites = frozenset[int] | None


def how_made(numbers: Collection[int], sites: Sites) -> list[tuple[Any, ...]]:
    """Return (number, time, step, equipment, person, place, shift, order) of these events."""
    keys = {"numbers": sorted(numbers), "sites": None if sites is None else sorted(sites)}
    return tx().rows(named_sql(__package__, "cause_events.sql"), _mine(**keys))


@dataclass(frozen=True, slots=True)
class Alike:
    """What sound items must be to be compared with suspect ones. ``steps``: which made those without a product."""

    products: Sequence[str]
    steps: Sequence[str]
    kinds: Sequence[str]
    first: datetime
    last: datetime


def alike(items: Sequence[int]) -> Alike | None:
    """Return what these items are and when they were made; None where none is on record."""
    rows = tx().rows(named_sql(__package__, "cause_made.sql"), _mine(items=list(items)))
    if not rows:
        return None
    times = [row[2] for row in rows]
    return Alike(
        sorted({row[0] for row in rows if row[0]}),
        sorted({row[3] for row in rows if row[3] and not row[0]}),
        sorted({row[1] for row in rows}),
        min(times),
        max(times),
    )


def made_besides(
    suspect: Sequence[int],
    like: Alike,
    instants: Sequence[datetime],
    until: datetime,
    as_of: datetime | None,
    each: int,
) -> list[int]:
    """Return items like these, the first ``each`` that were made after each of these instants, none of ``suspect``."""
    keys = {
        "suspect": list(suspect), "products": list(like.products), "steps": list(like.steps), "kinds": list(like.kinds),
        "instants": list(instants), "until": until, "as_of": as_of, "each": each,
    }  # fmt: skip
    return [row[0] for row in tx().rows(named_sql(__package__, "cause_controls.sql"), _mine(**keys))]


def _mine(**keys: object) -> dict[str, object]:
    return {"tenant": tx().principal.tenant_id, **keys}
