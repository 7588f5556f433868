"""Numbers as sets are numpy's, only sooner."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.trace.domain.distinct import distinct, without

NUMBERS = st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 4), max_size=30).map(lambda n: np.array(n, np.int64))


@given(NUMBERS, NUMBERS)
def test_they_are_the_sets_of_numpy(some: np.ndarray, others: np.ndarray) -> None:
    assert distinct(some).tolist() == np.unique(some).tolist()
    assert without(some, others).tolist() == np.setdiff1d(some, others).tolist()
    assert distinct(some.astype(np.int8)).dtype == np.int8
