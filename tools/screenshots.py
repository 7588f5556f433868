"""Pictures of every page:  python -m tools.screenshots [--url http://127.0.0.1:8000 --data demo-data] [page…]

Both languages, light and dark, desktop and phone (the trace desk on a tablet too) go to docs/screenshots as WebP, which
the browser itself makes, with an index. Without ``--url`` a demo plant is started, and is gone afterwards.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tools import demo_plant
from tools.demo_plant import PASSWORD, DemoPlant, PlantError
from tools.pages import launch, new_context, session_of, settled
from tools.places import ROOT

FOLDER = ROOT / "docs" / "screenshots"
LARGEST, ALL = 150_000, 12_000_000
"""Bytes of one picture, and of all of them."""
QUALITIES = (0.5, 0.4, 0.3)

TO_WEBP = """async ([png, quality]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/webp", quality);
}"""


def _nothing(page: Page) -> None:
    """Take the page as it is."""


def _first_row(page: Page) -> None:
    page.locator("[data-row]").first.click(position={"x": 30, "y": 12})
    page.get_by_role("dialog").wait_for()


def _new(page: Page) -> None:
    page.locator("[data-action=new]").click()
    page.get_by_role("dialog").wait_for()


def _found(page: Page) -> None:
    page.locator(".cause").first.wait_for()


def _compared(page: Page) -> None:
    expect(page.locator(".scope-wave")).to_have_count(0)


def _design(page: Page) -> None:
    page.locator(".label-thumb").first.click()
    page.wait_for_url("**/labels/design/*")
    page.locator("h1").first.wait_for()


def _placed(page: Page) -> None:
    """Stand at no station in particular, which the device remembers."""
    nowhere = page.locator(".places .foot .button")
    page.locator(".places .foot .button, .tile, .entry, .rows, .empty, .cards").first.wait_for()
    if nowhere.count():
        nowhere.click()
        page.locator(".places").wait_for(state="detached")


def _entering(page: Page) -> None:
    _placed(page)
    page.goto(page.url.partition("#")[0] + "#/node/receive")
    page.locator(".entry .scan-line input").first.wait_for()


def _moment(page: Page) -> str:
    """Return a serial number that no picture before has scanned."""
    return f"21{page.evaluate('Date.now()')}"


def _scanned(page: Page) -> None:
    _entering(page)
    page.locator(".scan-line input").first.fill(f"]d20109521234543213{_moment(page)}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)


@dataclass(frozen=True, slots=True)
class View:
    """What is pictured: a title in both languages, an address, what to do there, and for whom."""

    name: str
    zh: str
    en: str
    address: str
    ready: str = "h1, h2"
    act: Callable[[Page], None] = _nothing
    signed_in: bool = True
    sizes: tuple[str, ...] = ("desktop", "phone")


VIEWS = (
    View("sign-in", "登录", "Sign in", "/", "form", signed_in=False),
    View("home", "首页", "Home", "/", ".tiles, .panel"),
    View("trace", "追溯台：从任何编码开始", "Trace desk: start with any code", "/trace", ".item-cards"),
    View(
        "desk", "追溯台：一件产品", "Trace desk: one item", "/trace?code={unit}&direction=back",
        ".timeline li, .trace-work canvas", sizes=("desktop", "tablet", "phone"),
    ),
    View(
        "recall", "追溯台：一盘不良物料去了哪里", "Trace desk: where a bad reel went",
        "/trace?code={reel}&direction=forward&tab=list", "table",
    ),
    View(
        "scope", "影响范围：一盘不良物料", "Scope: of a bad reel",
        "/scope?codes={reel}", ".scope-figures", _compared,
    ),
    View(
        "causes", "共因：不良品与良品差在哪里", "Common causes: how bad units differ from sound ones",
        "/causes?from=events&parameter=standby_current", "h1", _found,
    ),
    View("events", "事件", "Events", "/events", "[data-row]"),
    View("event", "一条事件", "One event", "/events?step=inspecting", "[data-row]", _first_row),
    View("capture", "采集", "Capture", "/capture", "[data-row]"),
    View("decode", "解析", "Decode", "/decode?code={unit}", ".panel"),
    View("packing", "装箱台", "Packing station", "/packing", "h1"),
    View("labels", "标签", "Labels", "/labels", ".label-thumb"),
    View(
        "label-designer", "标签设计器", "Label designer", "/labels", ".label-thumb", _design,
        sizes=("desktop",),
    ),
    View("code-rules", "编码规则", "Code rules", "/code-rules", "main a, [data-row]"),
    View("code-rule", "编码规则设计器", "Code rule designer", "/code-rules/unit-serial", "h1", sizes=("desktop",)),
    View("codes", "编码发行", "Issued codes", "/codes", "[data-row]"),
    View("nodes", "追溯节点", "Trace nodes", "/nodes", ".node-card"),
    View("node", "追溯节点设计器", "Trace node designer", "/nodes/inspect", "h1", sizes=("desktop",)),
    View("actions", "节点动作", "Actions of nodes", "/actions", "h1", sizes=("desktop",)),
    View("imports", "导入", "Import", "/imports", "h1"),
    View("entry-quality", "录入质量", "Entry quality", "/entry-quality", "h1"),
    View("history", "生产履历", "Production history", "/production/history?code={unit}", "h1"),
    View("wip", "在制看板", "Work in process", "/production/wip", "h1"),
    View("andon", "安灯", "Andon", "/production/andon", "h1"),
    View("pulls", "线边要料", "Material calls", "/production/pulls", "h1"),
    View("shortages", "缺料", "Shortages", "/production/shortages", "h1"),
    View("instructions", "作业指导阅读", "Instructions read", "/production/instructions", "h1"),
    View("oee", "设备效率", "Effectiveness of equipment", "/production/oee", "h1"),
    View("orders", "工单", "Work orders", "/orders", "h1"),
    View("routes", "工艺路线", "Routes", "/routes", "h1", sizes=("desktop",)),
    View("route", "工艺路线设计器", "Route designer", "/routes/terminal", ".react-flow__node", sizes=("desktop",)),
    View("bill", "物料清单", "Bill of materials", "/bills/h1", "h1", sizes=("desktop",)),
    View("plant", "工厂建模", "Plant model", "/plant", "h1"),
    View("stations", "现场 PDA：怎样打开", "Shop-floor PDA: how to open it", "/stations", "h1", sizes=("desktop",)),
    View("pda-sign-in", "PDA：登录", "PDA: signing in", "/pda", "main button", signed_in=False, sizes=("phone",)),
    View("pda", "现场 PDA", "Shop-floor PDA", "/pda", "main", sizes=("phone",)),
    View("pda-nodes", "PDA：做什么", "PDA: what to do", "/pda#/nodes", "main", _placed, sizes=("phone",)),
    View("pda-entry", "PDA：录入", "PDA: making an entry", "/pda#/node/receive", "main", _entering, sizes=("phone",)),
    View("pda-scanned", "PDA：已收下", "PDA: kept", "/pda#/node/receive", "main", _scanned, sizes=("phone",)),
    View("pda-queue", "PDA：上传队列", "PDA: the queue", "/pda#/queue", "main", _placed, sizes=("phone",)),
    View("pda-help", "PDA：帮助", "PDA: help", "/pda#/help", "main", sizes=("phone",)),
    View("packs", "模板包", "Packs", "/packs", "h1", sizes=("desktop",)),
    View("products", "公开产品", "Public products", "/products", "[data-row]"),
    View("people", "人员", "People", "/people", "[data-row]"),
    View("roles", "角色", "Roles", "/roles", ".matrix, .cards"),
    View("access", "权限报告", "Access report", "/access", "h1"),
    View("alerts", "安全告警", "Security alerts", "/alerts", "h1"),
    View("sites", "工厂", "Sites", "/sites", "[data-row]", sizes=("desktop",)),
    View("token", "新建令牌", "New token", "/tokens", "[data-action=new]", _new),
    View("audit", "审计", "Audit", "/audit", "[data-row]"),
    View("security", "登录安全", "Sign-in security", "/security", "form"),
    View("signing", "签名与批准", "Signatures and approvals", "/signing?tab=signatures", "h1"),
    View("integrity", "防篡改", "Integrity", "/integrity", ".panel"),
    View("retention", "保留与冻结", "Retention and holds", "/retention", "h1"),
    View("data-export", "数据导出", "Data export", "/data-export", "h1", sizes=("desktop",)),
    View("account", "我的账户", "My account", "/account", "h1"),
    View("consumer", "消费者页面", "Consumer page", "{link}?lang={language}", "main", signed_in=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of one view."""

    view: View
    language: str
    theme: str
    size: str

    @property
    def file(self) -> str:
        """Return the name of the picture's file."""
        return f"{self.view.name}-{self.language}-{self.theme}-{self.size}.webp"


def shots(names: list[str]) -> list[Shot]:
    """Return every picture to take, those of one context together; of the views ``names``, or of all."""
    chosen = [view for view in VIEWS if not names or view.name in names]
    found = [
        Shot(view, language, theme, size)
        for view in chosen
        for size, language, theme in itertools.product(view.sizes, ("zh", "en"), ("light", "dark"))
    ]
    return sorted(found, key=lambda shot: (shot.view.signed_in, shot.size, shot.language, shot.theme))


def _address(shot: Shot, plant: DemoPlant) -> str:
    unit = plant.code("sold-unit")
    link = f"/01/{unit[2:16]}/21/{unit[18:]}"
    return shot.view.address.format(unit=unit, reel=plant.code("bad-reel"), link=link, language=shot.language)


def _compressed(laboratory: Page, png: bytes) -> bytes:
    encoded = base64.b64encode(png).decode()
    for quality in QUALITIES:
        made: str = laboratory.evaluate(TO_WEBP, [encoded, quality])
        webp = base64.b64decode(made.partition(",")[2])
        if len(webp) <= LARGEST:
            return webp
    raise RuntimeError("a picture does not become small enough")


def _take(page: Page, shot: Shot, plant: DemoPlant) -> bytes:
    page.goto(_address(shot, plant))
    page.locator(shot.view.ready).first.wait_for()
    settled(page)
    shot.view.act(page)
    settled(page)
    return page.screenshot()


def take(browser: Browser, plant: DemoPlant, names: list[str]) -> None:
    """Take the pictures and write them, with their index."""
    session = session_of(browser, plant, "demo", PASSWORD)
    FOLDER.mkdir(parents=True, exist_ok=True)
    laboratory = browser.new_page()
    by_context = itertools.groupby(
        shots(names), lambda shot: (shot.size, shot.language, shot.theme, shot.view.signed_in)
    )
    for (size, language, theme, signed_in), together in by_context:
        with new_context(
            browser, plant, size=size, language=language, dark=theme == "dark", session=session if signed_in else None
        ) as context:
            page = context.new_page()
            for shot in together:
                (FOLDER / shot.file).write_bytes(_compressed(laboratory, _take(page, shot, plant)))
        print(f"{size} {language} {theme}{'' if signed_in else ' (nobody signed in)'}", flush=True)


def index() -> str:
    """Return the index: for each view one row of pictures for each language."""
    lines = ["# 界面截图 · Screenshots", "", "`make screenshots` 重新生成。`make screenshots` takes them again.", ""]
    for view in VIEWS:
        lines += [f"## {view.zh} · {view.en}", ""]
        for language in ("zh", "en"):
            pictures = [Shot(view, language, theme, size) for size in view.sizes for theme in ("light", "dark")]
            lines += [" ".join(_picture(shot) for shot in pictures), ""]
    return "\n".join(lines).rstrip() + "\n"


def _picture(shot: Shot) -> str:
    title = shot.view.zh if shot.language == "zh" else shot.view.en
    width = {"desktop": 360, "tablet": 205, "phone": 105}[shot.size]
    return (
        f'<a href="{shot.file}"><img src="{shot.file}" width="{width}" alt="{title} ({shot.size}, {shot.theme})"></a>'
    )


def _tidy() -> int:
    """Remove pictures of views that are no more; return the bytes of those that stay."""
    known = {shot.file for shot in shots([])}
    total = 0
    for file in FOLDER.glob("*.webp"):
        if file.name not in known:
            file.unlink()
        else:
            total += file.stat().st_size
    return total


@contextmanager
def _plant(url: str | None, data: Path) -> Iterator[DemoPlant]:
    if url:
        yield demo_plant.at(url, data)
        return
    with demo_plant.running() as plant:
        yield plant


def main() -> int:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a demo plant that runs already")
    parser.add_argument("--data", type=Path, default=ROOT / "demo-data", help="its data directory")
    parser.add_argument("views", nargs="*", choices=[[], *(view.name for view in VIEWS)])
    asked = parser.parse_args()
    try:
        with _plant(asked.url, asked.data) as plant, sync_playwright() as playwright:
            browser = launch(playwright)
            take(browser, plant, asked.views)
            browser.close()
    except PlantError as fault:
        print(fault, file=sys.stderr)
        return 1
    (FOLDER / "index.md").write_text(index(), encoding="utf-8")
    total = _tidy()
    print(f"{len(shots([]))} pictures, {total / 1e6:.1f} MB")
    return 0 if total <= ALL else 1


if __name__ == "__main__":
    sys.exit(main())
