"""From a URI to the item it names: the path that capture takes for every EPC."""

from __future__ import annotations

from suyuan.coding.contracts import DIGITAL_LINK_BASE, LONGEST_CODE
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.digital_links import DigitalLink, parse_link
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.epc_urns import parse_epc
from suyuan.coding.domain.identities import identity_of
from suyuan.coding.domain.plant_codes import PLANT_PREFIX, is_absolute, parse_plant_code
from suyuan.trace.contracts import ItemIdentity, ItemKind


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
    admit(uri)
    head = uri[:12].lower()
    if head.startswith("urn:epc:"):
        return parse_epc(uri)
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


def link_of(uri: str) -> DigitalLink | None:
    """Return the Digital Link of a URI with a GS1 key (a link already, or an EPC URN), None for all others."""
    if uri[:4].lower() == "http":
        return parse_link(uri)
    canonical = identify(uri, ItemKind.UNIT).uri
    return parse_link(canonical) if canonical.startswith(DIGITAL_LINK_BASE) else None
