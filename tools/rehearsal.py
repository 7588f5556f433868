"""Rehearse what a newcomer does:  python -m tools.rehearsal [--all-tests] [--keep]

A fresh clone of the last commit, in a folder with spaces and Chinese characters: ``make demo`` must prepare everything,
serve, stop cleanly on Ctrl-C, and start again in seconds; then the tests that depend on the place run there. With
``--all-tests`` the whole ``make test`` runs instead.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from tools.places import ROOT

FIRST_START, SECOND_START, STOP = 1200.0, 60.0, 60.0
"""Seconds allowed: the first start downloads and builds, the second must not."""
SIGN_IN = "Login"
"""What the terminal shows once the plant is there."""
PLACE_TESTS = ("tests/architecture", "src/suyuan/chassis")


class RehearsalError(RuntimeError):
    """Something a newcomer would have met."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str) -> tuple[int, str]:
    """Return (status, body) of a page; status 0 while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 (our own server on this machine)
            return int(answer.status), answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, ""
    except OSError:
        return 0, ""


def left_behind(folder: Path) -> list[str]:
    """Return the processes that still name ``folder`` in their command line or run in it."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "cwd"]):
        words = [*(process.info["cmdline"] or ()), process.info["cwd"] or ""]
        if process.info["pid"] != os.getpid() and any(str(folder) in word for word in words):
            found.append(f"{process.info['pid']}: {' '.join(process.info['cmdline'] or ())[:160]}")
    return found


def demo_once(clone: Path, data: Path, port: int, allowed: float, log: Path) -> float:
    """Start ``make demo``, see it serve, press Ctrl-C, see everything gone; return seconds until it served."""
    command = ["make", "demo", f"PORT={port}", f"DATA={data}"]
    started = time.monotonic()
    with log.open("wb") as written:
        running = subprocess.Popen(
            command, cwd=clone, stdin=subprocess.DEVNULL, stdout=written, stderr=written, start_new_session=True
        )
        try:
            address = f"http://127.0.0.1:{port}"
            while fetch(f"{address}/readyz")[0] != 200 or SIGN_IN not in log.read_text("utf-8", "replace"):
                if running.poll() is not None:
                    raise RehearsalError(f"make demo ended with {running.returncode}; see {log}")
                if time.monotonic() - started > allowed:
                    raise RehearsalError(f"make demo did not serve within {allowed:.0f} s; see {log}")
                time.sleep(0.5)
            ready = time.monotonic() - started
            status, page = fetch(f"{address}/")
            if status != 200 or "<div" not in page:
                raise RehearsalError(f"the home page answered {status}")
            os.killpg(running.pid, signal.SIGINT)  # what a terminal does on Ctrl-C
            running.wait(STOP)
        except subprocess.TimeoutExpired:
            raise RehearsalError(f"make demo did not stop within {STOP:.0f} s of Ctrl-C; see {log}") from None
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while (left := left_behind(clone.parent)) and time.monotonic() < deadline:
        time.sleep(0.5)
    if left:
        raise RehearsalError("left running after Ctrl-C:\n" + "\n".join(left))
    return ready


def rehearse(place: Path, *, all_tests: bool) -> None:
    """Play the newcomer in ``place``."""
    clone, data = place / "新 克隆", place / "演示 数据"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    port = free_port()
    print(f"make demo in {clone}", flush=True)
    first = demo_once(clone, data, port, FIRST_START, place / "first.log")
    print(f"first start: serving after {first:.0f} s, stopped cleanly", flush=True)
    second = demo_once(clone, data, port, SECOND_START, place / "second.log")
    print(f"second start: serving after {second:.0f} s, stopped cleanly", flush=True)
    if all_tests:
        command = ["make", "test"]
    else:
        subprocess.run(["sh", "tools/prepare.sh", "dev"], cwd=clone, check=True)
        command = [".venv/bin/python", "-m", "pytest", "-q", "-p", "tools.all_tests_ran", *PLACE_TESTS]
        command += ["-m", "not browser and not crash and not slow"]
    if subprocess.run(command, cwd=clone, check=False).returncode:
        raise RehearsalError(f"{' '.join(command[:2])} failed in {clone}")


def main() -> int:
    """Rehearse, and clear up unless something went wrong or ``--keep`` was given."""
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
    if changed.stdout.strip():
        print("note: the rehearsal is of the last commit; this checkout has changes that are not in it")
    place = Path(tempfile.mkdtemp(prefix="溯源 排练 "))
    place.chmod(0o755)  # as a folder made by hand would be; as root, the database runs under another account
    try:
        rehearse(place, all_tests="--all-tests" in sys.argv[1:])
    except (RehearsalError, subprocess.CalledProcessError) as failure:
        print(f"rehearsal failed: {failure}\nkept for looking: {place}", file=sys.stderr)
        return 1
    if "--keep" not in sys.argv[1:]:
        shutil.rmtree(place, ignore_errors=True)
    print("rehearsal good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
