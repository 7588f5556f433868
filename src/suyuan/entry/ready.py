"""What commands share: where data is, the database running and migrated, Django ready, the tenant chosen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from suyuan.chassis.settings import Settings, settings
from suyuan.entry import installation
from suyuan.kernel.faults import fault_kind
from suyuan.kernel.principals import Principal

F = TypeVar("F", bound=Callable[..., Any])

TENANT_UNCLEAR = fault_kind(
    "entry.tenant_unclear",
    422,
    zh="没有租户“{given}”，或有多个租户而未指明。",
    en="There is no tenant “{given}”, or there are several and none was named.",
    remedy_zh="用 --tenant 指明；先用 suyuan user add 建立第一个。",
    remedy_en="Name it with --tenant; make the first one with suyuan user add.",
)


def data_option(command: F) -> F:
    """Add ``--data``."""
    return click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory 数据目录.")(
        command
    )


def tenant_option(command: F) -> F:
    """Add ``--tenant``."""
    return click.option("--tenant", help="Tenant code 租户代码 (not needed where there is one).")(command)


def settings_for(data: Path | None, **changes: object) -> Settings:
    """Return the settings with the command line's choices, for this process and its children."""
    if data is not None:
        os.environ["SUYUAN_DATA"] = str(data.resolve())
    for name, value in changes.items():
        if value is not None:
            os.environ[f"SUYUAN_{name.upper()}"] = str(value)
    settings.cache_clear()
    return settings()


@contextmanager
def ready(data: Path | None) -> Iterator[Settings]:
    """Have the database running and migrated and this process booted, for one command."""
    chosen = settings_for(data)
    with installation.database(chosen) as database:
        installation.migrate(database.urls, chosen)
        installation.export(database.urls, chosen)
        settings.cache_clear()
        from suyuan.entry.boot import boot

        boot()
        yield chosen


def operator(tenant: str | None) -> Principal:
    """Return the principal of whoever runs commands on this machine.

    :raises Fault: ``entry.tenant_unclear``.
    """
    from suyuan.tenancy import api as tenancy

    tenant_id = tenancy.find_tenant(tenant)
    if tenant_id is None:
        raise TENANT_UNCLEAR(given=tenant or "")
    return Principal(tenant_id, None, f"cli:{os.environ.get('USER', 'operator')}", via="system")
