"""Everything that registers upward, in one place and in order."""

from __future__ import annotations

from suyuan.chassis.registry import registry
from suyuan.compliance.contracts import PERMISSIONS as COMPLIANCE_PERMISSIONS
from suyuan.tenancy.contracts import PERMISSIONS as TENANCY_PERMISSIONS
from suyuan.trace.contracts import PERMISSIONS as TRACE_PERMISSIONS


def wire() -> None:
    """Register permissions, outbox subscribers and hot routes of every module."""
    for permissions in (TENANCY_PERMISSIONS, COMPLIANCE_PERMISSIONS, TRACE_PERMISSIONS):
        registry.add_permissions(permissions)
