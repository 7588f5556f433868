"""Everything that registers upward, in one place and in order."""

from __future__ import annotations

from suyuan.analytics import wiring as analytics
from suyuan.chassis.registry import registry
from suyuan.compliance.contracts import PERMISSIONS as COMPLIANCE_PERMISSIONS
from suyuan.tenancy.contracts import PERMISSIONS as TENANCY_PERMISSIONS
from suyuan.trace import wiring as trace


def wire() -> None:
    """Register permissions, outbox subscribers and hot routes of every module."""
    registry.add_permissions(TENANCY_PERMISSIONS)
    registry.add_permissions(COMPLIANCE_PERMISSIONS)
    for module in (trace, analytics):
        module.register(registry)
