"""What one caller may ask for: so many calls a minute, saved up for a minute, and so much costly work at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from suyuan.chassis.contracts import CALLS_TOO_MANY, COSTLY_TOO_MANY
from suyuan.chassis.limits import Calls, Places
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal

PERSON, OTHER = Principal(1, 7, "a"), Principal(1, 8, "b")
TOKEN = Principal(1, None, "pda", via="token", token_id=7)


class Clock:
    """A clock that the test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def limit(**chosen: int) -> None:
        for name, value in chosen.items():
            monkeypatch.setenv(f"SUYUAN_{name.upper()}", str(value))
        settings.cache_clear()

    yield limit
    monkeypatch.undo()
    settings.cache_clear()


def passed(calls: Calls, who: Principal, times: int) -> int:
    """Return how many of so many calls were let through."""
    through, refused = 0, set()
    for _ in range(times):
        try:
            calls.count(who)
            through += 1
        except Fault as fault:
            refused.add(fault.kind)
    assert refused <= {CALLS_TOO_MANY}
    return through


def test_a_minutes_worth_is_let_through_at_once_and_then_its_share(limited) -> None:
    limited(person_calls_a_minute=120)
    clock = Clock()
    calls = Calls(clock)
    assert passed(calls, PERSON, 200) == 120
    clock.now += 1.0
    assert passed(calls, PERSON, 10) == 2
    clock.now += 3600
    assert passed(calls, PERSON, 200) == 120


def test_a_refused_call_costs_nothing_and_tells_how_long_to_wait(limited) -> None:
    limited(person_calls_a_minute=6)
    clock = Clock()
    calls = Calls(clock)
    assert passed(calls, PERSON, 100) == 6
    with pytest.raises(Fault) as caught:
        calls.count(PERSON)
    assert caught.value.params == {"limit": 6, "retry_after": 10}
    clock.now += 10
    calls.count(PERSON)


def test_people_and_tokens_are_counted_apart_by_limits_of_their_own(limited) -> None:
    limited(person_calls_a_minute=3, token_calls_a_minute=9)
    calls = Calls(Clock())
    assert [passed(calls, who, 20) for who in (PERSON, OTHER, TOKEN)] == [3, 3, 9]
    assert passed(calls, Principal(2, 7, "of another company"), 20) == 3


def test_no_limit_is_no_limit(limited) -> None:
    limited(person_calls_a_minute=0, costly_at_once=0)
    assert passed(Calls(Clock()), PERSON, 50_000) == 50_000
    places = Places()
    assert len([places.take(PERSON) for _ in range(50)]) == 50


def test_what_a_plant_does_never_meets_the_limits() -> None:
    """Ten minutes of 300 scans a second through one token, of six calls a second by one person; then their backlog."""
    clock = Clock()
    calls = Calls(clock)
    for _ in range(600):
        assert passed(calls, TOKEN, 300) == 300
        assert passed(calls, PERSON, 6) == 6
        clock.now += 1.0
    assert passed(calls, PERSON, 2_000) == 2_000


def test_callers_of_long_ago_are_forgotten() -> None:
    clock = Clock()
    calls = Calls(clock)
    for number in range(20_000):
        calls.count(Principal(1, number, ""))
        clock.now += 0.01
    assert len(calls._whole) < 9_000


def test_costly_work_has_so_many_places_for_each(limited) -> None:
    limited(costly_at_once=2)
    places = Places()
    first, _ = places.take(PERSON), places.take(PERSON)
    with pytest.raises(Fault) as caught:
        places.take(PERSON)
    assert caught.value.kind is COSTLY_TOO_MANY
    places.take(OTHER)
    places.take(TOKEN)
    first()
    first()
    places.take(PERSON)
    with pytest.raises(Fault):
        places.take(PERSON)


def test_places_are_all_given_back_whoever_takes_them_at_the_same_time(limited) -> None:
    limited(costly_at_once=1_000)
    places = Places()

    def work() -> None:
        for _ in range(200):
            places.take(PERSON)()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert places._taken == {}
