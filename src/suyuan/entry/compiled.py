"""Where compiled code is kept between processes.

Numba keeps the machine code of a function beside its file and knows by that one file whether it still holds. Our
kernels call each other across files and have each other's code, and the numbers of columns, built in: after an upgrade
that changes one file, kept code of another would read the wrong columns. So code is kept by what all sources say.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path

_KERNELS = "suyuan.trace.domain.engine"


def keep_compiled_code() -> None:
    """Name the folder of compiled code; call it before anything imports numba. A folder that was named stays."""
    found = importlib.util.find_spec(_KERNELS)
    if found is None or not found.submodule_search_locations or "NUMBA_CACHE_DIR" in os.environ:
        return
    folder = Path(found.submodule_search_locations[0])
    said = hashlib.sha256()
    for source in sorted(folder.glob("*.py")):
        said.update(source.name.encode() + b"\0" + source.read_bytes())
    os.environ["NUMBA_CACHE_DIR"] = str(folder / "__pycache__" / f"kernels-{said.hexdigest()[:16]}")
