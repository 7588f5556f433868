"""Routes: the published schema of the definition kind ``route``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal

import msgspec

from suyuan.production.contracts.products import Identifier, Uri

ROUTE: Final = "route"
"""Name of the definition kind."""
OperationKind = Literal["normal", "inspection", "rework", "outside", "packing"]
LinkWhen = Literal["passed", "failed", "always"]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class OperationParameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A measured value of the operation with its limits. ``uom``: UN/ECE Recommendation 20."""

    type: Code
    uom: Annotated[str, msgspec.Meta(max_length=8)] = ""
    low: Decimal | None = None
    high: Decimal | None = None
    target: Decimal | None = None


class Instruction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step of the electronic work instruction; ``picture``: a data URI of at most 200 KB."""

    text_zh: Annotated[str, msgspec.Meta(max_length=1000)]
    text_en: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    picture: Annotated[str, msgspec.Meta(max_length=280_000)] | None = None


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the designer drew an operation, in its own pixels."""

    x: int
    y: int


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One operation.

    An event belongs to it by trace node (``node``), or by business step (``step``) and, where given, ``places`` (URIs
    or beginnings of such). ``join``: with several links in, ``all`` waits for each, ``any`` for one.
    ``sampling_every``: only every n-th unit needs it. ``cycle_seconds``: planned for one unit (ISO 22400 PRI).
    ``minimum_wait_seconds`` pass before the next operation may begin. ``tool_classes``: one calibrated tool of each is
    to be used. ``instruction_revision``: what people call the state of the instructions; without it the route's version
    stands for it. ``read_required``: who does the operation has confirmed to have read that revision.
    """

    id: Identifier
    name_zh: Name
    name_en: Name
    kind: OperationKind = "normal"
    node: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    step: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    places: Annotated[tuple[Uri, ...], msgspec.Meta(max_length=20)] = ()
    work_centre: Uri | None = None
    equipment_class: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    qualifications: Annotated[tuple[Code, ...], msgspec.Meta(max_length=20)] = ()
    tool_classes: Annotated[tuple[Code, ...], msgspec.Meta(max_length=20)] = ()
    parameters: Annotated[tuple[OperationParameter, ...], msgspec.Meta(max_length=50)] = ()
    recipe: Annotated[str, msgspec.Meta(max_length=80)] | None = None
    instructions: Annotated[tuple[Instruction, ...], msgspec.Meta(max_length=30)] = ()
    instruction_revision: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    read_required: bool = False
    optional: bool = False
    join: Literal["any", "all"] = "any"
    sampling_every: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    cycle_seconds: Decimal | None = None
    minimum_wait_seconds: Annotated[int, msgspec.Meta(ge=0, le=31_536_000)] | None = None
    at: Point | None = None


def revision_of(operation: Operation, version: int) -> str:
    """Return what the state of an operation's instructions is called in a version of its route."""
    return operation.instruction_revision or f"v{version}"


class Link(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"source": "from", "target": "to"}
):
    """What may follow. ``failed``: where the result was bad. Several ``always`` out: all of them, in parallel."""

    source: Identifier
    target: Identifier
    when: LinkWhen = "passed"


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How ``products`` are made.

    ``start``: operations that may be first. ``max_rework``: how often one operation may be done again on one item.
    """

    products: Annotated[tuple[Uri, ...], msgspec.Meta(max_length=200)] = ()
    operations: Annotated[tuple[Operation, ...], msgspec.Meta(max_length=200)] = ()
    links: Annotated[tuple[Link, ...], msgspec.Meta(max_length=1000)] = ()
    start: Annotated[tuple[Identifier, ...], msgspec.Meta(max_length=50)] = ()
    max_rework: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
