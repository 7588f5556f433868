"""What ``trace`` registers."""

from suyuan.chassis.registry import Registry
from suyuan.trace.contracts import PERMISSIONS
from suyuan.trace.web.live import ROUTES


def register(registry: Registry) -> None:
    """Register rights and the live route."""
    registry.add_permissions(PERMISSIONS)
    registry.add_routes(ROUTES)
