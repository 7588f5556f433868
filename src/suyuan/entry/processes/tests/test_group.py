"""Real processes: started, crashed, restarted, stopped, stubborn, orphaned."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

SUPERVISE = """
import json, sys
from pathlib import Path
from suyuan.entry.processes import Child, ProcessGroup, claimed
told = json.loads(sys.argv[1])
children = [Child(name, command, finishes=finishes) for name, command, finishes in told["children"]]
options = dict(language="en", say=lambda line: print(line, flush=True), grace=told["grace"])
if told["postgres"]:
    from suyuan.chassis.postgres import EmbeddedPostgres
    options["database"] = EmbeddedPostgres(Path(told["postgres"]))
    options["database"].start()
with claimed(Path(told["data"]), "test") as claim:
    group = ProcessGroup(children, inherit=[claim], when_ready=lambda: print("ready", flush=True), **options)
    code = group.run()
if told["postgres"]:
    options["database"].stop()
sys.exit(code)
"""
PATIENT = """
import os, pathlib, signal, subprocess, sys, time
note = pathlib.Path(sys.argv[1])
def end(number, frame):
    with note.open("a") as file:
        file.write(f"asked {number}\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
signal.signal(signal.SIGINT, end)
grandchild = subprocess.Popen(["sleep", "300"])
note.write_text(f"{os.getpid()} {grandchild.pid}\\n")
while True:
    time.sleep(0.05)
"""
STUBBORN = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()}\\n")
time.sleep(300)
"""


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.03)


def alive(number: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    return False


def numbers(note: Path) -> list[int]:
    return (
        [int(word) for word in note.read_text().splitlines()[0].split()] if note.exists() and note.read_text() else []
    )


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def start(*children: tuple[str, list[str], bool], grace: float = 10, postgres: Path | None = None):
        told = {
            "children": children,
            "data": str(tmp_path / "data"),
            "grace": grace,
            "postgres": postgres and str(postgres),
        }
        process = subprocess.Popen(
            python(SUPERVISE, json.dumps(told)), stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        process.stdout.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_politely_and_soon(supervise: Start, tmp_path: Path, number: int) -> None:
    notes = [tmp_path / "a", tmp_path / "b"]
    group = supervise(*((note.name, python(PATIENT, note), False) for note in notes))
    wait_until(lambda: all(numbers(note) for note in notes))
    began = time.monotonic()
    os.killpg(group.pid, number)  # as a terminal does
    assert group.wait(20) == 0
    assert time.monotonic() - began < 3
    for note in notes:
        assert note.read_text().splitlines()[1:] == [f"asked {signal.SIGTERM.value}"]  # once
        assert not any(alive(one) for one in numbers(note))  # nor what they had started
    said = group.stdout.read()
    assert said.startswith("ready\n")
    assert said.count("Stopping") == 1


def test_a_crashed_child_is_started_again_ever_later_and_that_is_said(supervise: Start) -> None:
    group = supervise(("web", ["sh", "-c", "exit 3"], False))
    lines = [group.stdout.readline().strip() for _ in range(4)]
    assert lines == ["ready"] + [
        f"web ended unexpectedly (status 3); starting it again in {n} s." for n in ("0.5", "1", "2")
    ]


def test_a_missing_program_is_said(supervise: Start) -> None:
    group = supervise(("web", ["no-such-program-here"], False))
    lines = [group.stdout.readline() for _ in range(2)]
    assert any("status 127" in line for line in lines)


def test_a_child_that_finishes_is_left_alone_and_all_finished_is_the_end(supervise: Start) -> None:
    group = supervise(("fill", ["true"], True), ("sell", ["sleep", "0.3"], True))
    assert group.wait(20) == 0
    said = group.stdout.read()
    assert "fill has finished." in said
    assert "again" not in said


def test_a_killed_guard_takes_its_command_along_and_both_come_back(supervise: Start, tmp_path: Path) -> None:
    note = tmp_path / "note"
    supervise(("web", python(PATIENT, note), False))
    wait_until(lambda: numbers(note))
    command, grandchild = numbers(note)
    psutil.Process(command).parent().kill()
    wait_until(lambda: not alive(command) and not alive(grandchild))
    wait_until(lambda: numbers(note) and numbers(note)[0] != command)


def test_a_second_signal_forces(supervise: Start, tmp_path: Path) -> None:
    note = tmp_path / "note"
    group = supervise(("mule", python(STUBBORN, note), False), grace=60)
    wait_until(lambda: numbers(note))
    group.send_signal(signal.SIGINT)
    assert [group.stdout.readline()[:8] for _ in range(2)] == ["ready\n", "Stopping"]
    assert alive(numbers(note)[0])
    group.send_signal(signal.SIGINT)
    assert group.wait(5) == 1
    assert not alive(numbers(note)[0])
    assert "mule did not stop in time and was killed." in group.stdout.read()


def test_patience_ends(supervise: Start, tmp_path: Path) -> None:
    note = tmp_path / "note"
    group = supervise(("mule", python(STUBBORN, note), False), grace=0.3)
    wait_until(lambda: numbers(note))
    group.send_signal(signal.SIGTERM)
    assert group.wait(5) == 1
    assert not alive(numbers(note)[0])


def test_nothing_outlives_a_killed_supervisor_and_the_next_one_waits_for_that(supervise: Start, tmp_path: Path) -> None:
    notes = [tmp_path / "patient", tmp_path / "mule"]
    group = supervise(("a", python(PATIENT, notes[0]), False), ("b", python(STUBBORN, notes[1]), False))
    wait_until(lambda: all(numbers(note) for note in notes))
    left = numbers(notes[0]) + numbers(notes[1])
    group.kill()
    group.wait()
    following = supervise(("c", ["true"], True))
    assert following.wait(30) == 0
    wait_until(lambda: not any(alive(one) for one in left), seconds=1)


def test_a_killed_database_is_brought_back(supervise: Start, tmp_path: Path) -> None:
    from suyuan.chassis.postgres.postmaster import find_server

    group = supervise(("web", ["sleep", "300"], False), postgres=tmp_path / "postgres")
    assert group.stdout.readline() == "ready\n"
    found = find_server(tmp_path / "postgres" / "cluster")
    os.kill(found.pid, signal.SIGKILL)
    assert group.stdout.readline() == "The database stopped unexpectedly; starting it again.\n"
    assert group.stdout.readline() == "The database is back.\n"
    group.send_signal(signal.SIGINT)
    assert group.wait(20) == 0
    assert find_server(tmp_path / "postgres" / "cluster") is None


class _FailingDatabase:
    """A database on a disk that fails for a while, then is found dead, and comes back."""

    def __init__(self) -> None:
        self.asked, self.started = 0, 0

    def is_alive(self) -> bool:
        self.asked += 1
        if self.asked == 1:
            raise OSError(5, "Input/output error")
        return self.started > 0

    def start(self, timeout: float = 0) -> object:
        self.started += 1
        return self


def test_a_full_log_a_failing_disk_and_no_room_for_a_process_end_nothing(tmp_path: Path, monkeypatch) -> None:
    from suyuan.entry.processes import Child, ProcessGroup, group
    from suyuan.entry.processes.child import Running

    monkeypatch.setattr(group, "DATABASE_CHECK_SECONDS", 0.05)
    started, refused = Running.start, []

    def no_room_at_first(one: Running, lifeline: int) -> None:
        if not refused:
            refused.append(one.child.name)
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started(one, lifeline)

    def full(line: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Running, "start", no_room_at_first)
    note, database = tmp_path / "note", _FailingDatabase()
    done = Child("done", [sys.executable, "-c", f"open({str(note)!r}, 'w').close()"], finishes=True)
    patient = Child("patient", [sys.executable, "-c", PATIENT, str(tmp_path / "patient")])
    running = ProcessGroup([done, patient], database=database, say=full, when_ready=lambda: full(""))

    def stop_when_done() -> None:
        wait_until(lambda: note.exists() and database.started and numbers(tmp_path / "patient"), 30)
        running.stop()

    ending = threading.Thread(target=stop_when_done)
    ending.start()
    assert running.run() == 0
    ending.join()
    assert (refused, database.started) == (["done"], 1)
