"""EPC URIs (GS1 EPC Tag Data Standard, sections 6 to 8): pure identity, class, pattern and tag URIs.

Schemes with a GS1 key become its canonical Digital Link, check digit computed; the others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain import identities
from suyuan.coding.domain.check_digits import imo_ship, iso6346, mod10
from suyuan.coding.domain.elements import shown
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemIdentity, ItemKind

_GS3A3: Final = re.compile(r"(?:[!'()*+,\-.0-9:;=A-Z_a-z]|%(?:2[2356Ff]|3[CcEeFf]))+")
_GS3A3_TEXT: Final = "0-9 A-Z a-z ! ' ( ) * + , - . : ; = _ %22 %25 %26 %2F %3C %3E %3F"
_CPREF: Final = re.compile(r"(?:[0-9A-Z-]|%2[Ff3])+")
_ADI_PART: Final = re.compile(r"(?:[0-9A-Z-]|%2[Ff]){0,32}")
_ADI_SERIAL: Final = re.compile(r"(?:%23)?(?:[0-9A-Z-]|%2[Ff]){1,30}")
_CAGE: Final = re.compile(r"[0-9A-HJ-NP-Z]{5,6}")
_BIC: Final = re.compile(r"[A-Z]{3}[JUZ][0-9]{7}")
_UNPADDED: Final = re.compile(r"0|[1-9][0-9]*")
_TAG: Final = re.compile(r"([a-z]+)-(?:\d+|var|\+\+?):(?:(\d{1,2}|\*)\.)?(.*)", re.DOTALL)
_TAG_SCHEMES: Final = frozenset(
    {"sgtin", "sscc", "sgln", "grai", "giai", "gsrn", "gsrnp", "gdti", "cpi", "sgcn", "itip", "gid", "usdod", "adi"}
)
_PREFIX_LENGTHS: Final = range(6, 13)
_FILTERS: Final = {"usdod": 15, "adi": 63}
"""The greatest filter value where it is not 7."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one URI, with what faults need to name them."""

    scheme: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    start: int
    """1-based position of the first field."""
    uri: str

    def at(self, i: int) -> str:
        """Return the place of field ``i``."""
        return f"char {self.start + sum(len(value) + 1 for value in self.values[:i])}"

    def refuse(self, i: int, allowed: str) -> Fault:
        """Return the fault for a value that field ``i`` may not have."""
        return faults.EPC_FIELD(
            at=self.at(i), scheme=self.scheme, field=self.names[i], given=shown(self.values[i]), allowed=allowed
        )

    def prefix(self) -> str:
        """Return the company prefix, the first field."""
        value = self.values[0]
        if len(value) not in _PREFIX_LENGTHS or not (value.isascii() and value.isdigit()):
            raise faults.EPC_PREFIX(at=self.at(0), given=shown(value))
        return value

    def key(self, total: int, *, indicator: bool = False) -> str:
        """Return the key made of the first two fields, ``total`` digits, and its check digit.

        With ``indicator`` the first digit of the reference comes before the company prefix.
        """
        prefix, reference = self.prefix(), self.values[1]
        expected = total - len(prefix)
        if len(reference) != expected or (reference and not (reference.isascii() and reference.isdigit())):
            raise faults.EPC_REFERENCE(
                at=self.at(1), scheme=self.scheme, given=shown(reference), expected=expected, total=total
            )
        body = reference[0] + prefix + reference[1:] if indicator else prefix + reference
        return body + mod10(body)

    def characters(self, i: int, maximum: int) -> str:
        """Return field ``i`` unescaped: 1 to ``maximum`` characters of CSET 82."""
        written = self.values[i]
        value = unquote(written) if "%" in written else written
        if not 0 < len(value) <= maximum or not _GS3A3.fullmatch(written):
            raise self.refuse(i, f"1–{maximum} × {_GS3A3_TEXT}")
        return value

    def digits(self, i: int, least: int, most: int) -> str:
        """Return field ``i``: ``least`` to ``most`` digits."""
        value = self.values[i]
        if not least <= len(value) <= most or not (value.isascii() and value.isdigit()):
            raise self.refuse(i, f"{least}–{most} × 0-9" if least != most else f"{most} × 0-9")
        return value

    def number(self, i: int, bits: int) -> str:
        """Return field ``i``: a number without leading zeros that fits into ``bits``."""
        value = self.values[i]
        if not _UNPADDED.fullmatch(value) or len(value) > 18 or int(value) >> bits:
            raise self.refuse(i, f"0–{(1 << bits) - 1}")
        return value


Build = Callable[[Fields], ItemIdentity]


def _cpid(fields: Fields) -> str:
    prefix, written = fields.prefix(), fields.values[1]
    reference = unquote(written)
    if not _CPREF.fullmatch(written) or len(prefix) + len(reference) > 30:
        raise fields.refuse(1, f"1–{30 - len(prefix)} × 0-9 A-Z - %23 %2F")
    return prefix + reference


def _cpi(fields: Fields) -> ItemIdentity:
    cpid, serial = _cpid(fields), fields.digits(2, 1, 12)
    if serial[0] == "0":
        raise fields.refuse(2, "1–12 × 0-9, 1… – 9…")
    return identities.component_part(cpid, serial)


def _itip_key(fields: Fields) -> str:
    piece, total = fields.digits(2, 2, 2), fields.digits(3, 2, 2)
    if not 1 <= int(piece) <= int(total):
        raise fields.refuse(2, f"01–{total}")
    return fields.key(13, indicator=True) + piece + total


def _giai(fields: Fields) -> ItemIdentity:
    prefix = fields.prefix()
    return identities.keyed_thing("8004", prefix + fields.characters(1, 30 - len(prefix)), ItemKind.ASSET)


def _ginc(fields: Fields) -> ItemIdentity:
    prefix = fields.prefix()
    return identities.keyed_thing("401", prefix + fields.characters(1, 30 - len(prefix)), ItemKind.CARRIER)


def _sgln(fields: Fields) -> ItemIdentity:
    gln, extension = fields.key(12), fields.characters(2, 20)
    if extension == "0":
        return identities.keyed_thing("414", gln, ItemKind.ASSET)
    return identities.qualified_thing("414", gln, ("254", extension), ItemKind.ASSET)


def _gid(fields: Fields) -> ItemIdentity:
    manager, object_class, serial = fields.number(0, 28), fields.number(1, 24), fields.number(2, 36)
    product = f"urn:epc:idpat:gid:{manager}.{object_class}.*"
    return ItemIdentity(fields.uri, ItemKind.UNIT, product, None, serial)


def _cage(fields: Fields) -> str:
    if not _CAGE.fullmatch(fields.values[0]):
        raise fields.refuse(0, "5–6 × 0-9 A-H J-N P-Z")
    return fields.values[0]


def _usdod(fields: Fields) -> ItemIdentity:
    _cage(fields)
    return ItemIdentity(fields.uri, ItemKind.UNIT, None, None, fields.number(1, 36))


def _adi(fields: Fields) -> ItemIdentity:
    cage, (part, serial) = _cage(fields), fields.values[1:]
    if not _ADI_PART.fullmatch(part) or len(unquote(part)) > 32:
        raise fields.refuse(1, "0–32 × 0-9 A-Z - %2F")
    if not _ADI_SERIAL.fullmatch(serial) or (not part and serial.startswith("%23")):
        raise fields.refuse(2, "1–30 × 0-9 A-Z - %2F (%23…)")
    product = f"urn:epc:idpat:adi:{cage}.{part}.*" if part else None
    return ItemIdentity(fields.uri, ItemKind.UNIT, product, None, unquote(serial))


def _bic(fields: Fields) -> ItemIdentity:
    code = fields.values[0]
    if not _BIC.fullmatch(code):
        raise fields.refuse(0, "3 × A-Z, J U Z, 7 × 0-9")
    return _with_check_digit(fields, iso6346(code[:10]))


def _imovn(fields: Fields) -> ItemIdentity:
    return _with_check_digit(fields, imo_ship(fields.digits(0, 7, 7)[:6]))


def _with_check_digit(fields: Fields, expected: str) -> ItemIdentity:
    code = fields.values[0]
    if code[-1] != expected:
        raise faults.CHECK_DIGIT(
            at=f"char {fields.start + len(code) - 1}", given=code, found=code[-1], expected=expected
        )
    return ItemIdentity(fields.uri, ItemKind.CARRIER)


_THING: Final = ("CompanyPrefix", "Reference")
_SERIAL: Final = ("CompanyPrefix", "Reference", "Serial")
_PIECE: Final = ("CompanyPrefix", "ItemReference", "Piece", "Total", "Serial")
_CARRIER, _ASSET, _UNIT = ItemKind.CARRIER, ItemKind.ASSET, ItemKind.UNIT

INSTANCES: Final[dict[str, tuple[tuple[str, ...], Build]]] = {
    "sgtin": (_SERIAL, lambda f: identities.trade_unit(f.key(13, indicator=True), f.characters(2, 20))),
    "sscc": (_THING, lambda f: identities.keyed_thing("00", f.key(17, indicator=True), _CARRIER)),
    "sgln": (_SERIAL, _sgln),
    "grai": (_SERIAL, lambda f: identities.serial_in_key("8003", "0" + f.key(12) + f.characters(2, 16), 14, _CARRIER)),
    "giai": (_THING, _giai),
    "gsrn": (_THING, lambda f: identities.keyed_thing("8018", f.key(17), _ASSET)),
    "gsrnp": (_THING, lambda f: identities.keyed_thing("8017", f.key(17), _ASSET)),
    "gdti": (_SERIAL, lambda f: identities.serial_in_key("253", f.key(12) + f.characters(2, 17), 13, _UNIT)),
    "cpi": (_SERIAL, _cpi),
    "sgcn": (_SERIAL, lambda f: identities.serial_in_key("255", f.key(12) + f.digits(2, 1, 12), 13, _UNIT)),
    "itip": (_PIECE, lambda f: identities.item_piece(_itip_key(f), f.characters(4, 20), None)),
    "upui": (_SERIAL, lambda f: identities.trade_unit_third_party(f.key(13, indicator=True), f.characters(2, 28))),
    "pgln": (_THING, lambda f: identities.keyed_thing("417", f.key(12), _ASSET)),
    "ginc": (_THING, _ginc),
    "gsin": (_THING, lambda f: identities.keyed_thing("402", f.key(16), _CARRIER)),
    "gid": (("Manager", "ObjectClass", "Serial"), _gid),
    "usdod": (("CAGE", "Serial"), _usdod),
    "adi": (("CAGE", "PartNumber", "Serial"), _adi),
    "bic": (("BIC",), _bic),
    "imovn": (("IMO",), _imovn),
}
"""Pure identity schemes: field names and what they make."""


def _pattern(build: Build) -> Build:
    def with_star(fields: Fields) -> ItemIdentity:
        if fields.values[-1] != "*":
            raise fields.refuse(len(fields.values) - 1, "*")
        return build(fields)

    return with_star


def _gid_class(fields: Fields) -> ItemIdentity:
    fields.number(0, 28)
    fields.number(1, 24)
    return ItemIdentity(fields.uri, ItemKind.PRODUCT, fields.uri)


CLASSES: Final[dict[str, tuple[tuple[str, ...], Build]]] = {
    "lgtin": (
        ("CompanyPrefix", "ItemReference", "Lot"),
        lambda f: identities.trade_lot(f.key(13, indicator=True), f.characters(2, 20)),
    ),
}
PATTERNS: Final[dict[str, tuple[tuple[str, ...], Build]]] = {
    "sgtin": (_SERIAL, _pattern(lambda f: identities.keyed_class("01", f.key(13, indicator=True)))),
    "upui": (_SERIAL, _pattern(lambda f: identities.keyed_class("01", f.key(13, indicator=True)))),
    "grai": (_SERIAL, _pattern(lambda f: identities.keyed_class("8003", "0" + f.key(12)))),
    "gdti": (_SERIAL, _pattern(lambda f: identities.keyed_class("253", f.key(12)))),
    "sgcn": (_SERIAL, _pattern(lambda f: identities.keyed_class("255", f.key(12)))),
    "cpi": (_SERIAL, _pattern(lambda f: identities.component_part(_cpid(f), None))),
    "itip": (_PIECE, _pattern(lambda f: identities.item_piece(_itip_key(f), None, None))),
    "gid": (("Manager", "ObjectClass", "Serial"), _pattern(_gid_class)),
}
_LEVELS: Final = {"id": INSTANCES, "class": CLASSES, "idpat": PATTERNS}


def parse_epc(uri: str) -> ItemIdentity:
    """Return the item that an EPC URI (``urn:epc:id|class|idpat|tag:…``) names.

    :raises Fault: ``coding.epc_*``, ``coding.check_digit`` (containers, ships).
    """
    words = uri.split(":", 4)
    if len(words) != 5 or words[0].lower() != "urn" or words[1].lower() != "epc":
        raise faults.EPC_SCHEME(at="char 1", given=shown(uri), known=_known())
    _, _, level, scheme, body = words
    start = len(uri) - len(body) + 1
    if level in ("tag", "pat"):
        level, scheme, body, start = _untagged(uri, level)
    known = _LEVELS.get(level, {}).get(scheme)
    if known is None:
        raise faults.EPC_SCHEME(at="char 9", given=shown(f"{level}:{scheme}"), known=_known())
    names, build = known
    values = tuple(body.split(".", len(names) - 1))
    if len(values) != len(names):
        raise faults.EPC_FIELDS(at=f"char {start}", scheme=scheme, expected=".".join(names), given=shown(body))
    return build(Fields(scheme, names, values, start, f"urn:epc:{level}:{scheme}:{body}"))


def _known() -> str:
    return ", ".join(f"{level}:{scheme}" for level, schemes in _LEVELS.items() for scheme in schemes)


def _untagged(uri: str, level: str) -> tuple[str, str, str, int]:
    """Return level, scheme, body and its position for a tag or tag pattern URI: size and filter value dropped."""
    match = _TAG.fullmatch(uri, len("urn:epc:tag:"))
    if match is None or match[1] not in _TAG_SCHEMES:
        raise faults.EPC_SCHEME(at="char 9", given=shown(uri[8:]), known=_known())
    scheme, filter_value, body = match[1], match[2], match[3]
    start = match.start(3)
    if scheme == "gid":  # the only scheme without filter value: what looks like one is the manager number
        start = match.end(1) + 1 + uri[match.end(1) + 1 :].index(":") + 1
        body = uri[start:]
    elif filter_value == "*" and level == "pat":
        pass
    elif filter_value in (None, "*") or int(filter_value) > _FILTERS.get(scheme, 7):
        raise faults.EPC_FIELD(
            at=f"char {match.start(2) + 1 if filter_value else start + 1}",
            scheme=scheme,
            field="Filter",
            given=shown(filter_value or body),
            allowed=f"0–{_FILTERS.get(scheme, 7)}",
        )
    return "id" if level == "tag" else "idpat", scheme, body, start + 1
