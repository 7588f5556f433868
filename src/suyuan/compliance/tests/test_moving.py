"""Everything to another server: the same row by row, all or nothing, and never onto anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from suyuan.kernel.faults import Fault
from tests.support.bakery import Bakery
from tests.support.database import owner_url
from tests.support.web import InProcess


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Lend an installation's empty database; gives how to connect as its owner."""
    name = f"suyuan_moved_{os.getpid()}"
    admin = os.environ["SUYUAN_TEST_ADMIN"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE suyuan_template OWNER suyuan_owner")
    yield make_conninfo(os.environ["SUYUAN_TEST_OWNER"], dbname=name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _counts(address: str) -> dict[str, int]:
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    with psycopg.connect(address) as connection:
        names = [row[0] for row in connection.execute(query) if row[0] != "django_migrations"]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


@pytest.mark.slow  # it reads every table in one transaction, which holds up what other tests wait for
def test_everything_is_the_same_there_or_nothing_is(make_tenant: Any, elsewhere: str, monkeypatch: Any) -> None:
    from suyuan.compliance import api
    from suyuan.compliance.jobs.moving import move_everything
    from suyuan.compliance.store import whole_database

    tenants = [make_tenant(), make_tenant()]
    for number, tenant in enumerate(tenants):
        tenant.person()
        client = InProcess(tenant.token())
        assert client.post("/epcis/v2/capture", content=Bakery(f"m{number}-{tenant.id}").whole()).json()["success"]
        tenant.deliver()
        with tenant.open():
            api.make_checkpoint()
    empty = _counts(elsewhere)

    spoilt = whole_database.read_again
    monkeypatch.setattr(whole_database, "read_again", lambda there, part: whole_database.Copied(0, b"otherwise"))
    with pytest.raises(Fault) as refused:
        move_everything(owner_url(), elsewhere, lambda *_: None)
    assert refused.value.kind.code == "compliance.move_differs"
    assert _counts(elsewhere) == empty, "all or nothing"

    monkeypatch.setattr(whole_database, "read_again", spoilt)
    seen: list[tuple[int, int, int]] = []
    moved = move_everything(owner_url(), elsewhere, lambda *how: seen.append(how))
    assert seen[-1][0] == seen[-1][1]
    assert _counts(elsewhere) == _counts(owner_url())
    assert moved.rows == sum(_counts(owner_url()).values())
    with psycopg.connect(elsewhere) as there:
        row = there.execute(
            "SELECT count(*) FILTER (WHERE tgenabled = 'D'), count(*) FROM pg_trigger WHERE NOT tgisinternal"
        ).fetchone()
        assert row is not None
        assert row[0] == 0, "what guards the tables acts again"
        top = there.execute("SELECT max(number) FROM trace_event").fetchone()
        name = "SELECT last_value FROM pg_sequences WHERE sequencename = 'trace_event_number_seq'"
        assert there.execute(name).fetchone() >= top


def test_a_database_with_anything_in_it_is_refused(elsewhere: str) -> None:
    from suyuan.chassis.postgres import refuse_unless_empty

    with pytest.raises(Fault) as refused:
        refuse_unless_empty(elsewhere)
    assert refused.value.kind.code == "chassis.database_not_empty"
    refuse_unless_empty(make_conninfo(elsewhere, dbname="does_not_exist"))
