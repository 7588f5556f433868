"""What ``analytics`` offers the entry."""

from suyuan.analytics import api
from suyuan.analytics.contracts import PERMISSIONS
from suyuan.analytics.web.home import router as home_router
from suyuan.chassis.registry import Registry, Subscriber

ROUTERS = (("", home_router),)


def register(registry: Registry) -> None:
    """Register the right to the home page and the read models' subscription."""
    registry.add_permissions(PERMISSIONS)
    registry.subscribe(Subscriber("analytics.read_models", "trace.recorded", api.feed))
