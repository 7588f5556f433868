"""Lock the Python dependencies again:  python -m tools.lock [--upgrade]

The form is universal (every platform and Python >= 3.11), with hashes, and names no download address. Afterwards every
lock is asked, for each platform that the README names, whether all its packages come ready-made: nobody needs a
compiler.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

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
PLATFORMS = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin")
"""Where ``make demo`` is promised to work. No Intel Mac: numba has no wheels for it any more."""


def without_a_wheel(name: str, platform: str) -> str:
    """Return what a lock would have to build from source on a platform, in the resolver's words; empty if nothing."""
    with tempfile.TemporaryDirectory() as nowhere:
        command = (
            sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet", "--python-platform", platform,
            "--only-binary", ":all:", "--require-hashes", "-r", f"requirements/{name}.txt", "--target", nowhere,
        )  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stderr.strip() or "the resolver failed without a word" if done.returncode else ""


def main() -> int:
    """Write every lock and look for its wheels; ``--upgrade`` moves to the newest allowed versions."""
    installed_lock("locking", zh="安装锁定工具", en="Installing the locking tool")
    for name, sources in LOCKS.items():
        out = ("--output-file", f"requirements/{name}.txt")
        command = (sys.executable, "-m", "uv", "pip", "compile", *FORM, *sys.argv[1:], *out, *sources)
        print(name, flush=True)
        if status := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return status
    missing = 0
    for name in LOCKS:
        for platform in PLATFORMS:
            if lacks := without_a_wheel(name, platform):
                print(f"{name} on {platform}: {lacks}", file=sys.stderr)
                missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
