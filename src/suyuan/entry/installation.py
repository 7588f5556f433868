"""The database of this installation: found or started, its roles made, its tables migrated and secured."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psycopg

from suyuan.chassis.postgres import DatabaseUrls, EmbeddedPostgres, connect_patiently, ensure_roles_and_database
from suyuan.chassis.settings import Settings
from suyuan.kernel.faults import fault_kind

MIGRATION_FAILED = fault_kind(
    "entry.migration_failed",
    500,
    zh="数据库升级失败，失败的步骤已全部撤销：{said}",
    en="Upgrading the database failed, and the failed step was undone whole: {said}",
    remedy_zh="旧版本可继续使用该数据；请把以上文字发给支持人员。",
    remedy_en="The old version can go on with this data; send the text above to support.",
)


_STARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Database:
    """How to reach the database, and the embedded server where it is ours."""

    urls: DatabaseUrls
    server: EmbeddedPostgres | None


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """Give the database: the external one named by ``DATABASE_URL``, else the embedded one, started where it is not
    running and stopped when its last user leaves."""
    if settings.database_url:
        folder = settings.data / "secrets"
        folder.mkdir(parents=True, exist_ok=True)
        yield Database(
            ensure_roles_and_database(settings.database_url, secrets_dir=folder, app_url=settings.database_app_url),
            None,
        )
        return
    server = EmbeddedPostgres(settings.data / "postgres")
    try:
        yield Database(_ready_urls(server), server)
    finally:
        server.stop()


def _ready_urls(server: EmbeddedPostgres) -> DatabaseUrls:
    """Start the server and see to its roles; anew where it crashes under that, as a start comes back by itself."""
    for _ in range(_STARTS - 1):
        with contextlib.suppress(psycopg.OperationalError):
            return ensure_roles_and_database(server.start())
    return ensure_roles_and_database(server.start())


def export(urls: DatabaseUrls, settings: Settings) -> None:
    """Let this process and its children reach the database as the application, never as the owner."""
    os.environ["DATABASE_APP_URL"] = urls.app_url
    os.environ.pop("DATABASE_URL", None)
    os.environ["SUYUAN_DATA"] = str(settings.data)


def schema_fingerprint(app_role: str) -> str:
    """Return what the tables are made of: every migration and SQL file of ours, and of what else keeps tables here."""
    digest = hashlib.sha256(app_role.encode())
    package = Path(__file__).parent.parent
    for file in sorted((*package.glob("*/migrations/*.py"), *package.rglob("*.sql"))):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    for library in ("django", "procrastinate"):
        digest.update(f"{library} {version(library)}".encode())
    return f"suyuan {digest.hexdigest()}"


def migrate(urls: DatabaseUrls, settings: Settings) -> None:
    """Bring the tables up to date, as owner, in a process of its own: this one may be bound to the application's role.

    Where they are, nothing is touched: protecting them again would lock every table, and a command must not wait for,
    nor hold up, a server at work.

    :raises Fault: ``entry.migration_failed``; nothing of the failed step is kept.
    """
    wanted = schema_fingerprint(urls.app_role)
    with connect_patiently(urls.owner_url) as connection:
        row = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
    if row is not None and row[0] == wanted:
        return
    environment = {
        **os.environ,
        "DATABASE_URL": urls.owner_url,
        "DATABASE_APP_URL": urls.app_url,
        "SUYUAN_DATABASE_ROLE": "owner",
        "SUYUAN_DATA": str(settings.data),
        "SUYUAN_APP_ROLE": urls.app_role,
        "SUYUAN_SCHEMA": wanted,
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
        raise MIGRATION_FAILED(said=done.stderr.strip()[-3000:])
