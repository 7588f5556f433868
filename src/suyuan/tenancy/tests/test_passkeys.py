"""Passkeys through the whole application, with devices that are right, wrong, copied, and overheard."""

from __future__ import annotations

import copy

import pytest

from tests.support.authenticators import Device
from tests.support.database import contents_of
from tests.support.web import PASSWORD, InProcess


@pytest.fixture
def login(tenant) -> str:
    return tenant.person()


@pytest.fixture
def owner(login) -> InProcess:
    browser = InProcess()
    browser.sign_in(login)
    return browser


def test_a_passkey_signs_in_without_a_password(owner, login) -> None:
    telephone, key = Device(), Device()
    made = telephone.register(owner, "电话")
    assert made.status_code == 201, made.text
    assert len(made.json()["codes"]) == 10, "the first factor comes with recovery codes"
    assert key.register(owner, "security key").json()["codes"] == []
    for device in (telephone, key, telephone):
        browser = InProcess()
        answer = device.sign_in(browser)
        assert answer.status_code == 200, answer.text
        assert browser.get("/api/v1/session").json()["user"]["login"] == login
    told = owner.get("/api/v1/session/proof").json()["passkeys"]
    assert [(each["name"], each["last_used"] is not None) for each in told] == [("电话", True), ("security key", True)]
    newest = owner.get("/api/v1/security/sign-ins").json()["rows"][0]
    assert (newest["outcome"], newest["method"]) == ("signed_in", "passkey")


def test_with_a_passkey_the_password_alone_is_not_enough(owner, login) -> None:
    device = Device()
    codes = device.register(owner).json()["codes"]
    browser = InProcess()
    assert browser.sign_in(login).json()["code"] == "tenancy.passkey_needed"
    answer = browser.post(
        "/api/v1/session", json={"login": login, "password": PASSWORD, "passkey": device.ask(browser)}
    )
    assert answer.status_code == 200, answer.text
    assert InProcess().sign_in(login, code=codes[0]).status_code == 200
    somebody = Device()
    other = InProcess()
    other.take_page_token()
    sent = {"login": login, "password": PASSWORD, "passkey": somebody.ask(other)}
    assert other.post("/api/v1/session", json=sent).json()["code"] == "tenancy.passkey_refused"


def test_a_passkey_fulfils_the_rule_of_two_factors(owner, login) -> None:
    assert owner.patch("/api/v1/security/policy", json={"second_factor": "everyone"}).status_code == 200
    assert owner.get("/api/v1/session").json()["must"] == ["second_factor"]
    made = Device().register(owner).json()["passkey"]
    assert owner.get("/api/v1/session").json()["must"] == []
    removed = owner.post(f"/api/v1/session/passkeys/{made['id']}/remove", json={"password": PASSWORD})
    assert removed.json()["code"] == "tenancy.factor_required"
    assert len(owner.get("/api/v1/session/proof").json()["passkeys"]) == 1


def _wrong(name: str, device: Device, browser: InProcess) -> dict:
    """Return an answer that must not be taken."""
    if name == "another website":
        device.website = "http://testserver.example"
    if name == "nobody was seen":
        device.verifies = False
    answer = device.ask(browser)
    if name == "asked in another browser":
        elsewhere = InProcess()
        elsewhere.take_page_token()
        answer = device.ask(elsewhere)
    if name == "signed by another key":
        other = Device(credential=device.credential)
        answer = other.ask(browser)
    if name == "not ours":
        answer["response"]["clientDataJSON"] = "e30"
    return answer


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("another website", "tenancy.passkey_refused"),
        ("nobody was seen", "tenancy.passkey_refused"),
        ("asked in another browser", "tenancy.challenge_gone"),
        ("signed by another key", "tenancy.passkey_refused"),
        ("not ours", "tenancy.passkey_refused"),
    ],
)
def test_a_wrong_answer_opens_nothing(owner, login, name, code) -> None:
    device, browser = Device(), InProcess()
    device.register(owner)
    browser.take_page_token()
    answer = browser.post("/api/v1/session/passkeys/sign-in", json={"answer": _wrong(name, device, browser)})
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert browser.get("/api/v1/session").status_code == 401


def test_an_overheard_answer_is_worth_nothing(owner) -> None:
    device, browser = Device(), InProcess()
    device.register(owner)
    browser.take_page_token()
    answer = device.ask(browser)
    assert browser.post("/api/v1/session/passkeys/sign-in", json={"answer": answer}).status_code == 200
    again = browser.post("/api/v1/session/passkeys/sign-in", json={"answer": answer})
    assert again.status_code in {401, 403}
    assert again.json()["code"] in {"tenancy.challenge_gone", "chassis.csrf"}


def test_a_copy_is_found_by_its_count_and_neither_opens_anything_again(owner) -> None:
    device = Device()
    device.register(owner)
    copied = copy.copy(device)
    assert device.sign_in(InProcess()).status_code == 200
    assert device.sign_in(InProcess()).status_code == 200
    found = copied.sign_in(InProcess())
    assert found.json()["code"] == "tenancy.passkey_cloned"
    assert device.sign_in(InProcess()).json()["code"] == "tenancy.passkey_refused"
    assert owner.get("/api/v1/session/proof").json()["passkeys"][0]["cloned"]


def test_guessing_is_locked_out(owner) -> None:
    device = Device()
    device.register(owner)
    stranger = Device(credential=device.credential)
    codes = [stranger.sign_in(InProcess()).json()["code"] for _ in range(6)]
    assert codes == ["tenancy.passkey_refused"] * 5 + ["tenancy.locked_out"]


def test_a_passkey_signs_a_record(owner) -> None:
    device = Device()
    device.register(owner)
    review = owner.post("/api/v1/audit/reviews", json={"outcome": "in_order", "note": "read"}).json()["id"]
    record = {"kind": "audit_review", "subject": str(review)}
    digest = owner.get("/api/v1/signatures/record", params=record).json()["digest"]
    whole = record | {"digest": digest, "meaning": "review"}
    before = contents_of(1)
    wrong = owner.post("/api/v1/signatures", json=whole | {"passkey": device.ask(owner)})
    assert wrong.json()["code"] == "tenancy.challenge_gone", "asked for signing in, not for signing"
    assert contents_of(1) == before
    answer = device.ask(owner, "/api/v1/session/passkeys/sign")
    made = owner.post("/api/v1/signatures", json=whole | {"passkey": answer})
    assert made.status_code == 201, made.text
    assert made.json()["components"] == ["passkey", "user_verification"]
    again = owner.post("/api/v1/signatures", json=whole | {"passkey": answer, "meaning": "approve"})
    assert again.json()["code"] == "tenancy.challenge_gone"


def test_one_names_and_removes_only_ones_own(owner, tenant) -> None:
    made = Device().register(owner).json()["passkey"]["id"]
    other = InProcess()
    other.sign_in(tenant.person())
    assert other.patch(f"/api/v1/session/passkeys/{made}", json={"name": "x"}).status_code == 404
    sent = {"password": PASSWORD}
    assert other.post(f"/api/v1/session/passkeys/{made}/remove", json=sent).status_code == 404
    assert owner.patch(f"/api/v1/session/passkeys/{made}", json={"name": " "}).status_code == 422
    assert owner.patch(f"/api/v1/session/passkeys/{made}", json={"name": "笔记本"}).json()["name"] == "笔记本"
    wrong = owner.post(f"/api/v1/session/passkeys/{made}/remove", json={"password": "wrong"})
    assert wrong.json()["code"] == "tenancy.password_wrong"
    assert owner.post(f"/api/v1/session/passkeys/{made}/remove", json=sent).status_code == 204
    told = owner.get("/api/v1/session/proof").json()
    assert (told["passkeys"], told["recovery_codes"]) == ([], 0)


def test_an_administrator_takes_lost_passkeys_off(owner, tenant, login) -> None:
    device = Device()
    device.register(owner)
    boss = InProcess()
    boss.sign_in(tenant.person())
    number = owner.get("/api/v1/session").json()["user"]["id"]
    assert boss.post(f"/api/v1/people/{number}/reset-authenticator").status_code == 204
    assert owner.get("/api/v1/session").status_code == 401
    assert device.sign_in(InProcess()).json()["code"] == "tenancy.passkey_refused"
    assert InProcess().sign_in(login).status_code == 200


def test_an_address_without_a_name_has_no_passkeys(login) -> None:
    browser = InProcess(host="127.0.0.1")
    browser.sign_in(login)
    answer = browser.post("/api/v1/session/passkeys/begin", json={"password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (409, "tenancy.passkey_needs_name")
