"""Codes of other standards that plants meet: vehicles, drugs, organisations, Handle and MA identifiers.

They have no web form of their own; their canonical URI is ``urn:suyuan:world:<scheme>:<code>``, the same for every
tenant. Handles keep their own ``hdl:``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.contracts.decoded import CodeFormat, Part
from suyuan.coding.domain.checks.national import VIN_PLACE, organisation_code, uscc, vin
from suyuan.coding.domain.elements import shown
from suyuan.kernel.faults import Bilingual
from suyuan.trace.contracts import ItemIdentity, ItemKind

WORLD_PREFIX: Final = "urn:suyuan:world:"
_VIN: Final = re.compile(r"[0-9A-HJ-NPR-Z]{13}[0-9]{4}")
_VIN_WRITTEN: Final = re.compile(r"VIN[\s:#]{0,3}([0-9A-HJ-NPR-Z]{17})", re.IGNORECASE)
_VIN_CHECKED: Final = "12345L"
"""First characters of the markets whose vehicles must carry a check digit: North America, China."""
_USCC: Final = re.compile(
    r"[1-9AN][1-9](?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])[0-9]{4}[0-9A-HJ-NPQRTUWXY]{10}"
)
_DRUG: Final = re.compile(r"8[0-9]{19}")
_HANDLE: Final = re.compile(
    r"(?:(?:hdl:(?://)?|https?://hdl\.handle\.net/)(?P<any>[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)|(?P<cn>8[678](?:\.[0-9]+)+))"
    r"/(?P<suffix>[^\s\x00-\x1f\x7f]{1,200})",
    re.IGNORECASE,
)
_MA: Final = re.compile(r"MA\.([0-9]{3}(?:\.[0-9A-Z]+){1,6}(?:/[^\s\x00-\x1f\x7f]{1,200})?)", re.IGNORECASE)
_PLAIN: Final = "!$'()*+,;=:@/~"
_MODEL_YEARS: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"


@dataclass(frozen=True, slots=True)
class WorldCode:
    """A code of another standard: the item, how it was written, its parts, and what deserves a look."""

    identity: ItemIdentity
    format: CodeFormat
    parts: tuple[Part, ...]
    notes: tuple[Bilingual, ...] = ()


def _quoted(text: str) -> str:
    return quote(text, safe=_PLAIN)


def read_vin(text: str, *, said: bool = False) -> WorldCode | None:
    """Return a vehicle by its VIN (ISO 3779, GB 16735). With ``said`` the writer calls it a VIN.

    A VIN not said to be one must have the right check digit, or come from a market that demands one.

    :raises Fault: ``coding.vin_check`` where that market's check digit is wrong.
    """
    if not _VIN.fullmatch(text) or text.isdigit():
        return None
    expected = vin(text[:VIN_PLACE] + text[VIN_PLACE + 1 :])
    right = text[VIN_PLACE] == expected
    if not right and text[0] in _VIN_CHECKED:
        raise faults.VIN_CHECK(at=f"char {VIN_PLACE + 1}", given=text, found=text[VIN_PLACE], expected=expected)
    if not right and not said:
        return None
    notes = (
        ()
        if right
        else (Bilingual("第 9 位不是校验位（该市场不要求）", "position 9 is no check digit in that market"),)
    )
    parts = [
        Part(None, text[:3], "制造厂代码 (WMI)", "Manufacturer (WMI)"),
        Part(None, text[3:8], "车辆说明 (VDS)", "Vehicle description (VDS)"),
        Part(None, text[8], "校验位", "Check digit"),
        Part(None, text[9], "车型年份", "Model year", _model_year(text[9])),
        Part(None, text[10], "装配厂", "Assembly plant"),
        Part(None, text[11:], "生产序号", "Serial number"),
    ]
    identity = ItemIdentity(f"{WORLD_PREFIX}vin:{text}", ItemKind.UNIT, None, None, text)
    return WorldCode(identity, CodeFormat.VIN, tuple(parts), notes)


def _model_year(letter: str) -> Bilingual | None:
    """Return the years a model-year letter stands for; the cycle has thirty."""
    if letter not in _MODEL_YEARS:
        return None
    first = 1980 + _MODEL_YEARS.index(letter)
    return Bilingual(f"{first} 或 {first + 30}", f"{first} or {first + 30}")


def read_uscc(text: str) -> WorldCode | None:
    """Return an organisation by its unified social credit code (GB 32100-2015), None if it is no such code.

    All digits look like an SSCC: then the check of the organisation code within must be right too.

    :raises Fault: ``coding.uscc_check``.
    """
    if not _USCC.fullmatch(text):
        return None
    expected = uscc(text[:17])
    if text[17] != expected and not text.isdigit():
        raise faults.USCC_CHECK(at="char 18", given=text, found=text[17], expected=expected)
    if text[17] != expected:
        return None
    if text.isdigit() and organisation_code(text[8:16]) != text[16]:
        return None
    parts = (
        Part(None, text[:2], "登记管理部门与机构类别", "Registering department and kind"),
        Part(None, text[2:8], "行政区划码", "Administrative division"),
        Part(None, text[8:17], "主体标识码", "Organisation code"),
        Part(None, text[17], "校验码", "Check character"),
    )
    return WorldCode(ItemIdentity(f"{WORLD_PREFIX}uscc:{text}", ItemKind.ASSET), CodeFormat.USCC, parts)


def read_drug(text: str) -> WorldCode | None:
    """Return a pack of medicine by its 20-digit trace code (NMPAB/T 1002-2019).

    Seven digits name the product, nine the pack; the last four are encrypted by the issuer, and only the issuer can
    check them.
    """
    if not _DRUG.fullmatch(text):
        return None
    product = f"{WORLD_PREFIX}drug:{text[:7]}"
    parts = (
        Part(None, text[:7], "药品标识码", "Product code"),
        Part(None, text[7:16], "单件序列号", "Serial number"),
        Part(
            None,
            text[16:],
            "加密校验码",
            "Encrypted check",
            Bilingual("只有发码方能验证", "only the issuer can check it"),
        ),
    )
    identity = ItemIdentity(f"{WORLD_PREFIX}drug:{text}", ItemKind.UNIT, product, None, text[7:16])
    return WorldCode(identity, CodeFormat.DRUG_CODE, parts)


def read_handle(text: str) -> WorldCode | None:
    """Return what a Handle names: ``88.118.10/abc`` (or 86, 87), any other behind ``hdl:`` or the proxy's address."""
    match = _HANDLE.fullmatch(text)
    if match is None:
        return None
    prefix = (match["any"] or match["cn"]).lower()
    suffix = unquote(match["suffix"]) if text[:4].lower() == "http" else match["suffix"]
    parts = (
        Part(None, prefix, "Handle 前缀", "Handle prefix"),
        Part(None, suffix, "Handle 后缀", "Handle suffix"),
    )
    identity = ItemIdentity(f"hdl:{prefix}/{_handle_suffix(suffix)}", ItemKind.UNIT, None, None, suffix)
    return WorldCode(identity, CodeFormat.HANDLE, parts)


def _handle_suffix(suffix: str) -> str:
    return suffix if suffix.isascii() and "%" not in suffix else quote(unquote(suffix), safe=_PLAIN)


def read_ma(text: str) -> WorldCode | None:
    """Return what an MA identifier names (``MA.156.1001.1/…``, ISO/IEC 15459 issuing agency MA)."""
    match = _MA.fullmatch(text)
    if match is None:
        return None
    node, _, rest = match[1].partition("/")
    node = node.upper()
    parts = [
        Part(None, node[:3], "国家或地区", "Country"),
        Part(None, node[4:], "主体节点", "Organisation nodes"),
    ]
    if rest:
        parts.append(Part(None, unquote(rest), "对象编码", "Object code"))
    uri = f"{WORLD_PREFIX}ma:{node}" + (f"/{_quoted(unquote(rest))}" if rest else "")
    kind = ItemKind.UNIT if rest else ItemKind.ASSET
    return WorldCode(ItemIdentity(uri, kind, None, None, unquote(rest) or None), CodeFormat.MA, tuple(parts))


def read_said(text: str) -> WorldCode | None:
    """Return what is written with its scheme in front: ``VIN …``, ``hdl:…``, ``MA.…``, a Chinese Handle."""
    spoken = _VIN_WRITTEN.fullmatch(text)
    if spoken is not None:
        return read_vin(spoken[1].upper(), said=True)
    return read_handle(text) or read_ma(text)


_SCHEMES: Final[dict[str, Callable[[str], WorldCode | None]]] = {
    "vin": lambda text: read_vin(text, said=True),
    "uscc": read_uscc,
    "drug": read_drug,
    "ma": lambda text: read_ma(f"MA.{text}"),
}


def read_world_uri(uri: str) -> WorldCode | None:
    """Return what a canonical URI of these schemes names; None for other schemes.

    :raises Fault: ``coding.world_urn`` where the scheme is one of them and the code breaks its rules.
    """
    scheme, _, code = uri[len(WORLD_PREFIX) :].partition(":")
    read = _SCHEMES.get(scheme)
    if read is None:
        return None
    found = read(code)
    if found is None and scheme == "drug" and re.fullmatch(r"8[0-9]{6}", code):
        return _drug_product(code)
    if found is None:
        at = len(WORLD_PREFIX) + len(scheme) + 2
        raise faults.WORLD_URN(at=f"char {at}", given=shown(code), scheme=scheme)
    return found


def _drug_product(code: str) -> WorldCode:
    uri = f"{WORLD_PREFIX}drug:{code}"
    parts = (Part(None, code, "药品标识码", "Product code"),)
    return WorldCode(ItemIdentity(uri, ItemKind.PRODUCT, uri), CodeFormat.DRUG_CODE, parts)
