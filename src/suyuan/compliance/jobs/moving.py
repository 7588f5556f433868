"""The whole database to another server: streamed, read again there, and only then kept."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from suyuan.compliance.contracts.moving import MOVE_DIFFERS, Moved
from suyuan.compliance.store import whole_database as store

Progress = Callable[[int, int, int], None]
"""Is told how many parts of how many are done, and how many rows."""


def move_everything(source: str, target: str, progress: Progress) -> Moved:
    """Copy every row from ``source`` to ``target``, whose tables the same program made; both are owners' addresses.

    One transaction on either side: the source is only read, and the target keeps all or nothing.

    :raises Fault: ``compliance.move_differs`` where a table reads otherwise there.
    """
    with store.steady(source) as here, store.steady(target) as there:
        parts = store.parts(here)
        tables = list(dict.fromkeys(part.table for part in parts))
        store.empty(there, tables)
        rows, sent = 0, []
        for number, part in enumerate(parts, 1):
            sent.append(store.send(here, there, part))
            rows += sent[-1].rows
            progress(number, len(parts), rows)
        store.count_on(here, there)
        for part, went in zip(parts, sent, strict=True):
            if store.read_again(there, part) != went:
                raise MOVE_DIFFERS(table=part.table)
        store.guard(there, tables)
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return Moved(len(tables), rows)
