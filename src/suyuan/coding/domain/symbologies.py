"""Symbology identifiers (ISO/IEC 15424): what scanners put in front of the data to say what they read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Holds(Enum):
    """What a symbol's data must be."""

    GS1 = "GS1 element string or Digital Link"
    EAN = "GTIN without application identifier"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Symbology:
    """The symbol a scanner read: its name, and what its data must be."""

    name: str
    holds: Holds


_GS1: Final = {
    "C1": "GS1-128",
    "d2": "GS1 DataMatrix",
    "Q3": "GS1 QR Code",
    "e0": "GS1 DataBar",
    "e1": "GS1 Composite",
    "e2": "GS1 Composite",
    "J1": "GS1 DotCode",
}
_EAN: Final = {"E0": "EAN-13 / UPC-A / UPC-E", "E3": "EAN-13 / UPC + add-on", "E4": "EAN-8"}
_LETTERS: Final = {
    "A": "Code 39", "B": "Telepen", "C": "Code 128", "D": "Code One", "E": "EAN/UPC", "F": "Codabar", "G": "Code 93",
    "H": "Code 11", "I": "ITF", "J": "DotCode", "K": "Code 16K", "L": "PDF417", "M": "MSI", "N": "Anker",
    "O": "Codablock", "P": "Plessey", "Q": "QR Code", "R": "2 of 5", "S": "2 of 5", "T": "Code 49", "U": "MaxiCode",
    "X": "other", "Z": "no barcode", "c": "Channel Code", "d": "Data Matrix", "e": "GS1 DataBar", "g": "Grid Matrix",
    "h": "Han Xin", "o": "OCR", "p": "PosiCode", "s": "SuperCode", "z": "Aztec",
}  # fmt: skip

SYMBOLOGIES: Final[dict[str, Symbology]] = (
    {f"{letter}{digit}": Symbology(name, Holds.ANYTHING) for letter, name in _LETTERS.items() for digit in "0123456789"}
    | {code: Symbology(name, Holds.EAN) for code, name in _EAN.items()}
    | {code: Symbology(name, Holds.GS1) for code, name in _GS1.items()}
)
"""By the two characters behind the bracket."""


def shifted(code: str) -> bool:
    """Tell whether only upper and lower case changed places in ``code``, as when Caps Lock is on: ``c1`` for ``C1``."""
    other = code.swapcase()
    return other in _GS1 and code not in _GS1 and code not in _EAN
