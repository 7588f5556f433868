"""What ``production`` offers the entry. Each area's registrations stand in its own list."""

from __future__ import annotations

from typing import Final

from ninja import Router

from suyuan.chassis.registry import DefinitionKind, Registry, Subscriber
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import feeding
from suyuan.production.contracts.permissions import (
    LIVE_PERMISSIONS,
    ORDER_PERMISSIONS,
    PLANT_PERMISSIONS,
    ROUTE_PERMISSIONS,
)
from suyuan.production.contracts.products import BILL_OF_MATERIAL, BillOfMaterial
from suyuan.production.contracts.routes import ROUTE, Route
from suyuan.production.web.history import router as history_router
from suyuan.production.web.oee import router as oee_router
from suyuan.production.web.wip import router as wip_router

PLANT_ROUTERS: Final[tuple[tuple[str, Router], ...]] = ()
LIVE_ROUTERS: Final[tuple[tuple[str, Router], ...]] = (
    ("/production", history_router),
    ("/production", wip_router),
    ("/production", oee_router),
)
ROUTERS: Final = (*PLANT_ROUTERS, *LIVE_ROUTERS)


def register(registry: Registry) -> None:
    """Register rights, and bills of materials and routes as kinds of definitions."""
    registry.add_permissions((*PLANT_PERMISSIONS, *ROUTE_PERMISSIONS, *ORDER_PERMISSIONS, *LIVE_PERMISSIONS))
    registry.add_definition_kinds(
        [
            DefinitionKind(BILL_OF_MATERIAL, Bilingual("物料清单", "Bill of materials"), BillOfMaterial),
            DefinitionKind(ROUTE, Bilingual("工艺路线", "Route"), Route),
        ]
    )
    registry.subscribe(Subscriber("production.live", "trace.recorded", feeding.feed))
