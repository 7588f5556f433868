"""What plain retail numbers are: UPC-E spelled out, books and serials named."""

from __future__ import annotations

from typing import Final

from suyuan.coding.domain.check_digits import mod10
from suyuan.coding.domain.checks.weighted import mod11
from suyuan.kernel.faults import Bilingual

_BOOKS: Final = ("978", "979")
_MUSIC: Final = "9790"
_SERIALS: Final = "977"


def upc_a_of(upc_e: str) -> str | None:
    """Return the UPC-A of an eight-digit UPC-E (number system, six digits, check digit), None if it is none.

    GS1 General Specifications 5.2.2.4: the sixth digit says where the left-out zeros stood. The check digit is that of
    the UPC-A, and decides.
    """
    if len(upc_e) != 8 or not upc_e.isdigit() or upc_e[0] not in "01":
        return None
    system, last, check = upc_e[0], upc_e[6], upc_e[7]
    a, b, c, d, e = (upc_e[i] for i in range(1, 6))
    if last in "012":
        body = f"{system}{a}{b}{last}0000{c}{d}{e}"
    elif last == "3":
        body = f"{system}{a}{b}{c}00000{d}{e}"
    elif last == "4":
        body = f"{system}{a}{b}{c}{d}00000{e}"
    else:
        body = f"{system}{a}{b}{c}{d}{e}0000{last}"
    return body + check if mod10(body) == check else None


def name_of(gtin: str) -> Bilingual | None:
    """Return what a GTIN-13 with a publishing prefix is called: ISBN, ISMN or ISSN; None for other GTINs."""
    if len(gtin) != 13:
        return None
    if gtin.startswith(_MUSIC):
        return _same(f"ISMN 979-0-{gtin[4:12]}-{gtin[12]}")
    if gtin.startswith(_BOOKS):
        return _same(f"ISBN {gtin[:3]}-{gtin[3:]}")
    if gtin.startswith(_SERIALS):
        body = gtin[3:10]
        issn = f"{body[:4]}-{body[4:]}{mod11(body)}"
        return Bilingual(f"ISSN {issn}，变体 {gtin[10:12]}", f"ISSN {issn}, variant {gtin[10:12]}")
    return None


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)
