"""Every operation of labels, printers and print jobs that changes something, done once by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.web import InProcess

Change = Callable[[InProcess, int], Any]
GTIN = "09521234543213"
LABEL = {
    "width": 40,
    "height": 20,
    "fields": [{"id": "serial", "sample": "S1"}],
    "elements": [
        {"type": "datamatrix", "id": "symbol", "x": 1, "y": 1, "w": 16, "h": 16,
         "content": f"(01){GTIN}(21){{serial}}"},
    ],
}  # fmt: skip


def publish_label(boss: InProcess, key: str, title: str = "标签") -> str:
    """Publish a small label under a key; return the key."""
    draft = {"title_zh": title, "title_en": title, "body": LABEL}
    made = boss.put(f"/api/v1/definitions/label/{key}", json=draft)
    assert made.status_code == 200, made.text
    noted = {"revision": made.json()["row"]["revision"], "note": "first"}
    assert boss.post(f"/api/v1/definitions/label/{key}/publish", json=noted).status_code == 200
    return key


def add_printer(boss: InProcess, code: str) -> Any:
    body = {"code": code, "name": code, "language": "zpl", "dpi": 203, "connection": "virtual"}
    return boss.post("/api/v1/printers", json=body)


def order(boss: InProcess, number: int) -> Any:
    """Order one label of a person's own on a printer of their own."""
    printer = add_printer(boss, f"P{number}").json()["id"]
    body = {"label_key": publish_label(boss, f"l{number}"), "printer_id": printer, "rows": [{"serial": f"S{number}"}]}
    return boss.post("/api/v1/print-jobs", json=body)


def _job(boss: InProcess, number: int) -> str:
    return f"/api/v1/print-jobs/{order(boss, number).json()['id']}"


LABEL_CHANGES: dict[str, Change] = {
    "POST /api/v1/printers": lambda boss, number: add_printer(boss, f"P{number}"),
    "PATCH /api/v1/printers/{printer_id}": lambda boss, number: boss.patch(
        f"/api/v1/printers/{add_printer(boss, f'P{number}').json()['id']}", json={"name": "x"}
    ),
    "POST /api/v1/print-jobs": order,
    "POST /api/v1/print-jobs/{job_id}/cancel": lambda boss, number: boss.post(f"{_job(boss, number)}/cancel"),
    "POST /api/v1/print-jobs/{job_id}/retry": lambda boss, number: boss.post(f"{_job(boss, number)}/retry"),
    "POST /api/v1/labels/{key}/pdf": lambda boss, number: boss.post(
        f"/api/v1/labels/{publish_label(boss, f'f{number}')}/pdf", json={"rows": [{"serial": f"S{number}"}]}
    ),
    "POST /api/v1/print-jobs/{job_id}/pdf": lambda boss, number: boss.post(
        f"{_job(boss, number)}/pdf", json={"reason": "torn"}
    ),
    "POST /api/v1/print-jobs/{job_id}/reprint": lambda boss, number: boss.post(
        f"{_job(boss, number)}/reprint", json={"reason": "torn"}
    ),
}
LABELS_WITHOUT_RECORD = {
    "POST /api/v1/labels/preview": "draws a document and keeps nothing",
    "POST /api/v1/printers/{printer_id}/check": "asks a printer how it is",
}


def leave_labels(tenant: Any, person: InProcess, mark: str) -> dict[str, list[str]]:
    """Print labels on a virtual printer; return what they can be asked for by."""
    from suyuan.coding.jobs.printing import work_off

    key = publish_label(person, f"label-{mark}", mark)
    printer = add_printer(person, f"P-{mark}").json()["id"]
    rows = [{"serial": f"{mark}1"}, {"serial": f"{mark}2"}]
    body = {"label_key": key, "printer_id": printer, "rows": rows}
    job = person.post("/api/v1/print-jobs", json=body)
    assert job.status_code == 201, job.text
    work_off({"tenant": tenant.id, "printer": printer})
    return {
        "printer_id": [str(printer)], "printer": [str(printer)], "label": [key], "key": [key],
        "job_id": [job.json()["id"]], "code": [f"https://id.gs1.org/01/{GTIN}/21/{mark}1"],
    }  # fmt: skip
