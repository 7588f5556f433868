"""Commands that record and trace: for integrators and scripts, on the machine of the installation."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--proceed", is_flag=True, help="Record the good events of a file that has bad ones 容许部分成功.")
@tenant_option
@data_option
def capture(files: tuple[Path, ...], proceed: bool, tenant: str | None, data: Path | None) -> None:
    """Record EPCIS 2.0 JSON files. 导入 EPCIS 2.0 JSON 文件。

    Each file is one capture: all of it or, with --proceed, its good events. Exits with 1 if anything was refused.
    """
    with ready(data):
        from suyuan.entry.cli.capturing import capture_file

        who = operator(tenant)
        good = [capture_file(who, file, proceed=proceed) for file in files]
    if not all(good):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("direction", type=click.Choice(["back", "forward"]))
@click.argument("code")
@click.option("--as-of", type=click.DateTime(), help="What was known then 当时所知 (UTC).")
@click.option("--depth", type=click.IntRange(min=1), help="At most this many steps 最多步数.")
@click.option("--siblings", is_flag=True, help="Include contents that shared a container 包含同容器.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON 输出 JSON.")
@tenant_option
@data_option
def trace(
    direction: str,
    code: str,
    as_of: datetime | None,
    depth: int | None,
    siblings: bool,
    as_json: bool,
    tenant: str | None,
    data: Path | None,
) -> None:
    """Trace a code back to its origins or forward to what it touched. 逆向或正向追溯。"""
    with ready(data):
        from suyuan.entry.cli.tracing import answer_for, show

        answer = answer_for(operator(tenant), direction, code, as_of=as_of, depth=depth, siblings=siblings)
        if as_json:
            json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
            click.echo()
        else:
            show(answer)
