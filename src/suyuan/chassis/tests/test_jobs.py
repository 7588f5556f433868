"""Jobs through the real queue: asked for with a transaction or not at all, done as the tenant's own work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest

from suyuan.chassis.jobs import Job, bind, later


@pytest.fixture
def notes() -> list[tuple[int, str, dict[str, Any]]]:
    return []


@pytest.fixture
def job(notes: list[tuple[int, str, dict[str, Any]]]) -> Iterator[str]:
    from procrastinate.contrib.django import app

    from suyuan.chassis.database import tx

    name = f"chassis.test_{uuid4().hex[:8]}"

    def note(given: Mapping[str, Any]) -> None:
        notes.append((tx().principal.tenant_id, tx().principal.name, dict(given)))
        if given.get("fail"):
            raise RuntimeError("meant")

    bind([Job(name, note)], list)
    yield name
    del app.tasks[name]


def work(name: str) -> None:
    """Do what waits, as the worker does."""
    from procrastinate.contrib.django import app

    app.with_connector(app.connector.get_worker_connector()).run_worker(
        wait=False, install_signal_handlers=False, listen_notify=False, queues=[name]
    )


def test_a_job_is_done_once_its_transaction_has_committed(tenant, job: str, notes: list[Any]) -> None:
    with tenant.open():
        later(job, {"lot": "L1"})
        work(job)
        assert notes == [], "nothing was committed yet"
    work(job)
    work(job)
    assert notes == [(tenant.id, f"worker:{job}", {"lot": "L1"})]


def test_a_transaction_undone_has_asked_for_nothing(tenant, job: str, notes: list[Any]) -> None:
    with tenant.open() as tx:
        later(job, {})
        tx.abandon()
    work(job)
    assert notes == []


def test_a_failed_job_is_kept_to_be_tried_again(tenant, job: str, notes: list[Any]) -> None:
    with tenant.open():
        later(job, {"fail": True})
    work(job)
    with tenant.open() as tx:
        status = tx.rows("SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s", (job,))
        tx.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", (job,))
    assert (len(notes), status) == (1, [("todo", 1)])
