"""Failed attempts: the lock-out that slows guessing, for logins that exist and logins that do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from suyuan.chassis.database import in_transaction, named_sql, tx, without_tenant
from suyuan.tenancy.contracts import LOCKED_OUT

FAILURES_PER_LOGIN = 5
FAILURES_PER_ADDRESS = 50


def _hash(kind: str, value: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{value.strip().casefold()}".encode()).digest()


def _address(address: str, login: str | None) -> bytes:
    return _hash("address of tokens" if login is None else "address", address)


def refuse_if_locked_out(address: str, login: str | None = None) -> None:
    """Raise ``tenancy.locked_out`` with the seconds to wait, counted over the last 15 minutes.

    Without ``login`` it is about tokens. They are counted apart: a plant has one address, and a scanner whose token was
    revoked must not keep its people from signing in.
    """
    subjects = [(_address(address, login), FAILURES_PER_ADDRESS)]
    if login is not None:
        subjects.append((_hash("login", login), FAILURES_PER_LOGIN))
    with lent_connection() as connection:
        for subject, allowed in subjects:
            row = connection.execute(
                named_sql(__package__, "attempts.sql"), {"subject": subject, "allowed": allowed}
            ).fetchone()
            if row is not None:
                raise LOCKED_OUT(retry_after=max(1, int(row[0])))


@contextmanager
def lent_connection() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Lend the open transaction's connection, or that of a short one; attempts belong to no tenant."""
    if in_transaction():
        yield tx().connection
    else:
        with without_tenant() as connection:
            yield connection


def count_failure(address: str, login: str | None = None) -> None:
    """Put a failed attempt on record, whatever becomes of the request: in one that is open, once that has ended."""
    if in_transaction():
        tx().afterwards(lambda: count_failure(address, login))
        return
    subjects = [_address(address, login)] + ([_hash("login", login)] if login is not None else [])
    with without_tenant() as connection:
        for subject in subjects:
            connection.execute("INSERT INTO tenancy_attempt (subject) VALUES (%s)", (subject,))
        connection.execute("DELETE FROM tenancy_attempt WHERE at < clock_timestamp() - interval '1 day'")


def forget_failures(login: str) -> None:
    """A successful sign-in clears the login's failures; the address keeps its own."""
    with without_tenant() as connection:
        connection.execute("DELETE FROM tenancy_attempt WHERE subject = %s", (_hash("login", login),))
