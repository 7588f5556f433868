"""What a killed worker was at is done again by the next one, once it was not heard of for long enough."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.chaos.proxy import Wire

KILLED = """
import sys, time
from suyuan.entry.boot import boot
boot()
from procrastinate.contrib.django import app
from suyuan.chassis.jobs import Job, bind

def stay(given):
    print("begun", flush=True)
    time.sleep(600)

bind([Job(sys.argv[1], stay)], list)
app.with_connector(app.connector.get_worker_connector()).run_worker(
    install_signal_handlers=False, queues=[sys.argv[1]], update_heartbeat_interval=0.2)
"""


def _state(tenant: Any, name: str) -> str:
    with tenant.open() as tx:
        return str(tx.value("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", (name,)))


async def _until_waiting(tenant: Any, name: str) -> None:
    from procrastinate.contrib.django import app

    from suyuan.entry.worker import _take_up_stalled

    worker = app.with_connector(app.connector.get_worker_connector())
    async with worker.open_async():
        again = asyncio.create_task(_take_up_stalled(worker.job_manager))
        while await asyncio.to_thread(_state, tenant, name) != "todo":
            await asyncio.sleep(0.1)
        again.cancel()


@pytest.mark.timeout(120)
def test_the_job_of_a_killed_worker_is_taken_up_after_its_time(tenant, monkeypatch) -> None:
    from procrastinate.contrib.django import app

    from suyuan.chassis.jobs import Job, bind, later
    from suyuan.chassis.settings import settings

    name, done = f"entry.test_{uuid4().hex[:8]}", []

    def note(given: Mapping[str, Any]) -> None:
        done.append(dict(given))

    bind([Job(name, note)], list)
    with tenant.open():
        later(name, {"lot": "L1"})
    with subprocess.Popen([sys.executable, "-c", KILLED, name], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        while worker.stdout.readline() != "begun\n":
            assert worker.poll() is None
        worker.kill()
    assert _state(tenant, name) == "doing", "nobody knows yet that it is gone"
    monkeypatch.setenv("SUYUAN_STALLED_SECONDS", "1")
    settings.cache_clear()
    try:
        asyncio.run(_until_waiting(tenant, name))
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    app.with_connector(app.connector.get_worker_connector()).run_worker(
        wait=False, install_signal_handlers=False, listen_notify=False, queues=[name]
    )
    assert done == [{"lot": "L1"}]
    del app.tasks[name]


async def _looks(monkeypatch: pytest.MonkeyPatch, *ahead: float) -> bool:
    """Set the clock ahead by so many seconds, one after another; return whether it was told to have been set back."""
    from suyuan.entry import worker

    clock = {"ahead": ahead[0]}
    monkeypatch.setattr(worker, "_CLOCK_SECONDS", 0.01)
    monkeypatch.setattr(worker.time, "time", lambda: time.monotonic() + clock["ahead"])
    told = asyncio.create_task(worker._Clock().until_set_back())
    for seconds in ahead:
        clock["ahead"] = seconds
        await asyncio.sleep(0.1)
    said = told.done()
    told.cancel()
    return said


@pytest.mark.parametrize(
    ("ahead", "said"),
    [((0, 7200, 0), True), ((0, -60), True), ((0, 7200), False), ((0, 5, 0), False), ((0, 0), False)],
)
def test_a_clock_that_was_set_back_is_noticed(monkeypatch, ahead: tuple[float, ...], said: bool) -> None:
    assert asyncio.run(_looks(monkeypatch, *ahead)) is said


async def _put_off(app: Any, name: str, *seconds: float) -> None:
    """Give the worker jobs that it is to do so long from now."""
    for ahead in seconds:
        at = datetime.now(UTC) + timedelta(seconds=ahead)
        await app.configure_task(name, queue=name, schedule_at=at, allow_unknown=True).defer_async()


@pytest.mark.parametrize(("set_back", "still_waiting"), [(True, 0), (False, 1)])
def test_what_waits_for_the_time_of_a_wrong_clock_is_due_at_once(tenant, set_back: bool, still_waiting: int) -> None:
    """Of a clock that nobody saw, only what waits for longer than any trial does is from a wrong one."""
    from procrastinate.contrib.django import app

    from suyuan.entry.worker import _Clock, _make_due

    async def put_off_and_find() -> tuple[int, int]:
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await _put_off(worker, name, 2 * 86_400, 600, -60)
            before = await asyncio.to_thread(_waiting, tenant, name)
            clock = _Clock()
            clock.was_set_back = set_back
            await _make_due(worker, clock)
            assert not clock.was_set_back
            return before, await asyncio.to_thread(_waiting, tenant, name)

    name = f"entry.test_{uuid4().hex[:8]}"
    assert asyncio.run(put_off_and_find()) == (2, still_waiting)


@pytest.mark.timeout(120)
def test_a_clock_set_back_while_the_database_is_away_is_put_right_once_it_is_back(tenant, monkeypatch) -> None:
    from procrastinate.contrib.django import app, utils

    from suyuan.chassis.caller import Caller
    from suyuan.chassis.jobs import Job, bind
    from suyuan.entry import worker

    name, done = f"entry.test_{uuid4().hex[:8]}", []
    bind([Job(name, done.append)], list)
    direct = app.with_connector(app.connector.get_worker_connector())
    straight, ahead = utils.connector_params(), {"seconds": 7200.0}
    wire = Wire(Path(straight["host"]) / f".s.PGSQL.{straight['port']}")
    monkeypatch.setattr(utils, "connector_params", lambda: straight | {"host": "127.0.0.1", "port": wire.port})
    monkeypatch.setattr(worker, "_CLOCK_SECONDS", 0.05)
    monkeypatch.setattr(worker.time, "time", lambda: time.monotonic() + ahead["seconds"])

    async def story() -> None:
        stop = threading.Event()
        working = asyncio.create_task(worker._run_jobs(stop, Caller(), [name]))
        async with direct.open_async():
            while not wire.busy:
                await asyncio.sleep(0.05)
            at = datetime.now(UTC) + timedelta(minutes=10)  # no more than a trial may wait
            task = direct.configure_task(name, queue=name, schedule_at=at)
            await task.defer_async(tenant=tenant.id, given={"lot": "L1"})
            await asyncio.sleep(0.5)
            wire.sever()
            ahead["seconds"] = 0.0
            await asyncio.sleep(3)  # it is seen, and nothing can be done about it yet
            assert not done
            wire.mend()
            while not done:
                await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)
        await working

    try:
        asyncio.run(story())
    finally:
        wire.close()
        del app.tasks[name]
    assert done == [{"lot": "L1"}]


def _waiting(tenant: Any, name: str) -> int:
    """Return how many jobs of a kind wait for their time."""
    with tenant.open() as tx:
        asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND scheduled_at > now()"
        return int(tx.value(asked, (name,)))
