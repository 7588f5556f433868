"""Lock the Python dependencies again:  python -m tools.lock [--upgrade]

The form is universal (every platform and Python >= 3.11), with hashes, and names no download address.
"""

from __future__ import annotations

import subprocess
import sys

from tools.places import ROOT, installed_lock

FORM = (
    "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11",
    "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip
LOCKS: dict[str, tuple[str, ...]] = {
    "runtime": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--extra", "dev", "--constraint", "requirements/runtime.txt"),
    "node": ("requirements/node.in",),
    "browser": ("requirements/browser.in",),
    "locking": ("requirements/locking.in",),
}


def main() -> int:
    """Write every lock; ``--upgrade`` moves to the newest allowed versions."""
    installed_lock("locking", zh="安装锁定工具", en="Installing the locking tool")
    for name, sources in LOCKS.items():
        out = ("--output-file", f"requirements/{name}.txt")
        command = (sys.executable, "-m", "uv", "pip", "compile", *FORM, *sys.argv[1:], *out, *sources)
        print(name, flush=True)
        if status := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
