"""From bytes to JSON values: bounded in size, depth and number of elements, exact in numbers, strict in form.

Numbers become ``int`` or ``Decimal``, never floats. Text that a database cannot keep (NUL, half a surrogate pair) is
refused. Of a key that appears twice in one object the last value counts, as for JSON schema validators and most
readers: one of GS1's own published examples relies on it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

import msgspec

from suyuan.integration.domain.epcis import faults
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.report import clip
from suyuan.kernel.faults import Fault

DIGITS: Final = 40
"""The most digits a number may have, before or after its exponent is applied."""
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_NOT_BRACKET = re.compile(rb"[^][{}]++")
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{}]', re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_OPENING: Final = frozenset(b"[{")


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What a document may hold. ``size`` is in bytes; ``elements`` counts JSON values of any kind."""

    size: int = 50_000_000
    depth: int = 64
    elements: int = 4_000_000
    events: int = 200_000
    items: int = 100_000
    findings_per_event: int = 20
    findings: int = 1000


def _position(data: bytes, index: int) -> str:
    return f"char {len(data[:index].decode('utf-8', 'replace')) + 1}"


def _check_shape(data: bytes, limits: ReadingLimits) -> None:
    """Refuse too many elements or too deep a nesting before any value is built."""
    bare = _STRING.sub(b"", data)
    count = bare.count(b",") + bare.count(b"[") + bare.count(b"{") + 1
    if count > limits.elements:
        raise faults.TOO_MANY_ELEMENTS(count=count, limit=limits.elements)
    depth = 0
    for bracket in _NOT_BRACKET.sub(b"", bare):
        if bracket in _OPENING:
            depth += 1
            if depth > limits.depth:
                raise faults.NESTED_TOO_DEEP(at=_deep_place(data, limits.depth), limit=limits.depth)
        else:
            depth -= 1


def _deep_place(data: bytes, limit: int) -> str:
    depth = 0
    for match in _TOKEN.finditer(data):
        first = match.group()[0]
        depth += 1 if first in _OPENING else -1 if first in b"]}" else 0
        if depth > limit:
            return _position(data, match.start())
    return "/"


def _check_escapes(data: bytes) -> None:
    """Refuse ``\\u0000`` and surrogate halves without their partner."""
    waiting: re.Match[bytes] | None = None
    for match in _ESCAPE.finditer(data):
        code = int(match[1], 16) if match[1] else -1
        low = 0xDC00 <= code <= 0xDFFF
        paired = waiting is not None and low and match.start() == waiting.end()
        if waiting is not None and not paired:
            raise faults.TEXT_UNSTORABLE(at=_position(data, waiting.start()), given=waiting.group().decode())
        if code == 0 or (low and not paired):
            raise faults.TEXT_UNSTORABLE(at=_position(data, match.start()), given=match.group().decode())
        waiting = match if 0xD800 <= code <= 0xDBFF else None
    if waiting is not None:
        raise faults.TEXT_UNSTORABLE(at=_position(data, waiting.start()), given=waiting.group().decode())


def _refuse_number(text: str) -> NoReturn:
    raise faults.NUMBER_UNUSABLE(given=clip(text), digits=DIGITS)


def _decimal(text: str) -> Decimal:
    if len(text) <= 2 * DIGITS:
        value = Decimal(text) if "e" not in text.lower() or len(text.lower().partition("e")[2]) <= 5 else None
        if value is not None and -DIGITS <= value.adjusted() < DIGITS and len(value.as_tuple().digits) <= DIGITS:
            return value
    _refuse_number(text)


def _integer(text: str) -> int:
    if len(text) > DIGITS:
        _refuse_number(text)
    return int(text)


_DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=_integer, parse_constant=_refuse_number)
_QUICK = msgspec.json.Decoder(float_hook=_decimal)
_BRACES = bytes.maketrans(b"[]", b"{}")
_NEITHER_BRACKET_NOR_QUOTE: Final = bytes(code for code in range(256) if code not in b'[]{}"')
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER: Final = b"0" * 19


def _quickly(data: bytes, limits: ReadingLimits) -> dict[str, Json] | None:
    """Return what a sound document of plain JSON says; None where it must be looked at more closely."""
    if data.count(b",") + data.count(b"[") + data.count(b"{") >= limits.elements:
        return None
    if _LONG_NUMBER in data.translate(_DIGITS_ALIKE):
        return None
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in data else data
    nested = b"".join(bare.translate(_BRACES, _NEITHER_BRACKET_NOR_QUOTE).split(b'"')[::2])
    for _ in range(limits.depth):
        nested = nested.replace(b"{}", b"")  # the innermost of all
        if not nested:
            break
    else:
        return None
    try:
        value = _QUICK.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Fault):
        return None
    return value if isinstance(value, dict) else None


def _malformed(text: str, error: json.JSONDecodeError) -> Fault:
    near = text[error.pos : error.pos + 20].split("\n", maxsplit=1)[0] or "∅"
    return faults.MALFORMED_JSON(at=f"char {error.pos + 1}", line=error.lineno, column=error.colno, near=near)


def read_json(data: bytes, limits: ReadingLimits | None = None) -> dict[str, Json]:
    """Return the JSON object in ``data`` (UTF-8, a byte order mark is ignored).

    :raises Fault: one of ``integration.document_too_large``, ``too_many_elements``, ``nested_too_deep``, ``not_utf8``,
        ``malformed_json``, ``text_unstorable``, ``number_unusable``, ``not_object``.
    """
    limits = limits or ReadingLimits()
    if len(data) > limits.size:
        raise faults.DOCUMENT_TOO_LARGE(limit=limits.size)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\\u" not in data:
        value = _quickly(data, limits)
        if value is not None:
            return value
    _check_shape(data, limits)
    if b"\\u" in data:
        _check_escapes(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise faults.NOT_UTF8(at=_position(data, error.start)) from None
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _malformed(text, error) from None
    except Fault as fault:
        fault.at = fault.at or f"char {text.find(str(fault.params.get('given')).rstrip('…')) + 1}"
        raise
    if not isinstance(value, dict):
        raise faults.NOT_OBJECT(at="/")
    return value
