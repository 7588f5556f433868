"""One OpenAPI 3.1 document for the whole product: django-ninja's operations and the hot routes beside them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse

from suyuan.chassis.http import PERMISSION_MARK, HotRoute, open_operation, reply
from suyuan.chassis.registry import registry
from suyuan.entry.web.api_v1 import api

_ABOUT: Final = (
    "追溯、采集与管理的接口。机器用 `Authorization: Bearer sy_…`；错误都是 RFC 7807 的 problem，"
    "`title` 说明哪里不对，`detail` 说明怎么办。\n\n"
    "Tracing, capture and administration. Machines send `Authorization: Bearer sy_…`; every error is an RFC 7807 "
    "problem whose `title` says what is wrong and whose `detail` says what to do."
)
_EXAMPLES: Final[dict[str, Any]] = {
    "code": "(01)09521234543213(21)A1",
    "search": "A1",
    "as_of": "2026-11-21T08:00:00+08:00",
    "from": "2026-11-21T08:00:00+08:00",
    "to": "2026-11-21T20:00:00+08:00",
    "type": "ObjectEvent",
    "action": "OBSERVE",
    "step": "commissioning",
    "sort": "-time",
    "limit": 50,
    "eventType": "ObjectEvent|AggregationEvent",
    "GE_eventTime": "2026-11-21T00:00:00+08:00",
    "LT_eventTime": "2026-11-22T00:00:00+08:00",
    "EQ_bizStep": "commissioning",
    "EQ_disposition": "active",
    "MATCH_epc": "urn:epc:id:sgtin:9521234.054321.A1",
    "MATCH_anyEPC": "urn:epc:id:sgtin:9521234.054321.A1",
    "MATCH_epcClass": "urn:epc:class:lgtin:9521234.054321.L1",
    "orderBy": "eventTime",
    "orderDirection": "DESC",
    "perPage": 50,
    "name": "2026-11-21.jsonld",
    "GS1-Capture-Error-Behaviour": "proceed",
    "GS1-EPCIS-Version": "2.0",
    "GS1-CBV-Version": "2.0",
}
"""One value for each parameter name that a reader can try."""
_EVENT: Final[dict[str, Any]] = {
    "type": "ObjectEvent",
    "action": "ADD",
    "bizStep": "commissioning",
    "disposition": "active",
    "epcList": ["urn:epc:id:sgtin:9521234.054321.A1"],
    "eventTime": "2026-11-21T08:00:00+08:00",
    "eventTimeZoneOffset": "+08:00",
    "readPoint": {"id": "urn:epc:id:sgln:9521234.00001.0"},
}
_CONTEXT: Final = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
_BODIES: Final[dict[str, Any]] = {
    "/epcis/v2/events": {"@context": _CONTEXT, **_EVENT},
    "/epcis/v2/capture": {
        "@context": _CONTEXT,
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-21T08:00:01+08:00",
        "epcisBody": {"eventList": [_EVENT]},
    },
}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "examples": ["epcisException:ValidationException"]},
        "title": {"type": "string", "description": "what is wrong, in the language of the request"},
        "status": {"type": "integer", "examples": [422]},
        "detail": {"type": "string", "description": "what to do about it"},
        "code": {"type": "string", "examples": ["coding.check_digit"]},
        "at": {"type": "string", "description": "a JSON pointer, or `char N`", "examples": ["char 16"]},
        "params": {"type": "object", "additionalProperties": {"type": "string"}},
        "request_id": {"type": "string"},
    },
}
_JSON: Final = ("application/json", "application/ld+json")
_REFERENCE: Final = "#/components/schemas/{name}"
_METHODS: Final = frozenset({"get", "post", "put", "patch", "delete"})


def _parameter(name: str, place: str) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}


def _content(model: type) -> dict[str, Any]:
    return {"content": {_JSON[0]: {"schema": {"$ref": _REFERENCE.format(name=model.__name__)}}}}


def _hot_operation(route: HotRoute) -> dict[str, Any]:
    """Return what a hot route's own declaration says of it."""
    epcis = route.pattern.startswith("/epcis/")
    parameters = [_parameter(name, "path") for name in re.findall(r"\{(\w+)\}", route.pattern)]
    parameters += [_parameter(name, "query") for name in route.query]
    parameters += [_parameter(name, "header") for name in route.headers]
    answers = ("text/event-stream",) if route.stream else _JSON if epcis else _JSON[:1]
    operation: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{route.method.lower()}{route.pattern}").strip("_"),
        "summary": route.summary,
        "tags": ["epcis" if epcis else route.pattern.split("/")[3]],
        "parameters": parameters,
        "responses": {"200": {"description": "OK", "content": {answer: {"schema": {}} for answer in answers}}},
    }
    if route.method == "POST":
        status = "202" if route.pattern.endswith("/capture") else "201"
        located = {"Location": {"schema": {"type": "string"}}}
        operation["responses"] = {status: {"description": "Accepted", "headers": located}}
        body = {"schema": {"type": "object"}, "example": _BODIES.get(route.pattern, {})}
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(_JSON, body)}
        if route.takes is not None:
            operation["requestBody"] = _content(route.takes)
    if route.answers is not None:
        operation["responses"] = {"200": {"description": "OK", **_content(route.answers)}}
    if route.file:
        binary = {"schema": {"type": "string", "format": "binary"}}
        operation["responses"] = {"200": {"description": "OK", "content": {route.file: binary}}}
    if route.permission:
        operation["x-suyuan-permission"] = route.permission
    return operation


def _with_hot_routes(paths: dict[str, Any]) -> None:
    for route in registry.routes:
        if route.method.lower() in _METHODS:
            paths.setdefault(route.pattern, {})[route.method.lower()] = _hot_operation(route)


def _permissions() -> dict[str, str]:
    """Return the right that each ninja operation needs, by operation id."""
    return {
        api.get_openapi_operation_id(operation): getattr(operation.view_func, PERMISSION_MARK, "")
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }


def _finished(operation: dict[str, Any], permissions: dict[str, str]) -> None:
    """Add what every operation shares: examples, the right it needs, the problem it may answer with."""
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in _EXAMPLES:
            parameter["example"] = _EXAMPLES[parameter["name"]]
    if permissions.get(operation["operationId"]):
        operation["x-suyuan-permission"] = permissions[operation["operationId"]]
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation["responses"] = {
        **{str(status): answer for status, answer in operation["responses"].items()},
        "default": {
            "description": "What is wrong and what to do",
            "content": {"application/problem+json": problem},
        },
    }


def _opened(schema: Any) -> Any:  # noqa: ANN401 (any part of a JSON schema)
    """Say of objects that hold anything that they do; client generators take silence for an empty object."""
    if isinstance(schema, list):
        return [_opened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _opened(part) for name, part in schema.items()}
    if made.get("type") == "object" and not made.keys() & {"properties", "additionalProperties"}:
        made["additionalProperties"] = True
    return made


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document of everything this server answers."""
    described: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    described["info"]["description"] = _ABOUT
    described["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    _with_hot_routes(described["paths"])
    permissions = _permissions()
    for path in described["paths"].values():
        for method in path.keys() & _METHODS:
            _finished(path[method], permissions)
    components = described.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM
    ours = msgspec.json.schema_components(registry.types, ref_template=_REFERENCE)[1]
    if twice := schemas.keys() & ours.keys():
        raise RuntimeError(f"two types of the interface are called {sorted(twice)}")
    schemas.update(_opened(ours))
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "sy_…"},
        "session": {"type": "apiKey", "in": "cookie", "name": "suyuan_session"},
    }
    described["security"] = [{"token": []}, {"session": []}]
    return described


@open_operation("the interface is no secret; what it answers needs rights")
def openapi_json(_: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document."""
    return reply(document())
