"""From GS1 elements to the item they name: the canonical Digital Link and its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.elements import Element
from suyuan.trace.contracts import ItemIdentity, ItemKind

_UNRESERVED: Final = re.compile(r"[0-9A-Za-z._-]*")
_BASE: Final = DIGITAL_LINK_BASE


def quoted(value: str) -> str:
    """Return ``value`` as a path segment: all but RFC 3986 unreserved characters percent-encoded."""
    return value if _UNRESERVED.fullmatch(value) else quote(value, safe="")


def trade_unit(gtin: str, serial: str, lot: str | None = None) -> ItemIdentity:
    """Return the unit of a GTIN with a serial number; the lot is told, but not part of the identity."""
    product = f"{_BASE}/01/{gtin}"
    return ItemIdentity(f"{product}/21/{quoted(serial)}", ItemKind.UNIT, product, lot, serial)


def trade_unit_third_party(gtin: str, serial: str) -> ItemIdentity:
    """Return the unit of a GTIN with a third-party controlled serial extension (UPUI)."""
    product = f"{_BASE}/01/{gtin}"
    return ItemIdentity(f"{product}/235/{quoted(serial)}", ItemKind.UNIT, product, None, serial)


def trade_lot(gtin: str, lot: str) -> ItemIdentity:
    """Return the lot of a GTIN."""
    product = f"{_BASE}/01/{gtin}"
    return ItemIdentity(f"{product}/10/{quoted(lot)}", ItemKind.LOT, product, lot)


def keyed_class(ai: str, key: str) -> ItemIdentity:
    """Return the class that a key names: GTIN, ITIP, CPID, GMN, or GRAI, GDTI, GCN without serial number."""
    uri = f"{_BASE}/{ai}/{quoted(key)}"
    return ItemIdentity(uri, ItemKind.PRODUCT, uri)


def keyed_thing(ai: str, key: str, kind: ItemKind) -> ItemIdentity:
    """Return the single thing that a key without class names: SSCC, GIAI, GLN, GSRN, GSIN, GINC."""
    return ItemIdentity(f"{_BASE}/{ai}/{quoted(key)}", kind)


def qualified_thing(ai: str, key: str, qualifier: tuple[str, str], kind: ItemKind) -> ItemIdentity:
    """Return the thing that a key and a qualifier name together, such as a GLN with extension."""
    uri = f"{_BASE}/{ai}/{quoted(key)}/{qualifier[0]}/{quoted(qualifier[1])}"
    return ItemIdentity(uri, kind, None, None, qualifier[1])


def serial_in_key(ai: str, key: str, length: int, kind: ItemKind) -> ItemIdentity:
    """Return the thing of a key that carries its serial number behind ``length`` digits; the class without one."""
    if len(key) == length:
        return keyed_class(ai, key)
    product = f"{_BASE}/{ai}/{key[:length]}"
    return ItemIdentity(f"{_BASE}/{ai}/{quoted(key)}", kind, product, None, key[length:])


def component_part(cpid: str, serial: str | None) -> ItemIdentity:
    """Return the component or part, or without serial number its class."""
    product = keyed_class("8010", cpid)
    if serial is None:
        return product
    return ItemIdentity(f"{product.uri}/8011/{serial}", ItemKind.UNIT, product.uri, None, serial)


def item_piece(itip: str, serial: str | None, lot: str | None) -> ItemIdentity:
    """Return the piece of a trade item (ITIP): a unit with serial number, else its lot, else its class."""
    product = keyed_class("8006", itip)
    if serial is not None:
        return ItemIdentity(f"{product.uri}/21/{quoted(serial)}", ItemKind.UNIT, product.uri, lot, serial)
    if lot is not None:
        return ItemIdentity(f"{product.uri}/10/{quoted(lot)}", ItemKind.LOT, product.uri, lot)
    return product


Values = Mapping[str, str]
Reading = tuple[ItemIdentity, tuple[str, ...]]
"""An identity and the AIs that went into its canonical URI."""


def _trade_item(ai: str) -> Callable[[Values], Reading]:
    def read(values: Values) -> Reading:
        gtin = values[ai]
        if "21" in values:
            return trade_unit(gtin, values["21"], values.get("10")), (ai, "21")
        if "235" in values:
            return trade_unit_third_party(gtin, values["235"]), (ai, "235")
        if "10" in values:
            return trade_lot(gtin, values["10"]), (ai, "10")
        product = keyed_class("01", gtin)
        if "22" not in values:
            return product, (ai,)
        uri = f"{product.uri}/22/{quoted(values['22'])}"
        return ItemIdentity(uri, ItemKind.PRODUCT, product.uri), (ai, "22")

    return read


def _piece(values: Values) -> Reading:
    serial, lot = values.get("21"), values.get("10")
    used = ("8006", "21") if serial is not None else ("8006", "10") if lot is not None else ("8006",)
    return item_piece(values["8006"], serial, lot), used


def _component(values: Values) -> Reading:
    serial = values.get("8011")
    return component_part(values["8010"], serial), ("8010",) if serial is None else ("8010", "8011")


def _serialised(ai: str, length: int, kind: ItemKind) -> Callable[[Values], Reading]:
    return lambda values: (serial_in_key(ai, values[ai], length, kind), (ai,))


def _thing(ai: str, kind: ItemKind, qualifier: str | None = None) -> Callable[[Values], Reading]:
    def read(values: Values) -> Reading:
        if qualifier is None or qualifier not in values:
            return keyed_thing(ai, values[ai], kind), (ai,)
        return qualified_thing(ai, values[ai], (qualifier, values[qualifier]), kind), (ai, qualifier)

    return read


_READERS: Final[dict[str, Callable[[Values], Reading]]] = {
    "00": _thing("00", ItemKind.CARRIER),
    "8006": _piece,
    "01": _trade_item("01"),
    "03": _trade_item("03"),
    "8010": _component,
    "8003": _serialised("8003", 14, ItemKind.CARRIER),
    "8004": _thing("8004", ItemKind.ASSET),
    "253": _serialised("253", 13, ItemKind.UNIT),
    "255": _serialised("255", 13, ItemKind.UNIT),
    "8018": _thing("8018", ItemKind.ASSET, "8019"),
    "8017": _thing("8017", ItemKind.ASSET, "8019"),
    "402": _thing("402", ItemKind.CARRIER),
    "401": _thing("401", ItemKind.CARRIER),
    "8013": lambda values: (keyed_class("8013", values["8013"]), ("8013",)),
    "414": _thing("414", ItemKind.ASSET, "254"),
    "417": _thing("417", ItemKind.ASSET),
    "415": _thing("415", ItemKind.UNIT, "8020"),
}
"""Keys in the order of preference where a code holds several: the logistic unit names what was scanned."""


def identity_of(elements: tuple[Element, ...], key: str | None = None) -> Reading:
    """Return the item that the elements name, with the AIs that its canonical URI is made of.

    ``key`` is the AI to take where several could serve (the path of a Digital Link says so); without it the
    order of preference decides.

    :raises Fault: ``coding.no_key``.
    """
    values = {element.ai: element.value for element in elements}
    for ai, read in _READERS.items():
        if ai == key or (key is None and ai in values):
            return read(values)
    raise faults.NO_KEY(at=elements[0].at(), present=" ".join(f"({ai})" for ai in values))
