"""Spaces, counters, batches and their codes."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.settings import settings
from suyuan.coding.contracts.issuing import CHUNK, BatchRow, BatchStatus, Gap

_MINE = "tenant_id = %(tenant)s"


@dataclass(frozen=True, slots=True)
class Space:
    """A space with its secret."""

    id: int
    fingerprint: str
    pattern: list[dict[str, Any]]
    rule: str
    version: int
    secret: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A batch with what only this module needs of it."""

    row: BatchRow
    space_id: int
    scope: str
    first: int
    step: int
    width: int
    digest: str | None
    moment: datetime


def _tenant() -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, "by": tx().principal.name}


def spaces() -> list[Space]:
    """Return every space of the tenant."""
    rows = tx().rows(
        f"SELECT id, fingerprint, pattern, rule, version, secret FROM coding_space WHERE {_MINE} ORDER BY id", _tenant()
    )
    return [Space(row[0], row[1], msgspec.json.decode(row[2]), row[3], row[4], bytes(row[5])) for row in rows]


def space(fingerprint: str) -> Space | None:
    """Return the space of a way of making codes, None where none was ever issued."""
    rows = tx().rows(
        "SELECT id, fingerprint, pattern, rule, version, secret FROM coding_space"
        f" WHERE {_MINE} AND fingerprint = %(fingerprint)s",
        {**_tenant(), "fingerprint": fingerprint},
    )
    return next(
        (Space(row[0], row[1], msgspec.json.decode(row[2]), row[3], row[4], bytes(row[5])) for row in rows), None
    )


def lock_spaces() -> None:
    """Have this transaction alone add a space, so that two that overlap cannot be added side by side."""
    tx().execute("SELECT pg_advisory_xact_lock(hashtext('coding_space'), %(tenant)s::int)", _tenant())


def add_space(fingerprint: str, pattern: Sequence[Mapping[str, Any]], rule: str, version: int, secret: bytes) -> Space:
    """Keep a new space."""
    values = {
        **_tenant(), "fingerprint": fingerprint, "pattern": msgspec.json.encode(pattern).decode(), "rule": rule,
        "version": version, "secret": secret,
    }  # fmt: skip
    tx().execute(
        "INSERT INTO coding_space (tenant_id, fingerprint, pattern, rule, version, secret) VALUES"
        " (%(tenant)s, %(fingerprint)s, %(pattern)s::jsonb, %(rule)s, %(version)s, %(secret)s)",
        values,
    )
    made = space(fingerprint)
    if made is None:
        raise RuntimeError("the space just kept is not there")
    return made


def lock_counter(space_id: int, scope: str, start: int) -> int:
    """Return the next number of a scope, locked until the end of the transaction."""
    values = {**_tenant(), "space": space_id, "scope": scope, "start": start}
    tx().execute(
        "INSERT INTO coding_counter (tenant_id, space_id, scope, next) VALUES"
        " (%(tenant)s, %(space)s, %(scope)s, %(start)s) ON CONFLICT (tenant_id, space_id, scope) DO NOTHING",
        values,
    )
    return int(
        tx().value(
            f"SELECT next FROM coding_counter WHERE {_MINE} AND space_id = %(space)s AND scope = %(scope)s FOR UPDATE",
            values,
        )
    )


def advance_counter(space_id: int, scope: str, following: int) -> None:
    """Set the next number of a locked scope."""
    tx().execute(
        "UPDATE coding_counter SET next = %(next)s"
        f" WHERE {_MINE} AND space_id = %(space)s AND scope = %(scope)s AND next < %(next)s",
        {**_tenant(), "space": space_id, "scope": scope, "next": following},
    )


def next_number(space_id: int, scope: str) -> int | None:
    """Return the next number of a scope, None where nothing was issued there."""
    found = tx().value(
        f"SELECT next FROM coding_counter WHERE {_MINE} AND space_id = %(space)s AND scope = %(scope)s",
        {**_tenant(), "space": space_id, "scope": scope},
    )
    return None if found is None else int(found)


def note_gap(space_id: int, scope: str, first: int, last: int, reason: str) -> None:
    """Record numbers that nobody has and nobody will have."""
    values = {**_tenant(), "space": space_id, "scope": scope, "first": first, "last": last, "reason": reason}
    tx().execute(
        "INSERT INTO coding_gap (tenant_id, space_id, scope, first, last, reason) VALUES"
        " (%(tenant)s, %(space)s, %(scope)s, %(first)s, %(last)s, %(reason)s)",
        values,
    )


def gaps(space_id: int, scope: str) -> tuple[Gap, ...]:
    """Return the gaps of a scope, newest first, at most a hundred."""
    rows = tx().rows(
        "SELECT first, last, reason, at FROM coding_gap"
        f" WHERE {_MINE} AND space_id = %(space)s AND scope = %(scope)s ORDER BY id DESC LIMIT 100",
        {**_tenant(), "space": space_id, "scope": scope},
    )
    return tuple(Gap(*row) for row in rows)


def add_batch(values: Mapping[str, Any]) -> int:
    """Keep a batch that waits to be made; return its number."""
    given = {**_tenant(), **values, "fields": msgspec.json.encode(values["fields"]).decode()}
    return int(tx().value(named_sql(__package__, "insert_batch.sql"), given))


def batch_of_request(request_key: str) -> int | None:
    """Return the batch that a request made before, None where it is new."""
    values = {**_tenant(), "key": request_key}
    found = tx().value(f"SELECT id FROM coding_batch WHERE {_MINE} AND request_key = %(key)s", values)
    return None if found is None else int(found)


def batches(
    *, number: int | None = None, rule: str | None = None, status: str | None = None, before: int | None = None,
    limit: int = 1,
) -> list[Kept]:  # fmt: skip
    """Return batches, newest first."""
    values = {**_tenant(), "id": number, "rule": rule, "status": status, "before": before, "limit": limit}
    return [_kept(row) for row in tx().rows(named_sql(__package__, "batches.sql"), values)]


def _kept(row: tuple[Any, ...]) -> Kept:
    (number, rule, version, level, wanted, count, done, status, purpose, fields, created, by, finished, fault,
     space_id, scope, first, step, width, digest, moment) = row  # fmt: skip
    given = msgspec.json.decode(fields, type=dict[str, str])
    first_code, last_code = None, None
    if width and count and status in {"issued", "canceled"}:
        first_code, last_code = codes_at(number, width, 0, 1)[0], codes_at(number, width, count - 1, 1)[0]
    shown = BatchRow(
        number, rule, version, level, wanted, count, int(done), BatchStatus(status), purpose, given, created, by,
        finished, first_code, last_code, fault,
    )  # fmt: skip
    return Kept(shown, space_id, scope, first, step, width, digest, moment)


def lock_batch(number: int) -> BatchStatus | None:
    """Return a batch's status, locked until the end of the transaction."""
    values = {**_tenant(), "id": number}
    found = tx().value(f"SELECT status FROM coding_batch WHERE {_MINE} AND id = %(id)s FOR UPDATE", values)
    return None if found is None else BatchStatus(found)


def unfinished(seconds: int) -> list[int]:
    """Return batches asked for longer ago than ``seconds`` that are not made, oldest first."""
    rows = tx().rows(
        f"SELECT id FROM coding_batch WHERE {_MINE} AND status IN ('waiting', 'issuing')"
        " AND created < now() - make_interval(secs => %(seconds)s) ORDER BY id",
        {**_tenant(), "seconds": seconds},
    )
    return [int(row[0]) for row in rows]


def begin(number: int) -> None:
    """Note that the making has begun."""
    tx().execute(
        f"UPDATE coding_batch SET status = 'issuing' WHERE {_MINE} AND id = %(id)s AND status = 'waiting'",
        {**_tenant(), "id": number},
    )


def finish(number: int, status: BatchStatus, count: int, digest: str | None, fault: str | None = None) -> None:
    """Note how the making ended."""
    values = {
        **_tenant(), "id": number, "status": status.value, "count": count, "digest": digest, "fault": fault,
    }  # fmt: skip
    tx().execute(
        "UPDATE coding_batch SET status = %(status)s, count = %(count)s, digest = %(digest)s, fault = %(fault)s,"
        f" finished = clock_timestamp() WHERE {_MINE} AND id = %(id)s",
        values,
    )


def add_chunk(number: int, chunk: int, count: int, codes: bytes, width: int) -> None:
    """Keep codes; once is enough."""
    values = {
        **_tenant(),
        "id": number,
        "chunk": chunk,
        "count": count,
        "codes": zlib.compress(codes, 1),
        "width": width,
    }
    tx().execute(
        "INSERT INTO coding_chunk (tenant_id, batch_id, number, count, codes) VALUES"
        " (%(tenant)s, %(id)s, %(chunk)s, %(count)s, %(codes)s) ON CONFLICT DO NOTHING",
        values,
    )
    if chunk == 0:
        tx().execute(f"UPDATE coding_batch SET width = %(width)s WHERE {_MINE} AND id = %(id)s", values)


def chunks_done(number: int) -> tuple[int, int]:
    """Return how many chunks and how many codes of a batch are made."""
    row = tx().rows(
        f"SELECT count(*), coalesce(sum(count), 0) FROM coding_chunk WHERE {_MINE} AND batch_id = %(id)s",
        {**_tenant(), "id": number},
    )[0]
    return int(row[0]), int(row[1])


def chunk(number: int, index: int) -> bytes:
    """Return the codes of one chunk, one after the other; nothing where it is not made yet."""
    try:
        return _chunk(tx().principal.tenant_id, number, index)
    except LookupError:
        return b""


@lru_cache(maxsize=8)
def _chunk(_of_tenant: int, number: int, index: int) -> bytes:
    """Return a chunk, which never changes: codes are looked at one by one, and neighbours share it."""
    found = tx().value(
        f"SELECT codes FROM coding_chunk WHERE {_MINE} AND batch_id = %(id)s AND number = %(chunk)s",
        {**_tenant(), "id": number, "chunk": index},
    )
    if found is None:
        raise LookupError(index)
    return zlib.decompress(bytes(found))


def codes_at(number: int, width: int, first: int, count: int) -> list[str]:
    """Return the codes at offsets ``first`` to ``first + count - 1`` of a batch, as far as there are any."""
    found: list[str] = []
    for index in range(first // CHUNK, (first + count - 1) // CHUNK + 1):
        block = chunk(number, index)
        low = max(first - index * CHUNK, 0) * width
        high = min(first + count - index * CHUNK, CHUNK) * width
        piece = block[low:high]
        found.extend(piece[at : at + width].decode() for at in range(0, len(piece), width))
    return found


def batch_at(space_id: int, scope: str, number: int) -> int | None:
    """Return the batch that holds a number of a scope."""
    values = {**_tenant(), "space": space_id, "scope": scope, "number": number}
    found = tx().value(
        f"SELECT id FROM coding_batch WHERE {_MINE} AND space_id = %(space)s AND scope = %(scope)s"
        " AND first <= %(number)s AND first + step * (count - 1) >= %(number)s AND count > 0"
        " ORDER BY first DESC LIMIT 1",
        values,
    )
    return None if found is None else int(found)


def secret_for(tenant: str, fingerprint: str) -> bytes:
    """Return the secret of a space: always the same for this installation, so that a database brought back from a
    backup taken before the space was first used goes on with the same permutation."""
    installation = settings().secret("code_key").encode()
    return hmac.new(installation, f"{tenant}\x1f{fingerprint}".encode(), hashlib.sha256).digest()
