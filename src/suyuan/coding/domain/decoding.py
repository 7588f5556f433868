"""From whatever a scanner or a person gives to an item, its parts and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from suyuan.coding.contracts import DIGITAL_LINK_BASE, CodeFormat, Decoded, Part
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI, ai_at
from suyuan.coding.domain.check_digits import mod10
from suyuan.coding.domain.digital_links import KEYS, parse_link
from suyuan.coding.domain.element_strings import checked, parse_bracketed, parse_raw, separators, suspicion
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.epc_urns import parse_epc
from suyuan.coding.domain.identifying import admit
from suyuan.coding.domain.identities import identity_of
from suyuan.coding.domain.meanings import meaning
from suyuan.coding.domain.plant_codes import PLANT_PREFIX, is_absolute, parse_plant_code
from suyuan.coding.domain.values import check_digit_fault
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.trace.contracts import ItemIdentity, ItemKind

_BLANKS: Final = " \t\r\n\u3000\ufeff"
_SYMBOLOGY: Final = re.compile(r"\]([A-Za-z][0-9A-Za-z])")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DIGITS: Final = re.compile(r"[0-9]+")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{4}){6,}")
_EPC_LEVEL: Final = {
    "id": CodeFormat.EPC_URN,
    "class": CodeFormat.EPC_CLASS_URN,
    "idpat": CodeFormat.EPC_CLASS_URN,
    "tag": CodeFormat.EPC_TAG_URN,
}
_EPC_HEADERS: Final = {
    0x2C: "GDTI-96",
    0x2D: "GSRN-96",
    0x2E: "GSRNP-96",
    0x2F: "USDOD-96",
    0x30: "SGTIN-96",
    0x31: "SSCC-96",
    0x32: "SGLN-96",
    0x33: "GRAI-96",
    0x34: "GIAI-96",
    0x35: "GID-96",
    0x36: "SGTIN-198",
    0x37: "GRAI-170",
    0x38: "GIAI-202",
    0x39: "SGLN-195",
    0x3A: "GDTI-113",
    0x3B: "ADI-var",
    0x3C: "CPI-96",
    0x3D: "CPI-var",
    0x3E: "GDTI-174",
    0x3F: "SGCN-96",
    0x40: "ITIP-110",
    0x41: "ITIP-212",
    0xE2: "TID",
    0xF0: "CPI+",
    0xF1: "GRAI+",
    0xF2: "SGLN+",
    0xF3: "ITIP+",
    0xF4: "GSRN+",
    0xF5: "GSRNP+",
    0xF6: "GDTI+",
    0xF7: "SGTIN+",
    0xF8: "SGCN+",
    0xF9: "SSCC+",
    0xFA: "GIAI+",
}
_CONTENT_AIS: Final = frozenset({"02", "03", "8026"})


def decode(raw: str, substitutes: tuple[str, ...], foreign: ItemKind | None, this_year: int) -> Decoded:
    """Return what a code says. Places in faults count from the start of ``raw``.

    :param foreign: the kind of item that URIs of other people's making name; None refuses them.
    :param this_year: tells the century of two-digit years in notes.

    :raises Fault: ``coding.*``, see :mod:`suyuan.coding.contracts`.
    """
    admit(raw)
    lead = len(raw) - len(raw.lstrip(_BLANKS))
    text = raw.strip(_BLANKS)
    symbology = _SYMBOLOGY.match(text)
    if symbology is not None:
        lead, text = lead + 3, text[3:]
    if not text:
        raise faults.EMPTY_CODE(at="char 1")
    try:
        reader = _Reader(substitutes, foreign, this_year)
        if _SCHEME.match(text):
            return reader.uri(text)
        return reader.scan(text.translate(_FULL_WIDTH), certain=symbology is not None)
    except Fault as fault:
        if lead and fault.at is not None and fault.at.startswith("char "):
            raise fault.kind(at=f"char {int(fault.at[5:]) + lead}", **fault.params) from None
        raise


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one stripped code, as the caller's settings say."""

    substitutes: tuple[str, ...]
    foreign: ItemKind | None
    this_year: int

    def uri(self, text: str) -> Decoded:
        """Decode what begins with a scheme."""
        head = text[:12].lower()
        if head.startswith("urn:epc:"):
            return self._epc(text)
        if head.startswith(PLANT_PREFIX):
            return _plant(text)
        link = parse_link(text)
        if link is not None:
            decoded = self._elements(CodeFormat.DIGITAL_LINK, link.elements, link.key, link.parameters)
            return replace(decoded, notes=link.notes)
        if not is_absolute(text):
            raise faults.NOT_A_URI(at="char 1", given=shown(text))
        if self.foreign is None:
            kind = faults.LINK_WITHOUT_KEY if head.startswith("http") else faults.FOREIGN_URI
            raise kind(at="char 1", given=shown(text))
        parts = (Part(None, text, "其他 URI", "Other URI"),)
        return Decoded(ItemIdentity(text, self.foreign), CodeFormat.FOREIGN_URI, parts, MappingProxyType({}))

    def _epc(self, text: str) -> Decoded:
        identity = parse_epc(text)
        _, _, level, scheme, body = text.split(":", 4)
        written = _EPC_LEVEL[level]
        if identity.uri.startswith(DIGITAL_LINK_BASE):
            link = parse_link(identity.uri)
            if link is not None:
                return self._elements(written, link.elements, link.key)
        parts = (Part(None, body, f"EPC {scheme} 编码", f"EPC {scheme} code"),)
        return Decoded(identity, written, parts, MappingProxyType({}))

    def scan(self, text: str, *, certain: bool) -> Decoded:
        """Decode what is no URI. ``certain``: the scanner said by its prefix that this is a barcode's content."""
        if text.startswith("("):
            return self._elements(CodeFormat.BRACKETED, checked(parse_bracketed(text)))
        if _DIGITS.fullmatch(text) and len(text) in (8, 12, 13, 14, 18):
            return self._plain_key(text)
        separator = separators(self.substitutes)
        leading = separator.match(text)
        first = ai_at(text, leading.end() if leading else 0)
        if first is None:
            raise _epc_binary(text) or faults.NOT_UNDERSTOOD(at="char 1", given=shown(text))
        try:
            elements = checked(parse_raw(text, separator), raw=True)
        except Fault as fault:
            tag = _epc_binary(text)
            if tag is not None:
                raise tag from None
            surely = certain or leading is not None or first.ai in KEYS or first.ai in _CONTENT_AIS
            if not surely and fault.kind is faults.UNKNOWN_AI:
                raise faults.NOT_UNDERSTOOD(at="char 1", given=shown(text)) from None
            raise
        decoded = self._elements(CodeFormat.ELEMENT_STRING, elements)
        return decoded if separator.search(text) else _with_suspicion(decoded, elements)

    def _plain_key(self, digits: str) -> Decoded:
        if mod10(digits[:-1]) != digits[-1]:
            raise check_digit_fault(digits, f"char {len(digits)}")
        if len(digits) == 18:
            return self._elements(CodeFormat.SSCC, checked([Element("00", digits, 1)]))
        note = Bilingual(f"GTIN-{len(digits)}", f"GTIN-{len(digits)}")
        return self._elements(CodeFormat.GTIN, checked([Element("01", digits.zfill(14), 1, exact=False, note=note)]))

    def _elements(
        self,
        written: CodeFormat,
        elements: tuple[Element, ...],
        key: str | None = None,
        parameters: Iterable[tuple[str, str]] = (),
    ) -> Decoded:
        identity, used = identity_of(elements, key)
        attributes = {element.ai: element.value for element in elements if element.ai not in used}
        attributes.update(parameters)
        return Decoded(identity, written, tuple(map(self._part, elements)), MappingProxyType(attributes))

    def _part(self, element: Element) -> Part:
        rule = BY_AI[element.ai]
        note = element.note or meaning(rule, element.value, self.this_year)
        return Part(element.ai, element.value, rule.zh, rule.en, note)


def _plant(text: str) -> Decoded:
    identity, (tenant, kind, code) = parse_plant_code(text)
    parts = (
        Part(None, tenant, "租户", "Tenant"),
        Part(None, kind, "类别", "Class"),
        Part(None, code, "编码", "Code"),
    )
    return Decoded(identity, CodeFormat.PLANT_URN, parts, MappingProxyType({}))


def _epc_binary(text: str) -> Fault | None:
    if not _HEXADECIMAL.fullmatch(text):
        return None
    scheme = _EPC_HEADERS.get(int(text[:2], 16))
    return faults.EPC_BINARY(at="char 1", scheme=scheme) if scheme else None


def _with_suspicion(decoded: Decoded, elements: tuple[Element, ...]) -> Decoded:
    """Add a note where a lot number, in a string without any separator, looks as if it swallowed the next element."""
    known = {element.ai for element in elements}
    notes = tuple(
        note for element in elements if element.ai == "10" and (note := suspicion(element, known)) is not None
    )
    return replace(decoded, notes=notes) if notes else decoded
