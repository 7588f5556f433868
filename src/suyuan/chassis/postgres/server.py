"""The embedded server: started once however many ask, stopped when the last of them is gone."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import psycopg

from .account import Account, choose_account, path_for, runnable_by
from .address import ServerAddress
from .binaries import LOCATORS, Locator, locate
from .cluster import SUPERUSER, ensure_cluster, environment
from .deadline import Deadline
from .faults import DISK_FULL, PASSWORD_LOST, START_FAILED, START_TIMEOUT, os_errors_as_faults
from .home import NEEDED_TO_START_MB, Home, keep_secret
from .keeper import Order
from .locks import held, is_held_exclusively, lock_before, open_lock, try_lock
from .postmaster import PidFile, clear_stale_pid_file, find_server, identity, shut_down
from .sockets import clear, socket_folder
from .tuning import effective

State = Literal["started", "attached", "adopted"]
PASSING: Final = (
    "pre-existing shared memory block",
    "lock file",
    "the database system is starting up",
    "terminating connection",
)
"""What a server says right after its predecessor was killed; it helps to try again."""
RETRY_SECONDS: Final = 20.0


class EmbeddedPostgres:
    """A PostgreSQL of our own in ``data_dir``.

    Any number of processes may start it at once: one server runs, everybody gets its address. Each keeps it
    running until :meth:`stop` or its own death; when the last is gone, a small keeper process stops the server
    (fast shutdown). After a kill of anything, ``start`` again is all that is needed.

    ``settings`` are PostgreSQL settings on top of the tuned ones; durability cannot be switched off
    (``ValueError``). Refusals are ``Fault`` of the kinds in ``faults``.
    """

    def __init__(
        self, data_dir: Path, settings: Mapping[str, str] | None = None, *, locators: Sequence[Locator] = LOCATORS
    ) -> None:
        with os_errors_as_faults(data_dir):
            self.home = Home(Path(os.path.realpath(data_dir)))
        self.state: State | None = None
        """How the last ``start`` got its server: it ``started`` one, ``attached`` to one that others use, or
        ``adopted`` one that a killed supervisor left; ``None`` while not in use."""
        self._settings = effective(settings)
        self._locators = locators
        self._users: int | None = None
        self._keeper: subprocess.Popen[bytes] | None = None

    def start(self, timeout: float = 120.0) -> ServerAddress:
        """Return the address of the running server, starting it where needed, within ``timeout`` seconds."""
        deadline = Deadline(timeout)
        try:
            with os_errors_as_faults(self.home.root):
                self.home.prepare()
                with self._mutex(deadline) as mutex:
                    self._join(deadline)
                    return self._attach_or_start(mutex, deadline)
        except BaseException:
            self._leave()
            raise

    def stop(self, timeout: float = 60.0) -> None:
        """Stop using the server; the last user stops it and returns when it is gone. Does nothing if not started."""
        if self._users is None:
            return
        deadline = Deadline(timeout)
        with os_errors_as_faults(self.home.root), self._mutex(deadline):
            self._leave()
            self._stop_if_unused(deadline)
        if self._keeper is not None and find_server(self.home.cluster) is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._keeper.wait(5)

    def is_alive(self) -> bool:
        """Whether the server runs (it may be starting or recovering); also reaps a keeper that ended."""
        if self._keeper is not None:
            self._keeper.poll()
        return self.home.cluster.exists() and find_server(self.home.cluster) is not None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @contextlib.contextmanager
    def _mutex(self, deadline: Deadline) -> Iterator[int]:
        """Hold the lock of starting and stopping."""
        try:
            with held(self.home.mutex, deadline) as descriptor:
                yield descriptor
        except TimeoutError as error:
            raise self._too_late(deadline, "another process is starting or stopping it") from error

    def _join(self, deadline: Deadline) -> None:
        """Share the users' lock; waits while a keeper, which got it alone, is stopping the server."""
        if self._users is None:
            descriptor = open_lock(self.home.users)
            if not lock_before(descriptor, deadline, exclusive=False):
                os.close(descriptor)
                raise self._too_late(deadline, "the previous server is still shutting down")
            self._users = descriptor

    def _leave(self) -> None:
        if self._users is not None:
            os.close(self._users)  # closed, not unlocked: a forked child may go on using the server
            self._users = None
        self.state = None

    def _stop_if_unused(self, deadline: Deadline) -> None:
        descriptor = open_lock(self.home.users)
        try:
            if try_lock(descriptor, exclusive=True):
                shut_down(self.home.cluster, deadline)
                self._await_keepers_end(deadline)
            elif not try_lock(descriptor, exclusive=False):  # the keeper was faster and is at it
                lock_before(descriptor, deadline, exclusive=False)
        finally:
            os.close(descriptor)

    def _attach_or_start(self, mutex: int, deadline: Deadline) -> ServerAddress:
        """Attach if there is a server; start one if there is neither a server nor a keeper that still has one."""
        patience = Deadline(min(RETRY_SECONDS, deadline.seconds))
        for _ in deadline.ticks(0.1):
            found = find_server(self.home.cluster)
            if found is not None:
                address = self._attach(found, deadline)
            elif not is_held_exclusively(self.home.keeper):
                address = self._start(mutex, deadline, patience)
            else:
                continue
            if address is not None:
                return address
        raise self._too_late(deadline, self._last_words(0))

    def _await_keepers_end(self, deadline: Deadline) -> None:
        """Wait for the keeper of a server that has ended; its last act is to remove the socket directory."""
        all(is_held_exclusively(self.home.keeper) for _ in deadline.ticks())

    def _attach(self, found: PidFile, deadline: Deadline) -> ServerAddress | None:
        """Use the running server ``found``, giving it a keeper if its own was killed; ``None`` if it ends meanwhile."""
        if self._keeper is not None:
            self._keeper.poll()
            self._keeper = None
        kept = is_held_exclusively(self.home.keeper)
        if not kept:
            self._launch_keeper(self._order(found.socket_dir or self.home.sockets, adopt=found.pid))
        address = self._await_ready(deadline)
        if address is not None:
            self.state = "attached" if kept else "adopted"
        return address

    def _start(self, mutex: int, deadline: Deadline, patience: Deadline) -> ServerAddress | None:
        """Start the server; ``None`` if it ended for a reason that passes (it, or one before it, was killed)."""
        home = self.home
        binaries = locate(self._locators)
        account = choose_account(home.root, home.cluster)
        binaries = runnable_by(account, binaries)
        ensure_cluster(home, binaries, account, mutex)
        clear_stale_pid_file(home.cluster, deadline)
        home.rotate_log()
        sockets = socket_folder(home, account)
        clear(sockets)
        said_before = home.log.stat().st_size if home.log.exists() else 0
        self._launch(binaries.program("postgres"), account, sockets)
        address = self._await_ready(deadline)
        if address is not None:
            self.state = "started"
            return address
        complaints = self._complaints(said_before)
        if all(any(words in line for words in PASSING) for line in complaints) and not patience.passed:
            return None
        if any("No space left on device" in line for line in complaints):
            raise DISK_FULL(path=home.root, free_mb=0, needed_mb=NEEDED_TO_START_MB)
        raise START_FAILED(reason=self._last_words(said_before), log=home.log)

    def _launch(self, program: str, account: Account, sockets: Path) -> None:
        place, inherited = path_for(account, self.home.cluster)
        settings = {
            **self._settings,
            "unix_socket_directories": str(sockets),
            "cluster_name": identity(self.home.cluster),
        }
        command = [program, "-D", place]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        order = self._order(sockets, command=command, inherit=list(inherited), user=account.user, group=account.group)
        try:
            self._launch_keeper(order)
        finally:
            for descriptor in inherited:
                os.close(descriptor)

    def _order(
        self,
        sockets: Path,
        *,
        command: Sequence[str] = (),
        inherit: Sequence[int] = (),
        adopt: int | None = None,
        user: int | None = None,
        group: int | None = None,
    ) -> Order:
        return Order(
            users_lock=str(self.home.users),
            keeper_lock=str(self.home.keeper),
            sockets=str(sockets),
            command=list(command),
            adopt=adopt,
            user=user,
            group=group,
            inherit=list(inherit),
        )

    def _launch_keeper(self, order: Order) -> None:
        for path in (self.home.keeper, self.home.log):
            os.close(open_lock(path))  # made here, with the right owner and mode
        with self.home.log.open("ab") as log:
            self._keeper = subprocess.Popen(  # noqa: S603 (our own script)
                [sys.executable, str(Path(__file__).with_name("keeper.py")), json.dumps(order)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=environment(),
                pass_fds=order["inherit"],
                start_new_session=True,  # a Ctrl-C on the terminal is for us; the server goes when we have gone
            )

    def _await_ready(self, deadline: Deadline) -> ServerAddress | None:
        """Return the address once the server answers; ``None`` when it has ended instead."""
        for _ in deadline.ticks():
            ended = self._keeper is not None and self._keeper.poll() is not None
            found = find_server(self.home.cluster)
            if found is not None and found.ready and found.socket_dir is not None:
                address = self._address(found.socket_dir, found.port)
                if self._answers(address):
                    return address
            elif ended or (found is None and self._keeper is None):
                return None
        raise self._too_late(deadline, self._last_words(0))

    def _address(self, socket_dir: Path, port: int) -> ServerAddress:
        file = self.home.superuser_password
        if not file.exists():
            raise PASSWORD_LOST(path=file)
        return ServerAddress(str(socket_dir), port, SUPERUSER, keep_secret(file), self.home.secrets)

    def _answers(self, address: ServerAddress) -> bool:
        try:
            psycopg.connect(address.conninfo("postgres"), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            if "authentication failed" in str(error):
                raise PASSWORD_LOST(path=self.home.superuser_password) from error
            return False
        return True

    def _complaints(self, since: int) -> list[str]:
        return [line for line in self._logged(since) if any(mark in line for mark in ("FATAL", "PANIC", "rror:"))]

    def _last_words(self, since: int) -> str:
        """Return the complaints in the log after byte ``since``, or else its last lines."""
        return " ".join((self._complaints(since) or self._logged(since))[-4:]) or "-"

    def _logged(self, since: int) -> list[str]:
        if not self.home.log.exists():
            return []
        with self.home.log.open("rb") as log:
            log.seek(max(since, log.seek(0, os.SEEK_END) - 8192))
            return log.read().decode("utf-8", "replace").splitlines()

    def _too_late(self, deadline: Deadline, reason: str) -> Exception:
        return START_TIMEOUT(seconds=f"{deadline.seconds:g}", reason=reason, log=self.home.log)
