"""The ``suyuan`` command."""

from __future__ import annotations

import sys

import click

from suyuan import __version__
from suyuan.entry.cli.administration import doctor, migrate, rebuild, token, user
from suyuan.entry.cli.backing_up import backup, restore
from suyuan.entry.cli.certificates import certificate
from suyuan.entry.cli.codes import codes
from suyuan.entry.cli.decoding import decode
from suyuan.entry.cli.index import index
from suyuan.entry.cli.labels import labels
from suyuan.entry.cli.ledger import capture, trace
from suyuan.entry.cli.moving import database_group
from suyuan.entry.cli.packs import pack
from suyuan.entry.cli.running import demo, demo_plant, serve, web, worker
from suyuan.entry.cli.sealing import log_group, verify
from suyuan.entry.cli.tenants import tenant_group
from suyuan.kernel.faults import Fault


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="suyuan")
def suyuan() -> None:
    """Suyuan 溯源: production traceability 生产追溯系统.

    Data lives in one directory (--data, or SUYUAN_DATA; default ~/.local/share/suyuan). The database is embedded unless
    DATABASE_URL names an external PostgreSQL.
    """


COMMANDS = (
    serve,
    demo,
    capture,
    trace,
    decode,
    codes,
    pack,
    labels,
    migrate,
    user,
    token,
    doctor,
    rebuild,
    index,
    log_group,
    tenant_group,
    certificate,
    backup,
    restore,
    database_group,
    verify,
    web,
    worker,
    demo_plant,
)
for command in COMMANDS:
    command.short_help = (command.help or "").partition("\n\n")[0].replace("\n", " ")  # in both languages, uncut
    suyuan.add_command(command)


def main() -> None:
    """Run the command; a refusal is told in both languages with its remedy, and exits with 1."""
    try:
        status = suyuan(standalone_mode=False)
    except Fault as fault:
        place = f" [{fault.at}]" if fault.at else ""
        for language in ("zh", "en"):
            click.echo(f"{fault.title(language)}{place}\n  → {fault.remedy(language)}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    if isinstance(status, int):  # what a command raised as click's Exit comes back as a value
        sys.exit(status)
