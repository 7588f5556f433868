"""The cluster: made once by ``initdb``, whole or not at all; checked before each start."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from .account import Account, path_for
from .binaries import Binaries
from .faults import DAMAGED, DISK_FULL, INIT_FAILED, NOT_PERMITTED, VERSION_MISMATCH, account_name
from .home import NEEDED_TO_CREATE_MB, NEEDED_TO_START_MB, Home, keep_secret

SUPERUSER: Final = "suyuan_admin"
FRESH: Final = "cluster.new-"
C_TYPES: Final = ("C.UTF-8", "en_US.UTF-8", "C")
"""Libc locales for what the builtin provider leaves to libc (pg_trgm reads it); older macOS has no C.UTF-8."""


def environment() -> dict[str, str]:
    """Return our environment without what would redirect PostgreSQL or translate its messages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def ensure_cluster(home: Home, binaries: Binaries, account: Account, mutex: int) -> None:
    """Create the cluster if there is none; refuse one of another version, owner, or half of one.

    ``mutex`` is the held lock of starting; ``initdb`` inherits it, so that it stays held until an ``initdb``
    whose supervisor was killed has ended.
    """
    for leftover in home.root.glob(f"{FRESH}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    with contextlib.suppress(OSError):
        home.cluster.rmdir()  # an empty one, e.g. a mount point's
    if home.cluster.exists():
        _check(home, binaries, account)
    else:
        home.check_space(NEEDED_TO_CREATE_MB)
        _create(home, binaries, account, mutex)


def _check(home: Home, binaries: Binaries, account: Account) -> None:
    owner = home.cluster.stat().st_uid
    if account.dropped and owner != account.uid:
        account.give_tree(home.cluster)
    elif owner != account.uid:
        raise NOT_PERMITTED(path=home.cluster, user=account.name, owner=account_name(owner))
    for needed in ("PG_VERSION", "global/pg_control"):
        if not (home.cluster / needed).is_file():
            raise DAMAGED(path=home.cluster, missing=needed)
    found = (home.cluster / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    if found != str(binaries.major):
        raise VERSION_MISMATCH(path=home.cluster, found=found or "?", ours=binaries.major)
    home.check_space(NEEDED_TO_START_MB)
    home.cluster.chmod(0o700)  # copies and restores often lose it, and PostgreSQL insists


def _create(home: Home, binaries: Binaries, account: Account, mutex: int) -> None:
    password = keep_secret(home.superuser_password)
    fresh = Path(tempfile.mkdtemp(prefix=FRESH, dir=home.root))
    account.give(fresh)
    try:
        for c_type in C_TYPES:
            arguments = _locale_arguments(binaries.major, c_type)
            said = _run_initdb(fresh, (binaries.program("initdb"), *arguments), account, mutex, password)
            if said is None:
                break
            if "locale" not in said:
                raise _init_fault(home, said)
        else:
            raise INIT_FAILED(path=home.root, reason=f"no usable locale among {', '.join(C_TYPES)}")
        fresh.rename(home.cluster)
        descriptor = os.open(home.root, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _init_fault(home: Home, said: str) -> Exception:
    if "No space left" in said or "Disk quota" in said:
        free_mb = shutil.disk_usage(home.root).free >> 20
        return DISK_FULL(path=home.root, free_mb=free_mb, needed_mb=NEEDED_TO_CREATE_MB)
    complaints = [line for line in said.splitlines() if "error:" in line or "FATAL" in line or "PANIC" in line]
    return INIT_FAILED(path=home.root, reason=" ".join(complaints or said.splitlines()[-3:]))


def _run_initdb(folder: Path, command: tuple[str, ...], account: Account, mutex: int, password: str) -> str | None:
    """Run ``initdb``, i.e. ``command``, on the empty ``folder``; returns ``None`` when it worked, else what it said."""
    place, inherited = path_for(account, folder)
    reading, writing = os.pipe()
    try:
        if account.dropped:
            os.fchown(reading, account.uid, account.gid)  # opening /dev/stdin asks the pipe's permissions
        os.write(writing, password.encode("ascii") + b"\n")
        os.close(writing)
        done = subprocess.run(  # noqa: S603 (a program a locator found)
            [
                *command,
                *("-D", place, "-U", SUPERUSER, "--pwfile=/dev/stdin", "-A", "scram-sha-256"),
                *("--encoding=UTF8", "--data-checksums"),
            ],
            stdin=reading,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=environment(),
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
            pass_fds=(mutex, *inherited),
        )
    finally:
        os.close(reading)
        for descriptor in inherited:
            os.close(descriptor)
    return None if done.returncode == 0 else done.stderr.strip() or done.stdout.strip() or f"exit {done.returncode}"


def _locale_arguments(major: int, c_type: str) -> tuple[str, ...]:
    if major < 17:  # the builtin provider came with 17
        return (f"--locale={c_type}",)
    if c_type == "C.UTF-8":
        return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
    return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={c_type}")
