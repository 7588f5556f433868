"""Processes that a killed service left behind are ended by the next one, and nobody else's are."""

from __future__ import annotations

import os
import subprocess
import sys

from suyuan.entry.processes.leftovers import MARK, end_leftovers


def _sleeper(data: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "import time; print('x', flush=True); time.sleep(60)"]
    started = subprocess.Popen(command, env={**os.environ, MARK: data}, stdout=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.read(1) == b"x"
    return started


def test_only_this_data_directorys_leftovers_are_ended(tmp_path) -> None:
    ours, others = _sleeper(str(tmp_path.resolve())), _sleeper(str(tmp_path / "other"))
    try:
        assert end_leftovers(tmp_path) == 1
        assert ours.wait(10) is not None
        assert others.poll() is None
        assert end_leftovers(tmp_path) == 0
    finally:
        for each in (ours, others):
            each.kill()
            each.wait()
