"""Columns as binary arrays: what is packed by one call is what is packed one by one."""

from __future__ import annotations

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.chassis import arrays

BIGINT = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(BIGINT, max_size=5) | st.lists(st.none() | BIGINT, max_size=5), st.integers(1, 40))
def test_numbers_are_packed_alike_together_and_singly(few, times) -> None:
    numbers = few * times
    assert arrays.longs(numbers).data == arrays._Longs(numbers, arrays._long).data


def test_a_number_that_is_too_large_is_refused_as_the_database_would() -> None:
    for numbers in ([2**63], [*range(200), -(2**63) - 1]):
        with pytest.raises(psycopg.errors.NumericValueOutOfRange):
            arrays.longs(numbers)
