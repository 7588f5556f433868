"""Reading a stretch of the ledger out of PostgreSQL into flat arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any

import numpy as np
import psycopg

from suyuan.chassis.caller import caller
from suyuan.chassis.database import named_sql, tx
from suyuan.trace.domain.distinct import distinct, without
from suyuan.trace.domain.engine.layout import places
from suyuan.trace.domain.engine.record import (
    ACTS,
    CLEANS,
    EMPTIES,
    KINDS,
    NEVER_VOIDED,
    ROLES,
    EventRows,
    Ints,
    ItemRows,
    MemberRows,
    PartRows,
    Record,
)
from suyuan.trace.store.recording import ROLE_CODES

_CHUNK = 50_000
_ROLE_OF = np.zeros(128, np.int64)
for _role, _code in ROLE_CODES.items():
    _ROLE_OF[ord(_code)] = ROLES.index(_role)
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""How PostgreSQL's binary form begins: no flags, no extension."""
_ACT = {(kind.value, action.value if action else None): code for code, (kind, action) in enumerate(ACTS)}
_KIND = {kind: code for code, kind in enumerate(KINDS)}
_MICROSECONDS = 1_000_000


def read_record(
    numbers: Sequence[int] | None, known: Callable[[int], bool], *, late: Callable[[], Collection[int]] = tuple
) -> Record:
    """Return the events of these numbers (None: all) with all that they name.

    ``known`` tells which lots an earlier segment names: of others, the units whose identifiers name them are added.
    ``late`` is asked after the events have been read and names those that are to be left for the next stretch.
    """
    events = _events(numbers)
    beyond = late()
    if beyond:
        events = _without(events, beyond)
    stretch = np.sort(events.number)
    parts, members = _parts(numbers, stretch), _members(numbers, stretch)
    voids = np.array(voids_by(numbers) if numbers else [], np.int64).reshape(-1, 2)
    voids = voids[places(stretch, np.ascontiguousarray(voids[:, 0])) < 0]
    if numbers is None:
        return Record(_items(None), events, parts, members, voids)
    named = distinct(np.concatenate([parts.item, members.unit, members.lot]))
    items = _items(named.tolist())
    named = distinct(np.concatenate([named, items.lot[items.lot > 0]]))
    items = _items(named.tolist())
    lots = [lot for lot, kind in zip(items.id.tolist(), items.kind.tolist(), strict=True) if KINDS[kind] == "lot"]
    units = [unit for unit, _ in units_of([lot for lot in lots if not known(lot)])]
    more = without(np.array(units, np.int64), named)
    if len(more):
        items = _items([*named.tolist(), *more.tolist()])
    return Record(items, events, parts, members, voids)


def units_of(lots: Sequence[int]) -> list[tuple[int, int]]:
    """Return (unit, lot) for the units whose own identifiers name these lots."""
    if not lots:
        return []
    keys = {"tenant": tx().principal.tenant_id, "lots": list(lots)}
    return [(unit, lot) for unit, lot in tx().rows(named_sql(__package__, "index_units_of.sql"), keys)]


def voids_by(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return (number, record time in microseconds) of what the declarations of error among ``numbers`` void."""
    keys = {"tenant": tx().principal.tenant_id, "numbers": list(numbers)}
    return [(number, when) for number, when in tx().rows(named_sql(__package__, "index_voids.sql"), keys)]


def _stream(statement: str, parameters: Mapping[str, Any]) -> Iterator[list[tuple[Any, ...]]]:
    keys, waiting = {"tenant": tx().principal.tenant_id, **parameters}, caller()
    with psycopg.ServerCursor(tx().connection, "trace_index") as cursor:
        cursor.execute(named_sql(__package__, statement).encode(), keys)
        while rows := cursor.fetchmany(_CHUNK):
            waiting.here()
            yield rows


def _events(numbers: Sequence[int] | None) -> EventRows:
    table: list[tuple[int, ...]] = []
    words: list[tuple[str | None, ...]] = []
    sites: list[int] = []
    handed = {number: party for rows in _stream("index_handed.sql", {"numbers": numbers}) for number, party in rows}
    for rows in _stream("index_events.sql", {"numbers": numbers}):
        for row in rows:
            void = NEVER_VOIDED if row[3] is None else row[3]
            bits = row[7] * CLEANS + row[8] * EMPTIES
            table.append((row[0], row[1], row[2], void, row[4] * _MICROSECONDS, _ACT[row[5], row[6]], bits))
            words.append(row[9:16])
            sites.append(row[16])
    number, at, recorded, voided, lag, act, flags = np.array(table, np.int64).reshape(len(table), 7).T.copy()
    texts = list(zip(*words, strict=True)) or [()] * 7
    parties = [handed.get(event) for event in number.tolist()]
    found = EventRows(number, at, recorded, voided, lag, act, flags)
    found.process, found.step, found.read_point, found.location, found.equipment, found.person = texts[:6]
    found.disposition, found.site, found.party = texts[6], np.array(sites, np.int64), parties
    return found


def _without(events: EventRows, beyond: Collection[int]) -> EventRows:
    kept = np.flatnonzero(~np.isin(events.number, np.fromiter(beyond, np.int64)))
    chosen = kept.tolist()
    columns: dict[str, Any] = {each.name: getattr(events, each.name) for each in fields(EventRows)}
    for name, column in columns.items():
        columns[name] = column[kept] if isinstance(column, np.ndarray) else [column[index] for index in chosen]
    return EventRows(**columns)


def _parts(numbers: Sequence[int] | None, stretch: Ints) -> PartRows:
    chunks = [
        chunk[places(stretch, np.ascontiguousarray(chunk[:, 0])) >= 0]
        for chunk in _copied("index_participations.sql", {"numbers": numbers}, 4)
    ]
    event, item, letter, told = np.concatenate([*chunks, np.empty((0, 4), np.int64)]).T.copy()
    amounts = [row for rows in _stream("index_amounts.sql", {"numbers": numbers}) for row in rows]
    hashes = np.array([told_as for told_as, _, _ in amounts], np.int64)
    if len(distinct(hashes)) != len(hashes) or (hashes == 0).any():
        raise ValueError("two amounts have one hash")  # one in 2⁶⁴: never seen, but never to be passed over
    order = np.argsort(hashes)
    # no amount is told as 0, which may sort behind every hash
    found = np.minimum(np.searchsorted(hashes[order], told), len(hashes) - 1)
    amount = np.where(told == 0, 0, order[found] + 1) if len(hashes) else told
    return PartRows(event, item, _ROLE_OF[letter], amount, [(quantity, unit) for _, quantity, unit in amounts])


def _members(numbers: Sequence[int] | None, stretch: Ints) -> MemberRows:
    chunks = list(_copied("index_members.sql", {"numbers": numbers}, 3))
    table = np.concatenate([*chunks, np.empty((0, 3), np.int64)])
    table = table[places(stretch, np.ascontiguousarray(table[:, 0])) >= 0]
    return MemberRows(*table.T.copy())


def _copied(statement: str, parameters: Mapping[str, Any], columns: int) -> Iterator[Ints]:
    """Yield the rows of a statement all of whose columns are whole numbers, copied in PostgreSQL's binary form."""
    keys, waiting = {"tenant": tx().principal.tenant_id, **parameters}, caller()
    row = np.dtype(
        [("fields", ">i2"), *((f"{n}{c}", t) for c in range(columns) for n, t in (("l", ">i4"), ("v", ">i8")))]
    )
    copying = f"COPY ({named_sql(__package__, statement)}) TO STDOUT (FORMAT BINARY)"
    with tx().connection.cursor() as cursor, cursor.copy(copying.encode(), keys) as copy:
        rest, more = b"", True
        while more:
            blocks = list(islice(copy, _CHUNK))
            waiting.here()
            more = len(blocks) == _CHUNK
            data = rest + b"".join(bytes(block) for block in blocks)
            data = data.removeprefix(_SIGNATURE) if not rest else data
            count = len(data) // row.itemsize
            rest = data[count * row.itemsize :] or b"" if more else b""
            rows = np.frombuffer(data, row, count)
            yield np.stack([rows[f"v{column}"] for column in range(columns)], axis=1).astype(np.int64)


def _items(ids: Sequence[int] | None) -> ItemRows:
    table: list[tuple[int, int, int]] = []
    products: list[str | None] = []
    lots: list[str | None] = []
    for rows in _stream("index_items.sql", {"items": ids}):
        table += [(identity, _KIND[kind], lot or 0) for identity, kind, _, lot, _ in rows]
        products += [product for _, _, product, _, _ in rows]
        lots += [uri for _, _, _, _, uri in rows]
    identity, kind, lot = np.array(table, np.int64).reshape(len(table), 3).T.copy()
    return ItemRows(identity, kind, products, lot, lots)
