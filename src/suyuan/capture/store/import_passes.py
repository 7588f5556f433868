"""What somebody let pass of an import's refused rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from suyuan.capture.contracts.imports import ImportPass, PassedRows
from suyuan.capture.contracts.permissions import OVERRIDE
from suyuan.chassis.database import named_sql, tx


@dataclass(frozen=True, slots=True)
class KeptPass:
    """A check that is let pass, where the right of who does so reached (``sites`` None: everywhere)."""

    check: str
    rows: frozenset[int] | None
    reason: str
    person: str
    sites: frozenset[int] | None


def reopen(import_id: UUID, choices: Sequence[PassedRows], *, whole: bool) -> int:
    """Have refused rows wait again that these checks stop; return how many."""
    values = {
        "tenant": tx().principal.tenant_id, "id": import_id, "whole": whole,
        "checks": [each.check for each in choices],
        "rows": [None if each.rows is None else "{" + ",".join(map(str, each.rows)) + "}" for each in choices],
    }  # fmt: skip
    return int(tx().value(named_sql(__package__, "reopen_rows.sql"), values) or 0)


def stops(import_id: UUID, choice: PassedRows) -> bool:
    """Tell whether a check that may be let pass stops any (of these) rows of an import."""
    found = tx().value(
        "SELECT EXISTS (SELECT FROM capture_import_row WHERE tenant_id = %s AND import_id = %s AND outcome = 'refused'"
        " AND (%s::int[] IS NULL OR number = ANY (%s::int[])) AND findings @> jsonb_build_array("
        "jsonb_build_object('check', %s::text, 'level', 'approve', 'overridden', false)))",
        (
            tx().principal.tenant_id, import_id, *[None if choice.rows is None else list(choice.rows)] * 2,
            choice.check,
        ),
    )  # fmt: skip
    return bool(found)


def wait_again(import_id: UUID) -> bool:
    """Have an import that is over wait for the worker once more; False where it is not over."""
    done = tx().execute(
        "UPDATE capture_import SET state = 'waiting', finished = NULL, fault = NULL"
        " WHERE tenant_id = %s AND id = %s AND state IN ('done', 'failed', 'canceled')",
        (tx().principal.tenant_id, import_id),
    )
    return done.rowcount > 0


def insert(import_id: UUID, choices: Sequence[PassedRows], reason: str, person: str) -> None:
    """Keep what whoever acts lets pass, with how far their right reaches."""
    reached = tx().principal.sites_for(OVERRIDE)
    for each in choices:
        tx().execute(
            "INSERT INTO capture_import_pass (tenant_id, import_id, made_by, person, sites, check_id, numbers, reason)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                tx().principal.tenant_id, import_id, tx().principal.name, person,
                None if reached is None else sorted(reached), each.check,
                None if each.rows is None else list(each.rows), reason,
            ),
        )  # fmt: skip


def passes(import_id: UUID) -> list[KeptPass]:
    """Return what was let pass, in order."""
    rows = tx().rows(
        "SELECT check_id, numbers, reason, person, sites FROM capture_import_pass"
        " WHERE tenant_id = %s AND import_id = %s ORDER BY id",
        (tx().principal.tenant_id, import_id),
    )
    return [
        KeptPass(
            check, None if numbers is None else frozenset(numbers), reason, person,
            None if sites is None else frozenset(sites),
        )
        for check, numbers, reason, person, sites in rows
    ]  # fmt: skip


def shown(import_id: UUID) -> tuple[ImportPass, ...]:
    """Return who let what pass, in order."""
    rows = tx().rows(
        "SELECT made, made_by, check_id, numbers, reason FROM capture_import_pass"
        " WHERE tenant_id = %s AND import_id = %s ORDER BY id",
        (tx().principal.tenant_id, import_id),
    )
    return tuple(
        ImportPass(made=made, by=by, check=check, rows=None if numbers is None else tuple(numbers), reason=reason)
        for made, by, check, numbers, reason in rows
    )
