"""Printing: orders, queues, printers that answer, refuse, vanish; what is on record in the end."""

from __future__ import annotations

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from suyuan.coding.api import labels
from suyuan.coding.contracts.labels import PrintOrder
from suyuan.coding.domain.labels import documents as doc
from suyuan.coding.domain.labels.ready import ready_labels
from suyuan.coding.jobs.sending import print_waiting
from suyuan.designer import api as designer
from suyuan.kernel.faults import Fault

UNIT = next(each for each in ready_labels() if each.key == "unit-30x20").label
GTIN = "09521234543213"


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    return [
        {"gtin": GTIN, "serial": f"S{number:05}", "product_name": "智能温控器 T-200"}
        for number in range(start, start + count)
    ]


@pytest.fixture
def unit_label(tenant) -> str:
    with tenant.open():
        made = designer.save_draft(
            "label", "unit", title_zh="单件标签", title_en="Unit label", body=doc.written(UNIT), revision=None
        )
        designer.publish("label", "unit", revision=made.row.revision, note="first")
    return "unit"


@pytest.fixture
def virtual(tenant) -> int:
    with tenant.open():
        return labels.add_printer(
            {"code": "V1", "name": "虚拟", "language": "zpl", "dpi": 203, "connection": "virtual"}
        ).id


def read(png: bytes) -> str:
    picture = np.array(Image.open(io.BytesIO(png)).convert("L"))
    return zxingcpp.read_barcode(np.pad(picture, 20, constant_values=255)).text


def test_a_virtual_printer_prints_what_was_ordered(tenant, unit_label, virtual) -> None:
    with tenant.open("coding:label:print"):
        job = labels.order(PrintOrder(unit_label, virtual, rows(25)))
    assert job.state == "queued"
    assert print_waiting(tenant.id, virtual) == 1
    with tenant.open():
        done = labels.job_detail(job.id)
        assert (done.job.state, done.job.sent, done.job.confirmed, done.job.label_version) == ("printed", 25, True, 1)
        assert done.job.created_by == "tester"
        assert read(labels.picture_of_label(job.id, 24)) == f"(01){GTIN}(21)S00024"
        assert done.rows[3].code == f"https://id.gs1.org/01/{GTIN}/21/S00003"


def test_printing_again_needs_a_reason_and_the_right(tenant, unit_label, virtual) -> None:
    with tenant.open("coding:label:print"):
        labels.order(PrintOrder(unit_label, virtual, rows(3)))
    with tenant.open("coding:label:print"), pytest.raises(Fault, match="label_reprint_reason"):
        labels.order(PrintOrder(unit_label, virtual, rows(1)))
    with tenant.open("coding:label:print"), pytest.raises(Fault, match="not_allowed"):
        labels.order(PrintOrder(unit_label, virtual, rows(1), reason="smudged"))
    with tenant.open("coding:label:print", "coding:label:reprint"):
        again = labels.order(PrintOrder(unit_label, virtual, rows(1), reason="smudged"))
        assert again.reason == "smudged"
    with tenant.open():
        assert len(labels.list_jobs(10)[0]) == 2


def test_a_wrong_row_refuses_the_whole_job_and_leaves_no_trace(tenant, unit_label, virtual) -> None:
    wrong = [*rows(2), {"gtin": "09521234543212", "serial": "1", "product_name": "x"}]
    with tenant.open("coding:label:print"), pytest.raises(Fault) as refused:
        labels.order(PrintOrder(unit_label, virtual, wrong))
    assert (refused.value.kind.code, refused.value.at) == ("coding.check_digit", "/rows/2/elements/0")
    with tenant.open():
        assert labels.list_jobs(10)[0] == []
