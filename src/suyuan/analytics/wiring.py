"""What ``analytics`` registers."""

from suyuan.analytics import api
from suyuan.analytics.contracts import PERMISSIONS
from suyuan.chassis.registry import Registry, Subscriber


def register(registry: Registry) -> None:
    """Register the right to the home page and the read models' subscription."""
    registry.add_permissions(PERMISSIONS)
    registry.subscribe(Subscriber("analytics.read_models", "trace.recorded", api.feed))
