"""The door of ``compliance``."""

from suyuan.compliance.api.audit import AUDIT_SOURCE, list_audit, seal_audit
from suyuan.compliance.api.log import (
    accept_restored,
    append,
    list_checkpoints,
    list_keys,
    log_size,
    make_checkpoint,
    newest_checkpoint,
    origin,
    prove,
    prove_consistency,
    remember,
    rotate_key,
    sealed_subjects,
)
from suyuan.compliance.api.verifying import list_verifications, register_source, verify_log
from suyuan.compliance.domain.findings import finding

__all__ = [
    "AUDIT_SOURCE",
    "accept_restored",
    "append",
    "finding",
    "list_audit",
    "list_checkpoints",
    "list_keys",
    "list_verifications",
    "log_size",
    "make_checkpoint",
    "newest_checkpoint",
    "origin",
    "prove",
    "prove_consistency",
    "register_source",
    "remember",
    "rotate_key",
    "seal_audit",
    "sealed_subjects",
    "verify_log",
]
