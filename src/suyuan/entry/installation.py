"""The database of this installation: found or started, its roles made, its tables migrated and secured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from suyuan.chassis.postgres import DatabaseUrls, EmbeddedPostgres, ensure_roles_and_database
from suyuan.chassis.settings import Settings


@contextmanager
def database(settings: Settings) -> Iterator[DatabaseUrls]:
    """Give the addresses of the database: the external one named by ``DATABASE_URL``, else the embedded one, started
    where it is not running and stopped when its last user leaves."""
    if settings.database_url:
        yield ensure_roles_and_database(
            settings.database_url, secrets_dir=settings.data / "secrets", app_url=settings.database_app_url
        )
        return
    server = EmbeddedPostgres(settings.data / "postgres")
    try:
        yield ensure_roles_and_database(server.start())
    finally:
        server.stop()


def export(urls: DatabaseUrls, settings: Settings) -> None:
    """Let this process and its children reach the database as the application, never as the owner."""
    os.environ["DATABASE_APP_URL"] = urls.app_url
    os.environ.pop("DATABASE_URL", None)
    os.environ["SUYUAN_DATA"] = str(settings.data)


def migrate(urls: DatabaseUrls, settings: Settings) -> None:
    """Bring the tables up to date, as owner, in a process of its own: this one may be bound to the application's role.

    :raises RuntimeError: with what the migration said, where it failed; nothing of the failed step is kept.
    """
    environment = {
        **os.environ,
        "DATABASE_URL": urls.owner_url,
        "DATABASE_APP_URL": urls.app_url,
        "SUYUAN_DATABASE_ROLE": "owner",
        "SUYUAN_DATA": str(settings.data),
        "SUYUAN_APP_ROLE": urls.app_role,
    }
    done = subprocess.run(
        [sys.executable, "-m", "suyuan.entry.migration"],
        env=environment,
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the migration failed and was undone:\n{done.stderr.strip()[-3000:]}")
