"""The drill: a plant at work is backed up, more is recorded, everything is lost, and it is brought back to any time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.support.bakery import Bakery
from tests.support.servers import bearer, clean_environment, installed, suyuan

_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
MOVING = {"tenancy_token_use", "django_session", "procrastinate_jobs", "procrastinate_events", "procrastinate_workers",
          "procrastinate_periodic_defers", "chassis_outbox_position"}  # fmt: skip
"""Tables of what goes on, not of what is kept."""


def _contents(owner: psycopg.Connection) -> dict[str, tuple[object, ...] | None]:
    """Return count and fingerprint of every table's rows."""
    query = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
    return {
        name: owner.execute(sql.SQL(query).format(sql.Identifier(name))).fetchone()
        for (name,) in owner.execute(_TABLES).fetchall()
        if name not in MOVING
    }


def _capture(url: str, token: str, mark: str) -> None:
    with bearer(url, token) as client:
        answer = client.post("/epcis/v2/capture", content=Bakery(mark).whole())
        assert answer.json()["success"], answer.text


def _await_sealed(owner: psycopg.Connection, events: int) -> None:
    """Wait until every event is in the log and under a checkpoint: then the plant is at rest."""
    query = (
        "SELECT (SELECT count(*) FROM compliance_log_leaf WHERE kind = 'e'),"
        " (SELECT max(size) FROM compliance_checkpoint) = (SELECT max(size) FROM compliance_log)"
    )
    end = time.monotonic() + 150
    while owner.execute(query).fetchone() != (events, True):
        assert time.monotonic() < end, owner.execute(query).fetchone()
        time.sleep(1)
        owner.rollback()
    time.sleep(3)  # the read models, too
    owner.rollback()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_lost_is_brought_back_row_by_row_to_any_time(tmp_path: Path) -> None:
    kept = tmp_path / "备份 backup"
    with installed(tmp_path / "data") as installation:
        installation.start()
        installation.wait_ready()
        token = installation.add_administrator()
        _capture(installation.url, token, "first")
        following = subprocess.Popen(
            [sys.executable, "-m", "suyuan.entry", "backup", "--to", str(kept), "--follow", "--data",
             str(installation.data)],
            env=clean_environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert following.stdout is not None
        assert "✓" in following.stdout.readline()
        with installation.owner() as owner:
            _capture(installation.url, token, "second")
            _await_sealed(owner, 44)
            then = _contents(owner)
            owner.rollback()
        at = datetime.now(UTC)
        time.sleep(1.5)
        _capture(installation.url, token, "third")
        with installation.owner() as owner:
            now = owner.execute("SELECT count(*) FROM trace_event").fetchone()
        following.send_signal(signal.SIGTERM)
        assert following.wait(60) == 0
    assert now == (66,)

    for name, time_wanted, expected in (("then", at, 44), ("newest", None, 66)):
        data = tmp_path / name
        chosen = ["--at", time_wanted.strftime("%Y-%m-%dT%H:%M:%S")] if time_wanted else []
        done = suyuan("restore", str(kept), *chosen, "--data", str(data))
        assert done.returncode == 0, done.stdout + done.stderr
        verified = suyuan("log", "verify", "--data", str(data))
        assert verified.returncode == 0, verified.stdout + verified.stderr
        with installed(data) as restored:
            restored.start()
            restored.wait_ready()
            with restored.owner() as owner:
                assert owner.execute("SELECT count(*) FROM trace_event").fetchone() == (expected,)
                if time_wanted:
                    found = _contents(owner)
                    differing = {name for name in then if found[name] != then[name]}
                    assert differing <= {"compliance_verification"}
            with bearer(restored.url, token) as client:
                assert client.get("/api/v1/events?limit=1").status_code == 200


def test_nothing_is_restored_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "something").touch()
    done = suyuan("restore", str(tmp_path / "kept"), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert "不是空目录" in done.stderr
    (tmp_path / "data" / "something").unlink()
    done = suyuan("restore", str(tmp_path / "kept"), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert "没有可恢复到" in done.stderr
