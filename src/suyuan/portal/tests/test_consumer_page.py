"""What a consumer sees who scans the code: through the whole application."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from suyuan.portal.contracts import Origins
from suyuan.portal.tests.plant import BOX, HIDDEN, STORE, Factory, Phone, new_gtin
from suyuan.trace.contracts import Action, EventType, Participation, Role
from tests.support.web import InProcess

SUBJECT = Role.SUBJECT
BUDGET = 24 * 1024


def _titles(html: str) -> list[str]:
    return re.findall(r"<h3>([^<]*)</h3>", html)


def test_the_story_is_told_in_order_and_in_the_phones_language(factory, phone) -> None:
    factory.sell()
    answer = phone.get(factory.path)
    assert (answer.status_code, answer.headers["content-language"]) == (200, "zh-CN")
    assert '<html lang="zh-Hans">' in answer.text
    assert _titles(answer.text) == [
        "生产", "主要部件装配完成", "检验通过", "装箱", "发运", "经销商收货", "门店收货", "上架", "售出",
    ]  # fmt: skip
    told = ("手持终端", "云溪", "深圳工厂", "2 项检测，全部通过", "发往 上海", "南京路店", "2026年11月10日")
    for shown in (*told, "锂电池", "中国", "S1", "L77", factory.gtin):
        assert shown in answer.text, shown
    english = Phone("fr-FR,fr;q=0.9,en;q=0.8").get(factory.path)
    assert english.headers["content-language"] == "en"
    assert _titles(english.text)[0] == "Made"
    for shown in ("Handheld", "Shenzhen plant", "2 checks, all passed", "To Shanghai", "10 Nov 2026", "China"):
        assert shown in english.text, shown


def test_the_language_can_be_switched(factory, phone) -> None:
    page = phone.get(factory.path)
    assert 'href="?lang=en"' in page.text
    assert 'lang="en"' in phone.get(f"{factory.path}?lang=en").text
    assert 'lang="zh-Hans"' in Phone("en").get(f"{factory.path}?lang=zh").text


def test_nobody_sees_people_machines_or_numbers_of_materials(factory, phone) -> None:
    factory.sell()
    for path in (factory.path, f"/01/{factory.gtin}/10/L77", f"/01/{factory.gtin}"):
        for who in (phone, Phone("en")):
            html = who.get(path).text
            assert not [hidden for hidden in HIDDEN if hidden in html], path
            assert "恒能" not in html
            assert "Hengneng" not in html, "a supplier's name is shown only where the tenant says so"
            assert "urn:" not in html
            assert BOX.uri.rsplit("/", 1)[-1] not in html


def test_how_much_of_an_origin_is_told_is_the_tenants_choice(factory, phone) -> None:
    factory.publish(origins=Origins.PLACE)
    assert "恒能电池" in phone.get(factory.path).text
    factory.publish(origins=Origins.NONE)
    html = phone.get(factory.path).text
    assert "锂电池" not in html
    assert "中国" not in html


def test_what_is_not_published_is_not_there(tenant, phone) -> None:
    hidden = Factory(tenant, new_gtin())
    hidden.name()
    hidden.make()
    unpublished = phone.get(hidden.path)
    nowhere = phone.get(f"/01/{new_gtin()}/21/S1")
    assert (unpublished.status_code, nowhere.status_code) == (404, 404)
    assert unpublished.text.replace(hidden.gtin, "") == re.sub(r"1952\d{10}", "", nowhere.text)
    assert "没有找到这个编码" in unpublished.text
    assert "手持终端" not in unpublished.text
    hidden.publish()
    assert phone.get(hidden.path).status_code == 200
    hidden.publish(published=False)
    assert phone.get(hidden.path).status_code == 404


def test_an_unknown_serial_looks_like_an_unpublished_one(factory, phone) -> None:
    unknown = phone.get(f"/01/{factory.gtin}/21/NOPE")
    assert unknown.status_code == 404
    assert unknown.headers["cache-control"] == "no-store"
    assert "手持终端" not in unknown.text
    assert phone.get(f"/01/{factory.gtin}/10/WRONG/21/S1").status_code == 404, "the unit is in another lot"
    assert phone.get(f"/01/{factory.gtin}/10/L77/21/S1").status_code == 200


def test_a_unit_of_another_tenant_is_not_shown_under_this_ones_product(factory, make_tenant, phone) -> None:
    other = Factory(make_tenant(), factory.gtin, "FOREIGN")
    other.name("别家的名字", "Other name")
    other.make()
    assert phone.get(other.path).status_code == 404
    assert "别家" not in phone.get(factory.path).text


def test_who_is_signed_in_elsewhere_sees_what_a_stranger_sees(factory, make_tenant) -> None:
    token = make_tenant().token()
    assert InProcess(token, "zh").get(factory.path).text == Phone("zh").get(factory.path).text


def test_a_wrong_check_digit_is_named(factory, phone) -> None:
    wrong = factory.gtin[:-1] + str((int(factory.gtin[-1]) + 1) % 10)
    answer = phone.get(f"/01/{wrong}/21/S1")
    assert answer.status_code == 422
    assert f"校验位是 {wrong[-1]}，应为 {factory.gtin[-1]}" in answer.text
    assert phone.get("/01/123/21/S1").status_code == 422
    assert phone.get(f"/01/{factory.gtin}/99/S1").status_code == 422


def test_a_logistic_unit_and_a_product_have_a_page(factory, phone) -> None:
    box = phone.get("/00/095212340000000013")
    assert "SSCC" in box.text
    product = phone.get(f"/01/{factory.gtin}")
    assert "手持终端" in product.text
    assert not _titles(product.text)
    sent = phone.get(f"/01/{factory.gtin}?kind=serial&number=A%2FB&lang=en")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/01/{factory.gtin}/21/A%2FB?lang=en")


def test_a_lots_page_tells_of_its_units_materials(factory, phone) -> None:
    html = phone.get(f"/01/{factory.gtin}/10/L77").text
    assert _titles(html) == ["生产"]
    assert "锂电池" in html
    assert "部分单件的记录" in html


@pytest.mark.parametrize(
    ("step", "disposition", "words"),
    [
        ("holding", "unavailable", "记录为冻结或不合格"),
        ("inspecting", "non_conformant", "记录为冻结或不合格"),
        ("inspecting", "recalled", "正在召回"),
        ("destroying", "destroyed", "记录为已注销或销毁"),
    ],
)
def test_a_bad_item_is_warned_of_with_what_to_do(factory, phone, step, disposition, words) -> None:
    factory.sell()
    factory.record(12, Participation(factory.unit, SUBJECT), step=step, disposition=disposition)
    factory.record(13, Participation(factory.unit, SUBJECT), step="retail_selling", disposition="retail_sold",
                   biz_location=STORE)  # fmt: skip
    html = phone.get(factory.path).text
    assert words in html
    assert 'role="alert"' in html
    assert "400-1" in html
    assert "无异常记录" not in html


def test_a_hold_on_lot_or_box_warns_and_a_release_ends_it(factory, phone) -> None:
    factory.record(5, Participation(factory.lot, SUBJECT), step="holding", disposition="unavailable")
    assert "记录为冻结" in phone.get(factory.path).text
    factory.record(6, Participation(factory.lot, SUBJECT), step="inspecting", disposition="available")
    assert "无异常记录" in phone.get(factory.path).text
    factory.record(7, Participation(BOX, Role.PARENT), Participation(factory.unit, Role.CHILD),
                   kind=EventType.AGGREGATION, action=Action.ADD, step="packing")  # fmt: skip
    factory.record(8, Participation(BOX, SUBJECT), step="holding", disposition="quarantined")
    assert "记录为冻结" in phone.get(factory.path).text


def test_a_code_that_was_only_seen_is_not_called_good(factory, phone) -> None:
    factory.serial = "SEEN-ONLY"
    factory.record(11, Participation(factory.unit, SUBJECT), step="receiving", disposition="in_progress")
    html = phone.get(factory.path).text
    assert "没有生产记录" in html
    assert "无异常记录" not in html


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ text }}", "a/../b"]
)
def test_evil_serials_are_text(factory, phone, evil) -> None:
    factory.serial = evil
    html = phone.get(factory.path).text
    assert evil not in html or "<" not in evil
    assert "<script" not in html
    assert "<img" not in html


def test_evil_names_are_text(tenant, phone) -> None:
    factory = Factory(tenant, new_gtin(), "S<1")
    factory.name("<b>名</b><script>x</script>", "<b>n</b>")
    factory.make()
    factory.publish()
    html = phone.get(f"/01/{factory.gtin}").text
    assert "&lt;b&gt;名&lt;/b&gt;" in html
    assert "<script" not in html


def test_the_page_is_small_has_no_script_and_fetches_nothing(factory, phone) -> None:
    factory.sell()
    answer = phone.get(factory.path)
    assert len(answer.content) < BUDGET
    assert "<script" not in answer.text
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", answer.text)
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "set-cookie" not in answer.headers
    assert " style=" not in answer.text


def test_a_phone_may_keep_the_page_and_ask_again(factory, phone) -> None:
    first = phone.get(factory.path)
    assert "max-age=30" in first.headers["cache-control"]
    assert "Accept-Language" in first.headers["vary"]
    again = phone.get(factory.path, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    head = phone.get(factory.path, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert phone.get(factory.path, "POST").status_code in {403, 405}


def test_resolvers_get_a_linkset(factory, phone) -> None:
    answer = phone.get(f"{factory.path}?linkType=all")
    assert answer.headers["content-type"] == "application/linkset+json"
    links = answer.json()["linkset"][0]
    assert links["anchor"].endswith(factory.path)
    assert links["https://gs1.org/voc/traceability"][0]["href"] == links["anchor"]
    assert phone.get(factory.path, Accept="application/linkset+json").json() == answer.json()
    assert phone.get(f"/01/{factory.gtin}/21/NOPE?linkType=all").status_code == 404


def test_serials_cannot_be_tried_out(factory, phone) -> None:
    answers = [phone.get(f"/01/{factory.gtin}/21/{number}").status_code for number in range(125)]
    assert answers[:119] == [404] * 119
    assert answers[-1] == 429
    busy = phone.get(factory.path)
    assert (busy.status_code, busy.headers["retry-after"]) == (429, "60")
    assert "查询太频繁" in busy.text
    assert Phone().get(factory.path).status_code == 200
