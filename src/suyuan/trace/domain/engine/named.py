"""Places, equipment and people that events name: conditions of an answer, read from the segments' columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from suyuan.trace.domain.answer import Condition
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.ledger import Reader
from suyuan.trace.domain.engine.record import Ints
from suyuan.trace.domain.times import moment

_Found = dict[tuple[str, str], tuple[int, int, int]]


def named_by(assembled: Assembled, readers: Sequence[Reader], events: Ints) -> tuple[Condition, ...]:
    """Return every place, piece of equipment and person that these events (by their numbers over all segments) name,
    from first to last.
    """
    found: _Found = {}
    for part, reader in enumerate(readers):
        segment = reader.segment
        low, high = assembled.first[part], assembled.first[part + 1]
        mine = events[(events >= low) & (events < high)] - low
        if len(mine) == 0:
            continue
        times = np.asarray(segment.event_at)[mine]
        places = np.stack([segment.event_read_point[mine], segment.event_location[mine]]).astype(np.int64)
        places[1][places[0] == places[1]] = 0  # named twice by one event, it counts once
        both = np.concatenate([times, times])
        _gather(found, "place", reader.words, places.ravel(), both)
        _gather(found, "equipment", reader.words, segment.event_equipment[mine].astype(np.int64), times)
        _gather(found, "person", reader.words, segment.event_person[mine].astype(np.int64), times)
    return tuple(
        Condition(kind, uri, _moment(since), _moment(until), count)
        for (kind, uri), (since, until, count) in sorted(found.items())
    )


def _gather(found: _Found, kind: str, words: Sequence[str], codes: Ints, times: Ints) -> None:
    order = np.lexsort((times, codes))
    codes, times = codes[order], times[order]
    begins = np.flatnonzero(np.diff(codes, prepend=-1))
    ends = np.append(begins[1:], len(codes)) - 1
    rows = zip(codes[begins].tolist(), times[begins].tolist(), times[ends].tolist(), (ends - begins).tolist(),
               strict=True)  # fmt: skip
    for code, first, last, more in rows:
        if code:
            key = kind, words[code - 1]
            since, until, count = found.get(key, (first, last, 0))
            found[key] = min(since, first), max(until, last), count + more + 1


def _moment(instant: int) -> datetime:
    found = moment(instant)
    assert found is not None  # noqa: S101 (an event has a time)
    return found
