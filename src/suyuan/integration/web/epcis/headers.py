"""The standard's headers: which versions and formats are spoken here, and what a client may ask for."""

from __future__ import annotations

import re
from typing import Final

from suyuan.chassis.http import HotRequest, HotResponse
from suyuan.integration.api import CAPTURE_LIMIT, size_limit
from suyuan.integration.contracts import MEDIA_TYPE_UNSUPPORTED, NOT_ACCEPTABLE, CaptureBehaviour
from suyuan.kernel.faults import Fault

VERSION: Final = "2.0.0"
SPOKEN: Final = (
    ("GS1-EPCIS-Version", VERSION),
    ("GS1-CBV-Version", VERSION),
    ("GS1-Extensions", "suyuan=urn:suyuan:vocab:"),
)
RANGES: Final = (
    ("GS1-EPCIS-Min", "2.0.0"), ("GS1-EPCIS-Max", "2.0.1"), ("GS1-CBV-Min", "2.0.0"), ("GS1-CBV-Max", "2.0.1"),
)  # fmt: skip
JSON_TYPES: Final = ("application/json", "application/ld+json")
_ACCEPTED: Final = frozenset({*JSON_TYPES, "application/problem+json", "application/*", "*/*", ""})
_FORMATS: Final = ("No_Preference", "Never_Translates")
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})*")


def _refuse(header: str, given: str, allowed: str) -> Fault:
    return NOT_ACCEPTABLE(at=header, header=header, given=given[:80], allowed=allowed)


def _version(request: HotRequest, header: str) -> tuple[int, int] | None:
    given = request.headers.get(header.lower())
    if given is None:
        return None
    match = _VERSION.fullmatch(given.strip())
    if match is None:
        raise _refuse(header, given, VERSION)
    return int(match[1]), int(match[2])


def check_negotiation(request: HotRequest) -> None:
    """Refuse what cannot be answered as asked.

    :raises Fault: ``integration.not_acceptable`` (406).
    """
    accept = request.headers.get("accept", "")
    kinds = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    if not kinds & _ACCEPTED:
        raise _refuse("Accept", accept, ", ".join(JSON_TYPES))
    for vocabulary in ("EPCIS", "CBV"):
        low, high = (_version(request, f"GS1-{vocabulary}-{end}") for end in ("Min", "Max"))
        if (low and low > (2, 0)) or (high and high < (2, 0)):
            raise _refuse(f"GS1-{vocabulary}-{'Min' if low and low > (2, 0) else 'Max'}", accept_of(request), VERSION)
    wanted = request.headers.get("gs1-epc-format", "Never_Translates").strip()
    if wanted not in _FORMATS:
        raise _refuse("GS1-EPC-Format", wanted, ", ".join(_FORMATS))


def accept_of(request: HotRequest) -> str:
    """Return the version headers of a request as one text."""
    return ", ".join(f"{name}: {value}" for name, value in request.headers.items() if name.startswith("gs1-"))


def check_content(request: HotRequest) -> None:
    """Refuse a body in a language not understood here.

    :raises Fault: ``integration.media_type_unsupported`` (415) or ``integration.not_acceptable`` (406).
    """
    given = request.headers.get("content-type", JSON_TYPES[0])
    kind, _, parameters = given.lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
    if kind.strip() not in JSON_TYPES or charset not in ("utf-8", "utf8"):
        raise MEDIA_TYPE_UNSUPPORTED(at="Content-Type", given=given[:80])
    for header in ("GS1-EPCIS-Version", "GS1-CBV-Version"):
        asked = _version(request, header)
        if asked is not None and asked != (2, 0):
            raise _refuse(header, request.headers[header.lower()], VERSION)


def behaviour_of(request: HotRequest) -> CaptureBehaviour:
    """Return the capture error behaviour that the client wants; ``rollback`` where it does not say.

    :raises Fault: ``integration.not_acceptable`` (406).
    """
    given = request.headers.get("gs1-capture-error-behaviour", CaptureBehaviour.ROLLBACK).strip().lower()
    if given not in tuple(CaptureBehaviour):
        raise _refuse("GS1-Capture-Error-Behaviour", given, ", ".join(CaptureBehaviour))
    return CaptureBehaviour(given)


def options(allow: str, *, capture: bool = False) -> HotResponse:
    """Return the answer to OPTIONS: what this resource can do."""
    limits = (
        ("GS1-EPCIS-Capture-Limit", str(CAPTURE_LIMIT)),
        ("GS1-EPCIS-Capture-File-Size-Limit", str(size_limit())),
        ("GS1-Capture-Error-Behaviour", "all"),
    )
    formats = (("GS1-EPC-Format", "Never_Translates"), ("Allow", allow))
    return HotResponse(b"", 204, JSON_TYPES[0], (*SPOKEN, *RANGES, *formats, *(limits if capture else ())))
