"""Checks of a value against its application identifier: length, characters, content.

Content checks follow GS1's published reference checks of the same names, with one simplification: a company prefix is
checked to be digits, as there is no allocation list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier, Charset, Check
from suyuan.coding.domain.check_digits import CSET32, check_pair, iban_remainder, mod10, swaps_that_repair
from suyuan.coding.domain.code_lists import COUNTRY_LETTERS, COUNTRY_NUMBERS, CURRENCY_NUMBERS, PACKAGE_TYPES
from suyuan.coding.domain.coupons import coupon_fault, positive_offer_fault
from suyuan.coding.domain.elements import Element, shown
from suyuan.kernel.faults import Fault

_BAD: Final = {
    Charset.DIGITS: (re.compile(r"[^0-9]"), "0-9"),
    Charset.CSET82: (re.compile(r"[^!-\"%-?A-Z_a-z]"), "0-9 A-Z a-z ! \" % & ' ( ) * + , - . / : ; < = > ? _"),
    Charset.CSET39: (re.compile(r"[^#\-/0-9A-Z]"), "0-9 A-Z # - /"),
    Charset.BASE64URL: (re.compile(r"[^\-_0-9A-Za-z=]"), "0-9 A-Z a-z - _ ="),
}
_SWAPS_WORTH_SHOWING: Final = 3
_SHORTEST_PREFIX: Final = 4
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def check_value(rule: ApplicationIdentifier, element: Element) -> None:
    """Raise the fault of the first thing wrong with ``element``; return if it keeps ``rule``."""
    simple = _OF_ONE_COMPONENT.get(rule.ai)
    if simple is None or simple[0](element.value) is None:
        _check_components(rule, element)
        return
    for check in simple[1]:
        check(element, element.value, 0)


def _check_components(rule: ApplicationIdentifier, element: Element) -> None:
    value, offset = element.value, 0
    if not rule.minimum <= len(value) <= rule.maximum:
        raise wrong_length(rule, element)
    for component in rule.components:
        if offset == len(value):
            break
        chunk = value[offset : offset + component.maximum]
        if len(chunk) < component.minimum:
            raise wrong_length(rule, element)
        pattern, allowed = _BAD[component.charset]
        bad = pattern.search(chunk)
        if bad is not None:
            raise faults.VALUE_CHARACTER(
                at=element.at(offset + bad.start()), ai=rule.ai, character=_visible(bad[0]), allowed=allowed
            )
        for check in component.checks:
            _CHECKS[check](element, chunk, offset)
        offset += len(chunk)


def wrong_length(rule: ApplicationIdentifier, element: Element) -> Fault:
    """Return the fault for a value that is too short or too long for ``rule``."""
    return faults.VALUE_LENGTH(
        at=element.at(), ai=rule.ai, expected=rule.lengths, length=len(element.value), given=shown(element.value)
    )


def _visible(character: str) -> str:
    return character if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"


def check_digit_fault(digits: str, at: str) -> Fault:
    """Return the fault for ``digits`` whose last one is not the GS1 check digit of the others."""
    swaps = swaps_that_repair(digits)
    expected, found = mod10(digits[:-1]), digits[-1]
    if 0 < len(swaps) <= _SWAPS_WORTH_SHOWING:
        return faults.CHECK_DIGIT_SWAPPED(
            at=at, given=digits, found=found, expected=expected, suggestion=" / ".join(swaps)
        )
    return faults.CHECK_DIGIT(at=at, given=digits, found=found, expected=expected)


def _csum(element: Element, chunk: str, offset: int) -> None:
    if mod10(chunk[:-1]) != chunk[-1]:
        raise check_digit_fault(chunk, element.at(offset + len(chunk) - 1))


def _csum_alpha(element: Element, chunk: str, offset: int) -> None:
    body, pair = chunk[:-2], chunk[-2:]
    if len(pair) < 2 or any(character not in CSET32 for character in pair) or check_pair(body) != pair:
        raise faults.CHECK_PAIR(
            at=element.at(offset + max(len(chunk) - 2, 0)), given=chunk, found=pair, expected=check_pair(body)
        )


def _company_prefix(element: Element, chunk: str, offset: int) -> None:
    head = chunk[:_SHORTEST_PREFIX]
    if len(head) < _SHORTEST_PREFIX or not head.isdigit():
        raise faults.COMPANY_PREFIX(at=element.at(offset), ai=element.ai, given=shown(chunk))


def _date_check(pattern: str, *, day_zero: bool = False) -> Callable[[Element, str, int], None]:
    def check(element: Element, chunk: str, offset: int) -> None:
        year, month, day = int(chunk[:-4]), int(chunk[-4:-2]), int(chunk[-2:])
        try:
            # Two-digit years: 00 is 2000, a leap year, for every scan made before 2050.
            date(year + 2000 if len(chunk) == 6 else year, month, day or (1 if day_zero else 0))
        except ValueError:
            raise faults.IMPOSSIBLE_DATE(at=element.at(offset), ai=element.ai, given=chunk, pattern=pattern) from None

    return check


def _time_check(pattern: str, *limits: int) -> Callable[[Element, str, int], None]:
    def check(element: Element, chunk: str, offset: int) -> None:
        if any(int(chunk[2 * i : 2 * i + 2]) >= limit for i, limit in enumerate(limits)):
            raise faults.IMPOSSIBLE_TIME(at=element.at(offset), ai=element.ai, given=chunk, pattern=pattern)

    return check


def _allowed(test: Callable[[str], object], allowed: str) -> Callable[[Element, str, int], None]:
    def check(element: Element, chunk: str, offset: int) -> None:
        if not test(chunk):
            raise faults.VALUE_NOT_ALLOWED(at=element.at(offset), ai=element.ai, given=shown(chunk), allowed=allowed)

    return check


def _country(known: frozenset[str], *extra: str) -> Callable[[Element, str, int], None]:
    def check(element: Element, chunk: str, offset: int) -> None:
        if chunk not in known and chunk not in extra:
            raise faults.UNKNOWN_COUNTRY(at=element.at(offset), ai=element.ai, given=chunk)

    return check


def _currency(element: Element, chunk: str, offset: int) -> None:
    if chunk not in CURRENCY_NUMBERS:
        raise faults.UNKNOWN_CURRENCY(at=element.at(offset), ai=element.ai, given=chunk)


def _percent(element: Element, chunk: str, offset: int) -> None:
    bad = _PERCENT.search(chunk)
    if bad is not None:
        raise faults.PERCENT_ESCAPE(at=element.at(offset + bad.start()), given=chunk[bad.start() : bad.start() + 3])


def _piece_of_total(chunk: str) -> bool:
    return 1 <= int(chunk[:2]) <= int(chunk[2:])


def _position(chunk: str) -> bool:
    match = re.fullmatch(r"([1-9][0-9]*)/([1-9][0-9]*)", chunk)
    return match is not None and int(match[1]) <= int(match[2])


def _iban(chunk: str) -> bool:
    shape = re.fullmatch(r"[A-Z]{2}[0-9A-Z]{9,32}", chunk)
    return shape is not None and chunk[:2] in COUNTRY_LETTERS and iban_remainder(chunk) == 1


def _coupon(find: Callable[[str], int | None], allowed: str) -> Callable[[Element, str, int], None]:
    def check(element: Element, chunk: str, offset: int) -> None:
        wrong = find(chunk)
        if wrong is not None:
            raise faults.VALUE_NOT_ALLOWED(
                at=element.at(offset + wrong), ai=element.ai, given=shown(chunk[wrong:] or "…"), allowed=allowed
            )

    return check


_CHECKS: Final[dict[Check, Callable[[Element, str, int], None]]] = {
    Check.CSUM: _csum,
    Check.CSUM_ALPHA: _csum_alpha,
    Check.GCP_FIRST: _company_prefix,
    Check.GCP_SECOND: lambda element, chunk, offset: _company_prefix(element, chunk[1:], offset + 1),
    Check.YYMMD0: _date_check("YYMMDD", day_zero=True),
    Check.YYMMDD: _date_check("YYMMDD"),
    Check.YYYYMMDD: _date_check("YYYYMMDD"),
    Check.HH: _time_check("HH", 24),
    Check.MI: _time_check("MM", 60),
    Check.SS: _time_check("SS", 60),
    Check.HHMI: _time_check("HHMM", 24, 60),
    Check.ISO3166: _country(COUNTRY_NUMBERS),
    Check.ISO3166_OR_999: _country(COUNTRY_NUMBERS, "999"),
    Check.ISO3166_ALPHA2: _country(COUNTRY_LETTERS),
    Check.ISO4217: _currency,
    Check.ISO5218: _allowed(lambda chunk: chunk in "0129", "0, 1, 2, 9"),
    Check.LATITUDE: _allowed(lambda chunk: int(chunk) <= 1_800_000_000, "0000000000–1800000000"),
    Check.LONGITUDE: _allowed(lambda chunk: int(chunk) <= 3_600_000_000, "0000000000–3600000000"),
    Check.ZERO: _allowed(lambda chunk: not chunk.strip("0"), "0"),
    Check.NONZERO: _allowed(lambda chunk: chunk.strip("0"), "> 0"),
    Check.NO_ZERO_PREFIX: _allowed(lambda chunk: chunk[0] != "0", "1…, 2…, … 9…"),
    Check.PIECE_OF_TOTAL: _allowed(_piece_of_total, "0101–9999, piece ≤ total"),
    Check.POSITION_IN_SEQUENCE: _allowed(_position, "1/1 … 9/9"),
    Check.WINDING: _allowed(lambda chunk: chunk in "019", "0, 1, 9"),
    Check.YES_NO: _allowed(lambda chunk: chunk in "01", "0, 1"),
    Check.HYPHEN: _allowed(lambda chunk: not chunk.strip("-"), "-"),
    Check.HAS_NON_DIGIT: _allowed(lambda chunk: not chunk.isdigit(), "≥ 1 × A-Z a-z …"),
    Check.PERCENT_ENCODED: _percent,
    Check.IBAN: _allowed(_iban, "IBAN (ISO 13616, mod 97)"),
    Check.IMPORTER_INDEX: _allowed(lambda chunk: re.fullmatch(r"[-_0-9A-Za-z]", chunk), "0-9 A-Z a-z - _"),
    Check.PACKAGE_TYPE: _allowed(PACKAGE_TYPES.__contains__, "UN/ECE Rec 21, GS1 PackageTypeCode"),
    Check.MEDIA_TYPE: _allowed(lambda chunk: 1 <= int(chunk) <= 10 or int(chunk) >= 80, "01–10, 80–99"),
    Check.COUPON: _coupon(coupon_fault, "GS1 US coupon (8110)"),
    Check.COUPON_POSITIVE_OFFER: _coupon(positive_offer_fault, "GS1 US coupon (8112)"),
}

_LETTERS: Final = {
    Charset.DIGITS: "[0-9]", Charset.CSET82: r"[!-\"%-?A-Z_a-z]", Charset.CSET39: r"[#\-/0-9A-Z]",
    Charset.BASE64URL: r"[\-_0-9A-Za-z=]",
}  # fmt: skip
_OF_ONE_COMPONENT: Final = {
    ai: (
        re.compile(f"{_LETTERS[only.charset]}{{{only.minimum},{only.maximum}}}").fullmatch,
        tuple(_CHECKS[check] for check in only.checks),
    )
    for ai, rule in BY_AI.items()
    for only in rule.components
    if len(rule.components) == 1
}
"""The quick way for values of one component: does it fit, and what remains to be checked."""
