"""PINs: short, so that they must not be the first ones that everybody tries."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

PIN_LENGTHS: Final = (4, 12)


def weakness(pin: str) -> tuple[str, str] | None:
    """Return why a PIN is not taken, in Chinese and English; None for one that is."""
    least, most = PIN_LENGTHS
    if not (pin.isascii() and pin.isdigit() and least <= len(pin) <= most):
        return f"须为 {least}–{most} 位数字", f"it is not {least} to {most} digits"
    if len(set(pin)) < 2:
        return "数字全部相同", "all its digits are the same"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({1}, {9}):
        return "是连续的数字", "its digits count up or down"
    return None
