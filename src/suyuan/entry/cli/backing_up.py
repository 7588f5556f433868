"""Commands that keep and bring back the whole installation."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import django.db
import psycopg

from suyuan.entry.ready import data_option, ready, settings_for
from suyuan.kernel.faults import Fault, fault_kind

_SECRETS_EVERY_SECONDS = 5
EXTERNAL_DATABASE = fault_kind(
    "entry.external_database",
    409,
    zh="数据库在外部服务器上，由那里的备份工具负责。",
    en="The database is on a server of its own, whose own backup is in charge.",
    remedy_zh="请用该服务器的备份工具；数据目录的 secrets 文件夹也要一并备份。",
    remedy_en="Use that server's backup tools, and back up the folder secrets of the data directory with it.",
)


@click.command()
@click.option("--to", required=True, type=click.Path(path_type=Path, file_okay=False), help="Backup folder 备份目录.")
@click.option("--follow", is_flag=True, help="Then keep every change as it is made, until Ctrl-C 持续保存每一处改动.")
@data_option
def backup(to: Path, follow: bool, data: Path | None) -> None:
    """Copy database and secrets whole while the system works; checked afterwards. 在线备份。"""
    from suyuan.chassis.postgres import EmbeddedPostgres, backups

    if settings_for(data).database_url:
        raise EXTERNAL_DATABASE()
    with ready(data) as chosen:
        server = EmbeddedPostgres(chosen.data / "postgres")
        address = server.start()
        try:
            with _told(to), contextlib.ExitStack() as ending:
                following = backups.follow(address, to) if follow else None
                if following is not None:
                    ending.callback(following.leave)
                made = backups.take(address, chosen.data, to)
                click.echo(f"✓ 已备份并核对。Backed up and checked: {made.folder}")
                if following is not None:
                    signal.signal(signal.SIGTERM, lambda *_: following.end())
                    click.echo("正在持续保存改动，按 Ctrl-C 停止。Following every change; Ctrl-C stops.")
                    with contextlib.suppress(KeyboardInterrupt):
                        while not following.wait(_SECRETS_EVERY_SECONDS):
                            backups.keep_new_secrets(chosen.data / "secrets", to / "secrets")
        finally:
            server.stop()


@contextlib.contextmanager
def _told(to: Path) -> Iterator[None]:
    """Where a backup, or following the changes, fails, tell whoever is responsible: it may be needed any day."""
    try:
        yield
    except (Fault, OSError) as error:
        from suyuan.chassis.database import transaction
        from suyuan.compliance.api.alerting import raise_alert
        from suyuan.kernel.principals import Principal
        from suyuan.tenancy import api as tenancy

        why, moment = str(error)[:300], datetime.now(UTC).isoformat("T", "seconds")
        with contextlib.suppress(psycopg.Error, django.db.Error):  # the database may be what is missing
            for tenant in tenancy.tenants():
                with transaction(Principal(tenant, None, "cli", via="system")):
                    raise_alert("backup_failed", f"backup {moment}", {"place": str(to), "why": why})
        raise


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--at", type=click.DateTime(), help="As things stood then 恢复到当时 (UTC); default: the newest 最新.")
@data_option
def restore(folder: Path, at: datetime | None, data: Path | None) -> None:
    """Bring a backup back into a new data directory. 恢复到新的数据目录。"""
    from suyuan.chassis.postgres import backups

    chosen = settings_for(data)
    if chosen.database_url:
        raise EXTERNAL_DATABASE()
    used = backups.restore(folder, chosen.data, at.replace(tzinfo=UTC) if at else None)
    with ready(data):
        from suyuan.chassis.database import without_tenant

        with without_tenant() as connection:
            connection.execute("SELECT 1")
    click.echo(f"✓ 已由 {used.folder.name} 恢复。Restored into {chosen.data}.")
    click.echo("  → suyuan log verify --copies …")
