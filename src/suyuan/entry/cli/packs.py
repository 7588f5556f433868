"""Packs of definitions from the command line."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option


@click.group()
def pack() -> None:
    """Install and export packs of definitions. 模板包。"""


@pack.command("install")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--drafts", is_flag=True, help="Publish nothing 只存为草稿.")
@tenant_option
@data_option
def install(source: Path, drafts: bool, tenant: str | None, data: Path | None) -> None:
    """Install or upgrade a pack, a folder or its ZIP; what was changed here stays. 安装或升级模板包。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.designer import api as designer

        read = designer.read_pack(source)
        with transaction(operator(tenant), reason=f"suyuan pack install {read.name} {read.version}"):
            done = designer.install_pack(read, publish=not drafts)
        for each in done:
            click.echo(f"{each.outcome:<9} {each.kind}/{each.key} {' '.join(each.at)}")
        if any(each.outcome == "conflict" for each in done):
            raise click.exceptions.Exit(1)


@pack.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", required=True, help="Name of the pack 名称.")
@click.option("--version", "number", default="1", show_default=True, help="Version of the pack 版本.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind 只导出此类; repeatable 可重复.")
@tenant_option
@data_option
def export(folder: Path, name: str, number: str, kinds: tuple[str, ...], tenant: str | None, data: Path | None) -> None:
    """Write the definitions in force to FOLDER as a pack. 把在用的定义导出为模板包。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.designer import api as designer

        with transaction(operator(tenant)):
            files = designer.pack_files(designer.export_pack(name, number, name, name, kinds=kinds))
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        click.echo(f"{len(files) - 1} → {folder}")
