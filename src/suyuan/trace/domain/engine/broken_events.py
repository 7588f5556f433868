"""Which events may be broken, as far as their own rows and those of their process say.

Looking for gaps item by item is the reference's, and slow. What surely has none is sorted out first, by compiled code:
here the events, in :mod:`gapless` the items. To doubt too much costs time; to doubt too little would hide a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numba import njit

from suyuan.trace.contracts import Action, EventType
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.columns import Segment
from suyuan.trace.domain.engine.knots import ASSET, CARRIER, CHILD, INPUT, OUTPUT, PRODUCT, UNPACKED
from suyuan.trace.domain.engine.layout import Words, item_of, role_of
from suyuan.trace.domain.engine.ledger import Reader
from suyuan.trace.domain.engine.record import ACTS, CLEANS, EMPTIES, Bytes, Ints
from suyuan.trace.domain.engine.sheet import HIDDEN, flags_of
from suyuan.trace.domain.gaps import ARRIVAL_STEPS

TAKES, MAKES, FED, CLASSES, ARRIVES, JOINED, ODD, CLEARS = 1, 2, 4, 8, 16, 32, 64, 128
"""Bits of an event: it has inputs, has outputs, takes in a holder's contents, names a class without a lot, brings in
what it names, shares its process with other events; it may be broken; it may clear what held something.
"""
ATTACHED = ACTS.index((EventType.ASSOCIATION, Action.ADD))
DETACHED = ACTS.index((EventType.ASSOCIATION, Action.DELETE))
_of_segments: WeakKeyDictionary[Segment, Bytes] = WeakKeyDictionary()


def marks_of(assembled: Assembled, readers: Sequence[Reader]) -> Bytes:
    """Return the bits of all events, by their numbers over all segments."""
    parts = []
    for reader in readers:
        kept = _of_segments.get(reader.segment)
        if kept is None:
            kept = _of_segments[reader.segment] = _marked(reader)
        parts.append(kept)
    marks = np.concatenate([*parts, np.zeros(0, np.uint8)])
    fed: set[str] = set()
    sides = [_sides(assembled, part, reader, marks) for part, reader in enumerate(readers)]
    for reader, side in zip(readers, sides, strict=True):
        fed.update(reader.words[code] for code in np.flatnonzero(side & FED).tolist())
    for part, (reader, side) in enumerate(zip(readers, sides, strict=True)):
        if fed and len(side):
            side[[code for code, word in enumerate(reader.words) if word in fed]] |= FED
        _judge(marks, int(assembled.first[part]), _processes(reader.segment), side)
    return marks


def _marked(reader: Reader) -> Bytes:
    segment = reader.segment
    arriving = [code + 1 for code, word in enumerate(reader.words) if word in ARRIVAL_STEPS]
    marks = np.zeros(len(segment.event_at), np.uint8)
    marks[np.isin(segment.event_step, arriving)] |= ARRIVES
    marks[np.flatnonzero(segment.event_process)] |= JOINED
    _read(segment.event_offsets, segment.event_rows, segment.item_kind, segment.event_act, segment.event_flags, marks)
    return marks


def _processes(segment: Segment) -> Ints:
    return np.asarray(segment.event_process).astype(np.int64)


def _sides(assembled: Assembled, part: int, reader: Reader, marks: Bytes) -> Bytes:
    """Return, of each word that names a process, what its events of this part do together."""
    begin, end = int(assembled.first[part]), int(assembled.first[part + 1])
    if not (marks[begin:end] & JOINED).any():
        return np.zeros(0, np.uint8)
    sides = np.zeros(len(reader.words), np.uint8)
    _join(assembled.sheet.ctypes.data, begin, _processes(reader.segment), marks, sides)
    return sides


@njit(cache=True)
def _read(offsets: Words, rows: Words, kinds: Bytes, acts: Bytes, flags: Bytes, marks: Bytes) -> None:
    for event in range(len(marks)):
        bits, childless = marks[event], acts[event] == UNPACKED or acts[event] == DETACHED
        for at in range(offsets[event], offsets[event + 1]):
            kind, role = kinds[item_of(rows[at])], role_of(rows[at])
            if kind == PRODUCT:
                bits |= CLASSES
            if role == INPUT:
                bits |= TAKES
                if kind in (CARRIER, ASSET):
                    bits |= FED
            elif role == OUTPUT:
                bits |= MAKES
            elif role == CHILD:
                childless = False
        if childless or flags[event] & (CLEANS | EMPTIES):
            bits |= CLEARS
        marks[event] = bits


@njit(cache=True)
def _join(c: int, begin: int, processes: Ints, marks: Bytes, sides: Bytes) -> None:
    for place in range(len(processes)):
        if processes[place] and flags_of(c, begin + place) & HIDDEN == 0:
            sides[processes[place] - 1] |= marks[begin + place] & (TAKES | MAKES | FED)


@njit(cache=True)
def _judge(marks: Bytes, begin: int, processes: Ints, sides: Bytes) -> None:
    for place in range(len(processes)):
        bits = marks[begin + place]
        whole = sides[processes[place] - 1] if processes[place] else bits
        both = TAKES | MAKES
        if bits & CLASSES or whole & FED or (bits & both and whole & both != both):
            marks[begin + place] = bits | ODD
