"""The tables that hold a tenant's rows, as the database's catalogue knows them: a new table cannot be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from suyuan.chassis.database import named_sql

Connection = psycopg.Connection[tuple[Any, ...]]
TENANT: Final = "tenancy_tenant"
NUMBERS_OF_TRANSACTIONS: Final = {
    ("chassis_outbox", "xid"): "'0'::xid8",
    ("chassis_outbox", "id"): "row_number() OVER (ORDER BY t.xid, t.id)",
    ("chassis_outbox_position", "xid"): "'0'::xid8",
    ("chassis_outbox_position", "id"): "(SELECT count(*) FROM chassis_outbox o WHERE o.tenant_id = t.tenant_id"
    " AND (o.xid, o.id) <= (t.xid, t.id))",
    ("compliance_audit", "xid"): "CASE WHEN (t.xid, t.id) <= (SELECT l.audit_xid, l.audit_id FROM compliance_log l"
    " WHERE l.tenant_id = t.tenant_id) THEN '0' ELSE '1' END::xid8",
    ("compliance_signature", "xid"): "'0'::xid8",
    ("compliance_removal", "xid"): "'0'::xid8",
    ("compliance_log", "audit_xid"): "'0'::xid8",
    ("compliance_watch", "xid"): "'0'::xid8",
    ("compliance_watch", "audit_id"): "9223372036854775807",
    ("compliance_log", "audit_id"): "9223372036854775807",
}
"""How numbers of transactions travel. They are the server's own, and on another server may lie in the future: what was
read stays read and what waits goes on waiting, in the same order."""


@dataclass(frozen=True, slots=True)
class TenantTable:
    """A table with its columns, and the tables that its rows point at.

    ``key``: the columns that tell its rows apart; all of them, where it has no primary key.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parents: frozenset[str]
    transaction_numbers: tuple[str, ...]
    identities: tuple[str, ...]

    @property
    def owner_column(self) -> str:
        """Return the column that says whose a row is."""
        return "id" if self.name == TENANT else "tenant_id"

    def query(self, tenant: int) -> Composed:
        """Return the question for a tenant's rows, in an order of their own."""
        columns = SQL(", ").join(self._column(name) for name in self.columns)
        return SQL("SELECT {} FROM {} t WHERE t.{} = {} ORDER BY {}").format(
            columns, Identifier(self.name), Identifier(self.owner_column), Literal(tenant),
            SQL(", ").join(Identifier("t", name) for name in self.key),
        )  # fmt: skip

    def _column(self, name: str) -> Composable:
        special = NUMBERS_OF_TRANSACTIONS.get((self.name, name))
        return Identifier("t", name) if special is None else SQL("({})").format(SQL(special))

    def taking(self, columns: Sequence[str]) -> Composed:
        """Return the statement that takes rows whose values come in the order of ``columns``."""
        listed = SQL(", ").join(Identifier(name) for name in columns)
        return SQL("COPY {} ({}) FROM STDIN").format(Identifier(self.name), listed)


def tenant_tables(connection: Connection) -> list[TenantTable]:
    """Return every table of tenants' rows, and the tenants' own, each after those that its rows point at."""
    rows = connection.execute(named_sql(__package__, "tenant_tables.sql")).fetchall()
    found = {
        name: TenantTable(
            name, tuple(columns), tuple(key or columns), frozenset(parents), tuple(numbers), tuple(identities)
        )
        for name, columns, key, parents, numbers, identities in rows
    }
    for table in found.values():
        for column in table.transaction_numbers:
            if (table.name, column) not in NUMBERS_OF_TRANSACTIONS:
                raise RuntimeError(f"say in NUMBERS_OF_TRANSACTIONS how {table.name}.{column} travels")
    ordered: list[TenantTable] = []
    while found:
        ready = [table for table in found.values() if not (table.parents & found.keys()) - {table.name}]
        if not ready:
            raise RuntimeError(f"these tables point at each other: {sorted(found)}")
        ordered.extend(found.pop(table.name) for table in ready)
    return ordered


def migrations(connection: Connection) -> dict[str, str]:
    """Return the newest migration of each part of the system."""
    rows = connection.execute("SELECT app, max(name) FROM django_migrations GROUP BY app").fetchall()
    return dict(rows)
