"""QR codes as SVG."""

from __future__ import annotations

import re

import zxingcpp

from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault
from suyuan.portal.contracts import NOT_DRAWABLE

LONGEST = 800
"""Characters that still make a code a phone reads from a screen."""
_QUIET = 4
_SHAPE = re.compile(r'<svg width="(\d+)".*?<path d="([^"]+)"', re.DOTALL)


def qr_svg(uri: str, base_url: str) -> str:
    """Return a QR code as SVG: for an item with a GS1 key its address here (``base_url`` + path), else ``uri`` itself.

    It scales with its frame, dark on white with the quiet zone, error correction M.

    :raises Fault: ``coding.*`` for a broken code, ``portal.not_drawable`` for one that is too long.
    """
    path = coding.digital_link_path(coding.decode(uri, allow_foreign=True).identity.uri)
    text = uri if path is None else base_url.rstrip("/") + path
    if len(text) > LONGEST:
        raise _too_long(text)
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    match = _SHAPE.search(drawn.to_svg(scale=1, add_quiet_zones=False))
    if match is None:
        raise RuntimeError("the drawing library answered with another kind of SVG")
    size = int(match[1]) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET} {-_QUIET} {size} {size}" role="img"'
        ' shape-rendering="crispEdges">'
        f'<rect x="{-_QUIET}" y="{-_QUIET}" width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{match[2]}" fill="#000"/></svg>'
    )


def _too_long(text: str) -> Fault:
    return NOT_DRAWABLE(at="/uri", length=len(text), limit=LONGEST)
