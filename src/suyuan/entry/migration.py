"""``python -m suyuan.entry.migration``: migrate as owner, then protect every table by what it is."""

from __future__ import annotations

import os

from suyuan.entry.boot import boot

LOCK_TIMEOUT = "5s"
ADVISORY_KEY = 0x53555955414E


def main() -> None:
    """Migrate under an advisory lock, with a lock timeout so that a busy table makes us wait, not everybody."""
    boot()
    from django.core.management import call_command
    from django.db import connection, transaction

    from suyuan.chassis.database import named_sql

    app_role = os.environ.get("SUYUAN_APP_ROLE", "suyuan_app")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_KEY])
        cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        # What a migration changes is the program's doing: not an administrator's, past it.
        cursor.execute(
            "SELECT set_config('suyuan.via', 'system', false), set_config('suyuan.actor_name', %s, false)",
            ["suyuan migrate"],
        )
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('suyuan.app_role', %s, true)", [app_role])
        cursor.execute(named_sql("suyuan.chassis", "own_numbers.sql"))
        cursor.execute(named_sql("suyuan.chassis", "secure_tables.sql"))
        cursor.execute(named_sql("suyuan.compliance.store", "attach_audit.sql"))
        # Says, last of all, which files made these tables: see installation.migrate.
        cursor.execute("COMMENT ON SCHEMA public IS %s", [os.environ.get("SUYUAN_SCHEMA")])


if __name__ == "__main__":
    main()
