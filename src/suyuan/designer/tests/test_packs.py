"""Packs install, upgrade without touching what was changed here, and export to the byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from suyuan.kernel.faults import Bilingual, Fault


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


def test_what_is_exported_installs_elsewhere_and_exports_the_same(tenant, make_tenant, tmp_path) -> None:
    from suyuan.designer import api

    _outcomes(tenant, _write(tmp_path / "1", "1", {"x": {"colour": "red"}, "y": {"parts": [{"id": "q", "size": 4}]}}))
    with tenant.open():
        files = api.pack_files(api.export_pack("tools", "1", "工具", "Tools", kinds=["packed_thing"]))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    with make_tenant().open():
        api.install_pack(api.read_pack(archive.getvalue()))
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
