"""A segment: an immutable stretch of the ledger as compressed sparse rows in both directions.

Events stand in the order of (time, number) and items in the order of their numbers; inside a segment both are named by
their places. Times are kept once an event. A participation costs one 32-bit word in each direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from suyuan.trace.domain.engine.assembly import assemble
from suyuan.trace.domain.engine.columns import Places, Segment, Unsigned
from suyuan.trace.domain.engine.knots import UNKNOWN, event_knots, judge_all
from suyuan.trace.domain.engine.layout import (
    EVENT_SHIFT,
    ITEM_SHIFT,
    offsets_of,
    places,
    rows_of_events,
    rows_of_items,
)
from suyuan.trace.domain.engine.record import NEVER_VOIDED, Bytes, EventRows, Ints, ItemRows, MemberRows, Record
from suyuan.trace.domain.engine.sheet import HANDED, HIDDEN, PLACED, STATES

MOST_ITEMS = 1 << (32 - ITEM_SHIFT)
MOST_EVENTS = 1 << (32 - EVENT_SHIFT)
EVENT_WORDS = ("process", "step", "read_point", "location", "equipment", "person", "disposition")
"""Columns of an event that hold a word: 0 for none, else a place in the list of words plus one."""


def build(record: Record) -> Segment:
    """Lay out a stretch of the ledger.

    :raises ValueError: where it holds more items or events than a segment can name, or an item that it does not list.
    """
    events, items, parts = record.events, record.items, record.parts
    if len(items.id) >= MOST_ITEMS or len(events.number) >= MOST_EVENTS:
        raise ValueError("too much for one segment")
    words: dict[str, int] = {}
    ids, columns = _items(items, words)
    order = np.lexsort((events.number, events.at))
    by_number = np.argsort(events.number, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    event = _place_of_event(events.number[by_number], place[by_number], parts.event)
    item = _known(places(ids, parts.item))
    offsets = offsets_of(event, len(order))
    event_rows, amount, amount_offsets = rows_of_events(event, item, parts.role, parts.amount, offsets)
    item_offsets, item_rows = rows_of_items(offsets, event_rows, len(ids))
    members = record.members
    member = _members(members, ids, _place_of_event(events.number[by_number], place[by_number], members.event))
    segment = Segment(
        **columns,
        item_knot=np.zeros(len(ids), np.uint8),
        item_offsets=item_offsets.astype(np.uint32),
        item_rows=item_rows,
        **_events(events, order, words),
        event_offsets=offsets.astype(np.uint32),
        event_rows=event_rows,
        lagging=_sparse(events.lag[order], 0),
        voided=_sparse(events.voided[order], int(NEVER_VOIDED)),
        voids=record.voids,
        amount=narrow(amount),
        amount_offsets=narrow(amount_offsets),
        amounts=packed([f"{quantity or ''}\t{unit or ''}" for quantity, unit in parts.amounts]),
        member=member,
        member_by_lot=np.argsort(member[:, 2], kind="stable").astype(np.int32),
        words=packed(list(words)),
    )
    _tie(segment)
    return segment


def _tie(segment: Segment) -> None:
    """Mark what does not count, and what compiled code does not follow."""
    odd = (segment.event_process != 0).astype(np.int64)
    odd[segment.lagging[:, 0]] = 1
    segment.event_flags[segment.voided[:, 0]] |= HIDDEN
    segment.event_flags[np.flatnonzero(segment.event_location)] |= PLACED
    segment.event_flags[segment.handed[:, 0]] |= HANDED
    event_knots(
        segment.event_offsets, segment.event_rows, segment.event_act, segment.event_flags, odd, segment.item_kind,
        segment.item_product,
    )  # fmt: skip
    segment.item_knot[:] = UNKNOWN
    whole = assemble((segment,))
    sheet = whole.sheet.copy()
    sheet[STATES] = segment.item_knot.ctypes.data
    judge_all(sheet.ctypes.data, len(segment.item_knot))


def _items(items: ItemRows, words: dict[str, int]) -> tuple[Ints, dict[str, Any]]:
    order = np.argsort(items.id, kind="stable")
    lot = items.lot[order]
    named = np.flatnonzero(lot)
    return items.id[order], {
        "item_id": items.id[order],
        "item_kind": items.kind[order].astype(np.uint8),
        "item_product": coded(items.product, words)[order].astype(np.uint32),
        "item_lot": narrow(_optional(items.lot_uri, words, len(order))[order]),
        "named_lot": np.stack([items.id[order][named], lot[named]], axis=1),
        "named_by_lot": np.argsort(lot[named], kind="stable").astype(np.int32),
    }


def _events(events: EventRows, order: Ints, words: dict[str, int]) -> dict[str, Any]:
    return {
        "event_number": events.number[order],
        "event_at": events.at[order],
        "event_recorded": events.recorded[order],
        "event_act": events.act[order].astype(np.uint8),
        "event_flags": events.flags[order].astype(np.uint8),
        **{f"event_{name}": narrow(_optional(getattr(events, name), words, len(order))[order]) for name in EVENT_WORDS},
        "event_site": narrow(events.site[order] if len(events.site) else np.zeros(len(order), np.int64)),
        "handed": _sparse(_optional(events.party, words, len(order))[order], 0),
    }


def _place_of_event(numbers: Ints, place: Ints, wanted: Ints) -> Ints:
    found = _known(places(numbers, wanted))
    return place[found] if len(found) else found


def _members(members: MemberRows, ids: Ints, event: Ints) -> Places:
    table = np.stack([event, _known(places(ids, members.unit)), _known(places(ids, members.lot))], axis=1)
    return table[np.argsort(event, kind="stable")].astype(np.int32)


def _known(found: Ints) -> Ints:
    if len(found) and found.min() < 0:
        raise ValueError("the record names an item or event that it does not list")
    return found


def _sparse(values: Ints, nothing: int) -> Ints:
    """Return (place, value) where the value is not ``nothing``."""
    some = np.flatnonzero(values != nothing)
    return np.stack([some, values[some]], axis=1)


def coded(texts: Sequence[str | None], words: dict[str, int]) -> Ints:
    """Return each text's word: 0 for none. New words are added to ``words``."""
    return np.fromiter((0 if text is None else words.setdefault(text, len(words)) + 1 for text in texts), np.int64)


def _optional(texts: Sequence[str | None], words: dict[str, int], count: int) -> Ints:
    """Return each text's word; of a column that nobody gave, 0 for each."""
    return coded(texts, words) if len(texts) or not count else np.zeros(count, np.int64)


def narrow(values: npt.NDArray[np.integer]) -> Unsigned:
    """Return whole numbers ≥ 0 in the fewest bytes that hold them all."""
    most = int(values.max()) if len(values) else 0
    for kind in (np.uint8, np.uint16, np.uint32):
        if most <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype(np.uint64)


def packed(texts: Sequence[str]) -> Bytes:
    """Return texts as bytes, each ended by a zero byte (which no text of PostgreSQL holds)."""
    return np.frombuffer("".join(f"{text}\0" for text in texts).encode(), np.uint8)


def unpacked(data: Bytes) -> list[str]:
    """Return the texts of :func:`packed`."""
    return data.tobytes().decode().split("\0")[:-1]
