"""Check-digit algorithms by name: compute and verify."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.checks.algorithm import CheckAlgorithm
from suyuan.coding.domain.checks.iso7064 import ISO7064
from suyuan.coding.domain.checks.national import NATIONAL
from suyuan.coding.domain.checks.weighted import WEIGHTED, CustomWeights
from suyuan.coding.domain.elements import shown

__all__ = ["ALGORITHMS", "CheckAlgorithm", "CustomWeights", "algorithm"]

ALGORITHMS: Final[Mapping[str, CheckAlgorithm]] = MappingProxyType(
    {each.name: each for each in (*WEIGHTED, *ISO7064, *NATIONAL)}
)
"""Every named algorithm."""


def algorithm(name: str) -> CheckAlgorithm:
    """Return the algorithm called ``name``.

    :raises Fault: ``coding.check_algorithm``.
    """
    found = ALGORITHMS.get(name)
    if found is None:
        raise faults.CHECK_ALGORITHM(given=shown(name), known=", ".join(ALGORITHMS))
    return found
