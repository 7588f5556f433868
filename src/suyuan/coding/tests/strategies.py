"""Random codes that keep GS1's rules."""

from __future__ import annotations

from hypothesis import strategies as st

from suyuan.coding.domain.check_digits import CSET82, mod10

CPREF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/#"


def digits(length: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=most or length)


def with_check_digit(length: int) -> st.SearchStrategy[str]:
    return digits(length - 1).map(lambda body: body + mod10(body))


def cset82(most: int, least: int = 1) -> st.SearchStrategy[str]:
    return st.text(CSET82, min_size=least, max_size=most)


gtins = with_check_digit(14)
prefix_lengths = st.integers(6, 12)
