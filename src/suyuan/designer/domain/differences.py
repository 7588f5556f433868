"""What differs between two JSON values, and merging two descendants of one.

Entries of a list that all have a text ``id`` are told apart by it, so that inserting one at the top is one change
and not a change of every entry; ``/segments/@s3/width`` then points at the width of the entry whose id is ``s3``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeGuard

from suyuan.designer.contracts import Change

_ABSENT: Final = object()
Step = Callable[[str], str]
"""Makes the step of a pointer out of a member's name or an entry's id."""


def escaped(name: str) -> str:
    """Return a member name as a step of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _has_ids(entries: Any) -> TypeGuard[Sequence[Mapping[str, Any]]]:  # noqa: ANN401 (any JSON value)
    if not isinstance(entries, list | tuple):
        return False
    ids = [entry.get("id") for entry in entries if isinstance(entry, Mapping)]
    return len(ids) == len(entries) == len(set(map(str, ids))) and all(isinstance(each, str) for each in ids)


def differences(before: Any, after: Any, at: str = "") -> tuple[Change, ...]:  # noqa: ANN401 (any JSON values)
    """Return every difference, in the order of the document."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _members(before, after, at, escaped)
    if _has_ids(before) and _has_ids(after):
        return _entries(before, after, at)
    if before == after and isinstance(before, bool) == isinstance(after, bool):
        return ()
    return (Change(at, "changed", before, after),)


def _members(before: Mapping[str, Any], after: Mapping[str, Any], at: str, step: Step) -> tuple[Change, ...]:
    found: list[Change] = []
    for name in [*before, *(name for name in after if name not in before)]:
        place = f"{at}/{step(name)}"
        if name not in after:
            found.append(Change(place, "removed", before[name], None))
        elif name not in before:
            found.append(Change(place, "added", None, after[name]))
        else:
            found.extend(differences(before[name], after[name], place))
    return tuple(found)


def _by_id(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(entry["id"]): entry for entry in entries}


def _entries(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], at: str) -> tuple[Change, ...]:
    old, new = _by_id(before), _by_id(after)
    found = list(_members(old, new, at, lambda name: f"@{escaped(name)}"))
    order_before = [name for name in old if name in new]
    order_after = [name for name in new if name in old]
    if order_before != order_after:
        found.append(Change(at, "moved", order_before, order_after))
    return tuple(found)


def merged(ancestor: Any, mine: Any, theirs: Any, at: str = "") -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401 (any JSON values)
    """Return ``mine`` with what changed from ``ancestor`` to ``theirs``, and the places that both changed differently.

    There, ``mine`` stays. An absent value is told by the private mark of this module.
    """
    if theirs in (mine, ancestor):
        return mine, ()
    if mine == ancestor:
        return theirs, ()
    if all(isinstance(each, Mapping) for each in (ancestor, mine, theirs)):
        return _merged_members(ancestor, mine, theirs, at, escaped)
    if _has_ids(ancestor) and _has_ids(mine) and _has_ids(theirs):
        members, conflicts = _merged_members(
            _by_id(ancestor), _by_id(mine), _by_id(theirs), at, lambda name: f"@{escaped(name)}"
        )
        return list(members.values()), conflicts
    return mine, (at,)


def _merged_members(
    ancestor: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    at: str,
    step: Step,
) -> tuple[dict[str, Any], tuple[str, ...]]:
    result: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        value, found = merged(
            ancestor.get(name, _ABSENT), mine.get(name, _ABSENT), theirs.get(name, _ABSENT), f"{at}/{step(name)}"
        )
        conflicts.extend(found)
        if value is not _ABSENT:
            result[name] = value
    return result, tuple(conflicts)
