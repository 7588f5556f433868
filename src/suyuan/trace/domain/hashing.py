"""The hash of an event: SHA-256 over its RFC 8785 canonical JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785

_EXACT_INTEGER = 2**53 - 1


def _canonical_value(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) <= _EXACT_INTEGER else float(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _EXACT_INTEGER:
        return float(value)
    if isinstance(value, Mapping):
        return {key: _canonical_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical_value(inner) for inner in value]
    return value


def content_hash(document: Mapping[str, Any]) -> bytes:
    """Return the 32-byte hash of ``document``; numbers are IEEE doubles there, as RFC 8785 (section 3.2.2.3) demands."""
    return hashlib.sha256(rfc8785.dumps(_canonical_value(document))).digest()
