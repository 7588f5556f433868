"""Definitions: drafts, versions that never change, comparing, taking back, two editors at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg
import pytest

from suyuan.kernel.faults import Bilingual, Fault, fault_kind
from tests.support.web import InProcess

TOO_BIG = fault_kind(
    "designer.test_too_big", 422, zh="太大", en="Too big", remedy_zh="改小", remedy_en="Make it smaller"
)


class Part(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: str
    size: int = 1


class Thing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    parts: list[Part] = []
    colour: str = "red"


def _check(thing: Thing) -> list[Fault]:
    return [TOO_BIG(at=f"/parts/{number}/size") for number, part in enumerate(thing.parts) if part.size > 9]


@pytest.fixture(autouse=True)
def kind(application) -> Iterator[None]:
    from suyuan.chassis.registry import DefinitionKind, registry

    registry.add_definition_kinds([DefinitionKind("test_thing", Bilingual("东西", "Thing"), Thing, _check)])
    yield
    del registry._kinds["test_thing"]


@pytest.fixture
def person(tenant) -> InProcess:
    browser = InProcess()
    browser.sign_in(tenant.person())
    return browser


PATH = "/api/v1/definitions/test_thing/box"


def _save(client: InProcess, body: dict[str, Any], revision: int | None, **other: Any) -> Any:
    titles = {"title_zh": "盒", "title_en": "Box"}
    return client.put(PATH, json={**titles, **other, "body": body, "revision": revision})


def _published(client: InProcess, body: dict[str, Any], revision: int | None = None) -> int:
    saved = _save(client, body, revision).json()
    made = client.post(f"{PATH}/publish", json={"revision": saved["row"]["revision"], "note": "因为"})
    assert made.status_code == 200, made.text
    return int(client.get(PATH).json()["row"]["revision"])


def test_from_draft_to_version_to_the_next(client) -> None:
    saved = _save(client, {"parts": [{"id": "a"}]}, None)
    assert saved.status_code == 200, saved.text
    row = saved.json()["row"]
    assert (row["state"], row["version"], row["has_draft"], row["revision"]) == ("draft", None, True, 1)
    assert saved.json()["body"] == {"parts": [{"id": "a", "size": 1}], "colour": "red"}
    assert client.post(f"{PATH}/publish", json={"revision": 1, "note": "第一版"}).json() == {"version": 1}
    now = client.get(PATH).json()["row"]
    assert (now["state"], now["version"], now["has_draft"]) == ("published", 1, False)
    _save(client, {"parts": [{"id": "b", "size": 3}, {"id": "a", "size": 2}], "colour": "blue"}, now["revision"])
    assert client.get(f"{PATH}/versions/1").json()["body"]["parts"] == [{"id": "a", "size": 1}]
    changes = client.get(f"{PATH}/diff").json()
    assert (changes["before"], changes["after"]) == ("1", "draft")
    assert [(each["at"], each["how"]) for each in changes["changes"]] == [
        ("/body/parts/@a/size", "changed"),
        ("/body/parts/@b", "added"),
        ("/body/colour", "changed"),
    ]
    revision = client.get(PATH).json()["row"]["revision"]
    assert client.post(f"{PATH}/publish", json={"revision": revision, "note": "第二版"}).json() == {"version": 2}
    assert [(each["version"], each["note"]) for each in client.get(f"{PATH}/versions").json()["rows"]] == [
        (2, "第二版"),
        (1, "第一版"),
    ]


def test_two_editors_do_not_overwrite_each_other(client, person) -> None:
    revision = _published(client, {})
    first = _save(person, {"colour": "green"}, revision)
    assert first.status_code == 200
    second = _save(client, {"colour": "black"}, revision)
    assert (second.status_code, second.json()["code"]) == (409, "designer.changed_meanwhile")
    assert second.json()["params"]["who"] == "王 小明"
    assert client.get(PATH).json()["body"]["colour"] == "green"
    assert _save(client, {}, None).json()["code"] == "designer.exists_already"


def test_what_has_not_the_shape_is_refused_with_its_place(client) -> None:
    for body, place in (
        ({"parts": [{"id": "a"}, {"id": "b", "size": "big"}]}, "/parts/1/size"),
        ({"parts": {}}, "/parts"),
        ({"paint": 1}, "/"),
        ({"parts": [{}]}, "/parts/0"),
    ):
        refused = _save(client, body, None).json()
        assert (refused["code"], refused["at"]) == ("designer.body_invalid", place)
    assert client.get(PATH).status_code == 404
    assert _save(client, {}, None, title_en=" ").json()["code"] == "designer.title_invalid"
    wrong = client.put("/api/v1/definitions/test_thing/A B", json={"title_zh": "x", "title_en": "x", "body": {}})
    assert wrong.json()["code"] == "designer.key_invalid"
    nothing = client.put("/api/v1/definitions/gadget/x", json={"title_zh": "x", "title_en": "x", "body": {}})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "designer.unknown_kind")


def test_a_draft_may_have_problems_and_a_version_may_not(client) -> None:
    saved = _save(client, {"parts": [{"id": "a", "size": 10}]}, None).json()
    assert [(each["at"], each["title_zh"]) for each in saved["problems"]] == [("/parts/0/size", "太大")]
    refused = client.post(f"{PATH}/publish", json={"revision": 1, "note": "x"}).json()
    assert (refused["code"], refused["at"]) == ("designer.has_problems", "/parts/0/size")
    assert client.post(f"{PATH}/publish", json={"revision": 1, "note": " "}).json()["code"] == "designer.note_missing"
    assert client.get(f"{PATH}/versions").json()["rows"] == []
    seen = client.post("/api/v1/definitions/test_thing/validate", json={"body": {"colour": 1}}).json()["rows"]
    assert seen[0]["at"] == "/colour"


def test_back_to_an_old_version_and_out_of_use(client) -> None:
    revision = _published(client, {"colour": "one"})
    revision = _published(client, {"colour": "two"}, revision)
    reverted = client.post(f"{PATH}/revert", json={"revision": revision, "version": 1}).json()
    assert reverted["body"]["colour"] == "one"
    revision = reverted["row"]["revision"]
    assert client.post(f"{PATH}/publish", json={"revision": revision, "note": "回到第一版"}).json() == {"version": 3}
    revision = client.get(PATH).json()["row"]["revision"]
    assert (
        client.post(f"{PATH}/publish", json={"revision": revision, "note": "x"}).json()["code"] == "designer.no_draft"
    )
    assert client.post(f"{PATH}/retire", json={"revision": revision, "note": "不用了"}).status_code == 204
    retired = client.get("/api/v1/definitions?kind=test_thing&state=retired").json()["rows"]
    assert [row["key"] for row in retired] == ["box"]
    audit = client.get("/api/v1/audit?table=designer_definition").json()["rows"][0]
    assert audit["reason"] == "不用了"
    assert client.post(f"{PATH}/restore", json={"revision": revision + 1}).status_code == 204
    assert client.get(PATH).json()["row"]["state"] == "published"


def test_discarding_a_draft(client) -> None:
    revision = _published(client, {"colour": "one"})
    changed = _save(client, {"colour": "two"}, revision, title_en="Crate").json()["row"]["revision"]
    assert client.post(f"{PATH}/discard", json={"revision": changed}).status_code == 204
    now = client.get(PATH).json()
    assert (now["body"]["colour"], now["row"]["title_en"], now["row"]["has_draft"]) == ("one", "Box", False)


def test_a_definition_never_published_is_deleted_with_its_draft(client) -> None:
    _save(client, {}, None)
    assert client.post(f"{PATH}/discard", json={"revision": 1}).status_code == 204
    assert client.get(PATH).status_code == 404


def test_versions_cannot_be_changed_even_by_the_application(client, tenant) -> None:
    _published(client, {})
    with tenant.open() as current:
        for statement in ("UPDATE designer_version SET note = 'x'", "DELETE FROM designer_version"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), current.connection.transaction():
                current.execute(statement)


def test_lists_filter_and_page(client) -> None:
    for number in range(3):
        body = {"title_zh": f"东西{number}", "title_en": f"Thing 100%{number}", "body": {}}
        assert client.put(f"/api/v1/definitions/test_thing/t{number}", json=body).status_code == 200
    first = client.get("/api/v1/definitions?kind=test_thing&limit=2").json()
    second = client.get(f"/api/v1/definitions?kind=test_thing&limit=2&cursor={first['next']}").json()
    assert [row["key"] for row in first["rows"] + second["rows"]] == ["t0", "t1", "t2"]
    assert second["next"] is None
    found = client.get("/api/v1/definitions", params={"search": "100%2"}).json()["rows"]
    assert [row["key"] for row in found] == ["t2"]
    kinds = {row["name"]: row["definitions"] for row in client.get("/api/v1/definitions/kinds").json()["rows"]}
    assert kinds["test_thing"] == 3
    schema = client.get("/api/v1/definitions/kinds/test_thing").json()
    assert "size" in str(schema)


def test_what_changed_is_told_to_whoever_listens(client, tenant) -> None:
    _published(client, {})
    with tenant.open() as current:
        rows = current.rows("SELECT payload::text FROM chassis_outbox WHERE topic = 'designer.definition' ORDER BY id")
    assert [msgspec.json.decode(row[0])["change"] for row in rows] == ["saved", "published"]
