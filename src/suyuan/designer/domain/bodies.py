"""Reading bodies by the type of their kind, and their canonical bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import rfc8785

from suyuan.designer.contracts import BODY_INVALID, DesignProblem
from suyuan.kernel.faults import Fault

KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 500
_PLACE: Final = re.compile(r" - at `\$?(?:\.?)(?P<path>[^`]*)`$")


def pointer(path: str) -> str:
    """Return a JSON pointer for msgspec's path: ``segments[0].width`` becomes ``/segments/0/width``."""
    steps = re.findall(r"[^.\[\]]+", path)
    return "".join(f"/{step}" for step in steps)


def read(kind: str, model: Any, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 (the type of any kind)
    """Return the body as a value of its kind's type.

    :raises Fault: ``designer.body_invalid`` with the place.
    """
    try:
        return msgspec.convert(body, model)
    except (msgspec.ValidationError, OverflowError) as error:
        said = str(error)
        found = _PLACE.search(said)
        place = pointer(found["path"]) if found else ""
        raise BODY_INVALID(at=place or "/", why=_PLACE.sub("", said)[:300], kind=kind) from None


def schema(model: Any) -> dict[str, Any]:  # noqa: ANN401 (the type of any kind)
    """Return the JSON schema (2020-12) that every body of the kind keeps."""
    return msgspec.json.schema(model)


def plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 (the body of any kind)
    """Return a typed body as JSON values, with every default written out."""
    return msgspec.json.decode(msgspec.json.encode(value), type=dict[str, Any])


def in_order(kind: str, model: Any, body: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401 (any kind's type)
    """Return a stored body with its members in the order of its type: the database keeps its own."""
    try:
        return plain(read(kind, model, body))
    except Fault:  # made by a type that has changed since; it is shown as it was
        return body


def content_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the body's canonical bytes (RFC 8785), hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()


def problems_of(faults: Sequence[Fault]) -> tuple[DesignProblem, ...]:
    """Return faults as what is shown beside the design."""
    return tuple(
        DesignProblem(
            fault.at or "",
            fault.kind.code,
            fault.title("zh"),
            fault.title("en"),
            fault.remedy("zh"),
            fault.remedy("en"),
        )
        for fault in faults
    )
