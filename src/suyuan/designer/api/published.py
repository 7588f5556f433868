"""Reading what was published: for whoever works by a definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.registry import DefinitionKind, registry
from suyuan.designer.contracts import (
    IS_RETIRED,
    NOT_PUBLISHED,
    UNKNOWN_KIND,
    DefinitionState,
    Version,
    VersionRow,
)
from suyuan.designer.domain import bodies
from suyuan.designer.store import definitions as store


def kind_of(name: str) -> DefinitionKind:
    """Return a registered kind.

    :raises Fault: ``designer.unknown_kind``.
    """
    found = registry.definition_kinds.get(name)
    if found is None:
        raise UNKNOWN_KIND(kind=name[:60])
    return found


def found(kind: str, key: str, *, lock: bool = False) -> store.Kept:
    """Return a definition.

    :raises Fault: ``designer.unknown_kind``, ``chassis.not_found``.
    """
    kind_of(kind)
    kept = store.kept(kind, key, lock=lock)
    if kept is None:
        raise NOT_FOUND(what=f"{kind}/{key[:80]}")
    return kept


def typed_body(kind: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 (the type of any kind)
    """Return a body as a value of its kind's type.

    :raises Fault: ``designer.unknown_kind``, ``designer.body_invalid``.
    """
    return bodies.read(kind, kind_of(kind).model, body)


def versions(kind: str, key: str) -> tuple[VersionRow, ...]:
    """Return the published versions of a definition, newest first.

    :raises Fault: as :func:`found`.
    """
    found(kind, key)
    return tuple(version.row for version, _ in store.versions(kind, key))


def version_row(kind: str, key: str, number: int) -> Version:
    """Return one published version.

    :raises Fault: as :func:`found`; ``chassis.not_found`` where there is no version of that number.
    """
    found(kind, key)
    for version, _ in store.versions(kind, key):
        if version.row.version == number:
            return replace(version, body=bodies.in_order(kind, kind_of(kind).model, version.body))
    raise NOT_FOUND(what=f"{kind}/{key} {number}")


def published_version(kind: str, key: str, number: int) -> Any:  # noqa: ANN401 (the type of any kind)
    """Return one published version as a value of its kind's type; any that ever was, in force or not.

    :raises Fault: as :func:`version_row`.
    """
    return typed_body(kind, version_row(kind, key, number).body)


def in_force(kind: str, key: str) -> tuple[int, Any]:
    """Return number and typed value of the version in force.

    :raises Fault: as :func:`found`; ``designer.not_published``, ``designer.is_retired``.
    """
    row = found(kind, key).row
    if row.state is DefinitionState.RETIRED:
        raise IS_RETIRED(key=key)
    if row.version is None:
        raise NOT_PUBLISHED(key=key)
    return row.version, published_version(kind, key, row.version)


def stamp(kind: str) -> tuple[int, int]:
    """Return what changes whenever a definition of the kind changes: for whoever keeps what they read."""
    return tx().once((stamp, kind), partial(store.stamp, kind))


def ask_stamps(*kinds: str) -> None:
    """Ask for what :func:`stamp` will be called for in steady work."""
    for kind in kinds:
        tx().ahead((stamp, kind), partial(store.stamp, kind))


def published_versions(kind: str) -> list[tuple[str, int, bool, Any]]:
    """Return (key, number, in force, typed value) of every version of every definition of a kind, newest first."""
    model = kind_of(kind).model
    return [
        (version.key, version.row.version, current, bodies.read(kind, model, version.body))
        for version, current in store.versions(kind)
    ]


def first_published(kind: str) -> dict[str, datetime]:
    """Return when the first version of each definition of a kind was published, by its key."""
    return store.first_published(kind)
