"""Bodies and parameters as what they should be, or a refusal that names the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from suyuan.chassis.contracts import BODY_MALFORMED, NOT_FOUND

_DIGITS = 16


def decoded(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:  # noqa: ANN401 (the decoder's type)
    """Return a body as the decoder's type.

    :raises Fault: ``chassis.body_malformed`` with the place.
    """
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `$")
        at = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", place.rstrip("`")).replace(".", "/").replace("///", "/…")
        raise BODY_MALFORMED(at=at, why=f"{at}: {why}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BODY_MALFORMED(why=str(error)[:200]) from None


def uuid_in(given: str) -> UUID:
    """Return a UUID.

    :raises Fault: ``chassis.not_found``.
    """
    try:
        return UUID(given)
    except ValueError:
        raise NOT_FOUND(what=given[:80]) from None


def number_in(given: Mapping[str, str], name: str, default: int, most: int, least: int = 1) -> int:
    """Return a whole number of a query.

    :raises Fault: ``chassis.body_malformed``.
    """
    text = given.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and least <= int(text) <= most):
        raise BODY_MALFORMED(at=name, why=f"{name}: {least}–{most}")
    return int(text)
