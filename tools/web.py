"""Build the web application when its sources changed:  python -m tools.web [--force]

Two stamps keep a second run under a second: one over package-lock.json beside the installed packages, one over every
source file beside the build. The build goes to src/suyuan/entry/static/app and is never committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools import node
from tools.places import BUILD, FRONTEND, ROOT, STATIC_APP, digest

GUIDES, PICTURES = ROOT / "docs" / "guide", ROOT / "docs" / "screenshots"
GENERATED = frozenset({"node_modules", "dist", "coverage", ".vite"})


def sources() -> list[Path]:
    """Return every file that a build depends on: those under frontend/, and the guides with their pictures."""
    found = [*GUIDES.glob("*/*.md"), *PICTURES.glob("*.webp")]
    waiting = [FRONTEND]
    while waiting:
        for entry in waiting.pop().iterdir():
            if entry.is_dir():
                if entry.name not in GENERATED:
                    waiting.append(entry)
            else:
                found.append(entry)
    return found


def _noted(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == value


def install_packages() -> int:
    """Run ``npm ci`` unless the lock is the one already installed; return the exit status."""
    stamp = FRONTEND / "node_modules" / ".suyuan-lock"
    wanted = digest([FRONTEND / "package-lock.json"])
    if _noted(stamp, wanted):
        return 0
    print("安装网页依赖… | Installing the web packages…", flush=True)
    status = node.run("npm", "ci", "--no-audit", "--no-fund", cwd=FRONTEND, quiet=True)
    if status == 0:
        stamp.write_text(wanted, encoding="ascii")
    else:
        print(
            "网页依赖未能安装。若网络不可达，可设置 npm 镜像（npm config set registry …）后重试。\n"
            "The web packages did not install. If the network is the reason, point npm at a mirror and run again.",
            file=sys.stderr,
        )
    return status


def build(*, force: bool = False) -> int:
    """Build unless the built sources are the present ones; return the exit status."""
    if not (FRONTEND / "package.json").exists():
        print("frontend/package.json is missing: there is no web application to build", file=sys.stderr)
        return 1
    stamp = BUILD / "web.stamp"
    wanted = digest(sources())
    if not force and _noted(stamp, wanted) and (STATIC_APP / "index.html").exists():
        return 0
    status = install_packages()
    if status:
        return status
    print("构建网页界面… | Building the web application…", flush=True)
    status = node.run("npm", "run", "--silent", "build", cwd=FRONTEND, quiet=True)
    if status == 0:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted, encoding="ascii")
    return status


def main() -> int:
    """Build, or with ``--packages`` only install what building and testing need."""
    try:
        if "--packages" in sys.argv[1:]:
            return install_packages()
        return build(force="--force" in sys.argv[1:])
    except node.NoNodeError as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
