"""The command that moves the embedded database to a server of its own."""

from __future__ import annotations

import os
from pathlib import Path

import click
from psycopg.conninfo import conninfo_to_dict

from suyuan.chassis.postgres import DatabaseUrls, ensure_roles_and_database, refuse_unless_empty
from suyuan.chassis.settings import Settings, settings
from suyuan.entry import installation
from suyuan.entry.processes import claimed
from suyuan.entry.ready import data_option, settings_for
from suyuan.kernel.faults import fault_kind

ALREADY_OUTSIDE = fault_kind(
    "entry.already_outside",
    409,
    zh="DATABASE_URL 已指向外部数据库；这个命令只搬内置的数据库。",
    en="DATABASE_URL names a database outside already; this command moves the embedded one.",
    remedy_zh="请不带 DATABASE_URL 再运行，用 --to 指明目标；外部服务器之间请用其自己的工具。",
    remedy_en="Run it without DATABASE_URL and name the target with --to; between servers, use their own tools.",
)
NOTHING_TO_MOVE = fault_kind(
    "entry.nothing_to_move",
    404,
    zh="{path} 里没有数据库。",
    en="There is no database in {path}.",
    remedy_zh="请用 --data 指明数据目录；新安装可直接设 DATABASE_URL。",
    remedy_en="Name the data directory with --data; a new installation just sets DATABASE_URL.",
)
MOVED_UNSOUND = fault_kind(
    "entry.moved_unsound",
    409,
    zh="数据已全部复制且逐表相同，但租户 {tenant} 的日志核验有 {count} 处问题：{first}",
    en="Everything was copied and is the same table by table, but the log of tenant {tenant} has {count} findings:"
    " {first}",
    remedy_zh="原数据库照常使用，未作标记。先用 suyuan log verify 查清（问题在搬迁前就有）；目标库可删除后重来。",
    remedy_en="The database here goes on, unmarked. First look with suyuan log verify, for it was so before; drop the"
    " target database and move again.",
)


@click.group("database")
def database_group() -> None:
    """The database of this installation. 本系统的数据库。"""


@database_group.command("move")
@click.option("--to", required=True, help="postgresql://owner:password@host/database, empty 目标，须为空库.")
@data_option
def database_move(to: str, data: Path | None) -> None:
    """Move the embedded database to a PostgreSQL server, and prove that nothing was lost. 把内置数据库搬到外部服务器。

    Stop suyuan first. Everything is copied, read again there, and the log verified; the database here stays as it is,
    marked as moved, so that nobody goes on with it by mistake.
    """
    chosen = settings_for(data)
    if chosen.database_url:
        raise ALREADY_OUTSIDE()
    if not (chosen.data / "postgres").is_dir():
        raise NOTHING_TO_MOVE(path=chosen.data)
    with claimed(chosen.data, "suyuan database move"), installation.database(chosen) as here:
        installation.migrate(here.urls, chosen)
        urls = _ready_target(to, chosen)
        installation.export(urls, chosen)
        settings.cache_clear()
        from suyuan.entry.boot import boot

        boot()
        from suyuan.compliance.wiring import move_everything

        moved = move_everything(here.urls.owner_url, urls.owner_url, _told)
        _verify_there()
    installation.mark_moved(chosen, _shown(to))
    click.echo(f"✓ {moved.rows:,} 行 rows, {moved.tables} 表 tables，逐表读回相同 read again, the same")
    click.echo("从现在起请设置 From now on set:")
    click.echo(f"  DATABASE_URL={_shown(to)}")
    click.echo(f"  原数据库未动，可留作备份 The old one is untouched: {chosen.data / 'postgres'}")


def _ready_target(to: str, chosen: Settings) -> DatabaseUrls:
    """Make roles, database and tables on the target, once it is sure that nothing is there."""
    refuse_unless_empty(to)
    folder = chosen.data / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    urls = ensure_roles_and_database(to, secrets_dir=folder)
    installation.migrate(urls, chosen)
    return urls


def _verify_there() -> None:
    """Verify the log of every tenant, and have the trace index made anew: it knows the old server's transactions."""
    from suyuan.chassis.database import transaction
    from suyuan.compliance import api
    from suyuan.kernel.principals import Principal
    from suyuan.tenancy import api as tenancy
    from suyuan.trace.api import index

    for number in tenancy.tenants():
        who = Principal(number, None, f"cli:{os.environ.get('USER', 'operator')}", via="system")
        with transaction(who, reason="suyuan database move"):
            done, name = api.verify_log(api.copies_outside()), tenancy.own_tenant().code
        if not done.sound:
            raise MOVED_UNSOUND(tenant=name, count=done.finding_count, first=done.findings[0].title_en)
        with transaction(who, reason="suyuan database move"):
            index.rebuild()


def _shown(url: str) -> str:
    """Return where it is, without the password."""
    known = conninfo_to_dict(url)
    place = f"{known.get('host', '')}:{known.get('port', 5432)}/{known.get('dbname', '')}"
    return f"postgresql://{known.get('user', '')}@{place}"


def _told(done: int, parts: int, rows: int) -> None:
    click.echo(f"\r  {done}/{parts}, {rows:,} 行 rows", nl=done == parts, err=True)
