"""Every page of the console, light and dark, on every size: nothing for axe to find, nothing sideways, all names in the
page's language."""

from __future__ import annotations

import os
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Rules, Visits, foreign_words, resize, sideways, violations, walk_to
from tools.demo_plant import DemoPlant
from tools.pages import settled

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "trace": "/trace",
    "scope": "/scope",
    "causes": "/causes?from=events&parameter=standby_current",
    "scope-of-events": "/scope?from=events",
    "scoped": "/scope?codes={reel}",
    "desk": "/trace?code={sold}&direction=back",
    "list": "/trace?code={sold}&direction=back&tab=list",
    "parameters": "/trace?code={sold}&direction=back&tab=parameters",
    "people-and-machines": "/trace?code={sold}&direction=back&tab=people",
    "events": "/events",
    "plant": "/plant",
    "execution-checks": "/plant?tab=checks",
    "orders": "/orders",
    "sales-demand": "/production/demand",
    "routes": "/routes",
    "capture": "/capture",
    "stations": "/stations",
    "decode": "/decode",
    "decoded": "/decode?code=https%3A%2F%2Fid.gs1.org%2F01%2F09521234543213%2F21%2FS9%3F17%3D261231",
    "packing": "/packing",
    "history": "/production/history?code={sold}",
    "history-empty": "/production/history",
    "work-in-process": "/production/wip",
    "work-in-process-wall": "/production/wip?tv=1",
    "instructions": "/production/instructions",
    "andon": "/production/andon",
    "andon-wall": "/production/andon?tv=1",
    "andon-measures": "/production/andon?tab=measures",
    "andon-kinds": "/production/andon?tab=kinds",
    "pulls": "/production/pulls",
    "pulls-wall": "/production/pulls?tv=1",
    "pulls-stock": "/production/pulls?tab=stock",
    "pulls-cards": "/production/pulls?tab=cards",
    "shortages": "/production/shortages",
    "effectiveness": "/production/oee",
    "machine-states": "/production/oee?tab=states",
    "yields": "/production/oee?tab=yields",
    "nodes": "/nodes",
    "imports": "/imports",
    "import-into": "/imports?into=master.equipment",
    "actions": "/actions",
    "entry-quality": "/entry-quality",
    "code-rules": "/code-rules",
    "code-rule": "/code-rules/unit-serial",
    "codes": "/codes",
    "code-batch": "/codes/1",
    "labels": "/labels",
    "print-log": "/labels/jobs",
    "printers": "/labels/printers",
    "products": "/products",
    "packs": "/packs",
    "people": "/people",
    "roles": "/roles",
    "tokens": "/tokens",
    "sites": "/sites",
    "sign-in-rules": "/security",
    "sign-in-services": "/security?tab=providers",
    "duties": "/security?tab=duties",
    "sign-ins": "/security?tab=sign-ins",
    "rights": "/security?tab=rights",
    "alerts": "/alerts",
    "mails": "/alerts?tab=mails",
    "access-report": "/access",
    "audit": "/audit",
    "signing": "/signing",
    "signatures": "/signing?tab=signatures",
    "approval-rules": "/signing?tab=rules",
    "integrity": "/integrity",
    "retention": "/retention",
    "legal-holds": "/retention?tab=holds",
    "removals": "/retention?tab=removals",
    "data-export": "/data-export",
    "account": "/account",
    "help": "/help/pda",
    "feedback": "/feedback",
    "own-feedback": "/feedback?tab=own",
    "missing": "/nowhere",
}
READY = {"scoped": ".scope-figures, .scope-path"}
"""What says that a page is there which takes its time."""
EVERY = 1 if os.environ.get("TEST_NEW_EXAMPLES") else 2
"""In the dark, `make check` looks at each page and `make test` at every other: colours come from one set of tokens."""
FORMS = ("/nodes", "/labels/printers", "/products", "/people", "/roles", "/tokens", "/sites")


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("h1, h2").first.wait_for(state="attached")
    settled(page)


def _look(page: Page, name: str, within: str = "html", rules: Rules = "all") -> list[str]:
    found = [f"{name}: {violation}" for violation in (*violations(page, within, rules), *foreign_words(page))]
    wider = sideways(page)
    return [*found, f"{name}: {wider} pixels sideways"] if wider > 0 else found


@pytest.mark.parametrize(("language", "dark"), [("zh", False), ("en", True)], ids=["zh-light", "en-dark"])
def test_every_page(visits: Visits, plant: DemoPlant, language: str, dark: bool) -> None:
    """The application is loaded once; pages are gone through by its own links, and each is seen on every size.

    Every rule is held against the light desk; the dark one differs in its colours alone, the phone in all but them.
    """
    page = visits(language=language, dark=dark)
    _open(page, "/")
    found = []
    for name, address in list(PAGES.items())[:: EVERY if dark else 1]:
        resize(page, "desktop")
        walk_to(page, address.format(sold=plant.code("sold-unit"), reel=quote(plant.code("bad-reel"))))
        page.locator(READY.get(name, "h1, h2")).first.wait_for(state="attached")
        settled(page)
        found += _look(page, name, rules="colours" if dark else "all")
        resize(page, "tablet")
        if (wider := sideways(page)) > 0:
            found.append(f"{name} on a tablet: {wider} pixels sideways")
        resize(page, "phone")
        settled(page)
        if dark:  # colours are those of the desk; what may differ is how long the words are
            if (wider := sideways(page)) > 0:
                found.append(f"{name} on a phone: {wider} pixels sideways")
            continue
        # the bars around it are the same on every page; they are looked at whole on the first
        found += _look(page, f"{name} on a phone", "html" if name == "home" else "main", "structure")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_forms_and_drawers(visits: Visits, plant: DemoPlant, dark: bool) -> None:
    page = visits(dark=dark)
    rules: Rules = "colours" if dark else "all"
    _open(page, "/")
    found = []
    for address in FORMS:
        walk_to(page, address)
        page.locator("[data-action=new]").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settled(page)
        found += _look(page, f"new in {address}", rules=rules)
    for address in ("/events", "/audit", "/capture"):
        walk_to(page, address)
        page.locator("tr[data-row]").first.locator("td").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        settled(page)
        found += _look(page, f"drawer of {address}", rules=rules)
    walk_to(page, f"/trace?code={plant.code('sold-unit')}")
    page.get_by_text("树表", exact=True).click()
    settled(page)
    found += _look(page, "tree table", rules=rules)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_before_one_signs_in(visits: Visits, dark: bool) -> None:
    page = visits(None, dark=dark)
    _open(page, "/")
    found = _look(page, "signing in")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("请输入账号")).to_be_visible()
    found += _look(page, "signing in without a word")
    for language in ("zh", "en"):  # how a device comes to trust the plant: read on phones, before anybody can sign in
        page.goto(f"/certificate?lang={language}")
        page.locator("h1").first.wait_for()
        for size in ("desktop", "phone"):
            resize(page, size)
            found += _look(page, f"certificate in {language} on a {size}")
    assert not found, "\n".join(found)
