"""Forward scopes from the kernel: which items, how sure, from when, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from suyuan.trace.domain.engine.knots import COMMISSIONED, LOT, UNIT
from suyuan.trace.domain.engine.layout import places
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.engine.segment import Segment, memberships
from suyuan.trace.domain.engine.spread import BITS, CERTAIN, DEPTH, EVENT, ITEM, SINCE, UNTIL, VIA, Labels, spread


@dataclass(frozen=True, slots=True)
class ScopeLabels:
    """The labels of a forward scope, column by column, one row a label: an item has one or several.

    ``item`` and ``via`` are ledger numbers (via 0: a start item), ``event`` a number (0: none); times in microseconds.
    ``holder``: 1 where the item only holds what is labelled, for that time.
    """

    item: Ints
    kind: Bytes
    certain: Bytes
    holder: Bytes
    since: Ints
    until: Ints
    depth: Ints
    via: Ints
    event: Ints

    def __len__(self) -> int:
        return len(self.item)


class ForwardKernel:
    """Answers forward questions over one segment that is the whole ledger."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        unit, lot, _ = memberships(segment)
        known = np.flatnonzero((unit >= 0) & (lot >= 0))
        order = known[np.argsort(lot[known], kind="stable")]
        self._member_lots, self._member_units = lot[order], unit[order].astype(np.int32)

    def scope(self, starts: Sequence[int]) -> ScopeLabels | None:
        """Return the labels of everything that these items, suspect since ever, lead to and what holds it.

        None where the kernel does not know: an item that the segment does not name, a start item that is a container,
        or a knot on the way.
        """
        segment = self._segment
        found = places(segment.item_id, np.array(sorted(set(starts)), np.int64))
        if len(found) == 0 or found.min() < 0 or not np.isin(segment.item_kind[found], (UNIT, LOT)).all():
            return None
        size = len(segment.item_id)
        plain, own, held = spread(
            found, _array(segment.item_offsets), _array(segment.item_rows), _array(segment.item_knot),
            _array(segment.item_kind), _array(segment.item_product), _array(segment.event_offsets),
            _array(segment.event_rows), _array(segment.event_at), _array(segment.event_act),
            _array(segment.event_flags), self._member_lots, self._member_units, COMMISSIONED,
            np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(size, np.uint8), np.zeros(size, np.uint8),
        )  # fmt: skip
        return self._told(own, held) if plain else None

    def _told(self, own: Labels, held: Labels) -> ScopeLabels:
        segment = self._segment
        rows = np.concatenate([own, held])
        holder = np.zeros(len(rows), np.uint8)
        holder[len(own) :] = 1
        kept = np.flatnonzero(rows[:, ITEM] >= 0)
        rows, holder = rows[kept], holder[kept]
        via, event = rows[:, VIA], rows[:, EVENT]
        return ScopeLabels(
            segment.item_id[rows[:, ITEM]],
            segment.item_kind[rows[:, ITEM]],
            (rows[:, BITS] & CERTAIN).astype(np.uint8),
            holder,
            rows[:, SINCE],
            rows[:, UNTIL],
            rows[:, DEPTH],
            np.where(via >= 0, segment.item_id[via], 0),
            np.where(event >= 0, segment.event_number[event], 0),
        )


def _array(values: np.ndarray) -> np.ndarray:
    """Return a read-only plain view: mapped or not, the kernel is compiled once."""
    view = np.asarray(values).view(np.ndarray)
    view.flags.writeable = False
    return view
