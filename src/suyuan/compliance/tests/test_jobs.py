"""What the worker does by the clock, without waiting for the clock."""

from __future__ import annotations

import time

import psycopg
import pytest

from tests.support.database import owner_url
from tests.support.web import InProcess


@pytest.fixture
def jobs(application):
    from suyuan.compliance import jobs

    return jobs


def _grow(tenant, subject: int) -> None:
    from suyuan.compliance import api

    with tenant.open():
        api.append("s", [subject], [bytes([subject]) * 32])


def test_a_checkpoint_is_signed_where_the_log_grew_and_sent_where_it_is_due(tenant, jobs) -> None:
    from suyuan.chassis.settings import settings

    client = InProcess(tenant.token())
    path = settings().data / "checkpoints" / f"jobs-{tenant.code}"
    place = {"kind": "folder", "name": "share", "settings": {"path": str(path)}, "every_minutes": 1}
    assert client.post("/api/v1/log/places", json=place).status_code == 201
    _grow(tenant, 1)
    rows: list[dict[str, object]] = []
    for _ in range(240):  # the second seals that a key was made by the first, once every older transaction has ended
        jobs.checkpoint_tenant(tenant.id)
        rows = client.get("/api/v1/log/checkpoints").json()["rows"]
        if len(rows) == 2:
            break
        time.sleep(0.5)
    jobs.checkpoint_tenant(tenant.id)  # finds nothing to do
    rows = client.get("/api/v1/log/checkpoints").json()["rows"]
    assert [row["number"] for row in rows] == [2, 1]
    (note,) = path.rglob("*.note")
    assert note.read_text(encoding="utf-8") == rows[1]["note"]
    assert client.get("/api/v1/log/places").json()["rows"][0]["last"]["good"] is True


def test_a_log_that_was_cut_is_not_signed_any_more(tenant, jobs) -> None:
    client = InProcess(tenant.token())
    _grow(tenant, 1)
    jobs.checkpoint_tenant(tenant.id)
    with psycopg.connect(owner_url()) as owner:
        owner.execute("ALTER TABLE compliance_checkpoint DISABLE TRIGGER USER")
        owner.execute("DELETE FROM compliance_checkpoint WHERE tenant_id = %s", (tenant.id,))
        owner.execute("ALTER TABLE compliance_checkpoint ENABLE TRIGGER USER")
    _grow(tenant, 2)
    jobs.checkpoint_tenant(tenant.id)
    assert client.get("/api/v1/log/checkpoint").status_code == 404
    jobs.verify_tenant(tenant.id)
    found = client.get("/api/v1/log").json()["verification"]
    assert not found["sound"]
    assert ("checkpoint_gone", "checkpoint 1") in {(each["code"], each["place"]) for each in found["findings"]}


def test_asking_for_a_verification_leaves_one_job(tenant) -> None:
    client = InProcess(tenant.token())
    for _ in range(2):
        assert client.post("/api/v1/log/verifications").status_code == 202
    with psycopg.connect(owner_url()) as owner:
        row = owner.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queueing_lock = %s",
            (f"compliance.verify_tenant/{tenant.id}",),
        ).fetchone()
    assert row == (1,)


def test_proofs_over_http_are_those_of_the_newest_checkpoint(tenant, jobs) -> None:
    client = InProcess(tenant.token())
    for subject in (1, 2, 3):
        _grow(tenant, subject)
        jobs.checkpoint_tenant(tenant.id)
    proof = client.get("/api/v1/log/proof", params={"event": 2, "kind": "s"}).json()
    assert (proof["subject"], proof["size"]) == (2, client.get("/api/v1/log").json()["sealed"])
    grown = client.get("/api/v1/log/consistency", params={"from": 1, "to": proof["size"]})
    assert len(grown.json()["path"]) >= 1
    backwards = client.get("/api/v1/log/consistency", params={"from": 3, "to": 2})
    assert (backwards.status_code, backwards.json()["code"]) == (422, "compliance.no_such_size")
    unknown = client.get("/api/v1/log/proof", params={"event": 99})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "compliance.not_sealed")
