"""The drill: a plant at work is backed up, more is recorded, everything is lost, and it is brought back to any time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest
from psycopg import sql

from tests.support.bakery import Bakery, document, raw
from tests.support.servers import bearer, clean_environment, installed, suyuan

_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
MOVING = {"tenancy_token_use", "django_session", "procrastinate_jobs", "procrastinate_events", "procrastinate_workers",
          "procrastinate_periodic_defers", "chassis_outbox_position", "compliance_watch"}  # fmt: skip
"""Tables of what goes on and of how far was read, not of what is kept."""


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
    _refuses_a_time_that_is_not_on_record(kept, tmp_path / "then")

    for name, time_wanted, expected in (("then", at, 44), ("newest", None, 66)):
        data = tmp_path / name
        chosen = ["--at", time_wanted.strftime("%Y-%m-%dT%H:%M:%S")] if time_wanted else []
        done = suyuan("restore", str(kept), *chosen, "--data", str(data))
        assert done.returncode == 0, done.stdout + done.stderr
        verified = suyuan("log", "verify", "--data", str(data))
        assert verified.returncode == 0, verified.stdout + verified.stderr
        with installed(data) as restored:
            with restored.owner() as owner:  # before anybody works on it
                assert owner.execute("SELECT count(*) FROM trace_event").fetchone() == (expected,)
                if time_wanted:
                    found = _contents(owner)
                    differing = {name for name in then if found[name] != then[name]}
                    assert differing <= {"compliance_verification"}
            restored.start()
            restored.wait_ready()
            with bearer(restored.url, token) as client:
                assert client.get("/api/v1/events?limit=1").status_code == 200


def _refuses_a_time_that_is_not_on_record(kept: Path, data: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    done = suyuan("restore", str(kept), "--at", later.strftime("%Y-%m-%dT%H:%M:%S"), "--data", str(data))
    assert done.returncode == 1
    assert f"备份只到 {datetime.now(UTC).year}-" in done.stderr, done.stderr
    assert not data.exists(), "the next try would meet a folder that is not empty"


def _record_until(stop: threading.Event, url: str, token: str) -> list[tuple[float, str]]:
    """Record one event after another until ``stop``; return when each was acknowledged, and its id."""
    acknowledged = []
    with bearer(url, token) as client, contextlib.suppress(httpx.HTTPError):
        for number in range(100_000):
            event = Bakery(f"rpo-{number}").day()[0]
            answer = client.post("/epcis/v2/capture", content=raw(document(event)))
            if stop.is_set() or not answer.json().get("success"):
                break
            acknowledged.append((time.monotonic(), event["eventID"]))
    return acknowledged


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_when_the_machine_dies_at_work_less_than_a_second_of_it_is_missing_from_the_backup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The recovery point: what was acknowledged and is not in the copy that another machine keeps."""
    kept, stop = tmp_path / "kept", threading.Event()
    with installed(tmp_path / "data") as installation, ThreadPoolExecutor() as pool:
        installation.start()
        installation.wait_ready()
        token = installation.add_administrator()
        following = subprocess.Popen(
            [sys.executable, "-m", "suyuan.entry", "backup", "--to", str(kept), "--follow", "--data",
             str(installation.data)],
            env=clean_environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        with following:
            assert following.stdout is not None
            assert "✓" in following.stdout.readline()
            recording = pool.submit(_record_until, stop, installation.url, token)
            time.sleep(8)
            for process in [*psutil.Process(following.pid).children(recursive=True), following]:
                process.kill()  # the copy first: whatever is acknowledged from here on is lost
        died = time.monotonic()
        assert installation.process is not None
        postmaster = installation.postmaster()
        os.killpg(installation.process.pid, signal.SIGKILL)
        if postmaster is not None:
            postmaster.kill()
        stop.set()
        acknowledged = recording.result(60)
        installation.process.wait(30)
        installation.process = None
    data = tmp_path / "restored"
    done = suyuan("restore", str(kept), "--data", str(data))
    assert done.returncode == 0, done.stdout + done.stderr
    with installed(data) as restored, restored.owner() as owner:
        there = {row[0] for row in owner.execute("SELECT event_id FROM trace_event").fetchall()}
    lost = [died - when for when, event in acknowledged if event not in there]
    with capsys.disabled():
        print(f"\nacknowledged {len(acknowledged)}, missing {len(lost)}, the oldest {max(lost, default=0):.2f} s")
    assert len(acknowledged) > 20
    assert max(lost, default=0.0) < 1.0
    verified = suyuan("log", "verify", "--data", str(data))
    assert verified.returncode == 0, verified.stdout + verified.stderr


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
