"""The access report tells who can do what, where, through which role, since when; as a file, too, without formulas."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest

from tests.support.web import PASSWORD, InProcess

PATH = "/api/v1/security/access"


@pytest.fixture
def house(tenant: Any) -> InProcess:
    """A boss, a leader at one site who never came, and somebody who only reads."""
    boss = InProcess()
    assert boss.sign_in(tenant.person(f"boss-{tenant.code}")).status_code == 200
    site = boss.post("/api/v1/sites", json={"code": "A", "name_zh": "一厂", "name_en": "Plant A"}).json()["id"]
    leader = {"name_zh": "=班长", "name_en": "=Leader", "permissions": ["trace:item:read", "tenancy:token:write"]}
    role = boss.post("/api/v1/roles", json=leader).json()["id"]
    body = {"login": f"li-{tenant.code}", "name": "李 四"}
    boss.post("/api/v1/people", json=body | {"roles": [{"role_id": role, "site_id": site}]})
    tenant.person(f"reader-{tenant.code}", PASSWORD, "trace:item:read")
    return boss


def _logins(boss: InProcess, **question: Any) -> list[str]:
    return [row["login"].split("-")[0] for row in boss.get(PATH, params=question).json()["rows"]]


def test_who_can_do_what_where_since_when(house: InProcess, tenant: Any) -> None:
    rows = {row["login"].split("-")[0]: row for row in house.get(PATH).json()["rows"]}
    assert set(rows) == {"boss", "li", "reader"}
    li = rows["li"]
    assert (li["role_en"], li["rights"], li["administrative"]) == ("=Leader", 2, ["tenancy:token:write"])
    assert li["site_id"] is not None
    assert (li["last_sign_in"], li["second_factor"]) == (None, False)
    assert rows["boss"]["last_sign_in"] is not None
    assert datetime.now(UTC) - datetime.fromisoformat(li["since"]) < timedelta(minutes=10)
    assert _logins(house, permission="trace:item:read") == ["boss", "li", "reader"]
    assert _logins(house, permission="tenancy:role:write") == ["boss"]
    assert _logins(house, administrative=True) == ["boss", "li"]
    assert _logins(house, unused_days=1) == ["li", "reader"]
    assert _logins(house, site_id=li["site_id"]) == ["boss", "li", "reader"], "who holds it everywhere holds it there"
    assert _logins(house, person_id=li["user_id"]) == ["li"]


def test_a_role_that_stays_keeps_its_since(house: InProcess) -> None:
    [before] = house.get(PATH, params={"permission": "tenancy:role:write"}).json()["rows"]
    other = house.post("/api/v1/roles", json={"name_zh": "另", "name_en": "Other", "permissions": []}).json()["id"]
    roles = [{"role_id": before["role_id"]}, {"role_id": other}]
    assert house.patch(f"/api/v1/people/{before['user_id']}", json={"roles": roles}).status_code == 200
    [after] = house.get(PATH, params={"permission": "tenancy:role:write"}).json()["rows"]
    assert after["since"] == before["since"]


def test_the_report_as_a_file(house: InProcess, tenant: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(house.get(f"{PATH}/file").content))
    assert book.sheetnames == ["People and roles", "Rights one by one", "Roles and rights", "API tokens"]
    people = [[cell.value for cell in row] for row in book["People and roles"].iter_rows()]
    assert [row[1].split("-")[0] for row in people[1:]] == ["boss", "li", "reader"]
    assert people[2][3:5] == ["=Leader", "Plant A"]
    assert all(cell.data_type != "f" for row in book["People and roles"].iter_rows() for cell in row)
    matrix = [[cell.value for cell in row] for row in book["Roles and rights"].iter_rows()]
    column = matrix[0].index("=Leader")
    assert sorted(row[1] for row in matrix[1:] if row[column]) == ["tenancy:token:write", "trace:item:read"]
    csv = house.get(f"{PATH}/file", params={"format": "csv"}, headers={"Accept-Language": "zh"}).text
    assert csv.startswith("\ufeff姓名,登录名")
    assert ",'=班长,一厂," in csv
    pdf = house.get(f"{PATH}/file", params={"format": "pdf"}, headers={"Accept-Language": "zh"}).content
    pages = pypdfium2.PdfDocument(pdf)
    assert "权限报告" in pages[0].get_textpage().get_text_range()
    assert "李 四" in pages[0].get_textpage().get_text_range()


def test_who_may_not_see_people_gets_no_report(tenant: Any) -> None:
    assert InProcess(tenant.token("tenancy:role:read")).get(PATH).status_code == 403
    assert InProcess(tenant.token("tenancy:role:read", "tenancy:person:read")).get(f"{PATH}/file").status_code == 403
