"""JSON in the one form of RFC 8785, so that equal documents have equal bytes and thus equal hashes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec
import rfc8785

_EXACT_INTEGER = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_SORTED = msgspec.json.Encoder(order="sorted", decimal_format="number")
# What may be written otherwise than RFC 8785 demands; what strings hold can look like it, which does no harm.
_DOUBTFUL = (
    rb"(?=[-0-9NIsn])"
    rb"(?!(?=[-0-9.]{1,15}[],}])(?:0|-?[1-9][0-9]*|-?(?:0\.(?!000)|[1-9][0-9]*\.)[0-9]*[1-9])[],}])"
)
_DOUBTFUL_MEMBER = re.compile(rb'":' + _DOUBTFUL).search
_DOUBTFUL_FIRST = re.compile(rb"\[" + _DOUBTFUL).search
_DOUBTFUL_NEXT = re.compile(rb"," + _DOUBTFUL).search
_ASTRAL = re.compile(rb"[\xf0-\xf4]").search  # RFC 8785 sorts keys by UTF-16 code units, msgspec by UTF-8


class _NeedsFullAlgorithm(Exception):  # noqa: N818 (a signal, caught below)
    """The document holds what Python's encoder writes otherwise than RFC 8785."""


def _number(value: float | Decimal) -> int | float:
    """Return the IEEE double that RFC 8785 (section 3.2.2.3) makes of a number; integral ones as int."""
    number = float(value)
    if number.is_integer():
        if abs(number) > _EXACT_INTEGER:
            raise _NeedsFullAlgorithm
        return int(number)
    # Between these Python and ECMAScript write the same digits without an exponent.
    if not 1e-4 <= abs(number) < 1e16:
        raise _NeedsFullAlgorithm
    return number


def _quick_value(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict:
        if any(max(key, default="") >= "\ud800" for key in value):
            raise _NeedsFullAlgorithm  # RFC 8785 sorts keys by UTF-16 code units
        return {key: _quick_value(inner) for key, inner in value.items()}
    if kind is list or kind is tuple:
        return [_quick_value(inner) for inner in value]
    if kind is int:
        return value if abs(value) <= _EXACT_INTEGER else _number(value)
    if kind is float or kind is Decimal:
        return _number(value)
    raise _NeedsFullAlgorithm


def _full_value(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) > _EXACT_INTEGER):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) <= _EXACT_INTEGER else number
    if isinstance(value, Mapping):
        return {key: _full_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_full_value(inner) for inner in value]
    return value


def exact_canonical_json(document: Any) -> bytes | None:  # noqa: ANN401 (any JSON value)
    """Return the RFC 8785 bytes of ``document`` where they keep every digit of its numbers; None where they may not.

    An event with plain numbers (``12``, ``3.75``) is encoded once, for its hash and for its row.
    """
    try:
        text = _SORTED.encode(document)
    except (TypeError, ValueError, RecursionError):
        return None
    doubtful = _DOUBTFUL_MEMBER(text) or _DOUBTFUL_FIRST(text) or _DOUBTFUL_NEXT(text) or text[0] not in b"{["
    return None if doubtful or not (text.isascii() or _ASTRAL(text) is None) else text


def canonical_json(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the RFC 8785 bytes of ``document``; what quicker encoders write alike is left to them."""
    exact = exact_canonical_json(document)
    if exact is not None:
        return exact
    try:
        return _ENCODER.encode(_quick_value(document)).encode()
    except (_NeedsFullAlgorithm, UnicodeEncodeError):
        return rfc8785.dumps(_full_value(document))


def plain_json(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the RFC 8785 bytes of what holds no fractions, no large integers and only ASCII keys: quicker."""
    return _SORTED.encode(document)


def content_hash(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the 32-byte hash of ``document``; numbers are IEEE doubles there, as RFC 8785 demands."""
    return hashlib.sha256(canonical_json(document)).digest()
