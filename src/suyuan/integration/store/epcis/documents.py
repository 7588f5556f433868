"""Documents that wait for the worker or for a decision, and what somebody let pass of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from suyuan.capture.contracts.claims import LetPass
from suyuan.chassis.database import tx
from suyuan.integration.contracts import CapturePass
from suyuan.kernel.principals import Grant


def _at(job: UUID) -> tuple[int, UUID]:
    return tx().principal.tenant_id, job


def keep_document(job: UUID, body: bytes) -> None:
    """Keep a document, with the rights of whoever sends it."""
    grants = msgspec.json.encode([[each.site_id, sorted(each.permissions)] for each in tx().principal.grants]).decode()
    if tx().principal.via == "system":  # the command line: every right, and nobody to override as
        grants = "null"
    tx().execute(
        "INSERT INTO integration_capture_document (tenant_id, job_id, body, grants)"
        " VALUES (%s, %s, %s, nullif(%s, 'null')::jsonb)",
        (*_at(job), body, grants),
    )


def kept_document(job: UUID) -> tuple[bytes, list[Grant] | None] | None:
    """Return a document with its sender's rights (None: not on record), held until the transaction ends."""
    rows = tx().rows(
        "SELECT body, grants::text FROM integration_capture_document WHERE tenant_id = %s AND job_id = %s FOR UPDATE",
        _at(job),
    )
    if not rows:
        return None
    body, told = rows[0]
    given = None if told is None else msgspec.json.decode(told, type=list[tuple[int | None, frozenset[str]]])
    return bytes(body), None if given is None else [Grant(rights, site) for site, rights in given]


def has_document(job: UUID) -> bool:
    """Tell whether a document is kept."""
    return bool(
        tx().value(
            "SELECT EXISTS (SELECT FROM integration_capture_document WHERE tenant_id = %s AND job_id = %s)", _at(job)
        )
    )


def forget_document(job: UUID) -> None:
    """Forget a document: nothing is to be done with it any more."""
    tx().execute("DELETE FROM integration_capture_document WHERE tenant_id = %s AND job_id = %s", _at(job))


def insert_passes(job: UUID, passes: Sequence[LetPass]) -> None:
    """Keep what somebody let pass."""
    for each in passes:
        sites = None if each.sites is None else sorted(each.sites)
        tx().execute(
            "INSERT INTO integration_capture_pass (tenant_id, job_id, node, check_id, event_id, reason, person, sites,"
            " made_by) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (*_at(job), each.node, each.check, each.event_id, each.reason, each.by, sites, tx().principal.name),
        )


def passes(job: UUID) -> list[LetPass]:
    """Return what was let pass of a document, in order."""
    rows = tx().rows(
        "SELECT node, check_id, event_id, reason, person, sites FROM integration_capture_pass"
        " WHERE tenant_id = %s AND job_id = %s ORDER BY id",
        _at(job),
    )
    return [
        LetPass(node, check, event_id, reason, by, None if sites is None else frozenset(sites))
        for node, check, event_id, reason, by, sites in rows
    ]


def shown_passes(job: UUID) -> list[CapturePass]:
    """Return who let what pass, in order."""
    rows = tx().rows(
        "SELECT made, made_by, node, check_id, event_id, reason FROM integration_capture_pass"
        " WHERE tenant_id = %s AND job_id = %s ORDER BY id",
        _at(job),
    )
    return [CapturePass(*row) for row in rows]
