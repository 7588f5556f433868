"""Compiled code is made by one process while the others wait for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from suyuan.entry.compiled import compiled_by_one


def test_who_comes_second_waits_until_all_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    kept: list[str] = []
    inside, seen = threading.Event(), threading.Event()

    def second() -> None:
        inside.wait()
        with compiled_by_one():
            kept.append("read")
        seen.set()

    waiting = threading.Thread(target=second)
    waiting.start()
    with compiled_by_one():
        inside.set()
        assert not seen.wait(0.2), "the second came in while the first was compiling"
        kept.append("compiled")
    waiting.join(10)
    assert kept == ["compiled", "read"]


def test_what_is_kept_is_waited_for_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    with compiled_by_one():
        pass
    with compiled_by_one():
        other = threading.Thread(target=_come_and_go)
        other.start()
        other.join(10)
        assert not other.is_alive()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(blocked / "kernels"))
    went_in = False
    with compiled_by_one():
        went_in = True
    assert went_in


def _come_and_go() -> None:
    with compiled_by_one():
        pass
