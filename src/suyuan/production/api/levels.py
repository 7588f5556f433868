"""How strictly the execution checks are set."""

from __future__ import annotations

from typing import cast

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.production.contracts.checks import CHECKS, ExecutionCheck, Level
from suyuan.production.store import levels as store


def execution_checks() -> list[ExecutionCheck]:
    """Return every check with its level."""
    given = store.levels()
    return [
        ExecutionCheck(
            name, known.title.zh, known.title.en, known.about.zh, known.about.en,
            cast("Level", given.get(name, known.standard)), known.standard,
        )
        for name, known in CHECKS.items()
    ]  # fmt: skip


def set_level(check: str, level: Level) -> ExecutionCheck:
    """Set how strictly a check is made.

    :raises Fault: ``chassis.not_found`` where there is no such check.
    """
    if check not in CHECKS:
        raise NOT_FOUND(what=check[:60])
    store.put(check, level)
    return next(each for each in execution_checks() if each.name == check)
