"""States of many codes as stretches: cutting, changing and joining runs of offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from suyuan.coding.contracts.issuing import CodeState, Stretch

Span = tuple[int, int]
"""First and last offset, both included."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change makes of stretches: the new ones, the spans that changed, and how many codes did not."""

    stretches: tuple[Stretch, ...]
    spans: tuple[Span, ...]
    unchanged: int


def spans_of(offsets: Iterable[int]) -> tuple[Span, ...]:
    """Return offsets as spans, in order, each once."""
    spans: list[list[int]] = []
    for offset in sorted(set(offsets)):
        if spans and offset == spans[-1][1] + 1:
            spans[-1][1] = offset
        else:
            spans.append([offset, offset])
    return tuple((first, last) for first, last in spans)


def changed(
    stretches: Sequence[Stretch],
    spans: Sequence[Span],
    change: Callable[[Stretch], Stretch],
    at: datetime,
) -> Changed:
    """Apply ``change`` to the codes of ``spans`` (in order, apart). ``change`` may raise to refuse a stretch.

    Neighbours that are alike afterwards are joined; a code that ``change`` leaves as it is counts as unchanged.
    """
    made: list[Stretch] = []
    moved: list[Span] = []
    unchanged, position = 0, 0
    for stretch in stretches:
        low = stretch.first
        while position < len(spans) and spans[position][1] < low:
            position += 1
        number = position
        while number < len(spans) and spans[number][0] <= stretch.last:
            first, last = max(spans[number][0], low), min(spans[number][1], stretch.last)
            if first > low:
                made.append(replace(stretch, first=low, last=first - 1))
            piece = replace(stretch, first=first, last=last)
            after = change(piece)
            if after == piece:
                unchanged += last - first + 1
            else:
                after = replace(after, since=at)
                moved.append((first, last))
            made.append(after)
            low = last + 1
            number += 1
        if low <= stretch.last:
            made.append(replace(stretch, first=low))
    return Changed(joined(made), tuple(moved), unchanged)


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches with alike neighbours made one; it is as old as the younger of them."""
    result: list[Stretch] = []
    for stretch in stretches:
        before = result[-1] if result else None
        alike = before is not None and (before.state, before.handout_id) == (stretch.state, stretch.handout_id)
        if before is not None and alike and before.last + 1 == stretch.first:
            result[-1] = replace(before, last=stretch.last, since=max(before.since, stretch.since))
        else:
            result.append(stretch)
    return tuple(result)


def longest_free(stretches: Iterable[Stretch]) -> Span | None:
    """Return the longest run of codes that are just issued and in nobody's hands, the first of equals."""
    free = [each for each in stretches if each.state is CodeState.ISSUED and each.handout_id is None]
    best = max(free, key=lambda each: (each.last - each.first, -each.first), default=None)
    return None if best is None else (best.first, best.last)
