"""Capturing on a real database: jobs, all or nothing, whatever is sound, replays, the worker."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.integration.contracts import CaptureBehaviour, CaptureJob, ContentRefused
from suyuan.integration.tests.epcis.support import DOCUMENTS, document_of, object_event, own_documents, raw
from suyuan.kernel.faults import Fault

PROCEED = CaptureBehaviour.PROCEED


def capture(tenant: Any, document: Any, *options: CaptureBehaviour) -> CaptureJob:
    from suyuan.integration import api

    with tenant.open():
        return api.capture(document if isinstance(document, bytes) else raw(document), *options, name="test.json")


def on_record(tenant: Any) -> list[str]:
    with tenant.open() as tx:
        return [row[0] for row in tx.rows("SELECT event_id FROM trace_event ORDER BY number")]


def numbered(*numbers: int, **changes: Any) -> list[dict[str, Any]]:
    return [object_event(eventID=f"urn:e:{number}", **changes) for number in numbers]


def counts(job: CaptureJob) -> tuple[bool, bool, int, int, int, int]:
    return job.running, job.success, job.events, job.accepted, job.replayed, job.refused


def test_own_documents_are_captured_once_however_often_they_are_sent(tenant: Any) -> None:
    for path in own_documents():
        job = capture(tenant, path.read_bytes())
        assert (job.success, job.replayed, job.refused, job.errors) == (True, 0, 0, ()), path.name
        assert job.accepted == job.events > 0
    before = on_record(tenant)
    for path in own_documents():
        job = capture(tenant, path.read_bytes())
        assert job.replayed == job.accepted == job.events
    assert on_record(tenant) == before


def test_master_data_of_the_header_is_kept(tenant: Any) -> None:
    capture(tenant, (DOCUMENTS / "object_commissioning.jsonld").read_bytes())
    with tenant.open() as tx:
        found = tx.rows("SELECT uri, name_zh, name_en FROM trace_master ORDER BY uri")
    assert found == [
        ("https://id.gs1.org/414/9521234000013", "总装车间", "Assembly hall"),
        ("urn:suyuan:demo:person:P012", "王小明", "王小明"),
    ]


def test_rollback_takes_nothing_where_one_event_is_wrong(tenant: Any) -> None:
    events = numbered(1, 2, 3)
    events[1]["bizStep"] = "comissioning"
    events[2]["epcList"] = ["https://id.gs1.org/01/09521234543214/21/X"]
    job = capture(tenant, document_of(*events))
    assert counts(job) == (False, False, 3, 0, 0, 3)
    assert [(error.index, error.event_id, error.code, error.at) for error in job.errors] == [
        (1, "urn:e:2", "integration.not_in_vocabulary", "/epcisBody/eventList/1/bizStep"),
        (2, "urn:e:3", "coding.check_digit", "/epcisBody/eventList/2/epcList/0"),
    ]
    assert on_record(tenant) == []


def test_proceed_takes_the_others(tenant: Any) -> None:
    events = numbered(*range(1, 8))
    events[1]["action"] = "LOOK"
    capture(tenant, document_of(*numbered(4, 5), creationDate="2026-11-01T00:00:00Z"))
    events[3]["disposition"] = "inactive"
    job = capture(tenant, document_of(*events), PROCEED)
    assert counts(job) == (False, False, 7, 5, 1, 2)
    assert [(error.index, error.code, error.at) for error in job.errors] == [
        (1, "integration.action_unknown", "/epcisBody/eventList/1/action"),
        (3, "trace.event_id_taken", "/epcisBody/eventList/3/eventID"),
    ]
    assert sorted(on_record(tenant)) == [f"urn:e:{number}" for number in (1, 3, 4, 5, 6, 7)]


def test_proceed_gets_through_many_conflicts(tenant: Any) -> None:
    capture(tenant, document_of(*numbered(*range(30))))
    job = capture(tenant, document_of(*numbered(*range(40), disposition="inactive")), PROCEED)
    assert counts(job) == (False, False, 40, 10, 0, 30)
    assert job.error_count == 30


def test_a_taken_id_rolls_all_back_also_within_one_document(tenant: Any) -> None:
    capture(tenant, document_of(*numbered(2)))
    twice = document_of(*numbered(1), *numbered(2, disposition="inactive"))
    assert counts(capture(tenant, twice)) == (False, False, 2, 0, 0, 2)
    inside = document_of(*numbered(7), *numbered(7, disposition="inactive"))
    job = capture(tenant, inside)
    assert [(error.index, error.exception) for error in job.errors] == [
        (1, "epcisException:ResourceAlreadyExistsException")
    ]
    assert on_record(tenant) == ["urn:e:2"]


def test_an_error_declaration_voids_and_is_no_conflict(tenant: Any) -> None:
    assert capture(tenant, (DOCUMENTS / "error_declaration.jsonld").read_bytes()).success
    with tenant.open() as tx:
        assert tx.value("SELECT count(*) FROM trace_event WHERE declares_error") == 1


def test_a_bad_envelope_is_refused_with_all_its_findings_and_leaves_no_job(tenant: Any) -> None:
    from suyuan.integration import api

    with pytest.raises(ContentRefused) as caught:
        capture(tenant, document_of(object_event()) | {"schemaVersion": "x", "id": "y"})
    assert [error.at for error in caught.value.errors] == ["/schemaVersion", "/id"]
    problem = caught.value.problem("en")
    assert (problem["type"], problem["status"]) == ("epcisException:ValidationException", 400)
    assert len(problem["errors"]) == 2
    for document, code in [(b"{", "malformed_json"), (raw(object_event()), "document_type_unknown")]:
        with pytest.raises(Fault, match=code):
            capture(tenant, document)
    with tenant.open():
        assert api.list_jobs(10, None).rows == []


def test_a_large_document_waits_for_the_worker(tenant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from suyuan.integration import api
    from suyuan.integration.api.epcis import limits

    monkeypatch.setattr(limits, "INLINE_BYTES", 100)
    good = capture(tenant, document_of(*numbered(1, 2)))
    bad = capture(tenant, document_of(*numbered(3), *numbered(4, action="X")))
    broken = capture(tenant, b'{"type": "EPCISDocument", ' + b" " * 200)
    partly = capture(tenant, document_of(*numbered(5), *numbered(6, action="X")), PROCEED)
    for job in (good, bad, broken, partly):
        assert (job.running, job.success) == (True, True)
    assert on_record(tenant) == []
    tenant.deliver()
    with tenant.open() as tx:
        ended = [api.capture_job(str(job.id)) for job in (good, bad, broken, partly)]
        assert tx.value("SELECT count(*) FROM integration_capture_document") == 0
        assert tx.rows("SELECT DISTINCT recorded_by FROM trace_event") == [("test",)]
    assert [counts(job)[:4] for job in ended] == [
        (False, True, 2, 2), (False, False, 2, 0), (False, False, 0, 0), (False, False, 2, 1),
    ]  # fmt: skip
    assert [job.errors[0].code for job in ended[1:]] == [
        "integration.action_unknown", "integration.malformed_json", "integration.action_unknown",
    ]  # fmt: skip
    assert on_record(tenant) == ["urn:e:1", "urn:e:2", "urn:e:5"]


def test_the_log_of_captures_is_forgotten_after_its_time_and_the_events_are_not(tenant: Any) -> None:
    from suyuan.integration.jobs.epcis import forget_captures

    old, new = capture(tenant, document_of(*numbered(1))), capture(tenant, document_of(*numbered(2)))
    with tenant.open() as tx:
        tx.execute("UPDATE integration_capture_job SET finished = now() - interval '91 days' WHERE id = %s", (old.id,))
    with tenant.open():
        forget_captures({})
    with tenant.open() as tx:
        assert tx.rows("SELECT id FROM integration_capture_job") == [(new.id,)]
    assert on_record(tenant) == ["urn:e:1", "urn:e:2"]


def test_work_done_for_somebody_is_theirs_in_ledger_and_audit(tenant: Any) -> None:
    with tenant.open() as tx:
        tx.act_for("李伟")
        tx.execute(
            "INSERT INTO tenancy_site (tenant_id, code, name_zh, name_en, created) VALUES (%s, 'B', '乙', 'B', now())",
            (tenant.id,),
        )
        assert tx.principal.name == "李伟"
        last = "SELECT actor FROM compliance_audit WHERE table_name = 'tenancy_site' ORDER BY id DESC LIMIT 1"
        assert tx.value(last) == "李伟"


def test_a_million_items_in_one_event_are_refused_by_name(tenant: Any) -> None:
    from suyuan.integration import api

    many = ",".join(f'"urn:x:{number}"' for number in range(1_000_000)).encode()
    body = raw(document_of(object_event(epcList=["urn:x:here"]))).replace(b'"urn:x:here"', many)
    job = capture(tenant, body)
    tenant.deliver()
    with tenant.open():
        ended = api.capture_job(str(job.id))
    assert (ended.success, ended.accepted, ended.refused) == (False, 0, 1)
    assert [(error.code, error.at, error.exception) for error in ended.errors] == [
        ("integration.too_many_items", "/epcisBody/eventList/0", "epcisException:CaptureLimitExceededException")
    ]


def test_the_worker_survives_what_nobody_foresaw(tenant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from suyuan.integration import api
    from suyuan.integration.api.epcis import capturing, limits

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(limits, "INLINE_BYTES", 100)
    job = capture(tenant, document_of(*numbered(1)))
    with monkeypatch.context() as patched:
        patched.setattr(capturing, "take_apart", fail)
        tenant.deliver()
    with tenant.open():
        ended = api.capture_job(str(job.id))
    assert (ended.running, ended.success, ended.errors[0].code) == (False, False, "chassis.unexpected")
    assert on_record(tenant) == []


def test_jobs_are_listed_newest_first_and_paged(tenant: Any, make_tenant: Any) -> None:
    from suyuan.integration import api

    jobs = [capture(tenant, document_of(*numbered(number))) for number in range(5)]
    with tenant.open():
        first = api.list_jobs(3, None)
        second = api.list_jobs(3, first.next)
        with pytest.raises(Fault, match="query_value_wrong"):
            api.list_jobs(3, "nonsense")
    assert [row.id for row in (*first.rows, *second.rows)] == [job.id for job in reversed(jobs)]
    assert second.next is None
    assert (first.rows[0].name, first.rows[0].errors) == ("test.json", 0)
    with make_tenant().open():
        assert api.list_jobs(3, None).rows == []
        with pytest.raises(Fault, match="no_such_capture"):
            api.capture_job(str(jobs[0].id))


def test_findings_are_bounded_and_counted(tenant: Any) -> None:
    events = numbered(*range(900), epcList=["1", "2"])
    job = capture(tenant, document_of(*events))
    assert (len(job.errors), job.error_count, job.refused) == (1000, 1800, 900)
    with tenant.open():
        from suyuan.integration import api

        detail = api.job_detail(str(job.id), "zh")
    assert json.loads(json.dumps(detail.errors[0].title, ensure_ascii=False)) == "“1”不是 URI。"


FUZZ = st.sampled_from([
    "", "urn:x:" + "y" * 5000, "urn:x:" + "y" * 1999, "9" * 500, 10**39, -(10**39), 0.1, 1e-30, True, None, [], {},
    "𠮷" * 600,
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", {"a": {"b": ["c"] * 50}},
    "urn:epc:id:sgtin:0614141.107346.2017", "https://id.gs1.org/01/09521234543213/21/%C3%A9", "urn:suyuan:demo:lot:批",
])  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_nothing_that_is_sent_makes_capture_fail_unforeseen(tenant: Any, data: st.DataObject) -> None:
    document = json.loads(data.draw(st.sampled_from(own_documents())).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        holder: Any = document
        while holder:
            key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 6)) == 0:
                holder[key] = copy.deepcopy(data.draw(FUZZ))
                break
            holder = holder[key]
    with suppress(Fault):
        job = capture(tenant, document, data.draw(st.sampled_from(CaptureBehaviour)))
        assert job.accepted + job.refused == job.events
        assert job.success == (job.error_count == 0)
