"""Bookmarks of what had ended."""

from __future__ import annotations

import pytest

from suyuan.chassis.snapshots import without_own


@pytest.mark.parametrize(
    ("seen", "own", "told"),
    [
        ("7:7:", None, "7:7:"),
        ("7:7:", "7", "7:7:"),
        ("7:9:", "7", "7:9:7"),
        ("5:9:5,8", "7", "5:9:5,7,8"),
        ("8:10:8,9", "6", "6:10:6,8,9"),
    ],
)
def test_ones_own_transaction_has_not_ended(seen: str, own: str | None, told: str):
    assert without_own(seen, own) == told
