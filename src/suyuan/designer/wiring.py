"""What ``designer`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.registry import Registry
from suyuan.compliance import api as compliance
from suyuan.designer.api.signed import PUBLISHING, VERSIONS
from suyuan.designer.contracts import PERMISSIONS
from suyuan.designer.web import definitions, expressions, packs

ROUTERS = (("/definitions", definitions.router), ("/expressions", expressions.router), ("/packs", packs.router))


def register(registry: Registry) -> None:
    """Register rights over definitions, and that versions are signed and publishing is approved."""
    registry.add_permissions(PERMISSIONS)
    compliance.register_signable(VERSIONS)
    compliance.register_approvable(PUBLISHING)
