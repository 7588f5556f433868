"""Bills of materials: the published schema of the definition kind ``bill_of_material``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

import msgspec

BILL_OF_MATERIAL: Final = "bill_of_material"
"""Name of the definition kind."""

Uri = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-z0-9][a-z0-9_]*$")]
Unit = Annotated[str, msgspec.Meta(max_length=8)]
"""UN/ECE Recommendation 20; empty: pieces."""


class Alternative(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A material that may stand in. ``quantity``: of it in the line's place; ``needs_approval``: a second person."""

    material: Uri
    quantity: Decimal
    needs_approval: bool = False


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One material. ``quantity`` for one unit of the product, without scrap.

    ``revision``: the drawing revision that it must be of (empty: any). ``operation``: the route operation that takes
    it (None: any). ``scrap_percent`` is expected on top. ``phantom``: it
    is never made or stored; its own bill stands in its place. ``valid_from`` and ``valid_to`` (both included) bound the
    days on which it may be used.
    """

    id: Identifier
    material: Uri
    quantity: Decimal
    unit: Unit = ""
    revision: Annotated[str, msgspec.Meta(max_length=40)] = ""
    operation: Identifier | None = None
    alternatives: Annotated[tuple[Alternative, ...], msgspec.Meta(max_length=20)] = ()
    scrap_percent: Decimal = Decimal(0)
    phantom: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


class ByProduct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What else comes out for one unit of the product: a co-product is wanted, a by-product is not."""

    material: Uri
    quantity: Decimal
    unit: Unit = ""
    kind: Literal["co", "by"] = "by"


class BillOfMaterial(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes into one unit of ``product``. ``revision`` is the engineering revision on drawings.

    ``lot_minimum`` and ``lot_multiple``: work orders made of sales demand make no less, and multiples of it.
    """

    product: Uri
    revision: Annotated[str, msgspec.Meta(max_length=40)] = ""
    lines: Annotated[tuple[Line, ...], msgspec.Meta(max_length=500)] = ()
    by_products: Annotated[tuple[ByProduct, ...], msgspec.Meta(max_length=50)] = ()
    lot_minimum: Decimal | None = None
    lot_multiple: Decimal | None = None
