"""Publishing with a second person's approval, where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from suyuan.kernel.faults import Bilingual
from tests.support.database import contents_of
from tests.support.web import PASSWORD, InProcess

PATH = "/api/v1/definitions/test_box/box"


class Box(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    size: int = 1


@pytest.fixture(autouse=True)
def kind(application) -> Iterator[None]:
    from suyuan.chassis.registry import DefinitionKind, registry

    registry.add_definition_kinds([DefinitionKind("test_box", Bilingual("盒", "Box"), Box)])
    yield
    del registry._kinds["test_box"]


class Person:
    """Somebody at a browser."""

    def __init__(self, tenant) -> None:
        self.login, self.browser = tenant.person(), InProcess()
        self.browser.sign_in(self.login)

    def draft(self, size: int, revision: int | None = None) -> int:
        told = {"title_zh": "盒", "title_en": "Box", "body": {"size": size}, "revision": revision}
        return int(self.browser.put(PATH, json=told).json()["row"]["revision"])

    def publish(self, revision: int):
        return self.browser.post(f"{PATH}/publish", json={"revision": revision, "note": "first"})

    def ask(self, subject: str = "test_box/box", action: str = "designer.publish"):
        return self.browser.post("/api/v1/approvals", json={"action": action, "subject": subject, "note": "please"})

    def decide(self, number: int, approve: bool = True, **change):
        told = {"login": self.login, "password": PASSWORD, "approve": approve, "note": "looked at"}
        return self.browser.post(f"/api/v1/approvals/{number}/decision", json=told | change)


@pytest.fixture
def author(tenant) -> Person:
    author = Person(tenant)
    rule = {"action": "designer.publish", "needed": True}
    rules = author.browser.put("/api/v1/approval-rules", json=rule).json()["rows"]
    assert next(each for each in rules if each["action"] == rule["action"])["needed"]
    return author


@pytest.fixture
def other(tenant) -> Person:
    return Person(tenant)


def test_exactly_what_another_approved_is_published_once(author, other) -> None:
    revision = author.draft(1)
    refused = author.publish(revision).json()
    assert (refused["code"], refused["params"]["action"]) == ("compliance.approval_needed", "Publish a definition")
    asked = author.ask().json()
    assert author.publish(revision).json()["code"] == "compliance.approval_needed"
    assert author.decide(asked["id"]).json()["code"] == "compliance.approval_own"
    decided = other.decide(asked["id"]).json()
    assert (decided["state"], decided["decider"], decided["decision_note"]) == ("approved", "王 小明", "looked at")
    signed = other.browser.get("/api/v1/signatures", params={"kind": "approval"}).json()["rows"][0]
    assert (signed["subject"], signed["meaning"], signed["state"]) == (str(asked["id"]), "approve", "valid")
    revision = author.draft(2, revision)
    assert author.publish(revision).json()["code"] == "compliance.approval_needed"
    revision = author.draft(1, revision)
    assert author.publish(revision).json() == {"version": 1}
    assert author.browser.get("/api/v1/approvals").json()["rows"][0]["state"] == "used"
    assert author.publish(author.draft(3, revision + 1)).json()["code"] == "compliance.approval_needed"


def test_rejected_or_withdrawn_is_closed(author, other) -> None:
    revision = author.draft(1)
    asked = author.ask().json()["id"]
    assert author.ask().json()["code"] == "compliance.approval_asked"
    assert other.decide(asked, approve=False).json()["state"] == "rejected"
    assert other.decide(asked).json()["code"] == "compliance.approval_closed"
    assert author.publish(revision).json()["code"] == "compliance.approval_needed"
    again = author.ask().json()["id"]
    assert other.browser.delete(f"/api/v1/approvals/{again}").status_code == 404
    assert author.browser.delete(f"/api/v1/approvals/{again}").status_code == 204
    assert author.browser.delete(f"/api/v1/approvals/{again}").json()["code"] == "compliance.approval_closed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "guess"}, "tenancy.presence_wrong"),
        ({"approve": False, "note": " "}, "compliance.signature_note_missing"),
    ],
)
def test_a_decision_that_does_not_count_leaves_no_trace(tenant, author, other, change, code) -> None:
    author.draft(1)
    asked = author.ask().json()["id"]
    before = contents_of(tenant.id)
    assert other.decide(asked, **change).json()["code"] == code
    assert contents_of(tenant.id) == before


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"subject": "test_box/none"}, "chassis.not_found"),
        ({"subject": "nothing"}, "chassis.not_found"),
        ({"action": "cake.eat"}, "compliance.no_such_action"),
    ],
)
def test_nobody_is_asked_to_approve_nothing(tenant, author, asked, code) -> None:
    before = contents_of(tenant.id)
    assert author.ask(**asked).json()["code"] == code
    assert contents_of(tenant.id) == before


def test_a_published_version_is_signed(author, other, tenant) -> None:
    author.browser.put("/api/v1/approval-rules", json={"action": "designer.publish", "needed": False})
    assert author.publish(author.draft(1)).json() == {"version": 1}
    query = {"kind": "definition", "subject": "test_box/box/1"}
    seen = author.browser.get("/api/v1/signatures/record", params=query).json()
    proof = {"login": author.login, "password": PASSWORD, "meaning": "author", "digest": seen["digest"]}
    assert author.browser.post("/api/v1/signatures", json=query | proof).json()["state"] == "valid"
    assert seen["content"]["body"] == {"size": 1}
