"""Where compiled code is kept between processes.

Numba keeps the machine code of a function beside its file and knows by that one file whether it still holds. Our
kernels call each other across files and have each other's code, and the numbers of columns, built in: after an upgrade
that changes one file, kept code of another would read the wrong columns. So code is kept by what all sources say.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

_KERNELS = "suyuan.trace.domain.engine"
_FOLDER = "NUMBA_CACHE_DIR"
_DONE = "complete"


def keep_compiled_code() -> None:
    """Name the folder of compiled code; call it before anything imports numba. A folder that was named stays."""
    found = importlib.util.find_spec(_KERNELS)
    if found is None or not found.submodule_search_locations or _FOLDER in os.environ:
        return
    folder = Path(found.submodule_search_locations[0])
    said = hashlib.sha256()
    for source in sorted(folder.glob("*.py")):
        said.update(source.name.encode() + b"\0" + source.read_bytes())
    os.environ[_FOLDER] = str(folder / "__pycache__" / f"kernels-{said.hexdigest()[:16]}")


def is_compiled() -> bool:
    """Tell whether some process of this machine has compiled everything; name the folder first."""
    return (Path(os.environ[_FOLDER]) / _DONE).exists()


@contextlib.contextmanager
def compiled_by_one() -> Iterator[None]:
    """Let the first process of a machine that comes here compile, and the others wait and read what it kept.

    Compiling takes a minute of a core; without this, each of the processes that start together would do it. A
    folder that cannot be written stops nobody: each compiles for itself then.
    """
    folder = Path(os.environ[_FOLDER])
    with contextlib.ExitStack() as held:
        if not is_compiled():
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                fcntl.flock(held.enter_context((folder / "compiling").open("a")), fcntl.LOCK_EX)
        yield
        with contextlib.suppress(OSError):
            (folder / _DONE).touch()
