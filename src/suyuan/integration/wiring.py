"""What ``integration`` offers the entry."""

from __future__ import annotations

from suyuan.chassis.jobs import Job
from suyuan.chassis.registry import Registry, Subscriber
from suyuan.chassis.settings import settings
from suyuan.integration.api.epcis.capturing import CAPTURE_TOPIC
from suyuan.integration.jobs.epcis import capture_documents, forget_captures
from suyuan.integration.web.epcis.answers import router as answers_router
from suyuan.integration.web.epcis.console import router as capture_router
from suyuan.integration.web.epcis.resources import epcis_routes

ROUTERS = (("/capture", capture_router), ("/trace", answers_router))


def register(registry: Registry) -> None:
    """Register the EPCIS routes and the worker's part of capturing."""
    registry.add_routes(epcis_routes(settings().document_limit_mb))
    registry.add_jobs([Job("integration.forget_captures", forget_captures, cron="17 19 * * *")])
    registry.subscribe(Subscriber("integration.epcis_capture", CAPTURE_TOPIC, capture_documents, batch=1))
