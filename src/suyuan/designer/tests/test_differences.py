"""Differences and merges of JSON values."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.designer.domain.differences import differences, merged

LEAVES = st.none() | st.booleans() | st.integers(0, 3) | st.text("ab", max_size=2)
ENTRIES = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("xyz")}, optional={"n": LEAVES}),
    max_size=3, unique_by=lambda entry: entry["id"],
)  # fmt: skip
BODIES = st.dictionaries(
    st.sampled_from(["p", "q", "a/b"]), LEAVES | ENTRIES | st.lists(LEAVES, max_size=2), max_size=3
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(BODIES, BODIES)
def test_only_what_differs_differs(one: Any, other: Any) -> None:
    same = repr(sorted(one.items(), key=str)) == repr(sorted(other.items(), key=str))
    assert differences(one, one) == ()
    if not same and one != other:
        assert differences(one, other)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(BODIES, BODIES)
def test_a_merge_with_nothing_new_keeps_all(ancestor: Any, mine: Any) -> None:
    assert merged(ancestor, mine, ancestor) == (mine, ())
    assert merged(ancestor, ancestor, mine) == (mine, ())
    assert merged(ancestor, mine, mine) == (mine, ())


def test_an_entry_moved_up_is_one_change() -> None:
    a, b, c = {"id": "a"}, {"id": "b"}, {"id": "c", "n": 1}
    found = differences({"s": [a, b, c]}, {"s": [c, a, b]})
    assert [(each.at, each.how, each.after) for each in found] == [("/s", "moved", ["c", "a", "b"])]
    found = differences({"a/b": 1}, {"a/b": 2})
    assert [each.at for each in found] == ["/a~1b"]
