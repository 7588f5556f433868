"""The worker: delivers the durable outbox and runs jobs until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import cast

import psycopg
import structlog

from suyuan.chassis.settings import settings

log = structlog.get_logger(__name__)
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 2.0


def run_worker() -> None:
    """Work until SIGTERM or SIGINT; what was begun is finished or rolled back."""
    from suyuan.entry.boot import boot

    boot()
    stop = threading.Event()
    delivering = threading.Thread(target=_deliver_until, args=(stop,), name="outbox")
    delivering.start()
    try:
        asyncio.run(_run_jobs(stop))
    finally:
        stop.set()
        delivering.join()


def _deliver_until(stop: threading.Event) -> None:
    from django.db import Error, connection

    from suyuan.chassis.outbox import OUTBOX_CHANNEL, deliver_pending
    from suyuan.chassis.registry import registry

    while not stop.is_set():
        try:
            with psycopg.connect(settings().database_app_url or "", autocommit=True) as listening:
                listening.execute(f"LISTEN {OUTBOX_CHANNEL}")
                while not stop.is_set():
                    while deliver_pending(registry.subscribers) and not stop.is_set():
                        pass
                    for _ in listening.notifies(timeout=_POLL_SECONDS, stop_after=1):
                        break
        except (Error, psycopg.Error) as error:
            log.warning("outbox interrupted", error=str(error))
            connection.close()
            stop.wait(_RETRY_SECONDS)
    connection.close()


async def _run_jobs(stop: threading.Event) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ended.set)
    while not ended.is_set():
        worker_app = app.with_connector(cast("DjangoConnector", app.connector).get_worker_connector())
        try:
            async with worker_app.open_async():
                running = asyncio.create_task(
                    worker_app.run_worker_async(install_signal_handlers=False, listen_notify=True, concurrency=2)
                )
                stopping = asyncio.create_task(ended.wait())
                await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
                for task in (running, stopping):
                    task.cancel()
                await asyncio.gather(running, stopping, return_exceptions=True)
        except Exception as error:
            log.warning("jobs interrupted", error=str(error))
        if not ended.is_set():
            await asyncio.sleep(_RETRY_SECONDS)
    stop.set()
