"""Single sign-on against a real service: who gets in as whom, and who does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey

from suyuan.chassis import outside
from suyuan.chassis.settings import settings
from tests.support.identity_services import consented, serving, settings_for, sign_in_by
from tests.support.web import InProcess

PEOPLE = {
    "li": {"name": "李 雷", "preferred_username": "li", "email": "li@plant.example", "email_verified": True,
           "groups": ["quality", "unknown"]},
    "han": {"name": "韩", "preferred_username": "han", "email": "han@plant.example", "email_verified": False},
}  # fmt: skip


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with serving(PEOPLE) as address:
        yield address


@pytest.fixture(autouse=True)
def _allowed(application, monkeypatch) -> None:
    from suyuan.tenancy.store import provider_calls

    known = settings().model_copy(update={"identity_hosts": "localhost:*"})
    monkeypatch.setattr(provider_calls, "settings", lambda: known)


@pytest.fixture
def boss(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


def _role(boss: InProcess) -> int:
    body = {"name_zh": "质量", "name_en": "Quality", "permissions": ["trace:event:read"]}
    return int(boss.post("/api/v1/roles", json=body).json()["id"])


def _provider(boss: InProcess, issuer: str, **more) -> int:
    answer = boss.post("/api/v1/security/providers", json=settings_for(issuer, **more))
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def _refused(answer) -> str:
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query).get("refused", [""])[0]


def test_a_new_person_comes_with_the_roles_of_their_groups(tenant, boss, issuer) -> None:
    role = _role(boss)
    mappings = [{"group": "quality", "role_id": role}]
    number = _provider(boss, issuer, creates_people=True, mappings=mappings)
    assert InProcess().get("/api/v1/session/providers", params={"company": tenant.code}).json()["rows"] == [
        {"id": number, "name_zh": "公司登录", "name_en": "Company"}
    ]
    browser = InProcess()
    answer = sign_in_by(browser, tenant.code, number, "li")
    assert answer.headers["location"] == "/events", answer.headers["location"]
    told = browser.get("/api/v1/session").json()
    assert (told["user"]["login"], told["permissions"]) == ("li", ["trace:event:read"])
    assert "client_id=suyuan" in told["leave_to"]
    assert boss.get("/api/v1/security/sign-ins").json()["rows"][0]["method"] == "provider"
    assert boss.patch(f"/api/v1/security/providers/{number}", json={"mappings": []}).status_code == 200
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == "tenancy.provider_no_role"
    person = next(each for each in boss.get("/api/v1/people").json()["rows"] if each["login"] == "li")
    boss.patch(f"/api/v1/people/{person['id']}", json={"active": False})
    boss.patch(f"/api/v1/security/providers/{number}", json={"mappings": mappings})
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == "tenancy.wrong_credentials"


def test_somebody_known_is_linked_by_a_verified_mail_alone(tenant, boss, issuer) -> None:
    number = _provider(boss, issuer, links_by_mail=True)
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == "tenancy.provider_no_account"
    people = {}
    for name in ("li", "han"):
        body = {"login": f"{name}-{tenant.code}", "name": name}
        people[name] = boss.post("/api/v1/people", json=body | {"mail": f"{name.title()}@plant.example"}).json()
        assert people[name]["mail"] == f"{name.title()}@plant.example"
    browser = InProcess()
    assert _refused(sign_in_by(browser, tenant.code, number, "li")) == ""
    assert browser.get("/api/v1/session").json()["user"]["id"] == people["li"]["id"]
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "han")) == "tenancy.provider_no_account"
    boss.patch(f"/api/v1/people/{people['li']['id']}", json={"mail": "another@plant.example"})
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == "", "once linked, the subject counts"


def test_an_answer_serves_once_and_in_its_browser_only(tenant, boss, issuer) -> None:
    number = _provider(boss, issuer, creates_people=True, mappings=[{"group": "quality", "role_id": _role(boss)}])
    browser, other = InProcess(), InProcess()
    for each in (browser, other):
        each.take_page_token()
    asked = {"company": tenant.code, "provider": number, "to": "//evil.example/"}
    start = browser.get("/api/v1/session/provider/start", params=asked).headers["location"]
    back = consented(start, "li")
    assert _refused(other.get("/api/v1/session/provider/callback", params=back)) == "tenancy.challenge_gone"
    answer = browser.get("/api/v1/session/provider/callback", params=back)
    assert answer.headers["location"] == "/", "another website is no place to go back to"
    again = browser.get("/api/v1/session/provider/callback", params=back)
    assert _refused(again) == "tenancy.challenge_gone"
    wrong = [{"state": "x", "code": "y"}, {"error": "access_denied", "state": "x"}, {}]
    codes = [_refused(browser.get("/api/v1/session/provider/callback", params=each)) for each in wrong]
    assert codes == ["tenancy.challenge_gone", "tenancy.provider_refused", "tenancy.provider_refused"]


def test_trying_tells_who_it_would_be_and_signs_nobody_in(tenant, boss, issuer) -> None:
    role = _role(boss)
    number = _provider(
        boss, issuer, enabled=False, creates_people=True, mappings=[{"group": "quality", "role_id": role}]
    )
    before = len(boss.get("/api/v1/people").json()["rows"])
    told = boss.post(f"/api/v1/security/providers/{number}/try").json()
    assert told["tried"]["ok"]
    back = consented(told["address"], "li")
    answer = boss.get("/api/v1/session/provider/callback", params=back)
    assert answer.headers["location"] == "/security?tab=providers"
    tried = boss.get("/api/v1/security/providers").json()["rows"][0]["tried"]
    assert (tried["ok"], tried["step"], tried["subject"]) == (True, "roles", "li")
    assert (tried["groups"], tried["role_ids"]) == (["quality", "unknown"], [role])
    assert len(boss.get("/api/v1/people").json()["rows"]) == before
    wrong = _provider(boss, "http://localhost:9", name_zh="错")
    refused = boss.post(f"/api/v1/security/providers/{wrong}/try").json()
    assert (refused["tried"]["ok"], refused["address"]) == (False, None)


def test_settings_are_checked_and_the_secret_stays_here(tenant, boss, issuer) -> None:
    for wrong in (
        {"issuer": "ftp://x"}, {"issuer": "https://u:p@x"}, {"scopes": "profile"}, {"name_en": " "}, {"secret": " "},
        {"mappings": [{"group": "g", "role_id": 999_999_999}]},
    ):  # fmt: skip
        answer = boss.post("/api/v1/security/providers", json=settings_for(issuer) | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "tenancy.field_invalid"), wrong
    number = _provider(boss, issuer)
    told = boss.get("/api/v1/security/providers").text + boss.get("/api/v1/audit").text
    assert "a secret" not in told
    assert boss.delete(f"/api/v1/security/providers/{number}").status_code == 204
    assert _refused(
        InProcess().get("/api/v1/session/provider/start", params={"company": tenant.code, "provider": number})
    ) == "tenancy.provider_refused"  # fmt: skip


def test_keys_that_changed_are_asked_for_again(tenant, boss, issuer, monkeypatch) -> None:
    from suyuan.tenancy.store import provider_calls as calls

    number = _provider(boss, issuer, creates_people=True, mappings=[{"group": "quality", "role_id": _role(boss)}])
    old = {"keys": [RSAKey.generate_key(2048, {"kid": "old"}).as_dict(private=False)]}
    place = calls.discovered(issuer).jwks_uri
    calls._kept[place] = (time.monotonic() - 31, old)
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == ""
    calls._kept[place] = (time.monotonic(), old)
    assert _refused(sign_in_by(InProcess(), tenant.code, number, "li")) == "tenancy.provider_refused"
    calls._kept.clear()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://[::1]/", "http://example.com/", "https://169.254.1.1/"],
)
def test_our_own_network_is_called_only_where_the_operator_says_so(url) -> None:
    with pytest.raises(outside.AddressRefusedError):
        outside.fetch(url, "")
