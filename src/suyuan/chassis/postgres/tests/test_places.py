"""Where the data, the sockets and the programs may lie, and which account can reach them; and sizes by memory."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

import psutil
import pytest

from suyuan.chassis.postgres import EmbeddedPostgres, account, faults, sockets, tuning
from suyuan.chassis.postgres.account import Account, choose_account
from suyuan.chassis.postgres.binaries import locate
from suyuan.chassis.postgres.postmaster import remaining_processes
from suyuan.kernel.faults import Fault

ME = Account(os.geteuid(), os.getegid(), "me", dropped=False)


@pytest.fixture
def closed(folder: Path) -> Path:
    """A directory that only we may enter, like ``/root``."""
    place = folder / "closed"
    place.mkdir(mode=0o700)
    return place


def test_data_below_a_closed_directory(closed: Path) -> None:
    with EmbeddedPostgres(closed / "data") as server:
        assert server.state == "started"
        server.stop()
        server.start(30)
        assert server.state == "started"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_programs_below_a_closed_directory(closed: Path, data_dir: Path, monkeypatch) -> None:
    (closed / "install").symlink_to(locate().folder.parent)
    monkeypatch.setattr(account, "COPIES", (closed, data_dir.parent / "public"))
    for _ in range(2):
        with EmbeddedPostgres(data_dir, locators=[lambda: [closed / "install" / "bin"]]) as server:
            assert server.state == "started"
    copies = list((data_dir.parent / "public").glob("*")) if os.geteuid() == 0 else [1]
    assert len(copies) == 1


def test_somebody_elses_copy_of_the_programs_is_not_used(folder: Path) -> None:
    (folder / "copy").symlink_to(Path(__file__).parent)
    with pytest.raises(OSError, match="copy"):
        account._copied(Path(__file__).parent, folder, "copy")


def test_root_needs_an_account(monkeypatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "ACCOUNTS", ("no-such-account",))
    with pytest.raises(Fault) as caught:
        choose_account(Path("/"), Path("/no-such-cluster"))
    assert caught.value.kind is faults.ACCOUNT_MISSING
    assert "useradd" in caught.value.remedy("zh")


def test_a_user_needs_a_name(monkeypatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 3_999_999)
    with pytest.raises(Fault) as caught:
        choose_account(Path("/"), Path("/no-such-cluster"))
    assert caught.value.kind is faults.ACCOUNT_UNNAMED


def test_the_server_never_runs_as_root(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as server:
        processes = remaining_processes(server.home.cluster)
        assert len(processes) > 3
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):  # some workers live a moment only
                assert process.uids().effective != 0


@pytest.mark.parametrize(
    ("name", "fits"), [("a b", True), ("数据", True), ("a,b", False), ("x" * 99, False), ("q'", False)]
)
def test_which_paths_hold_sockets(name: str, fits: bool) -> None:
    assert sockets.fits(Path("/") / name) is fits


def test_a_socket_directory_that_somebody_prepared_is_not_used(folder: Path) -> None:
    (folder / "open").mkdir(mode=0o755)
    (folder / "private").mkdir(mode=0o700)
    (folder / "link").symlink_to("private")
    (folder / "file").touch()
    found = {name: sockets._made_private(folder / name, ME) for name in ("open", "link", "file", "private", "new")}
    assert found == {"open": False, "link": False, "file": False, "private": True, "new": True}


@pytest.mark.parametrize(
    ("gigabytes", "buffers", "cache"),
    [(0.25, "32MB", "128MB"), (4, "512MB", "2048MB"), (64, "2048MB", "32768MB")],
)
def test_settings_follow_the_memory(gigabytes: float, buffers: str, cache: str) -> None:
    settings = tuning.tuned(int(gigabytes * (1 << 30)))
    assert (settings["shared_buffers"], settings["effective_cache_size"]) == (buffers, cache)


def test_a_container_limit_counts(folder: Path, monkeypatch) -> None:
    (folder / "memory.max").write_text(f"{300 << 20}\n")
    (folder / "none").write_text("max\n")
    monkeypatch.setattr(tuning, "CGROUP_LIMITS", (folder / "absent", folder / "none", folder / "memory.max"))
    assert tuning.memory_bytes() == 300 << 20
