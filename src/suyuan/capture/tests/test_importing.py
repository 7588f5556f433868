"""A clerk's spreadsheet becomes entries by the same checks as on a device: once, and told row by row."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from suyuan.capture.tests.stations import RIGHTS, Station
from tests.support.database import contents_of

BASE = "/api/v1/capture/imports"
CLERK = (*RIGHTS, "capture:import:write")


class Clerk(Station):
    """Somebody who imports files."""

    def upload(
        self, rows: list[list[Any]], node: str = "receive", name: str = "收货 3月.csv", status: int = 200
    ) -> Any:
        text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
        return self.send_file(text.encode(), node, name, status)

    def send_file(self, body: bytes, node: str, name: str, status: int = 200) -> Any:
        answer = self.client.post(BASE, params={"node": node, "name": name}, content=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, made: Any, what: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.post(f"{BASE}/{made['row']['id']}/{what}", json=body or {})
        assert answer.status_code == status, answer.text
        return answer.json()

    def run(self, made: Any, mode: str = "skip") -> Any:
        """Start an import and work it off, as the worker would."""
        from suyuan.capture.jobs.importing import run_import

        self.post(made, "start", {"mapping": made["mapping"], "mode": mode})
        run_import(self.tenant.id, UUID(made["row"]["id"]))
        return self.client.get(f"{BASE}/{made['row']['id']}").json()["row"]

    def rows(self, made: Any, outcome: str) -> list[Any]:
        answer = self.client.get(f"{BASE}/{made['row']['id']}/rows", params={"outcome": outcome})
        return answer.json()["rows"]


@pytest.fixture
def clerk(plant) -> Clerk:
    return Clerk(plant, *CLERK)


def _good(clerk: Clerk, count: int) -> list[list[Any]]:
    return [["物料", "数量(kg)", "备注"], *([clerk.lot(f"F{number}"), number + 1, "x"] for number in range(count))]


def test_a_file_is_previewed_imported_and_never_twice(clerk) -> None:
    made = clerk.upload([*_good(clerk, 3), [clerk.lot("F9"), "viel", ""], ["", "", ""]])
    assert made["mapping"]["columns"] == {"item": 0, "quantity": 1}
    assert [column["name"] for column in made["columns"]] == ["物料", "数量(kg)", "备注"]
    before, kept = clerk.events(), contents_of(clerk.tenant.id)
    preview = clerk.post(made, "preview", made["mapping"])
    assert (preview["recorded"], preview["refused"]) == (3, 1)
    assert preview["rows"][3]["number"] == 5
    assert preview["rows"][3]["faults"][0]["code"] == "capture.value_wrong"
    assert (clerk.events(), contents_of(clerk.tenant.id)) == (before, kept)

    row = clerk.run(made)
    assert (row["state"], row["recorded"], row["refused"], row["done"]) == ("done", 3, 1, 4), row
    assert len(clerk.events()) == len(before) + 3
    event = clerk.client.get(f"/api/v1/events/{clerk.events()[-1]}").json()
    assert event["capture_method"] == "import"
    assert event["reading"]["values"]["item"] == {"raw": clerk.lot("F2")}
    listed = clerk.client.get("/api/v1/capture/refused", params={"device": made["row"]["id"], "open": "true"}).json()
    assert listed["rows"] == []  # the file tells them; nobody has to decide

    again = clerk.upload([*_good(clerk, 3), [clerk.lot("F9"), "viel", ""], ["", "", ""]])
    assert again["remembered"]
    row = clerk.run(again)
    assert (row["recorded"], row["repeated"], row["refused"]) == (0, 3, 1)
    assert len(clerk.events()) == len(before) + 3
    clerk.post(again, "start", {"mapping": made["mapping"]}, status=409)


def test_refused_rows_come_back_as_a_file_that_can_be_corrected(clerk) -> None:
    made = clerk.upload([*_good(clerk, 1), [clerk.lot("F9"), "viel", "=1+1"]])
    clerk.run(made)
    for language, word in (("zh-CN", "数字"), ("en", "a number")):
        answer = clerk.client.get(f"{BASE}/{made['row']['id']}/faults", headers={"Accept-Language": language})
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert len(rows) == 2
        assert rows[1][2] == "=1+1"
        assert word in rows[1][3]
        assert rows[1][4] == "3"
    sheet["B2"] = "7"
    file = io.BytesIO()
    sheet.parent.save(file)
    corrected = clerk.send_file(file.getvalue(), "receive", "f.xlsx")
    assert clerk.run(corrected)["recorded"] == 1


def test_all_or_nothing(clerk) -> None:
    bad = clerk.upload([*_good(clerk, 2), [clerk.lot("F9"), "viel", ""]])
    before = clerk.events()
    row = clerk.run(bad, "all")
    assert (row["state"], row["recorded"], row["refused"]) == ("failed", 0, 1)
    assert "1" in row["fault"]
    assert clerk.events() == before
    assert [each["number"] for each in clerk.rows(bad, "refused")] == [4]
    good = clerk.upload(_good(clerk, 2))
    row = clerk.run(good, "all")
    assert (row["state"], row["recorded"], row["done"]) == ("done", 2, 2)
    assert len(clerk.events()) == len(before) + 2


def test_a_stopped_worker_goes_on_and_a_canceled_import_stops(clerk) -> None:
    from suyuan.capture.jobs.importing import IMPORTING, run_import

    made = clerk.upload(_good(clerk, 2))
    import_id = made["row"]["id"]
    clerk.post(made, "start", {"mapping": made["mapping"]})
    with clerk.tenant.open() as current:
        current.execute("UPDATE capture_import SET state = 'running' WHERE id = %s", (import_id,))
        current.execute(
            "UPDATE capture_import_progress SET seen = now() - interval '1 hour' WHERE import_id = %s", (import_id,)
        )
    before = len(clerk.events())
    IMPORTING.run({"tenant": clerk.tenant.id})  # the clock finds it
    run_import(clerk.tenant.id, UUID(import_id))
    assert len(clerk.events()) == before + 2

    other = clerk.upload(_good(clerk, 5))
    clerk.post(other, "start", {"mapping": other["mapping"]})
    assert clerk.post(other, "cancel")["row"]["state"] == "canceled"
    run_import(clerk.tenant.id, UUID(other["row"]["id"]))
    assert len(clerk.events()) == before + 2
    clerk.post(other, "cancel", status=409)


def test_a_clock_set_back_since_the_start_makes_no_row_one_of_tomorrow(clerk) -> None:
    from suyuan.capture.jobs.importing import run_import
    from suyuan.chassis.database import tx

    made = clerk.upload(_good(clerk, 3))
    clerk.post(made, "start", {"mapping": made["mapping"], "mode": "skip"})
    number = UUID(made["row"]["id"])
    with clerk.tenant.open():
        tx().execute("UPDATE capture_import SET started = started + interval '26 hours' WHERE id = %s", (number,))
    run_import(clerk.tenant.id, number)
    row = clerk.client.get(f"{BASE}/{number}").json()["row"]
    assert (row["state"], row["recorded"], row["refused"]) == ("done", 3, 0)


def test_a_step_asked_to_stop_keeps_what_it_did_and_a_whole_import_nothing(clerk, monkeypatch) -> None:
    from suyuan.capture.api.importing import working
    from suyuan.capture.jobs.importing import run_import

    monkeypatch.setattr(working, "STEP", 2)
    for mode, recorded in (("skip", 2), ("all", 0)):
        made = clerk.upload(
            [[f"物料 {mode}"], *([clerk.unit(number + recorded * 10)] for number in range(6))], "operation-start"
        )
        before = len(clerk.events())
        mapping = made["mapping"] | {"columns": {"item": 0}}
        clerk.post(made, "start", {"mapping": mapping, "mode": mode})
        with clerk.tenant.open() as current:
            current.execute(
                "UPDATE capture_import_progress SET cancel = true WHERE import_id = %s", (made["row"]["id"],)
            )
        run_import(clerk.tenant.id, UUID(made["row"]["id"]))
        row = clerk.client.get(f"{BASE}/{made['row']['id']}").json()["row"]
        assert (row["state"], row["recorded"]) == ("canceled", recorded)
        assert len(clerk.events()) == before + recorded


def test_the_template_is_filled_in_and_imported(clerk) -> None:
    answer = clerk.client.get("/api/v1/capture/templates/receive")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]][:2] == ["物料\nMaterial", "数量\nQuantity"]
    sheet["A2"], sheet["B2"] = clerk.lot("T1"), "12"
    file = io.BytesIO()
    book.save(file)
    made = clerk.send_file(file.getvalue(), "receive", "t.xlsx")
    assert made["mapping"]["taken"] is not None
    assert clerk.run(made)["recorded"] == 1
    assert clerk.client.get("/api/v1/capture/templates/nothing").status_code == 422


def test_refusals_leave_no_trace(clerk, plant) -> None:
    before = contents_of(plant.id)
    assert clerk.upload([["物料"]], status=422)["code"] == "capture.import_no_rows"
    assert clerk.upload([["a"], ["b"]], "nothing", status=422)["code"] == "capture.node_unknown"
    assert clerk.send_file(b"%PDF", "receive", "x.pdf", 422)["code"] == "capture.import_not_a_sheet"
    book = openpyxl.Workbook()
    book.active.append(["物料", "数量"])
    book.active.append(["x", 1])
    book.active.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    assert "A2:A3" in clerk.send_file(file.getvalue(), "receive", "m.xlsx", 422)["title"]
    assert contents_of(plant.id) == before
    stranger = Clerk(plant, *RIGHTS)
    assert stranger.upload([["a"], ["b"]], status=403)["code"] == "kernel.not_allowed"
    made = clerk.upload([["编码", "数量"], ["x", "1"]])
    before = contents_of(plant.id)
    assert clerk.post(made, "start", {"mapping": {"columns": {}}}, 422)["code"] == "capture.import_not_mapped"
    wrong = {"columns": {"item": 0, "nothing": 1}}
    assert clerk.post(made, "preview", wrong, 422)["code"] == "capture.import_mapping"
    assert clerk.post(made, "preview", {"columns": {"item": 7}}, 422)["code"] == "capture.import_mapping"
    assert contents_of(plant.id) == before
