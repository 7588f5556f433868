"""Commands that keep running: the server, its worker, the demo plant."""

from __future__ import annotations

from pathlib import Path

import click

from suyuan.entry.ready import data_option, settings_for

_tls_option = click.option(
    "--tls", is_flag=True, help="Serve HTTPS with the plant's own certificate 用厂内证书提供 HTTPS."
)


_plant_option = click.option(
    "--plant", type=click.Choice(["electronics", "dairy"]), default="electronics", show_default=True,
    help="Which plant 哪座工厂.",
)  # fmt: skip


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port 端口 (default 8000).")
@click.option("--host", help="Address to listen on 监听地址 (default 127.0.0.1).")
@_tls_option
@data_option
def serve(port: int | None, host: str | None, tls: bool, data: Path | None) -> None:
    """Run everything: database, server, worker. 启动系统。"""
    from suyuan.entry.serving import run

    run(settings_for(data, port=port, host=host, tls=tls or None))


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port 端口 (default 8000).")
@click.option("--units", type=click.IntRange(1000, 200_000), default=20_000, show_default=True, help="Units 台数.")
@_plant_option
@_tls_option
@data_option
def demo(*, port: int | None, units: int, plant: str, tls: bool, data: Path | None) -> None:
    """Run everything with a living demo plant. 启动并持续模拟一座示范工厂。"""
    from suyuan.entry.serving import run_demo

    run_demo(settings_for(data, port=port, tls=tls or None), units, plant)


@click.command(hidden=True)
def web() -> None:
    """Serve HTTP in this process group; the supervisor's child."""
    from suyuan.entry.serving import serve_web

    serve_web()


@click.command("demo-plant", hidden=True)
@click.option("--units", type=click.IntRange(1000, 200_000), default=20_000)
@_plant_option
def demo_plant(units: int, plant: str) -> None:
    """Fill and live the demo plant; the supervisor's child."""
    from suyuan.entry.boot import boot

    boot()
    if plant == "dairy":
        from suyuan.entry.demonstration_dairy import run_dairy

        run_dairy()
    else:
        from suyuan.entry.demonstration import run_plant

        run_plant(units)


@click.command(hidden=True)
def worker() -> None:
    """Deliver the outbox and run jobs; the supervisor's child."""
    from suyuan.entry.worker import run_worker

    run_worker()
