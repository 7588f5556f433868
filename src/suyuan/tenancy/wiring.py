"""What ``tenancy`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.tenancy.contracts import PERMISSIONS
from suyuan.tenancy.web.people import router as people_router
from suyuan.tenancy.web.session import router as session_router
from suyuan.tenancy.web.tokens import router as tokens_router

ROUTERS = (("/session", session_router), ("", people_router), ("", tokens_router))


def register(registry: Registry) -> None:
    """Register rights over people, roles, tokens and sites."""
    registry.add_permissions(PERMISSIONS)
