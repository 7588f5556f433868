"""What suspect items have in common that sound ones have not: counted, tested, grouped."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Factor = TypeVar("Factor", bound=Hashable)
Presence = Mapping[Factor, bool]
"""What one item's history holds: each factor, and whether it surely does."""


@dataclass(frozen=True, slots=True)
class Shared(Generic[Factor]):
    """Factors that the very same items have, so that nothing tells them apart.

    ``bad`` of the suspect and ``good`` of the sound items have them, ``possible`` of the suspect ones only possibly.
    ``chance`` (p) is how likely so uneven a split is if the factors make no difference; ``false_discovery`` (q) the
    share of findings like this one that are to be expected by chance. Both None where there is nothing to compare with.
    """

    factors: tuple[Factor, ...]
    bad: int
    possible: int
    good: int
    chance: float | None
    false_discovery: float | None


def chance_of(bad: int, all_bad: int, good: int, all_good: int) -> float:
    """Return the one-sided p of Fisher's exact test: how likely it is that at least ``bad`` of ``all_bad`` suspect
    items have a factor that ``bad + good`` of all have, if who has it is a matter of chance (hypergeometric).
    """
    having, everything = bad + good, all_bad + all_good
    whole = _log_choose(everything, all_bad)
    most = min(all_bad, having)
    terms = (
        math.exp(_log_choose(having, count) + _log_choose(everything - having, all_bad - count) - whole)
        for count in range(bad, most + 1)
        if all_bad - count <= everything - having
    )
    return min(1.0, math.fsum(terms))


def _log_choose(total: int, chosen: int) -> float:
    return math.lgamma(total + 1) - math.lgamma(chosen + 1) - math.lgamma(total - chosen + 1)


def false_discoveries(chances: Sequence[float]) -> list[float]:
    """Return each p as a q (Benjamini and Hochberg, 1995): the least false discovery rate at which it is a finding."""
    order = sorted(range(len(chances)), key=lambda index: chances[index], reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for place, index in enumerate(order):
        least = min(least, chances[index] * (len(chances) / (len(chances) - place)))
        found[index] = least
    return found


def shared_by(bad: Sequence[Presence[Factor]], good: Sequence[Presence[Factor]]) -> list[Shared[Factor]]:
    """Return what at least one suspect item has, the most telling first: by p, then by how many suspect items have it.

    Factors of exactly the same items are one finding; what every item has tells nothing and is last.
    """
    had_by: dict[Factor, list[int]] = defaultdict(list)
    for index, presence in enumerate((*bad, *good)):
        for factor in presence:
            had_by[factor].append(index)
    groups: dict[tuple[int, ...], list[Factor]] = defaultdict(list)
    for factor, owners in had_by.items():
        if owners[0] < len(bad):
            groups[tuple(owners)].append(factor)
    counts = [(sum(owner < len(bad) for owner in owners), owners) for owners in groups]
    chances = [chance_of(of_bad, len(bad), len(owners) - of_bad, len(good)) for of_bad, owners in counts]
    discoveries = false_discoveries(chances)
    found = [
        Shared(
            tuple(groups[owners]),
            of_bad,
            sum(not any(bad[owner][factor] for factor in groups[owners]) for owner in owners if owner < len(bad)),
            len(owners) - of_bad,
            chance if good else None,
            discovery if good else None,
        )
        for (of_bad, owners), chance, discovery in zip(counts, chances, discoveries, strict=True)
    ]
    return sorted(found, key=lambda each: (each.chance or 0.0, -each.bad, each.good, len(each.factors)))


def spread(values: Sequence[int], most: int) -> list[int]:
    """Return at most ``most`` of these values, evenly spread over their order."""
    if len(values) <= most:
        return list(values)
    return [values[index * len(values) // most] for index in range(most)]
