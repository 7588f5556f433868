"""What cannot work is refused in both languages, naming the way out, and touches nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from suyuan.chassis.postgres import EmbeddedPostgres, faults, home
from suyuan.chassis.postgres.binaries import locate
from suyuan.kernel.faults import Fault, FaultKind

TRY = """
import sys
from pathlib import Path
from suyuan.chassis.postgres import EmbeddedPostgres
from suyuan.chassis.postgres.binaries import locate
from suyuan.chassis.postgres.binaries import locate
from suyuan.kernel.faults import Fault
try:
    EmbeddedPostgres(Path(sys.argv[1])).start(30)
except Fault as fault:
    assert fault.title("zh") and fault.remedy("zh")
    print(fault.kind.code, fault.title("en"))
"""


def refusal(place: Path, **arguments: object) -> Fault:
    with pytest.raises(Fault) as caught:
        EmbeddedPostgres(place, **arguments).start(30)
    for language in ("zh", "en"):
        assert caught.value.title(language)
        assert caught.value.remedy(language)
    return caught.value


@contextlib.contextmanager
def mounted(place: Path, options: str) -> Iterator[bool]:
    """Mount a file system in memory on ``place``; says whether that is possible here."""
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    worked = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield worked
    finally:
        if worked:
            subprocess.run(["umount", str(place)], check=True)


def fake_programs(folder: Path, initdb: str = "exit 1", postgres: str = "exit 1", version: str = "18.6") -> Path:
    """Make programs that behave as the two shell scripts say."""
    folder.mkdir(parents=True)
    for name, body in (("initdb", initdb), ("postgres", postgres)):
        program = folder / name
        program.write_text(
            f'#!/bin/sh\ncase "$1" in --version) echo "{name} (PostgreSQL) {version}"; exit;; esac\n{body}\n'
        )
        program.chmod(0o755)
    return folder


def test_a_file_in_the_way(folder: Path) -> None:
    (folder / "file").touch()
    assert refusal(folder / "file").kind is faults.NOT_A_DIRECTORY
    assert refusal(folder / "file" / "below").kind is faults.NOT_A_DIRECTORY


def test_a_link_to_itself(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    assert refusal(folder / "loop").kind in {faults.PATH_UNUSABLE, faults.NOT_A_DIRECTORY}


@pytest.mark.parametrize("name", ["holiday.jpg", "PG_VERSION"])
def test_a_directory_of_something_else_is_not_touched(folder: Path, name: str) -> None:
    (folder / name).touch()
    fault = refusal(folder)
    assert fault.kind is faults.FOREIGN
    assert name in fault.title("en")
    assert [path.name for path in folder.iterdir()] == [name]


def test_another_major_version_says_the_way_out(shell: Path) -> None:
    (shell / "cluster" / "PG_VERSION").write_text("14\n")
    fault = refusal(shell)
    assert fault.kind is faults.VERSION_MISMATCH
    assert "14" in fault.title("zh")
    assert "pg_dump" in fault.remedy("zh")
    assert (shell / "cluster" / "PG_VERSION").read_text() == "14\n"


def test_half_a_cluster(shell: Path) -> None:
    (shell / "cluster" / "global" / "pg_control").unlink()
    assert refusal(shell).kind is faults.DAMAGED


def test_a_damaged_cluster_gives_the_servers_own_words(data_dir: Path) -> None:
    shutil.rmtree(data_dir / "cluster" / "pg_wal")
    fault = refusal(data_dir)
    assert fault.kind is faults.START_FAILED
    assert "pg_wal" in fault.title("en")


def test_lost_and_wrong_passwords(data_dir: Path) -> None:
    file = data_dir / "secrets" / "suyuan_admin.password"
    kept = file.read_text()
    for broken in ("wrong\n", None):
        file.unlink()
        if broken:
            file.write_text(broken)
        assert refusal(data_dir).kind is faults.PASSWORD_LOST
        file.write_text(kept)
    EmbeddedPostgres(data_dir).start(30)


@pytest.mark.parametrize("mode", [0o555, 0o000], ids=["read-only", "closed"])
def test_no_permission(folder: Path, ordinary_user, mode: int) -> None:
    place = folder / "theirs"
    place.mkdir()
    ordinary_user.owns(place).chmod(mode)
    done = ordinary_user.run(TRY, place)
    assert done.stdout.startswith("chassis.postgres_data_not_permitted"), done.stderr
    place.chmod(0o755)
    assert list(place.iterdir()) == []


def test_a_place_to_be_made_in_a_read_only_directory(folder: Path, ordinary_user) -> None:
    place = folder / "theirs"
    place.mkdir()
    ordinary_user.owns(place).chmod(0o555)
    done = ordinary_user.run(TRY, place / "new" / "data")
    assert done.stdout.startswith("chassis.postgres_data_not_permitted"), done.stderr


def test_a_read_only_file_system(folder: Path) -> None:
    mapped = faults.os_fault(OSError(errno.EROFS, "Read-only file system", str(folder)), folder)
    assert mapped.kind is faults.READ_ONLY
    with mounted(folder, "ro,size=300m") as worked:
        assert not worked or refusal(folder).kind is faults.READ_ONLY


def test_a_nearly_full_disk_is_noticed_before_anything_is_written(shell: Path, folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(home.shutil, "disk_usage", lambda _: SimpleNamespace(free=20 << 20))
    for place in (shell, folder / "new"):
        fault = refusal(place)
        assert fault.kind is faults.DISK_FULL
        assert "20 MB" in fault.title("en")
    assert list((folder / "new").iterdir()) == []


@pytest.mark.parametrize("full", ["creating", "starting"])
def test_a_disk_that_fills_up_meanwhile(shell: Path, folder: Path, full: str) -> None:
    words = "echo 'FATAL:  could not write to file \"pg_wal/x\": No space left on device' >&2; exit 1"
    programs = fake_programs(folder / "bin", initdb=words, postgres=words)
    place = shell if full == "starting" else folder / "new"
    assert refusal(place, locators=[lambda: [programs]]).kind is faults.DISK_FULL
    assert not list(place.glob("cluster.new-*"))


def test_a_disk_that_really_is_full(folder: Path, monkeypatch) -> None:
    """A limit on the size of files works for everybody; root may also mount a small file system."""
    monkeypatch.setattr(home, "NEEDED_TO_CREATE_MB", 0)
    monkeypatch.setattr("suyuan.chassis.postgres.cluster.NEEDED_TO_CREATE_MB", 0)
    real = locate().program("initdb")
    programs = fake_programs(folder / "bin", initdb=f"trap '' XFSZ; ulimit -f 4000; exec '{real}' \"$@\"")
    assert refusal(folder / "new", locators=[lambda: [programs]]).kind in {faults.DISK_FULL, faults.INIT_FAILED}
    assert not list((folder / "new").glob("cluster*"))
    (folder / "small").mkdir()
    with mounted(folder / "small", "size=12m") as worked:
        assert not worked or refusal(folder / "small").kind is faults.DISK_FULL
        assert not list((folder / "small").glob("cluster*"))


def test_no_programs_and_too_old_ones(folder: Path) -> None:
    assert refusal(folder / "a", locators=[]).kind is faults.BINARIES_MISSING
    old = fake_programs(folder / "bin", version="14.9")
    assert refusal(folder / "b", locators=[lambda: [old]]).kind is faults.BINARIES_MISSING


def test_a_server_that_never_gets_ready(shell: Path, folder: Path) -> None:
    programs = fake_programs(folder / "bin", postgres="echo 'LOG:  recovering'; exec sleep 20")
    server = EmbeddedPostgres(shell, locators=[lambda: [programs]])
    with pytest.raises(Fault) as caught:
        server.start(1)
    assert caught.value.kind is faults.START_TIMEOUT
    assert server.state is None


@pytest.mark.parametrize("name", ["fsync", "listen_addresses", "data_directory"])
def test_settings_that_are_not_for_callers(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        EmbeddedPostgres(folder, {name: "off"})


def test_a_wrong_setting_gives_the_servers_own_words(shell: Path) -> None:
    fault = refusal(shell, settings={"work_mem": "plenty"})
    assert fault.kind is faults.START_FAILED
    assert "work_mem" in fault.title("zh")


OURS = (
    "chassis.postgres_", "chassis.database_", "chassis.backup_", "chassis.no_backup", "chassis.restore_"
)  # fmt: skip


def test_every_kind_is_ours() -> None:
    kinds = [kind for kind in vars(faults).values() if isinstance(kind, FaultKind)]
    assert len(kinds) > 20
    assert all(kind.code.startswith(OURS) for kind in kinds)
