"""One identity in all its notations, and as a picture to scan."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import quote

import zxingcpp

from suyuan.coding.contracts import DIGITAL_LINK_BASE, CodeForms, Decoded
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.digital_links import KEYS, DigitalLink, parse_link
from suyuan.coding.domain.element_strings import format_bracketed, format_raw, parse_bracketed
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.epc_binary import read_binary, write_binary
from suyuan.coding.domain.epc_formats import epc_urn
from suyuan.coding.domain.identities import quoted
from suyuan.kernel.faults import Fault

GTIN: Final = "01"
_LONGEST_PICTURE: Final = 300
_QUIET_PIXELS: Final = 4


def forms_of(decoded: Decoded, prefix_length: int | None, filter_value: int | None = None) -> CodeForms:
    """Return every notation of what was decoded.

    :param prefix_length: digits of the GS1 company prefix, 6 to 12; None leaves EPC forms out unless the code told.
    :param filter_value: for the tag; None keeps that of a tag that was read, else 0.
    :raises Fault: ``coding.gcp_length``, ``coding.epc_prefix``, ``coding.epc_filter``.
    """
    elements = _elements(decoded)
    filtering = filter_value if filter_value is not None else decoded.filter_value or 0
    length = prefix_length or decoded.prefix_length
    uri = decoded.identity.uri
    if not elements:
        return _with_tag(CodeForms(uri=uri, epc_urn=uri if uri.startswith("urn:epc:") else None), filtering)
    link = parse_link(uri) if uri.startswith(DIGITAL_LINK_BASE) else None
    urn = epc_urn(link, length) if link is not None and length is not None else None
    known = CodeForms(
        uri=uri,
        element_string=format_bracketed(elements),
        raw=format_raw(elements),
        digital_link=_whole_link(elements, link),
        epc_urn=urn,
        prefix_length=length,
    )
    return _with_tag(known, filtering)


def _with_tag(known: CodeForms, filter_value: int) -> CodeForms:
    written = write_binary(known.epc_urn, filter_value) if known.epc_urn is not None else None
    if written is None:
        return known
    scheme, digits = written
    return replace(known, tag_scheme=scheme.upper(), tag_uri=read_binary(digits).tag_uri, tag_hex=digits)


def _elements(decoded: Decoded) -> tuple[Element, ...]:
    return tuple(Element(part.ai, part.value, 1) for part in decoded.parts if part.ai)


def _whole_link(elements: tuple[Element, ...], link: DigitalLink | None) -> str | None:
    """Return the Digital Link that carries everything: key and qualifiers in the path, the rest in the query."""
    if link is None:
        return None
    values = {element.ai: element.value for element in elements}
    values |= {element.ai: element.value for element in link.elements}
    order = max(KEYS[link.key], key=lambda sequence: sum(ai in values for ai in sequence))
    path = [ai for ai in (link.key, *order) if ai in values]
    rest = [element for element in elements if element.ai not in path and BY_AI[element.ai].link_attribute]
    query = "&".join(f"{element.ai}={quote(element.value, safe='')}" for element in rest)
    written = DIGITAL_LINK_BASE + "".join(f"/{ai}/{quoted(values[ai])}" for ai in path) + (f"?{query}" if query else "")
    try:
        return written if parse_link(written) is not None else None
    except Fault:  # what may stand together in a label but not in a link, such as content of a logistic unit
        return None


def picture(content: str, symbol: str) -> str:
    """Return an SVG drawing of ``content``: an element string in brackets as GS1 data, anything else as it is.

    :param symbol: ``datamatrix``, ``qr``, ``code128`` or ``ean`` (EAN-13, or ITF-14 where the GTIN has an indicator).
    :raises Fault: ``coding.picture`` for what the symbol cannot hold.
    """
    formats = zxingcpp.BarcodeFormat
    gs1 = content.startswith("(")
    kind = {"datamatrix": formats.DataMatrix, "qr": formats.QRCode, "code128": formats.Code128}.get(symbol)
    if symbol == "ean":
        found = [element.value for element in parse_bracketed(content) if element.ai == GTIN] if gs1 else []
        if not found:
            raise faults.PICTURE(given=shown(content), symbol=symbol)
        content, gs1 = (found[0][1:], False) if found[0][0] == "0" else (found[0], False)
        kind = formats.EAN13 if len(content) == len("0000000000000") else formats.ITF
    if kind is None or not content or len(content) > _LONGEST_PICTURE:
        raise faults.PICTURE(given=shown(content), symbol=symbol)
    try:
        drawn = zxingcpp.create_barcode(content, kind, **({"options": "gs1"} if gs1 else {}))
        return str(zxingcpp.write_barcode_to_svg(drawn, scale=_QUIET_PIXELS, add_hrt=False, add_quiet_zones=True))
    except (ValueError, RuntimeError):
        raise faults.PICTURE(given=shown(content), symbol=symbol) from None
