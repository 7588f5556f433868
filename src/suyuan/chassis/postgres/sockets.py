"""The private socket directory. A socket's whole path has about a hundred bytes, and some characters mean lists."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from .account import Account
from .home import Home

LONGEST_PATH: Final = 100
"""Bytes: ``sun_path`` has 108 on Linux and 104 on macOS, less the closing zero and some air."""
SPECIAL: Final = frozenset(",\"'\\\n")
"""PostgreSQL and libpq read a comma as "and another one"; the others would need quoting."""


def fits(folder: Path) -> bool:
    """Whether a socket in ``folder`` can be named by both PostgreSQL and libpq."""
    text = str(folder)
    short = len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_PATH
    return short and not SPECIAL & set(text) and text == text.strip()


def socket_folder(home: Home, account: Account) -> Path:
    """Return the socket directory, made: inside the data directory if possible, else a private one in ``/tmp``."""
    if fits(home.sockets) and account.may_enter(home.root):
        if not home.sockets.is_dir():
            home.sockets.mkdir(mode=0o700)
        account.give(home.sockets)
        home.sockets.chmod(0o700)
        return home.sockets
    name = "suyuan-" + hashlib.sha256(os.fsencode(home.root)).hexdigest()[:16]
    roots = [Path(place) for place in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp") if place]  # noqa: S108 (checked below)
    for root in roots:
        with contextlib.suppress(OSError):
            if fits(root / name) and account.may_enter(root) and _made_private(root / name, account):
                return root / name
    fresh = Path(tempfile.mkdtemp(prefix="suyuan-", dir=roots[-1]))
    account.give(fresh)
    return fresh


def _made_private(folder: Path, account: Account) -> bool:
    """Make ``folder`` for the account alone; ``False`` where somebody else made it first (anyone can, in ``/tmp``)."""
    try:
        folder.mkdir(mode=0o700)
        account.give(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700


def clear(folder: Path) -> None:
    """Remove what a killed server left in its own socket directory; only for when no server runs."""
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (folder / name).unlink(missing_ok=True)
