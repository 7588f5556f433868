"""What a value means for people: dates, decimals, coordinates."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier, Check
from suyuan.kernel.faults import Bilingual

_DATES: Final = {Check.YYMMD0, Check.YYMMDD, Check.YYYYMMDD}
_TIMES: Final = {Check.HHMI, Check.HH, Check.MI, Check.SS}
_TEMPERATURES: Final = frozenset({"4330", "4331", "4332", "4333"})
_PLACE: Final = "4309"
_TELLING: Final = frozenset(
    ai
    for ai, rule in BY_AI.items()
    if rule.decimals is not None
    or ai in _TEMPERATURES
    or ai == _PLACE
    or (rule.components[0].checks and rule.components[0].checks[0] in _DATES)
)
"""The AIs whose values say more than they show."""
_REMEMBERED: Final = 4_096


def full_year(two_digits: int, this_year: int) -> int:
    """Return the four-digit year (GS1 General Specifications 7.12): the one within 49 years back and 50 ahead."""
    year = this_year - this_year % 100 + two_digits
    if year - this_year > 50:
        return year - 100
    return year + 100 if this_year - year > 49 else year


def meaning(ai: str, value: str, this_year: int) -> Bilingual | None:
    """Return a note for ``value`` (already checked), or None where it speaks for itself.

    ``this_year`` tells the century of two-digit years.
    """
    return _meaning(ai, value, this_year) if ai in _TELLING else None


@lru_cache(maxsize=_REMEMBERED)
def _meaning(ai: str, value: str, this_year: int) -> Bilingual | None:
    rule = BY_AI[ai]
    if rule.decimals is not None:
        return _quantity(rule, value)
    if rule.components[0].checks and rule.components[0].checks[0] in _DATES:
        return _moment(rule, value, this_year)
    if rule.ai in _TEMPERATURES:
        degrees = Decimal(value[:6]).scaleb(-2)
        return _same(f"{-degrees if value.endswith('-') else degrees} °{'F' if rule.ai in ('4330', '4332') else 'C'}")
    if rule.ai == _PLACE:
        latitude, longitude = (Decimal(value[i : i + 10]).scaleb(-7) for i in (0, 10))
        return _same(f"{latitude - 90}, {longitude - 360 if longitude > 180 else longitude}")
    return None


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)


def _quantity(rule: ApplicationIdentifier, value: str) -> Bilingual:
    currency = value[:3] if len(rule.components) > 1 else ""
    number = Decimal(value[len(currency) :]).scaleb(-(rule.decimals or 0))
    return _same(f"{number:f} {rule.unit or currency}".strip())


def _moment(rule: ApplicationIdentifier, value: str, this_year: int) -> Bilingual:
    words: list[str] = []
    clock: list[str] = []
    offset = 0
    for component in rule.components:
        chunk = value[offset : offset + component.maximum]
        offset += len(chunk)
        if not chunk or not component.checks:
            break
        if component.checks[0] in _DATES:
            words.append(_date(chunk, this_year))
        elif component.checks[0] in _TIMES:
            clock.append(chunk if len(chunk) == 2 else f"{chunk[:2]}:{chunk[2:]}")
    if value[4:6] == "00" and rule.components[0].checks[0] is Check.YYMMD0:
        return Bilingual(f"{words[0][:7]} 月末", f"end of {words[0][:7]}")
    return _same(" – ".join(words) + (" " + ":".join(clock) if clock else ""))


def _date(chunk: str, this_year: int) -> str:
    year = int(chunk[:4]) if len(chunk) == 8 else full_year(int(chunk[:2]), this_year)
    return f"{year:04d}-{chunk[-4:-2]}-{chunk[-2:]}"
