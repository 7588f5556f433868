"""What ``portal`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.jobs import Job
from suyuan.chassis.registry import Registry
from suyuan.coding import api as coding
from suyuan.portal.contracts import PERMISSIONS
from suyuan.portal.jobs import forget_visits
from suyuan.portal.web.causes import router as causes_router
from suyuan.portal.web.desk import router as desk_router
from suyuan.portal.web.dossier import router as dossier_router
from suyuan.portal.web.event_list import router as event_list_router
from suyuan.portal.web.feedback import router as feedback_router
from suyuan.portal.web.pages import urlpatterns
from suyuan.portal.web.products import router
from suyuan.portal.web.scope import router as scope_router
from suyuan.trace.api import parties

__all__ = ["ROUTERS", "register", "urlpatterns"]
ROUTERS = (
    ("", dossier_router),
    ("/feedback", feedback_router),
    ("/portal", router),
    ("/trace", scope_router),
    ("/trace", causes_router),
    ("/trace", desk_router),
    ("", event_list_router),
)


def register(registry: Registry) -> None:
    """Register the rights, how parties are read, and the worker's tidying."""
    parties.read_with(coding.identify_place)
    registry.add_permissions(PERMISSIONS)
    registry.add_jobs([Job("portal.forget_visits", forget_visits, cron="*/10 * * * *")])
