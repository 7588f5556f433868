"""The database of this installation: found or started, its roles made, its tables migrated and secured."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar

import psycopg

from suyuan import __version__
from suyuan.chassis.postgres import DatabaseUrls, EmbeddedPostgres, connect_patiently, ensure_roles_and_database
from suyuan.chassis.postgres.faults import UNREACHABLE
from suyuan.chassis.settings import Settings
from suyuan.kernel.faults import Fault, fault_kind

MIGRATION_FAILED = fault_kind(
    "entry.migration_failed",
    500,
    zh="数据库升级失败，失败的步骤已全部撤销：{said}",
    en="Upgrading the database failed, and the failed step was undone whole: {said}",
    remedy_zh="旧版本可继续使用该数据；请把以上文字发给支持人员。",
    remedy_en="The old version can go on with this data; send the text above to support.",
)
DATABASE_MOVED = fault_kind(
    "entry.database_moved",
    409,
    zh="这里的数据库已于 {when} 搬到 {to}。",
    en="The database here was moved to {to} at {when}.",
    remedy_zh="请设置 DATABASE_URL 指向它。若确要回到这里（搬迁后的记录不在其中），删除 {file} 后再启动。",
    remedy_en="Set DATABASE_URL to it. To go back to the one here, which lacks what was recorded since, remove {file}.",
)
DATABASE_NEWER = fault_kind(
    "entry.database_newer",
    409,
    zh="数据库由更新的版本建立：{found}；本程序（{version}）不认识它。",
    en="The database was made by a newer version: {found}; this program ({version}) does not know it.",
    remedy_zh="请安装更新的版本再启动；要回到旧版本，请把升级前的备份恢复到新目录（suyuan restore）。未作改动。",
    remedy_en="Install the newer version and start that; to go back, restore the backup made before the upgrade into a"
    " new data directory (suyuan restore). Nothing was changed.",
)


Answer = TypeVar("Answer")
_STARTS: Final = 3
_LOST: Final = ("server closed the connection", "terminating connection", "connection is bad", "Connection refused")
"""What a migration in a process of its own says last of all where the server went away under it."""
_MOVED: Final = "MOVED"


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
    _refuse_moved(settings)
    server = EmbeddedPostgres(settings.data / "postgres")
    try:
        yield Database(_ready_urls(server), server)
    finally:
        server.stop()


def mark_moved(settings: Settings, to: str) -> None:
    """Say beside the embedded database that it was moved, so that nobody goes on with it by mistake."""
    told = {"to": to, "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")}
    (settings.data / "postgres" / _MOVED).write_text(json.dumps(told), encoding="utf-8")


def _refuse_moved(settings: Settings) -> None:
    file = settings.data / "postgres" / _MOVED
    if file.exists():
        raise DATABASE_MOVED(**json.loads(file.read_text(encoding="utf-8")), file=file)


def _ready_urls(server: EmbeddedPostgres) -> DatabaseUrls:
    return outliving_crashes(server, lambda: ensure_roles_and_database(server.start()))


def outliving_crashes(server: EmbeddedPostgres | None, step: Callable[[], Answer]) -> Answer:
    """Do ``step``; anew where the embedded server crashes under it or is ended, as a start comes back by itself."""
    if server is None:
        return step()
    for _ in range(_STARTS - 1):
        try:
            return step()
        except psycopg.OperationalError:
            pass
        except Fault as fault:
            if fault.kind is not UNREACHABLE and not any(lost in str(fault) for lost in _LOST):
                raise
        server.start()
    return step()


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


def _refuse_newer(connection: psycopg.Connection[Any]) -> None:
    """Refuse tables that a newer version of ours made: this one would write into them what that one cannot read."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        return
    package = Path(__file__).parent.parent
    known = {(file.parent.parent.name, file.stem) for file in package.glob("*/migrations/*.py")}
    ours = {name for name, _ in known}
    applied = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    newer = [f"{app} {name}" for app, name in applied if app in ours and (app, name) not in known]
    if newer:
        raise DATABASE_NEWER(found=", ".join(newer[:5]), version=__version__)


def migrate(urls: DatabaseUrls, settings: Settings) -> None:
    """Bring the tables up to date, as owner, in a process of its own: this one may be bound to the application's role.

    Where they are, nothing is touched: protecting them again would lock every table, and a command must not wait for,
    nor hold up, a server at work.

    :raises Fault: ``entry.database_newer``; ``entry.migration_failed``, and nothing of the failed step is kept.
    """
    wanted = schema_fingerprint(urls.app_role)
    with connect_patiently(urls.owner_url) as connection:
        row = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
        if row is not None and row[0] == wanted:
            return
        _refuse_newer(connection)
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
