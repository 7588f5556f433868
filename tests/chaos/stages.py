"""The troubles, each on an installation of its own that works under mixed load before, during and after."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from tests.chaos.load import RIGHTS, Load, ready_for_load
from tests.chaos.machine import JumpingClock, small_disk
from tests.chaos.proxy import Wire
from tests.chaos.reckoning import Reckoning, reckon, wait_for_work
from tests.crash.killing import PARTS, kill, seconds_until_back
from tests.support.servers import Installation, choose_password, installed

LOGIN = "boss"
CALM_SECONDS = 4.0
PATIENCE_SECONDS = 90.0
CLOCK_FINDINGS = frozenset({"backdated", "postdated", "clock_back"})
"""A clock that jumped is told, and nothing else is wrong."""
_FOUND = (
    "SELECT (SELECT array_agg(DISTINCT f ->> 'code') FROM jsonb_array_elements(findings) f)"
    " FROM compliance_verification ORDER BY number DESC LIMIT 1"
)


@dataclass
class Outcome:
    """What became of one stage."""

    reckoning: Reckoning
    verified: bool
    figures: dict[str, Any] = field(default_factory=dict)
    said: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing promised is lost or doubled, and the log verifies."""
        return self.reckoning.sound and self.verified


class Stage:
    """An installation at work."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        installation.start()
        installation.wait_ready()
        added = installation.command("user", "add", LOGIN, "--name", "老板")
        assert added.returncode == 0, added.stderr
        choose_password(installation.url, added.stdout)
        rights = [word for right in RIGHTS for word in ("--permission", right)]
        self.token = installation.command("token", "chaos", *rights).stdout.split()[-1]
        ready_for_load(installation.url, LOGIN)
        self.load = Load(installation.url, self.token)
        self.load.start()
        self.waits: list[float] = []

    def wait_until_back(self) -> float:
        """Wait until it serves by itself; return the seconds."""
        self.waits.append(seconds_until_back(self.installation, self.token))
        return self.waits[-1]

    def finish(
        self,
        owner: contextlib.AbstractContextManager[psycopg.Connection[Any]],
        expected: frozenset[str] = frozenset(),
        **figures: Any,
    ) -> Outcome:
        """End the work, wait for what the worker was given, reckon, and verify the log.

        ``expected``: what the verification may say, and says, because it is so.
        """
        time.sleep(CALM_SECONDS)
        promises = self.load.stop()
        with owner as connection:
            wait_for_work(connection)
            reckoning = reckon(connection, promises)
            verified = self.installation.command("log", "verify")
            found = connection.execute(_FOUND).fetchone()
        codes = frozenset(found[0] or ()) if found else frozenset({"no verification"})
        figures |= {"acknowledged": reckoning.acknowledged, "longest_away_s": round(max(self.waits, default=0.0), 1)}
        if expected:
            figures["verification_says"] = sorted(codes)
        good = verified.returncode == 0 or (bool(codes) and codes <= expected)
        said = "" if good else verified.stdout[-3000:] + verified.stderr[-1000:]
        return Outcome(reckoning, good, figures, said)


def kills(home: Path, count: int, dice: random.Random) -> Outcome:
    """Kill ``count`` parts without warning, up to five before there was time to come back from the first."""
    with installed(home / "data") as installation:
        stage = Stage(installation)
        killed: Counter[str] = Counter()
        while killed.total() < count:
            for _ in range(min(dice.randint(1, 5), count - killed.total())):
                time.sleep(dice.uniform(0.3, 2.0))
                part = dice.choice(PARTS)
                kill(installation, part, dice)
                killed[part] += 1
            waited = stage.wait_until_back()
            promised = stage.load.promises.acknowledged
            print(f"  {killed.total()} kills, {promised:,} acknowledged, back after {waited:.1f} s", flush=True)
        return stage.finish(installation.owner(), killed=dict(sorted(killed.items())))


def full_disk(home: Path, dice: random.Random) -> Outcome:
    """Fill the disk under load, twice; the database cannot write, and goes on once there is space."""
    with small_disk(home, 700) as disk, installed(disk.place / "data") as installation:
        stage = Stage(installation)
        refused = 0
        for _ in range(2):
            time.sleep(CALM_SECONDS)
            end = time.monotonic() + dice.uniform(8, 12)
            refused_before = refused
            while time.monotonic() < end or (refused == refused_before and time.monotonic() < end + PATIENCE_SECONDS):
                disk.fill()  # until somebody is refused: what has room in files that there are is still taken
                refused += _refuses(installation, stage.token)
                time.sleep(0.3)
            disk.free()
            stage.wait_until_back()
        return stage.finish(installation.owner(), asked_while_full_and_refused=refused)


def _refuses(installation: Installation, token: str) -> int:
    """Ask for a write; tell whether it was refused as it should be (503, or nobody there)."""
    order = {"number": f"FULL-{time.monotonic_ns()}", "product": "09521234543213", "quantity": "1", "note": "x" * 1500}
    try:
        answer = httpx.post(
            f"{installation.url}/api/v1/orders", json=order, timeout=5, headers={"Authorization": f"Bearer {token}"}
        )
    except httpx.HTTPError:
        return 1
    assert answer.status_code in {201, 503}, answer.text
    return int(answer.status_code == 503)


def read_only_disk(home: Path, dice: random.Random) -> Outcome:
    """Have the file system turn read-only under load, as a failing disk does; mend it and start the service again."""
    with small_disk(home, 700) as disk, installed(disk.place / "data") as installation:
        stage = Stage(installation)
        installation.log = home / "said.log"  # what it says outlives the disk
        time.sleep(CALM_SECONDS + dice.random())
        disk.fail()
        time.sleep(CALM_SECONDS)
        refused = _refuses(installation, stage.token)
        _end_all(installation)
        disk.repair()
        installation.start()
        stage.wait_until_back()
        return stage.finish(installation.owner(), refused_while_read_only=bool(refused))


def _end_all(installation: Installation) -> None:
    """End every process that uses the installation's disk, as a machine that is switched off does."""
    place = str(installation.data.parent)
    for _ in range(200):
        using = [int(line.split()[0]) for line in installation.left_over()]
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.cwd().startswith(place) or any(file.path.startswith(place) for file in process.open_files()):
                    using.append(process.pid)
        for number in set(using) - {os.getpid()}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        if not using:
            break
        time.sleep(0.05)
    if installation.process is not None:
        installation.process.wait(10)
    installation.process = None


def jumping_clock(home: Path, dice: random.Random) -> Outcome:
    """Set the machine's clock hours ahead and back while everybody works."""
    clock = JumpingClock(home)
    with installed(home / "data", clock.environment) as installation:
        stage = Stage(installation)
        for seconds in (2 * 3600, -3 * 3600, 26 * 3600, 0):
            time.sleep(CALM_SECONDS + dice.random())
            clock.jump(seconds)
            stage.wait_until_back()
        return stage.finish(installation.owner(), CLOCK_FINDINGS)


def cut_connections(home: Path, dice: random.Random, rounds: int = 15) -> Outcome:
    """Cut, half-close, stall, sever and silence the wire between the service and a database elsewhere."""
    with (
        _database_elsewhere(home) as (url, wire, owner),
        installed(home / "data", {"DATABASE_URL": url}) as installation,
    ):
        stage = Stage(installation)
        done: Counter[str] = Counter()
        for number in range(rounds):
            time.sleep(dice.uniform(0.5, 2.0))
            trouble = ("cut", "half_close", "stall", "sever", "silence")[number % 5]
            done[trouble] += 1
            match trouble:
                case "cut":
                    wire.cut(dice, 0.7)
                case "half_close":
                    wire.half_close(dice, 0.5)
                case "stall":
                    wire.stall()
                    time.sleep(dice.uniform(1, 4))
                    wire.flow()
                case "silence":
                    wire.silence()
                case _:
                    wire.sever()
                    time.sleep(dice.uniform(1, 4))
                    wire.mend()
            stage.wait_until_back()
        return stage.finish(psycopg.connect(owner, autocommit=True), cuts=dict(done))


@contextlib.contextmanager
def _database_elsewhere(home: Path) -> Iterator[tuple[str, Wire, str]]:
    """Run a database that the service reaches only by a wire; give its URL by the wire, the wire, and a URL past it."""
    from suyuan.chassis.postgres import EmbeddedPostgres
    from suyuan.chassis.postgres.roles import url_of

    with EmbeddedPostgres(home / "elsewhere") as server:
        address = server.start()
        wire = Wire(Path(address.host) / f".s.PGSQL.{address.port}")
        straight = address.conninfo("suyuan")
        try:
            yield url_of(_by_wire(straight, wire.port)), wire, straight
        finally:
            wire.close()


def _by_wire(conninfo: str, port: int) -> str:
    from psycopg.conninfo import make_conninfo

    return make_conninfo(conninfo, host="127.0.0.1", port=port)
