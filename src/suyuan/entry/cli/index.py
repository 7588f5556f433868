"""Commands that look after the trace index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option

if TYPE_CHECKING:
    from suyuan.trace.contracts.index import IndexState


@click.group()
def index() -> None:
    """The trace index: derived from the ledger, rebuilt at any time. 追溯索引（可随时重建）。"""


@index.command("status")
@tenant_option
@data_option
def index_status(tenant: str | None, data: Path | None) -> None:
    """Say how the index stands. 索引状态。"""
    _run("state", tenant, data)


@index.command("verify")
@tenant_option
@data_option
def index_verify(tenant: str | None, data: Path | None) -> None:
    """Read every byte of the index against its checksums; exits with 1 where it is not sound. 逐字节校验索引。"""
    _run("verify", tenant, data)


@index.command("rebuild")
@tenant_option
@data_option
def index_rebuild(tenant: str | None, data: Path | None) -> None:
    """Build the index anew from the ledger; questions are answered meanwhile. 由追溯事件重建索引。"""
    _run("rebuild", tenant, data)


@index.command("compile")
def index_compile() -> None:
    """Compile what answers questions for this machine ahead of the first start. 预先编译追溯内核。"""
    from suyuan.entry.compiling import compile_ahead

    compile_ahead()
    click.echo("✓ 内核已就绪 compiled")


def _run(what: str, tenant: str | None, data: Path | None) -> None:
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.trace.api import index as door

        with transaction(operator(tenant), reason=f"suyuan index {what}"):
            found: IndexState = {"state": door.state, "verify": door.verify, "rebuild": door.rebuild}[what]()
        _show(found)
    if not found.sound and (what == "verify" or found.exists):
        raise click.exceptions.Exit(1)


def _show(found: IndexState) -> None:
    if not found.exists:
        click.echo("还没有索引，追溯直接查询数据库。No index yet: the database answers alone.")
        click.echo("  → suyuan index rebuild")
        return
    click.echo(f"分段 segments        {found.segments:>14,}")
    click.echo(f"事件 events          {found.events:>14,}")
    click.echo(f"参与 participations  {found.participations:>14,}")
    click.echo(f"字节 bytes           {found.size:>14,}")
    if found.participations:
        click.echo(f"每参与 per one       {found.size / found.participations:>14.1f}")
    click.echo(f"待入 waiting         {found.waiting:>14,}")
    for fault in found.faults:
        click.echo(f"✗ {fault}")
    if found.sound:
        click.echo("✓ 完好 sound")
    else:
        click.echo("索引受损，追溯直接查询数据库。The index is damaged: the database answers alone.")
        click.echo("  → suyuan index rebuild")
