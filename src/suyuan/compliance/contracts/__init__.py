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
    InclusionProof,
    LeafKind,
    LogFinding,
    LogKey,
    LogVerification,
    Remade,
    SealedSource,
)
from suyuan.compliance.contracts.permissions import PERMISSIONS
from suyuan.compliance.contracts.places import (
    PLACE_INVALID,
    PLACE_NAME_TAKEN,
    SETTINGS,
    CheckpointDelivery,
    CheckpointPlace,
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
    "CheckpointDelivery",
    "CheckpointInfo",
    "CheckpointPlace",
    "ConsistencyProof",
    "InclusionProof",
    "LeafKind",
    "LogFinding",
    "LogKey",
    "LogVerification",
    "PlaceKind",
    "Remade",
    "SealedSource",
    "TimeStamp",
]
