"""Making codes: one with its parts, or a million as an array of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from suyuan.coding.contracts.code_rules import (
    CHARSETS,
    CheckDigit,
    Constant,
    DateSegment,
    Field,
    Random,
    Restart,
    Sequence,
)
from suyuan.coding.contracts.rule_faults import CHECK_NOTHING, FIELD_MISSING, FIELD_UNKNOWN, FIELD_VALUE
from suyuan.coding.domain.checks import CheckAlgorithm
from suyuan.coding.domain.rules import dates, permuting
from suyuan.coding.domain.rules.layout import Layout, Part, Placed
from suyuan.coding.domain.rules.weights import required
from suyuan.kernel.faults import Fault

Bytes = npt.NDArray[np.uint8]
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Context:
    """What codes are issued with: the fields' texts by name, and the moment, as the clock on the spot shows it."""

    fields: Mapping[str, str]
    moment: datetime


def context_for(layout: Layout, given: Mapping[str, str], moment: datetime) -> Context:
    """Return the context with every field of the rule, checked.

    :raises Fault: ``coding.rule_field_missing``, ``rule_field_unknown``, ``rule_field_value`` at ``/fields/<name>``.
    """
    for name in given:
        if name not in layout.field_names:
            raise FIELD_UNKNOWN(
                at=f"/fields/{name[:60]}", name=name[:_SHOWN], allowed=", ".join(layout.field_names) or "—"
            )
    values: dict[str, str] = {}
    for each in layout.fields:
        name = each.name if isinstance(each, Field) else each.field
        value = given.get(name) or (each.value if isinstance(each, Field) else "")
        if not value:
            raise FIELD_MISSING(at=f"/fields/{name}", name=name)
        check_field(each, name, value)
        values[name] = value
    return Context(values, moment)


def check_field(segment: Field | DateSegment, name: str, value: str) -> None:
    """Raise ``coding.rule_field_value`` unless the segment takes ``value``."""
    if isinstance(segment, DateSegment):
        if _day(value) is None:
            raise FIELD_VALUE(at=f"/fields/{name}", name=name, given=value[:_SHOWN], allowed="2026-11-22")
        return
    allowed = CHARSETS.get(segment.charset, "")
    if not segment.least <= len(value) <= segment.most or any(character not in allowed for character in value):
        lengths = str(segment.least) if segment.least == segment.most else f"{segment.least}–{segment.most}"
        raise FIELD_VALUE(
            at=f"/fields/{name}", name=name, given=value[:_SHOWN], allowed=f"{lengths} × {segment.charset}"
        )


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        return None


def scope_of(layout: Layout, context: Context) -> str:
    """Return what the count belongs to: the texts, inside the identity, of all that restarts it.

    A rule that counts nothing has the whole context as its scope: it makes one code for each.
    """
    placed = [each.segment for part in layout.identifying for each in part.placed]
    if layout.sequence is None and layout.random is None:
        fixed = (_fixed_text(segment, context) for segment in placed)
        return "\x1f".join(text for text in fixed if text is not None)
    if layout.sequence is None:
        # Unguessable codes of each product are permuted on their own, so that one product says nothing of another.
        return "\x1f".join(context.fields[segment.name] for segment in placed if isinstance(segment, Field))
    said = []
    for name in sorted(layout.restart):
        for segment in placed:
            if name in set(Restart) and isinstance(segment, DateSegment) and not segment.field:
                said.append(dates.scope_of_text(segment, dates.format_date(segment, context.moment), name))
            elif isinstance(segment, Field) and segment.name == name:
                said.append(context.fields[name])
    return "\x1f".join(said)


def _fixed_text(segment: object, context: Context) -> str | None:
    match segment:
        case Constant():
            return segment.text
        case Field():
            return context.fields[segment.name]
        case DateSegment():
            moment = _day(context.fields[segment.field]) if segment.field else context.moment
            return dates.format_date(segment, moment or context.moment)
    return None


def texts(
    layout: Layout, context: Context, secret: bytes, first: int, count: int = 1
) -> tuple[tuple[Part, tuple[tuple[Placed, Bytes], ...]], ...]:
    """Return, part by part and segment by segment, the texts of ``count`` codes from the one numbered ``first``.

    Each is an array of ``count`` rows of UTF-8 bytes. Numbers rise by the step of the rule's sequence.

    :raises Fault: ``coding.rule_check_nothing`` where a code has no check digit.
    """
    numbers = np.arange(count, dtype=np.uint64) * np.uint64(layout.step) + np.uint64(first)
    scope = scope_of(layout, context)
    return tuple((part, _part_texts(layout, part, context, secret, scope, numbers)) for part in layout.parts)


def _part_texts(
    layout: Layout, part: Part, context: Context, secret: bytes, scope: str, numbers: npt.NDArray[np.uint64]
) -> tuple[tuple[Placed, Bytes], ...]:
    made: dict[int, Bytes] = {}
    checks = [each for each in part.placed if isinstance(each.segment, CheckDigit)]
    for each in part.placed:
        fixed = _fixed_text(each.segment, context)
        if fixed is not None:
            made[each.number] = _repeated(fixed, numbers.size)
        elif isinstance(each.segment, Sequence):
            made[each.number] = _digits(numbers, each.segment.alphabet, each.segment.width)
        elif isinstance(each.segment, Random):
            made[each.number] = _random(layout, each.segment, secret, scope, numbers)
    for each in sorted(checks, key=lambda placed: getattr(placed.segment, "over", "") == "around"):
        made[each.number] = _check(part, each, made, numbers.size)
    return tuple((each, made[each.number]) for each in part.placed)


def _repeated(text: str, count: int) -> Bytes:
    encoded = np.frombuffer(text.encode(), dtype=np.uint8)
    return np.broadcast_to(encoded, (count, encoded.size))


def _digits(values: npt.NDArray[np.uint64], alphabet: str, width: int) -> Bytes:
    letters = np.frombuffer(alphabet.encode(), dtype=np.uint8)
    base = np.uint64(len(alphabet))
    written = np.empty((values.size, width), dtype=np.uint8)
    rest = values
    for place in reversed(range(width)):
        rest, digit = np.divmod(rest, base)
        written[:, place] = letters[digit]
    return written


def _random(layout: Layout, segment: Random, secret: bytes, scope: str, numbers: npt.NDArray[np.uint64]) -> Bytes:
    base, length = len(segment.alphabet), segment.length
    key = permuting.key_for(secret, scope)
    make = permuting.permuted if layout.sequence is None else permuting.derived
    left, right = make(key, base, length, numbers)
    return np.hstack(
        [_digits(left, segment.alphabet, length // 2), _digits(right, segment.alphabet, length - length // 2)]
    )


def _check(part: Part, check: Placed, made: Mapping[int, Bytes], count: int) -> Bytes:
    segment = cast(CheckDigit, check.segment)
    algorithm = required(segment)
    around = segment.over == "around"
    over = [made[each.number] for each in part.placed if each.number in made and (around or each.number < check.number)]
    body = np.hstack(over) if over else np.empty((count, 0), dtype=np.uint8)
    if algorithm.name == "gs1-mod10":
        _admit_digits(algorithm, body)
        return _mod10(body)
    rows = body.tobytes().decode()
    width = body.shape[1]
    if width == 0 or len(rows) != width * count:
        _compute(algorithm, rows[:width])
        raise CHECK_NOTHING(at=f"/segments/{check.number}", why=algorithm.name)
    found = "".join(_compute(algorithm, rows[start : start + width]) for start in range(0, width * count, width))
    return np.frombuffer(found.encode(), dtype=np.uint8).reshape(count, algorithm.width)


def _compute(algorithm: CheckAlgorithm, body: str) -> str:
    try:
        return algorithm.compute(body)
    except Fault as fault:
        raise CHECK_NOTHING(why=f"{fault.title('en')} {fault.title('zh')}") from None


def _admit_digits(algorithm: CheckAlgorithm, body: Bytes) -> None:
    if body.shape[1] == 0 or bool(((body < ord("0")) | (body > ord("9"))).any()):
        _compute(algorithm, body[0].tobytes().decode(errors="replace"))


def _mod10(body: Bytes) -> Bytes:
    """Return GS1 check digits, one a row (General Specifications 7.9.1)."""
    weights = np.where(np.arange(body.shape[1])[::-1] % 2 == 0, 3, 1)
    total = (body.astype(np.int64) - ord("0")) @ weights
    return (-total % 10 + ord("0")).astype(np.uint8).reshape(-1, 1)


def lines(layout: Layout, context: Context, secret: bytes, first: int, count: int) -> Bytes:
    """Return the codes as rows of bytes, all of one width: text, or bracketed element strings for GS1 rules.

    :raises Fault: ``coding.rule_check_nothing``.
    """
    columns: list[Bytes] = []
    for part, pieces in texts(layout, context, secret, first, count):
        if part.ai:
            columns.append(_repeated(f"({part.ai})", count))
        columns.extend(piece for _, piece in pieces)
    return np.ascontiguousarray(np.hstack(columns))


def split_lines(block: bytes, width: int) -> Iterable[str]:
    """Return the codes of a block of rows of ``width`` bytes."""
    return (block[start : start + width].decode() for start in range(0, len(block), width))
