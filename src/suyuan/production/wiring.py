"""What ``production`` offers the entry. Each area's registrations stand in its own list."""

from __future__ import annotations

from typing import Final

from ninja import Router

from suyuan.chassis.registry import DefinitionKind, Registry, Subscriber
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import feeding, plant, using
from suyuan.production.api.checking import Execution
from suyuan.production.api.importing import TARGETS
from suyuan.production.contracts.permissions import (
    ANDON_PERMISSIONS,
    LIVE_PERMISSIONS,
    ORDER_PERMISSIONS,
    PLANT_PERMISSIONS,
    PULL_PERMISSIONS,
)
from suyuan.production.contracts.products import BILL_OF_MATERIAL, BillOfMaterial
from suyuan.production.contracts.routes import ROUTE, Route
from suyuan.production.domain.bills import bill_faults
from suyuan.production.domain.route_checking import route_faults
from suyuan.production.jobs.andon import ESCALATING
from suyuan.production.web.andon import router as andon_router
from suyuan.production.web.demand import router as demand_router
from suyuan.production.web.floor import floor_routes
from suyuan.production.web.history import router as history_router
from suyuan.production.web.oee import router as oee_router
from suyuan.production.web.orders import router as orders_router
from suyuan.production.web.plant import router as plant_router
from suyuan.production.web.pulls import router as pulls_router
from suyuan.production.web.shortages import router as shortages_router
from suyuan.production.web.wip import router as wip_router

PLANT_ROUTERS: Final[tuple[tuple[str, Router], ...]] = (
    ("/plant", plant_router),
    ("/orders", orders_router),
    ("/production", demand_router),
)
LIVE_ROUTERS: Final[tuple[tuple[str, Router], ...]] = (
    ("/production", history_router),
    ("/production", wip_router),
    ("/production", oee_router),
    ("/production", andon_router),
    ("/production", pulls_router),
    ("/production", shortages_router),
)
ROUTERS: Final = (*PLANT_ROUTERS, *LIVE_ROUTERS)


def register(registry: Registry) -> None:
    """Register rights, and bills of materials and routes as kinds of definitions."""
    registry.add_permissions(
        (*PLANT_PERMISSIONS, *ORDER_PERMISSIONS, *LIVE_PERMISSIONS, *ANDON_PERMISSIONS, *PULL_PERMISSIONS)
    )
    registry.add_definition_kinds(
        [
            DefinitionKind(BILL_OF_MATERIAL, Bilingual("物料清单", "Bill of materials"), BillOfMaterial, bill_faults),
            DefinitionKind(ROUTE, Bilingual("工艺路线", "Route"), Route, route_faults),
        ]
    )
    registry.add_execution_checks([Execution])
    registry.add_team_lists([plant.teams_of_persons])
    registry.add_jobs([ESCALATING])
    registry.add_import_targets(TARGETS)
    registry.add_routes(floor_routes())
    registry.subscribe(Subscriber("production.uses", "trace.recorded", using.feed))
    registry.subscribe(Subscriber("production.live", "trace.recorded", feeding.feed))
