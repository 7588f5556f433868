"""A pytest plugin for the whole run: a test that was skipped, or excused as expected to fail, fails the run.

What failed is told again in short at the very end, a line for each, for whoever sees only the end of a log.

Loaded by tools/suite.py with ``-p tools.all_tests_ran``; a developer's own partial run does not load it.
"""

from __future__ import annotations

import pytest

NOT_RUN: list[str] = []
RAN: set[str] = set()
FAILED: list[str] = []
MARK = "✗ "
"""Begins each line that tells a failure in short; ``tools.suite`` prints these lines again."""
_LAST_LINES, _LONGEST = 3, 600


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what ran and what did not (under xdist the controller sees every report)."""
    if report.failed:
        FAILED.append(f"{MARK}{report.nodeid} ({report.when}): {_short(report)}")
    if report.skipped:
        NOT_RUN.append(f"{report.nodeid} ({report.when}: skipped)")
    elif report.when == "call":
        RAN.add(report.nodeid)
        if hasattr(report, "wasxfail"):
            NOT_RUN.append(f"{report.nodeid} (excused as expected to fail)")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Note a module that skipped itself, or broke, while it was collected."""
    if report.failed:
        FAILED.append(f"{MARK}{report.nodeid} (collection): {_short(report)}")
    if report.skipped:
        NOT_RUN.append(f"{report.nodeid} (whole module skipped)")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run that left tests out into a failed one."""
    if hasattr(session.config, "workerinput"):
        return
    if exitstatus == pytest.ExitCode.OK and (NOT_RUN or not RAN):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _short(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the last lines of what a failed test said, in one."""
    crash = getattr(report.longrepr, "reprcrash", None)
    said = str(crash.message if crash else report.longrepr).splitlines()
    return " ⏎ ".join(line.strip() for line in said[-_LAST_LINES:])[-_LONGEST:]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the tests that did not run, and those that failed."""
    for line in FAILED:
        terminalreporter.line(line)
    if NOT_RUN:
        terminalreporter.section("tests that did not run (each one fails this run)", red=True)
        for name in NOT_RUN:
            terminalreporter.line(name)
