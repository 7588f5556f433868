"""Whether a database that is to be filled is empty."""

from __future__ import annotations

from typing import Final

import psycopg

from .faults import TARGET_NOT_EMPTY

_TABLES: Final = (
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
    " ORDER BY 1"
)


def refuse_unless_empty(conninfo: str) -> None:
    """Refuse a database that holds any table or view; one that does not exist yet is empty.

    What else may be wrong with the server is told by :func:`~.roles.ensure_roles_and_database`.

    :raises Fault: ``chassis.database_not_empty``.
    """
    try:
        with psycopg.connect(conninfo, connect_timeout=15) as connection:
            found = [row[0] for row in connection.execute(_TABLES).fetchall()]
            name = connection.info.dbname
    except psycopg.OperationalError:
        return
    if found:
        raise TARGET_NOT_EMPTY(database=name, count=len(found), table=found[0])
