"""Transactions on connections that the server has closed."""

from __future__ import annotations

import psycopg
import pytest

from suyuan.chassis.settings import settings


def _end(backend: int) -> None:
    with psycopg.connect(settings().database_app_url or "", autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,)).fetchone() == (True,)


def test_a_connection_that_was_closed_a_moment_ago_costs_no_request(tenant) -> None:
    from suyuan.chassis.database import row_without_tenant, without_tenant

    with tenant.open() as tx:
        first = tx.value("SELECT pg_backend_pid()")
    _end(first)
    with tenant.open() as tx:
        second, seen = tx.rows("SELECT pg_backend_pid(), current_setting('suyuan.tenant')")[0]
    _end(second)
    with without_tenant() as connection:
        (third,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    _end(third)
    assert row_without_tenant("SELECT 1") == (1,)
    assert len({first, second, third}) == 3
    assert seen == str(tenant.id)


def test_what_was_begun_is_not_repeated(tenant) -> None:
    """Whether it was committed cannot be known from here: who asked decides."""
    asked = []

    def work() -> None:
        with tenant.open() as tx:
            asked.append(tx.value("SELECT pg_backend_pid()"))
            _end(asked[0])
            tx.value("SELECT 1")

    with pytest.raises(psycopg.OperationalError):
        work()
    with tenant.open() as tx:
        assert tx.value("SELECT 1") == 1
    assert len(asked) == 1
