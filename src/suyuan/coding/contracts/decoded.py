"""Decoded codes, their parts, and how codes are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from suyuan.kernel.faults import Bilingual
from suyuan.trace.contracts import ItemIdentity

DIGITAL_LINK_BASE: Final = "https://id.gs1.org"
LONGEST_CODE: Final = 2048
"""Longest text taken as a code, in characters."""

DEFAULT_GS_SUBSTITUTES: Final = ("{GS}", "{FNC1}", "\u241d", "^]", "|", "~", "^")
"""What wedges and keyboards put in the place of GS (0x1D); none of it can stand in a GS1 value."""


class CodeFormat(StrEnum):
    """How a code was written."""

    BRACKETED = "bracketed_element_string"
    ELEMENT_STRING = "element_string"
    DIGITAL_LINK = "digital_link"
    EPC_URN = "epc_urn"
    EPC_CLASS_URN = "epc_class_urn"
    EPC_TAG_URN = "epc_tag_urn"
    EPC_RAW_URN = "epc_raw_urn"
    EPC_BINARY = "epc_binary"
    GTIN = "gtin"
    UPC_E = "upc_e"
    SSCC = "sscc"
    HIBC = "hibc"
    VIN = "vin"
    USCC = "uscc"
    DRUG_CODE = "drug_trace_code"
    HANDLE = "handle"
    MA = "ma"
    PLANT_URN = "plant_urn"
    PLANT_RULE = "plant_rule"
    FOREIGN_URI = "foreign_uri"


class Part(NamedTuple):
    """One element of a code. ``ai`` is the GS1 application identifier, None for fields of other schemes.

    ``note`` says what the value means for people (a date, a weight) or what was tolerated.
    """

    ai: str | None
    value: str
    label_zh: str
    label_en: str
    note: Bilingual | None = None


class Decoded(NamedTuple):
    """What a code says: the item, how it was written, and its parts in the order given.

    ``attributes`` holds what is not part of the identity: AI (or link parameter name) to value.
    ``notes`` are things tolerated that a strict reader would have refused or that deserve a look.
    """

    identity: ItemIdentity
    format: CodeFormat
    parts: tuple[Part, ...]
    attributes: Mapping[str, str]
    notes: tuple[Bilingual, ...] = ()
    symbology: str | None = None
    """The symbol that the scanner said it read, such as ``GS1 DataMatrix``."""
    prefix_length: int | None = None
    """Digits of the GS1 company prefix, where the notation tells (EPC)."""
    filter_value: int | None = None
    """The filter value of an RFID tag."""


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part as it is shown: ``note`` in the reader's language. ``ai`` is empty where the scheme has none."""

    ai: str
    label_zh: str
    label_en: str
    value: str
    note: str | None


@dataclass(frozen=True, slots=True)
class CodeForms:
    """One identity in all its notations; None for those it has not, or that need the length of the company prefix.

    ``uri`` is the canonical one. ``element_string`` is for people, ``raw`` for symbols (GS, 0x1D, between values of
    open length). ``digital_link`` carries all elements. ``tag_hex`` are whole words of tag memory in ``tag_scheme``.
    """

    uri: str
    element_string: str | None = None
    raw: str | None = None
    digital_link: str | None = None
    epc_urn: str | None = None
    tag_scheme: str | None = None
    tag_uri: str | None = None
    tag_hex: str | None = None
    prefix_length: int | None = None


@dataclass(frozen=True, slots=True)
class DecodedCode:
    """A decoded code as it is shown, with the number of its item where any event named it."""

    uri: str
    kind: str
    product: str | None
    lot: str | None
    serial: str | None
    format: str
    parts: tuple[NamedPart, ...]
    attributes: Mapping[str, str]
    notes: tuple[str, ...]
    item_id: int | None
    symbology: str | None
    forms: CodeForms


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a refused code may have been meant to be: ``why`` says what would have gone wrong.

    ``item_id`` is the number of the item that the repaired code names, where any event named it.
    """

    code: str
    why: str
    uri: str
    item_id: int | None
