"""Keeping definitions and versions. Bodies are JSON values; nothing here judges them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from suyuan.chassis.database import Later, named_sql, tx
from suyuan.designer.contracts import DefinitionRow, DefinitionState, InstalledPack, Version, VersionRow

_CHANGED = "revision = revision + 1, changed = now(), changed_by = %(by)s"


@dataclass(frozen=True, slots=True)
class Kept:
    """A definition's row, locked for this transaction."""

    id: int
    row: DefinitionRow
    draft: Mapping[str, Any] | None
    pack_body: Mapping[str, Any] | None


def _who() -> dict[str, Any]:
    return {"tenant": tx().principal.tenant_id, "by": tx().principal.name}


def _body(text: str | None) -> dict[str, Any] | None:
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any])


def encoded(body: Mapping[str, Any]) -> str:
    """Return the JSON text of a body."""
    return msgspec.json.encode(body).decode()


def rows(
    *,
    kind: str | None = None,
    key: str | None = None,
    state: str | None = None,
    search: str | None = None,
    after: int | None = None,
    limit: int = 1,
) -> list[tuple[DefinitionRow, int]]:
    """Return rows with their numbers, in the order they were made. ``search`` matches a part of key or title."""
    literal = (search or "").replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    values = {
        "tenant": tx().principal.tenant_id,
        "kind": kind,
        "key": key,
        "state": state,
        "search": f"%{literal}%" if search else None,
        "after": after,
        "limit": limit,
    }
    found = tx().rows(named_sql(__package__, "list_definitions.sql"), values)
    return [(_row(row), row[11]) for row in found]


def _row(row: tuple[Any, ...]) -> DefinitionRow:
    kind, key, title_zh, title_en, state, version, has_draft, revision, changed, changed_by, pack = row[:11]
    return DefinitionRow(
        kind, key, title_zh, title_en, DefinitionState(state), version, has_draft, revision, changed, changed_by, pack
    )


def counts() -> dict[str, int]:
    """Return how many definitions of each kind there are."""
    found = tx().rows("SELECT kind, count(*) FROM designer_definition WHERE tenant_id = %(tenant)s GROUP BY 1", _who())
    return dict(found)


def kept(kind: str, key: str, *, lock: bool) -> Kept | None:
    """Return one definition, locked against everybody else with ``lock``; None where there is none."""
    values = {**_who(), "kind": kind, "key": key}
    found = tx().rows(
        "SELECT id, draft, pack_body FROM designer_definition"
        " WHERE tenant_id = %(tenant)s AND kind = %(kind)s AND key = %(key)s" + (" FOR UPDATE" if lock else ""),
        values,
    )
    if not found:
        return None
    return Kept(found[0][0], rows(kind=kind, key=key)[0][0], _body(found[0][1]), _body(found[0][2]))


def insert(kind: str, key: str, title_zh: str, title_en: str, body: Mapping[str, Any]) -> bool:
    """Keep a new definition as a draft; tell False where there is one of that key."""
    values = {**_who(), "kind": kind, "key": key, "zh": title_zh, "en": title_en, "body": encoded(body)}
    made = tx().execute(
        "INSERT INTO designer_definition (tenant_id, kind, key, title_zh, title_en, draft, changed_by)"
        " VALUES (%(tenant)s, %(kind)s, %(key)s, %(zh)s, %(en)s, %(body)s::jsonb, %(by)s)"
        " ON CONFLICT (tenant_id, kind, key) DO NOTHING",
        values,
    )
    return made.rowcount == 1


def save_draft(number: int, title_zh: str, title_en: str, body: Mapping[str, Any]) -> None:
    """Replace the draft of definition ``number``."""
    values = {**_who(), "id": number, "zh": title_zh, "en": title_en, "body": encoded(body)}
    tx().execute(
        "UPDATE designer_definition SET title_zh = %(zh)s, title_en = %(en)s, draft = %(body)s::jsonb,"
        f" {_CHANGED} WHERE tenant_id = %(tenant)s AND id = %(id)s",
        values,
    )


def discard_draft(number: int, titles: tuple[str, str]) -> None:
    """Forget the draft of a definition that has a published version, and the titles that came with it."""
    values = {**_who(), "id": number, "zh": titles[0], "en": titles[1]}
    tx().execute(
        "UPDATE designer_definition SET draft = NULL, title_zh = %(zh)s, title_en = %(en)s,"
        f" {_CHANGED} WHERE tenant_id = %(tenant)s AND id = %(id)s",
        values,
    )


def delete(number: int) -> None:
    """Delete a definition that was never published."""
    tx().execute(
        "DELETE FROM designer_definition WHERE tenant_id = %(tenant)s AND id = %(id)s AND published IS NULL",
        {**_who(), "id": number},
    )


def next_version(number: int) -> int:
    """Return the number that the next version of a definition will have."""
    return 1 + int(
        tx().value(
            "SELECT coalesce(max(version), 0) FROM designer_version"
            " WHERE tenant_id = %(tenant)s AND definition_id = %(id)s",
            {**_who(), "id": number},
        )
    )


def publish(number: int, content_hash: str, note: str) -> int:
    """Make the draft the next version, in force from now on; return its number."""
    values = {**_who(), "id": number, "content_hash": content_hash, "note": note}
    version = int(tx().value(named_sql(__package__, "insert_version.sql"), values))
    tx().execute(
        f"UPDATE designer_definition SET draft = NULL, published = %(version)s, retired = NULL, {_CHANGED}"
        " WHERE tenant_id = %(tenant)s AND id = %(id)s",
        {**values, "version": version},
    )
    return version


def set_retired(number: int, *, retired: bool) -> None:
    """Take a definition out of use, or back into it."""
    tx().execute(
        f"UPDATE designer_definition SET retired = CASE WHEN %(retired)s THEN now() END, {_CHANGED}"
        " WHERE tenant_id = %(tenant)s AND id = %(id)s",
        {**_who(), "id": number, "retired": retired},
    )


def note_pack(kind: str, key: str, pack: str, pack_version: str, body: Mapping[str, Any]) -> None:
    """Remember what a pack brought."""
    values = {**_who(), "kind": kind, "key": key, "pack": pack, "pack_version": pack_version, "body": encoded(body)}
    tx().execute(
        "UPDATE designer_definition SET pack = %(pack)s, pack_version = %(pack_version)s, pack_body = %(body)s::jsonb"
        " WHERE tenant_id = %(tenant)s AND kind = %(kind)s AND key = %(key)s",
        values,
    )


def installed_packs() -> list[InstalledPack]:
    """Return the packs that definitions came from, by name."""
    return [InstalledPack(*row) for row in tx().rows(named_sql(__package__, "installed_packs.sql"), _who())]


def stamp(kind: str) -> Later[tuple[int, int]]:
    """Ask for what changes whenever a version of a kind is published, retired or restored."""
    rows = tx().execute(
        "SELECT coalesce(max(published), 0) + count(retired), coalesce(sum(revision), 0) FROM designer_definition"
        " WHERE tenant_id = %s AND kind = %s",
        (tx().principal.tenant_id, kind),
        prepare=True,
    )  # fmt: skip

    def answer() -> tuple[int, int]:
        [(moved, revisions)] = rows.fetchall()
        return int(moved), int(revisions)

    return answer


def versions(kind: str, key: str | None = None) -> list[tuple[Version, bool]]:
    """Return published versions, newest first, each with whether it is in force; of one definition, or of a kind."""
    values = {"tenant": tx().principal.tenant_id, "kind": kind, "key": key}
    found = tx().rows(named_sql(__package__, "published_bodies.sql"), values)
    return [(Version(kind, row[0], VersionRow(*row[1:8]), _body(row[8]) or {}), bool(row[9])) for row in found]


def first_published(kind: str) -> dict[str, datetime]:
    """Return when the first version of each definition of a kind was published."""
    rows = tx().rows(
        "SELECT d.key, min(v.published) FROM designer_version v"
        " JOIN designer_definition d ON d.id = v.definition_id AND d.tenant_id = v.tenant_id"
        " WHERE v.tenant_id = %s AND d.kind = %s GROUP BY d.key",
        (tx().principal.tenant_id, kind),
    )
    return dict(rows)
