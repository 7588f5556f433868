"""The data directory: what lies where, and making sure it is ours and usable."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .faults import DISK_FULL, FOREIGN, NOT_A_DIRECTORY

MARKER: Final = "server.lock"
LEFT_BY_SYSTEMS: Final = frozenset({"lost+found", ".DS_Store"})
NEEDED_TO_CREATE_MB: Final = 128
NEEDED_TO_START_MB: Final = 32
LOG_KEPT_BYTES: Final = 8 << 20


@dataclass(frozen=True, slots=True)
class Home:
    """The paths inside one data directory.

    ``server.lock`` is held while a server is started or stopped (and marks the directory as ours),
    ``users.lock`` is shared by all who use the server, ``keeper.lock`` is held by its keeper.
    """

    root: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own directory."""
        return self.root / "cluster"

    @property
    def mutex(self) -> Path:
        """The lock of starting and stopping."""
        return self.root / MARKER

    @property
    def users(self) -> Path:
        """The lock that everyone who uses the server shares."""
        return self.root / "users.lock"

    @property
    def keeper(self) -> Path:
        """The lock of the process that stops the server when nobody uses it."""
        return self.root / "keeper.lock"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "server.log"

    @property
    def sockets(self) -> Path:
        """The socket directory, where its path is short and simple enough."""
        return self.root / "run"

    @property
    def secrets(self) -> Path:
        """The folder of the passwords, mode 0700."""
        return self.root / "secrets"

    @property
    def superuser_password(self) -> Path:
        """The password file of the administrator, mode 0600."""
        return self.secrets / "suyuan_admin.password"

    def prepare(self) -> None:
        """Create the directory if needed, refuse one of something else; raises ``OSError``, ``Fault``."""
        if not self.root.exists():
            self.root.mkdir(parents=True, exist_ok=True)
            # Root's server runs as another account, which has to pass through; what lies inside stays closed.
            self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not self.root.is_dir():
            raise NOT_A_DIRECTORY(path=self.root)
        names = {entry.name for entry in self.root.iterdir()} - LEFT_BY_SYSTEMS
        if names and MARKER not in names:
            raise FOREIGN(path=self.root, example=min(names))
        if not names:
            self.check_space(NEEDED_TO_CREATE_MB)

    def check_space(self, needed_mb: int) -> None:
        """Refuse to begin on a disk with less than ``needed_mb`` MiB free."""
        free_mb = shutil.disk_usage(self.root).free >> 20
        if free_mb < needed_mb:
            raise DISK_FULL(path=self.root, free_mb=free_mb, needed_mb=needed_mb)

    def rotate_log(self) -> None:
        """Put a long log aside (one old one is kept) before a server starts writing."""
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))


def keep_secret(path: Path) -> str:
    """Return the secret in the file ``path``; a new random one, written with mode 0600, where there is none."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _give_like(path.parent, path.parent.parent)
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(24)
    descriptor, fresh = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # mkstemp gives mode 0600
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    _give_like(Path(fresh), path.parent)
    Path(fresh).rename(path)
    return secret


def _give_like(path: Path, model: Path) -> None:
    """As root, give ``path`` the owner of ``model``, so that the owner of a data directory can go on without root."""
    if os.geteuid() == 0:
        found = model.stat()
        os.chown(path, found.st_uid, found.st_gid)
