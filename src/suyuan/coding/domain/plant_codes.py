"""A plant's own identifiers, ``urn:suyuan:<tenant>:<class>:<code>``, and URIs of other people's making."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.digital_links import unescaped
from suyuan.coding.domain.elements import shown
from suyuan.trace.contracts import ItemIdentity, ItemKind

PLANT_PREFIX: Final = "urn:suyuan:"
CLASSES: Final = {
    "unit": ItemKind.UNIT,
    "lot": ItemKind.LOT,
    "carrier": ItemKind.CARRIER,
    "asset": ItemKind.ASSET,
    "product": ItemKind.PRODUCT,
    "place": ItemKind.ASSET,
    "person": ItemKind.ASSET,
    "equipment": ItemKind.ASSET,
    "order": ItemKind.ASSET,
}
_PLANT: Final = re.compile(r"[Uu][Rr][Nn]:suyuan:([a-z0-9][a-z0-9-]{0,62}):([a-z]+):([^\s\x00-\x1f\x7f]{1,200})")
_PLAIN: Final = re.compile(r"[0-9A-Za-z._~!$'()*+,;=:@/-]+")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f]+")


def parse_plant_code(uri: str) -> tuple[ItemIdentity, tuple[str, str, str]]:
    """Return the item with tenant, class and code in plain characters; the URI percent-encodes what URNs need.

    :raises Fault: ``coding.plant_urn``, ``coding.percent_escape``.
    """
    match = _PLANT.fullmatch(uri)
    if match is None or match[2] not in CLASSES:
        at = match.start(2) + 1 if match else 1
        raise faults.PLANT_URN(at=f"char {at}", given=shown(uri), classes=", ".join(CLASSES))
    tenant, kind_name, written = match[1], match[2], match[3]
    code = unescaped(written, match.start(3) + 1)
    canonical = plant_uri(tenant, kind_name, written if _PLAIN.fullmatch(written) else code)
    kind = CLASSES[kind_name]
    return ItemIdentity(
        canonical,
        kind,
        canonical if kind is ItemKind.PRODUCT else None,
        code if kind is ItemKind.LOT else None,
        code if kind is ItemKind.UNIT else None,
    ), (tenant, kind_name, code)


def plant_uri(tenant: str, kind: str, code: str) -> str:
    """Return the canonical URI of a plant's own code; what a URN cannot hold is percent-encoded."""
    plain = code if _PLAIN.fullmatch(code) else quote(code, safe="~!$'()*+,;=:@/")
    return f"{PLANT_PREFIX}{tenant}:{kind}:{plain}"


def is_absolute(uri: str) -> bool:
    """Tell whether ``uri`` has a scheme, something after it, and no space or control character."""
    return _ABSOLUTE.fullmatch(uri) is not None
