"""What ``trace`` offers the entry."""

from suyuan.chassis.registry import Registry, Subscriber
from suyuan.compliance import api as compliance
from suyuan.trace.api import sealing
from suyuan.trace.api.index import on_recorded
from suyuan.trace.api.signed import EVENTS
from suyuan.trace.contracts import PERMISSIONS
from suyuan.trace.store.recording import RECORDED_TOPIC
from suyuan.trace.web.events import router as events_router
from suyuan.trace.web.items import router as items_router
from suyuan.trace.web.live import ROUTES

ROUTERS = (("/items", items_router), ("", events_router))


def register(registry: Registry) -> None:
    """Register rights, the live route, and the index's ear on the outbox."""
    registry.add_permissions(PERMISSIONS)
    registry.add_routes(ROUTES)
    registry.subscribe(Subscriber("trace.index", RECORDED_TOPIC, on_recorded))
    registry.subscribe(Subscriber("trace.log", RECORDED_TOPIC, sealing.on_recorded, batch=2000, gather=20.0))
    compliance.register_source(sealing.EVENT_SOURCE)
    compliance.register_signable(EVENTS)
