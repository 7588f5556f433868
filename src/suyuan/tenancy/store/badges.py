"""Badges and PINs in the database."""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.chassis.database import tx


@dataclass(frozen=True, slots=True)
class BadgeHolder:
    """Whose badge it is, with the hashes of PIN and password."""

    user: int
    pin: str | None
    password: str
    active: bool


def holder(badge: str) -> BadgeHolder | None:
    """Return whose badge this is, in the open transaction's tenant."""
    rows = tx().rows(
        "SELECT b.user_id, b.secret_hash, u.password, u.active FROM tenancy_badge b"
        " JOIN tenancy_user u ON u.id = b.user_id WHERE b.tenant_id = %s AND b.badge = %s",
        (tx().principal.tenant_id, badge),
    )
    return BadgeHolder(*rows[0]) if rows else None


def badge_of(user: int) -> tuple[str | None, bool]:
    """Return a person's badge, and whether they have a PIN."""
    rows = tx().rows(
        "SELECT badge, secret_hash IS NOT NULL FROM tenancy_badge WHERE tenant_id = %s AND user_id = %s",
        (tx().principal.tenant_id, user),
    )
    return (rows[0][0], rows[0][1]) if rows else (None, False)


def is_taken(badge: str, but: int) -> bool:
    """Tell whether somebody else has this badge."""
    found = "SELECT EXISTS (SELECT FROM tenancy_badge WHERE tenant_id = %s AND badge = %s AND user_id <> %s)"
    return bool(tx().value(found, (tx().principal.tenant_id, badge, but)))


def keep(user: int, column: str, value: str | None) -> None:
    """Keep a person's ``badge`` or the hash of their PIN (``secret_hash``)."""
    if column not in {"badge", "secret_hash"}:
        raise ValueError(column)
    tx().execute(
        f"INSERT INTO tenancy_badge (tenant_id, user_id, {column}) VALUES (%(tenant)s, %(user)s, %(value)s)"
        f" ON CONFLICT (tenant_id, user_id) DO UPDATE SET {column} = excluded.{column}, changed = clock_timestamp()",
        {"tenant": tx().principal.tenant_id, "user": user, "value": value},
    )
