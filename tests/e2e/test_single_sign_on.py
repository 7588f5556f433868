"""Signing in by the company's own service, in a real browser: who gets in, and who is told why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visits import Visits, token_of, violations
from tests.support.identity_services import serving, settings_for

pytestmark = pytest.mark.browser
PEOPLE = {
    "li": {"name": "李 雷", "preferred_username": "li", "email": "li@plant.example", "email_verified": True,
           "groups": ["quality"]},
    "han": {"name": "韩 梅", "preferred_username": "han", "email": "han@plant.example", "email_verified": True},
}  # fmt: skip


@pytest.fixture
def issuer(visits: Visits) -> Iterator[str]:
    """A service that an administrator has entered for this test, and for people of the group ``quality``."""
    boss = visits()
    boss.goto("/security?tab=providers")
    expect(boss.get_by_role("tab", name="单点登录")).to_be_visible()
    headers = {"X-CSRFToken": token_of(boss), "Referer": boss.url}
    roles = boss.request.get("/api/v1/roles").json()["rows"]
    role = next(each["id"] for each in roles if "trace:event:read" in each["permissions"])
    with serving(PEOPLE) as address:
        entered = settings_for(address, creates_people=True, mappings=[{"group": "quality", "role_id": role}])
        made = boss.request.post("/api/v1/security/providers", data=entered, headers=headers)
        assert made.status == 201, made.text()
        yield address
        boss.request.delete(f"/api/v1/security/providers/{made.json()['id']}", headers=headers)


def _go(visits: Visits, issuer: str, who: str, *, size: str = "desktop") -> Page:
    """Go to the service from the sign-in page, and be this person there; nobody where they refuse."""
    page = visits(None, size=size)
    visits.watch(page).allow_host(issuer)
    page.route("https://cdn.jsdelivr.net/**", lambda route: route.fulfill(body=""))  # the service's own style
    page.goto("/events")
    page.get_by_role("link", name="用公司登录登录").click()
    page.wait_for_url(f"{issuer}/**")
    page.get_by_role("button", name=who, exact=True).click()
    return page


def test_who_the_companys_service_knows_is_in_and_lands_where_they_wanted(visits: Visits, issuer: str) -> None:
    page = _go(visits, issuer, "li")
    expect(page.get_by_role("heading", name="事件", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="李 雷")).to_be_visible()
    assert page.url.endswith("/events")


def test_who_does_not_belong_here_or_refuses_there_is_told_why_and_stays_outside(visits: Visits, issuer: str) -> None:
    for who, why, size in (
        ("han", "您在登录服务里的组没有对应的角色", "desktop"),
        ("Deny", "单点登录没有成功", "phone"),
    ):
        page = _go(visits, issuer, who, size=size)
        expect(page.get_by_role("alert")).to_contain_text(why)
        expect(page.get_by_role("link", name="用公司登录登录")).to_be_visible()
        assert violations(page) == []
        assert page.request.get("/api/v1/session").status == 401
