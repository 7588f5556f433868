"""Checks of single values, each equal in verdict to its definition in the EPCIS 2.0.1 JSON schema.

A check takes the value, its JSON pointer and the report that it adds findings to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from suyuan.integration.domain.epcis import faults, vocabulary
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.report import Report, pointer
from suyuan.kernel.faults import Fault, FaultKind
from suyuan.kernel.instants import Instant

Check = Callable[[Json, str, Report], None]

_PART: Final = r"[A-Za-z0-9\-._~!$&'()*+,;=:@]"
_URI = re.compile(
    # most have nothing to be parsed: the first line admits nothing that the others refuse
    r"(?:https?://[a-z0-9.]++/|urn:[a-z0-9]++:)[A-Za-z0-9\-._~/:]*+|"
    r"[A-Za-z][A-Za-z0-9+.\-]*+:"
    r"(?://(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*+@?"
    r"(?:\[[0-9A-Fa-f:.vV]++\](?::[0-9]*+)?|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*+(?::[0-9]*+)?)(?![^/?#])"
    r"|(?!//))"
    rf"(?:(?:{_PART}|/)++|%[0-9A-Fa-f]{{2}})*+"
    rf"(?:\?(?:(?:{_PART}|[/?])++|%[0-9A-Fa-f]{{2}})*+)?"
    rf"(?:#(?:(?:{_PART}|[/?])++|%[0-9A-Fa-f]{{2}})*+)?"
)
is_uri = _URI.fullmatch
"""Match a URI by the grammar of RFC 3986 (``format: uri`` of the schema)."""
_UOM = re.compile(r"[A-Z0-9]{2,3}").fullmatch
_HEX = re.compile(r"[A-Fa-f0-9]+").fullmatch
_OFFSET = re.compile(r"[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)").fullmatch
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*").fullmatch


def text(value: Json, at: str, report: Report) -> None:
    """Json string."""
    if type(value) is not str:
        report.add(faults.NOT_TEXT, at)


def uri(value: Json, at: str, report: Report) -> None:
    """A URI with a scheme."""
    if type(value) is not str:
        report.add(faults.NOT_TEXT, at)
    elif is_uri(value) is None:
        report.add(faults.NOT_URI, at, given=value)


LONGEST_IDENTIFIER: Final = 2000
"""Characters of a URI that the ledger looks things up by."""


def identifier(value: Json, at: str, report: Report) -> None:
    """A URI that the ledger looks things up by, and which must fit into its indexes."""
    uri(value, at, report)
    not_too_long(value, at, report)


def not_too_long(value: Json, at: str, report: Report, limit: int = LONGEST_IDENTIFIER) -> None:
    """Refuse a text of more than ``limit`` characters."""
    if type(value) is str and len(value) > limit:
        report.add(faults.TEXT_TOO_LONG, at, given=value, length=len(value), limit=limit)


def number(value: Json, at: str, report: Report) -> None:
    """An exact number."""
    if type(value) is not int and type(value) is not Decimal:
        report.add(faults.NOT_NUMBER, at)


def boolean(value: Json, at: str, report: Report) -> None:
    """True or false."""
    if type(value) is not bool:
        report.add(faults.NOT_BOOLEAN, at)


def time(value: Json, at: str, report: Report) -> None:
    """An instant with its offset."""
    if type(value) is not str:
        report.add(faults.NOT_TEXT, at)
        return
    try:
        Instant.parse(value, at=at)
    except Fault as fault:
        report.take(fault, at)


def anything(value: Json, at: str, report: Report) -> None:
    """Json JSON value: the schema does not constrain this field here."""


def _matching(matches: Callable[[str], object], kind: FaultKind) -> Check:
    def check(value: Json, at: str, report: Report) -> None:
        if type(value) is not str:
            report.add(faults.NOT_TEXT, at)
        elif not matches(value):
            report.add(kind, at, given=value)

    return check


uom = _matching(_UOM, faults.UOM_WRONG)
hexadecimal = _matching(_HEX, faults.HEX_WRONG)
offset = _matching(_OFFSET, faults.OFFSET_WRONG)
version = _matching(_VERSION, faults.VERSION_WRONG)
action = _matching(vocabulary.ACTIONS.__contains__, faults.ACTION_UNKNOWN)


def vocabulary_name(names: frozenset[str], title: str, refused: re.Pattern[str]) -> Check:
    """Return a check for a bare name out of ``names`` or a URI that does not match ``refused``."""

    def check(value: Json, at: str, report: Report) -> None:
        if type(value) is not str:
            report.add(faults.NOT_TEXT, at)
        elif value in names:
            return
        elif is_uri(value) is None:
            report.add(faults.NOT_IN_VOCABULARY, at, given=value, vocabulary=title)
        elif refused.match(value) is not None:
            report.add(faults.NAME_NOT_BARE, at, given=value, bare=vocabulary.last_part(value))
        else:
            not_too_long(value, at, report)

    return check


_CBV = vocabulary.IS_CBV_URI
biz_step = vocabulary_name(vocabulary.BIZ_STEPS, "bizStep", _CBV)
disposition = vocabulary_name(vocabulary.DISPOSITIONS, "disposition", _CBV)
transaction_type = vocabulary_name(vocabulary.TRANSACTION_TYPES, "bizTransaction type", _CBV)
party_type = vocabulary_name(vocabulary.PARTY_TYPES, "source/destination type", _CBV)
error_reason = vocabulary_name(vocabulary.ERROR_REASONS, "error reason", _CBV)
component = vocabulary_name(vocabulary.COMPONENTS, "component", _CBV)
measurement = vocabulary_name(vocabulary.MEASUREMENTS, "measurement type", vocabulary.IS_GS1_VOCABULARY_URI)
sensor_alert = vocabulary_name(vocabulary.SENSOR_ALERTS, "sensor alert", vocabulary.IS_GS1_VOCABULARY_URI)


def list_of(check: Check, *, least: int = 0, unique: bool = False) -> Check:
    """Return a check for a list whose entries pass ``check``; ``unique`` refuses equal entries."""

    def check_list(value: Json, at: str, report: Report) -> None:
        if type(value) is not list:
            report.add(faults.NOT_LIST, at)
            return
        if len(value) < least:
            report.add(faults.LIST_EMPTY, at)
        for index, entry in enumerate(value):
            check(entry, f"{at}/{index}", report)
        if unique and len(value) > 1:
            _refuse_doubles(value, at, report)

    return check_list


def uri_list(*, unique: bool = False) -> Check:
    """Return a check for a list of URIs; the fast path of long EPC lists."""

    def check_list(value: Json, at: str, report: Report) -> None:
        if type(value) is not list:
            report.add(faults.NOT_LIST, at)
            return
        for index, entry in enumerate(value):
            if type(entry) is not str or is_uri(entry) is None:
                uri(entry, f"{at}/{index}", report)
                if report.full:
                    return
        if unique and len(value) > 1:
            _refuse_doubles(value, at, report)

    return check_list


def _refuse_doubles(entries: list[Json], at: str, report: Report) -> None:
    if all(type(entry) is str for entry in entries):
        if len(set(entries)) == len(entries):
            return
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry in seen:
                report.add(faults.DUPLICATE_ENTRY, f"{at}/{index}", given=entry)
            seen.add(entry)
        return
    for index, entry in enumerate(entries[:100]):
        if any(type(entry) is type(other) and entry == other for other in entries[:index]):
            report.add(faults.DUPLICATE_ENTRY, f"{at}/{index}", given=entry)


def extension_name(name: str, at: str, report: Report) -> None:
    """Check the name of a field that the standard does not define: it must carry a declared namespace."""
    if ":" not in name or is_uri(name) is None:
        report.add(faults.FIELD_UNKNOWN, pointer(at, name), name=name)
    elif not report.names.declares(name):
        report.add(faults.NAMESPACE_UNDECLARED, pointer(at, name), name=name, prefix=name.partition(":")[0])


def record(fields: Mapping[str, Check], required: tuple[str, ...] = (), *, extensible: bool) -> Check:
    """Return a check for an object with ``fields``; others are extensions, or refused unless ``extensible``."""

    def check_record(value: Json, at: str, report: Report) -> None:
        if type(value) is not dict:
            report.add(faults.NOT_OBJECT, at)
            return
        for name in required:
            if name not in value:
                report.add(faults.FIELD_MISSING, at, name=name)
        for name, member in value.items():
            check = fields.get(name)
            if check is not None:
                check(member, f"{at}/{name}", report)
            elif extensible:
                extension_name(name, at, report)
            else:
                report.add(faults.FIELD_UNKNOWN, pointer(at, name), name=name)

    return check_record


def place(value: Json, at: str, report: Report) -> None:
    """A read point or business location: an object with ``id``; the schema leaves its other members open."""
    if type(value) is not dict:
        report.add(faults.NOT_OBJECT, at)
    elif "id" not in value:
        report.add(faults.FIELD_MISSING, at, name="id")
    elif type(value["id"]) is not str or not _place_known(value["id"]):
        uri(value["id"], f"{at}/id", report)


@lru_cache(maxsize=2000)
def _place_known(value: str) -> bool:
    return is_uri(value) is not None


_CONTEXT_ENTRY_KINDS = (str, dict)


def context(value: Json, at: str, report: Report) -> None:
    """A JSON-LD context: a URI, an object, or a list of those without doubles."""
    entries = value if type(value) is list else [value]
    for index, entry in enumerate(entries):
        here = f"{at}/{index}" if type(value) is list else at
        if type(entry) is str:
            uri(entry, here, report)
        elif type(entry) is not dict:
            report.add(faults.NOT_OBJECT, here)
    if len(entries) > 1:
        _refuse_doubles(entries, at, report)
