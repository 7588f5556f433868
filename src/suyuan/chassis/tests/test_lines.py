"""A line to the database that carries nothing more, and says nothing of it, is found and cut; others are not."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.chaos.proxy import Wire


@pytest.fixture
def wire(application: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """Put a wire between this process and the database for the time of a test."""
    from django.db import connection

    from suyuan.chassis.settings import settings

    parts = conninfo_to_dict(os.environ["DATABASE_APP_URL"])
    wire, here = Wire(Path(str(parts["host"])) / f".s.PGSQL.{parts['port']}"), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT=str(wire.port))
    monkeypatch.setenv("DATABASE_APP_URL", make_conninfo("", **{**parts, "host": "127.0.0.1", "port": wire.port}))
    settings.cache_clear()
    yield wire
    connection.close()
    connection.settings_dict.update(here)
    monkeypatch.undo()
    settings.cache_clear()
    wire.close()


def _ask(tenant: object, seen: list[object], query: str = "SELECT 7") -> threading.Thread:
    from django.db import connection

    from suyuan.chassis.database import transaction

    def ask() -> None:
        try:
            with transaction(tenant.principal) as tx:  # type: ignore[attr-defined]  # a test's tenant
                seen.append(tx.value("SELECT 1"))
                go.wait()
                seen.append(tx.value(query))
        except psycopg.OperationalError as error:
            seen.append(type(error).__name__)
        connection.close()

    go = threading.Event()
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    while not seen:
        thread.join(0.01)
    thread.go = go  # type: ignore[attr-defined]  # lets it ask the second question
    return thread


def _looked(thread: threading.Thread, times: int) -> int:
    """Look so often, once the thread waits for an answer; return how many lines were cut."""
    from suyuan.chassis.lines import WATCH, _waits

    while not any(_waits(line) for line in list(WATCH._lines)):
        thread.join(0.01)
    return sum(WATCH.look() for _ in range(times))


@pytest.mark.timeout(60)
def test_who_waits_on_a_silent_line_is_told_and_goes_on_by_another(tenant, wire) -> None:
    from suyuan.chassis.lines import LOOKS

    seen: list[object] = []
    thread = _ask(tenant, seen)
    assert wire.silence() == 1
    thread.go.set()
    assert _looked(thread, LOOKS - 1) == 0, "the server may just be about to answer"
    assert _looked(thread, 1) == 1
    thread.join(20)
    assert seen == [1, "OperationalError"]

    again: list[object] = []
    after = _ask(tenant, again)
    after.go.set()
    after.join(20)
    assert again == [1, 7]


@pytest.mark.timeout(60)
def test_who_waits_for_long_work_is_left_alone(tenant, wire) -> None:
    from suyuan.chassis.lines import LOOKS

    seen: list[object] = []
    thread = _ask(tenant, seen, "SELECT 7 FROM pg_sleep(1)")
    thread.go.set()
    assert _looked(thread, LOOKS + 2) == 0
    thread.join(20)
    assert seen == [1, 7]
