"""The whole test run:  python -m tools.suite [web] [python] [browser] [proofs]

The web application's types, unit tests and build, Python tests, then user flows in a real browser. The trace kernels
are compiled beside the first step, which leaves a core free. Every step runs even if one before it failed; the closing
lines of the runners are printed again at the end. A test that was skipped fails the run. ``proofs`` is left out unless
it is asked for: scenarios that take minutes (a restore drill, moving to another database, two hundred scans offline
with a killed server).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools import browser, node, web
from tools.all_tests_ran import MARK
from tools.places import BUILD, FRONTEND, ROOT

PYTEST = (sys.executable, "-m", "pytest", "-p", "tools.all_tests_ran", "--durations=30")
LONG_FIRST = ("tests", "src/suyuan/trace", "src")
"""Files with long tests go first: with two workers, one of them is otherwise left alone with them at the end."""
CLOSING = re.compile(r"^(=+ )?.*\b\d+ (passed|failed|error)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended: its name, whether all is well, its runner's closing line and its duration in seconds."""

    name: str
    good: bool
    closing: str
    seconds: float


FAILURES: list[str] = []
"""A line for each failed test of the whole run, as the plugin told it."""


def _streamed(command: Sequence[str], env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command, passing its output on as it comes; return its status and its last line that counts tests."""
    closing = ""
    with subprocess.Popen(
        list(command), cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", bufsize=1,
    ) as running:  # fmt: skip
        assert running.stdout is not None  # noqa: S101 (PIPE was asked for)
        for line in running.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING.match(line):
                closing = line.strip()
            elif line.startswith(MARK):
                FAILURES.append(line.rstrip())
    return running.returncode, closing


def _spread() -> tuple[str, ...]:
    """Return how tests are spread over processes; each process has installations of its own."""
    workers = os.environ.get("TEST_WORKERS", "2")
    return ("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder") if workers not in {"0", "1"} else ()


def python_tests() -> tuple[bool, str]:
    """Run every Python test but the browser's and those with a make target of their own.

    Some ask a counterpart among the web packages (another encoder, another printer), so those are installed first.
    """
    if web.install_packages():
        return False, "npm ci failed"
    status, closing = _streamed((*PYTEST, *_spread(), "-m", "not browser and not crash and not slow", *LONG_FIRST))
    return status == 0, closing


def web_tests() -> tuple[bool, str]:
    """Check the web application's types, run its unit tests and build it; a skipped test fails."""
    if web.install_packages():
        return False, "npm ci failed"
    if node.run("npm", "run", "--silent", "typecheck", cwd=FRONTEND):
        return False, "tsc found faults"
    report = BUILD / "vitest.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    reporters = ("--reporter=default", "--reporter=json", f"--outputFile.json={report}")
    status = node.run("npx", "--no-install", "vitest", "run", *reporters, cwd=FRONTEND)
    if not report.exists():
        return False, "vitest wrote no report"
    counts = json.loads(report.read_text(encoding="utf-8"))
    passed, failed = counts["numPassedTests"], counts["numFailedTests"]
    left_out = counts["numTotalTests"] - passed - failed
    good = status == 0 and failed == 0 and left_out == 0 and passed > 0 and web.build() == 0
    return good, f"{passed} passed, {failed} failed" + (f", {left_out} skipped" if left_out else "")


def browser_tests() -> tuple[bool, str]:
    """Build the web application and walk through it in a real browser."""
    return _in_browser("browser and not slow", "tests/e2e")


def proofs() -> tuple[bool, str]:
    """Run the scenarios that take minutes; a process that drives a browser can do nothing else with the database."""
    status, closing = _streamed((*PYTEST, "-m", "slow", "src/suyuan/compliance"))
    good, last = _in_browser("slow", "tests")
    return good and status == 0, f"{closing}; {last}"


def _in_browser(chosen: str, folder: str) -> tuple[bool, str]:
    if web.build():
        return False, "the web build failed"
    try:
        found = browser.find()
    except (browser.NoBrowserError, subprocess.CalledProcessError) as missing:
        return False, str(missing)
    env = {
        **os.environ,
        **found.environment,
        "SUYUAN_BROWSER": found.executable,
        "SUYUAN_BROWSER_ARGUMENTS": " ".join(found.arguments),
    }
    status, closing = _streamed((*PYTEST, *_spread(), "-m", chosen, folder), env)
    return status == 0, closing


STEPS: dict[str, Callable[[], tuple[bool, str]]] = {
    "web": web_tests,
    "python": python_tests,
    "browser": browser_tests,
    "proofs": proofs,
}


def main() -> int:
    """Run the steps named on the command line, or all; return 0 only if every one is good."""
    chosen = sys.argv[1:] or [name for name in STEPS if name != "proofs"]
    if unknown := [name for name in chosen if name not in STEPS]:
        print(f"unknown step {unknown[0]}; there are {', '.join(STEPS)}", file=sys.stderr)
        return 2
    outcomes = []
    compiling = subprocess.Popen((sys.executable, "-m", "suyuan.entry.compiling"), cwd=ROOT)
    for name in chosen:
        if name != "web":
            compiling.wait()
        print(f"\n—— {name} ——", flush=True)
        started = time.monotonic()
        try:
            good, closing = STEPS[name]()
        except node.NoNodeError as missing:
            good, closing = False, str(missing)
        outcomes.append(
            Outcome(name, good, closing or "the runner printed no closing line", time.monotonic() - started)
        )
    print("", *FAILURES[-20:], sep="\n")
    for each in outcomes:
        print(f"{'ok    ' if each.good else 'FAILED'} {each.name:8} {each.seconds:6.0f} s  {each.closing}")
    return 0 if all(each.good for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
