"""Answers are kept a while, within bounds, and never for another tenant."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def shelves(application) -> Any:
    from suyuan.trace.api import scope_shelf

    return scope_shelf


def test_an_answer_is_kept_for_its_tenant_alone(shelves) -> None:
    shelf = shelves.Shelf()
    shelf.put((1, "a"), "mine", 10)
    assert shelf.take((1, "a")) == "mine"
    assert shelf.take((2, "a")) is None


def test_room_is_bounded_and_the_oldest_goes_first(shelves) -> None:
    shelf = shelves.Shelf(most_bytes=100)
    for name in "abc":
        shelf.put((1, name), name, 40)
    assert [shelf.take((1, name)) for name in "abc"] == [None, "b", "c"]
    shelf.put((1, "huge"), "huge", 101)
    assert (shelf.take((1, "huge")), len(shelf)) == (None, 2)


def test_one_tenant_does_not_put_out_the_others(shelves) -> None:
    shelf = shelves.Shelf()
    shelf.put((2, "other"), 0, 1)
    for number in range(shelves.MOST_OF_ONE_TENANT + 5):
        shelf.put((1, str(number)), number, 1)
    assert len(shelf) == shelves.MOST_OF_ONE_TENANT + 1
    assert shelf.take((2, "other")) == 0
    assert shelf.take((1, "0")) is None


def test_an_answer_is_forgotten_after_a_while(shelves) -> None:
    shelf = shelves.Shelf(seconds=-1)
    shelf.put((1, "a"), "old", 1)
    assert shelf.take((1, "a")) is None
