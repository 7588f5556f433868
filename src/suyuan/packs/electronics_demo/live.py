"""The living plant: goes on after the fill, in real time, through restarts and times without a server."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.kernel.faults import Fault
from suyuan.packs.electronics_demo.contracts import Life, LiveJournal, Pools, Post
from suyuan.packs.electronics_demo.delivery import ServerAwayError
from suyuan.packs.electronics_demo.domain import live_state
from suyuan.packs.electronics_demo.domain.live_floor import take
from suyuan.packs.electronics_demo.domain.masterdata import vocabulary
from suyuan.packs.electronics_demo.domain.writing import Journal, document

FULL = 3000
"""Events that wait for the server at most; the plant pauses then."""
PORTION = 400
_LONGEST_PAUSE = 30.0
_NOT_OURS = frozenset({401, 403, 404, 405})
"""Answers about the token or the address: the events may be fine, somebody must put the rest right."""


class ElectronicsLife:
    """The living electronics factory, with units that stand on shelves and were sold before it came to life."""

    name = "electronics-demo-live"

    def __init__(self, pools: dict[str, Any]) -> None:
        self._shelf = [(row[0], row[1], row[2]) for row in pools.get("shelf", [])]
        self._sold = list(pools.get("sold", []))

    def fresh(self) -> dict[str, Any]:
        """Return the memory of a factory that has not yet begun."""
        return live_state.fresh()

    def take(self, memory: dict[str, Any], dice: random.Random, journal: LiveJournal, now: int) -> int:
        """Do what is due."""
        return take(live_state.Turn(memory, dice, journal, now, self._shelf, self._sold))

    def header(self) -> dict[str, Any]:
        """Return the factory's master data."""
        return vocabulary()


class LivePlant:
    """A few events a second, now. ``state`` is the file that remembers the plant between runs.

    ``life`` says what the plant does; without one it is the electronics factory.

    What is to be sent is written to ``state`` before it is sent, so nothing is lost or made twice when the process or
    the server dies; what was sent but not confirmed is sent again with the same ids. Serial numbers come
    from the clock. One process at a time may live from a state file.
    """

    def __init__(
        self,
        post: Post,
        state: Path,
        *,
        clock: Callable[[], float] = time.time,
        told: Callable[[str], None] | None = None,
        dice: random.Random | None = None,
        life: Life | None = None,
    ) -> None:
        self._post, self._state, self._clock = post, state, clock
        self._told = told or (lambda line: None)
        self._life: Life = life or ElectronicsLife(_read(_pools_of(state)) or {})
        kept = _read(state) or {}
        self._memory = kept.get("memory") or self._life.fresh()
        self._outbox: list[str] = kept.get("outbox", [])
        run = time.time_ns()
        self._dice = dice or random.Random(run)  # noqa: S311 (the demo plant needs no secrets)
        self._journal = Journal(f"{self._life.name}:{run}")
        self._named = False
        self._portion = PORTION
        self._retry_at = 0.0
        self._pause = 1.0
        self.sent = 0
        self.refused = 0

    @staticmethod
    def prepare(state: Path, pools: Pools) -> None:
        """Tell the living plant of units on the shelf and sold, and have it begin afresh after a fill."""
        _write(_pools_of(state), {"shelf": pools.shelf, "sold": pools.sold})
        state.unlink(missing_ok=True)

    @property
    def waiting(self) -> int:
        """How many events wait for the server."""
        return len(self._outbox)

    def step(self) -> int:
        """Live for one moment: do what is due, remember it, send what waits; return how many events were made."""
        now = self._clock()
        made = 0
        if len(self._outbox) < FULL:
            self._life.take(self._memory, self._dice, self._journal, int(now * 1000))
            made = len(self._journal.events)
            self._outbox += [row[2].decode() for row in self._journal.events]
            self._journal.events.clear()
        if made:
            self._save()
        if self._outbox and now >= self._retry_at:
            self._send(now)
        return made

    def run(self, stop: threading.Event, every: float = 1.0, until: float | None = None) -> None:
        """Live until ``stop`` is set or the clock says ``until``; then what is known is on disk."""
        while not stop.is_set() and (until is None or self._clock() < until):
            begun = time.monotonic()
            self.step()
            stop.wait(max(0.05, every - (time.monotonic() - begun)))
        self._save(durable=True)

    def _send(self, now: float) -> None:
        portion = self._outbox[: self._portion]
        header = None if self._named else self._life.header()
        try:
            self._post(document((event.encode() for event in portion), int(now * 1000), header))
        except ServerAwayError as error:
            self._away(now, str(error))
            return
        except Fault as fault:
            if fault.params.get("status") in _NOT_OURS:
                self._away(now, str(fault))
                return
            if len(portion) > 1:  # find the bad event by halves, so that the others still arrive
                self._portion = len(portion) // 2
                return
            self.refused += 1
            self._told(f"dropped one event: {fault}")
        else:
            self.sent += len(portion)
            self._named = True
            self._portion = min(self._portion * 2, PORTION)
        del self._outbox[: len(portion)]
        self._retry_at, self._pause = 0.0, 1.0
        self._save()

    def _away(self, now: float, why: str) -> None:
        self._told(f"waiting {self._pause:.0f} s for the server, {len(self._outbox)} events kept: {why}")
        self._retry_at = now + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def _save(self, *, durable: bool = False) -> None:
        _write(self._state, {"memory": self._memory, "outbox": self._outbox}, durable=durable)


def _pools_of(state: Path) -> Path:
    return state.with_name(f"{state.stem}-pools.json")


def _read(path: Path) -> dict[str, Any] | None:
    """Return what ``path`` holds; None where there is no file, or one that a crash left unreadable."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _write(path: Path, value: dict[str, Any], *, durable: bool = False) -> None:
    """Replace ``path`` in one step, so that a crash leaves old or new content; ``durable`` waits for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        if durable:
            file.flush()
            os.fsync(file.fileno())
    os.replace(fresh, path)  # noqa: PTH105 (Path.replace is the same call; this one says that it overwrites)
