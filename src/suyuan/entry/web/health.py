"""Health for machines: alive (this process), ready (the database answers and is migrated)."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from suyuan import __version__
from suyuan.chassis.http import open_operation, reply


@open_operation("tells only that this process runs")
def alive(_: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs."""
    return reply({"status": "alive", "version": __version__})


@open_operation("tells only whether this server can serve")
def ready(_: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and has every migration; 503 otherwise, with the reason."""
    executor = MigrationExecutor(connection)
    missing = [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if missing:
        return reply({"status": "not migrated", "missing": missing}, 503)
    return reply({"status": "ready", "version": __version__})
