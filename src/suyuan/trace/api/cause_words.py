"""Findings of a comparison as people read them: named, with what they are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from suyuan.trace.contracts import ItemRow
from suyuan.trace.contracts.causes import LIKELY, STRONG, Cause, CauseFactor, FactorKind, Strength
from suyuan.trace.domain.causes import Shared
from suyuan.trace.domain.place_words import named_place
from suyuan.trace.store import reading

_ITEMS = frozenset({"lot", "carrier"})
_NAMED = frozenset({"equipment", "person", "place"})
_SHOWN = 12
"""Factors of one finding that are named; it says how many more there are."""


class Key(NamedTuple):
    """A factor: its kind, its value (an item's number, a URI, a text) and the operation where it was met."""

    kind: str
    value: str
    step: str | None


Times = Mapping[Key, tuple[datetime, datetime]]
_NEAREST = ("lot", "parameter", "equipment", "person", "carrier", "shift", "place", "operation", "order")


def worded(found: Sequence[Shared[Key]], bad: int, good: int, times: Times) -> list[Cause]:
    """Return findings with the names of what they name; ``bad`` and ``good``: how many histories were compared."""
    shown = [sorted(each.factors, key=lambda key: (_NEAREST.index(key.kind), key))[:_SHOWN] for each in found]
    keys = {key for factors in shown for key in factors}
    rows = {row.id: row for row in reading.items_by_id(sorted({int(key.value) for key in keys if key.kind in _ITEMS}))}
    names = reading.names_of(sorted({key.value for key in keys if key.kind in _NAMED}))
    return [
        Cause(
            factors=[_factor(key, rows, names, times) for key in factors],
            further=len(each.factors) - len(factors),
            bad=each.bad,
            possible=each.possible,
            good=each.good,
            ratio=round(each.bad * good / (bad * each.good), 2) if each.good else None,
            chance=each.chance,
            false_discovery=each.false_discovery,
            strength=_strength(each),
        )
        for each, factors in zip(found, shown, strict=True)
    ]


def _strength(found: Shared[Key]) -> Strength:
    if found.false_discovery is None:
        return "unknown"
    if found.false_discovery <= STRONG:
        return "strong"
    return "likely" if found.false_discovery <= LIKELY else "weak"


def _factor(
    key: Key, rows: Mapping[int, ItemRow], names: Mapping[str, tuple[str | None, str | None]], times: Times
) -> CauseFactor:
    since, until = times.get(key, (None, None))
    kind = cast("FactorKind", key.kind)
    if key.kind in _ITEMS:
        row = rows.get(int(key.value))
        uri, label = (row.uri, row.label) if row else (key.value, key.value)
        zh, en = (row.product_name_zh, row.product_name_en) if row else (None, None)
        return CauseFactor(kind, uri, label, int(key.value), None, None, None, zh, en, since, until)
    zh, en = names.get(key.value, (None, None))
    if key.kind == "place":
        zh, en = named_place(key.value, zh, en)
    return CauseFactor(kind, key.value, key.value, None, key.step, zh, en, None, None, since, until)
