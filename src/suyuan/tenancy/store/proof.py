"""Second factors, sessions, sign-ins and the policy in the database."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from cryptography.fernet import Fernet

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import (
    HeldRight,
    Means,
    Method,
    OpenSession,
    SignInOutcome,
    SignInPolicy,
    SignInRow,
    Visit,
)

_POLICY = tuple(get_type_hints(SignInPolicy))
SECOND_FACTOR_CHOICES = get_args(get_type_hints(SignInPolicy)["second_factor"])
_LONGEST = 300
_FORGET = "DELETE FROM tenancy_factor WHERE tenant_id = %(tenant)s AND user_id = %(user)s"


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A person's time-based factor, opened."""

    id: int
    secret: str
    confirmed: datetime | None
    last_step: int


@cache
def _seal() -> Fernet:
    key = hashlib.sha256(settings().secret("factor_key").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _of(user: int, **more: object) -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, "user": user, **more}


def policy() -> SignInPolicy:
    """Return the tenant's policy."""
    columns = ", ".join(_POLICY)
    found = tx().rows(f"SELECT {columns} FROM tenancy_policy WHERE tenant_id = %s", (tx().principal.tenant_id,))
    return SignInPolicy(*found[0]) if found else SignInPolicy()


def save_policy(wanted: SignInPolicy) -> None:
    """Keep the tenant's policy."""
    values = asdict(wanted)
    columns, places = ", ".join(_POLICY), ", ".join(f"%({name})s" for name in _POLICY)
    changes = ", ".join(f"{name} = excluded.{name}" for name in _POLICY)
    tx().execute(
        f"INSERT INTO tenancy_policy (tenant_id, {columns}) VALUES (%(tenant)s, {places})"
        f" ON CONFLICT (tenant_id) DO UPDATE SET {changes}",
        {"tenant": tx().principal.tenant_id, **values},
    )


def authenticator(user: int) -> Authenticator | None:
    """Return a person's bound authenticator; locked, so that one code is accepted once."""
    found = tx().rows(
        "SELECT id, secret, confirmed, last_step FROM tenancy_factor WHERE tenant_id = %(tenant)s"
        " AND user_id = %(user)s AND kind = 'totp' AND confirmed IS NOT NULL FOR UPDATE",
        _of(user),
    )
    if not found:
        return None
    identity, sealed, confirmed, step = found[0]
    return Authenticator(identity, _seal().decrypt(bytes(sealed)).decode(), confirmed, step)


def keep_pending(user: int, secret: str) -> None:
    """Keep the secret of an authenticator that is to be bound; an earlier one that never was goes."""
    tx().execute(f"{_FORGET} AND kind = 'totp' AND confirmed IS NULL", _of(user))
    tx().execute(
        "INSERT INTO tenancy_factor (tenant_id, user_id, kind, secret)"
        " VALUES (%(tenant)s, %(user)s, 'totp', %(secret)s)",
        _of(user, secret=_seal().encrypt(secret.encode())),
    )


def pending(user: int) -> str | None:
    """Return the secret of the authenticator that is to be bound; it waits ten minutes."""
    sealed = tx().value(
        "SELECT secret FROM tenancy_factor WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND kind = 'totp'"
        " AND confirmed IS NULL AND created > clock_timestamp() - interval '10 minutes' FOR UPDATE",
        _of(user),
    )
    return None if sealed is None else _seal().decrypt(bytes(sealed)).decode()


def bind_authenticator(user: int, secret: str, step: int) -> None:
    """Bind an authenticator in place of any other."""
    remove_authenticator(user)
    tx().execute(
        "INSERT INTO tenancy_factor (tenant_id, user_id, kind, secret, confirmed, last_step)"
        " VALUES (%(tenant)s, %(user)s, 'totp', %(secret)s, clock_timestamp(), %(step)s)",
        _of(user, secret=_seal().encrypt(secret.encode()), step=step),
    )


def note_step(factor: int, step: int) -> None:
    """Note that the code of a period was accepted."""
    tx().execute(
        "UPDATE tenancy_factor SET last_step = %(step)s, used = clock_timestamp()"
        " WHERE tenant_id = %(tenant)s AND id = %(factor)s",
        {"tenant": tx().principal.tenant_id, "factor": factor, "step": step},
    )


def remove_authenticator(user: int) -> None:
    """Forget a person's authenticator and recovery codes."""
    tx().execute(_FORGET, _of(user))


def remove_totp(user: int) -> None:
    """Forget a person's authenticator; recovery codes stay for the passkeys."""
    tx().execute(f"{_FORGET} AND kind = 'totp'", _of(user))


def replace_recovery_codes(user: int, hashes: Sequence[bytes]) -> None:
    """Keep new recovery codes; the old ones are worth nothing from now on."""
    tx().execute(f"{_FORGET} AND kind = 'recovery'", _of(user))
    tx().execute(
        "INSERT INTO tenancy_factor (tenant_id, user_id, kind, secret, confirmed)"
        " SELECT %(tenant)s, %(user)s, 'recovery', hash, clock_timestamp() FROM unnest(%(hashes)s::bytea[]) AS hash",
        _of(user, hashes=list(hashes)),
    )


def use_recovery_code(user: int, hashed: bytes) -> bool:
    """Use up a recovery code; return whether there was one."""
    used = tx().execute(
        "UPDATE tenancy_factor SET used = clock_timestamp() WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
        " AND kind = 'recovery' AND used IS NULL AND secret = %(hash)s",
        _of(user, hash=hashed),
    )
    return used.rowcount == 1


def recovery_codes_left(user: int) -> int:
    """Return how many recovery codes are unused."""
    left = "SELECT count(*) FROM tenancy_factor WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
    return int(tx().value(f"{left} AND kind = 'recovery' AND used IS NULL", _of(user)))


def former_passwords(user: int, count: int) -> list[str]:
    """Return the hashes of a person's last passwords."""
    rows = tx().rows(
        "SELECT secret FROM tenancy_former_password WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
        " ORDER BY id DESC LIMIT %(count)s",
        _of(user, count=count),
    )
    return [row[0] for row in rows]


def keep_former_password(user: int, encoded: str, count: int) -> None:
    """Keep a password's hash among the last ``count``."""
    if count:
        tx().execute(
            "INSERT INTO tenancy_former_password (tenant_id, user_id, secret)"
            " VALUES (%(tenant)s, %(user)s, %(secret)s)",
            _of(user, secret=encoded),
        )
    tx().execute(
        "DELETE FROM tenancy_former_password WHERE tenant_id = %(tenant)s AND user_id = %(user)s AND id NOT IN"
        " (SELECT id FROM tenancy_former_password WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
        " ORDER BY id DESC LIMIT %(count)s)",
        _of(user, count=count),
    )


def key_hash(session_key: str | None) -> bytes:
    """Return what is kept of a session's key."""
    return hashlib.sha256((session_key or "").encode()).digest()


def open_session(user: int, session_key: str, visit: Visit, most: int, how: Means) -> None:
    """Note an open session; beyond ``most`` (0: any number) the ones used longest ago end."""
    tx().execute(
        "INSERT INTO tenancy_session (tenant_id, user_id, key_hash, address, agent, by_badge, method, strong)"
        " VALUES (%(tenant)s, %(user)s, %(key)s, %(address)s, %(agent)s, %(badge)s, %(method)s, %(strong)s)",
        _of(
            user, key=key_hash(session_key), address=visit.address, agent=visit.agent[:_LONGEST],
            badge=how.method == "badge", method=how.method, strong=how.strong,
        ),
    )  # fmt: skip
    if most:
        tx().execute(named_sql(__package__, "end_oldest_sessions.sql"), _of(user, most=most))


def sessions(user: int, session_key: str | None) -> tuple[OpenSession, ...]:
    """Return a person's open sessions, the one used last first."""
    rows = tx().rows(named_sql(__package__, "sessions.sql"), _of(user, current=key_hash(session_key)))
    return tuple(OpenSession(*row) for row in rows)


def end_sessions(user: int, *, session: int | None = None, but_key: str | None = None) -> int:
    """End one session of a person, or all (but one); return how many."""
    ended = tx().execute(
        "DELETE FROM tenancy_session WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
        " AND (%(session)s::bigint IS NULL OR id = %(session)s::bigint)"
        " AND (%(but)s::bytea IS NULL OR key_hash <> %(but)s::bytea)",
        _of(user, session=session, but=key_hash(but_key) if but_key else None),
    )
    return ended.rowcount


def end_session_of_key(session_key: str | None) -> None:
    """End the session of this key."""
    ended = "DELETE FROM tenancy_session WHERE tenant_id = %s AND key_hash = %s"
    tx().execute(ended, (tx().principal.tenant_id, key_hash(session_key)))


def end_sessions_of(user: int) -> int:
    """End every session of somebody, and have the audit trail tell so; return how many."""
    told = "UPDATE tenancy_user SET sessions_ended = clock_timestamp() WHERE tenant_id = %(tenant)s AND id = %(user)s"
    tx().execute(told, _of(user))
    return end_sessions(user)


def note_sign_in(user: int, visit: Visit, outcome: SignInOutcome, method: Method) -> None:
    """Keep an attempt to sign in."""
    values = _of(user, address=visit.address, agent=visit.agent[:_LONGEST], outcome=outcome.value, method=method)
    tx().execute(named_sql(__package__, "note_sign_in.sql"), values)


def sign_ins(limit: int, wanted: dict[str, Any]) -> list[SignInRow]:
    """Return attempts to sign in, newest first; ``wanted`` has search, outcome, noticeable, since, until, before."""
    values = {"tenant": tx().principal.tenant_id, "limit": limit, **wanted}
    rows = tx().rows(named_sql(__package__, "sign_ins.sql"), values)
    return [SignInRow(*(*row[:7], SignInOutcome(row[7]), *row[8:])) for row in rows]


def rights_held(permission: str | None, person: int | None) -> list[HeldRight]:
    """Return who holds which right where."""
    values = {"tenant": tx().principal.tenant_id, "right": permission, "person": person}
    rows = tx().rows(named_sql(__package__, "rights_held.sql"), values)
    return [HeldRight(*(*row[:6], tuple(row[6]), tuple(row[7]))) for row in rows]


def forget_ended_sessions() -> int:
    """Forget sessions that nobody has used for two days; a policy never allows more than one."""
    ended = "DELETE FROM tenancy_session WHERE tenant_id = %s AND last_seen < clock_timestamp() - interval '2 days'"
    return tx().execute(ended, (tx().principal.tenant_id,)).rowcount
