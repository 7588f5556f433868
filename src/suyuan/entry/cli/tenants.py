"""Commands that move a whole tenant."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.chassis.settings import settings
from suyuan.entry import installation
from suyuan.entry.ready import data_option, operator, ready, settings_for, tenant_option
from suyuan.kernel.faults import fault_kind

FILE_EXISTS = fault_kind(
    "entry.file_exists",
    409,
    zh="文件 {path} 已存在，不会覆盖。",
    en="The file {path} exists and is not written over.",
    remedy_zh="请换一个文件名。",
    remedy_en="Choose another name.",
)


@click.group("tenant")
def tenant_group() -> None:
    """A whole tenant: write it out, take it in elsewhere. 整个租户的导出与导入。"""


@tenant_group.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@tenant_option
@data_option
def tenant_export(file: Path, tenant: str | None, data: Path | None) -> None:
    """Write everything of a tenant into one file, while the system works. 导出租户的全部数据。

    It holds people's password hashes and everything that was recorded: keep it as you keep a backup.
    """
    target = file.resolve()
    if target.exists():
        raise FILE_EXISTS(path=target)
    with ready(data):
        from suyuan.compliance.wiring import export_tenant

        made = export_tenant(target, operator(tenant), _told)
    click.echo(f"✓ {made.rows:,} 行 rows, {len(made.tables)} 表 tables, {target.stat().st_size:,} B: {target}")
    click.echo("公钥，请另行交给接收方 Public key, to be handed over by another way:")
    click.echo(f"  {made.keys[-1]}")


@tenant_group.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", help="The public key that must have signed it 签名公钥.")
@data_option
def tenant_import(file: Path, key: str | None, data: Path | None) -> None:
    """Take a tenant in from a file, whole or not at all. 导入租户，要么全部、要么不写入。"""
    source = file.resolve()
    chosen = settings_for(data)
    with installation.database(chosen) as database:
        installation.migrate(database.urls, chosen)
        installation.export(database.urls, chosen)
        settings.cache_clear()
        from suyuan.entry.boot import boot

        boot()
        from suyuan.compliance.wiring import import_tenant

        arrival = import_tenant(database.urls.owner_url, source, key, _told)
    made = arrival.manifest
    click.echo(f"✓ {made.code} {made.name}: {made.rows:,} 行 rows, {made.made:%Y-%m-%d %H:%M:%S} UTC")
    for there, here in arrival.renamed.items():
        click.echo(f"  登录名已有人用，改为 The login is taken, it is now: {there} → {here}")
    click.echo("  → suyuan log verify；第二因子与外部检查点去处需重新设置。")
    click.echo("  → suyuan log verify; set second factors and places outside again.")


def _told(done: int, tables: int, rows: int) -> None:
    click.echo(f"\r  {done}/{tables} 表 tables, {rows:,} 行 rows", nl=done == tables, err=True)
