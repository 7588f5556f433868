"""What ``compliance`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.compliance import api
from suyuan.compliance.contracts import PERMISSIONS
from suyuan.compliance.web.audit import router as audit_router

ROUTERS = (("", audit_router),)


def register(registry: Registry) -> None:
    """Register the rights, and how audit rows are read again when the log is verified."""
    api.register_source(api.AUDIT_SOURCE)
    registry.add_permissions(PERMISSIONS)
