"""States of issued codes, their movements, and handouts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.coding.contracts.issuing import CodeState, Handout, HolderKind, Movement, StateCount, Stretch
from suyuan.coding.domain.stretches import Span

_MINE = "tenant_id = %(tenant)s"


def _tenant() -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id}


def now() -> datetime:
    """Return the database's time."""
    found: datetime = tx().value("SELECT clock_timestamp()")
    return found


def stretches(batch: int, low: int, high: int) -> list[Stretch]:
    """Return the stretches from offset ``low`` to ``high`` with their neighbours, in order."""
    rows = tx().rows(named_sql(__package__, "states.sql"), {**_tenant(), "batch": batch, "low": low, "high": high})
    return [Stretch(row[1], row[2], CodeState(row[3]), row[4], row[5]) for row in rows]


def some_stretches(batch: int, limit: int) -> tuple[list[Stretch], int]:
    """Return the first stretches of a batch and how many there are."""
    values = {**_tenant(), "batch": batch, "limit": limit}
    rows = tx().rows(
        "SELECT first, last, state, handout_id, since FROM coding_stretch"
        f" WHERE {_MINE} AND batch_id = %(batch)s ORDER BY first LIMIT %(limit)s",
        values,
    )
    count = tx().value(f"SELECT count(*) FROM coding_stretch WHERE {_MINE} AND batch_id = %(batch)s", values)
    return [Stretch(row[0], row[1], CodeState(row[2]), row[3], row[4]) for row in rows], int(count)


def counts(batch: int) -> tuple[StateCount, ...]:
    """Return how many codes of a batch are in each state."""
    rows = tx().rows(
        "SELECT state, sum(last - first + 1) FROM coding_stretch"
        f" WHERE {_MINE} AND batch_id = %(batch)s GROUP BY state",
        {**_tenant(), "batch": batch},
    )
    found = {state: int(count) for state, count in rows}
    return tuple(StateCount(state, found[state.value]) for state in CodeState if state.value in found)


def replace_stretches(batch: int, before: Sequence[Stretch], after: Sequence[Stretch]) -> None:
    """Put ``after`` in the place of ``before``; what stands in both stays untouched."""
    gone = set(before) - set(after)
    fresh = [each for each in after if each not in set(before)]
    values = {**_tenant(), "batch": batch}
    if gone:
        tx().execute(
            f"DELETE FROM coding_stretch WHERE {_MINE} AND batch_id = %(batch)s AND first = ANY (%(firsts)s)",
            {**values, "firsts": [each.first for each in gone]},
        )
    if fresh:
        tx().execute(
            named_sql(__package__, "replace_stretches.sql"),
            {
                **values,
                "firsts": [each.first for each in fresh],
                "lasts": [each.last for each in fresh],
                "states": [each.state.value for each in fresh],
                "handouts": [each.handout_id for each in fresh],
                "sinces": [each.since for each in fresh],
            },
        )


def note_movements(batch: int, spans: Sequence[Span], state: CodeState, handout: int | None, reason: str) -> None:
    """Record changes of state for ever."""
    current = tx()
    current.execute(
        named_sql(__package__, "insert_movements.sql"),
        {
            **_tenant(),
            "batch": batch,
            "firsts": [first for first, _ in spans],
            "lasts": [last for _, last in spans],
            "state": state.value,
            "handout": handout,
            "reason": reason,
            "by": current.principal.name,
            "via": current.principal.via,
            "request": current.request_id,
        },
    )


def history(batch: int, offset: int) -> tuple[Movement, ...]:
    """Return every movement of one code, oldest first."""
    rows = tx().rows(
        "SELECT state, handout_id, reason, at, by_name FROM coding_movement"
        f" WHERE {_MINE} AND batch_id = %(batch)s AND first <= %(offset)s AND last >= %(offset)s ORDER BY id",
        {**_tenant(), "batch": batch, "offset": offset},
    )
    return tuple(Movement(CodeState(row[0]), *row[1:]) for row in rows)


def add_handout(batch: int, span: Span, kind: HolderKind, holder: str, note: str) -> int:
    """Keep a handout; return its number."""
    values = {
        **_tenant(), "batch": batch, "first": span[0], "last": span[1], "kind": kind.value, "holder": holder,
        "note": note, "by": tx().principal.name,
    }  # fmt: skip
    return int(
        tx().value(
            "INSERT INTO coding_handout (tenant_id, batch_id, first, last, holder_kind, holder, note, created_by)"
            " VALUES (%(tenant)s, %(batch)s, %(first)s, %(last)s, %(kind)s, %(holder)s, %(note)s, %(by)s) RETURNING id",
            values,
        )
    )


def handouts(*, number: int | None = None, batch: int | None = None) -> list[Handout]:
    """Return handouts with what is on record of their codes, newest first."""
    values = {**_tenant(), "id": number, "batch": batch}
    return [_handout(row) for row in tx().rows(named_sql(__package__, "handouts.sql"), values)]


def _handout(row: tuple[Any, ...]) -> Handout:
    (number, batch, first, last, kind, holder, note, created, created_by,
     used, spoiled, missing, reconciled, reconciled_by, states) = row  # fmt: skip
    found: dict[str, int] = {} if states is None else msgspec.json.decode(states)
    counted = tuple(StateCount(state, int(found[state.value])) for state in CodeState if state.value in found)
    return Handout(
        number, batch, first, last, last - first + 1, HolderKind(kind), holder, note, created, created_by, counted,
        used, spoiled, missing, reconciled, reconciled_by,
    )  # fmt: skip


def reconcile(number: int, used: int, spoiled: int, missing: int) -> None:
    """Keep what a holder declared."""
    values = {
        **_tenant(), "id": number, "used": used, "spoiled": spoiled, "missing": missing, "by": tx().principal.name,
    }  # fmt: skip
    tx().execute(
        "UPDATE coding_handout SET used = %(used)s, spoiled = %(spoiled)s, missing = %(missing)s,"
        f" reconciled = now(), reconciled_by = %(by)s WHERE {_MINE} AND id = %(id)s",
        values,
    )


def any_in(wanted: Sequence[str]) -> bool:
    """Tell whether any issued code is in one of these states."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM coding_stretch WHERE tenant_id = %s AND state = ANY (%s))",
            (tx().principal.tenant_id, list(wanted)),
        )
    )
