"""Labels from the command line."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from suyuan.entry.ready import data_option, operator, ready, tenant_option

LABEL = click.argument("label")
CODES = click.argument("codes", nargs=-1)
ROWS = click.option(
    "--rows", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV with a heading: field names, or code. CSV 文件，首行为字段名或 code。",
)  # fmt: skip


@click.group()
def labels() -> None:
    """Render and print labels. 标签。"""


def _rows(codes: Sequence[str], file: Path | None) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = [{"code": code} for code in codes]
    if file is not None:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            found += list(csv.DictReader(opened))
    return found


@labels.command("render")
@LABEL
@CODES
@ROWS
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF file.")
@tenant_option
@data_option
def render(
    label: str, codes: tuple[str, ...], rows: Path | None, output: Path, tenant: str | None, data: Path | None
) -> None:
    """Write labels as PDF, one a page. 生成 PDF，每页一张。

    LABEL is the key of a published label; CODES are what to print it for.
    """
    with ready(data):
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import labels as api

        with transaction(operator(tenant)):
            output.write_bytes(api.pdf_of(label, _rows(codes, rows), None))
        click.echo(f"已写入 written: {output}")


@labels.command("print")
@LABEL
@CODES
@ROWS
@click.option("--printer", required=True, help="Code of a printer 打印机代码.")
@click.option("--copies", type=click.IntRange(1, 100), default=1, show_default=True, help="Of each label 每张份数.")
@click.option("--reason", default="", help="Why labels are printed again 补打原因.")
@tenant_option
@data_option
def print_(
    label: str, codes: tuple[str, ...], rows: Path | None, printer: str, copies: int, reason: str,
    tenant: str | None, data: Path | None,
) -> None:  # fmt: skip
    """Put labels into a printer's queue; the worker sends them. 放入打印队列，由后台发送。"""
    with ready(data):
        from suyuan.chassis.contracts import NOT_FOUND
        from suyuan.chassis.database import transaction
        from suyuan.coding.api import labels as api
        from suyuan.coding.contracts.labels import PrintOrder

        with transaction(operator(tenant), reason="suyuan labels print"):
            chosen = next((each.id for each in api.list_printers() if each.code == printer), None)
            if chosen is None:
                raise NOT_FOUND(what=printer[:60])
            job = api.order(PrintOrder(label, chosen, _rows(codes, rows), copies, reason))
        click.echo(f"{job.id}: {job.labels} 张已排队 labels queued, {job.printer_code}")


@labels.command("virtual-printer")
@click.option("--port", type=click.IntRange(0, 65535), default=9100, show_default=True, help="TCP port 端口.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on 监听地址.")
@click.option("--language", type=click.Choice(["zpl", "tspl"]), default="zpl", show_default=True, help="语言.")
@click.option("--dpi", type=click.Choice(["203", "300", "600"]), default="203", show_default=True, help="分辨率.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Of PNG files 图片.")
def virtual(port: int, host: str, language: str, dpi: str, folder: Path) -> None:
    """Be a printer on the network that writes pictures instead of labels. 虚拟打印机：把标签存成图片。"""
    from suyuan.coding.api import labels as api

    with api.virtual_printer(host, port, language, int(dpi), api.keep_in(folder)) as printer:
        click.echo(f"{language} {dpi} dpi, {host}:{printer.server_address[1]} → {folder}")
        printer.serve_forever()
