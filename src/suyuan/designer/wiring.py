"""What ``designer`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.designer.contracts import PERMISSIONS
from suyuan.designer.web.definitions import router
from suyuan.designer.web.packs import router as packs_router

ROUTERS = (("/definitions", router), ("/packs", packs_router))


def register(registry: Registry) -> None:
    """Register rights over definitions."""
    registry.add_permissions(PERMISSIONS)
