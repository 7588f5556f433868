"""Running the whole: database, web server, worker and, for the demo, a living plant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from suyuan.chassis.settings import Settings, settings
from suyuan.entry import certificates, installation
from suyuan.entry.processes import Child, ProcessGroup, claimed, is_listening, require_free_port
from suyuan.entry.processes.leftovers import end_leftovers, marked

_SELF = (sys.executable, "-m", "suyuan.entry")


def address(chosen: Settings) -> str:
    """Return where a browser on this machine reaches the server."""
    host = "127.0.0.1" if chosen.host in {"0.0.0.0", "::"} else chosen.host  # noqa: S104 (compared, not bound)
    return f"{'https' if chosen.tls else 'http'}://{f'[{host}]' if ':' in host else host}:{chosen.port}"


def run(chosen: Settings, *, name: str = "suyuan serve", more: Sequence[Child] = ()) -> None:
    """Run everything until Ctrl-C or a signal. What cannot work is refused before anything is started."""
    with claimed(chosen.data, f"{name}, port {chosen.port}") as claim:
        end_leftovers(chosen.data)
        require_free_port(chosen.host, chosen.port)
        if chosen.tls:
            _certify(chosen)
        click.echo("正在启动数据库…… Starting the database…")
        with installation.database(chosen) as database:
            installation.outliving_crashes(database.server, lambda: installation.migrate(database.urls, chosen))
            installation.export(database.urls, chosen)
            os.environ["SUYUAN_PORT"], os.environ["SUYUAN_HOST"] = str(chosen.port), chosen.host
            children = [Child("web", [*_SELF, "web"]), Child("worker", [*_SELF, "worker"]), *more]
            status = ProcessGroup(
                [marked(child, chosen.data) for child in children],
                database=database.server,
                inherit=[claim],
                say=lambda line: click.echo(line, err=True),
                is_ready=lambda: is_listening(chosen.host, chosen.port),
                when_ready=lambda: click.echo(f"溯源已就绪 Suyuan is ready: {address(chosen)}"),
            ).run()
    if status:
        raise click.exceptions.Exit(status)


def _certify(chosen: Settings) -> None:
    """Have a certificate that is good for a while; a session's cookie then leaves by HTTPS only."""
    made, fresh = certificates.ensure(chosen.data)
    os.environ["SUYUAN_SECURE_COOKIES"] = "true"
    if fresh:
        click.echo("已生成服务器证书。A server certificate was made.")
    click.echo(f"设备打开 {address(chosen)}/certificate 安装根证书。Devices install the authority there.")
    click.echo(f"  SHA-256: {made.fingerprint()}")


def run_demo(chosen: Settings, units: int, plant: str) -> None:
    """Run everything with a demo plant."""
    child = Child("demo-plant", [*_SELF, "demo-plant", "--units", str(units), "--plant", plant])
    run(chosen, name="suyuan demo", more=[child])


def serve_web() -> None:
    """Serve HTTP with the settings' number of worker processes; runs until signalled."""
    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels
    from granian.server import Server

    chosen = settings()
    made = certificates.of(chosen.data)
    Server(
        "suyuan.entry.asgi:app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.web_workers,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        ssl_cert=made.server if chosen.tls else None,
        ssl_key=made.server_key if chosen.tls else None,
        ssl_protocol_min=SSLProtocols.tls12,  # what PDAs of ten years ago speak
        backlog=1024,
        websockets=False,
    ).serve()
