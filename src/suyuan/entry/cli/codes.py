"""Issued codes from the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option


@click.group()
def codes() -> None:
    """Issue codes, export them, follow their states. 编码发行。"""


def _fields(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    wrong = next((name for name, sign, _ in pairs if not sign), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong}: name=value", param_hint="--field")
    return {name: value for name, _, value in pairs}


@codes.command("issue")
@click.argument("rule")
@click.option("--count", type=click.IntRange(min=1), required=True, help="How many 数量.")
@click.option("--field", "fields", multiple=True, help="name=value 字段，可重复; repeatable.")
@click.option("--purpose", default="", help="What for 用途.")
@tenant_option
@data_option
def issue(rule: str, count: int, fields: tuple[str, ...], purpose: str, tenant: str | None, data: Path | None) -> None:
    """Issue codes by the published rule RULE; prints the batch's number. 按规则发行一批编码。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import issuing
        from suyuan.coding.contracts.issuing import AT_ONCE

        who = operator(tenant)
        with transaction(who, reason="suyuan codes issue"):
            row = issuing.issue(rule, count, _fields(fields), moment=datetime.now().astimezone(), purpose=purpose)
        if count > AT_ONCE:
            with click.progressbar(length=count, label="编码 codes", file=sys.stderr) as bar:
                _make(who, row.id, lambda done: bar.update(done - bar.pos))
        with transaction(who):
            made = issuing.batch_row(row.id)
        click.echo(f"批次 batch {made.id}: {made.count}  {made.first_code} … {made.last_code}")


def _make(who: Any, batch: int, told: Callable[[int], None]) -> None:  # noqa: ANN401 (the principal; imported once booted)
    from suyuan.chassis.database import transaction
    from suyuan.coding.api import issuing

    more = True
    while more:
        with transaction(who, reason="suyuan codes issue"):
            more = issuing.make_step(batch)
            done = issuing.batch_row(batch).done
        told(done)


@codes.command("export")
@click.argument("batch", type=int)
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "zip"]), default="csv", show_default=True)
@click.option("--handout", type=int, help="Only what was handed out 只导出某次交付.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File 文件.")
@tenant_option
@data_option
def export(batch: int, kind: Any, handout: int | None, output: Path, tenant: str | None, data: Path | None) -> None:  # noqa: ANN401 (one of the choices)
    """Write the codes of a batch to a file. 导出一批编码。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import exporting

        who = operator(tenant)

        def inside(work: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever the work returns)
            with transaction(who):
                return work()

        with transaction(who, reason="suyuan codes export"):
            begun = exporting.begin_export(batch, kind, "zh", handout_id=handout)
        with output.open("wb") as file:
            for piece in exporting.pieces(begun, kind, inside):
                file.write(piece)
        click.echo(f"已导出 {begun.count} 个。{begun.count} codes → {output}")


@codes.command("state")
@click.argument("code")
@click.option(
    "--set", "wanted", type=click.Choice(["printed", "applied", "spoiled", "missing", "void"]), help="New state 变为."
)
@click.option("--reason", default="", help="Why 原因.")
@tenant_option
@data_option
def state(code: str, wanted: str | None, reason: str, tenant: str | None, data: Path | None) -> None:
    """Tell what is known of a code, or change its state. 查询或变更编码状态。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import states
        from suyuan.coding.contracts.issuing import CodeState

        who = operator(tenant)
        with transaction(who, reason=reason or "suyuan codes state"):
            if wanted is not None:
                states.set_state_of_codes([code], CodeState(wanted), reason)
            known = states.issued_code(code)
        now = known.state.value if known.state else "未发行 never issued"
        click.echo(f"{known.code}  {known.uri}\n  {known.rule} {known.version}  batch {known.batch_id}  {now}")
        for movement in known.history:
            click.echo(f"  {movement.at:%Y-%m-%d %H:%M:%S}  {movement.state.value}  {movement.by}  {movement.reason}")


@codes.command("after-restore")
@click.option(
    "--skip", type=click.IntRange(min=0), required=True, help="Numbers that may have been given 可能已发出的数量."
)
@tenant_option
@data_option
def after_restore(skip: int, tenant: str | None, data: Path | None) -> None:
    """Go on issuing from a restored database: every count passes over SKIP numbers. 恢复后继续发行。"""
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import issuing

        with transaction(operator(tenant), reason="suyuan codes after-restore"):
            moved = issuing.accept_restored(skip)
        click.echo(f"{moved} 个计数已跳过 {skip} 个号码。{moved} counts passed over {skip} numbers.")
