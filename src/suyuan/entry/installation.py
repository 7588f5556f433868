"""The database of this installation: found or started, its roles made, its tables migrated and secured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from suyuan.chassis.postgres import DatabaseUrls, EmbeddedPostgres, ensure_roles_and_database
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
        yield Database(ensure_roles_and_database(server.start()), server)
    finally:
        server.stop()


def export(urls: DatabaseUrls, settings: Settings) -> None:
    """Let this process and its children reach the database as the application, never as the owner."""
    os.environ["DATABASE_APP_URL"] = urls.app_url
    os.environ.pop("DATABASE_URL", None)
    os.environ["SUYUAN_DATA"] = str(settings.data)


def migrate(urls: DatabaseUrls, settings: Settings) -> None:
    """Bring the tables up to date, as owner, in a process of its own: this one may be bound to the application's role.

    :raises Fault: ``entry.migration_failed``; nothing of the failed step is kept.
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
        raise MIGRATION_FAILED(said=done.stderr.strip()[-3000:])
