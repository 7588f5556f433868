"""The real thing: an installation of its own in a directory, with its processes, as a person starts it."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from tests.support.joining import secret_in

PASSWORD = "correct horse 42"
SLOW_MACHINE = 4
"""How many times longer than on an idle machine things may take here."""


def free_port() -> int:
    """Return a port that nothing listens on, below those that the kernel lends to clients.

    A client that tries again and again to reach a lent port while nobody listens there may be lent that very port, and
    then keeps the server from coming back.
    """
    for port in random.SystemRandom().sample(range(15_000, 32_000), 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def clean_environment() -> dict[str, str]:
    """Return the environment of somebody who has just logged in: nothing of this test run's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SUYUAN_", "DATABASE_"))}
    return kept | {"PYTHONUNBUFFERED": "1", "COLUMNS": "120"}


def suyuan(
    *arguments: str, given: str | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the ``suyuan`` command to its end in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "suyuan.entry", *arguments], env=clean_environment() | dict(environment or {}),
        input=given, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip


class Installation:
    """``suyuan`` on a data directory and a port of its own; its output is in ``log``.

    ``environment``: what its processes find there besides.
    """

    def __init__(self, data: Path, port: int | None = None, environment: Mapping[str, str] | None = None) -> None:
        self.data, self.port, self.environment = data, port or free_port(), dict(environment or {})
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.invitation = ""

    def command(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end and return what it said; ``--data`` is added."""
        return suyuan(*arguments, "--data", str(self.data), given=given, environment=self.environment)

    def start(self, *arguments: str) -> None:
        """Start a command that keeps running (``serve`` where none is named)."""
        command = [*(arguments or ("serve",)), "--data", str(self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "suyuan.entry", *command], env=clean_environment() | self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                cwd=self.data.parent,
            )  # fmt: skip

    def wait_ready(self, seconds: float = 120) -> float:
        """Wait until the server serves; return how long that took, or fail with what it said."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.is_ready():
                return time.monotonic() - began
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}:\n{self.said()}")
            time.sleep(0.1)
        raise AssertionError(f"not ready after {seconds} s:\n{self.said()}")

    def is_ready(self) -> bool:
        """Whether the server answers, and its database with it."""
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def said(self) -> str:
        """Return the end of what the running command has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-6000:] if self.log.exists() else ""

    def stop(self, number: int = signal.SIGINT, seconds: float = 60) -> float:
        """Stop as Ctrl-C does; return how long that took."""
        began = time.monotonic()
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(seconds)
            self.process = None
        return time.monotonic() - began

    def parts(self, name: str) -> list[psutil.Process]:
        """Return our processes that run the child ``name``: ``web``, ``worker`` or ``demo-plant``, without guards."""
        found = []
        for process in self._children():
            with contextlib.suppress(psutil.Error):
                command = process.cmdline()
                if "suyuan.entry" in command and name in command and not command[1].endswith("guard.py"):
                    found.append(process)
        return found

    def guards(self) -> list[psutil.Process]:
        """Return the guard processes, each the parent of one of our processes."""
        return [each for each in self._children() if "guard.py" in _command(each)]

    def _children(self) -> Sequence[psutil.Process]:
        if self.process is None:
            return ()
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.process.pid).children(recursive=True)
        return ()

    def postmaster(self) -> psutil.Process | None:
        """Return the database server's first process."""
        from suyuan.chassis.postgres.postmaster import find_server

        cluster = next(self.data.glob("postgres/*/PG_VERSION"), None)
        found = find_server(cluster.parent) if cluster else None
        return psutil.Process(found.pid) if found else None

    def left_over(self) -> list[str]:
        """Return every process that still has to do with this installation."""
        left = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                    continue
                ours = str(self.data) in _command(process) or process.environ().get("SUYUAN_DATA") == str(self.data)
                if ours:
                    left.append(f"{process.pid} {_command(process)}")
        return left

    def add_administrator(self, login: str = "boss") -> str:
        """Add the first person by the command line, and return a token with every right to events and items.

        The link by which they choose their password is ``invitation``.
        """
        added = self.command("user", "add", login, "--name", "老板")
        assert added.returncode == 0, added.stderr
        self.invitation = added.stdout
        made = self.command("token", "test")
        assert made.returncode == 0, made.stderr
        return made.stdout.strip().splitlines()[-1]

    @contextlib.contextmanager
    def owner(self) -> Iterator[psycopg.Connection]:
        """Connect as the tables' owner, to look behind row-level security."""
        from suyuan.chassis.postgres import EmbeddedPostgres, ensure_roles_and_database

        with EmbeddedPostgres(self.data / "postgres") as server:
            url = ensure_roles_and_database(server.start()).owner_url
            with psycopg.connect(url, autocommit=True) as connection:
                yield connection


def _command(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


@contextlib.contextmanager
def installed(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """Give an installation, and leave none of its processes behind whatever happens."""
    installation = Installation(data, environment=environment)
    try:
        yield installation
    finally:
        if installation.process is not None:
            with contextlib.suppress(Exception):
                installation.stop(seconds=30)
        for _ in range(100):
            left = installation.left_over()
            if not left:
                break
            time.sleep(0.1)
        for line in installation.left_over():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(line.split()[0]), signal.SIGKILL)


def choose_password(url: str, invitation: str, password: str = PASSWORD) -> None:
    """Choose the password that a link is for, as the page behind it does. ``invitation``: text with the link in it."""
    with httpx.Client(base_url=url, timeout=60) as client:
        client.get("/api/v1/session")
        client.headers["X-CSRFToken"] = client.cookies["suyuan_csrf"]
        chosen = {"secret": secret_in(invitation), "password": password}
        answer = client.post("/api/v1/session/invitation/accept", json=chosen)
        assert answer.status_code == 204, answer.text


def signed_in(url: str, login: str, password: str = PASSWORD) -> httpx.Client:
    """Return a client that has signed in as the console does."""
    client = httpx.Client(base_url=url, timeout=60, headers={"Accept-Language": "en"})
    client.get("/api/v1/session")
    client.headers["X-CSRFToken"] = client.cookies["suyuan_csrf"]
    answer = client.post("/api/v1/session", json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
    return client


def bearer(url: str, token: str, **options: Any) -> httpx.Client:
    """Return a client with a machine's token."""
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60, **options)
