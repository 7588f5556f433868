"""Health Industry Bar Codes (ANSI/HIBC 2.6, supplier labelling): the other issuing agency of medical device UDIs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote, unquote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.contracts.decoded import CodeFormat, Part
from suyuan.coding.domain.checks.national import CODE39, mod43
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.world_codes import WORLD_PREFIX, WorldCode
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.trace.contracts import ItemIdentity, ItemKind

_PRIMARY: Final = re.compile(r"([A-Z][0-9A-Z]{3})([0-9A-Z]{1,18})([0-9])")
_SECONDARY: Final = re.compile(
    r"\$\$(?P<serial>\+)?(?:8(?P<q2>[0-9]{2})|9(?P<q5>[0-9]{5}))?(?P<rest>.*)|\$(?P<only_serial>\+)?(?P<only>.*)|"
    r"(?P<julian>[0-9]{5})(?P<julian_lot>.*)",
    re.DOTALL,
)
_VALUE: Final = re.compile(r"[0-9A-Z.\-_ %+]{0,20}")
_DATES: Final = {"2": ("MMDDYY", 6), "3": ("YYMMDD", 6), "4": ("YYMMDDHH", 8), "5": ("YYJJJ", 5), "6": ("YYJJJHH", 7)}
_SUPPLEMENTS: Final = {"14D": "expiry", "16D": "made", "S": "serial", "Q": "quantity"}
_LABELS: Final = {
    "lot": ("批号", "Lot number"),
    "serial": ("序列号", "Serial number"),
    "expiry": ("有效期", "Expiry date"),
    "made": ("生产日期", "Production date"),
    "quantity": ("数量", "Quantity"),
}
_URI: Final = re.compile(r"([0-9A-Z]{6,23})(?:;(lot|serial)=(.+))?")
Values = dict[str, tuple[str, Bilingual | None]]


def read_hibc(text: str) -> WorldCode:
    """Return the item of a primary code, alone or with its secondary data behind a slash.

    :raises Fault: ``coding.hibc_check``, ``coding.hibc`` for what breaks the format, ``coding.hibc_secondary`` for
        secondary data alone, which name no product.
    """
    bad = next((i for i, character in enumerate(text) if character not in CODE39), None)
    if bad is not None:
        raise faults.HIBC(at=f"char {bad + 1}", given=shown(text[bad]), allowed=CODE39)
    if mod43(text[:-1]) != text[-1]:
        raise faults.HIBC_CHECK(at=f"char {len(text)}", given=shown(text), found=text[-1], expected=mod43(text[:-1]))
    body = text[1:-1]
    if body[:1] == "$" or body[:1].isdigit():
        raise faults.HIBC_SECONDARY(at="char 2", given=shown(text))
    first, *others = body.split("/")
    primary = _PRIMARY.fullmatch(first)
    if primary is None:
        raise faults.HIBC(at="char 2", given=shown(first), allowed="LIC (A-Z + 3) PCN (1–18 × 0-9 A-Z) U/M (0-9)")
    values: Values = {}
    at = len(first) + 3
    for i, chunk in enumerate(others):
        (_read_secondary if i == 0 else _read_supplement)(chunk, at, values)
        at += len(chunk) + 1
    parts = [
        *_product_parts(primary),
        *(Part(None, value, *_LABELS[name], note) for name, (value, note) in values.items()),
        Part(None, text[-1], "校验字符", "Check character"),
    ]
    given = {name: value for name, (value, _) in values.items()}
    return WorldCode(_identity(first, given.get("lot"), given.get("serial")), CodeFormat.HIBC, tuple(parts))


def _identity(product: str, lot: str | None, serial: str | None) -> ItemIdentity:
    uri = f"{WORLD_PREFIX}hibc:{product}"
    if serial:
        return ItemIdentity(f"{uri};serial={quote(serial, safe='')}", ItemKind.UNIT, uri, lot or None, serial)
    if lot:
        return ItemIdentity(f"{uri};lot={quote(lot, safe='')}", ItemKind.LOT, uri, lot)
    return ItemIdentity(uri, ItemKind.PRODUCT, uri)


def read_hibc_uri(code: str) -> WorldCode | None:
    """Return the item of a canonical URI's last part, ``A99912345;lot=10X``; None if it is not so written."""
    match = _URI.fullmatch(code)
    primary = _PRIMARY.fullmatch(match[1]) if match else None
    if match is None or primary is None:
        return None
    given: dict[str, str] = {match[2]: unquote(match[3])} if match[2] else {}
    if any(not _VALUE.fullmatch(value) for value in given.values()):
        return None
    parts = (*_product_parts(primary), *(Part(None, value, *_LABELS[name]) for name, value in given.items()))
    return WorldCode(_identity(match[1], given.get("lot"), given.get("serial")), CodeFormat.HIBC, parts)


def _product_parts(primary: re.Match[str]) -> tuple[Part, ...]:
    return (
        Part(None, primary[1], "厂商代码 (LIC)", "Labeler (LIC)"),
        Part(None, primary[2], "产品代码 (PCN)", "Product code (PCN)"),
        Part(None, primary[3], "包装级别", "Unit of measure"),
    )


def _refuse(chunk: str, at: int, allowed: str) -> Fault:
    return faults.HIBC(at=f"char {at}", given=shown(chunk), allowed=allowed)


def _read_secondary(chunk: str, at: int, values: Values) -> None:
    match = _SECONDARY.fullmatch(chunk)
    if match is None:
        raise _refuse(chunk, at, "$… $+… $$… $$+…")
    if match["julian"] is not None:
        values["expiry"] = (match["julian"], _date("YYJJJ", match["julian"], chunk, at))
        _keep("lot", match["julian_lot"], chunk, at, values)
        return
    if match["rest"] is None:
        _keep("serial" if match["only_serial"] else "lot", match["only"], chunk, at, values)
        return
    quantity = match["q2"] or match["q5"]
    if quantity:
        values["quantity"] = (str(int(quantity)), None)
    rest = _read_flagged_date(match["rest"], chunk, at, values)
    _keep("serial" if match["serial"] else "lot", rest, chunk, at, values)


def _read_flagged_date(rest: str, chunk: str, at: int, values: Values) -> str:
    """Take the expiry date off the front of ``rest``: a flag says how it is written, 7 that there is none."""
    flag = rest[:1]
    if flag == "7" or not flag:
        return rest[1:]
    pattern, length, skip = ("MMYY", 4, 0) if flag in "01" else (*_DATES.get(flag, ("", 0)), 1)
    written = rest[skip : skip + length]
    if not pattern or len(written) < length or not written.isdigit():
        raise _refuse(chunk, at, "MMYY, 2MMDDYY, 3YYMMDD, 4YYMMDDHH, 5YYJJJ, 6YYJJJHH, 7")
    values["expiry"] = (written, _date(pattern, written, chunk, at))
    return rest[skip + length :]


def _date(pattern: str, written: str, chunk: str, at: int) -> Bilingual:
    """Return a date in words; two-digit years are of this century, as the standard is younger than that."""
    values = {
        letter: int("".join(c for c, p in zip(written, pattern, strict=True) if p == letter) or 0) for letter in "YJH"
    }
    years = 2000 + values["Y"] if pattern.count("Y") == 2 else values["Y"]
    month = int(written[pattern.index("MM") :][:2]) if "MM" in pattern else 1
    day = int(written[pattern.index("DD") :][:2]) if "DD" in pattern else 1
    try:
        found = date(years, month, day)
        if "J" in pattern:
            if not 1 <= values["J"] <= 366:
                raise ValueError(values["J"])
            found += timedelta(days=values["J"] - 1)
    except ValueError:
        raise _refuse(chunk, at, pattern) from None
    if pattern == "MMYY":
        return Bilingual(f"{found:%Y-%m} 月末", f"end of {found:%Y-%m}")
    hour = f" {values['H']:02d}:00" if "H" in pattern else ""
    return Bilingual(f"{found.isoformat()}{hour}", f"{found.isoformat()}{hour}")


def _read_supplement(chunk: str, at: int, values: Values) -> None:
    name = next((name for name in _SUPPLEMENTS if chunk.startswith(name)), None)
    if name is None:
        raise _refuse(chunk, at, "14D… 16D… S… Q…")
    meaning, value = _SUPPLEMENTS[name], chunk[len(name) :]
    if meaning in ("expiry", "made"):
        if len(value) != 8 or not value.isdigit():
            raise _refuse(chunk, at, "YYYYMMDD")
        values[meaning] = (value, _date("YYYYMMDD", value, chunk, at))
        return
    _keep(meaning, value, chunk, at, values)


def _keep(name: str, value: str, chunk: str, at: int, values: Values) -> None:
    if not _VALUE.fullmatch(value):
        raise _refuse(chunk, at, "0–20 × 0-9 A-Z")
    if value:
        values[name] = (value, None)
