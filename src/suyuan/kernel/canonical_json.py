"""JSON in the one form of RFC 8785, so that equal documents have equal bytes and thus equal hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785

_EXACT_INTEGER = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


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


def canonical_json(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the RFC 8785 bytes of ``document``; what Python's quick encoder writes alike is left to it."""
    try:
        return _ENCODER.encode(_quick_value(document)).encode()
    except (_NeedsFullAlgorithm, UnicodeEncodeError):
        return rfc8785.dumps(_full_value(document))


def plain_json(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the RFC 8785 bytes of what holds no fractions, no large integers and only ASCII keys: quicker."""
    return _ENCODER.encode(document).encode()


def content_hash(document: Any) -> bytes:  # noqa: ANN401 (any JSON value)
    """Return the 32-byte hash of ``document``; numbers are IEEE doubles there, as RFC 8785 demands."""
    return hashlib.sha256(canonical_json(document)).digest()
