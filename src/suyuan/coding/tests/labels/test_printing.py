"""Printing: orders, queues, printers that answer, refuse, vanish; what is on record in the end."""

from __future__ import annotations

import socket

import numpy as np
import pytest

from suyuan.coding.api import labels
from suyuan.coding.contracts.labels import PrintOrder
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.layout import lay_out
from suyuan.coding.store.labels.fonts import typeface
from suyuan.coding.tests.labels.support import GTIN, READY, listening, publish, read, rows
from suyuan.kernel.faults import Fault


def work_off(tenant, printer: int) -> None:
    from suyuan.coding.jobs.printing import work_off as job

    job({"tenant": tenant.id, "printer": printer})


@pytest.fixture
def unit_label(tenant) -> str:
    with tenant.open():
        return publish("unit", READY["unit-30x20"])


def add(tenant, **values) -> int:
    wanted = {"code": "P1", "name": "打印机", "language": "zpl", "dpi": 203, **values}
    with tenant.open():
        return labels.add_printer(wanted).id


@pytest.fixture
def virtual(tenant) -> int:
    return add(tenant, connection="virtual")


def state(tenant, job) -> tuple[str, int, str | None]:
    with tenant.open():
        found = labels.job_detail(job.id).job
    return found.state, found.sent, found.fault and found.fault.code


def order(tenant, printer: int, count: int = 1, **more):
    with tenant.open("coding:label:print"):
        return labels.order(PrintOrder("unit", printer, rows(count), **more))


def test_a_virtual_printer_prints_what_was_ordered(tenant, unit_label, virtual) -> None:
    job = order(tenant, virtual, 25)
    assert job.state == "queued"
    work_off(tenant, virtual)
    with tenant.open():
        done = labels.job_detail(job.id)
        assert (done.job.state, done.job.sent, done.job.confirmed, done.job.label_version) == ("printed", 25, True, 1)
        assert done.job.created_by == "tester"
        assert read(labels.picture_of_label(job.id, 24)) == f"(01){GTIN}(21)S00024"
        assert done.rows[3].code == f"https://id.gs1.org/01/{GTIN}/21/S00003"


def test_printing_again_needs_a_reason_and_the_right(tenant, unit_label, virtual) -> None:
    first = order(tenant, virtual, 3)
    with pytest.raises(Fault, match="label_reprint_reason"):
        order(tenant, virtual, 1)
    with pytest.raises(Fault, match="not_allowed"):
        order(tenant, virtual, 1, reason="smudged")
    with tenant.open("coding:label:print", "coding:label:reprint"):
        again = labels.order(PrintOrder("unit", virtual, rows(1), reason="smudged"))
        more = labels.reprint(first.id, reason="torn", positions=[2])
    assert (again.reason, more.reason, more.reprint_of, more.labels) == ("smudged", "torn", first.id, 1)
    work_off(tenant, virtual)
    with tenant.open():
        assert [job.state for job in labels.list_jobs(10)[0]] == ["printed"] * 3
        assert read(labels.picture_of_label(more.id, 0)) == f"(01){GTIN}(21)S00002"


def test_a_pdf_is_on_record_like_a_print_and_made_again_only_with_a_reason_and_the_right(tenant, unit_label) -> None:
    with tenant.open("coding:label:print"):
        assert labels.pdf_of("unit", rows(2), None).startswith(b"%PDF")
        (kept,) = labels.list_jobs(10)[0]
        assert (kept.printer_id, kept.printer_name, kept.language) == (None, "PDF", "pdf")
        assert (kept.state, kept.labels, kept.sent, kept.label_version) == ("printed", 2, 2, 1)
    for reason, wanted in (("", "label_reprint_reason"), ("torn", "not_allowed")):
        with pytest.raises(Fault, match=wanted), tenant.open("coding:label:print"):
            labels.pdf_of("unit", rows(1), None, reason)
    with tenant.open("coding:label:print", "coding:label:reprint"):
        with pytest.raises(Fault, match="label_reprint_reason"):
            labels.pdf_again(kept.id, " ", [], None)
        with pytest.raises(Fault, match="label_no_printer"):
            labels.reprint(kept.id, reason="torn")
        assert labels.pdf_again(kept.id, "torn", [1], {"columns": 2, "rows": 2}).startswith(b"%PDF")
        newest = labels.list_jobs(10)[0][0]
        assert (newest.reprint_of, newest.reason, newest.labels) == (kept.id, "torn", 1)
        assert read(labels.picture_of_label(newest.id, 0)) == f"(01){GTIN}(21)S00001"


def test_a_wrong_row_refuses_the_whole_job_and_leaves_no_trace(tenant, unit_label, virtual) -> None:
    wrong = [*rows(2), {"gtin": "09521234543212", "serial": "1", "product_name": "x"}]
    with tenant.open("coding:label:print"), pytest.raises(Fault) as refused:
        labels.order(PrintOrder("unit", virtual, wrong))
    assert (refused.value.kind.code, refused.value.at) == ("coding.check_digit", "/rows/2/elements/0")
    with tenant.open():
        assert labels.list_jobs(10)[0] == []


@pytest.mark.parametrize("language", ["zpl", "tspl"])
def test_what_a_printer_gets_is_the_preview_dot_for_dot(tenant, unit_label, language) -> None:
    with listening(language) as (server, printed):
        printer = add(tenant, language=language, host="127.0.0.1", port=server.server_address[1])
        job = order(tenant, printer, 12, copies=2)
        work_off(tenant, printer)
    assert state(tenant, job) == ("printed", 12, None)
    assert [each.copies for each in printed] == [2] * 12
    for row, each in zip(rows(12), printed, strict=True):
        assert np.array_equal(each.dots, lay_out(READY["unit-30x20"], row, 203, typeface()).dots())


def test_a_printer_without_paper_is_waited_for(tenant, unit_label) -> None:
    with listening() as (server, printed):
        server.paper_out = True
        printer = add(tenant, host="127.0.0.1", port=server.server_address[1])
        job = order(tenant, printer)
        work_off(tenant, printer)
        assert state(tenant, job) == ("queued", 0, "coding.label_printer_not_ready")
        with tenant.open():
            assert labels.check_printer(printer).conditions == ("paper_out",)
        server.paper_out = False
        with tenant.open("coding:label:print"):
            labels.retry_job(job.id)
        work_off(tenant, printer)
        assert state(tenant, job) == ("printed", 1, None)
        assert len(printed) == 1


def test_a_printer_that_is_away_is_tried_again_and_given_up_in_the_end(tenant, unit_label) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    printer = add(tenant, host="127.0.0.1", port=port)
    job = order(tenant, printer)
    for _ in range(7):
        work_off(tenant, printer)
        with tenant.open() as tx:
            tx.execute("UPDATE coding_print_job SET due = clock_timestamp()")
    assert state(tenant, job) == ("failed", 0, "coding.label_printer_away")
    with tenant.open():
        assert not labels.check_printer(printer).reachable


def test_a_printer_that_vanishes_in_the_middle_is_never_sent_the_rest_unasked(tenant, unit_label) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = add(tenant, host="127.0.0.1", port=server.getsockname()[1], answers=True)
        job = order(tenant, printer, 2)
        import threading

        def answer_once() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(100)
                connection.sendall(
                    b"\x02030,0,0,0800,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
                )
                connection.recv(100)

        thread = threading.Thread(target=answer_once)
        thread.start()
        work_off(tenant, printer)
        thread.join()
    assert state(tenant, job) == ("failed", 2, "coding.label_printer_silent")
    with tenant.open("coding:label:print"), pytest.raises(Fault, match="label_job_state"):
        labels.retry_job(job.id)


def test_a_queued_job_can_be_canceled(tenant, unit_label, virtual) -> None:
    job = order(tenant, virtual, 2)
    with tenant.open("coding:label:print"):
        assert labels.cancel_job(job.id).state == "canceled"
        with pytest.raises(Fault, match="label_job_state"):
            labels.cancel_job(job.id)
    work_off(tenant, virtual)
    assert state(tenant, job)[0] == "canceled"
    order(tenant, virtual, 2)  # nothing was printed, so this is no reprint


def test_a_job_whose_worker_was_killed_is_told_as_interrupted(tenant, unit_label, virtual) -> None:
    job = order(tenant, virtual, 2)
    with tenant.open() as tx:
        tx.execute(
            "UPDATE coding_print_job SET state = 'sending', sent = 1, seen = clock_timestamp() - interval '1 hour'"
        )
    work_off(tenant, virtual)
    assert state(tenant, job) == ("failed", 1, "coding.label_interrupted")


def test_a_test_print_of_a_draft_is_on_record_with_its_document(tenant, virtual) -> None:
    body = doc.written(READY["unit-30x20"])
    with tenant.open("coding:label:print"):
        job = labels.order(PrintOrder("sketch", virtual, rows(1), body=body))
        again = labels.order(PrintOrder("sketch", virtual, rows(1), body=body))
    work_off(tenant, virtual)
    assert (job.label_version, state(tenant, job)[0], state(tenant, again)[0]) == (None, "printed", "printed")


def test_a_label_wider_than_the_printer_and_a_printer_out_of_use_are_refused(tenant, unit_label, virtual) -> None:
    with tenant.open():
        labels.change_printer(virtual, {"width_mm": 20})
    with pytest.raises(Fault, match="label_wider_than_printer"):
        order(tenant, virtual)
    with tenant.open():
        labels.change_printer(virtual, {"width_mm": 104, "active": False})
    with pytest.raises(Fault, match="label_printer_inactive"):
        order(tenant, virtual)


def test_values_come_from_codes(tenant, unit_label, virtual) -> None:
    with tenant.open("coding:label:print"):
        given = {"code": f"(01){GTIN}(17)281100(10)L1(21)X9", "product_name": "泵"}
        job = labels.order(PrintOrder("unit", virtual, [given]))
        values = labels.values_of(given["code"]).values
    assert values["expiry"] == "2028-11-30"
    assert (values["gtin"], values["lot"], values["serial"]) == (GTIN, "L1", "X9")
    work_off(tenant, virtual)
    with tenant.open():
        assert read(labels.picture_of_label(job.id, 0)) == f"(01){GTIN}(21)X9"


def test_codes_that_were_issued_here_are_printed_then(tenant, virtual) -> None:
    from tests.support.issued import define, issue, serial_rule
    from tests.support.web import InProcess

    client = InProcess(tenant.token())
    define(client, "r", serial_rule("M"))
    issue(client, "r", 3)
    label = doc.Label(
        width=60, height=20, fields=(doc.Field(id="text", sample="A1"),),
        elements=(doc.Code128(id="s", x=1, y=1, w=58, h=15, content="{text}"),),
    )  # fmt: skip
    with tenant.open():
        publish("plant", label)
    with tenant.open("coding:label:print"):
        job = labels.order(PrintOrder("plant", virtual, [{"code": "U-M-000002"}]))
    work_off(tenant, virtual)
    assert state(tenant, job) == ("printed", 1, None)
    told = [client.get("/api/v1/codes/state", params={"code": f"U-M-00000{number}"}).json() for number in (1, 2)]
    assert [each["state"] for each in told] == ["issued", "printed"]
