"""Following the log: begun again where it ends by itself, and told about where that does not help."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from suyuan.chassis.postgres import following
from suyuan.chassis.postgres.following import Following
from suyuan.kernel.faults import Fault

PROGRAM = """import os, signal, sys, time
runs = "{runs}"
with open(runs, "a") as file:
    file.write("x")
if os.path.getsize(runs) < {sound}:
    sys.exit("replication slot does not exist")
signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
open(runs + ".up", "w").close()
time.sleep(60)
"""


def _follow(monkeypatch: pytest.MonkeyPatch, folder: Path, sound: int, patience: float) -> Following:
    text, program = folder / "receiving.py", folder / "pg_receivewal"
    text.write_text(PROGRAM.format(runs=folder / "runs", sound=sound), encoding="utf-8")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{text}"\n', encoding="utf-8")  # either may have spaces
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(following, "locate", lambda: SimpleNamespace(program=lambda name: str(folder / name)))
    monkeypatch.setattr(following, "_AGAIN_SECONDS", 0.05)
    address = SimpleNamespace(password="x")
    return Following(address, folder / "wal", "slot", [], patience)  # type: ignore[arg-type]  # what it needs of one


def _wait(running: Following) -> None:
    while not running.wait(5):
        pass


def test_it_goes_on_by_itself_and_ends_when_it_is_asked_to(monkeypatch, tmp_path) -> None:
    running = _follow(monkeypatch, tmp_path, sound=3, patience=30)
    while not (tmp_path / "runs.up").exists():
        assert running.wait(0.1) is False
    assert (tmp_path / "runs").read_text() == "xxx"
    running.end()
    assert running.wait(20) is True
    running.leave()


def test_what_does_not_mend_is_told_with_what_the_program_says(monkeypatch, tmp_path) -> None:
    running = _follow(monkeypatch, tmp_path, sound=1000, patience=0.2)
    with pytest.raises(Fault) as failed:
        _wait(running)
    assert failed.value.kind.code == "chassis.backup_failed"
    assert "replication slot does not exist" in failed.value.title("en")
    running.leave()
