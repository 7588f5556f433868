"""Packing over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, model_validator

from suyuan.chassis.http import guarded, reply
from suyuan.coding.api import binding as api
from suyuan.coding.contracts.binding import Bindings, Bound, Circumstances, LetPass, PackingSpec

router = Router(tags=["packing"])
Code = Annotated[str, Field(min_length=1, max_length=2048)]
Codes = Annotated[list[Code], Field(max_length=1001)]
Place = Annotated[str, Field(max_length=500)]


class Overridden(Schema):
    """A check that is let pass, by who has the right, and why."""

    check: Annotated[str, Field(min_length=1, max_length=80)]
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]


class Occasion(Schema):
    """Where, when and how. One binding for a ``request_key``: the same request may be sent again."""

    request_key: Annotated[str, Field(min_length=8, max_length=100)]
    time: datetime | None = None
    read_point: Place | None = None
    biz_location: Place | None = None
    method: Literal["scan", "device", "manual", "voice", "import", "api"] = "scan"
    equipment: Place | None = None
    overrides: Annotated[list[Overridden], Field(max_length=60)] = Field(default_factory=list)

    def form(self) -> tuple[str | None, dict[str, Any]]:
        """Return the trace node whose form was filled, and with what: here none."""
        return None, {}

    def circumstances(self) -> Circumstances:
        """Return it as the api takes it; a time without offset is UTC."""
        offset = self.time.utcoffset() if self.time is not None else None
        minutes = int(offset.total_seconds() // 60) if offset is not None else 0
        time = self.time if self.time is None or self.time.tzinfo is not None else self.time.astimezone()
        return Circumstances(
            self.request_key, time, minutes, self.read_point, self.biz_location, self.method, self.equipment,
            *self.form(), [LetPass(each.check, each.reason) for each in self.overrides],
        )  # fmt: skip


class Formed(Occasion):
    """Packed at a trace node: what its form asks for beside container and contents. ``fields`` belong to ``node``."""

    node: Annotated[str, Field(min_length=1, max_length=63)] | None = None
    fields: Annotated[dict[str, Any], Field(max_length=60)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _belonging(self) -> Self:
        if self.fields and self.node is None:
            raise ValueError("fields: node?")
        return self

    def form(self) -> tuple[str | None, dict[str, Any]]:
        """Return the node, and what its form was filled with."""
        return self.node, {name: _exact(value) for name, value in self.fields.items()}


def _exact(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return a value without floats: what was written is told to the form as it was."""
    if isinstance(value, float):
        return repr(value)
    return [_exact(each) for each in value] if isinstance(value, list) else value


class Packing(Formed):
    """What goes into ``parent``: ``children``; with ``last`` a range from the one, with ``quantity`` so many of it."""

    parent: Code
    children: Codes
    last: Code | None = None
    quantity: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class Unpacking(Occasion):
    """What comes out of ``parent``; without ``children`` everything."""

    parent: Code
    children: Codes = Field(default_factory=list)


class Moving(Formed):
    """What moves into ``parent``: ``children``, or all (or the first ``count``) of what is in ``all_from``."""

    parent: Code
    children: Codes = Field(default_factory=list)
    all_from: Annotated[list[Code], Field(max_length=100)] = Field(default_factory=list)
    count: Annotated[int, Field(ge=1, le=1000)] | None = None


class Relabelling(Occasion):
    """The damaged label, and the new one."""

    old: Code
    new: Code


class NewSpec(Schema):
    """How many of ``child`` (a product by any of its codes, or ``carrier``) one container takes."""

    child: Code
    capacity: Annotated[int, Field(ge=-(2**31), lt=2**31)]
    mixed: bool = False


class SpecChange(Schema):
    """How many fit, and whether others may lie beside."""

    capacity: Annotated[int, Field(ge=-(2**31), lt=2**31)]
    mixed: bool = False


class SpecsPage(Schema):
    """Every packing specification."""

    rows: list[PackingSpec]
    next: str | None = None
    total: int | None = None


@router.get("", response=Bindings, summary="What a scanned item is in, and what is in it")
@guarded("trace:item:read")
def bindings(request: HttpRequest, code: Annotated[str, Query(max_length=4000)]) -> HttpResponse:
    return reply(api.bindings_of(code))


@router.post("/pack", response=Bound, summary="Put things into a container, by scan, range or count")
@guarded("coding:binding:write")
def pack(request: HttpRequest, body: Packing) -> HttpResponse:
    done = api.pack(body.parent, body.children, body.circumstances(), last=body.last, quantity=body.quantity)
    return reply(done)


@router.post("/unpack", response=Bound, summary="Take things out of a container")
@guarded("coding:binding:write")
def unpack(request: HttpRequest, body: Unpacking) -> HttpResponse:
    return reply(api.unpack(body.parent, body.children, body.circumstances()))


@router.post("/move", response=Bound, summary="Repack, merge or split: into another container at once")
@guarded("coding:binding:write")
def move(request: HttpRequest, body: Moving) -> HttpResponse:
    done = api.move(body.parent, body.children, body.circumstances(), all_from=body.all_from, count=body.count)
    return reply(done)


@router.post("/relabel", response=Bound, summary="Replace a damaged label")
@guarded("coding:binding:write")
def relabel(request: HttpRequest, body: Relabelling) -> HttpResponse:
    return reply(api.relabel(body.old, body.new, body.circumstances()))


@router.get("/specs", response=SpecsPage, summary="How many of what one container takes")
@guarded("coding:binding:write")
def list_specs(request: HttpRequest) -> HttpResponse:
    rows = api.specs()
    return reply({"rows": rows, "next": None, "total": len(rows)})


@router.post("/specs", response={201: PackingSpec}, summary="Add a packing specification")
@guarded("coding:binding:rule")
def add_spec(request: HttpRequest, new: NewSpec) -> HttpResponse:
    return reply(api.add_spec(new.child, new.capacity, new.mixed), 201)


@router.patch("/specs/{spec_id}", response=PackingSpec, summary="Change a packing specification")
@guarded("coding:binding:rule")
def change_spec(request: HttpRequest, spec_id: int, change: SpecChange) -> HttpResponse:
    return reply(api.change_spec(spec_id, change.capacity, change.mixed))


@router.delete("/specs/{spec_id}", response={204: None}, summary="Remove a packing specification")
@guarded("coding:binding:rule")
def remove_spec(request: HttpRequest, spec_id: int) -> HttpResponse:
    api.remove_spec(spec_id)
    return HttpResponse(status=204)
