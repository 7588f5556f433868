"""The embedded PostgreSQL and the roles and database we use on it, or on an external server.

server = EmbeddedPostgres(Path("data/postgres"))
urls = ensure_roles_and_database(server.start())
…
server.stop()
"""

from .address import ServerAddress
from .emptiness import refuse_unless_empty
from .roles import DatabaseUrls, connect_patiently, ensure_roles_and_database
from .server import EmbeddedPostgres

__all__ = [
    "DatabaseUrls",
    "EmbeddedPostgres",
    "ServerAddress",
    "connect_patiently",
    "ensure_roles_and_database",
    "refuse_unless_empty",
]
