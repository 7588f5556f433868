"""What ``compliance`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.compliance.contracts import PERMISSIONS
from suyuan.compliance.web.audit import router as audit_router

ROUTERS = (("", audit_router),)


def register(registry: Registry) -> None:
    """Register the right to the audit trail."""
    registry.add_permissions(PERMISSIONS)
