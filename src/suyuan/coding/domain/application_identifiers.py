"""What an application identifier (AI) demands: its components, companions and place in a Digital Link.

Facts follow the GS1 General Specifications and the GS1 Barcode Syntax Dictionary; the rows are in ``ai_*`` modules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Charset(StrEnum):
    """Character sets of the GS1 General Specifications, 7.11; the values are the dictionary's letters."""

    DIGITS = "N"
    CSET82 = "X"
    CSET39 = "Y"
    BASE64URL = "Z"


class Check(StrEnum):
    """Content checks of a component; the values are GS1's standard names ("linters")."""

    CSUM = "csum"
    CSUM_ALPHA = "csumalpha"
    GCP_FIRST = "gcppos1"
    GCP_SECOND = "gcppos2"
    YYMMD0 = "yymmd0"
    YYMMDD = "yymmdd"
    YYYYMMDD = "yyyymmdd"
    HH = "hh"
    MI = "mi"
    SS = "ss"
    HHMI = "hhmi"
    ISO3166 = "iso3166"
    ISO3166_OR_999 = "iso3166999"
    ISO3166_ALPHA2 = "iso3166alpha2"
    ISO4217 = "iso4217"
    ISO5218 = "iso5218"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    ZERO = "zero"
    NONZERO = "nonzero"
    NO_ZERO_PREFIX = "nozeroprefix"
    PIECE_OF_TOTAL = "pieceoftotal"
    POSITION_IN_SEQUENCE = "posinseqslash"
    WINDING = "winding"
    YES_NO = "yesno"
    HYPHEN = "hyphen"
    HAS_NON_DIGIT = "hasnondigit"
    PERCENT_ENCODED = "pcenc"
    IBAN = "iban"
    IMPORTER_INDEX = "importeridx"
    PACKAGE_TYPE = "packagetype"
    MEDIA_TYPE = "mediatype"
    COUPON = "couponcode"
    COUPON_POSITIVE_OFFER = "couponposoffer"


@dataclass(frozen=True, slots=True)
class Component:
    """A stretch of a value: its characters, least and greatest length, and content checks."""

    charset: Charset
    minimum: int
    maximum: int
    checks: tuple[Check, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationIdentifier:
    """One AI.

    ``predefined``: its length is fixed by the standard's table, so no separator follows.
    ``link_attribute``: may be a query parameter of a Digital Link.
    ``requires``: one of these groups must be present, complete; ``excludes``: none of these may be.
    Both may name families such as ``310n``.
    ``link_key``: None, or the qualifier sequences that may follow it as primary key of a Digital Link.
    ``decimals``: digits behind the decimal point of the last component, where the AI itself says so.
    """

    ai: str
    components: tuple[Component, ...]
    zh: str
    en: str
    predefined: bool = False
    link_attribute: bool = True
    requires: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    link_key: tuple[tuple[str, ...], ...] | None = None
    decimals: int | None = None
    unit: str = ""
    minimum: int = field(init=False)
    """Fewest characters of a value."""
    maximum: int = field(init=False)
    """Most characters of a value."""

    def __post_init__(self) -> None:
        shortest = sum(component.minimum for component in self.components if not component.optional)
        object.__setattr__(self, "minimum", shortest)
        object.__setattr__(self, "maximum", sum(component.maximum for component in self.components))

    @property
    def lengths(self) -> str:
        """The permitted lengths, for people: ``14``, ``1–20``."""
        return str(self.maximum) if self.minimum == self.maximum else f"{self.minimum}–{self.maximum}"


def num(length: int, *checks: Check) -> Component:
    """Return a component of exactly ``length`` digits."""
    return Component(Charset.DIGITS, length, length, checks)


def num_to(maximum: int, *checks: Check) -> Component:
    """Return a component of 1 to ``maximum`` digits."""
    return Component(Charset.DIGITS, 1, maximum, checks)


def text(length: int, *checks: Check) -> Component:
    """Return a component of exactly ``length`` characters of CSET 82."""
    return Component(Charset.CSET82, length, length, checks)


def text_to(maximum: int, *checks: Check) -> Component:
    """Return a component of 1 to ``maximum`` characters of CSET 82."""
    return Component(Charset.CSET82, 1, maximum, checks)


def optional(component: Component) -> Component:
    """Return the component as one that may be absent."""
    return Component(component.charset, component.minimum, component.maximum, component.checks, optional=True)


def any_of(*groups: str) -> tuple[tuple[str, ...], ...]:
    """Return alternatives, each written ``01+21``: all of a group are needed."""
    return tuple(tuple(group.split("+")) for group in groups)


def matches(pattern: str, ai: str) -> bool:
    """Tell whether ``ai`` belongs to ``pattern``: an AI, or a family such as ``310n`` or ``31nn``."""
    stem = pattern.rstrip("n")
    return ai == pattern if stem == pattern else len(ai) == len(pattern) and ai.startswith(stem)


GTIN_BEARERS: Final = any_of("01", "02", "03", "8006", "8026")
"""AIs that name a trade item or what a logistic unit contains."""
TRADE_ITEMS: Final = any_of("01", "02")
TRADE_ITEMS_MTO: Final = any_of("01", "02", "03")
LOGISTIC_UNITS: Final = any_of("00")
