"""What the leaves of the log are hashes of: one canonical JSON object a record (docs/reference/integrity.md)."""

from __future__ import annotations

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
