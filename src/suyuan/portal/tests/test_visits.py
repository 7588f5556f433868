"""Whose lookups count together, and how many are too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from suyuan.portal.domain.visits import Refusals, visitor_of
from suyuan.portal.store import visits as store


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("8.8.4.4", None, "8.8.4.4"),
        ("8.8.4.4", "1.2.3.4", "8.8.4.4"),
        ("127.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("127.0.0.1", "9.9.9.9, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("2001:db8:1:2:3::4", None, "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", None, "1.2.3.4"),
        ("", None, "unknown"),
    ],
)
def test_a_visitor_is_an_address_or_a_household(peer, forwarded, visitor) -> None:
    assert visitor_of(peer, forwarded) == visitor


def test_lookups_come_back_as_the_minute_passes(application) -> None:
    one, other = f"a {uuid4()}", f"b {uuid4()}"

    def looks(visitor: str, now: float, times: int = 1) -> list[bool]:
        return [store.count(visitor, 4, now) for _ in range(times)]

    assert looks(one, 0.0, 6) == [True] * 4 + [False] * 2
    assert looks(other, 0.0) == [True]
    assert looks(one, 60.0) == [False]
    assert looks(one, 90.0, 4) == [True, True, False, False]
    assert looks(one, 30.0) == [False], "a clock that went back gives nothing away"
    assert looks(one, 300.0) == [True]


def test_workers_that_count_at_once_admit_no_more_than_one_alone(application) -> None:
    visitor = f"c {uuid4()}"
    with ThreadPoolExecutor(8) as workers:
        answers = list(workers.map(lambda _: store.count(visitor, 20, 0.0), range(60)))
    assert sum(answers) == 20


def test_what_no_longer_counts_is_forgotten(tenant) -> None:
    from suyuan.portal.jobs import forget_visits

    long_ago, now = f"d {uuid4()}", f"e {uuid4()}"
    assert store.count(long_ago, 1, 0.0)
    assert store.count(now, 1)
    with tenant.open():
        forget_visits({})
    assert store.count(long_ago, 1, 0.0), "forgotten"
    assert not store.count(now, 1)


def test_a_refusal_stands_for_a_moment_and_memory_is_bounded() -> None:
    refusals = Refusals()
    refusals.note("a", 0.0)
    assert (refusals.stands("a", 0.5), refusals.stands("a", 1.5), refusals.stands("b", 0.5)) == (True, False, False)
    for number in range(20_100):
        refusals.note(str(number), 0.0)
    assert not refusals.stands("0", 0.5), "forgotten, so it may ask again"
    assert refusals.stands("20099", 0.5)
