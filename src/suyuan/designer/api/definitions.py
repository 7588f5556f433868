"""Making definitions: drafts, publishing, retiring, comparing, taking back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.chassis.database import tx
from suyuan.chassis.live import tell_changed
from suyuan.chassis.outbox import publish as announce
from suyuan.chassis.registry import DefinitionKind, registry
from suyuan.designer.api.published import found, kind_of, version_row
from suyuan.designer.api.signed import PUBLISH, to_publish
from suyuan.designer.contracts import (
    CHANGED_MEANWHILE,
    DEFINITION_TOPIC,
    EXISTS_ALREADY,
    HAS_PROBLEMS,
    IS_RETIRED,
    KEY_INVALID,
    NO_DRAFT,
    NOT_PUBLISHED,
    NOTE_MISSING,
    TITLE_INVALID,
    Comparison,
    Definition,
    DefinitionRow,
    DefinitionState,
    DesignProblem,
    KindInfo,
)
from suyuan.designer.domain import bodies
from suyuan.designer.domain.differences import differences
from suyuan.designer.store import definitions as store
from suyuan.kernel.faults import Fault


def kinds() -> list[KindInfo]:
    """Return every kind of definition, with how many there are."""
    counts = store.counts()
    return [
        KindInfo(kind.name, kind.title.zh, kind.title.en, counts.get(kind.name, 0))
        for kind in registry.definition_kinds.values()
    ]


def kind_schema(kind: str) -> dict[str, Any]:
    """Return the JSON schema that bodies of the kind keep.

    :raises Fault: ``designer.unknown_kind``.
    """
    return bodies.schema(kind_of(kind).model)


def list_definitions(
    *,
    kind: str | None = None,
    state: DefinitionState | None = None,
    search: str | None = None,
    cursor: int | None = None,
    limit: int = 50,
) -> tuple[list[DefinitionRow], int | None]:
    """Return a page of definitions in the order they were made, and the cursor of the next page."""
    wanted = store.rows(kind=kind, state=state.value if state else None, search=search, after=cursor, limit=limit + 1)
    more = len(wanted) > limit
    return [row for row, _ in wanted[:limit]], wanted[limit - 1][1] if more else None


def definition(kind: str, key: str) -> Definition:
    """Return a definition with its draft, or (without one) the version in force, and what is wrong with it.

    :raises Fault: ``designer.unknown_kind``, ``chassis.not_found``.
    """
    kept = found(kind, key)
    body = kept.draft if kept.draft is not None else version_row(kind, key, kept.row.version or 0).body
    return Definition(kept.row, bodies.in_order(kind, kind_of(kind).model, body), validate(kind, body))


def validate(kind: str, body: Mapping[str, Any]) -> tuple[DesignProblem, ...]:
    """Return what is wrong with a body: its shape (one problem), or what its kind checks. Nothing is kept."""
    described = kind_of(kind)
    try:
        typed = bodies.read(kind, described.model, body)
    except Fault as fault:
        return bodies.problems_of([fault])
    return bodies.problems_of(list(described.check(typed)))


def problems_of(faults: Sequence[Fault]) -> tuple[DesignProblem, ...]:
    """Return faults as what is shown beside a design."""
    return bodies.problems_of(faults)


def save_draft(
    kind: str, key: str, *, title_zh: str, title_en: str, body: Mapping[str, Any], revision: int | None
) -> Definition:
    """Keep a draft. ``revision`` is the one that the editor saw; None makes a new definition.

    The body must have the shape of its kind; other faults are told in ``problems`` and only keep it from publishing.

    :raises Fault: ``designer.key_invalid``, ``title_invalid``, ``body_invalid``, ``exists_already``,
        ``changed_meanwhile``, ``unknown_kind``, ``chassis.not_found``.
    """
    described = kind_of(kind)
    if not bodies.KEY.fullmatch(key):
        raise KEY_INVALID(at="/key", given=key[:80])
    for name, title in (("title_zh", title_zh), ("title_en", title_en)):
        if not 0 < len(title.strip()) <= bodies.LONGEST_TITLE:
            raise TITLE_INVALID(at=f"/{name}")
    plain = bodies.plain(bodies.read(kind, described.model, body))
    titles = title_zh.strip(), title_en.strip()
    if revision is None:
        if not store.insert(kind, key, *titles, plain):
            raise EXISTS_ALREADY(at="/key", key=key)
    else:
        kept = _seen(kind, key, revision)
        store.save_draft(kept.id, *titles, plain)
    _tell(kind, key, "saved")
    return definition(kind, key)


def discard_draft(kind: str, key: str, revision: int) -> None:
    """Go back to the version in force; a definition that was never published is deleted.

    :raises Fault: ``designer.no_draft``, ``changed_meanwhile``, ``unknown_kind``, ``chassis.not_found``.
    """
    kept = _seen(kind, key, revision)
    if kept.draft is None:
        raise NO_DRAFT()
    if kept.row.version is None:
        store.delete(kept.id)
    else:
        row = version_row(kind, key, kept.row.version).row
        store.discard_draft(kept.id, (row.title_zh, row.title_en))
    _tell(kind, key, "discarded")


def publish(kind: str, key: str, *, revision: int, note: str) -> int:
    """Make the draft the next version, in force from now on; return its number.

    :raises Fault: ``designer.no_draft``, ``has_problems``, ``note_missing``, ``changed_meanwhile``, what the kind's
        ``before_publish`` refuses, ``compliance.approval_needed``, ``unknown_kind``, ``chassis.not_found``.
    """
    _require_note(note)
    kept = _seen(kind, key, revision)
    if kept.draft is None or _is_in_force(kept):
        raise NO_DRAFT()
    typed = _sound(kind_of(kind), kept.draft)
    from suyuan.compliance import api as compliance  # it stands on Django's models; this module is read without them

    compliance.require_approval(PUBLISH, *to_publish(kind, key, (kept.row.title_zh, kept.row.title_en), kept.draft))
    kind_of(kind).before_publish(key, store.next_version(kept.id), typed)
    version = store.publish(kept.id, bodies.content_hash(kept.draft), note.strip())
    _tell(kind, key, "published", version)
    return version


def _is_in_force(kept: store.Kept) -> bool:
    row = kept.row
    if row.version is None or row.state is DefinitionState.RETIRED:
        return False
    current = version_row(row.kind, row.key, row.version)
    return current.body == kept.draft and (current.row.title_zh, current.row.title_en) == (row.title_zh, row.title_en)


def _sound(kind: DefinitionKind, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 (the type of any kind)
    typed = bodies.read(kind.name, kind.model, body)
    faults = list(kind.check(typed))
    if faults:
        first = faults[0]
        raise HAS_PROBLEMS(
            at=first.at or "/", count=len(faults), first_zh=first.title("zh"), first_en=first.title("en")
        )
    return typed


def retire(kind: str, key: str, *, revision: int, note: str) -> None:
    """Take a definition out of use. What was made by it stays as it is.

    :raises Fault: ``designer.not_published``, ``is_retired``, ``note_missing``, ``changed_meanwhile``, …
    """
    _require_note(note)
    kept = _seen(kind, key, revision)
    if kept.row.version is None:
        raise NOT_PUBLISHED(key=key)
    if kept.row.state is DefinitionState.RETIRED:
        raise IS_RETIRED(key=key)
    tx().explain(note.strip())
    store.set_retired(kept.id, retired=True)
    _tell(kind, key, "retired")


def restore(kind: str, key: str, *, revision: int) -> None:
    """Take a retired definition back into use, at the version it had.

    :raises Fault: ``designer.not_published``, ``changed_meanwhile``, …
    """
    kept = _seen(kind, key, revision)
    if kept.row.version is None:
        raise NOT_PUBLISHED(key=key)
    store.set_retired(kept.id, retired=False)
    _tell(kind, key, "restored")


def revert(kind: str, key: str, *, version: int, revision: int) -> Definition:
    """Make an old version the draft; publishing it makes a new version with the old content.

    :raises Fault: ``designer.changed_meanwhile``, ``unknown_kind``, ``chassis.not_found``.
    """
    kept = _seen(kind, key, revision)
    old = version_row(kind, key, version)
    store.save_draft(kept.id, old.row.title_zh, old.row.title_en, old.body)
    _tell(kind, key, "saved")
    return definition(kind, key)


def compare(kind: str, key: str, before: str, after: str) -> Comparison:
    """Return what differs between two versions: numbers, ``published`` (in force), ``draft`` or ``empty``.

    ``draft`` without a draft is the version in force.

    :raises Fault: ``designer.unknown_kind``, ``chassis.not_found``.
    """
    kept = found(kind, key)

    def body(name: str) -> tuple[str, Mapping[str, Any]]:
        if name == "draft" and kept.draft is not None:
            draft = bodies.in_order(kind, kind_of(kind).model, kept.draft)
            return "draft", {"title_zh": kept.row.title_zh, "title_en": kept.row.title_en, "body": draft}
        if name in {"draft", "published"}:
            if kept.row.version is None:
                return "empty", {}
            name = str(kept.row.version)
        if name == "empty":
            return "empty", {}
        old = version_row(kind, key, int(name) if name.isascii() and name.isdigit() and len(name) < 9 else 0)
        return name, {"title_zh": old.row.title_zh, "title_en": old.row.title_en, "body": old.body}

    (name_before, one), (name_after, other) = body(before), body(after)
    return Comparison(name_before, name_after, differences(one, other))


def _seen(kind: str, key: str, revision: int) -> store.Kept:
    """Return the locked definition, if nobody changed it since the editor saw it."""
    kept = found(kind, key, lock=True)
    if kept.row.revision != revision:
        when = kept.row.changed.isoformat(timespec="seconds")
        raise CHANGED_MEANWHILE(who=kept.row.changed_by, when=when)
    return kept


def _require_note(note: str) -> None:
    if not 0 < len(note.strip()) <= bodies.LONGEST_NOTE:
        raise NOTE_MISSING(at="/note")


def _tell(kind: str, key: str, change: str, version: int | None = None) -> None:
    announce(DEFINITION_TOPIC, {"kind": kind, "key": key, "change": change, "version": version})
    tell_changed(kind, key)
