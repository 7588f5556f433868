"""From a URI to the item it names: the path that capture takes for every EPC."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from suyuan.coding.contracts import DIGITAL_LINK_BASE, LONGEST_CODE
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.digital_links import DigitalLink, parse_link
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.epc_binary import read_raw_uri
from suyuan.coding.domain.epc_urns import parse_epc
from suyuan.coding.domain.hibc import read_hibc_uri
from suyuan.coding.domain.identities import identity_of, keyed_class
from suyuan.coding.domain.plant_codes import PLANT_PREFIX, is_absolute, parse_plant_code
from suyuan.coding.domain.world_codes import WORLD_PREFIX, WorldCode, read_handle, read_world_uri
from suyuan.trace.contracts import ItemIdentity, ItemKind

_HANDLES: Final = ("hdl:", "http://hdl.handle.net/", "https://hdl.handle.net/")
_LONGEST_HANDLE: Final = max(map(len, _HANDLES))
_TRADE_ITEM: Final = re.compile(
    re.escape(DIGITAL_LINK_BASE) + r"/01/([0-9]{14})(?:/21/([0-9A-Za-z._-]{1,20})|/10/([0-9A-Za-z._-]{1,20}))?"
).fullmatch
"""A canonical link of a trade item, its unit or its lot, whose values need no unquoting."""


def admit(text: str) -> None:
    """Raise ``coding.code_too_long`` or, for text that no encoding can carry, ``coding.not_understood``."""
    if len(text) > LONGEST_CODE:
        raise faults.CODE_TOO_LONG(at=f"char {LONGEST_CODE + 1}", length=len(text), limit=LONGEST_CODE)
    if not text.isascii():
        for position, character in enumerate(text):
            if "\ud800" <= character <= "\udfff":
                raise faults.NOT_UNDERSTOOD(at=f"char {position + 1}", given=ascii(character))


def identify(uri: str, foreign: ItemKind | None = None) -> ItemIdentity:
    """Return the item that a URI names, of whatever level.

    Absolute URIs of other people's making are taken as they are, with kind ``foreign``; without it they are refused.

    :raises Fault: ``coding.not_a_uri``, ``coding.foreign_uri``, and what the parsers raise.
    """
    plain = _TRADE_ITEM(uri)
    if plain is not None:
        return _trade_item(uri, *plain.groups())
    admit(uri)
    head = uri[:12].lower()
    if head.startswith("urn:epc:"):
        return parse_epc(read_raw_uri(uri).tag_uri if head == "urn:epc:raw:" else uri)
    named = read_named_uri(uri)
    if named is not None:
        return named.identity
    if head.startswith(PLANT_PREFIX):
        return parse_plant_code(uri)[0]
    if head.startswith("http"):
        link = parse_link(uri)
        if link is not None:
            return identity_of(link.elements, link.key)[0]
    if not is_absolute(uri):
        raise faults.NOT_A_URI(at="char 1", given=shown(uri))
    if foreign is None:
        raise faults.FOREIGN_URI(at="char 1", given=shown(uri))
    return ItemIdentity(uri, foreign)


def _trade_item(uri: str, gtin: str, serial: str | None, lot: str | None) -> ItemIdentity:
    """Return what :func:`parse_link` and :func:`identity_of` make of a plain link; a GTIN is checked once."""
    product = _trade_class(gtin)
    if serial is not None:
        return ItemIdentity(uri, ItemKind.UNIT, product.uri, None, serial)
    return product if lot is None else ItemIdentity(uri, ItemKind.LOT, product.uri, lot)


@lru_cache(maxsize=10_000)
def _trade_class(gtin: str) -> ItemIdentity:
    parse_link(f"{DIGITAL_LINK_BASE}/01/{gtin}")
    return keyed_class("01", gtin)


def read_named_uri(uri: str) -> WorldCode | None:
    """Return what a URI of another standard's code names (``urn:suyuan:world:…``, ``hdl:…``), None for other URIs.

    :raises Fault: ``coding.world_urn``.
    """
    if uri.startswith(WORLD_PREFIX):
        if uri.startswith("hibc:", len(WORLD_PREFIX)):
            found = read_hibc_uri(uri[len(WORLD_PREFIX) + 5 :])
            if found is None:
                at = len(WORLD_PREFIX) + 6
                raise faults.WORLD_URN(at=f"char {at}", given=shown(uri[at - 1 :]), scheme="hibc")
            return found
        return read_world_uri(uri)
    return read_handle(uri) if uri[:_LONGEST_HANDLE].lower().startswith(_HANDLES) else None


def link_of(uri: str) -> DigitalLink | None:
    """Return the Digital Link of a URI with a GS1 key (a link already, or an EPC URN), None for all others."""
    if uri[:4].lower() == "http":
        return parse_link(uri)
    canonical = identify(uri, ItemKind.UNIT).uri
    return parse_link(canonical) if canonical.startswith(DIGITAL_LINK_BASE) else None
