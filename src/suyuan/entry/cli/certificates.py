"""Commands about HTTPS on the plant's own network."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.entry.certificates import Certificates
from suyuan.entry.ready import data_option, settings_for


@click.group()
def certificate() -> None:
    """Make certificates for HTTPS on the plant's network. 厂内 HTTPS 证书。"""


@certificate.command("make")
@click.option("--name", "names", multiple=True, help="Host name or IP address that devices use 设备使用的主机名或 IP.")
@data_option
def make(names: tuple[str, ...], data: Path | None) -> None:
    """Make an authority and a server certificate, or renew and add names. 生成、续期或加名字。"""
    from suyuan.entry import certificates

    chosen = settings_for(data)
    made, fresh = certificates.ensure(chosen.data, names)
    click.echo(
        "✓ 已生成服务器证书。Server certificate made." if fresh else "✓ 证书还有效，未改动。Still good; unchanged."
    )
    _tell(made)


@certificate.command("show")
@data_option
def show(data: Path | None) -> None:
    """Tell what there is, for which names and until when. 查看证书。"""
    from suyuan.entry import certificates

    made = certificates.of(settings_for(data).data)
    if not made.exist():
        click.echo("还没有证书。There is no certificate yet.\n  → suyuan certificate make")
        return
    _tell(made)


def _tell(made: Certificates) -> None:
    click.echo(f"  用于 For: {', '.join(made.names())}")
    click.echo(f"  有效期至 Until: {made.ends():%Y-%m-%d}")
    click.echo(f"  根证书 Authority: {made.authority}")
    click.echo(f"  SHA-256: {made.fingerprint()}")
    click.echo("  → suyuan serve --tls；设备上打开 /certificate 安装根证书。Open /certificate on each device.")
