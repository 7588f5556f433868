"""Taking codes apart: from a code back to the values that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from suyuan.coding.contracts.code_rules import (
    CheckDigit,
    CodePart,
    Constant,
    DateSegment,
    Field,
    Random,
    Sequence,
)
from suyuan.coding.contracts.rule_faults import NO_MATCH
from suyuan.coding.domain.element_strings import parse_bracketed
from suyuan.coding.domain.rules import dates, permuting
from suyuan.coding.domain.rules.layout import Layout, Part
from suyuan.coding.domain.rules.weights import required
from suyuan.kernel.faults import Fault


@dataclass(frozen=True, slots=True)
class Reading:
    """A code taken apart. ``counted`` is the number that its sequence says, None without a sequence."""

    parts: tuple[CodePart, ...]
    fields: Mapping[str, str]
    counted: int | None
    random: str | None


def split_elements(layout: Layout, code: str) -> Mapping[str, str]:
    """Return the texts of a code by application identifier; a plant's code whole under the empty one.

    :raises Fault: ``coding.rule_no_match``, and what is wrong with an element string.
    """
    if not layout.rule.gs1:
        return {"": code}
    return {element.ai: element.value for element in parse_bracketed(code)}


def read(layout: Layout, values: Mapping[str, str], near: int) -> Reading:
    """Take a code apart. ``values``: its texts by application identifier, or whole under the empty one.

    Elements that the rule does not have are left alone. ``near`` is the year that short years are near to.

    :raises Fault: ``coding.rule_no_match``.
    """
    parts: list[CodePart] = []
    fields: dict[str, str] = {}
    counted, random = None, None
    for part in layout.parts:
        text = values.get(part.ai)
        match = part.expression.fullmatch(text) if text is not None else None
        if match is None or text is None:
            raise NO_MATCH(at="char 1", code=_whole(values))
        for made in _part(part, match, near):
            parts.append(made)
            if made.type == "sequence":
                counted = _counted(layout, int(made.value), values)
            elif made.type == "random":
                random = made.text
            elif made.name and fields.setdefault(made.name, str(made.value)) != str(made.value):
                raise NO_MATCH(at="char 1", code=_whole(values))
    return Reading(tuple(parts), fields, counted, random)


def _whole(values: Mapping[str, str]) -> str:
    return "".join(f"({ai}){text}" if ai else text for ai, text in values.items())[:120]


def _part(part: Part, match: re.Match[str], near: int) -> Iterator[CodePart]:
    for each in part.placed:
        text = match[f"g{each.number}"]
        match each.segment:
            case Constant() as segment:
                yield CodePart(segment.id, "constant", "", text, text)
            case DateSegment() as segment:
                value = dates.read_date(segment, text, near)
                yield CodePart(segment.id, "date", segment.field, text, value)
            case Field() as segment:
                yield CodePart(segment.id, "field", segment.name, text, text)
            case Sequence() as segment:
                yield CodePart(segment.id, "sequence", "", text, number_of(text, segment.alphabet))
            case Random() as segment:
                yield CodePart(segment.id, "random", "", text, text)
            case CheckDigit() as segment:
                _verify(part, each.number, segment, match)
                yield CodePart(segment.id, "check", "", text, text)


def _verify(part: Part, number: int, segment: CheckDigit, match: re.Match[str]) -> None:
    body = "".join(
        match[f"g{other.number}"]
        for other in part.placed
        if other.number != number and (segment.over == "around" or other.number < number)
    )
    try:
        sound = required(segment).compute(body) == match[f"g{number}"]
    except Fault:
        sound = False
    if not sound:
        raise NO_MATCH(at=f"char {match.start(f'g{number}') + 1}", code=match[0][:120])


def number_of(text: str, alphabet: str) -> int:
    """Return the number that a text of an alphabet stands for."""
    value = 0
    for character in text:
        value = value * len(alphabet) + alphabet.index(character)
    return value


def _counted(layout: Layout, value: int, values: Mapping[str, str]) -> int:
    sequence = layout.sequence
    if sequence is None or value < sequence.start or (value - sequence.start) % sequence.step:
        raise NO_MATCH(at="char 1", code=_whole(values))
    return value


def number_in(layout: Layout, reading: Reading, secret: bytes, scope: str) -> int:
    """Return the number of a code inside its scope.

    :raises Fault: ``coding.rule_no_match`` where its random characters are not those that go with its number.
    """
    random = layout.random
    if random is None or reading.random is None:
        return layout.start if reading.counted is None else reading.counted
    key = permuting.key_for(secret, scope)
    base, length = len(random.alphabet), random.length
    left = number_of(reading.random[: length // 2], random.alphabet)
    right = number_of(reading.random[length // 2 :], random.alphabet)
    if reading.counted is None:
        return permuting.recovered(key, base, length, left, right)
    expected = permuting.derived(key, base, length, np.array([reading.counted], np.uint64))
    if (int(expected[0][0]), int(expected[1][0])) != (left, right):
        raise NO_MATCH(at="char 1", code=reading.random)
    return reading.counted


def scope_in(layout: Layout, reading: Reading) -> str:
    """Return the scope that a code belongs to, told from its own texts; equal to the one it was issued in."""
    placed = {each.segment.id: each.segment for part in layout.identifying for each in part.placed}
    said = [(placed[part.segment], part) for part in reading.parts if part.segment in placed]
    if layout.sequence is None and layout.random is None:
        return "\x1f".join(part.text for _, part in said if part.type != "check")
    if layout.sequence is None:
        return "\x1f".join(part.text for _, part in said if part.type == "field")
    texts = []
    for name in sorted(layout.restart):
        for segment, part in said:
            if name in {"day", "month", "year"} and isinstance(segment, DateSegment) and not segment.field:
                texts.append(dates.scope_of_text(segment, part.text, name))
            elif isinstance(segment, Field) and segment.name == name:
                texts.append(part.text)
    return "\x1f".join(texts)
