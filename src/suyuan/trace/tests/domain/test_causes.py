"""Common causes: the test against counting every possible split, and findings that planted causes come out of."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.trace.domain.causes import chance_of, false_discoveries, shared_by, spread


def counted(bad: int, all_bad: int, good: int, all_good: int) -> Fraction:
    """Return p by counting: of all ways to say which items are the suspect ones, how many have at least so many."""
    having, everything = bad + good, all_bad + all_good
    ways = [
        sum(member < having for member in chosen) >= bad
        for chosen in itertools.combinations(range(everything), all_bad)
    ]
    return Fraction(sum(ways), comb(everything, all_bad))


@given(st.integers(1, 6), st.integers(0, 6), st.data())
def test_the_chance_is_what_counting_gives(all_bad, all_good, data) -> None:
    bad, good = data.draw(st.integers(0, all_bad)), data.draw(st.integers(0, all_good))
    assert chance_of(bad, all_bad, good, all_good) == pytest.approx(float(counted(bad, all_bad, good, all_good)))


def test_the_lady_tasting_tea() -> None:
    """Fisher's own example (The Design of Experiments, 1935): all four of four cups told right, 1 in 70."""
    assert chance_of(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert chance_of(3, 4, 1, 4) == pytest.approx(17 / 70)


def test_benjamini_and_hochberg_by_hand() -> None:
    assert false_discoveries([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])


@given(st.lists(st.floats(0, 1), max_size=30))
def test_a_false_discovery_rate_is_never_below_its_chance_and_keeps_the_order(chances) -> None:
    found = false_discoveries(chances)
    assert all(chance <= rate <= 1 for chance, rate in zip(chances, found, strict=True))
    assert sorted(found) == [rate for _, rate in sorted(zip(chances, found, strict=True))]


def test_a_planted_cause_comes_first_with_what_cannot_be_told_from_it() -> None:
    chance = random.Random(5)
    bad = [{"reel": True, "its supplier": True, "line": True, chance.choice("ab"): True} for _ in range(12)]
    good = [{"line": True, chance.choice("ab"): True} for _ in range(40)]
    good[0] |= {"reel": True, "its supplier": True}
    first, *others = shared_by(bad, good)
    assert (set(first.factors), first.bad, first.good, first.possible) == ({"reel", "its supplier"}, 12, 1, 0)
    assert first.false_discovery is not None
    assert first.false_discovery < 1e-6
    assert all(each.chance is not None and each.chance > 0.05 for each in others)
    assert others[-1].factors == ("line",)


def test_nothing_to_compare_with_gives_counts_without_a_chance() -> None:
    found = shared_by([{"a": True, "b": False}, {"a": True}], [])
    assert [(each.factors, each.bad, each.possible, each.chance) for each in found] == [
        (("a",), 2, 0, None),
        (("b",), 1, 1, None),
    ]


@given(st.lists(st.integers(), max_size=50), st.integers(1, 20))
def test_a_sample_keeps_the_order_and_reaches_over_all(values, most) -> None:
    taken = spread(values, most)
    assert len(taken) == min(len(values), most)
    assert not values or taken[0] == values[0]
    places = iter(values)
    assert all(each in places for each in taken)
