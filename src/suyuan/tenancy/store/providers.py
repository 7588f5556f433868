"""Sign-in services in the database, and who came from there."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec
from cryptography.fernet import Fernet
from psycopg.types.json import Jsonb

from suyuan.chassis.database import tx
from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import GroupRole, Provider, Tried

_COLUMNS: Final = (
    "id, name_zh, name_en, issuer, client, scopes, groups_claim, mappings::text, enabled, creates_people,"
    " links_by_mail, strong, tried::text"
)
WRITABLE: Final = frozenset(
    {
        "name_zh", "name_en", "issuer", "client", "scopes", "groups_claim", "mappings", "enabled", "creates_people",
        "links_by_mail", "strong",
    }
)  # fmt: skip


@cache
def _seal() -> Fernet:
    key = hashlib.sha256(settings().secret("provider_key").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def listed(provider: int | None = None, *, only_enabled: bool = False) -> list[Provider]:
    """Return the sign-in services of the open transaction's tenant, by number; or just one."""
    rows = tx().rows(
        f"SELECT {_COLUMNS} FROM tenancy_provider WHERE tenant_id = %s AND (%s::bigint IS NULL OR id = %s::bigint)"
        " AND (enabled OR NOT %s) ORDER BY id",
        (tx().principal.tenant_id, provider, provider, only_enabled),
    )
    return [_provider(row) for row in rows]


def _provider(row: tuple[Any, ...]) -> Provider:
    mappings = msgspec.json.decode(row[7], type=tuple[GroupRole, ...])
    tried = msgspec.json.decode(row[12], type=Tried) if row[12] else None
    return Provider(*(*row[:7], mappings, *row[8:12], tried))


def secret_of(provider: int) -> str:
    """Return what we prove to the service that we are its client."""
    sealed = tx().value(
        "SELECT secret_hash FROM tenancy_provider WHERE tenant_id = %s AND id = %s",
        (tx().principal.tenant_id, provider),
    )
    return _seal().decrypt(bytes(sealed)).decode()


def add(values: Mapping[str, Any], secret: str) -> int:
    """Keep a new service; return its number."""
    kept = {**_stored(values), "secret_hash": _seal().encrypt(secret.encode()), "tenant_id": tx().principal.tenant_id}
    columns, places = ", ".join(kept), ", ".join(f"%({name})s" for name in kept)
    return int(tx().value(f"INSERT INTO tenancy_provider ({columns}) VALUES ({places}) RETURNING id", kept))


def change(provider: int, values: Mapping[str, Any], secret: str | None) -> None:
    """Keep changed values; None leaves the secret."""
    kept = {**_stored(values), **({"secret_hash": _seal().encrypt(secret.encode())} if secret else {})}
    if not kept:
        return
    changes = ", ".join(f"{name} = %({name})s" for name in kept)
    tx().execute(
        f"UPDATE tenancy_provider SET {changes} WHERE tenant_id = %(tenant)s AND id = %(provider)s",
        {**kept, "tenant": tx().principal.tenant_id, "provider": provider},
    )


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = values.keys() - WRITABLE
    if unknown:
        raise ValueError(str(unknown))
    stored = dict(values)
    if "mappings" in stored:
        stored["mappings"] = Jsonb(msgspec.to_builtins(stored["mappings"]))
    return stored


def remove(provider: int) -> bool:
    """Forget a service, and who came from there; return whether there was one."""
    gone = "DELETE FROM tenancy_provider WHERE tenant_id = %s AND id = %s"
    return tx().execute(gone, (tx().principal.tenant_id, provider)).rowcount == 1


def note_tried(provider: int, tried: Tried) -> None:
    """Keep what came of trying a service."""
    noted = "UPDATE tenancy_provider SET tried = %s WHERE tenant_id = %s AND id = %s"
    tx().execute(noted, (Jsonb(msgspec.to_builtins(tried)), tx().principal.tenant_id, provider))


def person_of(provider: int, subject: str) -> tuple[int, bool] | None:
    """Return who this subject of the service is here, and whether the service manages them."""
    rows = tx().rows(
        "SELECT user_id, managed FROM tenancy_identity WHERE tenant_id = %s AND provider_id = %s AND subject = %s",
        (tx().principal.tenant_id, provider, subject),
    )
    return (rows[0][0], rows[0][1]) if rows else None


def link(provider: int, subject: str, user: int, *, managed: bool) -> None:
    """Note who this subject is here."""
    tx().execute(
        "INSERT INTO tenancy_identity (tenant_id, provider_id, subject, user_id, managed) VALUES (%s, %s, %s, %s, %s)",
        (tx().principal.tenant_id, provider, subject, user, managed),
    )


def people_with_mail(mail: str) -> list[int]:
    """Return active people with this mail address, whatever its case."""
    rows = tx().rows(
        "SELECT id FROM tenancy_user WHERE tenant_id = %s AND active AND lower(mail) = lower(%s)",
        (tx().principal.tenant_id, mail),
    )
    return [row[0] for row in rows]
