"""The one API of the product: every module's router under /api/v1, described by one OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from suyuan import __version__
from suyuan.chassis.contracts import BODY_MALFORMED, NO_SUCH_PATH
from suyuan.chassis.http import PERMISSION_MARK, open_operation
from suyuan.entry.wiring import MODULES
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import NOT_SIGNED_IN, Principal

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


def _before_reading(permissions: Sequence[str]) -> Callable[[HttpRequest], bool]:
    """Return the check that refuses a stranger before what they sent is read."""

    def may(request: HttpRequest) -> bool:
        principal: Principal | None = getattr(request, "principal", None)
        if principal is None:
            raise NOT_SIGNED_IN()
        for permission in permissions:
            principal.require(permission)
        return True

    return may


def _guard(router: Router) -> None:
    for view in router.path_operations.values():
        for operation in view.operations:
            permissions: str | None = getattr(operation.view_func, PERMISSION_MARK, None)
            if permissions is not None:
                operation.auth_callbacks = [_before_reading(permissions.split())]


for module in MODULES:
    for prefix, router in getattr(module, "ROUTERS", ()):
        _guard(router)
        api.add_router(prefix, router)


@open_operation("refuses whatever is asked")
def no_such_path(request: HttpRequest, **_: str) -> HttpResponse:
    """Refuse an address under /api that nothing serves."""
    raise NO_SUCH_PATH(path=request.path)
