"""The database goes away in the middle of a start: the start goes on with the next one."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from suyuan.chassis.postgres import EmbeddedPostgres
from suyuan.chassis.postgres.faults import UNREACHABLE
from suyuan.entry.installation import MIGRATION_FAILED, outliving_crashes
from suyuan.kernel.faults import Fault

GONE = [
    psycopg.OperationalError("connection refused"),
    UNREACHABLE(server="here", reason="Connection refused"),
    MIGRATION_FAILED(said="psycopg.OperationalError: server closed the connection unexpectedly"),
]


class Restarted(EmbeddedPostgres):
    """Counts how often it was started, and starts nothing."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.starts = 0

    def start(self, timeout: float = 120.0) -> None:  # type: ignore[override]  # nobody here asks for its address
        self.starts += 1


@pytest.mark.parametrize("gone", GONE, ids=["connection", "roles", "migration"])
def test_a_start_outlives_the_end_of_the_database(tmp_path: Path, gone: Exception) -> None:
    server, faults = Restarted(tmp_path), [gone, gone]

    def step() -> str:
        if faults:
            raise faults.pop()
        return "there"

    assert outliving_crashes(server, step) == "there"
    assert server.starts == 2


@pytest.mark.parametrize("gone", GONE, ids=["connection", "roles", "migration"])
def test_a_database_that_does_not_stay_is_told(tmp_path: Path, gone: Exception) -> None:
    def step() -> str:
        raise gone

    with pytest.raises(type(gone)):
        outliving_crashes(Restarted(tmp_path), step)


def test_what_is_no_crash_is_told_at_once(tmp_path: Path) -> None:
    server = Restarted(tmp_path)

    def step() -> str:
        raise MIGRATION_FAILED(said="column exists twice")

    with pytest.raises(Fault):
        outliving_crashes(server, step)
    assert server.starts == 0
