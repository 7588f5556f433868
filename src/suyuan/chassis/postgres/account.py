"""Which account PostgreSQL runs as, and what that account can reach.

PostgreSQL refuses to run as root. As an ordinary user it runs as that user. As root it runs as the owner of
the data where that is somebody, else as the first of :data:`ACCOUNTS` that exists; the cluster and the socket
directory are given to it with mode 0700, the secrets and locks stay root's.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .binaries import Binaries, read_version
from .faults import ACCOUNT_MISSING, ACCOUNT_UNNAMED, OUT_OF_REACH

ACCOUNTS: Final = ("suyuan", "postgres", "nobody")
COPIES: Final = (Path("/var/lib/suyuan"), Path("/var/tmp"), Path(tempfile.gettempdir()))  # noqa: S108 (owner checked)
"""Where the programs are copied to when the account cannot reach the originals; the first that works."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account PostgreSQL runs as; ``dropped`` when it is not our own (we are root)."""

    uid: int
    gid: int
    name: str
    dropped: bool

    @property
    def user(self) -> int | None:
        """What ``subprocess`` takes as ``user``: nothing to change for our own account."""
        return self.uid if self.dropped else None

    @property
    def group(self) -> int | None:
        """What ``subprocess`` takes as ``group``."""
        return self.gid if self.dropped else None

    @property
    def extra_groups(self) -> list[int] | None:
        """What ``subprocess`` takes as ``extra_groups``: none of root's."""
        return [] if self.dropped else None

    def give(self, path: Path) -> None:
        """Make the account the owner of ``path`` itself (links are not followed)."""
        if self.dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def give_tree(self, folder: Path) -> None:
        """Make the account the owner of ``folder`` and everything in it, e.g. after a restore as root."""
        for place, folders, files in os.walk(folder):
            self.give(Path(place))
            for name in (*folders, *files):
                self.give(Path(place, name))

    def may_enter(self, folder: Path) -> bool:
        """Whether the account may pass through ``folder`` and all directories above it, by their mode bits."""
        return not self.dropped or all(self._may_pass(place) for place in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def _named(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def choose_account(home: Path, cluster: Path) -> Account:
    """Return the account for the data in ``home``; ``ACCOUNT_MISSING``/``ACCOUNT_UNNAMED`` when there is none."""
    uid = os.geteuid()
    if uid != 0:
        me = _named(uid)
        if me is None:
            raise ACCOUNT_UNNAMED(uid=uid)
        return Account(uid, os.getegid(), me.pw_name, dropped=False)
    for owner in (place.stat().st_uid for place in (cluster, home) if place.exists()):
        entry = _named(owner) if owner != 0 else None
        if entry is not None:
            return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, dropped=True)
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, dropped=True)
    raise ACCOUNT_MISSING(tried=", ".join(ACCOUNTS), reason="-")


def runnable_by(account: Account, binaries: Binaries) -> Binaries:
    """Return ``binaries``, or a copy of them where the account cannot reach the original (a checkout in ``/root``)."""
    if not account.dropped or read_version(binaries.program("postgres"), account.uid, account.gid):
        return binaries
    if not _can_become(account):
        raise ACCOUNT_MISSING(tried=account.name, reason="setuid is not permitted here")
    source = binaries.folder.parent
    mark = hashlib.sha256(f"{source}\0{(binaries.folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    for place in COPIES:
        with contextlib.suppress(OSError):
            copy = _copied(source, place, f"suyuan-postgresql-{binaries.version}-{mark}")
            if read_version(str(copy / "bin" / "postgres"), account.uid, account.gid):
                return Binaries(copy / "bin", binaries.version)
    raise OUT_OF_REACH(user=account.name, path=binaries.folder)


def _can_become(account: Account) -> bool:
    """Whether root may become the account at all (not so in a user namespace that maps only root)."""
    try:
        subprocess.run(
            ["/bin/sh", "-c", ":"], user=account.user, group=account.group, extra_groups=[], cwd="/", check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _copied(source: Path, place: Path, name: str) -> Path:
    """Return ``place/name``, a complete copy of ``source`` that only root can change; made once."""
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    target = place / name
    if target.is_symlink() or not target.exists():
        fresh = Path(tempfile.mkdtemp(prefix=".suyuan-", dir=place))
        shutil.copytree(source, fresh, symlinks=True, dirs_exist_ok=True)
        fresh.chmod(0o755)
        try:
            fresh.rename(target)
        except OSError:
            shutil.rmtree(fresh)
    if target.is_symlink() or target.stat().st_uid != 0:
        raise PermissionError(f"{target} is not root's")
    return target


def path_for(account: Account, folder: Path) -> tuple[str, tuple[int, ...]]:
    """Return how the account can name ``folder``, with the descriptors its process must inherit for that.

    Where a directory above is closed to the account (``/root``), Linux still lets a process use a directory it
    inherited open, by ``/proc/self/fd/N``; no permission of anybody's directory is changed. The caller closes.
    """
    if account.may_enter(folder):
        return str(folder), ()
    if not sys.platform.startswith("linux") or not Path("/proc/self/fd").is_dir():
        raise OUT_OF_REACH(user=account.name, path=folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    return f"/proc/self/fd/{descriptor}", (descriptor,)
