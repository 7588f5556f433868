"""Our processes as one: started together, restarted when they crash, and stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Final, Protocol

import psutil

from suyuan.kernel.faults import Bilingual, Fault, Language

from .child import LONGEST_PAUSE, Child, Running

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_SECONDS: Final = 0.1
DATABASE_CHECK_SECONDS: Final = 1.0
DATABASE_START_SECONDS: Final = 30.0

CRASHED: Final = Bilingual(
    "{name} 意外退出（状态 {status}），{pause} 秒后重新启动。",
    "{name} ended unexpectedly (status {status}); starting it again in {pause} s.",
)
NOT_STARTED: Final = Bilingual(
    "{name} 启动不了（{why}），{pause} 秒后再试。", "{name} could not be started ({why}); trying again in {pause} s."
)
DATABASE_UNSEEN: Final = Bilingual("无法查看数据库：{why}", "Cannot look after the database: {why}")
FINISHED: Final = Bilingual("{name} 已完成。", "{name} has finished.")
DATABASE_CRASHED: Final = Bilingual(
    "数据库意外停止，正在重新启动。", "The database stopped unexpectedly; starting it again."
)
DATABASE_BACK: Final = Bilingual("数据库已恢复。", "The database is back.")
STOPPING: Final = Bilingual("正在停止……（再按一次 Ctrl-C 强制停止）", "Stopping… (Ctrl-C again to force)")
FORCED: Final = Bilingual("{name} 没有及时停止，已强制结束。", "{name} did not stop in time and was killed.")


class Database(Protocol):
    """What we need of the embedded database to bring it back; its address must not change by that."""

    def is_alive(self) -> bool:
        """Whether the server runs."""

    def start(self, timeout: float = ...) -> object:
        """Start it again; raises ``Fault``."""


class ProcessGroup:
    """Runs ``children`` until a signal. ``inherit`` are descriptors they keep open, e.g. the claim on the data.

    ``say`` gets a line for people in ``language``; ``when_ready`` is called once, when ``is_ready`` first says so.
    Call :meth:`run` in the main thread; it restores the signal handlers it found.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        database: Database | None = None,
        inherit: Sequence[int] = (),
        say: Callable[[str], None] = print,
        language: Language = "zh",
        is_ready: Callable[[], bool] = lambda: True,
        when_ready: Callable[[], None] = lambda: None,
        grace: float = 10.0,
    ) -> None:
        self._running = [Running(child, inherit) for child in children]
        self._database = database
        self._say_line = say
        self._language = language
        self._is_ready = is_ready
        self._when_ready: Callable[[], None] | None = when_ready
        self._grace = grace
        self._signals = 0
        self._wake = threading.Event()
        self._next_check = 0.0
        self._database_pause = DATABASE_CHECK_SECONDS

    def run(self) -> int:
        """Run until a signal of ``STOP_SIGNALS``, or until every child has finished; returns 0, 1 if one was killed."""
        lifeline, held = os.pipe()
        try:
            with self._listening():
                for one in self._running:
                    self._start(one, lifeline)
                while self._signals == 0 and any(one.runs or one.due is not None for one in self._running):
                    self._look_after(lifeline)
                    self._wake.wait(TICK_SECONDS)
                return self._stop()
        finally:
            os.close(held)  # should all else have failed, the guards end what is left
            os.close(lifeline)

    def stop(self) -> None:
        """Ask for the end as a signal would; may be called from any thread."""
        self._signals += 1
        self._wake.set()

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        def note(_number: int, _frame: FrameType | None) -> None:
            self.stop()

        before = {number: signal.signal(number, note) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _say(self, text: Bilingual, **params: object) -> None:
        self._tell(text.render(self._language, params))

    def _tell(self, line: str) -> None:
        """Tell people a line; where nobody hears it, e.g. the log's disk is full, everything else goes on."""
        with contextlib.suppress(OSError, ValueError):
            self._say_line(line)

    def _start(self, one: Running, lifeline: int) -> None:
        """Start a process; where the machine has no room for one now, later: what runs is not given up for it."""
        try:
            one.start(lifeline)
        except OSError as error:
            self._say(NOT_STARTED, name=one.child.name, why=error.strerror or error, pause=f"{one.plan_restart():g}")

    def _look_after(self, lifeline: int) -> None:
        """Notice what has ended, start what is due, check the database, and tell once when all is ready."""
        for one in self._running:
            status = one.ended()
            if status == 0 and one.child.finishes:
                self._say(FINISHED, name=one.child.name)
            elif status is not None:
                pause = one.plan_restart()
                self._say(CRASHED, name=one.child.name, status=status, pause=f"{pause:g}")
            elif one.due is not None and time.monotonic() >= one.due:
                self._start(one, lifeline)
        self._look_after_database()
        if self._when_ready is not None and self._is_ready():
            tell, self._when_ready = self._when_ready, None
            with contextlib.suppress(OSError, ValueError):
                tell()

    def _look_after_database(self) -> None:
        if self._database is None or time.monotonic() < self._next_check:
            return
        try:
            if not self._database.is_alive():
                self._say(DATABASE_CRASHED)
                self._database.start(DATABASE_START_SECONDS)
                self._say(DATABASE_BACK)
            self._database_pause = DATABASE_CHECK_SECONDS
        except Fault as fault:
            self._tell(f"{fault.title(self._language)} {fault.remedy(self._language)}")
            self._database_pause = min(self._database_pause * 2, LONGEST_PAUSE)
        except (OSError, psutil.Error) as error:  # a disk that fails may be mended while we are here
            self._say(DATABASE_UNSEEN, why=error)
            self._database_pause = min(self._database_pause * 2, LONGEST_PAUSE)
        self._next_check = time.monotonic() + self._database_pause

    def _stop(self) -> int:
        """End all children: by asking, and past the grace or at a further signal by force."""
        asked = self._signals
        if any(one.runs for one in self._running):
            self._say(STOPPING)
        for one in self._running:
            one.ask_to_end()
        end = time.monotonic() + self._grace
        while any(one.runs for one in self._running) and time.monotonic() < end and self._signals == asked:
            for one in self._running:
                one.ended()
            time.sleep(0.02)
        killed = [one for one in self._running if one.runs]
        for one in killed:
            one.signal_group(signal.SIGKILL)
            self._say(FORCED, name=one.child.name)
        while any(one.runs and one.ended() is None for one in killed):
            time.sleep(0.01)
        return 1 if killed else 0
