"""The log that only grows, seen in the browser: verified, sent outside, handed over as a dossier, reviewed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from suyuan.verify.dossiers import read_dossier, verify
from suyuan.verify.proofs import Key
from tests.e2e.documents import mark
from tests.e2e.visits import Visits, violations
from tools.demo_plant import DemoPlant

pytestmark = pytest.mark.browser
WITHIN_TWO_MINUTES = 130_000


def _sealed(page: Page) -> None:
    """Wait on the page until the first checkpoint is signed; the worker does so every minute."""
    page.goto("/integrity")
    expect(page.get_by_role("button", name="#1", exact=True)).to_be_visible(timeout=WITHIN_TWO_MINUTES)


def test_everything_is_verified_at_a_click(visits: Visits) -> None:
    page = visits()
    _sealed(page)
    page.get_by_role("button", name="立即核验").click()
    expect(page.get_by_text("完好：没有发现任何改动")).to_be_visible(timeout=WITHIN_TWO_MINUTES)
    page.get_by_role("button", name="#1", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("suyuan/checkpoint/1 1 ")
    assert violations(page) == []


def test_a_place_outside_is_added_changed_and_removed(visits: Visits) -> None:
    page, name = visits(), f"集团 {mark()}"
    watch = visits.watch(page)
    watch.expect_refusal(422, "/api/v1/log/places")
    page.goto("/integrity")
    page.get_by_role("button", name="添加去处").click()
    page.get_by_role("menuitem", name="Webhook").click()
    form = page.get_by_role("dialog")
    form.get_by_label("名称").fill(name)
    form.get_by_label("地址").fill("http://169.254.169.254/")
    form.get_by_role("button", name="保存").click()
    expect(form).to_contain_text("不对")
    form.get_by_label("地址").fill("http://127.0.0.1:9/log")
    form.get_by_label("密码或密钥").fill("a secret")
    assert violations(page) == []
    form.get_by_role("button", name="保存").click()
    row = page.get_by_role("table", name="外部去处列表").locator("tr").filter(has_text=name)
    expect(row).to_contain_text("Webhook")
    row.get_by_role("button", name="修改").click()
    page.get_by_role("dialog").get_by_role("switch").click()
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(row).to_contain_text("已停用")
    row.get_by_role("button", name="移除").click()
    page.get_by_role("dialog").get_by_role("button", name="移除").click()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("form", ["PDF 档案", "JSON 档案"])
def test_a_dossier_is_saved_from_the_desk_and_proven_without_the_server(
    visits: Visits, plant: DemoPlant, tmp_path: Path, form: str
) -> None:
    page = visits()
    _sealed(page)
    keys = [Key.read(each["verifier"]) for each in page.request.get("/api/v1/log").json()["keys"]]
    sold = quote(plant.code("sold-unit"))
    page.goto(f"/trace?code={sold}&direction=back")
    page.get_by_role("button", name=re.compile("导出$")).click()
    with page.expect_download() as saving:
        page.get_by_role("menuitem", name=form).click()
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    verdict = verify(read_dossier(saved.read_bytes()), keys)
    assert verdict.events > 20
    assert saved.name.startswith("dossier-")


def test_a_review_of_the_trail_is_on_record(visits: Visits) -> None:
    page, note = visits(), f"逐条看过 {mark()}"
    page.goto("/audit")
    page.get_by_role("button", name="审阅", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("意见").fill(note)
    form.get_by_role("button", name="记入审计").click()
    expect(page.get_by_role("table", name="审阅记录").locator("tr").filter(has_text=note)).to_contain_text("没有问题")
    with page.expect_download() as saving:
        page.get_by_role("button", name="导出").click()
        page.get_by_role("menuitem", name="CSV").click()
    assert saving.value.suggested_filename == "audit.csv"
