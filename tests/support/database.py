"""A real PostgreSQL for the whole test run, and a database of its own for each test process.

The runner's first process starts the embedded server and migrates a template; every test process clones it, which takes
a moment, and no test truncates anything: each makes a tenant of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

_TEMPLATE = "SUYUAN_TEST_TEMPLATE"
_ADMIN = "SUYUAN_TEST_ADMIN"


def start_server() -> None:
    """Start the server and migrate the template; only the runner's first process does this."""
    if _ADMIN in os.environ:
        return
    from suyuan.chassis.postgres import EmbeddedPostgres, ensure_roles_and_database
    from suyuan.chassis.settings import Settings
    from suyuan.entry.installation import migrate

    home = Path(tempfile.mkdtemp(prefix="suyuan-test-"))
    # Durability is for data that somebody keeps; crash tests start servers of their own.
    server = EmbeddedPostgres(home / "postgres", {"max_connections": "120"})
    address = server.start()

    def stop() -> None:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    urls = ensure_roles_and_database(address, "suyuan_template")
    settings = Settings(data=home)
    migrate(urls, settings)
    os.environ[_ADMIN] = address.conninfo("postgres")
    os.environ[_TEMPLATE] = urls.app_url
    os.environ["SUYUAN_DATA"] = str(home)
    os.environ["SUYUAN_TEST_OWNER"] = urls.owner_url


def use_database() -> None:
    """Clone the template for this process and point the application at the clone."""
    name = f"suyuan_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with psycopg.connect(os.environ[_ADMIN], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE suyuan_template OWNER suyuan_owner")
    os.environ["DATABASE_APP_URL"] = make_conninfo(os.environ[_TEMPLATE], dbname=name)
    os.environ["SUYUAN_TEST_OWNER"] = make_conninfo(os.environ["SUYUAN_TEST_OWNER"], dbname=name)
    os.environ.pop("DATABASE_URL", None)


def owner_url() -> str:
    """Return how to connect as the tables' owner: for tests that look behind row-level security."""
    return os.environ["SUYUAN_TEST_OWNER"]


_TABLES = (
    "SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema = 'public'"
)
_FINGERPRINT = (
    "SELECT count(*) || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {} t WHERE tenant_id = %s"
)


def contents_of(tenant_id: int) -> dict[str, str]:
    """Return a fingerprint of everything a tenant has, table by table, as the owner sees it.

    When a token was last used is left out: asking is no change.
    """
    found = {}
    with psycopg.connect(owner_url()) as owner:
        for (name,) in owner.execute(_TABLES).fetchall():
            if name != "tenancy_token_use":
                row = owner.execute(sql.SQL(_FINGERPRINT).format(sql.Identifier(name)), (tenant_id,)).fetchone()
                found[name] = row[0] if row else ""
    return found
