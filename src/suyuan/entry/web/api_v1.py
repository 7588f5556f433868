"""The one API of the product: every module's router under /api/v1, described by one OpenAPI document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from suyuan import __version__
from suyuan.analytics.web.home import router as home_router
from suyuan.chassis.contracts import BODY_MALFORMED, NO_SUCH_PATH
from suyuan.coding.wiring import codes_router
from suyuan.kernel.faults import Fault
from suyuan.tenancy.web.session import router as session_router
from suyuan.trace.web.events import router as events_router
from suyuan.trace.web.items import router as items_router

api = NinjaAPI(title="Suyuan 溯源", version=__version__, docs_url=None, openapi_url=None, urls_namespace="api_v1")


@api.exception_handler(ValidationError)
def _invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    first: dict[str, Any] = error.errors[0]
    place = "/" + "/".join(str(part) for part in first["loc"][1:])
    raise BODY_MALFORMED(at=place, why=f"{place}: {first['msg']}")


@api.exception_handler(HttpError)
def _http_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    raise BODY_MALFORMED(why=str(error))


@api.exception_handler(Fault)
def _fault(_: HttpRequest, error: Fault) -> HttpResponse:
    raise error


@api.exception_handler(Exception)
def _other(_: HttpRequest, error: Exception) -> HttpResponse:
    raise error


api.add_router("/session", session_router)
api.add_router("/codes", codes_router)
api.add_router("/items", items_router)
api.add_router("", events_router)
api.add_router("", home_router)


def no_such_path(request: HttpRequest, **_: str) -> HttpResponse:
    """Refuse an address under /api that nothing serves."""
    raise NO_SUCH_PATH(path=request.path)
