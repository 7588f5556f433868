"""The forward kernel: labels spread over one segment by the plain rules of TRACE, at memory speed.

It follows what :mod:`suyuan.trace.domain.forward` and :mod:`~suyuan.trace.domain.scope` do, for starts suspect since
ever, no tolerance and what is known now. It stops at the first knot (see :mod:`~suyuan.trace.domain.engine.knots`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.knots import (
    CHILD,
    INPUT,
    KNOT,
    LOT,
    NOWHERE,
    OUTPUT,
    PACKED,
    PRODUCT,
    RIVALS,
    SUBJECT,
    UNIT,
    parent_of,
)
from suyuan.trace.domain.engine.layout import AMOUNT_BIT, Words, event_of, item_of, role_of
from suyuan.trace.domain.engine.record import Bytes, Ints
from suyuan.trace.domain.times import EVER, FOREVER

CERTAIN, SUSPECT, NATIVE, BORN = 1, 2, 4, 8
"""What a label is, as bits."""
ITEM, BITS, SINCE, UNTIL, DEPTH, VIA, EVENT, NEXT = range(8)
"""Columns of a label: its item, bits, times, depth, the item and event it came by (-1: none), the item's next label."""
DEEPEST = 16
Labels = npt.NDArray[np.int64]
Heads = npt.NDArray[np.int32]


@njit(cache=True)
def covers(bits: int, since: int, until: int, depth: int, other: Ints) -> bool:
    """Tell whether a label says at least as much as another."""
    theirs = other[BITS]
    return bool(
        since <= other[SINCE]
        and until >= other[UNTIL]
        and depth <= other[DEPTH]
        and (bits & CERTAIN) >= (theirs & CERTAIN)
        and (bits & SUSPECT) >= (theirs & SUSPECT)
        and (bits & BORN) >= (theirs & BORN)
        and ((bits & NATIVE) >= (theirs & NATIVE) or theirs & CERTAIN == 0)
    )


@njit(cache=True)
def enter(
    labels: Labels,
    used: int,
    heads: Heads,
    item: int,
    bits: int,
    since: int,
    until: int,
    depth: int,
    via: int,
    event: int,
) -> int:
    """Enter a label in the row ``used`` unless the item has one that says as much; return how many rows are used.

    ``heads`` leads to an item's newest label plus one. A label that the new one covers loses its item.
    """
    at = heads[item] - 1
    while at >= 0:
        if labels[at, ITEM] >= 0:
            row = labels[at]
            if covers(row[BITS], row[SINCE], row[UNTIL], row[DEPTH], _row(labels, bits, since, until, depth)):
                return used
        at = labels[at, NEXT]
    at = heads[item] - 1
    while at >= 0:
        if labels[at, ITEM] >= 0 and covers(bits, since, until, depth, labels[at]):
            labels[at, ITEM] = NOWHERE
        at = labels[at, NEXT]
    row = labels[used]
    row[ITEM], row[BITS], row[SINCE], row[UNTIL], row[DEPTH] = item, bits, since, until, depth
    row[VIA], row[EVENT], row[NEXT] = via, event, heads[item] - 1
    heads[item] = used + 1
    return used + 1


@njit(cache=True)
def _row(labels: Labels, bits: int, since: int, until: int, depth: int) -> Ints:
    spare: Ints = labels[len(labels) - 1]
    spare[BITS], spare[SINCE], spare[UNTIL], spare[DEPTH] = bits, since, until, depth
    return spare


@njit(cache=True)
def roomy(labels: Labels, used: int, more: int) -> Labels:
    """Return ``labels`` with room for so many more, and one spare row."""
    if used + more + 1 < len(labels):
        return labels
    longer = np.empty((2 * (used + more) + 2, labels.shape[1]), np.int64)
    longer[:used] = labels[:used]
    return longer


@njit(cache=True)
def made_at(item: int, offsets: Words, rows: Words, times: Ints) -> int:
    """Return when the event that lists an item as output took place; FOREVER where there is none."""
    for at in range(offsets[item], offsets[item + 1]):
        if role_of(rows[at]) == OUTPUT:
            return int(times[event_of(rows[at])])
    return FOREVER


@njit(cache=True)
def sure(
    labels: Labels, heads: Heads, item: int, kind: int, offsets: Words, rows: Words, times: Ints, filled: Bytes,
    instant: int
) -> bool:  # fmt: skip
    """Tell whether all of an item surely carries a label at an instant."""
    if kind == LOT and filled[item] != 0 and made_at(item, offsets, rows, times) <= instant:
        return True
    at = heads[item] - 1
    while at >= 0:
        row = labels[at]
        if row[ITEM] >= 0 and row[BITS] & CERTAIN:
            if kind == LOT:
                if row[BITS] & SUSPECT and row[SINCE] == EVER:
                    return True
            elif row[SINCE] < instant or (row[BITS] & NATIVE and row[SINCE] <= instant):
                return True
        at = row[NEXT]
    return False


@njit(cache=True)
def commissioned_at(item: int, offsets: Words, rows: Words, times: Ints, acts: Bytes, commissioned: int) -> int:
    """Return when a unit was commissioned or made, whichever the record tells first; FOREVER where it tells neither."""
    for at in range(offsets[item], offsets[item + 1]):
        event, role = event_of(rows[at]), role_of(rows[at])
        if role == OUTPUT or (role == SUBJECT and acts[event] == commissioned):
            return int(times[event])
    return FOREVER


@njit(cache=True)
def clear(
    item: int, word: int, event: int, event_offsets: Words, event_rows: Words, item_offsets: Words, item_rows: Words,
    times: Ints, kinds: Bytes, products: Words, knots: Bytes, labels: Labels, heads: Heads, filled: Bytes
) -> int:  # fmt: skip
    """Return 1 where no rival leaves it open whether an input went into what the event made, else 0; -1 at a knot."""
    begin, end = event_offsets[event], event_offsets[event + 1]
    made, single = 0, True
    for at in range(begin, end):
        if role_of(event_rows[at]) == OUTPUT:
            made += 1
            single = single and kinds[item_of(event_rows[at])] == UNIT
    counted = word & AMOUNT_BIT != 0 or kinds[item] == UNIT
    for at in range(begin, end):
        rival = item_of(event_rows[at])
        if role_of(event_rows[at]) != INPUT or rival == item or products[rival] != products[item]:
            continue
        if products[rival] == 0:
            continue
        if counted and made == 1 and single and (event_rows[at] & AMOUNT_BIT != 0 or kinds[rival] == UNIT):
            continue
        if knots[rival]:
            return -1
        if not sure(
            labels, heads, rival, kinds[rival], item_offsets, item_rows, times, filled, times[event]
        ):  # fmt: skip
            return 0
    return 1


@njit(cache=True)
def feed(
    item: int, word: int, event: int, event_offsets: Words, event_rows: Words, item_offsets: Words, item_rows: Words,
    times: Ints, kinds: Bytes, products: Words, flags: Bytes, knots: Bytes, labels: Labels, used: int, heads: Heads,
    filled: Bytes
) -> tuple[int, Labels]:  # fmt: skip
    """Carry an item's labels to what an event made (F1); return how many labels there are, -1 at a knot."""
    instant = times[event]
    whole = sure(labels, heads, item, kinds[item], item_offsets, item_rows, times, filled, instant)
    if whole and flags[event] & RIVALS:
        unrivalled = clear(
            item, word, event, event_offsets, event_rows, item_offsets, item_rows, times, kinds, products, knots,
            labels, heads, filled,
        )  # fmt: skip
        if unrivalled < 0:
            return -1, labels
        whole = unrivalled == 1
    begin, end = event_offsets[event], event_offsets[event + 1]
    at = heads[item] - 1
    while at >= 0:
        if labels[at, ITEM] >= 0 and labels[at, SINCE] <= instant:
            labels = roomy(labels, used, end - begin)
            certain = whole and labels[at, BITS] & CERTAIN != 0
            depth = labels[at, DEPTH] + 1
            for other in range(begin, end):
                target = item_of(event_rows[other])
                if role_of(event_rows[other]) != OUTPUT or kinds[target] == PRODUCT:
                    continue
                bits = BORN
                if certain:
                    bits |= CERTAIN | (NATIVE if kinds[target] == UNIT else 0)
                    filled[target] = 1
                used = enter(labels, used, heads, target, bits, instant, FOREVER, depth, item, event)
        at = labels[at, NEXT]
    return used, labels


@njit(cache=True)
def members(
    lot: int, units: Heads, item_offsets: Words, item_rows: Words, times: Ints, acts: Bytes, commissioned: int,
    labels: Labels, used: int, heads: Heads, filled: Bytes
) -> tuple[int, Labels]:  # fmt: skip
    """Carry a lot's labels to its members (F4); return how many labels there are, -1 at a knot."""
    for unit in units:
        born = commissioned_at(unit, item_offsets, item_rows, times, acts, commissioned)
        if born == FOREVER:
            return -1, labels
        whole = sure(labels, heads, lot, LOT, item_offsets, item_rows, times, filled, born)
        at = heads[lot] - 1
        while at >= 0:
            row = labels[at]
            if row[ITEM] >= 0 and row[SINCE] <= born:
                labels = roomy(labels, used, 1)
                bits = BORN | (labels[at, BITS] & SUSPECT)
                if whole and labels[at, BITS] & CERTAIN:
                    bits |= CERTAIN | NATIVE
                used = enter(labels, used, heads, unit, bits, born, FOREVER, labels[at, DEPTH] + 1, lot, -1)
            at = labels[at, NEXT]
    return used, labels


@njit(cache=True)
def hold(
    item: int, item_offsets: Words, item_rows: Words, event_offsets: Words, event_rows: Words, times: Ints, acts: Bytes,
    knots: Bytes, labels: Labels, heads: Heads, held: Labels, count: int, holders: Heads, path: Labels
) -> tuple[int, Labels]:  # fmt: skip
    """Label what held an item, at any height, for as long as it did (F2); return how many such labels, -1 at a knot.

    ``path`` is room for four columns of :data:`DEEPEST` rows.
    """
    node, at, since, until = path[0], path[1], path[2], path[3]
    node[0], at[0], since[0], until[0], top = item, item_offsets[item], EVER, FOREVER, 0
    while top >= 0:
        if at[top] >= item_offsets[node[top] + 1]:
            top -= 1
            continue
        word = item_rows[at[top]]
        at[top] += 1
        event = event_of(word)
        if role_of(word) != CHILD or acts[event] != PACKED:
            continue
        parent, end = parent_of(event, event_offsets, event_rows), FOREVER
        for later in range(at[top], item_offsets[node[top] + 1]):
            if role_of(item_rows[later]) == CHILD:
                end = times[event_of(item_rows[later])]
                break
        low, high = max(since[top], times[event]), min(until[top], end)
        known = False
        for below in range(top + 1):
            known = known or node[below] == parent
        if known or low > high:
            continue
        if knots[parent] or top + 1 >= DEEPEST:
            return -1, held
        top += 1
        node[top], at[top], since[top], until[top] = parent, item_offsets[parent], low, high
        of = heads[item] - 1
        while of >= 0:
            row = labels[of]
            start = max(low, row[SINCE])
            if row[ITEM] >= 0 and start <= high:
                held = roomy(held, count, 1)
                bits = CERTAIN if row[BITS] & CERTAIN and (start < high or high == FOREVER) else 0
                count = enter(held, count, holders, parent, bits, start, high, row[DEPTH] + top, item, event)
            of = row[NEXT]
    return count, held


@njit(cache=True)
def hold_all(
    used: int, item_offsets: Words, item_rows: Words, event_offsets: Words, event_rows: Words, times: Ints, acts: Bytes,
    knots: Bytes, labels: Labels, heads: Heads, held: Labels, holders: Heads
) -> tuple[int, Labels]:  # fmt: skip
    """Label what held the items of the first ``used`` labels; return how many such labels, -1 at a knot."""
    path, count = np.empty((4, DEEPEST), np.int64), 0
    for row in range(used):
        item = labels[row, ITEM]
        if item >= 0 and heads[item] == row + 1:
            count, held = hold(
                item, item_offsets, item_rows, event_offsets, event_rows, times, acts, knots, labels, heads, held,
                count, holders, path,
            )  # fmt: skip
            if count < 0:
                break
    return count, held


@njit(cache=True)
def spread(  # noqa: PLR0912 (one loop over the queue)
    starts: Ints, item_offsets: Words, item_rows: Words, item_knot: Bytes, kinds: Bytes, products: Words,
    event_offsets: Words, event_rows: Words, times: Ints, acts: Bytes, flags: Bytes, member_lots: Ints,
    member_units: Heads, commissioned: int, heads: Heads, holders: Heads, filled: Bytes, queued: Bytes
) -> tuple[bool, Labels, Labels]:  # fmt: skip
    """Spread certain labels from ``starts`` (places of units and lots); return whether no knot was met, the labels, and
    those of holders. ``member_lots`` is sorted; ``heads``, ``holders``, ``filled`` and ``queued`` are all zero.
    """
    labels, held = np.empty((1024, 8), np.int64), np.empty((1024, 8), np.int64)
    used = 0
    queue, begin = [np.int64(0) for _ in range(0)], 0
    for start in starts:
        labels = roomy(labels, used, 1)
        used = enter(labels, used, heads, start, CERTAIN | SUSPECT, EVER, FOREVER, 0, -1, -1)
        queue.append(start)
        queued[start] = 1
    while begin < len(queue):
        item = queue[begin]
        begin += 1
        queued[item] = 0
        if item_knot[item]:
            return False, labels[:used], held[:0]
        before = used
        for at in range(item_offsets[item], item_offsets[item + 1]):
            if role_of(item_rows[at]) != INPUT:
                continue
            event = event_of(item_rows[at])
            if flags[event] & KNOT:
                return False, labels[:used], held[:0]
            for other in range(event_offsets[event], event_offsets[event + 1]):
                word = event_rows[other]
                source = item_of(word)
                mine = source == item or (flags[event] & RIVALS != 0 and heads[source] != 0)
                if role_of(word) == INPUT and mine:
                    used, labels = feed(
                        source, word, event, event_offsets, event_rows, item_offsets, item_rows, times, kinds, products,
                        flags, item_knot, labels, used, heads, filled,
                    )  # fmt: skip
                    if used < 0:
                        return False, labels[:0], held[:0]
        if kinds[item] == LOT:
            low, high = np.searchsorted(member_lots, item), np.searchsorted(member_lots, item + 1)
            used, labels = members(
                int(item), member_units[low:high], item_offsets, item_rows, times, acts, commissioned, labels, used,
                heads, filled,
            )  # fmt: skip
            if used < 0:
                return False, labels[:0], held[:0]
        for row in range(before, used):
            target = labels[row, ITEM]
            if target >= 0 and not queued[target]:
                queued[target] = 1
                queue.append(target)
    count, held = hold_all(
        used, item_offsets, item_rows, event_offsets, event_rows, times, acts, item_knot, labels, heads, held, holders
    )  # fmt: skip
    return count >= 0, labels[:used], held[: max(count, 0)]
