"""What crosses the door of ``compliance``."""

from __future__ import annotations

from suyuan.compliance.contracts.audit import (
    AUDIT_EXPORT_TOO_LARGE,
    REVIEW_EMPTY,
    AuditEntry,
    AuditQuestion,
    AuditReview,
)
from suyuan.compliance.contracts.log import (
    LOG_DAMAGED,
    NO_SUCH_SIZE,
    NOT_SEALED,
    CheckpointInfo,
    ConsistencyProof,
    Finding,
    InclusionProof,
    LeafKind,
    LogKey,
    Remade,
    SealedSource,
    Verification,
)
from suyuan.compliance.contracts.permissions import PERMISSIONS
from suyuan.compliance.contracts.places import (
    PLACE_INVALID,
    PLACE_NAME_TAKEN,
    SETTINGS,
    Delivery,
    Place,
    PlaceKind,
    TimeStamp,
)

__all__ = [
    "AUDIT_EXPORT_TOO_LARGE",
    "LOG_DAMAGED",
    "NOT_SEALED",
    "NO_SUCH_SIZE",
    "PERMISSIONS",
    "PLACE_INVALID",
    "PLACE_NAME_TAKEN",
    "REVIEW_EMPTY",
    "SETTINGS",
    "AuditEntry",
    "AuditQuestion",
    "AuditReview",
    "CheckpointInfo",
    "ConsistencyProof",
    "Delivery",
    "Finding",
    "InclusionProof",
    "LeafKind",
    "LogKey",
    "Place",
    "PlaceKind",
    "Remade",
    "SealedSource",
    "TimeStamp",
    "Verification",
]
