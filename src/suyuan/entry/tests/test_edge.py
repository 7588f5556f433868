"""What the edge makes of errors: the database away, a disk that takes nothing, values that cannot be kept."""

from __future__ import annotations

import errno

import psycopg
import pytest


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "chassis.storage_full"),
        (OSError(errno.EROFS, "Read-only file system"), "chassis.storage_full"),
        (psycopg.errors.DiskFull("could not extend file"), "chassis.storage_full"),
        (psycopg.errors.InsufficientPrivilege("open file: Read-only file system"), "chassis.storage_full"),
        (psycopg.errors.InsufficientPrivilege("permission denied for table x"), "chassis.unexpected"),
        (psycopg.errors.AdminShutdown("terminating connection"), "chassis.database_away"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "chassis.unexpected"),
    ],
)
def test_what_may_be_sent_again_is_told_as_such(application, error: Exception, code: str) -> None:
    from django.db import OperationalError

    from suyuan.entry.edge import as_fault

    assert as_fault(error, "r1", "GET /api/v1/events").kind.code == code
    if isinstance(error, psycopg.OperationalError):
        wrapped = OperationalError(str(error))
        wrapped.__cause__ = error
        assert as_fault(wrapped, "r1", "GET /api/v1/events").kind.code == code
