"""Everything that can be wrong with a code rule, all of it at once, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, cast

from suyuan.coding.contracts import rule_faults as faults
from suyuan.coding.contracts.code_rules import (
    CHARSETS,
    OWN_WEIGHTS,
    ApplicationIdentifier,
    CheckDigit,
    CodeRule,
    Constant,
    DateSegment,
    Field,
    Random,
    Segment,
    Sequence,
)
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.checks import ALGORITHMS
from suyuan.coding.domain.rules import dates, permuting
from suyuan.coding.domain.rules.facts import identity_in
from suyuan.coding.domain.rules.layout import Layout, Part, Placed, lay_out
from suyuan.coding.domain.rules.samples import sample_context
from suyuan.coding.domain.rules.weights import algorithm_of, required
from suyuan.coding.domain.rules.writing import lines
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemKind

MOST_SEGMENTS: Final = 40
LONGEST: Final = 200
LEAST_GUESSES: Final = 1_000_000
_FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CLOCK_NAMES: Final = frozenset({"day", "month", "year"})
_KINDS: Final = {
    "unit": {ItemKind.UNIT, ItemKind.PRODUCT, ItemKind.LOT},
    "inner": {ItemKind.UNIT, ItemKind.CARRIER},
    "box": {ItemKind.UNIT, ItemKind.CARRIER},
    "pallet": {ItemKind.UNIT, ItemKind.CARRIER},
    "lot": {ItemKind.LOT, ItemKind.PRODUCT},
    "asset": {ItemKind.ASSET, ItemKind.CARRIER, ItemKind.UNIT},
    "location": {ItemKind.ASSET},
}
_SOME_DAY: Final = datetime(2026, 11, 22, 8, 30)  # noqa: DTZ001 (an example's clock on the wall)


def check_rule(rule: CodeRule) -> list[Fault]:
    """Return everything that keeps a rule from being published."""
    if not rule.segments:
        return [faults.EMPTY(at="/segments")]
    found = [*_counts(rule), *(fault for number, each in enumerate(rule.segments) for fault in _segment(number, each))]
    if found:
        return found
    layout = lay_out(rule)
    found = [*_elements(layout), *_lengths(layout)]
    if found:
        return found
    found = [*_uniqueness(layout), *_fields(layout)]
    return found or list(_trial(layout))


def _counts(rule: CodeRule) -> Iterator[Fault]:
    if len(rule.segments) > MOST_SEGMENTS:
        yield faults.TOO_MANY(at="/segments", what="segments", limit=MOST_SEGMENTS)
    for type_, name in ((Sequence, "sequence"), (Random, "random")):
        numbers = [number for number, each in enumerate(rule.segments) if isinstance(each, type_)]
        for number in numbers[1:]:
            yield faults.TOO_MANY(at=f"/segments/{number}", what=name, limit=1)
    seen: set[str] = set()
    for number, each in enumerate(rule.segments):
        if not each.id or each.id in seen or len(each.id) > 60:
            yield faults.ID_REPEATED(at=f"/segments/{number}/id", id=each.id[:60])
        seen.add(each.id)
        if isinstance(each, ApplicationIdentifier) and not rule.gs1:
            yield faults.MIXED(at=f"/segments/{number}")


def _segment(number: int, segment: Segment) -> Iterator[Fault]:
    at = f"/segments/{number}"
    match segment:
        case ApplicationIdentifier():
            if segment.ai not in BY_AI:
                yield faults.UNKNOWN_AI(at=f"{at}/ai", given=segment.ai[:20])
        case Constant():
            if not segment.text or len(segment.text) > 60 or not segment.text.isprintable() or " " in segment.text:
                yield faults.TEXT(at=f"{at}/text", given=segment.text[:60], allowed="1–60")
        case DateSegment():
            yield from dates.checked_tokens(segment, at)
            if segment.field and not _FIELD_NAME.fullmatch(segment.field):
                yield faults.FIELD_NAME(at=f"{at}/field", given=segment.field[:60])
        case Sequence():
            yield from _sequence(segment, at)
        case Random():
            yield from _random(segment, at)
        case Field():
            yield from _field(segment, at)
        case CheckDigit():
            yield from _algorithm(segment, at)


def _algorithm(segment: CheckDigit, at: str) -> Iterator[Fault]:
    if segment.algorithm != OWN_WEIGHTS:
        if segment.algorithm not in ALGORITHMS:
            known = ", ".join((*ALGORITHMS, OWN_WEIGHTS))
            yield faults.CHECK_ALGORITHM(at=f"{at}/algorithm", given=segment.algorithm[:40], allowed=known)
        return
    own = segment.own_weights()
    wrong = algorithm_of(segment) is None or any(
        not (text.isascii() and text.isprintable() and " " not in text) for text in (own.alphabet, own.check_alphabet)
    )
    # a remainder without a character would leave codes that cannot be made in the middle of a batch
    if wrong or len(own.check_alphabet) < own.modulus:
        yield faults.CHECK_WEIGHTS(at=f"{at}/weights", modulus=own.modulus, characters=len(own.check_alphabet))


def _alphabet(text: str, at: str) -> Iterator[Fault]:
    visible = text.isascii() and text.isprintable() and " " not in text
    if len(text) < 2 or len(set(text)) != len(text) or not visible:
        yield faults.ALPHABET(at=f"{at}/alphabet", given=text[:80])


def _between(name: str, given: int, least: int, most: int, at: str) -> Iterator[Fault]:
    if not least <= given <= most:
        yield faults.NUMBER(at=f"{at}/{name}", name=name, given=given, allowed=f"{least}–{most}")


def _sequence(segment: Sequence, at: str) -> Iterator[Fault]:
    wrong = list(_alphabet(segment.alphabet, at))
    yield from wrong
    longest = 1
    while len(segment.alphabet) >= 2 and len(segment.alphabet) ** (longest + 1) < 2**62:
        longest += 1
    yield from _between("width", segment.width, 1, longest, at)
    if not wrong and 1 <= segment.width <= longest:
        yield from _between("start", segment.start, 0, len(segment.alphabet) ** segment.width - 1, at)
    yield from _between("step", segment.step, 1, 1000, at)


def _random(segment: Random, at: str) -> Iterator[Fault]:
    wrong = list(_alphabet(segment.alphabet, at))
    yield from wrong
    if wrong:
        return
    longest = 2
    while max(permuting.halves(len(segment.alphabet), longest + 1)) <= permuting.LARGEST_HALF:
        longest += 1
    yield from _between("length", segment.length, 2, longest, at)


def _field(segment: Field, at: str) -> Iterator[Fault]:
    if not _FIELD_NAME.fullmatch(segment.name) or segment.name in _CLOCK_NAMES:
        yield faults.FIELD_NAME(at=f"{at}/name", given=segment.name[:60])
    if segment.charset not in CHARSETS:
        yield faults.CHARSET(at=f"{at}/charset", given=segment.charset[:40], allowed=", ".join(CHARSETS))
    yield from _between("least", segment.least, 1, 60, at)
    yield from _between("most", segment.most, max(segment.least, 1), 90, at)


def _elements(layout: Layout) -> Iterator[Fault]:
    for part in layout.parts:
        checks = [each for each in part.placed if isinstance(each.segment, CheckDigit)]
        if len(checks) > 1 and any(getattr(each.segment, "over", "") == "around" for each in checks):
            yield faults.TOO_MANY(at=f"/segments/{checks[1].number}", what="check", limit=1)
        for each in checks:
            yield from _checked(part, each)
    if not layout.rule.gs1:
        return
    for part in layout.parts:
        if not part.placed:
            yield faults.ELEMENT_EMPTY(at=_marker(layout, part), ai=part.ai)
        for each in part.placed:
            text = getattr(each.segment, "text", "")
            bad = [character for character in text if character not in CHARSETS["gs1"]]
            if bad:
                yield faults.TEXT(at=f"/segments/{each.number}/text", given=bad[0], allowed=CHARSETS["gs1"])


def _checked(part: Part, check: Placed) -> Iterator[Fault]:
    """Find what the algorithm does not take of what the check digit is over."""
    segment = cast(CheckDigit, check.segment)
    algorithm, around = required(segment), segment.over == "around"
    body = [
        atom
        for each in part.placed
        if each.number != check.number and (around or each.number < check.number)
        for atom in each.atoms
    ]
    least, most = sum(atom.least for atom in body), sum(atom.most for atom in body)
    strange = sorted(frozenset().union(*(atom.characters for atom in body)) - set(algorithm.alphabet))
    shortest, longest = algorithm.lengths
    if strange or not shortest <= least <= most <= longest:
        why = f"{algorithm.name}: {shortest}–{longest} × {algorithm.alphabet}"
        yield faults.CHECK_NOTHING(at=f"/segments/{check.number}", why=why)


def _marker(layout: Layout, part: Part) -> str:
    for number, segment in enumerate(layout.rule.segments):
        if isinstance(segment, ApplicationIdentifier) and segment.ai == part.ai:
            return f"/segments/{number}"
    return "/segments"


def _lengths(layout: Layout) -> Iterator[Fault]:
    """Find what varies in length and cannot be told from what follows."""
    for part in layout.parts:
        free = [i for i, each in enumerate(part.placed) if each.least != each.most]
        if sum(each.most for each in part.placed) > LONGEST:
            yield faults.NUMBER(
                at="/segments", name="length", given=sum(p.most for p in part.placed), allowed=f"≤ {LONGEST}"
            )
        for position in free[:-1]:
            each, following = part.placed[position], part.placed[position + 1]
            ends = isinstance(following.segment, Constant) and not (
                following.atoms[0].characters & frozenset().union(*(atom.characters for atom in each.atoms))
            )
            if not ends:
                yield faults.AMBIGUOUS(at=f"/segments/{each.number}", given=_name(each.segment))


def _name(segment: Segment) -> str:
    return str(getattr(segment, "name", "") or segment.id)


def _uniqueness(layout: Layout) -> Iterator[Fault]:
    inside = {each.number for part in layout.identifying for each in part.placed}
    identifying = " ".join(f"({part.ai})" for part in layout.identifying)
    for each in layout.placed:
        if isinstance(each.segment, Sequence | Random) and each.number not in inside and layout.rule.gs1:
            yield faults.UNIQUE_OUTSIDE(at=f"/segments/{each.number}", identifying=identifying or "—")
        if isinstance(each.segment, Random) and layout.sequence is None and layout.capacity < LEAST_GUESSES:
            yield faults.GUESSABLE(at=f"/segments/{each.number}", capacity=layout.capacity)
    yield from _restarts(layout, inside)


def _restarts(layout: Layout, inside: set[int]) -> Iterator[Fault]:
    number = next((each.number for each in layout.placed if isinstance(each.segment, Sequence)), 0)
    for name in layout.restart:
        if name in _CLOCK_NAMES:
            held = any(
                each.number in inside
                and isinstance(each.segment, DateSegment)
                and not each.segment.field
                and dates.says(each.segment, name)
                for each in layout.placed
            )
        else:
            held = any(
                each.number in inside and isinstance(each.segment, Field) and each.segment.name == name
                for each in layout.placed
            )
        if not held:
            yield faults.RESTART(at=f"/segments/{number}/restart", given=name[:60])


def _fields(layout: Layout) -> Iterator[Fault]:
    """Find a field that is used as text in one place and as date in another, or twice with other limits."""
    kinds: dict[str, tuple[object, ...]] = {}
    for each in layout.placed:
        segment = each.segment
        if isinstance(segment, Field):
            name = segment.name
            kind: tuple[object, ...] = ("text", segment.charset, segment.least, segment.most)
        elif isinstance(segment, DateSegment) and segment.field:
            name, kind = segment.field, ("date",)
        else:
            continue
        if kinds.setdefault(name, kind) != kind:
            yield faults.FIELD_NAME(at=f"/segments/{each.number}", given=name)


def _trial(layout: Layout) -> Iterator[Fault]:
    """Make a code and have it read by the validator."""
    try:
        context = sample_context(layout, _SOME_DAY)
        made = lines(layout, context, bytes(32), layout.start, 1)[0].tobytes().decode()
    except Fault as fault:
        yield fault
        return
    try:
        identity = identity_in(layout, made, "check")
    except Fault as fault:
        yield faults.NOT_GS1(at="/segments", code=made, why_zh=fault.title("zh"), why_en=fault.title("en"))
        return
    if identity.kind not in _KINDS[layout.rule.level]:
        yield faults.LEVEL(at="/level", code=made, kind=identity.kind.value, level=layout.rule.level)
