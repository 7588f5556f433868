"""Killing parts of a running installation without warning, and waiting until it is itself again."""

from __future__ import annotations

import contextlib
import random
import time

import httpx
import psutil

from tests.support.servers import Installation, bearer

PARTS = ("web worker", "web", "worker", "database", "database backend", "supervisor", "guard", "database keeper")
BACK_WITHIN_SECONDS = 60.0
"""On a machine that has nothing else to do."""
MISSED_AFTER_SECONDS = 240.0
"""What is not back by then will not come back by itself, however busy the machine is; how long it took is told."""


def kill(installation: Installation, part: str, dice: random.Random) -> None:
    """Kill one process of ``part`` with SIGKILL, as soon as there is one (it may be about to be started again)."""
    end = time.monotonic() + MISSED_AFTER_SECONDS
    while not (found := _find(installation, part)):
        assert time.monotonic() < end, f"{part} was not started again:\n{installation.said()}"
        time.sleep(0.1)
    with contextlib.suppress(psutil.NoSuchProcess):
        dice.choice(found).kill()
    if part == "supervisor" and installation.process is not None:
        installation.process.wait(10)
        installation.start()


def _find(installation: Installation, part: str) -> list[psutil.Process]:
    postmaster = installation.postmaster()
    with contextlib.suppress(psutil.NoSuchProcess):
        match part:
            case "web worker":
                web = installation.parts("web")
                return [each for each in web if each.parent() in web] or web
            case "web":
                web = installation.parts("web")
                return [each for each in web if each.parent() not in web]
            case "worker":
                return installation.parts("worker")
            case "guard":
                return installation.guards()
            case "supervisor":
                return [psutil.Process(installation.process.pid)] if installation.process else []
            case "database":
                return [postmaster] if postmaster else []
            case "database keeper":
                parent = postmaster.parent() if postmaster else None
                kept = parent is not None and "keeper" in " ".join(parent.cmdline())
                # a killed keeper is missed only at the next start of the database, so bring that about
                return [parent if kept else postmaster] if postmaster else []
            case "database backend":
                return postmaster.children() if postmaster else []
    return []


def seconds_until_back(installation: Installation, token: str) -> float:
    """Wait until it serves and answers from its database again; return how long that took."""
    began = time.monotonic()
    while time.monotonic() - began < MISSED_AFTER_SECONDS:
        with contextlib.suppress(httpx.HTTPError), bearer(installation.url, token) as client:
            if client.get("/api/v1/events?limit=1").status_code == 200 and installation.is_ready():
                return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"did not come back:\n{installation.said()}")
