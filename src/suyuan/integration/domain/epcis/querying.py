"""EPCIS query parameters: from the query string of ``GET /events`` to an :class:`EventQuery`, and page tokens."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final

from suyuan.integration.contracts import (
    QUERY_PARAMETER_NEEDS,
    QUERY_PARAMETER_TWICE,
    QUERY_PARAMETER_UNKNOWN,
    QUERY_PARAMETERS_EXCLUSIVE,
    QUERY_VALUE_WRONG,
)
from suyuan.integration.domain.epcis import vocabulary
from suyuan.integration.domain.epcis.checks import is_uri
from suyuan.integration.domain.epcis.mapping import Identify
from suyuan.integration.domain.epcis.report import clip
from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant
from suyuan.trace.contracts import Action, EventQuery, EventType, ItemKind, ItemMatch, PagePosition, Role
from suyuan.trace.contracts.cbv_names import OWN_DISPOSITIONS

PER_PAGE_MOST: Final = 1000
VALUES_MOST: Final = 500
"""The most values one parameter may list."""
_ANY: Final = frozenset(Role)
_LISTED: Final = frozenset({Role.SUBJECT, Role.CHILD})
_MATCHES: Final[dict[str, tuple[frozenset[Role], bool]]] = {
    "MATCH_epc": (_LISTED, False),
    "MATCH_anyEPC": (_ANY, False),
    "MATCH_parentID": (frozenset({Role.PARENT}), False),
    "MATCH_inputEPC": (frozenset({Role.INPUT}), False),
    "MATCH_outputEPC": (frozenset({Role.OUTPUT}), False),
    "MATCH_epcClass": (_LISTED, True),
    "MATCH_anyEPCClass": (_ANY, True),
    "MATCH_inputEPCClass": (frozenset({Role.INPUT}), True),
    "MATCH_outputEPCClass": (frozenset({Role.OUTPUT}), True),
}


def _wrong(name: str, given: str, allowed: str) -> Fault:
    return QUERY_VALUE_WRONG(at=name, name=name, given=clip(given), allowed=allowed)


def _time(name: str, value: str) -> datetime:
    if value[-6:-5] == " ":  # an unencoded + of the offset arrives as a space
        value = f"{value[:-6]}+{value[-5:]}"
    try:
        return Instant.parse(value, at=name).utc
    except Fault:
        raise _wrong(name, value, "2026-11-21T08:00:00+08:00") from None


def _count(name: str, value: str, most: int = 10_000_000) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 12) or not 1 <= int(value) <= most:
        raise _wrong(name, value, f"1–{most}")
    return int(value)


def _values(name: str, value: str) -> list[str]:
    values = [part for part in value.split("|") if part]
    if not 0 < len(values) <= VALUES_MOST:
        raise _wrong(name, value, f"a|b|… (1–{VALUES_MOST})")
    return values


def _one_of(name: str, value: str, allowed: Iterable[str]) -> list[str]:
    values = _values(name, value)
    names = list(allowed)
    for given in values:
        if given not in names:
            raise _wrong(name, given, ", ".join(names))
    return values


def _named(name: str, value: str, bare: Callable[[str], str], names: frozenset[str]) -> tuple[str, ...]:
    values = [bare(part) for part in _values(name, value)]
    for given in values:
        if given not in names and is_uri(given) is None:
            raise _wrong(name, given, "CBV 2.0, URI")
    return tuple(values)


def _uris(name: str, value: str) -> tuple[str, ...]:
    values = _values(name, value)
    for given in values:
        if is_uri(given) is None:
            raise _wrong(name, given, "URI")
    return tuple(values)


def _boolean(name: str, value: str) -> bool:
    return _one_of(name, value, ("true", "false")) == ["true"]


def _places(name: str, value: str, identify: Identify) -> tuple[str, ...]:
    places = []
    for given in _uris(name, value):
        try:
            places.append(identify.place(given))
        except Fault as fault:
            raise _wrong(name, given, fault.remedy("en")) from None
    return tuple(places)


def _match(name: str, value: str, identify: Identify) -> ItemMatch:
    roles, classes = _MATCHES[name]
    uris: list[str] = []
    products: list[str] = []
    for given in _uris(name, value):
        try:
            if classes:
                uris.append(identify.epc_class(given).uri)
            elif given.startswith("urn:epc:idpat:"):
                pattern = identify.epc_class(given)
                if pattern.kind is not ItemKind.PRODUCT:
                    raise _wrong(name, given, "urn:epc:idpat:sgtin:….….*")
                products.append(pattern.uri)
            else:
                uris.append(identify.epc(given).uri)
        except Fault as fault:
            raise fault if fault.kind is QUERY_VALUE_WRONG else _wrong(name, given, fault.remedy("en")) from None
    return ItemMatch(roles, tuple(uris), tuple(products), classes)


_DISPOSITIONS: Final = vocabulary.DISPOSITIONS | OWN_DISPOSITIONS
Reader = Callable[[str, str], Any]
_READERS: Final[dict[str, tuple[str, Reader]]] = {
    "eventType": ("types", lambda name, value: tuple(map(EventType, _one_of(name, value, EventType)))),
    "GE_eventTime": ("time_from", _time),
    "LT_eventTime": ("time_until", _time),
    "GE_recordTime": ("recorded_from", _time),
    "LT_recordTime": ("recorded_until", _time),
    "EQ_action": ("actions", lambda name, value: tuple(map(Action, _one_of(name, value, Action)))),
    "EQ_bizStep": ("biz_steps", lambda name, value: _named(name, value, vocabulary.bare_step, vocabulary.BIZ_STEPS)),
    "EQ_disposition": (
        "dispositions",
        lambda name, value: _named(name, value, vocabulary.bare_disposition, _DISPOSITIONS),
    ),
    "EQ_errorReason": (
        "error_reasons",
        lambda name, value: _named(name, value, vocabulary.bare_error_reason, vocabulary.ERROR_REASONS),
    ),
    "EXISTS_errorDeclaration": ("declares_error", lambda name, value: _boolean(name, value) or None),
    "EQ_transformationID": ("transformation_ids", _uris),
    "EQ_eventID": ("event_ids", _uris),
    "orderBy": ("order_by", lambda name, value: _one_of(name, value, ("eventTime", "recordTime"))[0]),
    "orderDirection": ("descending", lambda name, value: _one_of(name, value, ("ASC", "DESC")) == ["DESC"]),
    "eventCountLimit": ("event_count_limit", _count),
    "maxEventCount": ("max_event_count", _count),
    "perPage": ("per_page", lambda name, value: _count(name, value, PER_PAGE_MOST)),
    "nextPageToken": ("after", lambda name, value: read_token(value)),
}
_PLACES: Final = {"EQ_readPoint": "read_points", "EQ_bizLocation": "biz_locations"}
PARAMETERS: Final = (*_READERS, *_PLACES, *_MATCHES)
"""Every parameter understood, for the interface description."""


def parse_query(parameters: Iterable[tuple[str, str]], identify: Identify) -> EventQuery:
    """Return the query that the (name, value) pairs of a query string ask for; several values are divided by ``|``.

    :raises Fault: an ``integration.query_…`` kind (``epcisException:QueryParameterException``).
    """
    fields: dict[str, Any] = {}
    items: list[ItemMatch] = []
    given: set[str] = set()
    for name, value in parameters:
        if name in given:
            raise QUERY_PARAMETER_TWICE(at=name, name=name)
        given.add(name)
        if name in _READERS:
            field, reader = _READERS[name]
            fields[field] = reader(name, value)
        elif name in _PLACES:
            fields[_PLACES[name]] = _places(name, value, identify)
        elif name in _MATCHES:
            items.append(_match(name, value, identify))
        else:
            raise QUERY_PARAMETER_UNKNOWN(at=clip(name), name=clip(name))
    if {"eventCountLimit", "maxEventCount"} <= given:
        raise QUERY_PARAMETERS_EXCLUSIVE(at="maxEventCount", name="eventCountLimit", other="maxEventCount")
    if "eventCountLimit" in given and "orderBy" not in given:
        raise QUERY_PARAMETER_NEEDS(at="eventCountLimit", name="eventCountLimit", other="orderBy")
    if "orderBy" in given:
        fields.setdefault("descending", True)
    else:
        fields["descending"] = False
    return EventQuery(**fields, items=tuple(items))


def write_token(position: PagePosition) -> str:
    """Return the opaque ``nextPageToken`` for a position."""
    content = json.dumps([position.time.astimezone(UTC).isoformat(), position.number, position.remaining])
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def read_token(token: str) -> PagePosition:
    """Return the position that :func:`write_token` wrote.

    :raises Fault: ``integration.query_value_wrong`` for anything else.
    """
    try:
        if len(token) > 200:
            raise ValueError
        time, number, remaining = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if type(number) is not int or not 0 <= number < 2**63 or not (remaining is None or type(remaining) is int):
            raise ValueError
        return PagePosition(datetime.fromisoformat(time).astimezone(UTC), number, remaining)
    except (ValueError, TypeError, RecursionError, OverflowError, binascii.Error):
        raise _wrong("nextPageToken", token, 'Link: <…>; rel="next"') from None
