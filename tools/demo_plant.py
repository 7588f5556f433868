"""A demo plant for those who look at it through a browser: started, filled, and gone when they are done."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.places import ROOT, STATIC_APP

PASSWORD = "suyuan-demo"  # noqa: S105 (the demo prints it on the screen)
FILLED_WITHIN = 240
STOPPED_WITHIN = 60


class PlantError(RuntimeError):
    """The demo plant did not come up, or did not stop as it should."""


@dataclass(frozen=True, slots=True)
class DemoPlant:
    """A running demo: its address, the stories that it tells (see ``stories.json`` in its data directory), its log."""

    url: str
    stories: dict[str, dict[str, Any]]
    log: Path | None = None

    def code(self, story: str) -> str:
        """Return the code of a story as a person types it: the element string without the scanner's prefix."""
        return str(self.stories[story]["scan"]).removeprefix("]d2")

    def said(self) -> str:
        """Return the last lines that its processes wrote; nothing for a demo that somebody else runs."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-60:]) if self.log else ""


def at(url: str, data: Path) -> DemoPlant:
    """Return the demo plant that already runs at ``url``, its data directory being ``data``."""
    stories = json.loads((data / "demo" / "stories.json").read_text(encoding="utf-8"))
    return DemoPlant(url.rstrip("/"), {story["key"]: story for story in stories})


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _environment() -> dict[str, str]:
    """Return this environment without what may point the demo at somebody else's data."""
    foreign = ("SUYUAN_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    # A sign-in service that a test runs on this machine may be asked without TLS.
    return {**kept, "PYTHONUTF8": "1", "SUYUAN_IDENTITY_HOSTS": "localhost:*"}


def _await_stories(path: Path, process: subprocess.Popen[bytes], log: Path) -> dict[str, dict[str, Any]]:
    end = time.monotonic() + FILLED_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if path.exists():
            try:
                return {story["key"]: story for story in json.loads(path.read_text(encoding="utf-8"))}
            except json.JSONDecodeError:
                pass  # it is being written
        time.sleep(0.2)
    raise PlantError(f"the demo plant did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}")


def _stop(process: subprocess.Popen[bytes], log: Path) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        status = process.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        status = process.wait()
    if status:
        raise PlantError(
            f"the demo plant ended with {status}:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
        )


@contextmanager
def running(units: int = 1000) -> Iterator[DemoPlant]:
    """Run a demo plant of ``units`` units on a free port of this machine and in a folder that goes with it.

    :raises PlantError: without a web build, when it does not fill, or when it does not end well.
    """
    if not (STATIC_APP / "index.html").exists():
        raise PlantError("没有网页界面，请先运行 make web | there is no web application: run make web first")
    home = Path(tempfile.mkdtemp(prefix="suyuan-plant-"))
    log = home / "log.txt"
    port = _free_port()
    command = [sys.executable, "-m", "suyuan.entry", "demo", "--units", str(units), "--port", str(port)]
    try:
        with log.open("wb") as written:
            process = subprocess.Popen(
                [*command, "--data", str(home / "data")], cwd=ROOT, env=_environment(),
                stdin=subprocess.DEVNULL, stdout=written, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            stories = _await_stories(home / "data" / "demo" / "stories.json", process, log)
            yield DemoPlant(f"http://127.0.0.1:{port}", stories, log)
        finally:
            _stop(process, log)
    finally:
        shutil.rmtree(home, ignore_errors=True)
