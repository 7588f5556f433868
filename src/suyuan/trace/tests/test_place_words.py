"""Places that nobody has named are still said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.trace.domain.place_words import named_place, place_words


@pytest.mark.parametrize(
    ("uri", "zh", "en"),
    [
        ("https://id.gs1.org/414/0614141073467", "GLN 0614141073467", "GLN 0614141073467"),
        ("https://id.gs1.org/414/0614141073467/254/A%2F1", "GLN 0614141073467 · A/1", "GLN 0614141073467 · A/1"),
        ("https://id.gs1.org/417/1234567890128", "GLN 1234567890128", "GLN 1234567890128"),
        ("geo:31.2304,121.4737", "坐标 31.2304, 121.4737", "Coordinates 31.2304, 121.4737"),
        ("geo:-31.2,121.4,12;u=35", "坐标 -31.2, 121.4", "Coordinates -31.2, 121.4"),
        ("urn:suyuan:demo:place:WH1", "WH1", "WH1"),
        ("https://example.com/places/%E4%BB%93%E5%BA%93?x", "x", "x"),
        ("https://example.com/places/%E4%BB%93%E5%BA%93/", "仓库", "仓库"),
        ("geo:nowhere", "nowhere", "nowhere"),
        ("::", "::", "::"),
    ],
)
def test_words_for_a_place(uri: str, zh: str, en: str) -> None:
    assert place_words(uri) == (zh, en)


def test_a_name_comes_before_words_for_the_uri() -> None:
    assert named_place("geo:1,2", "码头", None) == ("码头", None)
    assert named_place("geo:1,2", None, "Pier") == (None, "Pier")
    assert named_place(None, None, None) == (None, None)


@given(st.text(min_size=1))
def test_every_place_is_called_something(uri: str) -> None:
    assert all(place_words(uri))
