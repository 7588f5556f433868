"""How to reach a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import make_conninfo


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A server and its administrator. ``host`` is the socket directory, ``secrets`` the folder of its passwords."""

    host: str
    port: int
    superuser: str
    password: str = field(repr=False)
    secrets: Path

    def conninfo(self, dbname: str, user: str | None = None, password: str | None = None) -> str:
        """Return a libpq connection string for ``dbname``, as the administrator unless ``user`` is given."""
        return make_conninfo(
            host=self.host,
            port=self.port,
            dbname=dbname,
            user=user or self.superuser,
            password=password if user else self.password,
        )
