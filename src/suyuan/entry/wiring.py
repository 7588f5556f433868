"""Everything that modules offer upward, in one place and in order."""

from __future__ import annotations

from suyuan.analytics import wiring as analytics
from suyuan.capture import wiring as capture
from suyuan.chassis.jobs import bind
from suyuan.chassis.registry import registry
from suyuan.coding import wiring as coding
from suyuan.compliance import wiring as compliance
from suyuan.designer import wiring as designer
from suyuan.integration import wiring as integration
from suyuan.portal import wiring as portal
from suyuan.production import wiring as production
from suyuan.tenancy import wiring as tenancy
from suyuan.tenancy.api import tenants
from suyuan.trace import wiring as trace

MODULES = (tenancy, compliance, designer, trace, coding, capture, production, analytics, portal, integration)


def wire() -> None:
    """Register rights, outbox subscribers, jobs and hot routes of every module."""
    for module in MODULES:
        register = getattr(module, "register", None)
        if register is not None:
            register(registry)
    bind(registry.jobs, tenants)
