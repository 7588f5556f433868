"""Whose lookups count together, and how many are too many."""

from __future__ import annotations

import pytest

from suyuan.portal.domain.visits import Visits, visitor_of


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


def test_lookups_come_back_as_the_minute_passes() -> None:
    visits = Visits(limit=4)
    assert [visits.admit("a", 0.0) for _ in range(6)] == [True] * 4 + [False] * 2
    assert visits.admit("b", 0.0)
    assert not visits.admit("a", 60.0)
    assert [visits.admit("a", 90.0) for _ in range(4)] == [True, True, False, False]
    assert visits.admit("a", 300.0)


def test_memory_is_bounded() -> None:
    visits = Visits(limit=1)
    for number in range(20_100):
        visits.admit(str(number), 0.0)
    assert visits.admit("0", 0.0), "forgotten, so it may ask again"
    assert not visits.admit("20099", 0.0)
