"""Backups of the embedded server: whole copies made while it works, the write-ahead log as it grows, and the way back.

A backup folder holds ``base-<time>/`` (the cluster, the secrets, and ``backup.json``, written last) and, where the log
is followed, ``wal/``. A restore starts from the newest copy before the wanted time and replays the log up to it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg

from suyuan.kernel.faults import Fault

from .address import ServerAddress
from .binaries import Binaries, locate
from .cluster import environment
from .faults import BACKUP_FAILED, NO_BACKUP, RESTORE_BEYOND, RESTORE_FAILED, RESTORE_NOT_EMPTY, START_FAILED
from .following import Following
from .home import MARKER, Home
from .server import EmbeddedPostgres

SLOT: Final = "suyuan_backup"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_RECOVERY: Final = ("restore_command", "recovery_target_time", "recovery_target_action")
_ENDED_BEFORE: Final = "recovery ended before configured recovery target was reached"
_LAST_CHANGE: Final = "last completed transaction was at log time "


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole copy: where it lies and when it was finished, from which time on it can be restored to."""

    folder: Path
    made: datetime


def take(address: ServerAddress, data: Path, to: Path) -> Backup:
    """Copy the running server of ``data`` whole into a new folder below ``to``, and check the copy.

    The application's secrets are copied before the cluster, so that nothing in them is younger than the database.

    :raises Fault: ``chassis.backup_failed``; nothing half is left behind under the name of a backup.
    """
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = to / f"unfinished-{datetime.now(UTC).strftime(_STAMP)}"
    fresh.mkdir(mode=0o700)
    try:
        shutil.copytree(data / "secrets", fresh / "secrets")
        shutil.copytree(address.secrets, fresh / "server-secrets")
        binaries = locate()
        _run(binaries, "pg_basebackup", address, "-D", str(fresh / "cluster"), "-X", "stream", "-c", "fast")
        keep_new_secrets(data / "secrets", fresh / "secrets")
        _run(binaries, "pg_verifybackup", address, "-q", str(fresh / "cluster"))
        made = datetime.now(UTC)
        told = {"made": made.isoformat(), "postgresql": binaries.version}
        (fresh / "backup.json").write_text(json.dumps(told), encoding="ascii")
        folder = to / f"base-{made.strftime(_STAMP)}"
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Backup(folder, made)


def follow(address: ServerAddress, to: Path) -> Following:
    """Start copying the write-ahead log into ``to/wal`` as it is written.

    The server keeps what the copy does not have yet, up to ``max_slot_wal_keep_size``.

    :raises Fault: ``chassis.backup_failed``.
    """
    wal = to / "wal"
    wal.mkdir(parents=True, exist_ok=True, mode=0o700)
    _run(locate(), "pg_receivewal", address, "-S", SLOT, "--create-slot", "--if-not-exists")
    return Following(address, wal, SLOT, _where(address))


def keep_new_secrets(source: Path, to: Path) -> None:
    """Copy the secrets that ``to`` lacks, e.g. a key made since: what is signed with it could not be verified without.

    A memory of what happened (``*.note``) is left out: it would be younger than the database it comes back with.
    """
    for file in source.rglob("*"):
        target = to / file.relative_to(source)
        if file.is_file() and file.suffix != ".note" and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(file, target)


def backups(folder: Path) -> list[Backup]:
    """Return the finished backups in a folder, oldest first."""
    found = []
    for place in sorted(folder.glob("base-*")):
        with contextlib.suppress(OSError, ValueError, KeyError):
            told = json.loads((place / "backup.json").read_text(encoding="ascii"))
            found.append(Backup(place, datetime.fromisoformat(told["made"])))
    return found


def restore(folder: Path, data: Path, at: datetime | None = None) -> Backup:
    """Make ``data``, which must be empty or absent, what was backed up: as of ``at``, or as new as there is.

    :raises Fault: ``chassis.restore_not_empty``, ``chassis.no_backup``, ``chassis.restore_failed``,
        ``chassis.restore_beyond`` where the followed log ends before ``at``: ``data`` is then empty again.
    """
    if data.exists() and any(data.iterdir()):
        raise RESTORE_NOT_EMPTY(path=data)
    chosen = next((each for each in reversed(backups(folder)) if at is None or each.made <= at), None)
    if chosen is None:
        raise NO_BACKUP(path=folder, when=at.isoformat() if at else "-")
    root = data / "postgres"
    root.mkdir(parents=True)
    root.chmod(0o711 if os.geteuid() == 0 else 0o700)
    (root / MARKER).touch(mode=0o600)
    shutil.copytree(chosen.folder / "secrets", data / "secrets")
    keep_new_secrets(folder / "secrets", data / "secrets")
    shutil.copytree(chosen.folder / "server-secrets", root / "secrets")
    home = Home(root)
    shutil.copytree(chosen.folder / "cluster", home.cluster, symlinks=True)
    followed = folder / "wal"
    if followed.is_dir():
        _bring_log(followed, home.cluster, at)
    elif at is not None and at > chosen.made:
        shutil.rmtree(data)
        raise NO_BACKUP(path=followed, when=at.isoformat())
    try:
        _replay(root)
    except Fault as error:
        ended = error.kind in (START_FAILED, RESTORE_FAILED)  # before it answered, or right after
        newest = _newest(root / "server.log") if at is not None and ended else None
        if newest is None:
            raise
        shutil.rmtree(data)
        raise RESTORE_BEYOND(path=folder, newest=newest, when=at) from error
    return chosen


def _newest(log: Path) -> str | None:
    """Return the time of the last change that the server had to replay, where it says that what is wanted is later."""
    said = log.read_text(encoding="utf-8", errors="replace")
    if _ENDED_BEFORE not in said:
        return None
    _, _, after = said.rpartition(_LAST_CHANGE)
    return after.partition("\n")[0].strip() if _LAST_CHANGE in said else "-"


def _bring_log(followed: Path, cluster: Path, at: datetime | None) -> None:
    """Put the followed log where the server finds it, and have it replayed up to ``at``."""
    for file in followed.iterdir():
        name = file.name.removesuffix(".partial")
        if not (cluster / "pg_wal" / name).exists():
            shutil.copy2(file, cluster / "pg_wal" / name)
    lines = ["restore_command = '/bin/false'", "recovery_target_action = 'promote'"]
    if at is not None:
        lines.append(f"recovery_target_time = '{at.astimezone(UTC).isoformat()}'")
    with (cluster / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write("\n".join(("", *lines, "")))
    (cluster / "recovery.signal").touch()


def _replay(root: Path) -> None:
    """Start the server once, wait until it has replayed what it was given, and forget that it was a restore."""
    server = EmbeddedPostgres(root)
    try:
        address = server.start(timeout=3600)
        with psycopg.connect(address.conninfo("postgres"), autocommit=True) as connection:
            while (connection.execute("SELECT pg_is_in_recovery()").fetchone() or (True,))[0]:
                time.sleep(0.2)
            for name in _RECOVERY:
                connection.execute(f"ALTER SYSTEM RESET {name}")
            connection.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s", (SLOT,)
            )
    except psycopg.Error as error:
        raise RESTORE_FAILED(reason=str(error), log=root / "server.log") from error
    finally:
        server.stop()


def _where(address: ServerAddress) -> list[str]:
    return ["-h", address.host, "-p", str(address.port), "-U", address.superuser]


def _run(binaries: Binaries, program: str, address: ServerAddress, *arguments: str) -> None:
    where = [] if program == "pg_verifybackup" else ["-w", *_where(address)]
    done = subprocess.run(  # noqa: S603 (a program a locator found)
        [binaries.program(program), *arguments, *where],
        env={**environment(), "PGPASSWORD": address.password},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise BACKUP_FAILED(program=program, reason=done.stderr.strip()[-500:] or f"exit {done.returncode}")
