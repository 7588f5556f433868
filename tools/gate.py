"""Everything that must hold before a change lands:  python -m tools.gate [STEP…]

Every step runs even if one before it failed. An advisory service that could not be reached is reported as *unknown*,
never as good: it fails ``make audit`` and is named in the last line of ``make check``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from enum import StrEnum

from tools import node, web
from tools.places import FRONTEND, ROOT

PY = sys.executable


class Verdict(StrEnum):
    """How a step ended; unknown means that its question could not be asked."""

    GOOD = "good"
    BAD = "BAD"
    UNKNOWN = "UNKNOWN"


def _python(*arguments: str) -> Verdict:
    """Run one of our programs; property tests look for new examples, where ``make test`` meets those it knows."""
    env = {**os.environ, "TEST_NEW_EXAMPLES": "1"}
    done = subprocess.run([PY, *arguments], cwd=ROOT, env=env, check=False)
    return Verdict.GOOD if done.returncode == 0 else Verdict.BAD


def _web(*arguments: str) -> Verdict:
    if web.install_packages():
        return Verdict.BAD
    return Verdict.GOOD if node.run("npm", "run", "--silent", *arguments, cwd=FRONTEND) == 0 else Verdict.BAD


def contracts() -> Verdict:
    """Check the import contracts of .importlinter."""
    call = (
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command(['--no-logo']))"
    )
    return _python("-c", call)


def audit_python() -> Verdict:
    """Ask the advisory service about every locked Python package.

    pip-audit ends with success when the service knows nothing about a package; that counts as unknown here.
    """
    worst = Verdict.GOOD
    for lock in ("runtime", "dev", "node", "browser", "locking"):
        asked = [PY, "-m", "pip_audit", "-r", f"requirements/{lock}.txt", "--require-hashes", "--disable-pip"]
        done = subprocess.run(
            [*asked, "--progress-spinner", "off", "--format", "json"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        try:
            rows = json.loads(done.stdout)["dependencies"]
        except (json.JSONDecodeError, KeyError):
            reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
            print(f"{lock}: the advisory service gave no answer: {reason}")
            worst = worst if worst is Verdict.BAD else Verdict.UNKNOWN
            continue
        unasked = [row["name"] for row in rows if "skip_reason" in row]
        found = [(row["name"], hit["id"], hit["fix_versions"]) for row in rows for hit in row.get("vulns", ())]
        for name, advisory, fixed in found:
            print(f"{lock}: {name} has {advisory}; fixed in {', '.join(fixed) or 'no release yet'}")
        print(f"{lock}: {len(rows)} packages, {len(found)} advisories, {len(unasked)} could not be looked up")
        if found:
            worst = Verdict.BAD
        elif unasked and worst is Verdict.GOOD:
            worst = Verdict.UNKNOWN
    return worst


def audit_web() -> Verdict:
    """Ask npm's advisory service about the locked packages that reach the browser or the build."""
    env = node.environment()
    done = subprocess.run(
        ["npm", "audit", "--json", "--audit=true"], cwd=FRONTEND, env=env, capture_output=True, text=True, check=False
    )
    try:
        answer = json.loads(done.stdout)
        counts = answer["metadata"]["vulnerabilities"]
    except (json.JSONDecodeError, KeyError):
        print("npm: the advisory service gave no answer")
        return Verdict.UNKNOWN
    serious = sum(counts.get(level, 0) for level in ("moderate", "high", "critical"))
    print(f"npm: {counts.get('total', 0)} advisories, {serious} of them moderate or worse")
    return Verdict.BAD if serious else Verdict.GOOD


STEPS: dict[str, Callable[[], Verdict]] = {
    "lint": lambda: _python("-m", "ruff", "check", "."),
    "format": lambda: _python("-m", "ruff", "format", "--check", "--quiet", "."),
    "contracts": contracts,
    "eslint": lambda: _web("lint"),
    "mypy": lambda: _python("-m", "mypy"),
    "tsc": lambda: _web("typecheck"),
    "audit-python": audit_python,
    "audit-web": audit_web,
    "test": lambda: _python("-m", "tools.suite"),
    "proofs": lambda: _python("-m", "tools.suite", "proofs"),
    "rehearsal": lambda: _python("-m", "tools.rehearsal"),
}


def main() -> int:
    """Run the named steps, or all; unknown fails the run only where the step was asked for by name."""
    asked = sys.argv[1:]
    if wrong := [name for name in asked if name not in STEPS]:
        print(f"unknown step {wrong[0]}; there are {', '.join(STEPS)}", file=sys.stderr)
        return 2
    verdicts: dict[str, Verdict] = {}
    for name in asked or STEPS:
        print(f"\n—— {name} ——", flush=True)
        started = time.monotonic()
        try:
            verdicts[name] = STEPS[name]()
        except node.NoNodeError as missing:
            print(missing)
            verdicts[name] = Verdict.BAD
        print(f"{name}: {verdicts[name]} ({time.monotonic() - started:.0f} s)", flush=True)
    bad = [name for name, verdict in verdicts.items() if verdict is Verdict.BAD]
    unknown = [name for name, verdict in verdicts.items() if verdict is Verdict.UNKNOWN]
    print()
    if unknown:
        print(f"NOT CHECKED (no answer from an advisory service): {', '.join(unknown)}")
    print(f"BAD: {', '.join(bad)}" if bad else f"{len(verdicts) - len(unknown)} of {len(verdicts)} steps good")
    return 1 if bad or (asked and unknown) else 0


if __name__ == "__main__":
    sys.exit(main())
