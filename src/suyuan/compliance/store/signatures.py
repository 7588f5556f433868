"""Electronic signatures in the database."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import named_sql, tx
from suyuan.compliance.contracts import Signature, SignatureMeaning, SignatureState, ToSign
from suyuan.compliance.domain.entries import SIGNATURE_FIELDS, content_digest, signature_leaf
from suyuan.tenancy.contracts import Presence

_FIELDS = "id, at, signer_id, login, signer, meaning, note, kind, subject, title_zh, title_en, digest, components"


def insert(signed: ToSign, meaning: SignatureMeaning, note: str, presence: Presence) -> int | None:
    """Keep a signature; return its number, or None where the same person said the same of the same before."""
    number: int | None = tx().value(
        named_sql(__package__, "insert_signature.sql"),
        {
            "tenant": tx().principal.tenant_id,
            "signer_id": presence.user_id,
            "login": presence.login,
            "signer": presence.name,
            "meaning": meaning.value,
            "note": note,
            "kind": signed.kind,
            "subject": signed.subject,
            "title_zh": signed.title_zh,
            "title_en": signed.title_en,
            "content": msgspec.json.encode(signed.content).decode(),
            "digest": base64.b64decode(signed.digest),
            "components": list(presence.components),
            "request": tx().request_id,
        },
    )
    return number


def listed(
    kinds: Collection[str], *, number: int | None = None, subject: str | None = None, after: int | None = None,
    limit: int = 50,
) -> list[Signature]:  # fmt: skip
    """Return signatures, newest first, each with its place in the log once sealed.

    One whose own row no longer makes that leaf, or whose content is not the one signed, says so in its state.
    """
    rows = tx().rows(
        named_sql(__package__, "list_signatures.sql"),
        {
            "tenant": tx().principal.tenant_id, "number": number, "kinds": list(kinds), "subject": subject,
            "after": after, "limit": limit,
        },
    )  # fmt: skip
    return [_signature(row) for row in rows]


def _signature(row: Sequence[Any]) -> Signature:
    values = _values(row)
    content, position, sealed = msgspec.json.decode(row[13]), row[14], row[15]
    same = content_digest(content) == bytes(row[11]) and (sealed is None or signature_leaf(values) == bytes(sealed))
    state = SignatureState.VALID if same else SignatureState.SIGNATURE_CHANGED
    values |= {"meaning": SignatureMeaning(values["meaning"]), "components": tuple(values["components"])}
    return Signature(**values, position=position, state=state)


def _values(row: Sequence[Any]) -> dict[str, Any]:
    values = dict(zip(SIGNATURE_FIELDS, row, strict=False))
    values["digest"] = base64.b64encode(bytes(values["digest"])).decode()
    return values


def unsealed(limit: int) -> list[tuple[int, bytes]]:
    """Return number and leaf of signatures of ended transactions that no leaf seals, in order; the log is locked."""
    rows = tx().rows(
        f"SELECT {_FIELDS} FROM compliance_signature s WHERE s.tenant_id = %s"
        " AND s.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (SELECT FROM compliance_log_leaf l"
        " WHERE l.tenant_id = s.tenant_id AND l.kind = 's' AND l.subject = s.id) ORDER BY s.xid, s.id LIMIT %s",
        (tx().principal.tenant_id, limit),
    )
    return [(row[0], signature_leaf(_values(row))) for row in rows]


def remade(numbers: Sequence[int]) -> dict[int, tuple[bytes, datetime]]:
    """Return leaf and time of these signatures as they are now; one whose kept content changed makes no true leaf."""
    query = f"SELECT {_FIELDS}, content FROM compliance_signature WHERE tenant_id = %s AND id = ANY (%s)"
    found = {}
    for row in tx().rows(query, (tx().principal.tenant_id, list(numbers))):
        values = _values(row)
        digest = content_digest(msgspec.json.decode(row[13]))
        values["digest"] = base64.b64encode(digest).decode()
        found[row[0]] = (signature_leaf(values), row[1])
    return found


def waiting_unsealed() -> list[tuple[int, datetime]]:
    """Return signatures that no leaf seals, with their times, oldest first; at most 1000."""
    rows = tx().rows(
        "SELECT s.id, s.at FROM compliance_signature s WHERE s.tenant_id = %s AND NOT EXISTS (SELECT FROM"
        " compliance_log_leaf l WHERE l.tenant_id = s.tenant_id AND l.kind = 's' AND l.subject = s.id)"
        " ORDER BY s.id LIMIT 1000",
        (tx().principal.tenant_id,),
    )
    return [(number, at) for number, at in rows]
