"""Common causes: what suspect items share that sound ones do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from suyuan.kernel.faults import fault_kind

CONTROLS_OVERLAP = fault_kind(
    "trace.controls_overlap", 422,
    zh="对照中没有剩下任何对象：给出的良品都在问题件之中。",
    en="Nothing is left to compare with: every sound item given is among the suspect ones.",
    remedy_zh="请给出别的良品，或留空由系统选取同期同产品的对照。",
    remedy_en="Give other sound items, or none: then items of the same product and time are taken.",
)  # fmt: skip

MOST_EXAMINED = 100
"""Suspect items, and sound ones, whose histories are read; of more, so many are taken, evenly spread."""
MOST_CAUSES = 100
"""Findings in one answer; it says how many were compared."""
FactorKind = Literal["lot", "carrier", "operation", "equipment", "person", "place", "shift", "order", "parameter"]
Strength = Literal["strong", "likely", "weak", "unknown"]
STRONG, LIKELY = 0.001, 0.05
"""False discovery rates below which a finding is called strong, and likely."""


@dataclass(frozen=True, slots=True)
class CauseFactor:
    """Something in a history: a lot or container (``item_id``), or what an operation (``step``) names: equipment,
    person, place, shift, order, or a measured value out of its limits. ``value`` is its URI, or its name where it has
    none, ``label`` what stands on it. ``since`` and ``until``: when the suspect items met it. The product is the lot's.
    """

    kind: FactorKind
    value: str
    label: str
    item_id: int | None
    step: str | None
    name_zh: str | None
    name_en: str | None
    product_zh: str | None
    product_en: str | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Factors that the very same items have. ``bad`` of the suspect items have them (``possible`` of these only
    possibly), ``good`` of the sound ones; ``ratio``: how many times as often suspect ones do (None: no sound one has
    them); ``chance`` is p, ``false_discovery`` q. ``further`` factors are not named.
    """

    factors: Sequence[CauseFactor]
    further: int
    bad: int
    possible: int
    good: int
    ratio: float | None
    chance: float | None
    false_discovery: float | None
    strength: Strength


@dataclass(frozen=True, slots=True)
class CausesAnswer:
    """What ``bad`` suspect items (of ``bad_total``) share that ``good`` sound ones do not, the most telling first.

    ``compared``: factors looked at; ``everywhere``: those that every item has and that tell nothing. ``chosen``: the
    sound ones were taken by the system from what was made of the same products between ``since`` and ``until``.
    """

    bad: int
    bad_total: int
    good: int
    chosen: bool
    since: datetime | None
    until: datetime | None
    unknown: Sequence[str]
    compared: int
    everywhere: int
    causes: Sequence[Cause]
    known_as_of: datetime
    took_ms: float
