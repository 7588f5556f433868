"""Packs install, upgrade without touching what was changed here, and export to the byte."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from suyuan.kernel.faults import Bilingual, Fault
from tests.support.web import InProcess


class Part(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: str
    size: int = 1


class Thing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    parts: list[Part] = []
    colour: str = "red"


@pytest.fixture(autouse=True)
def kind(application) -> Iterator[None]:
    from suyuan.chassis.registry import DefinitionKind, registry

    registry.add_definition_kinds([DefinitionKind("packed_thing", Bilingual("东西", "Thing"), Thing)])
    yield
    del registry._kinds["packed_thing"]


def _write(folder: Path, version: str, bodies: dict[str, Any]) -> Path:
    (folder / "packed_thing").mkdir(parents=True, exist_ok=True)
    manifest = {"name": "tools", "version": version, "title_zh": "工具", "title_en": "Tools"}
    (folder / "pack.json").write_bytes(msgspec.json.encode(manifest))
    for key, body in bodies.items():
        file = {"title_zh": key, "title_en": key, "body": body}
        (folder / "packed_thing" / f"{key}.json").write_bytes(msgspec.json.encode(file))
    return folder


def _outcomes(tenant: Any, folder: Path) -> dict[str, str]:
    from suyuan.designer import api

    with tenant.open():
        return {each.key: each.outcome for each in api.install_pack(api.read_pack(folder))}


def _change(tenant: Any, key: str, body: dict[str, Any]) -> None:
    from suyuan.designer import api

    with tenant.open():
        now = api.definition("packed_thing", key).row
        saved = api.save_draft("packed_thing", key, title_zh=key, title_en=key, body=body, revision=now.revision)
        api.publish("packed_thing", key, revision=saved.row.revision, note="ours")


def _body(tenant: Any, key: str) -> Any:
    from suyuan.designer import api

    with tenant.open():
        return msgspec.to_builtins(api.in_force("packed_thing", key)[1])


def test_an_upgrade_keeps_what_was_changed_here(tenant, tmp_path) -> None:
    one = {"parts": [{"id": "a"}], "colour": "red"}
    names = ("untouched", "ours", "both", "clash", "still")
    assert _outcomes(tenant, _write(tmp_path / "1", "1", dict.fromkeys(names, one))) == dict.fromkeys(names, "added")
    assert _outcomes(tenant, tmp_path / "1") == dict.fromkeys(names, "same")
    blue = {"parts": [{"id": "a"}], "colour": "blue"}
    for key in ("ours", "both", "clash"):
        _change(tenant, key, blue)
    bigger = {"parts": [{"id": "a", "size": 2}, {"id": "b"}], "colour": "red"}
    black = {"parts": [{"id": "a"}], "colour": "black"}
    two = {"untouched": bigger, "ours": one, "both": bigger, "clash": black, "still": one}
    assert _outcomes(tenant, _write(tmp_path / "2", "2", two)) == {
        "untouched": "updated", "ours": "kept", "both": "merged", "clash": "conflict", "still": "same",
    }  # fmt: skip
    assert _body(tenant, "untouched") == {"parts": [{"id": "a", "size": 2}, {"id": "b", "size": 1}], "colour": "red"}
    assert _body(tenant, "both") == {"parts": [{"id": "a", "size": 2}, {"id": "b", "size": 1}], "colour": "blue"}
    assert _body(tenant, "ours")["colour"] == _body(tenant, "clash")["colour"] == "blue"


def test_in_a_conflict_the_packs_side_is_taken_on_request_and_nothing_else_is_lost(tenant, tmp_path) -> None:
    from suyuan.designer import api

    _outcomes(tenant, _write(tmp_path / "1", "1", {"clash": {"parts": [{"id": "a"}], "colour": "red"}}))
    _change(tenant, "clash", {"parts": [{"id": "a"}, {"id": "mine"}], "colour": "blue"})
    upgrade = api.read_pack(_write(tmp_path / "2", "2", {"clash": {"parts": [{"id": "a"}], "colour": "black"}}))
    with tenant.open():
        (clash,) = api.try_pack(upgrade)
        (settled,) = api.try_pack(upgrade, theirs={("packed_thing", "clash")})
    assert (clash.outcome, settled.outcome) == ("conflict", "merged")
    colour = ("/colour", "changed", "blue", "black")
    assert [(each.at, each.how, each.before, each.after) for each in settled.changes] == [colour]
    assert {each.at for each in clash.changes} == {"/colour", "/parts/@mine"}
    assert (settled.differing, clash.differing) == (1, 2)
    assert _body(tenant, "clash")["colour"] == "blue", "trying keeps nothing"
    with tenant.open():
        api.install_pack(upgrade, theirs={("packed_thing", "clash")})
    assert _body(tenant, "clash") == {"parts": [{"id": "a", "size": 1}, {"id": "mine", "size": 1}], "colour": "black"}
    with tenant.open():
        assert [row.outcome for row in api.install_pack(upgrade)] == ["kept"]


def test_what_is_exported_installs_elsewhere_and_exports_the_same(tenant, make_tenant, tmp_path) -> None:
    from suyuan.designer import api

    _outcomes(tenant, _write(tmp_path / "1", "1", {"x": {"colour": "red"}, "y": {"parts": [{"id": "q", "size": 4}]}}))
    with tenant.open():
        files = api.pack_files(api.export_pack("tools", "1", "工具", "Tools", kinds=["packed_thing"]))
        archive = api.pack_zip(api.export_pack("tools", "1", "工具", "Tools", kinds=["packed_thing"]))
    with make_tenant().open():
        api.install_pack(api.read_pack(archive))
        again = api.pack_files(api.export_pack("tools", "1", "工具", "Tools", kinds=["packed_thing"]))
    assert again == files
    assert list(files) == ["pack.json", "packed_thing/x.json", "packed_thing/y.json"]


@pytest.mark.parametrize(
    ("file", "content", "code", "place"),
    [
        ("packed_thing/x.json", b"{", "designer.pack_unreadable", "/packed_thing/x.json"),
        ("packed_thing/x.json", b'{"title_zh":"x","title_en":"x","body":{"parts":1}}', "designer.body_invalid",
         "/packed_thing/x.json/parts"),
        ("gadget/x.json", b'{"title_zh":"x","title_en":"x","body":{}}', "designer.unknown_kind", "/gadget/x.json"),
        ("a/b/c.json", b"{}", "designer.pack_unreadable", "/a/b/c.json"),
    ],
)  # fmt: skip
def test_a_bad_pack_is_refused_with_its_file_and_leaves_nothing(tenant, tmp_path, file, content, code, place) -> None:
    from suyuan.designer import api

    folder = _write(tmp_path, "1", {"good": {}})
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(content)
    with pytest.raises(Fault) as refused, tenant.open():
        api.install_pack(api.read_pack(folder))
    assert (refused.value.kind.code, refused.value.at) == (code, place)
    with tenant.open():
        assert api.list_definitions(kind="packed_thing")[0] == []


def test_what_is_no_pack_is_refused(tmp_path) -> None:
    from suyuan.designer import api

    for source in (tmp_path, tmp_path / "nothing", b"no zip", b""):
        with pytest.raises(Fault, match="pack_unreadable"):
            api.read_pack(source)


GOOD = {
    "pack.json": b'{"name":"tools","version":"1","title_zh":"x","title_en":"x"}',
    "packed_thing/x.json": b'{"title_zh":"x","title_en":"x","body":{}}',
}


def _zip(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", compression) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return archive.getvalue()


def _twice(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO(_zip(files))
    with zipfile.ZipFile(archive, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("packed_thing/x.json", b"{}")
    return archive.getvalue()


def _forged(size: int) -> bytes:
    """Return a ZIP whose file says that it is smaller than it is."""
    real = _zip({**GOOD, "packed_thing/y.json": b" " * 200_000})
    return real.replace((200_000).to_bytes(4, "little"), size.to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("archive", "status", "code"),
    [
        (lambda: b"no zip", 422, "designer.pack_unreadable"),
        (lambda: b"", 422, "designer.pack_unreadable"),
        (lambda: _zip(GOOD)[:-30], 422, "designer.pack_unreadable"),
        (lambda: _zip({**GOOD, "../../x.json": b"{}"}), 422, "designer.pack_unreadable"),
        (lambda: _zip({**GOOD, "../x.json": GOOD["packed_thing/x.json"]}), 404, "designer.unknown_kind"),
        (lambda: _zip({**GOOD, "/etc/x.json": GOOD["packed_thing/x.json"]}), 422, "designer.pack_unreadable"),
        (lambda: _zip({**GOOD, "packed_thing/a b.json": GOOD["packed_thing/x.json"]}), 422, "designer.key_invalid"),
        (lambda: _zip({**GOOD, "packed_thing/x.exe": b"MZ"}), 422, "designer.pack_unreadable"),
        (lambda: _zip({**GOOD, "pack.json": b'{"name":"","version":"1","title_zh":"x","title_en":"x"}'}), 422,
         "designer.pack_unreadable"),
        (lambda: _twice(GOOD), 422, "designer.pack_unreadable"),
        (lambda: _forged(20), 422, "designer.pack_unreadable"),
        (lambda: _zip({**GOOD, "packed_thing/bomb.json": bytes(40 << 20)}), 413, "designer.pack_too_large"),
        (lambda: _zip({**GOOD, **{f"packed_thing/{n}.json": b"" for n in range(2000)}}), 413,
         "designer.pack_too_large"),
        (lambda: _zip({**GOOD, "packed_thing/l.json": os.urandom(5 << 20)}), 413, "chassis.body_too_large"),
        (lambda: _zip({"pack.json": GOOD["pack.json"]}), 422, "designer.pack_unreadable"),
    ],
)  # fmt: skip
def test_what_is_uploaded_can_be_anything(tenant, archive, status, code) -> None:
    client, sent = InProcess(tenant.token()), archive()
    for path in ("preview", "install"):
        answer = client.post(f"/api/v1/packs/{path}", content=sent, headers={"Content-Type": "application/zip"})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client.get("/api/v1/definitions?kind=packed_thing").json()["rows"] == []


def test_a_damaged_file_is_refused_or_says_the_same(tenant) -> None:
    from suyuan.designer import api

    whole, source, outcomes = _zip(GOOD), random.Random(7), set()
    for _ in range(300):
        at, bit = source.randrange(len(whole)), 1 << source.randrange(8)
        try:
            pack = api.read_pack(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
            outcomes.add(tuple(each.key for each in pack.definitions))
        except Fault as refused:
            outcomes.add(refused.kind.code)
    assert outcomes <= {("x",), "designer.pack_unreadable", "designer.pack_too_large"}


def test_a_pack_is_looked_at_installed_listed_and_exported_over_http(tenant) -> None:
    client = InProcess(tenant.token())
    looked = client.post("/api/v1/packs/preview", content=_zip(GOOD)).json()
    assert [(each["key"], each["outcome"]) for each in looked["rows"]] == [("x", "added")]
    assert client.get("/api/v1/packs").json()["rows"] == client.get("/api/v1/definitions").json()["rows"] == []
    done = client.post("/api/v1/packs/install", content=_zip(GOOD)).json()
    assert done == looked
    (pack,) = client.get("/api/v1/packs").json()["rows"]
    assert (pack["name"], pack["version"], pack["definitions"]) == ("tools", "1", 1)
    names = {"name": "mine", "version": "2", "title_zh": "我", "title_en": "Mine"}
    chosen = {"definitions": [{"kind": "packed_thing", "key": "x"}]}
    exported = client.post("/api/v1/packs/export", json=names | chosen)
    assert exported.headers["content-disposition"].endswith("mine-2.zip")
    again = client.post("/api/v1/packs/preview", content=exported.content).json()
    assert (again["name"], [each["outcome"] for each in again["rows"]]) == ("mine", ["same"])
    nothing = {"definitions": [{"kind": "packed_thing", "key": "z"}]}
    refused = client.post("/api/v1/packs/export", json=names | nothing)
    assert (refused.status_code, refused.json()["code"]) == (409, "designer.not_published")


def test_open_consoles_hear_of_what_was_published_once_it_is(tenant) -> None:
    from suyuan.chassis.settings import settings

    with psycopg.connect(settings().database_app_url or "", autocommit=True) as ear:
        ear.execute("LISTEN suyuan_live")
        client = InProcess(tenant.token())
        client.post("/api/v1/packs/preview", content=_zip(GOOD))
        client.post("/api/v1/packs/install", content=_zip(GOOD))
        heard = [each.payload for each in ear.notifies(timeout=5, stop_after=1)]
    assert heard == [f"{tenant.id}:changed:packed_thing:x"]
