"""What ``compliance`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.compliance import api, jobs
from suyuan.compliance.api.exports import EXPORTING
from suyuan.compliance.contracts import PERMISSIONS
from suyuan.compliance.web.audit import router as audit_router
from suyuan.compliance.web.exports import router as exports_router
from suyuan.compliance.web.log import router as log_router
from suyuan.compliance.web.signatures import router as signatures_router

__all__ = ["ROUTERS", "jobs", "register"]
ROUTERS = (("", audit_router), ("", log_router), ("", signatures_router), ("", exports_router))


def register(registry: Registry) -> None:
    """Register the rights, and how audit rows are read again when the log is verified."""
    api.register_source(api.AUDIT_SOURCE)
    api.register_source(api.SIGNATURE_SOURCE)
    api.register_signable(api.AUDIT_REVIEWS)
    api.register_signable(api.APPROVALS)
    registry.add_permissions(PERMISSIONS)
    registry.add_jobs([EXPORTING])
