"""Transactions on connections that the server has closed."""

from __future__ import annotations

import psycopg
import pytest

from suyuan.chassis.settings import settings
from tests.support.database import owner_url


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


@pytest.mark.parametrize("together", [True, False])
def test_what_a_fault_ends_is_undone_and_the_rest_stays(tenant, together) -> None:
    from contextlib import nullcontext

    from suyuan.chassis.contracts import NOT_FOUND
    from suyuan.chassis.outbox import publish
    from suyuan.kernel.faults import Fault

    def fail(tx) -> None:
        with tx.tentative():
            publish("undone", {"n": 2})
            with tx.tentative():
                publish("undone", {"n": 3})
            raise NOT_FOUND(what="it")

    with tenant.open() as tx, tx.at_once() if together else nullcontext():
        publish("kept", {"n": 1})
        with pytest.raises(Fault):
            fail(tx)
        with tx.tentative():
            publish("kept", {"n": 4})
    with tenant.open() as tx:
        assert tx.rows("SELECT topic, payload ->> 'n' FROM chassis_outbox ORDER BY id") == [
            ("kept", "1"),
            ("kept", "4"),
        ]


def test_what_is_asked_ahead_is_asked_once(tenant) -> None:
    asked: list[str] = []

    def ask(name: str):
        asked.append(name)
        return lambda: f"{name} answered"

    with tenant.open() as tx:
        tx.ahead("a", lambda: ask("a"))
        assert asked == []  # nobody keeps it
        with tx.steady():
            tx.ahead("a", lambda: ask("a"))
            assert [tx.once("a", lambda: ask("a")) for _ in range(2)] == ["a answered"] * 2
            assert tx.once("b", lambda: ask("b")) == "b answered"
        assert tx.once("b", lambda: ask("b")) == "b answered"
    assert asked == ["a", "b", "b"]


def test_what_is_asked_at_once_is_not_waited_for(tenant) -> None:
    """Each statement is sent while the server cannot go on with the first, though each fills the socket's buffer."""
    with psycopg.connect(owner_url()) as other, tenant.open() as tx:
        other.execute("SELECT pg_advisory_lock(72)")
        with tx.at_once():
            tx.execute("SELECT pg_advisory_xact_lock(72)")
            cursors = [tx.execute("SELECT length(%s::text)", ("x" * 60_000,)) for _ in range(3)]
            other.execute("SELECT pg_advisory_unlock(72)")
        assert [cursor.fetchall() for cursor in cursors] == [[(60_000,)]] * 3
