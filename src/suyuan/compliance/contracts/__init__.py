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
from suyuan.compliance.contracts.places import (
    PLACE_INVALID,
    PLACE_NAME_TAKEN,
    SETTINGS,
    Delivery,
    Place,
    PlaceKind,
    TimeStamp,
)
from suyuan.kernel.faults import Bilingual
from suyuan.kernel.principals import Permission

PERMISSIONS = (
    Permission("compliance:audit:read", Bilingual("查看审计记录", "See the audit trail")),
    Permission("compliance:audit:review", Bilingual("审阅审计记录并签署意见", "Review the audit trail and sign off")),
    Permission("compliance:log:read", Bilingual("查看防篡改日志与证明", "See the tamper-evident log and its proofs")),
    Permission("compliance:log:write", Bilingual("管理检查点去处并核验", "Set where checkpoints go, and verify")),
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
