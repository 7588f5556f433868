"""The live stream: what whoever is signed in is told, and what only those who may read events."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import pytest

from tests.support.bakery import Bakery
from tests.support.web import InProcess

_deliveries = itertools.count(1)


@contextmanager
def _again_and_again(work: Callable[[], object]) -> Iterator[None]:
    """Do some work until the block is left: a stream tells only what happens after it began to listen."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(0.2):
            work()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _told(said: bytes, event: str) -> dict[str, object]:
    """Return the first message of a kind."""
    _, _, after = said.partition(f"event: {event}\ndata: ".encode())
    return msgspec.json.decode(after.partition(b"\n")[0])


def _record(tenant) -> Callable[[], object]:
    recorder = InProcess(tenant.token())
    return lambda: recorder.post(
        "/epcis/v2/capture", content=Bakery(f"L{next(_deliveries)}").whole()
    ).raise_for_status()


def _change(tenant) -> Callable[[], object]:
    from suyuan.chassis.live import tell_changed

    def change() -> None:
        with tenant.open():
            tell_changed("order", "WO-1")

    return change


@pytest.mark.parametrize(("rights", "shown"), [(("trace:event:read",), 5), (("production:pull:read",), 0)])
def test_the_newest_events_are_shown_to_those_who_may_read_them(tenant, rights: tuple[str, ...], shown: int) -> None:
    listener = InProcess(tenant.token(*rights))
    with _again_and_again(_record(tenant)):
        status, said = listener.open_stream("/api/v1/live", until=b"event: recorded")
    recorded = _told(said, "recorded")
    assert (status, len(recorded["latest"])) == (200, shown)
    assert recorded["count"] >= 22


@pytest.mark.parametrize(("rights", "key"), [(("trace:event:read",), "WO-1"), (("production:pull:read",), "")])
def test_a_board_is_told_that_something_changed(tenant, rights: tuple[str, ...], key: str) -> None:
    listener = InProcess(tenant.token(*rights))
    with _again_and_again(_change(tenant)):
        status, said = listener.open_stream("/api/v1/live", until=b"event: changed")
    assert (status, _told(said, "changed")) == (200, {"kind": "order", "key": key})


def test_a_stranger_is_told_nothing(application) -> None:
    assert InProcess().open_stream("/api/v1/live")[0] == 401
