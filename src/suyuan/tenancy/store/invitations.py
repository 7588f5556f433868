"""Invitations in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suyuan.chassis.database import row_without_tenant, tx

_LIVE = "used IS NULL AND revoked IS NULL AND expires > clock_timestamp()"


@dataclass(frozen=True, slots=True)
class Found:
    """An invitation that still holds, and whose it is."""

    id: int
    tenant_id: int
    user_id: int
    expires: datetime


def _of(**values: Any) -> dict[str, Any]:  # noqa: ANN401 (values of any column)
    return {"tenant": tx().principal.tenant_id, **values}


def put(user: int, secret_hash: bytes, hours: int, *, resets: bool, mailed_to: str | None) -> tuple[int, datetime]:
    """Keep an invitation; return its number and when it expires."""
    rows = tx().rows(
        "INSERT INTO tenancy_invitation (tenant_id, user_id, secret_hash, resets, mailed_to, expires)"
        " VALUES (%(tenant)s, %(user)s, %(hash)s, %(resets)s, %(mailed)s,"
        " clock_timestamp() + %(hours)s * interval '1 hour') RETURNING id, expires",
        _of(user=user, hash=secret_hash, resets=resets, mailed=mailed_to, hours=hours),
    )
    return rows[0][0], rows[0][1]


def revoke(user: int) -> int:
    """Take back whatever invitation of a person still holds; return how many those were."""
    taken = tx().execute(
        "UPDATE tenancy_invitation SET revoked = clock_timestamp()"
        f" WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND {_LIVE}",
        _of(user=user),
    )
    return taken.rowcount


def find(secret_hash: bytes) -> Found | None:
    """Return the invitation of an active person that still holds; before a tenant is known."""
    row = row_without_tenant("SELECT * FROM tenancy_find_invitation(%s)", (secret_hash,))
    return Found(*row) if row else None


def use(invitation: int) -> bool:
    """Use an invitation up; False where somebody else has, or it was taken back, meanwhile."""
    used = tx().execute(
        "UPDATE tenancy_invitation SET used = clock_timestamp()"
        f" WHERE tenant_id = %(tenant)s AND id = %(id)s AND {_LIVE}",
        _of(id=invitation),
    )
    return used.rowcount == 1
