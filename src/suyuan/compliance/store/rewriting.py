"""Rows on their way into another installation: the few values that cannot stay, changed in PostgreSQL's COPY text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from psycopg.sql import SQL, Identifier

from suyuan.compliance.contracts.transfers import ARCHIVE_DAMAGED, Manifest
from suyuan.compliance.store.tenant_tables import TENANT, Connection, TenantTable

_PEOPLE = "tenancy_user"
_LONGEST_LOGIN = 120
_ESCAPES = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
Change = Callable[[bytes], bytes]


def _written(value: str) -> bytes:
    """Return a value as COPY writes it."""
    return "".join(_ESCAPES.get(char, char) for char in value).encode()


@dataclass(slots=True)
class Rewriting:
    """What a tenant is called here: its number, and the logins of its people that others here have already.

    ``renamed`` fills while people are read: login there to login here. All other numbers are the tenant's own and stay.
    """

    code: str
    there: int
    here: int
    taken: frozenset[str]
    renamed: dict[str, str] = field(default_factory=dict)

    def changes(self, table: TenantTable, columns: tuple[str, ...]) -> Mapping[int, Change]:
        """Return what changes in a table's rows, by the place of the value."""
        found: dict[int, Change] = {}
        if self.here != self.there:
            found[columns.index(table.owner_column)] = self._owner
        if table.name == _PEOPLE and self.taken:
            known = {_written(login): login for login in self.taken}
            found[columns.index("login")] = lambda value: self._login(known[value]) if value in known else value
        return found

    def _owner(self, value: bytes) -> bytes:
        if value != b"%d" % self.there:
            raise ARCHIVE_DAMAGED(what=value[:20].decode("ascii", "replace"))
        return b"%d" % self.here

    def _login(self, login: str) -> bytes:
        ending = f"@{self.code}"
        count = 1
        while (fresh := f"{login[: _LONGEST_LOGIN - len(ending)]}{ending}") in self.taken:
            count += 1
            ending = f"@{self.code}.{count}"
        self.renamed[login] = fresh
        return _written(fresh)


def rewriting_for(connection: Connection, manifest: Manifest) -> Rewriting:
    """Find out, as owner, what an archive's tenant is to be called here."""
    asked = SQL("SELECT EXISTS (SELECT FROM {} WHERE id = %s)").format(Identifier(TENANT))
    here = manifest.tenant_id
    while connection.execute(asked, (here,)).fetchone() == (True,):
        row = connection.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", (TENANT,)).fetchone()
        here = int(row[0]) if row else 0
    taken = frozenset(row[0] for row in connection.execute(f"SELECT login FROM {_PEOPLE}").fetchall())
    return Rewriting(manifest.code, manifest.tenant_id, here, taken)


def rewritten(pieces: Iterator[bytes], changes: Mapping[int, Change]) -> Iterator[bytes]:
    """Give rows, that come in pieces of any size, with their values changed."""
    pending: list[bytes] = []
    for piece in pieces:
        lines, end, rest = piece.rpartition(b"\n")
        if not end:
            pending.append(piece)
            continue
        yield b"".join(_changed(line, changes) for line in b"".join((*pending, lines)).split(b"\n"))
        pending = [rest]
    if any(pending):
        yield b"".join(pending)  # no whole row: the database refuses it


def _changed(line: bytes, changes: Mapping[int, Change]) -> bytes:
    values = line.split(b"\t")
    for place, change in changes.items():
        if place >= len(values):
            raise ARCHIVE_DAMAGED(what=f"{len(values)} columns")
        values[place] = change(values[place])
    return b"\t".join(values) + b"\n"
