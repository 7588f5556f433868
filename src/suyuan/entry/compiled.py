"""Where compiled code is kept between processes.

Numba keeps the machine code of a function beside its file and knows by that one file whether it still holds. Our
kernels call each other across files and have each other's code, and the numbers of columns, built in: after an upgrade
that changes one file, kept code of another would read the wrong columns. So code is kept by what all sources say.

``python -m suyuan.entry.compiled`` (or ``suyuan index compile``) compiles ahead; then no first question waits.
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


def compile_ahead() -> None:
    """Compile all kernels for this machine, unless that has been done."""
    keep_compiled_code()
    if (Path(os.environ[_FOLDER]) / "complete").exists():
        return
    print(
        "编译追溯内核（每个版本一次，约一分钟）… | Compiling the trace kernels (once a version, about a minute)…",
        flush=True,
    )
    from suyuan.entry.boot import boot

    boot()
    from suyuan.trace.api.index import warm

    with compiled_by_one():
        warm()


@contextlib.contextmanager
def compiled_by_one() -> Iterator[None]:
    """Let the first process of a machine that comes here compile, and the others wait and read what it kept.

    Compiling takes a minute of a core; without this, each of the processes that start together would do it. A
    folder that cannot be written stops nobody: each compiles for itself then.
    """
    folder = Path(os.environ[_FOLDER])
    done = folder / "complete"
    with contextlib.ExitStack() as held:
        if not done.exists():
            with contextlib.suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                fcntl.flock(held.enter_context((folder / "compiling").open("a")), fcntl.LOCK_EX)
        yield
        with contextlib.suppress(OSError):
            done.touch()


if __name__ == "__main__":
    compile_ahead()
