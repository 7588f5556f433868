"""What the leaves of the log are hashes of: one canonical JSON object a record (docs/reference/integrity.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from suyuan.compliance.domain.merkle import leaf_hash
from suyuan.compliance.domain.notes import stamp
from suyuan.kernel.canonical_json import canonical_json

AUDIT_FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor",
    "via",
    "request_id",
    "table",
    "record",
    "action",
    "before",
    "after",
    "reason",
)


def audit_leaf(values: Mapping[str, Any]) -> bytes:
    """Return the leaf of one row of the audit trail, given its fields (:data:`AUDIT_FIELDS`)."""
    entry = {name: values[name] for name in AUDIT_FIELDS}
    moment: datetime = values["at"]
    return leaf_hash(canonical_json({**entry, "at": stamp(moment), "type": "suyuan/audit/1"}))


SIGNATURE_FIELDS = (
    "id",
    "at",
    "signer_id",
    "login",
    "signer",
    "meaning",
    "note",
    "kind",
    "subject",
    "title_zh",
    "title_en",
    "digest",
    "components",
)


def content_digest(content: Mapping[str, Any]) -> bytes:
    """Return what a signature is bound to: SHA-256 of the record's RFC 8785 bytes."""
    return hashlib.sha256(canonical_json(content)).digest()


def signature_leaf(values: Mapping[str, Any]) -> bytes:
    """Return the leaf of one electronic signature, given its fields (:data:`SIGNATURE_FIELDS`); digest in base64."""
    entry = {name: values[name] for name in SIGNATURE_FIELDS}
    moment: datetime = values["at"]
    return leaf_hash(canonical_json({**entry, "at": stamp(moment), "type": "suyuan/signature/1"}))


REMOVAL_FIELDS = ("id", "at", "kind", "before", "days", "reason", "records", "file", "sha256", "subjects")


def removal_leaf(values: Mapping[str, Any]) -> bytes:
    """Return the leaf of one removal by retention, given its fields (:data:`REMOVAL_FIELDS`)."""
    entry = {name: values[name] for name in REMOVAL_FIELDS}
    times = {name: stamp(values[name]) for name in ("at", "before")}
    return leaf_hash(canonical_json({**entry, **times, "type": "suyuan/removal/1"}))
