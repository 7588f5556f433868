"""Signing records electronically (21 CFR 11.50–11.300, EU Annex 11 §14)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.compliance.contracts import (
    NOT_SIGNABLE,
    SEEN_OTHERWISE,
    SIGNATURE_NOTE_MISSING,
    SIGNED_ALREADY,
    LeafKind,
    Remade,
    SealedSource,
    Signable,
    Signature,
    SignatureMeaning,
    SignatureState,
    SignedRecord,
    ToSign,
)
from suyuan.compliance.domain.entries import content_digest
from suyuan.compliance.store import log
from suyuan.compliance.store import signatures as store
from suyuan.kernel.faults import Bilingual
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import Presence, Proof, Visit

_BATCH = 1000
_signables: dict[str, Signable] = {}


def register_signable(signable: Signable) -> None:
    """Make a kind of record signable; called once by the wiring of who keeps it."""
    _signables[signable.kind] = signable


def signables() -> Sequence[Signable]:
    """Return the kinds of record that can be signed."""
    return list(_signables.values())


def record_to_sign(kind: str, subject: str) -> ToSign:
    """Return a record as it would be signed now.

    :raises Fault: ``compliance.not_signable``, ``chassis.not_found``, and where one may not see the record.
    """
    signable = _signables.get(kind)
    if signable is None:
        raise NOT_SIGNABLE(at="/kind", kind=kind, kinds=", ".join(sorted(_signables)))
    tx().principal.require(signable.permission)
    record = signable.load(subject)
    if record is None:
        raise NOT_FOUND(what=subject)
    return to_sign(kind, subject, record)


def to_sign(kind: str, subject: str, record: SignedRecord) -> ToSign:
    """Return a record with the digest that a signature under it names."""
    content: Mapping[str, Any] = msgspec.to_builtins(record.content)
    digest = base64.b64encode(content_digest(content)).decode()
    return ToSign(kind, subject, record.title_zh, record.title_en, content, digest)


def sign(
    kind: str, subject: str, meaning: SignatureMeaning, note: str, digest: str, given: Proof, visit: Visit
) -> Signature:
    """Sign a record that looks as the signer saw it, who proves again to be there; return the signature.

    :raises Fault: as :func:`record_to_sign` and ``tenancy.prove_presence``; ``compliance.seen_otherwise``,
        ``compliance.signed_already``, ``compliance.signature_note_missing``.
    """
    signed = record_to_sign(kind, subject)
    if signed.digest != digest:
        raise SEEN_OTHERWISE(at="/digest")
    presence = tenancy.prove_presence(given, visit)
    return put_signature(signed, meaning, note, presence)


def put_signature(signed: ToSign, meaning: SignatureMeaning, note: str, presence: Presence) -> Signature:
    """Keep the signature of somebody who proved to be there.

    :raises Fault: ``compliance.signed_already``, ``compliance.signature_note_missing``.
    """
    note = note.strip()
    if meaning is SignatureMeaning.REJECT and not note:
        raise SIGNATURE_NOTE_MISSING(at="/note")
    number = store.insert(signed, meaning, note, presence)
    if number is None:
        raise SIGNED_ALREADY(at="/meaning")
    return store.listed([signed.kind], number=number)[0]


def list_signatures(
    *, kind: str | None = None, subject: str | None = None, after: int | None = None, limit: int = 50
) -> list[Signature]:
    """Return signatures, newest first, each with whether it and the record under it are still what they were.

    Signatures under records that one may not see are left out.
    """
    visible = [
        each.kind for each in _signables.values() if tx().principal.may(each.permission) and kind in (None, each.kind)
    ]
    return [_judged(found) for found in store.listed(visible, subject=subject, after=after, limit=limit)]


def _judged(signature: Signature) -> Signature:
    if signature.state is not SignatureState.VALID:
        return signature
    record = _signables[signature.kind].load(signature.subject)
    if record is None:
        return replace(signature, state=SignatureState.RECORD_GONE)
    now = to_sign(signature.kind, signature.subject, record).digest
    return signature if now == signature.digest else replace(signature, state=SignatureState.RECORD_CHANGED)


def seal_signatures() -> int:
    """Append to the log the signatures of all transactions that have ended; return how many."""
    sealed = 0
    while True:
        frontier = log.lock_head()()
        rows = store.unsealed(_BATCH)
        if not rows:
            return sealed
        log.append(frontier, LeafKind.SIGNATURE, [number for number, _ in rows], b"".join(leaf for _, leaf in rows))
        sealed += len(rows)


def _remake(numbers: Sequence[int]) -> Mapping[int, Remade]:
    found = store.remade(numbers)
    return {number: Remade(*found.get(number, (None, None))) for number in numbers}


SIGNATURE_SOURCE = SealedSource(LeafKind.SIGNATURE, Bilingual("电子签名", "signature"), _remake, store.waiting_unsealed)
