"""Master data by table: kept as the forms keep it, told row by row, never twice; what is refused leaves nothing."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from tests.support.database import contents_of
from tests.support.web import InProcess

BASE = "/api/v1/capture/imports"


class Planner:
    """Somebody who keeps the master data of a fresh plant by tables."""

    def __init__(self, *rights: str) -> None:
        from tests.support.tenants import fresh_tenant

        self.tenant = fresh_tenant()
        self.client = InProcess(self.tenant.token(*rights))

    def upload(self, target: str, *rows: list[Any], status: int = 200) -> Any:
        text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
        answer = self.client.post(BASE, params={"node": f"master.{target}", "name": f"{target}.csv"}, content=text)
        assert answer.status_code == status, answer.text
        return answer.json()

    def preview(self, made: Any) -> Any:
        return self.client.post(f"{BASE}/{made['row']['id']}/preview", json=made["mapping"]).json()

    def run(self, made: Any, mode: str = "skip") -> tuple[int, int, int]:
        """Work an import off, and return how many rows were recorded, there before, and refused."""
        from suyuan.capture.jobs.importing import run_import

        body = {"mapping": made["mapping"], "mode": mode}
        answer = self.client.post(f"{BASE}/{made['row']['id']}/start", json=body)
        assert answer.status_code == 200, answer.text
        run_import(self.tenant.id, UUID(made["row"]["id"]))
        row = self.client.get(f"{BASE}/{made['row']['id']}").json()["row"]
        return row["recorded"], row["repeated"], row["refused"]

    def load(self, target: str, *rows: list[Any], mode: str = "skip") -> tuple[int, int, int]:
        return self.run(self.upload(target, *rows), mode)

    def codes(self, made: Any) -> dict[int, str]:
        rows = self.client.get(f"{BASE}/{made['row']['id']}/rows", params={"outcome": "refused"}).json()["rows"]
        return {row["number"]: row["faults"][0]["code"] for row in rows}

    def plant(self, part: str) -> list[dict[str, Any]]:
        return self.client.get(f"/api/v1/plant/{part}").json()["rows"]


@pytest.fixture(scope="module")
def planner(application) -> Planner:
    made = Planner()
    assert made.load("sites", ["代码", "中文名称", "英文名称"], ["P1", "一厂", "Plant 1"]) == (1, 0, 0)
    return made


EQUIPMENT = [
    ["工厂", "层级", "代码", "中文名称", "英文名称", "上级", "类别"],
    ["P1", "设备", "FIL-1", "灌装机", "Filler", "LINE-1", "filler"],
    ["P1", "line", "LINE-1", "一线", "Line 1", "AREA-1", ""],
    ["P1", "区域", "AREA-1", "灌装区", "Filling", "", ""],
]


def test_a_plant_in_any_order_of_rows_once_and_changed_by_a_second_file(planner) -> None:
    made = planner.upload("equipment", *EQUIPMENT)
    before = contents_of(planner.tenant.id)
    seen = planner.preview(made)
    assert (seen["recorded"], seen["refused"]) == (3, 0), seen
    assert contents_of(planner.tenant.id) == before
    assert planner.run(made, "all") == (3, 0, 0)
    tree = {row["code"]: row for row in planner.plant("equipment")}
    assert tree["FIL-1"]["parent_id"] == tree["LINE-1"]["id"]
    assert tree["LINE-1"]["parent_id"] == tree["AREA-1"]["id"]
    again = planner.upload("equipment", *EQUIPMENT)
    assert again["remembered"]
    assert planner.run(again) == (0, 3, 0)
    renamed = [EQUIPMENT[0], ["P1", "设备", "FIL-1", "新灌装机", "New filler", "LINE-1", "filler"]]
    assert planner.load("equipment", *renamed) == (1, 0, 0)
    assert next(row for row in planner.plant("equipment") if row["code"] == "FIL-1")["name_zh"] == "新灌装机"


def test_rows_that_a_form_would_refuse_are_refused_and_leave_nothing(planner) -> None:
    head = EQUIPMENT[0]
    wrong = [
        ["P9", "设备", "X-1", "甲", "A", "", ""],
        ["P1", "楼层", "X-2", "甲", "A", "", ""],
        ["P1", "设备", "X 3", "甲", "A", "", ""],
        ["P1", "区域", "X-4", "甲", "A", "NONE", ""],
        ["P1", "区域", "X-5", "", "A", "", ""],
        ["P1", "设备", "LINE-1", "一线", "Line 1", "", ""],
    ]
    planner.load("equipment", *EQUIPMENT)
    before = planner.plant("equipment")
    made = planner.upload("equipment", head, *wrong)
    assert planner.run(made) == (0, 0, 6)
    assert list(planner.codes(made).values()) == [
        "production.import_site", "capture.value_wrong", "production.value_wrong", "production.import_part",
        "capture.value_missing", "production.import_moved",
    ]  # fmt: skip
    assert planner.plant("equipment") == before
    good = ["P1", "区域", "X-6", "乙", "B", "", ""]
    whole = planner.upload("equipment", head, good, wrong[0])
    assert planner.run(whole, "all") == (0, 0, 1)
    assert planner.plant("equipment") == before
    book = planner.client.get(f"{BASE}/{made['row']['id']}/faults").content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert len(rows) == 7
    assert "P9" in rows[1][-2]


def test_tools_qualifications_and_people_with_badges(planner) -> None:
    assert planner.load("tools", ["代码", "中文名称", "英文名称", "校准日期", "有效期至"],
                        ["T-1", "扭力扳手", "Wrench", "2026-01-05", "2027-01-04"]) == (1, 0, 0)  # fmt: skip
    assert planner.plant("tools")[0]["due"] == "2027-01-04"
    assert planner.load("qualifications", ["code", "name_zh", "name_en"], ["WELD", "焊接", "Welding"]) == (1, 0, 0)
    head = ["工号", "姓名", "工牌", "资格", "资格起", "资格止"]
    rows = [
        ["1001", "李梅", "B-1", "WELD", "2026-02-01", "2027-01-31"],
        ["1002", "王刚", "B-1", "", "", ""],
        ["1003", "赵敏", "B-3", "SOLDER", "", ""],
        ["1004", "周杰", "", "", "2026-02-01", ""],
    ]
    made = planner.upload("people", head, *rows)
    assert planner.run(made) == (1, 0, 3)
    assert list(planner.codes(made).values()) == [
        "production.import_badge", "production.import_part", "production.import_days",
    ]  # fmt: skip
    people = {row["code"]: row for row in planner.plant("people")}
    assert set(people) == {"1001"}
    assert [row["valid_to"] for row in planner.plant("holders")] == ["2027-01-31"]
    assert planner.load("people", head, ["1001", "李梅", "B-1", "WELD", "2026-02-01", "2028-01-31"]) == (1, 0, 0)
    assert [row["valid_to"] for row in planner.plant("holders")] == ["2028-01-31"]


def test_shifts_and_days_off_as_planners_write_them(planner) -> None:
    head = ["工厂", "代码", "中文名称", "英文名称", "开始", "结束", "休息分钟", "星期"]
    rows = [
        ["P1", "A", "早班", "Early", "8:00", "16:00", "45", "周一至周五"],
        ["P1", "B", "中班", "Late", "16:00", "24:00", "", "1-5"],
        ["P1", "C", "夜班", "Night", "0.916666667", "6:00", "30", "Fri-Mon"],
    ]
    assert planner.load("shifts", head, *rows, mode="all") == (3, 0, 0)
    kept = {row["code"]: (row["starts"], row["ends"], row["break_minutes"], row["weekdays"])
            for row in planner.plant("shifts")}  # fmt: skip
    assert kept == {
        "A": ("08:00:00", "16:00:00", 45, [1, 2, 3, 4, 5]), "B": ("16:00:00", "00:00:00", 0, [1, 2, 3, 4, 5]),
        "C": ("22:00:00", "06:00:00", 30, [1, 5, 6, 7]),
    }  # fmt: skip
    assert planner.load("shifts", head, *rows) == (0, 3, 0)
    days = ["工厂", "日期", "中文名称", "英文名称"]
    assert planner.load("days_off", days, ["P1", "2027-02-17", "春节", "Spring Festival"]) == (1, 0, 0)
    assert planner.load("days_off", days, ["P1", "2027-02-17", "春节假期", "Spring Festival"]) == (1, 0, 0)
    assert [row["name_zh"] for row in planner.plant("days-off")] == ["春节假期"]
    before = contents_of(planner.tenant.id)["production_shift"]
    bad = [("25:00", "", ""), ("6:60", "", ""), ("6:00", "", "周八"), ("6:00", "721", "")]
    lines = [["P1", f"D{number}", "甲", "A", "8:00", *each] for number, each in enumerate(bad)]
    wrong = planner.upload("shifts", head, *lines, ["P9", "E", "甲", "A", "8:00", "6:00", "", ""])
    assert planner.run(wrong) == (0, 0, 5)
    assert list(planner.codes(wrong).values()) == [
        "production.import_clock", "production.import_clock", "production.import_weekdays", "production.import_break",
        "production.import_site",
    ]  # fmt: skip
    assert contents_of(planner.tenant.id)["production_shift"] == before


def test_products_and_a_bill_that_becomes_a_draft_whole_or_not_at_all(planner) -> None:
    head = ["产品编码", "中文名称", "英文名称", "单位"]
    made = planner.upload("products", head,
                          ["09521234543220", "酸奶", "Yoghurt", ""], ["MILK", "生乳", "Raw milk", "LTR"],
                          ["SUGAR", "糖", "Sugar", "KGM"], ["9521234543223", "错", "Wrong", ""])  # fmt: skip
    assert planner.run(made) == (3, 0, 1)
    assert planner.codes(made) == {5: "production.import_product"}
    lines = ["产品", "版次", "物料", "单件用量", "单位", "类型", "替代料"]
    bill = [
        ["09521234543220", "A", "MILK", "0.2", "LTR", "", ""],
        ["09521234543220", "A", "SUGAR", "0.01", "KGM", "", "MILK=0.02"],
    ]
    wrong = planner.upload("bills", lines, bill[0], ["09521234543220", "A", "SUGAR", "-1", "KGM", "物料", ""])
    assert planner.run(wrong) == (0, 0, 2)
    assert planner.codes(wrong) == {2: "production.import_bill_rows", 3: "production.bom_quantity"}
    definitions = "/api/v1/definitions/bill_of_material"
    assert planner.client.get("/api/v1/definitions?kind=bill_of_material").json()["rows"] == []
    assert planner.load("bills", lines, *bill) == (2, 0, 0)
    (row,) = planner.client.get("/api/v1/definitions?kind=bill_of_material").json()["rows"]
    assert (row["state"], row["has_draft"], row["key"]) == ("draft", True, "09521234543220")
    body = planner.client.get(f"{definitions}/{row['key']}").json()["body"]
    assert [line["quantity"] for line in body["lines"]] == ["0.2", "0.01"]
    assert body["lines"][1]["alternatives"][0]["quantity"] == "0.02"
    assert planner.load("bills", lines, *bill) == (0, 2, 0)
    other = planner.upload("bills", lines, bill[0])
    assert planner.run(other) == (0, 0, 1)  # somebody's draft is not overwritten
    assert planner.codes(other) == {2: "production.import_bill_draft"}


def test_a_template_names_the_columns_and_who_lacks_the_right_gets_nothing(planner) -> None:
    listed = planner.client.get("/api/v1/capture/templates").json()["rows"]
    masters = [row["key"] for row in listed if row["master"]]
    assert len(masters) == 10
    for key in masters:
        book = planner.client.get(f"/api/v1/capture/templates/{key}").content
        (head, *_) = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
        fields = next(row for row in listed if row["key"] == key)["fields"]
        assert [name.split("\n")[0] for name in head] == [field["label_zh"] for field in fields]
    clerk = Planner("capture:import:write")
    assert [row for row in clerk.client.get("/api/v1/capture/templates").json()["rows"] if row["master"]] == []
    assert clerk.client.get("/api/v1/capture/templates/master.people").status_code == 403
    assert clerk.upload("people", ["工号"], ["1"], status=403)["code"] == "kernel.not_allowed"
    made = planner.upload("people", ["工号", "姓名"], ["9", "x"])
    other = InProcess(planner.tenant.token("capture:import:write"))
    for path in ("", "/rows", "/faults"):
        assert other.get(f"{BASE}/{made['row']['id']}{path}").status_code == 403, path
