"""What ``designer`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.designer.contracts import PERMISSIONS
from suyuan.designer.web import definitions, expressions, packs

ROUTERS = (("/definitions", definitions.router), ("/expressions", expressions.router), ("/packs", packs.router))


def register(registry: Registry) -> None:
    """Register rights over definitions."""
    registry.add_permissions(PERMISSIONS)
