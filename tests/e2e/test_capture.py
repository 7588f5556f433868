"""Bringing files in: what was accepted, what was refused, why, and what to do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.documents import document, event, mark
from tests.e2e.visits import Visits, token_of, violations
from tools.pages import settled

pytestmark = pytest.mark.browser


def _upload(page: Page, name: str, body: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/json", "buffer": body}
    page.locator("input[type=file]").set_input_files(file)


def test_a_good_file_is_accepted_and_can_be_traced(visits: Visits) -> None:
    page = visits()
    page.goto("/capture")
    serial = f"GOOD{mark()}"
    name = f"{serial}.json"
    _upload(page, name, document(event(serial), event(serial)))
    outcome = page.locator(".queue li").filter(has_text=name)
    expect(outcome).to_contain_text("完成")
    expect(outcome).to_contain_text("接受 2 个事件")
    expect(page.get_by_role("table", name="采集任务列表").locator("tr").filter(has_text=name)).to_contain_text("完成")
    outcome.get_by_role("link", name="查看这些事件").click()
    expect(page.locator("tr[data-row]").filter(has_text=serial)).to_have_count(2)
    page.get_by_role("link", name=serial).first.click()
    expect(page.locator(".item-header h2")).to_have_text(serial)


def test_a_bad_file_is_refused_with_reason_and_remedy(visits: Visits) -> None:
    page = visits()
    page.goto("/capture")
    name = f"BAD{mark()}.json"
    _upload(page, name, document(event("A"), event("B", eventTimeZoneOffset="+99:99")))
    outcome = page.locator(".queue li").filter(has_text=name)
    expect(outcome).to_contain_text("拒绝")
    expect(outcome).to_contain_text("整个文件已撤回")
    refusal = outcome.get_by_role("listitem")
    expect(refusal).to_contain_text("第 2 个事件")
    expect(refusal).to_contain_text("+99:99")
    expect(refusal.locator("div").filter(has_text="怎么办")).to_have_text(re.compile(r"怎么办 .{6,}"))
    expect(refusal).to_contain_text("eventTimeZoneOffset")


def test_the_rest_of_a_file_may_be_kept(visits: Visits) -> None:
    page = visits()
    page.goto("/capture")
    page.get_by_text("继续其余").click()
    name = f"HALF{mark()}.json"
    _upload(page, name, document(event(mark()), event("B", action="INVENTED")))
    outcome = page.locator(".queue li").filter(has_text=name)
    expect(outcome).to_contain_text("部分接受")
    expect(outcome).to_contain_text("接受 1 个事件")
    expect(outcome).to_contain_text("拒绝 1 个事件")


def test_what_is_pasted_is_read_before_it_is_sent(visits: Visits) -> None:
    page = visits()
    page.goto("/capture")
    page.get_by_role("tab", name="粘贴内容").click()
    page.get_by_role("textbox", name="在此粘贴").fill("{not json")
    page.get_by_role("button", name="采集", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="不是有效的 JSON")).to_be_visible()


def _once(page: Page) -> str:
    """Publish a node that lets nothing be looked at twice without approval; return its key."""
    key = f"once-{mark().lower()}"
    fields = [{"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"}]
    check = {"id": "not_repeated", "kind": "not_repeated", "field": "item", "level": "approve"}
    meaning = [{"id": "seen", "event": "object", "subjects": ["item"]}]
    body = {"step": "inspecting", "fields": fields, "checks": [check], "meaning": meaning}
    draft = {"title_zh": "只看一次", "title_en": "Look once", "body": body, "revision": None}
    told = {"X-CSRFToken": token_of(page)}
    address = f"/api/v1/definitions/trace_node/{key}"
    saved = page.request.put(address, data=draft, headers=told)
    noted = {"revision": saved.json()["row"]["revision"], "note": "first"}
    assert page.request.post(f"{address}/publish", data=noted, headers=told).ok
    return key


def test_what_only_needs_approval_is_let_pass_with_a_reason(visits: Visits) -> None:
    page = visits(language="en")
    page.goto("/capture")
    key, serial = _once(page), f"TWICE{mark()}"
    here = {"suyuan:node": key, "suyuan:fields": {}, "readPoint": None, "bizLocation": None}
    looks = [{name: value for name, value in event(serial, **here).items() if value is not None} for _ in range(3)]
    name = f"{serial}.json"
    page.get_by_text("Go on with the rest").click()
    _upload(page, name, document(*looks))
    expect(page.locator(".queue li").filter(has_text=name)).to_contain_text("Accepted in part")
    page.get_by_role("table").locator("tr").filter(has_text=name).get_by_role("button", name=name).click()
    form = page.get_by_role("region", name="Let pass")
    expect(form).to_contain_text(serial)
    settled(page)
    assert violations(page) == []
    form.get_by_text("Choose single ones").click()
    form.get_by_role("checkbox").nth(1).check()
    form.get_by_label("Reason").fill("checked by hand")
    form.get_by_role("button", name="Let pass").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Let pass before")
    expect(drawer).to_contain_text("Events accepted: 2")
    form.get_by_role("checkbox").first.check()
    form.get_by_label("Reason").fill("all of it")
    form.get_by_role("button", name="Let pass").click()
    expect(drawer).to_contain_text("Events accepted: 3")
    expect(form).to_have_count(0)
    expect(drawer).to_contain_text("all of it")
