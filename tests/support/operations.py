"""Everything that the server answers, read from its own routers: what the matrices of rights and tenants walk."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path. ``permissions``, all needed; None: open, for ``reason``; empty: whoever is signed in."""

    method: str
    path: str
    permissions: tuple[str, ...] | None
    reason: str = ""
    hot: bool = False
    stream: bool = False
    marked: bool = True
    parameters: tuple[Mapping[str, Any], ...] = ()
    """As OpenAPI has them: ``name``, ``in``, ``required``, ``schema``."""
    body: Mapping[str, Any] | None = None
    schemas: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The method and the path."""
        return f"{self.method} {self.path}"

    @property
    def open(self) -> bool:
        """Whether nobody needs to sign in for it."""
        return self.permissions is None

    def parameter_names(self, place: str) -> list[str]:
        """Return the names of the parameters in ``path`` or ``query``."""
        return [str(each["name"]) for each in self.parameters if each["in"] == place]

    def address(self, values: Mapping[str, str] | None = None, *, optional: bool = False) -> str:
        """Return a path with sound values for what it needs; ``values`` by parameter name go first.

        With ``optional``, every query parameter that ``values`` names is sent; without, only those that are needed.
        """
        given = values or {}
        path, query = self.path, {}
        for each in self.parameters:
            name = str(each["name"])
            if each["in"] == "path":
                value = str(given.get(name, sample(each["schema"], self.schemas)))
                path = path.replace("{" + name + "}", quote(value, safe=""))
            elif each.get("required") or (optional and name in given):
                query[name] = str(given.get(name, sample(each["schema"], self.schemas)))
        return path + (f"?{urlencode(query)}" if query else "")

    def sound_body(self) -> Any:
        """Return a body that the schema allows, or None where there is none."""
        return None if self.body is None else sample(self.body, self.schemas)


def sample(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Return a plain value that a JSON schema allows."""
    if "$ref" in schema:
        return sample(schemas[str(schema["$ref"]).rsplit("/", 1)[-1]], schemas)
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        if choice.get("type") != "null":
            return sample(choice, schemas)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "array":
            return []
        case "object":
            needed = schema.get("required", ())
            return {
                name: sample(each, schemas) for name, each in schema.get("properties", {}).items() if name in needed
            }
    if schema.get("format") == "uuid":
        return "00000000-0000-4000-8000-000000000000"
    if schema.get("format") == "date-time":
        return "2026-11-21T08:00:00+08:00"
    return schema.get("const") or "x" * max(1, int(schema.get("minLength", 1)))


def operations() -> list[Operation]:
    """Return every operation: django-ninja's, the hot routes, and Django's own addresses."""
    return [*_ninja(), *_hot(), *_django()]


def _mark(view: Callable[..., object]) -> tuple[tuple[str, ...] | None, str, bool]:
    """Return the rights a view needs, why it is open, and whether it says either."""
    from suyuan.chassis.http import OPEN_MARK, PERMISSION_MARK

    needed, reason = getattr(view, PERMISSION_MARK, None), getattr(view, OPEN_MARK, None)
    permissions = None if needed is None else tuple(needed.split())
    return permissions, reason or "", (permissions is None) != (reason is None)


def _ninja() -> Iterator[Operation]:
    from suyuan.entry.web.api_v1 import api

    document: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schemas = document["components"]["schemas"]
    described = {
        operation["operationId"]: (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
    }
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                path, said = described[api.get_openapi_operation_id(operation)]
                content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
                permissions, reason, marked = _mark(operation.view_func)
                for method in operation.methods:
                    yield Operation(
                        method, path, permissions, reason, marked=marked,
                        parameters=tuple(said.get("parameters", ())), body=content.get("schema"), schemas=schemas,
                    )  # fmt: skip


def _hot() -> Iterator[Operation]:
    from suyuan.chassis.registry import registry

    for route in registry.routes:
        names = re.findall(r"\{(\w+)\}", route.pattern)
        yield Operation(
            route.method, route.pattern, _rights(route.permission), route.open_reason, hot=True,
            stream=route.stream is not None, marked=(route.permission is None) == bool(route.open_reason),
            parameters=tuple({"name": name, "in": "path", "schema": {"type": "string"}} for name in names),
            body={"type": "object"} if route.method in UNSAFE else None,
        )  # fmt: skip


def _rights(permission: str | None) -> tuple[str, ...] | None:
    return None if permission is None else tuple(permission.split())


def _django() -> Iterator[Operation]:
    """Yield Django's own views; those that ninja serves are its operations already."""
    from suyuan.entry import urls

    for view, where in _views(urls.urlpatterns, ""):
        made_by = inspect.getmodule(inspect.unwrap(getattr(view, "func", view)))
        if made_by is not None and made_by.__name__.startswith("ninja."):
            continue
        permissions, reason, marked = _mark(view)
        yield Operation("GET", where, permissions, reason, marked=marked)


def _views(patterns: list[Any], before: str) -> Iterator[tuple[Callable[..., object], str]]:
    for pattern in patterns:
        where = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns, where)
        else:
            yield pattern.callback, where
