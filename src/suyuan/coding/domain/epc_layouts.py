"""Bit layouts of binary EPCs (GS1 EPC Tag Data Standard 2.0, sections 14.5 and 14.6).

A layout is the header, then fields from the most significant bit. Widths of company prefix and reference follow from
the partition value, which stands for the length of the prefix.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Kind(Enum):
    """How the bits of a field are to be read."""

    FILTER = "filter"
    PARTITION = "partition"
    """Three bits, and the company prefix and reference that they divide."""
    INTEGER = "integer"
    """A number without leading zeros."""
    NUMERIC_STRING = "numeric string"
    """Digits with leading zeros, held as a number behind a 1."""
    STRING = "string"
    """Characters of 7 bits, zeros behind the last."""
    TWO_DIGITS = "two digits"
    CAGE = "cage"
    """Six characters of 8 bits, a blank before five."""
    RESERVED = "reserved"
    """Zeros."""


@dataclass(frozen=True, slots=True)
class Split:
    """How one partition value divides: bits and digits of the company prefix, bits and most digits of the reference."""

    prefix_bits: int
    prefix_digits: int
    reference_bits: int
    reference_digits: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One binary scheme: its tag URI name, header, length in bits, fields with widths, and divisions if it has them."""

    name: str
    header: int
    bits: int
    fields: tuple[tuple[Kind, int], ...]
    splits: tuple[Split, ...] = ()

    @property
    def scheme(self) -> str:
        """The scheme of its pure identity URI."""
        return self.name.partition("-")[0]

    @property
    def digits(self) -> int:
        """The least number of hexadecimal digits that hold it."""
        return (self.bits + 3) // 4


_PREFIXES: Final = ((40, 12), (37, 11), (34, 10), (30, 9), (27, 8), (24, 7), (20, 6))


def _splits(total_bits: int, digits: int) -> tuple[Split, ...]:
    """Divide ``total_bits`` for prefixes of 12 to 6 digits; beside a prefix of 12 the reference has ``digits``."""
    return tuple(Split(bits, length, total_bits - bits, digits + 12 - length) for bits, length in _PREFIXES)


_FILTER: Final = (Kind.FILTER, 3)
_TRADE_ITEM: Final = _splits(44, 1)
_SEVENTEEN: Final = _splits(58, 5)
_LOCATION: Final = _splits(41, 0)
_ASSET_TYPE: Final = _splits(44, 0)


def _divided(name: str, header: int, bits: int, splits: tuple[Split, ...], *rest: tuple[Kind, int]) -> Layout:
    return Layout(name, header, bits, (_FILTER, (Kind.PARTITION, 3), *rest), splits)


LAYOUTS: Final = (
    _divided("sgtin-96", 0x30, 96, _TRADE_ITEM, (Kind.INTEGER, 38)),
    _divided("sgtin-198", 0x36, 198, _TRADE_ITEM, (Kind.STRING, 140)),
    _divided("sscc-96", 0x31, 96, _SEVENTEEN, (Kind.RESERVED, 24)),
    _divided("sgln-96", 0x32, 96, _LOCATION, (Kind.INTEGER, 41)),
    _divided("sgln-195", 0x39, 195, _LOCATION, (Kind.STRING, 140)),
    _divided("grai-96", 0x33, 96, _ASSET_TYPE, (Kind.INTEGER, 38)),
    _divided("grai-170", 0x37, 170, _ASSET_TYPE, (Kind.STRING, 112)),
    _divided("giai-96", 0x34, 96, _splits(82, 13)),
    _divided("giai-202", 0x38, 202, _splits(188, 18)),
    _divided("gsrn-96", 0x2D, 96, _SEVENTEEN, (Kind.RESERVED, 24)),
    _divided("gsrnp-96", 0x2E, 96, _SEVENTEEN, (Kind.RESERVED, 24)),
    _divided("gdti-96", 0x2C, 96, _LOCATION, (Kind.INTEGER, 41)),
    _divided("gdti-174", 0x3E, 174, _LOCATION, (Kind.STRING, 119)),
    _divided("cpi-96", 0x3C, 96, _splits(51, 3), (Kind.INTEGER, 31)),
    _divided("sgcn-96", 0x3F, 96, _LOCATION, (Kind.NUMERIC_STRING, 41)),
    _divided("itip-110", 0x40, 110, _TRADE_ITEM, (Kind.TWO_DIGITS, 7), (Kind.TWO_DIGITS, 7), (Kind.INTEGER, 38)),
    _divided("itip-212", 0x41, 212, _TRADE_ITEM, (Kind.TWO_DIGITS, 7), (Kind.TWO_DIGITS, 7), (Kind.STRING, 140)),
    Layout("gid-96", 0x35, 96, ((Kind.INTEGER, 28), (Kind.INTEGER, 24), (Kind.INTEGER, 36))),
    Layout("usdod-96", 0x2F, 96, ((Kind.FILTER, 4), (Kind.CAGE, 48), (Kind.INTEGER, 36))),
)
"""The schemes that are read and written."""

BY_HEADER: Final = {layout.header: layout for layout in LAYOUTS}
BY_SCHEME: Final[dict[str, tuple[Layout, ...]]] = {
    scheme: tuple(layout for layout in LAYOUTS if layout.scheme == scheme)
    for scheme in {layout.scheme: None for layout in LAYOUTS}
}
"""The layouts of a pure identity scheme, the shortest first."""

REFUSED: Final = {
    0x3A: "GDTI-113", 0x3B: "ADI-var", 0x3D: "CPI-var", 0xE0: "TID", 0xE2: "TID", 0xF0: "CPI+", 0xF1: "GRAI+",
    0xF2: "SGLN+", 0xF3: "ITIP+", 0xF4: "GSRN+", 0xF5: "GSRNP+", 0xF6: "GDTI+", 0xF7: "SGTIN+", 0xF8: "SGCN+",
    0xF9: "SSCC+", 0xFA: "GIAI+", 0xFB: "DSGTIN+",
}  # fmt: skip
"""Headers that are known, but whose contents are not read."""
