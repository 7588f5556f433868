"""Which application identifiers need each other, and which exclude each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import matches
from suyuan.coding.domain.elements import Element, shown
from suyuan.kernel.faults import Fault

_REMEMBERED: Final = 4_096


def without_repeats(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Return the elements, each AI once.

    :raises Fault: ``coding.repeated_ai`` where an AI stands twice with different values.
    """
    seen: dict[str, Element] = {}
    for element in elements:
        first = seen.setdefault(element.ai, element)
        if first.value != element.value:
            raise faults.REPEATED_AI(
                at=element.at(), ai=element.ai, first=shown(first.value), second=shown(element.value)
            )
    return tuple(seen.values())


def check_associations(elements: tuple[Element, ...]) -> None:
    """Raise ``coding.exclusive_ais`` or ``coding.missing_ai`` for the first element in wrong company."""
    if not _in_order(tuple([element.ai for element in elements])):
        _find_fault(elements)


@lru_cache(maxsize=_REMEMBERED)
def _in_order(ais: tuple[str, ...]) -> bool:
    """Tell whether these AIs may stand together; a plant meets few combinations, again and again."""
    try:
        _find_fault(tuple(Element(ai, "", 1) for ai in ais))
    except Fault:
        return False
    return True


def _find_fault(elements: tuple[Element, ...]) -> None:
    present = [element.ai for element in elements]
    for element in elements:
        rule = BY_AI[element.ai]
        for pattern in rule.excludes:
            for other in present:
                if other != element.ai and matches(pattern, other):
                    raise faults.EXCLUSIVE_AIS(at=element.at(), ai=element.ai, other=other)
        if rule.requires and not any(_complete(group, present) for group in rule.requires):
            raise faults.MISSING_AI(at=element.at(), ai=element.ai, required=_written(rule.requires))


def _complete(group: tuple[str, ...], present: list[str]) -> bool:
    return all(any(matches(pattern, ai) for ai in present) for pattern in group)


def _written(groups: tuple[tuple[str, ...], ...]) -> str:
    return " / ".join("+".join(f"({pattern})" for pattern in group) for group in groups)
