"""GS1 element strings: bracketed for people, or raw with separators as scanners send them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI, ai_at
from suyuan.coding.domain.application_identifiers import ApplicationIdentifier
from suyuan.coding.domain.associations import check_associations, without_repeats
from suyuan.coding.domain.elements import Element, shown
from suyuan.coding.domain.values import check_value, wrong_length
from suyuan.kernel.faults import Bilingual, Fault

GS: Final = "\x1d"
_LEADING_AI: Final = re.compile(r"(?<!\\)\((\d{2,4})\)")
_ESCAPED: Final = re.compile(r"\\([()\\])")
_COMMON_TAILS: Final = ("21", "10", "17", "11", "15")
_SHORTEST_SUSPICIOUS_SERIAL: Final = 4


@lru_cache(maxsize=32)
def separators(substitutes: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of GS and its substitutes, the longest first."""
    words = sorted({GS, *(word for word in substitutes if word)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def parse_bracketed(text: str) -> tuple[Element, ...]:
    """Return the elements of ``(01)…(10)…``. A bracket inside a value is written ``\\(``.

    :raises Fault: ``coding.brackets``, ``coding.unknown_ai``.
    """
    found = list(_LEADING_AI.finditer(text))
    if not found or found[0].start() != 0:
        raise faults.BRACKETS(at="char 1", given=shown(text))
    elements = []
    for match, after in zip(found, [*found[1:], None], strict=True):
        if match[1] not in BY_AI:
            raise faults.UNKNOWN_AI(at=f"char {match.start() + 2}", given=match[1])
        written = text[match.end() : after.start() if after else len(text)]
        bare = written.strip(" ")
        begin = match.end() + len(written) - len(written.lstrip(" "))
        value = _ESCAPED.sub(r"\1", bare)
        elements.append(Element(match[1], value, begin + 1, exact=value == bare))
    return tuple(elements)


def parse_raw(text: str, separator: re.Pattern[str]) -> tuple[Element, ...]:
    """Return the elements of a raw string; values are cut, not yet checked.

    :raises Fault: ``coding.unknown_ai``, ``coding.missing_separator``, ``coding.value_length``.
    """
    elements: list[Element] = []
    position = 0
    length = len(text)
    following = separator.search(text)
    while position < length:
        if following is not None and following.start() <= position:
            if following.start() == position:
                position = following.end()
            following = separator.search(text, position)
            continue
        rule = ai_at(text, position)
        if rule is None:
            raise faults.UNKNOWN_AI(at=f"char {position + 1}", given=text[position : position + 4])
        position += len(rule.ai)
        stop = length if following is None else following.start()
        if rule.predefined:
            stop = min(stop, position + rule.maximum)
        element = Element(rule.ai, text[position:stop], position + 1)
        if len(element.value) > rule.maximum:
            known = {earlier.ai for earlier in elements} | {rule.ai}
            raise lost_separator(rule, element, known) or wrong_length(rule, element)
        elements.append(element)
        position = stop
    return tuple(elements)


def checked(elements: Iterable[Element], *, raw: bool = False) -> tuple[Element, ...]:
    """Return the elements without repeats, each value and their company checked.

    With ``raw``, a missing companion is first looked for inside the values, behind a lost separator.
    """
    kept = without_repeats(elements)
    for element in kept:
        check_value(BY_AI[element.ai], element)
    try:
        check_associations(kept)
    except Fault as fault:
        if raw and fault.kind is faults.MISSING_AI:
            raise _hidden_companion(kept) or fault from None
        raise
    return kept


def _hidden_companion(elements: tuple[Element, ...]) -> Fault | None:
    known = {element.ai for element in elements}
    for i, element in enumerate(elements):
        rule = BY_AI[element.ai]
        if rule.predefined:
            continue
        for _, head, tail in _splits(rule, element, known):
            try:
                check_associations((*elements[:i], head, *tail, *elements[i + 1 :]))
            except Fault:
                continue
            return _separator_fault(element, head, tail)
    return None


def lost_separator(rule: ApplicationIdentifier, element: Element, known: set[str]) -> Fault | None:
    """Return the fault that tells where a separator was lost in an overlong value, None if it cannot be told."""
    ranked = sorted(_splits(rule, element, known), key=lambda split: -split[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return _separator_fault(element, ranked[0][1], ranked[0][2])


def _separator_fault(element: Element, head: Element, tail: tuple[Element, ...]) -> Fault:
    return faults.MISSING_SEPARATOR(
        at=element.at(len(head.value)), ai=element.ai, suggestion=format_bracketed((head, *tail))
    )


def _splits(
    rule: ApplicationIdentifier, element: Element, known: set[str]
) -> list[tuple[int, Element, tuple[Element, ...]]]:
    """Return every way to cut the value in two that leaves valid new elements behind, with its weight.

    What is fixed in length or common on labels weighs more: chance rarely makes a valid date or check digit.
    """
    found = []
    value = element.value
    for cut in range(rule.minimum, min(rule.maximum, len(value) - 3) + 1):
        head = Element(rule.ai, value[:cut], element.start)
        try:
            tail = _strict_tail(value[cut:], element.start + cut)
            check_value(rule, head)
        except Fault:
            continue
        if any(part.ai in known for part in tail):
            continue
        weight = sum(
            2 * len(part.value) if BY_AI[part.ai].minimum == BY_AI[part.ai].maximum else part.ai in _COMMON_TAILS
            for part in tail
        )
        found.append((int(weight), head, tail))
    return found


def _strict_tail(text: str, start: int) -> tuple[Element, ...]:
    elements: list[Element] = []
    position = 0
    while position < len(text):
        rule = ai_at(text, position)
        if rule is None:
            raise faults.UNKNOWN_AI(at=f"char {start + position}", given=text[position : position + 4])
        position += len(rule.ai)
        stop = position + rule.maximum if rule.predefined else len(text)
        element = Element(rule.ai, text[position:stop], start + position)
        check_value(rule, element)
        elements.append(element)
        position += len(element.value)
    return without_repeats(elements)


def suspicion(element: Element, known: set[str]) -> Bilingual | None:
    """Return a note if a lot number ends like another element, as it does when the separator was swallowed.

    Only a note: the value is valid as it stands. Looks for a date at the end, or a serial number.
    """
    value = element.value
    for position in range(1, len(value) - _SHORTEST_SUSPICIOUS_SERIAL - 1):
        ai, rest = value[position : position + 2], value[position + 2 :]
        likely = (ai == "21" and position > 1) or (ai in ("11", "15", "17") and len(rest) == 6 and rest.isdigit())
        if likely and ai not in known:
            tail = Element(ai, rest, element.start)
            try:
                check_value(BY_AI[ai], tail)
            except Fault:
                continue
            return Bilingual(
                f"若分隔符丢失，末尾可能是 ({ai})：{rest}", f"if a separator was lost, the end may be ({ai}): {rest}"
            )
    return None


def format_bracketed(elements: Iterable[Element]) -> str:
    """Return ``(01)…(10)…``; a bracket inside a value is written ``\\(``."""
    return "".join(f"({element.ai}){element.value.replace('(', chr(92) + '(')}" for element in elements)


def format_raw(elements: Iterable[Element]) -> str:
    """Return the raw string: those of predefined length first, GS after each other value but the last."""
    ordered = sorted(elements, key=lambda element: not BY_AI[element.ai].predefined)
    text = "".join(f"{element.ai}{element.value}{'' if BY_AI[element.ai].predefined else GS}" for element in ordered)
    return text.removesuffix(GS)
