"""Whether two rules could ever make the same code."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from suyuan.coding.domain.rules.layout import Atom

State = tuple[int, int]
"""Which atom of a pattern comes next, and how many of its characters have been read."""


def common_text(one: Sequence[Atom], other: Sequence[Atom]) -> str | None:
    """Return a shortest text that both patterns allow, None where there is none.

    Walks both patterns at once, breadth first; a check digit counts as any character of its alphabet, so that the
    answer errs on the side of saying that they meet.
    """
    start = ((0, 0), (0, 0))
    seen = {start}
    queue: deque[tuple[tuple[State, State], str]] = deque([(start, "")])
    while queue:
        (here, there), text = queue.popleft()
        if _may_end(one, here) and _may_end(other, there):
            return text
        for mine, after in _next(one, here):
            for theirs, following in _next(other, there):
                shared = mine & theirs
                state = (after, following)
                if shared and state not in seen:
                    seen.add(state)
                    queue.append((state, text + min(shared)))
    return None


def _next(pattern: Sequence[Atom], state: State) -> Iterator[tuple[frozenset[str], State]]:
    """Yield what may come next: characters, and the state after one of them."""
    number, done = state
    while number < len(pattern):
        atom = pattern[number]
        if done < atom.most:
            yield atom.characters, (number, done + 1)
        if done < atom.least:
            return
        number, done = number + 1, 0


def _may_end(pattern: Sequence[Atom], state: State) -> bool:
    number, done = state
    if number < len(pattern) and done < pattern[number].least:
        return False
    return all(atom.least == 0 for atom in pattern[number + 1 :])


def to_json(pattern: Sequence[Atom]) -> list[dict[str, Any]]:
    """Return a pattern as JSON values, to be kept beside the codes made by it."""
    return [
        {"characters": "".join(sorted(atom.characters)), "least": atom.least, "most": atom.most} for atom in pattern
    ]


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Atom, ...]:
    """Return the pattern that was kept."""
    return tuple(Atom(frozenset(each["characters"]), int(each["least"]), int(each["most"])) for each in kept)
