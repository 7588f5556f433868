"""Dates inside codes: patterns of tokens, each of fixed length, that format a moment and read back what they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from suyuan.coding.contracts.code_rules import CHARSETS, DateSegment
from suyuan.coding.contracts.rule_faults import LETTERS, NO_MATCH, PATTERN
from suyuan.kernel.faults import Fault

_TOKEN: Final = re.compile(r"YYYY|YY|Y|MM|DDD|DD|GGGG|GG|WW|hh|mm|ss|[yndeE]|'[^']*'|[^A-Za-z']")
_WIDTHS: Final = {
    "YYYY": 4, "YY": 2, "Y": 1, "MM": 2, "DDD": 3, "DD": 2, "GGGG": 4, "GG": 2, "WW": 2, "hh": 2, "mm": 2, "ss": 2,
    "y": 1, "n": 1, "d": 1, "e": 1,
}  # fmt: skip
_LIMITS: Final = {"MM": (1, 12), "DDD": (1, 366), "DD": (1, 31), "WW": (1, 53), "hh": (0, 23), "mm": (0, 59),
                  "ss": (0, 59), "e": (1, 7)}  # fmt: skip
_YEAR: Final = frozenset({"YYYY", "YY", "Y", "y", "GGGG", "GG"})
_MONTH: Final = frozenset({"MM", "n"})
_KEPT: Final[Mapping[str, frozenset[str]]] = {
    "year": _YEAR,
    "month": _YEAR | _MONTH,
    "day": _YEAR | _MONTH | {"DD", "d", "DDD", "WW", "e"},
}
LETTERED: Final = {"y": "year_letters", "n": "month_letters", "d": "day_letters"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a pattern; ``literal`` where it is fixed text."""

    name: str
    literal: str | None
    alphabet: str
    width: int


def tokens(segment: DateSegment, at: str = "") -> tuple[Token, ...]:
    """Return the tokens of a date segment.

    :raises Fault: ``coding.rule_pattern``, ``coding.rule_letters``.
    """
    found: list[Token] = []
    position = 0
    while position < len(segment.pattern):
        match = _TOKEN.match(segment.pattern, position)
        if match is None or match[0] == "E":
            part = segment.pattern[position : position + 4]
            raise PATTERN(at=f"{at}/pattern", given=segment.pattern, part=part)
        position = match.end()
        found.append(_token(segment, match[0], at))
    if not found:
        raise PATTERN(at=f"{at}/pattern", given="", part="")
    return tuple(found)


def _token(segment: DateSegment, text: str, at: str) -> Token:
    if text in LETTERED:
        name = LETTERED[text]
        letters: str = getattr(segment, name)
        needed = {"y": 2, "n": 12, "d": 31}[text]
        if len(set(letters)) != len(letters) or len(letters) < needed or not letters.isascii():
            raise LETTERS(at=f"{at}/{name}", name=name, needed=needed, given=len(set(letters)))
        return Token(text, None, letters if text == "y" else letters[:needed], 1)
    if text in _WIDTHS:
        return Token(text, None, CHARSETS["digits"], _WIDTHS[text])
    literal = text[1:-1] if text.startswith("'") else text
    return Token("", literal, literal, len(literal))


def says(segment: DateSegment, what: str) -> bool:
    """Tell whether the segment holds all it takes to tell a ``day``, ``month`` or ``year`` from another.

    A week with its weekday tells the day; a year of one or two digits comes round again, and then the count goes on.
    """
    names = {token.name for token in tokens(segment)}
    if not names & _YEAR:
        return False
    month = bool(names & _MONTH)
    if what == "day":
        return "DDD" in names or (month and bool(names & {"DD", "d"})) or {"WW", "e"} <= names
    return month if what == "month" else True


def scope_of_text(segment: DateSegment, text: str, what: str) -> str:
    """Return the stretches of a date text that tell a ``day``, ``month`` or ``year``: equal ones share one count."""
    kept, position = [], 0
    for token in tokens(segment):
        if token.name in _KEPT[what]:
            kept.append(text[position : position + token.width])
        position += token.width
    return "".join(kept)


def format_date(segment: DateSegment, moment: datetime) -> str:
    """Return the text of a moment."""
    week_year, week, weekday = moment.isocalendar()
    values = {
        "YYYY": f"{moment.year:04d}", "YY": f"{moment.year % 100:02d}", "Y": str(moment.year % 10),
        "MM": f"{moment.month:02d}", "DDD": f"{moment.timetuple().tm_yday:03d}", "DD": f"{moment.day:02d}",
        "GGGG": f"{week_year:04d}", "GG": f"{week_year % 100:02d}", "WW": f"{week:02d}", "e": str(weekday),
        "hh": f"{moment.hour:02d}", "mm": f"{moment.minute:02d}", "ss": f"{moment.second:02d}",
        "y": segment.year_letters[(moment.year - segment.first_year) % len(segment.year_letters)],
        "n": segment.month_letters[moment.month - 1 : moment.month],
        "d": segment.day_letters[moment.day - 1 : moment.day],
    }  # fmt: skip
    return "".join(values[token.name] if token.literal is None else token.literal for token in tokens(segment))


def read_date(segment: DateSegment, text: str, near: int) -> str:
    """Return what a date text says, as ISO 8601 as far as it goes: ``2026-11-22``, ``2026-11``, ``2026-W47``, ``2026``.

    A year that is not written whole is the one nearest to ``near``. Without a year it is the text itself.

    :raises Fault: ``coding.rule_no_match`` for what cannot be a date.
    """
    values: dict[str, int] = {}
    position = 0
    for token in tokens(segment):
        chunk = text[position : position + token.width]
        position += token.width
        if token.literal is not None:
            continue
        value = token.alphabet.index(chunk) if token.name in LETTERED else int(chunk)
        low, high = _LIMITS.get(token.name, (0, 9999))
        if not low <= value <= high:
            raise NO_MATCH(at="char 1", code=text)
        values[token.name] = value
    return _iso(segment, values, text, near)


def _year(segment: DateSegment, values: Mapping[str, int], near: int) -> int | None:
    if "YYYY" in values:
        return values["YYYY"]
    if "YY" in values:
        return _nearest(values["YY"], 100, near)
    if "y" in values:
        return _nearest(segment.first_year + values["y"], len(segment.year_letters), near)
    return _nearest(values["Y"], 10, near) if "Y" in values else None


def _nearest(value: int, cycle: int, near: int) -> int:
    return min((near + offset for offset in range(-cycle, cycle + 1) if (near + offset - value) % cycle == 0),
               key=lambda year: (abs(year - near), year))  # fmt: skip


def _iso(segment: DateSegment, values: Mapping[str, int], text: str, near: int) -> str:
    clock = "".join(
        f"{mark}{values[name]:02d}" for mark, name in (("T", "hh"), (":", "mm"), (":", "ss")) if name in values
    )
    year = _year(segment, values, near)
    month = values.get("MM", values["n"] + 1 if "n" in values else None)
    day = values.get("DD", values["d"] + 1 if "d" in values else None)
    try:
        if "WW" in values:
            week_year = values.get("GGGG") or (_nearest(values["GG"], 100, near) if "GG" in values else year)
            if week_year is None:
                return text
            found = date.fromisocalendar(week_year, values["WW"], values.get("e", 1))
            return f"{found.isoformat()}{clock}" if "e" in values else f"{week_year:04d}-W{values['WW']:02d}"
        if year is None:
            return text
        if "DDD" in values:
            found = date.fromordinal(date(year, 1, 1).toordinal() + values["DDD"] - 1)
            if found.year != year:
                raise ValueError("day of the year")
            return f"{found.isoformat()}{clock}"
        if month is None:
            return f"{year:04d}"
        if day is None:
            return f"{year:04d}-{month:02d}"
        return f"{date(year, month, day).isoformat()}{clock}"
    except (ValueError, OverflowError):
        raise NO_MATCH(at="char 1", code=text) from None


def checked_tokens(segment: DateSegment, at: str) -> list[Fault]:
    """Return what is wrong with a date segment."""
    try:
        tokens(segment, at)
    except Fault as fault:
        return [fault]
    return []
