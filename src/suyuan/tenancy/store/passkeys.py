"""Passkeys in the database."""

from __future__ import annotations

from dataclasses import dataclass

from suyuan.chassis.database import tx
from suyuan.tenancy.contracts import Passkey

_ONE = "WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class KeptPasskey:
    """What is needed to check an answer. ``uses``: how often the device says that it was used."""

    id: int
    user: int
    website: str
    public_key: bytes
    uses: int


def of_person(user: int) -> tuple[Passkey, ...]:
    """Return a person's passkeys, the oldest first."""
    rows = tx().rows(
        "SELECT id, name, website, synced, created, last_used, cloned FROM tenancy_passkey"
        " WHERE tenant_id = %s AND user_id = %s ORDER BY id",
        (tx().principal.tenant_id, user),
    )
    return tuple(Passkey(*row) for row in rows)


def has_any(user: int) -> bool:
    """Tell whether somebody has a passkey that still counts."""
    found = "SELECT EXISTS (SELECT FROM tenancy_passkey WHERE tenant_id = %s AND user_id = %s AND NOT cloned)"
    return bool(tx().value(found, (tx().principal.tenant_id, user)))


def credentials_of(user: int) -> list[bytes]:
    """Return the ids of somebody's passkeys, as their devices know them."""
    rows = tx().rows(
        "SELECT credential FROM tenancy_passkey WHERE tenant_id = %s AND user_id = %s", (tx().principal.tenant_id, user)
    )
    return [bytes(row[0]) for row in rows]


def find(credential: bytes) -> KeptPasskey | None:
    """Return a passkey of the open transaction's tenant, locked: of two answers with one count, one is late."""
    rows = tx().rows(
        "SELECT id, user_id, website, public_key, uses FROM tenancy_passkey"
        " WHERE tenant_id = %s AND credential = %s AND NOT cloned FOR UPDATE",
        (tx().principal.tenant_id, credential),
    )
    return KeptPasskey(*(*rows[0][:3], bytes(rows[0][3]), rows[0][4])) if rows else None


def keep(
    user: int, name: str, website: str, *, credential: bytes, public_key: bytes, uses: int, synced: bool
) -> int | None:
    """Keep a new passkey and return its id; None for one that is known already."""
    kept = tx().rows(
        "INSERT INTO tenancy_passkey (tenant_id, user_id, name, website, credential, public_key, uses, synced)"
        " VALUES (%(tenant)s, %(user)s, %(name)s, %(website)s, %(credential)s, %(key)s, %(uses)s, %(synced)s)"
        " ON CONFLICT (credential) DO NOTHING RETURNING id",
        {"tenant": tx().principal.tenant_id, "user": user, "name": name, "website": website,
         "credential": credential, "key": public_key, "uses": uses, "synced": synced},
    )  # fmt: skip
    return kept[0][0] if kept else None


def note_use(passkey: int, uses: int) -> None:
    """Note that a passkey was used."""
    tx().execute(
        "UPDATE tenancy_passkey SET uses = %s, last_used = clock_timestamp() WHERE tenant_id = %s AND id = %s",
        (uses, tx().principal.tenant_id, passkey),
    )


def note_clone(passkey: int) -> None:
    """Note that there are two of a passkey: it opens nothing from now on."""
    tx().execute(
        "UPDATE tenancy_passkey SET cloned = true WHERE tenant_id = %s AND id = %s", (tx().principal.tenant_id, passkey)
    )


def rename(user: int, passkey: int, name: str) -> bool:
    """Rename somebody's passkey; return whether there is one."""
    values = {"tenant": tx().principal.tenant_id, "user": user, "id": passkey, "name": name}
    return tx().execute(f"UPDATE tenancy_passkey SET name = %(name)s {_ONE}", values).rowcount == 1


def remove(user: int, passkey: int) -> bool:
    """Forget somebody's passkey; return whether there was one."""
    values = {"tenant": tx().principal.tenant_id, "user": user, "id": passkey}
    return tx().execute(f"DELETE FROM tenancy_passkey {_ONE}", values).rowcount == 1


def remove_all(user: int) -> None:
    """Forget all of somebody's passkeys."""
    tx().execute("DELETE FROM tenancy_passkey WHERE tenant_id = %s AND user_id = %s", (tx().principal.tenant_id, user))
