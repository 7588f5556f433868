"""From whatever a scanner or a person gives to an item, its parts and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from suyuan.coding.contracts import DIGITAL_LINK_BASE, CodeFormat, Decoded, Part
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI, ai_at
from suyuan.coding.domain.check_digits import mod10
from suyuan.coding.domain.digital_links import KEYS, canonical_elements, parse_link
from suyuan.coding.domain.element_strings import checked, parse_bracketed, parse_raw, separators, suspicion
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.epc_binary import BinaryEpc, looks_binary, read_binary, read_raw_uri
from suyuan.coding.domain.epc_layouts import BY_HEADER
from suyuan.coding.domain.epc_urns import parse_epc
from suyuan.coding.domain.hibc import read_hibc
from suyuan.coding.domain.identifying import admit, read_named_uri
from suyuan.coding.domain.identities import identity_of
from suyuan.coding.domain.meanings import meaning
from suyuan.coding.domain.plant_codes import PLANT_PREFIX, is_absolute, parse_plant_code
from suyuan.coding.domain.retail_codes import name_of, upc_a_of
from suyuan.coding.domain.symbologies import SYMBOLOGIES, Holds, Symbology, shifted
from suyuan.coding.domain.values import check_digit_fault
from suyuan.coding.domain.world_codes import WorldCode, read_drug, read_said, read_uscc, read_vin
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.trace.contracts import ItemIdentity, ItemKind

_BLANKS: Final = " \t\r\n\u3000\ufeff"
_SYMBOLOGY: Final = re.compile(r"\]([A-Za-z][0-9A-Za-z])")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PLAIN_LENGTHS: Final = frozenset({8, 12, 13, 14, 18, 20})
_EPC_LEVEL: Final = {
    "id": CodeFormat.EPC_URN,
    "class": CodeFormat.EPC_CLASS_URN,
    "idpat": CodeFormat.EPC_CLASS_URN,
    "pat": CodeFormat.EPC_CLASS_URN,
    "tag": CodeFormat.EPC_TAG_URN,
}
_TAG_LEVELS: Final = frozenset({"tag", "pat"})
_TAG_HEADERS: Final = frozenset(f"{header:02X}" for header in BY_HEADER)
_TAG: Final = re.compile(r"(?=[0-9]*[A-Fa-f])(?:[0-9A-Fa-f]{2}){12,}")
_CONTENT_AIS: Final = frozenset({"02", "03", "8026"})
_NOTHING: Final = MappingProxyType[str, str]({})
_WIDE_NOTE: Final = Bilingual("全角字符已按半角读取", "full-width characters were read as plain ones")
_SHIFT_NOTE: Final = Bilingual(
    "扫描枪的大小写是反的（大写锁定？），已换回", "upper and lower case were exchanged (Caps Lock?) and are put right"
)


def decode(raw: str, substitutes: tuple[str, ...], foreign: ItemKind | None, this_year: int) -> Decoded:
    """Return what a code says. Places in faults count from the start of ``raw``.

    :param foreign: the kind of item that URIs of other people's making name; None refuses them.
    :param this_year: tells the century of two-digit years in notes.

    :raises Fault: ``coding.*``, see :mod:`suyuan.coding.contracts`.
    """
    admit(raw)
    lead = len(raw) - len(raw.lstrip(_BLANKS))
    text = raw.strip(_BLANKS)
    symbology: Symbology | None = None
    notes: tuple[Bilingual, ...] = ()
    if text[:1] == "]" and (match := _SYMBOLOGY.match(text)) is not None:
        lead, text = lead + 3, text[3:]
        code = match[1]
        if shifted(code):
            code, text, notes = code.swapcase(), text.swapcase(), (_SHIFT_NOTE,)
        symbology = SYMBOLOGIES.get(code)
    if not text:
        raise faults.EMPTY_CODE(at="char 1")
    try:
        return _Reader(substitutes, foreign, this_year, symbology, notes).read(text)
    except Fault as fault:
        if lead and fault.at is not None and fault.at.startswith("char "):
            raise fault.kind(at=f"char {int(fault.at[5:]) + lead}", **fault.params) from None
        raise


@dataclass(slots=True)
class _Reader:
    """Reads one stripped code, as the caller's settings say."""

    substitutes: tuple[str, ...]
    foreign: ItemKind | None
    this_year: int
    symbology: Symbology | None
    notes: tuple[Bilingual, ...] = ()

    def read(self, text: str) -> Decoded:
        """Decode a URI, or what is none."""
        if not "0" <= text[0] <= "9" and _SCHEME.match(text):
            return self._uri(text)
        if text.isascii():
            return self._scan(text)
        plain = text.translate(_FULL_WIDTH)
        reader = self if plain == text else replace(self, notes=(*self.notes, _WIDE_NOTE))
        return reader.read(plain) if plain.isascii() else reader._scan(plain)

    def _uri(self, text: str) -> Decoded:
        """Decode what begins with a scheme."""
        head = text[:12].lower()
        if head.startswith("urn:epc:"):
            return self._raw_epc(text) if head == "urn:epc:raw:" else self._epc(text)
        named = read_named_uri(text)
        if named is not None:
            return self._of_world(named)
        if head.startswith(PLANT_PREFIX):
            return self._plant(text)
        link = parse_link(text)
        if link is not None:
            decoded = self._elements(CodeFormat.DIGITAL_LINK, link.elements, link.key, link.parameters)
            return decoded._replace(notes=(*self.notes, *link.notes)) if link.notes else decoded
        said = read_said(text)
        if said is not None:
            return self._of_world(said)
        if not is_absolute(text):
            raise faults.NOT_A_URI(at="char 1", given=shown(text))
        if self.foreign is None:
            kind = faults.LINK_WITHOUT_KEY if head.startswith("http") else faults.FOREIGN_URI
            raise kind(at="char 1", given=shown(text))
        parts = (Part(None, text, "其他 URI", "Other URI"),)
        return self._decoded(ItemIdentity(text, self.foreign), CodeFormat.FOREIGN_URI, parts)

    def _epc(self, text: str) -> Decoded:
        identity = parse_epc(text)
        _, _, level, scheme, body = text.split(":", 4)
        written = _EPC_LEVEL[level.lower()]
        if identity.uri.startswith(DIGITAL_LINK_BASE):
            elements = canonical_elements(identity.uri)
            prefix = body.split(".", 2)[1 if level in _TAG_LEVELS else 0]
            return self._elements(written, elements, elements[0].ai)._replace(prefix_length=len(prefix))
        parts = (Part(None, body, f"EPC {scheme} 编码", f"EPC {scheme} code"),)
        return self._decoded(identity, written, parts)

    def _raw_epc(self, text: str) -> Decoded:
        return self._tag(read_raw_uri(text))._replace(format=CodeFormat.EPC_RAW_URN)

    def _tag(self, tag: BinaryEpc) -> Decoded:
        """Return what a tag's bits say: its item, and beside its parts the scheme and the filter value."""
        decoded = self._epc(tag.tag_uri)
        parts = [Part(None, tag.scheme.upper(), "标签编码方案", "Tag scheme")]
        if tag.filter_value is not None:
            parts.append(Part(None, str(tag.filter_value), "滤值", "Filter value"))
        return decoded._replace(
            format=CodeFormat.EPC_BINARY, parts=(*decoded.parts, *parts), filter_value=tag.filter_value
        )

    def _scan(self, text: str) -> Decoded:
        """Decode what is no URI."""
        if text[0] == "(":
            return self._elements(CodeFormat.BRACKETED, checked(parse_bracketed(text)))
        gs1 = self.symbology is not None and self.symbology.holds is Holds.GS1
        if not gs1:
            if text.isdigit() and text.isascii():
                number = self._number(text)
                if number is not None:
                    return number
            elif text[0] == "+":
                return self._of_world(read_hibc(text))
            elif text[:2].upper() in _TAG_HEADERS and _TAG.fullmatch(text):
                with suppress(Fault):  # what is no tag may still be an element string; else the tag's fault comes again
                    return self._tag(read_binary(text))
        separator = separators(self.substitutes)
        leading = separator.match(text)
        first = ai_at(text, leading.end() if leading else 0)
        if first is None:
            other = self._other(text)
            if other is None:
                raise faults.NOT_UNDERSTOOD(at="char 1", given=shown(text))
            return other
        try:
            elements = checked(parse_raw(text, separator), raw=True)
            decoded = self._elements(CodeFormat.ELEMENT_STRING, elements)
        except Fault as fault:
            other = self._other(text)
            if other is not None:
                return other
            surely = gs1 or leading is not None or first.ai in KEYS or first.ai in _CONTENT_AIS
            if not surely and fault.kind is faults.UNKNOWN_AI:
                raise faults.NOT_UNDERSTOOD(at="char 1", given=shown(text)) from None
            raise
        return decoded if separator.search(text) else _with_suspicion(decoded, elements)

    def _other(self, text: str) -> Decoded | None:
        """Decode what other standards write without a scheme in front: a tag's bits, a VIN, an organisation…"""
        digits = looks_binary(text)
        if digits is not None:
            return self._tag(read_binary(digits, text.lower().find(digits[:2].lower())))
        found = read_said(text) or read_uscc(text) or read_vin(text)
        return self._of_world(found) if found is not None else None

    def _number(self, digits: str) -> Decoded | None:
        """Decode digits without application identifier: a GTIN, UPC-E, SSCC, or a pack of medicine."""
        if self.symbology is not None and self.symbology.name.endswith("add-on") and len(digits) in (15, 18):
            note = Bilingual(f"附加码 {digits[13:]} 未使用", f"the add-on {digits[13:]} is not used")
            return self._plain_key(digits[:13])._replace(notes=(*self.notes, note))
        if len(digits) not in _PLAIN_LENGTHS:
            return None
        return self._drug(digits) if len(digits) == 20 else self._plain_key(digits)

    def _drug(self, digits: str) -> Decoded | None:
        """Decode 20 digits that begin with 8, unless they read as GS1 data with a right check digit."""
        found = read_drug(digits)
        if found is None:
            return None
        try:
            checked(parse_raw(digits, separators(self.substitutes)), raw=True)
        except Fault:
            return self._of_world(found)
        return None

    def _plain_key(self, digits: str) -> Decoded:
        if mod10(digits[:-1]) != digits[-1]:
            upc_a = upc_a_of(digits)
            if upc_a is not None:
                note = Bilingual(f"UPC-E，展开为 {upc_a}", f"UPC-E, spelled out {upc_a}")
                return self._gtin(CodeFormat.UPC_E, upc_a, note)
            organisation = read_uscc(digits)
            if organisation is not None:
                return self._of_world(organisation)
            raise check_digit_fault(digits, f"char {len(digits)}")
        if len(digits) == 18:
            return self._elements(CodeFormat.SSCC, checked([Element("00", digits, 1)]))
        note = name_of(digits) or Bilingual(f"GTIN-{len(digits)}", f"GTIN-{len(digits)}")
        upc_a = upc_a_of(digits)
        if upc_a is not None:
            note = Bilingual(f"GTIN-8；若是 UPC-E 则为 {upc_a}", f"GTIN-8; as UPC-E it would be {upc_a}")
        return self._gtin(CodeFormat.GTIN, digits, note)

    def _gtin(self, written: CodeFormat, digits: str, note: Bilingual) -> Decoded:
        return self._elements(written, checked([Element("01", digits.zfill(14), 1, exact=False, note=note)]))

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
        parts = tuple([self._part(element) for element in elements])
        return self._decoded(identity, written, parts, MappingProxyType(attributes))

    def _part(self, element: Element) -> Part:
        rule = BY_AI[element.ai]
        note = element.note or meaning(rule.ai, element.value, self.this_year)
        return Part(element.ai, element.value, rule.zh, rule.en, note)

    def _of_world(self, found: WorldCode) -> Decoded:
        return self._decoded(found.identity, found.format, found.parts, notes=found.notes)

    def _decoded(
        self,
        identity: ItemIdentity,
        written: CodeFormat,
        parts: tuple[Part, ...],
        attributes: Mapping[str, str] = _NOTHING,
        notes: tuple[Bilingual, ...] = (),
    ) -> Decoded:
        symbol = self.symbology.name if self.symbology is not None else None
        return Decoded(identity, written, parts, attributes, (*self.notes, *notes), symbol)

    def _plant(self, text: str) -> Decoded:
        identity, (tenant, kind, code) = parse_plant_code(text)
        parts = (
            Part(None, tenant, "租户", "Tenant"),
            Part(None, kind, "类别", "Class"),
            Part(None, code, "编码", "Code"),
        )
        return self._decoded(identity, CodeFormat.PLANT_URN, parts)


def _with_suspicion(decoded: Decoded, elements: tuple[Element, ...]) -> Decoded:
    """Add a note where a lot number, in a string without any separator, looks as if it swallowed the next element."""
    known = {element.ai for element in elements}
    notes = tuple(
        note for element in elements if element.ai == "10" and (note := suspicion(element, known)) is not None
    )
    return decoded._replace(notes=(*decoded.notes, *notes)) if notes else decoded
