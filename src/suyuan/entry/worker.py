"""The worker: delivers the durable outbox and runs jobs until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, cast

import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from suyuan.chassis.caller import Caller, answering
from suyuan.chassis.lines import WATCH, line_to
from suyuan.chassis.settings import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procrastinate import App
    from procrastinate.manager import JobManager

    from suyuan.chassis.registry import Subscriber

log = structlog.get_logger(__name__)
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 2.0
_PRUNE_SECONDS = 3600.0
_ASK_SECONDS = 60.0
_SIGNS_OF_LIFE = 6
"""How often a worker says that it lives, before it counts as gone."""
_CLOCK_SECONDS = 5.0
"""How often the machine's clock is compared with one that nobody sets."""
_SET_BACK_SECONDS = 30.0
"""By how much the clock must have been set back to matter: what is done by the clock is done each minute."""
_PATIENCE_SECONDS = 5.0
"""Less than what a supervisor grants us, so that we end by ourselves."""


def run_worker() -> None:
    """Work until SIGTERM or SIGINT; what was begun is finished or rolled back."""
    from suyuan.entry.boot import boot, prepare

    boot()
    stop, going = threading.Event(), Caller()
    from suyuan.chassis.registry import registry

    prepare()
    # A thread for each, so that a large capture does not keep the home page's numbers waiting.
    threads = [
        threading.Thread(target=_deliver_until, args=(subscriber, stop, going), name=subscriber.name, daemon=True)
        for subscriber in registry.subscribers
    ]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_run_jobs(stop, going))
    finally:
        stop.set()
        going.leave()
        end = time.monotonic() + _PATIENCE_SECONDS
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))  # what cannot be interrupted is rolled back by our end


def _deliver_until(subscriber: Subscriber, stop: threading.Event, going: Caller) -> None:
    """Deliver one subscriber's messages until ``stop``. A failed batch was rolled back and is tried again; long work
    asks whether we are still ``going``.
    """
    from django.db import connection

    from suyuan.chassis.outbox import OUTBOX_CHANNEL, deliver_all, prune

    pruned, asked, delivered = -_PRUNE_SECONDS, time.monotonic(), -subscriber.gather
    while not stop.is_set():
        try:
            with psycopg.connect(line_to(settings().database_app_url or ""), autocommit=True) as listening:
                WATCH.add(listening)
                listening.execute(f"LISTEN {OUTBOX_CHANNEL}")
                while not stop.is_set():
                    with answering(going):
                        found = deliver_all([subscriber], stop.is_set)
                    if time.monotonic() - pruned >= _PRUNE_SECONDS:
                        pruned = time.monotonic()
                        prune()
                    ended = time.monotonic()
                    delivered = ended if found else delivered  # what comes after a pause is delivered at once
                    if ended - asked >= _ASK_SECONDS:  # else nobody would know of a line that fell silent
                        asked = ended
                        listening.execute("SELECT 1")
                    for _ in listening.notifies(timeout=_POLL_SECONDS, stop_after=1):
                        break
                    stop.wait(max(0.0, delivered + subscriber.gather - time.monotonic()))
        except Exception as error:  # whatever it was: the messages wait, and the others go on
            if stop.is_set():
                break
            log.warning("delivery interrupted", subscriber=subscriber.name, error=f"{type(error).__name__}: {error}")
            connection.close()
            stop.wait(_RETRY_SECONDS)
    connection.close()


async def _take_up_stalled(jobs: JobManager) -> None:
    """Have what a killed worker was at done again: a job is one transaction, or knows how far it came."""
    while True:
        await asyncio.sleep(settings().stalled_seconds)
        try:
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=settings().stalled_seconds):
                log.warning("job taken up again", job=job.task_name, number=job.id)
                try:
                    await jobs.retry_job(job)
                except ConnectorException:  # the same waits already, by the clock: that one does it
                    await jobs.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException as error:
            log.warning("stalled jobs not seen", error=str(error))


class _Clock:
    """The machine's clock beside one that nobody sets. It is compared for as long as the worker lives, also while the
    database is away, and owes what a clock that was set back makes necessary until that is done.
    """

    def __init__(self) -> None:
        self._ahead = self._now()
        self.was_set_back = False

    @staticmethod
    def _now() -> float:
        return time.time() - time.monotonic()

    def look(self) -> bool:
        """Tell whether the clock was set back since what that asks for was last done."""
        before, self._ahead = self._ahead, self._now()
        if before - self._ahead > _SET_BACK_SECONDS:
            log.warning("clock set back, jobs by the clock begin anew", seconds=round(before - self._ahead))
            self.was_set_back = True
        return self.was_set_back

    async def until_set_back(self) -> None:
        """Return once it was set back: what counts the minutes that were would wait for them to come."""
        while not self.look():
            await asyncio.sleep(_CLOCK_SECONDS)


async def _make_due(app: App, clock: _Clock) -> None:
    """Have jobs done now whose time is that of a clock that was wrong: all that wait, where it was seen to be set back.

    Else those put off for longer than any trial is, which a worker that died may have left. A failed one is not tried
    sooner for a worker's restart: its trials would be used up.
    """
    from suyuan.chassis.jobs import LONGEST_WAIT

    least = 0.0 if clock.look() else LONGEST_WAIT
    await app.connector.execute_query_async(
        "UPDATE procrastinate_jobs SET scheduled_at = now()"
        " WHERE status = 'todo' AND scheduled_at > now() + make_interval(secs => %(least)s)",
        least=least,
    )
    clock.was_set_back = False


async def _watched(line: psycopg.AsyncConnection[Any]) -> None:
    WATCH.add(line)


async def _run_jobs(stop: threading.Event, going: Caller, queues: Sequence[str] = ()) -> None:
    """Run jobs until we are told to stop: of these queues, or of all."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def end() -> None:
        stop.set()
        going.leave()
        ended.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, end)
    clock, only = _Clock(), cast("dict[str, Any]", {"queues": queues} if queues else {})
    while not ended.is_set():
        worker_app = app.with_connector(PsycopgConnector(kwargs=connector_params(), configure=_watched))
        try:
            async with worker_app.open_async():
                await _make_due(worker_app, clock)
                running = asyncio.create_task(
                    worker_app.run_worker_async(
                        install_signal_handlers=False,
                        **only,
                        listen_notify=True,
                        concurrency=6,
                        delete_jobs="successful",
                        update_heartbeat_interval=settings().stalled_seconds / _SIGNS_OF_LIFE,
                    )
                )
                stopping = asyncio.create_task(ended.wait())
                set_back = asyncio.create_task(clock.until_set_back())
                again = asyncio.create_task(_take_up_stalled(worker_app.job_manager))
                await asyncio.wait({running, stopping, set_back}, return_when=asyncio.FIRST_COMPLETED)
                for task in (running, stopping, set_back, again):
                    task.cancel()
                await asyncio.gather(running, stopping, set_back, again, return_exceptions=True)
                if clock.was_set_back:
                    continue
        except Exception as error:
            log.warning("jobs interrupted", error=str(error))
        if not ended.is_set():
            await asyncio.sleep(_RETRY_SECONDS)
    stop.set()
