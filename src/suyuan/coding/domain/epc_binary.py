"""Binary EPCs as RFID readers send them, in hexadecimal: to tag URIs and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.check_digits import CSET82
from suyuan.coding.domain.elements import shown
from suyuan.coding.domain.epc_layouts import BY_HEADER, BY_SCHEME, REFUSED, Kind, Layout, Split
from suyuan.kernel.faults import Fault

_HEX: Final = re.compile(r"(?:0[xX])?([0-9A-Fa-f]{24,128})")
_SPACED: Final = re.compile(r"(?:[0-9A-Fa-f]{2,8}[ -])+[0-9A-Fa-f]{2,8}")
_RAW: Final = re.compile(r"urn:epc:raw:(\d{1,4})(\.[xX]([0-9A-F]+)|\.(\d+))", re.IGNORECASE)
_SAFE: Final = "!'()*+,-.:;=_"
_LONGEST_RAW: Final = 512
_WORD: Final = 4
"""Hexadecimal digits of a word of tag memory."""


@dataclass(frozen=True, slots=True)
class BinaryEpc:
    """A binary EPC read: its scheme such as ``sgtin-96``, filter value (None without one) and tag URI."""

    scheme: str
    filter_value: int | None
    tag_uri: str


@dataclass(slots=True)
class _Bits:
    """Bits read from the left. ``shift``: hexadecimal digits of the given text before them, for places in faults."""

    value: int
    size: int
    shift: int
    position: int = 0

    def take(self, width: int) -> int:
        """Return the next ``width`` bits as a number."""
        self.position += width
        return (self.value >> (self.size - self.position)) & ((1 << width) - 1)

    def at(self, width: int) -> str:
        """Return the place of the field of ``width`` bits just read."""
        return f"char {self.shift + (self.position - width) // 4 + 1}"


def looks_binary(text: str) -> str | None:
    """Return the hexadecimal digits of what a reader may have sent as EPC, None for all else.

    Taken are 24 digits and more with a header of the standard, also behind ``0x``, in groups, and behind the protocol
    control word that names their length.
    """
    match = _HEX.fullmatch(text)
    digits = match[1] if match else ""
    if match is None and _SPACED.fullmatch(text):
        digits = text.replace(" ", "").replace("-", "")
    if len(digits) < 24 or len(digits) % 2:
        return None
    header = int(digits[:2], 16)
    known = header in BY_HEADER or header in REFUSED
    return digits if known or _behind_control_word(digits) else None


def _behind_control_word(digits: str) -> str | None:
    """Return the EPC behind a protocol control word (Gen2 6.3.2.1.2.2: its first five bits count the EPC's words)."""
    words = int(digits[:_WORD], 16) >> 11
    rest = digits[_WORD:]
    return rest if words and len(rest) == words * _WORD and int(rest[:2], 16) in BY_HEADER else None


def read_raw_uri(uri: str) -> BinaryEpc:
    """Return what a raw EPC URI holds, ``urn:epc:raw:96.x3074…`` or ``urn:epc:raw:96.149…`` (TDS 12).

    :raises Fault: ``coding.epc_raw``, or what is wrong with the bits.
    """
    match = _RAW.fullmatch(uri)
    bits = int(match[1]) if match else 0
    if match is None or not 0 < bits <= _LONGEST_RAW or (match[4] and len(match[4]) > 160):
        raise faults.EPC_RAW(at="char 13", given=shown(uri))
    value, start = (int(match[3], 16), match.start(3)) if match[3] else (int(match[4]), match.start(4))
    if value >> bits:
        raise faults.EPC_RAW(at=f"char {start + 1}", given=shown(uri))
    digits = f"{value << (-bits % 4):0{(bits + 3) // 4}x}"
    return read_binary(digits, shift=start)


def read_binary(digits: str, shift: int = 0) -> BinaryEpc:
    """Return what the hexadecimal ``digits`` hold. ``shift``: characters of the given text before them.

    :raises Fault: ``coding.epc_binary`` for schemes that are not read, ``coding.epc_bits`` for bits that break theirs.
    """
    try:
        return _read(digits, shift)
    except Fault:
        behind = _behind_control_word(digits)
        if behind is None:
            raise
        return _read(behind, shift + _WORD)


def _read(digits: str, shift: int) -> BinaryEpc:
    header = int(digits[:2], 16)
    layout = BY_HEADER.get(header)
    if layout is None:
        raise faults.EPC_BINARY(at=f"char {shift + 1}", scheme=REFUSED.get(header, f"0x{header:02X}"))
    if len(digits) < layout.digits:
        raise faults.EPC_BITS(
            at=f"char {shift + len(digits)}", scheme=layout.name, field="length",
            given=f"{len(digits) * 4}", allowed=f"≥ {layout.bits}",
        )  # fmt: skip
    bits = _Bits(int(digits, 16), len(digits) * 4, shift)
    bits.take(8)
    filter_value: int | None = None
    fields: list[str] = []
    for kind, width in layout.fields:
        if kind is Kind.FILTER:
            filter_value = bits.take(width)
        elif kind is Kind.PARTITION:
            fields += _read_divided(layout, bits)
        else:
            fields += _read_field(layout, kind, bits, width)
    _rest_is_zero(layout, bits)
    head = () if filter_value is None else (str(filter_value),)
    return BinaryEpc(layout.name, filter_value, f"urn:epc:tag:{layout.name}:{'.'.join((*head, *fields))}")


def _rest_is_zero(layout: Layout, bits: _Bits) -> None:
    left = bits.size - bits.position
    if left and bits.take(left):
        raise faults.EPC_BITS(
            at=bits.at(left), scheme=layout.name, field="padding", given="≠ 0", allowed=f"{layout.bits} bits"
        )


def _read_divided(layout: Layout, bits: _Bits) -> list[str]:
    """Return company prefix and reference."""
    partition = bits.take(3)
    if partition >= len(layout.splits):
        raise faults.EPC_BITS(at=bits.at(3), scheme=layout.name, field="Partition", given=str(partition), allowed="0–6")
    split = layout.splits[partition]
    prefix = bits.take(split.prefix_bits)
    if prefix >= 10**split.prefix_digits:
        raise faults.EPC_BITS(
            at=bits.at(split.prefix_bits), scheme=layout.name, field="CompanyPrefix", given=str(prefix),
            allowed=f"{split.prefix_digits} × 0-9",
        )  # fmt: skip
    return [f"{prefix:0{split.prefix_digits}d}", _read_reference(layout, split, bits)]


def _read_reference(layout: Layout, split: Split, bits: _Bits) -> str:
    if layout.name == "giai-202":
        return _read_text(layout, bits, split.reference_bits, split.reference_digits)
    reference = bits.take(split.reference_bits)
    if reference >= 10**split.reference_digits:
        raise faults.EPC_BITS(
            at=bits.at(split.reference_bits), scheme=layout.name, field="Reference", given=str(reference),
            allowed=f"≤ {split.reference_digits} × 0-9",
        )  # fmt: skip
    if layout.name in ("giai-96", "cpi-96"):  # of open length, so held without leading zeros
        return str(reference)
    return f"{reference:0{split.reference_digits}d}" if split.reference_digits else ""


def _read_field(layout: Layout, kind: Kind, bits: _Bits, width: int) -> list[str]:
    if kind is Kind.STRING:
        return [_read_text(layout, bits, width, width // 7)]
    value = bits.take(width)
    if kind is Kind.RESERVED:
        if value:
            raise faults.EPC_BITS(
                at=bits.at(width), scheme=layout.name, field="Reserved", given=str(value), allowed="0"
            )
        return []
    if kind is Kind.TWO_DIGITS:
        return [f"{value:02d}"]
    if kind is Kind.NUMERIC_STRING:
        written = str(value)
        if written[0] != "1" or len(written) < 2:
            raise faults.EPC_BITS(at=bits.at(width), scheme=layout.name, field="Serial", given=written, allowed="1…")
        return [written[1:]]
    if kind is Kind.CAGE:
        return [value.to_bytes(6, "big").decode("latin-1").removeprefix(" ")]
    return [str(value)]


def _read_text(layout: Layout, bits: _Bits, width: int, most: int) -> str:
    """Return a field of 7-bit characters; after the first zero only zeros may follow."""
    value = bits.take(width)
    characters = [chr((value >> (width - 7 * (i + 1))) & 0x7F) for i in range(most)]
    text = "".join(characters).rstrip("\x00")
    tail = value & ((1 << (width - 7 * most)) - 1)
    bad = next((character for character in text if character not in CSET82), None)
    if bad is not None or not text or tail:
        raise faults.EPC_BITS(
            at=bits.at(width), scheme=layout.name, field="Serial", given=shown(ascii(text)), allowed="GS1 CSET 82"
        )
    return quote(text, safe=_SAFE)


def write_binary(urn: str, filter_value: int = 0) -> tuple[str, str] | None:
    """Return scheme and hexadecimal digits (whole words of 16 bits) of a pure identity EPC URI.

    The shortest layout that holds the value is taken. None where the standard's fixed-length layouts hold none.

    :raises Fault: ``coding.epc_filter`` for a filter value the layout cannot hold.
    """
    words = urn.split(":", 4)
    if len(words) != 5 or words[2] != "id":
        return None
    for layout in BY_SCHEME.get(words[3], ()):
        fields = words[4].split(".", 4 if layout.scheme == "itip" else 1 if layout.scheme == "giai" else 2)
        packed = _pack(layout, fields, filter_value)
        if packed is not None:
            size = -(-layout.bits // 16) * 16
            return layout.name, f"{packed << (size - layout.bits):0{size // 4}X}"
    return None


def _pack(layout: Layout, fields: list[str], filter_value: int) -> int | None:
    total, rest = layout.header, list(fields)
    for kind, width in layout.fields:
        if kind is Kind.FILTER:
            if not 0 <= filter_value < 1 << width:
                raise faults.EPC_FILTER(given=filter_value, allowed=f"0–{(1 << width) - 1}")
            total = total << width | filter_value
            continue
        if kind is Kind.PARTITION:
            packed = _pack_divided(layout, rest.pop(0), rest.pop(0))
            bits = 3 + layout.splits[0].prefix_bits + layout.splits[0].reference_bits
        else:
            packed = _pack_field(kind, width, "" if kind is Kind.RESERVED else rest.pop(0))
            bits = width
        if packed is None:
            return None
        total = total << bits | packed
    return total


def _pack_divided(layout: Layout, prefix: str, reference: str) -> int | None:
    partition = 12 - len(prefix)
    split = layout.splits[partition]
    text = unquote(reference)
    if layout.name == "giai-202":
        packed = _pack_text(text, split.reference_bits)
    else:
        packed = _pack_integer(text or "0", split.reference_bits, padded=layout.name not in ("giai-96", "cpi-96"))
        if packed is not None and len(text) > split.reference_digits:
            return None
    return None if packed is None else (partition << split.prefix_bits | int(prefix)) << split.reference_bits | packed


def _pack_field(kind: Kind, width: int, written: str) -> int | None:
    text = unquote(written)
    if kind is Kind.STRING:
        return _pack_text(text, width)
    if kind is Kind.RESERVED:
        return 0
    if kind is Kind.CAGE:
        return int.from_bytes(text.rjust(6).encode("latin-1"), "big")
    if kind is Kind.NUMERIC_STRING:
        return _pack_integer("1" + text, width)
    return _pack_integer(text, width, padded=kind is Kind.TWO_DIGITS)


def _pack_text(text: str, width: int) -> int | None:
    if not text or 7 * len(text) > width:
        return None
    value = 0
    for character in text:
        value = value << 7 | ord(character)
    return value << (width - 7 * len(text))


def _pack_integer(text: str, width: int, *, padded: bool = False) -> int | None:
    """Return the number; None if it does not fit, or if leading zeros would be lost."""
    if not (text.isascii() and text.isdigit()) or (not padded and len(text) > 1 and text[0] == "0"):
        return None
    value = int(text)
    return value if value >> width == 0 else None
