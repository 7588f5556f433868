"""The live stream: what whoever is signed in is told, and what only those who may read events."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import msgspec
import pytest

from tests.support.bakery import Bakery
from tests.support.web import PASSWORD, InProcess

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


def _listening(tenant) -> bool:
    from suyuan.chassis.live import live_notices

    return bool(live_notices._queues[tenant.principal.tenant_id])


@pytest.mark.parametrize("end", ["signed out", "barred", "fewer rights"])
def test_a_stream_ends_with_what_it_was_opened_by(tenant, monkeypatch, end: str) -> None:
    monkeypatch.setattr("suyuan.entry.hot._LOOK_SECONDS", 0.1)
    login = tenant.person("", PASSWORD, "trace:event:read")
    tenant.person()  # a plant keeps an administrator
    reader, boss = InProcess(), InProcess(tenant.token())
    assert reader.sign_in(login).status_code == 200
    with ThreadPoolExecutor(1) as aside:
        stream = aside.submit(reader.open_stream, "/api/v1/live", b"never sent")
        while not _listening(tenant):
            time.sleep(0.02)
        time.sleep(0.5)
        assert not stream.done()
        person = next(each for each in boss.get("/api/v1/people").json()["rows"] if each["login"] == login)
        if end == "signed out":
            assert reader.delete("/api/v1/session").status_code == 204
        else:
            change = {"active": False} if end == "barred" else {"roles": []}
            assert boss.patch(f"/api/v1/people/{person['id']}", json=change).status_code == 200
        assert stream.result(30) == (200, b"retry: 3000\n\n")
    assert not _listening(tenant)


def test_a_stranger_is_told_nothing(application) -> None:
    assert InProcess().open_stream("/api/v1/live")[0] == 401
