"""A tenant written out and taken in elsewhere: nothing is lost, and what is damaged leaves no trace."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg.conninfo import make_conninfo

from suyuan.compliance.contracts.transfers import Arrival, Manifest
from suyuan.compliance.domain import notes
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Principal
from tests.support.plants import furnish


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Lend an installation's empty database; gives how to connect as its owner."""
    name = f"suyuan_elsewhere_{os.getpid()}"
    admin = os.environ["SUYUAN_TEST_ADMIN"]
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE suyuan_template OWNER suyuan_owner")
    yield make_conninfo(os.environ["SUYUAN_TEST_OWNER"], dbname=name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def moved(elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return how to go to the other installation for the rest of the test."""
    from django.db import connection

    from suyuan.chassis.settings import settings

    here = dict(connection.settings_dict)

    def go() -> None:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", psycopg.conninfo.conninfo_to_dict(elsewhere)["dbname"])
        url = make_conninfo(os.environ["DATABASE_APP_URL"], dbname=connection.settings_dict["NAME"])
        monkeypatch.setenv("DATABASE_APP_URL", url)
        monkeypatch.setenv("SUYUAN_DATA", str(tmp_path / "elsewhere"))
        settings.cache_clear()

    yield go
    connection.close()
    connection.settings_dict.update(here)
    monkeypatch.undo()
    settings.cache_clear()


def _rows_of(owner: str) -> dict[str, int]:
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    with psycopg.connect(owner) as connection:
        names = [row[0] for row in connection.execute(query) if not row[0].startswith(("django_", "auth_"))]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def test_a_tenant_elsewhere_is_the_same_row_by_row_and_its_log_verifies(tenant, elsewhere, moved, tmp_path) -> None:
    from suyuan.chassis.database import transaction
    from suyuan.compliance import api
    from suyuan.compliance.jobs.transferring import export_tenant, import_tenant

    furnish(tenant)
    seen: list[tuple[int, int, int]] = []
    manifest = export_tenant(tmp_path / "a.zip", tenant.principal, lambda *how: seen.append(how))
    filled = {table.name for table in manifest.tables if table.rows}
    assert len(filled) > 70
    assert seen[-1][0] == seen[-1][1] == len(manifest.tables)
    spoilt = _spoilt(tmp_path)
    empty = _rows_of(elsewhere)
    moved()
    for path, code in spoilt.items():
        with pytest.raises(Fault) as refused:
            import_tenant(elsewhere, path)
        assert refused.value.kind.code == code, path.name
    assert _rows_of(elsewhere) == empty
    assert not (tmp_path / "elsewhere").exists()

    other = import_tenant(elsewhere, _neighbour(tmp_path, manifest))
    assert (other.tenant_id, other.renamed) == (tenant.id, {}), "whose number is free keeps it"
    arrival = import_tenant(elsewhere, tmp_path / "a.zip", manifest.keys[0])
    assert arrival.manifest == manifest
    assert arrival.tenant_id != tenant.id
    assert arrival.renamed == {login: f"{login}@{tenant.code}" for login in arrival.renamed} != {}
    there = Principal(arrival.tenant_id, None, "test", via="system")
    export_tenant(tmp_path / "b.zip", there)
    ours, theirs = _rows_in(tmp_path / "a.zip", manifest), _rows_in(tmp_path / "b.zip", manifest, arrival)
    differing = {name for name, rows in theirs.items() if rows != ours[name]}
    assert differing <= {"compliance_arrival", "compliance_audit", "compliance_log_key"}, "what the arrival added"
    assert all(set(ours[name]) <= set(theirs[name]) for name in differing), "and nothing is missing there either"
    with pytest.raises(Fault) as refused:
        import_tenant(elsewhere, tmp_path / "a.zip")
    assert refused.value.kind.code == "compliance.tenant_taken"
    with transaction(there):
        api.make_checkpoint()
    with transaction(there):
        done = api.verify_log()
    strange = [each for each in done.findings if not each.place.startswith("signature 1000000")]
    assert strange == [], "but for the leaves that fill a block of the furnished tenant's log"
    assert done.leaves > 300


def _changed(rows: bytes, columns: tuple[str, ...], change: Callable[[dict[str, str]], None]) -> list[str]:
    found = []
    for line in rows.decode().splitlines():
        values = dict(zip(columns, line.split("\t"), strict=True))
        change(values)
        found.append("\t".join(values.values()))
    return found


def _rows_in(path: Path, manifest: Manifest, arrival: Arrival | None = None) -> dict[str, list[str]]:
    """Return the rows in an archive, as they were before the tenant arrived where the archive was made."""
    logins = {here: there for there, here in arrival.renamed.items()} if arrival else {}

    def before(values: dict[str, str]) -> None:
        owner = "tenant_id" if "tenant_id" in values else "id"
        if arrival is not None:
            assert values[owner] == str(arrival.tenant_id)
            values[owner] = str(manifest.tenant_id)
        if "login" in values and "password" in values:
            values["login"] = logins.get(values["login"], values["login"])

    with zipfile.ZipFile(path) as archive:
        return {
            table.name: _changed(archive.read(f"tables/{table.name}.copy"), table.columns, before)
            for table in manifest.tables
        }


def _neighbour(folder: Path, manifest: Manifest) -> Path:
    """Return an archive of another tenant that has every number and every login of this one; only secrets differ."""
    key, code, secrets = (
        Ed25519PrivateKey.generate(),
        f"{manifest.code}-next",
        ("secret_hash", "credential", "key_hash"),
    )

    def other(values: dict[str, str]) -> None:
        values.update({name: f"{values[name][:-2]}00" for name in secrets if name in values})
        if values.get("code") == manifest.code:
            values["code"] = code

    path = folder / "neighbour.zip"
    with zipfile.ZipFile(folder / "a.zip") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        tables = []
        for table in manifest.tables:
            rows = _changed(old.read(f"tables/{table.name}.copy"), table.columns, other)
            content = "".join(f"{row}\n" for row in rows).encode()
            new.writestr(f"tables/{table.name}.copy", content)
            said = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            tables.append(msgspec.structs.replace(table, **said))
        name = f"suyuan/{code}"
        keys = (notes.verifier_key(name, notes.public_bytes(key)),)
        told = msgspec.structs.replace(manifest, code=code, keys=keys, last_signed=None, tables=tuple(tables))
        content = msgspec.json.encode(told)
        new.writestr("manifest.json", content)
        statement = f"{name}\nsuyuan/tenant/1 {hashlib.sha256(content).hexdigest()}\n"
        new.writestr("manifest.note", notes.signed(statement, name, key))
    return path


def _inside(path: Path, member: str) -> int:
    """Return where in an archive the content of a member stands: a change elsewhere may mean nothing."""
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(member)
    head = path.read_bytes()[part.header_offset : part.header_offset + 30]
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return part.header_offset + 30 + names + part.compress_size // 2


def _spoilt(folder: Path) -> dict[Path, str]:
    """Return archives that must be refused, each with the code of its refusal."""
    sound = folder / "a.zip"
    damaged, foreign, other = (f"compliance.archive_{what}" for what in ("damaged", "foreign", "other_version"))

    def changed(name: str, change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> Path:
        path = folder / f"{name}.zip"
        with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                content = change(part, old.read(part))
                if content is not None:
                    new.writestr(part, content)
            for part, content in more:
                new.writestr(part, content)
        return path

    def manifest(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
        return lambda part, content: content.replace(old, new) if part == "manifest.json" else content

    (folder / "none.zip").write_bytes(b"no archive")
    whole = sound.read_bytes()
    (folder / "cut.zip").write_bytes(whole[: len(whole) // 2])
    flipped = bytearray(whole)
    flipped[_inside(sound, "tables/trace_event.copy")] ^= 1
    (folder / "flipped.zip").write_bytes(flipped)
    with zipfile.ZipFile(folder / "other.zip", "w") as file:
        file.writestr("x.txt", "x")
    events = "tables/trace_event.copy"
    return {
        folder / "none.zip": foreign,
        folder / "cut.zip": foreign,
        folder / "other.zip": foreign,
        folder / "flipped.zip": damaged,
        changed("newer", manifest(b"suyuan/tenant/1", b"suyuan/tenant/2")): other,
        changed("strange", manifest(b"suyuan/tenant/1", b"somebody/else/1")): foreign,
        changed("renamed", manifest(b'"rows"', b'"rovs"')): damaged,
        changed("unsigned", manifest(b'"name": "Test', b'"name": "Tost')): damaged,
        changed("less", lambda part, content: None if part == events else content): damaged,
        changed("shorter", lambda part, content: content[: len(content) // 2] if part == events else content): damaged,
        changed("bomb", lambda part, content: bytes(1 << 24) if part == events else content): damaged,
        changed("slip", lambda _, content: content, ("../../secrets/django_key", b"x")): damaged,
        changed("more", lambda _, content: content, ("tables/pg_authid.copy", b"x")): damaged,
    }


def test_an_export_that_is_stopped_leaves_no_file(tenant, tmp_path) -> None:
    from suyuan.compliance.jobs.transferring import export_tenant

    def stop(*_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        export_tenant(tmp_path / "a.zip", tenant.principal, stop)
    assert list(tmp_path.iterdir()) == []
    shutil.rmtree(tmp_path)


def test_a_person_exports_everything_and_fetches_the_file(tenant, make_tenant) -> None:
    from suyuan.compliance.jobs.exporting import EXPORTING
    from tests.support.web import InProcess

    person, other = InProcess(), InProcess(make_tenant().token())
    person.sign_in(tenant.person())
    asked = person.post("/api/v1/tenant/exports", json={"reason": "moving house"})
    assert asked.status_code == 202
    twice = person.post("/api/v1/tenant/exports", json={"reason": "again"})
    assert (twice.status_code, twice.json()["code"]) == (409, "compliance.export_underway")
    number = asked.json()["id"]
    early = person.get(f"/api/v1/tenant/exports/{number}/file")
    assert early.json()["code"] == "compliance.export_gone"
    EXPORTING.run({"tenant": tenant.id, "export": number})
    [made] = person.get("/api/v1/tenant/exports").json()["rows"]
    assert (made["state"], made["tables"], made["at_hand"]) == ("done", made["of_tables"], True)
    file = person.get(f"/api/v1/tenant/exports/{number}/file")
    assert hashlib.sha256(file.content).hexdigest() == made["sha256"]
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None
    assert person.get("/api/v1/tenant/exports").json()["rows"][0]["fetched_by"] == "王 小明"
    assert other.get(f"/api/v1/tenant/exports/{number}/file").status_code == 404
    assert InProcess(tenant.token("trace:event:read")).get("/api/v1/tenant/exports").status_code == 403


def test_a_canceled_or_failed_export_leaves_no_file_and_lets_the_next_begin(tenant, monkeypatch) -> None:
    from suyuan.compliance.api import exports as api
    from suyuan.compliance.jobs import exporting
    from suyuan.compliance.store import exports as store

    with tenant.open():
        first = api.ask_export("one")
        api.cancel_export(first.id)
        second = api.ask_export("two")
        folder = store.file_of(first.id).parent
    exporting.EXPORTING.run({"tenant": tenant.id, "export": first.id})
    monkeypatch.setattr(
        exporting, "export_tenant", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    exporting.EXPORTING.run({"tenant": tenant.id, "export": second.id})
    monkeypatch.undo()
    with tenant.open():
        assert [each.state for each in api.list_exports()] == ["failed", "canceled"]
        assert "No space left" in (api.export(second.id).fault or "")
        third = api.ask_export("three")
    assert not folder.exists() or list(folder.iterdir()) == []
    monkeypatch.setattr(store, "SILENT_SECONDS", -1)
    exporting.EXPORTING.run({"tenant": tenant.id})
    with tenant.open():
        assert api.export(third.id).state == "done", "a worker that died is followed by another"
