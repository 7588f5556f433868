"""The algorithm of a check digit: one of the named ones, or the rule's own weights."""

from __future__ import annotations

from functools import lru_cache

from suyuan.coding.contracts.code_rules import OWN_WEIGHTS, CheckDigit, Weights
from suyuan.coding.domain.checks import ALGORITHMS, CheckAlgorithm, CustomWeights
from suyuan.kernel.faults import Fault


def algorithm_of(segment: CheckDigit) -> CheckAlgorithm | None:
    """Return the algorithm of a check digit; None where there is none of that name, or its weights make none."""
    if segment.algorithm != OWN_WEIGHTS:
        return ALGORITHMS.get(segment.algorithm)
    return _own(segment.own_weights())


@lru_cache(maxsize=256)
def _own(given: Weights) -> CheckAlgorithm | None:
    try:
        return CustomWeights(
            given.weights, given.modulus, given.alphabet, given.check_alphabet, given.from_left, given.digit_sum,
            given.complement,
        ).algorithm()  # fmt: skip
    except Fault:
        return None


def required(segment: CheckDigit) -> CheckAlgorithm:
    """Return the algorithm of a check digit of a rule that was found sound."""
    found = algorithm_of(segment)
    if found is None:
        raise RuntimeError(f"a sound rule has no algorithm {segment.algorithm!r}")
    return found
