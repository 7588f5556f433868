"""Running the whole: database, web server, worker and, for the demo, a living plant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from suyuan.chassis.settings import Settings, settings
from suyuan.entry import installation
from suyuan.entry.processes import Child, ProcessGroup, claimed, is_listening, require_free_port

_SELF = (sys.executable, "-m", "suyuan.entry")


def address(chosen: Settings) -> str:
    """Return where a browser on this machine reaches the server."""
    host = "127.0.0.1" if chosen.host in {"0.0.0.0", "::"} else chosen.host  # noqa: S104 (compared, not bound)
    return f"http://{f'[{host}]' if ':' in host else host}:{chosen.port}"


def run(chosen: Settings, *, name: str = "suyuan serve", more: Sequence[Child] = ()) -> None:
    """Run everything until Ctrl-C or a signal. What cannot work is refused before anything is started."""
    with claimed(chosen.data, f"{name}, port {chosen.port}") as claim:
        require_free_port(chosen.host, chosen.port)
        click.echo("正在启动数据库…… Starting the database…")
        with installation.database(chosen) as database:
            installation.migrate(database.urls, chosen)
            installation.export(database.urls, chosen)
            os.environ["SUYUAN_PORT"], os.environ["SUYUAN_HOST"] = str(chosen.port), chosen.host
            children = [Child("web", [*_SELF, "web"]), Child("worker", [*_SELF, "worker"]), *more]
            status = ProcessGroup(
                children,
                database=database.server,
                inherit=[claim],
                say=lambda line: click.echo(line, err=True),
                is_ready=lambda: is_listening(chosen.host, chosen.port),
                when_ready=lambda: click.echo(f"溯源已就绪 Suyuan is ready: {address(chosen)}"),
            ).run()
    if status:
        raise click.exceptions.Exit(status)


def run_demo(chosen: Settings, units: int) -> None:
    """Run everything with the demo plant."""
    plant = Child("demo-plant", [*_SELF, "demo-plant", "--units", str(units)])
    run(chosen, name="suyuan demo", more=[plant])


def serve_web() -> None:
    """Serve HTTP with the settings' number of worker processes; runs until signalled."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    chosen = settings()
    Server(
        "suyuan.entry.asgi:app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=chosen.web_workers,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        backlog=1024,
        websockets=False,
    ).serve()
