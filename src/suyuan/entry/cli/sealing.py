"""Commands that look after the tamper-evident log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option

if TYPE_CHECKING:
    from suyuan.compliance.contracts import LogVerification


@click.group("log")
def log_group() -> None:
    """The tamper-evident log: verify it, sign it, change its key. 防篡改日志。"""


@log_group.command("verify")
@click.option(
    "--copies",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of checkpoints kept elsewhere 外部保存的检查点.",
)
@tenant_option
@data_option
def log_verify(copies: Path | None, tenant: str | None, data: Path | None) -> None:
    """Read everything that is sealed again; exits with 1 where anything was tampered with. 核验全部记录。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.compliance import api

        notes = [file.read_text(encoding="utf-8") for file in sorted(copies.glob("**/*.note"))] if copies else []
        with transaction(operator(tenant), reason="suyuan log verify"):
            done = api.verify_log([*notes, *api.copies_outside()])
        _show(done)
    if not done.sound:
        raise click.exceptions.Exit(1)


def _show(done: LogVerification) -> None:
    seconds = (done.finished - done.started).total_seconds()
    click.echo(
        f"{done.leaves:,} 项 leaves, {done.checkpoints:,} 检查点 checkpoints,"
        f" {done.records:,} 记录 records, {seconds:.1f} s"
    )
    for each in done.findings:
        click.echo(f"✗ [{each.place}] {each.title_zh}\n  {each.title_en}")
    if done.finding_count > len(done.findings):
        left = done.finding_count - len(done.findings)
        click.echo(f"  … 另有 {left} 处 and {left} more")
    click.echo("✓ 完好 sound" if done.sound else "✗ 有改动 not sound")


@log_group.command("checkpoint")
@tenant_option
@data_option
def log_checkpoint(tenant: str | None, data: Path | None) -> None:
    """Sign a checkpoint now and print the newest; the worker does so every minute. 立即签发检查点。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.compliance import api

        who = operator(tenant)
        with transaction(who, reason="suyuan log checkpoint"):
            made = api.make_checkpoint()
        with transaction(who):
            if made is not None:
                api.remember(made)
            newest = api.newest_checkpoint()
    click.echo(newest.note if newest else "还没有可封存的内容。There is nothing to seal yet.")


@log_group.command("keys")
@tenant_option
@data_option
def log_keys(tenant: str | None, data: Path | None) -> None:
    """Print the public keys, to be given to customers by another way. 列出公钥。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.compliance import api

        with transaction(operator(tenant)):
            for key in api.list_keys():
                click.echo(key.verifier)


@log_group.command("rotate-key")
@tenant_option
@data_option
def log_rotate(tenant: str | None, data: Path | None) -> None:
    """Sign with a new key from now on; the old one endorses it and stays good. 更换签名密钥。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.compliance import api

        with transaction(operator(tenant), reason="suyuan log rotate-key"):
            click.echo(api.rotate_key().verifier)


@log_group.command("accept-restored")
@tenant_option
@data_option
def log_accept(tenant: str | None, data: Path | None) -> None:
    """Sign on from a restored database that lacks the newest checkpoints. 确认数据库来自恢复，继续签发。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.compliance import api

        with transaction(operator(tenant), reason="suyuan log accept-restored"):
            api.accept_restored()
        click.echo("已确认。Acknowledged; the next checkpoint is signed from what is there.")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def verify(arguments: tuple[str, ...]) -> None:
    """Verify a dossier offline, without a database (suyuan verify --help). 离线核验档案。"""
    from suyuan.verify.command import main

    raise click.exceptions.Exit(main(list(arguments)))
