"""Separation of duties: who mixes them, and the switch that two people must want."""

from __future__ import annotations

from collections.abc import Iterable

from suyuan.chassis.database import tx
from suyuan.tenancy.contracts import (
    DUTIES_CONFLICT,
    DUTIES_MIXED,
    DUTIES_NOT_ASKED,
    DUTIES_OTHER_PERSON,
    Administrators,
    Duties,
    DutyConflict,
    PendingSwitch,
)
from suyuan.tenancy.domain.duties import ADMINISTRATIONS, ALL_DUTIES, administrations_of
from suyuan.tenancy.store import duties as store

_SWITCHERS = "tenancy:policy:write"


def duties() -> Duties:
    """Return whether duties are separated, by whom they are held, and what mixes them."""
    asked = store.pending()
    people = store.people_with_duties(sorted(ALL_DUTIES))
    administrations = tuple(
        Administrators(name, tuple(sorted(rights)), tuple(each for _, each, held in people if rights & set(held)))
        for name, rights in ADMINISTRATIONS.items()
    )
    return Duties(store.are_separated(), PendingSwitch(*asked) if asked else None, administrations, _conflicts())


def administrative_rights() -> frozenset[str]:
    """Return the rights that make whoever holds one an administrator."""
    return ALL_DUTIES


def _conflicts() -> tuple[DutyConflict, ...]:
    found: list[DutyConflict] = []
    for identity, name, held in store.people_with_duties(sorted(ALL_DUTIES)):
        found += _conflict(DutyConflict("person", identity, name, (), ()), held)
    for identity, name, held in store.roles_with_duties():
        found += _conflict(DutyConflict("role", identity, name, (), ()), held)
    for identity, name, held in store.tokens_with_duties():
        found += _conflict(DutyConflict("token", identity, name, (), ()), held)
    return tuple(found)


def _conflict(who: DutyConflict, held: Iterable[str]) -> list[DutyConflict]:
    mixed = administrations_of(held)
    if len(mixed) < 2:
        return []
    return [DutyConflict(who.kind, who.id, who.name, mixed, tuple(sorted(ALL_DUTIES & set(held))))]


def _own_id() -> int:
    user = tx().principal.user_id
    if user is None:
        raise DUTIES_OTHER_PERSON()  # a machine's token is nobody who could answer for it
    return user


def ask_duties(separated: bool) -> Duties:
    """Ask that duties be separated, or no longer; another person must confirm it.

    :raises Fault: ``tenancy.duties_conflict`` where something mixes them still, or an administration has nobody.
    """
    if separated:
        _refuse_unready()
    store.keep_asked(separated, _own_id())
    return duties()


def confirm_duties() -> Duties:
    """Confirm what somebody else asked for.

    :raises Fault: ``tenancy.duties_not_asked``, ``tenancy.duties_other_person``, ``tenancy.duties_conflict``.
    """
    asked = store.pending()
    if asked is None:
        raise DUTIES_NOT_ASKED()
    if asked[1] == _own_id():
        raise DUTIES_OTHER_PERSON()
    if asked[0]:
        _refuse_unready()
    store.switch(asked[0])
    store.forget_asked()
    return duties()


def withdraw_duties() -> Duties:
    """Forget what was asked.

    :raises Fault: ``tenancy.duties_not_asked``.
    """
    if store.pending() is None:
        raise DUTIES_NOT_ASKED()
    store.forget_asked()
    return duties()


def _refuse_unready() -> None:
    """Raise ``tenancy.duties_conflict`` where duties, separated now, would be mixed or nobody's."""
    conflicts = _conflicts()
    if conflicts:
        names = ", ".join(each.name for each in conflicts[:5])
        raise DUTIES_CONFLICT(why_zh=f"{len(conflicts)} 处混合：{names}", why_en=f"{len(conflicts)} are mixed: {names}")
    people = store.people_with_duties(sorted(ALL_DUTIES))
    empty = [name for name, rights in ADMINISTRATIONS.items() if not any(rights & set(held) for _, _, held in people)]
    if empty:
        raise DUTIES_CONFLICT(why_zh=f"没有人：{', '.join(empty)}", why_en=f"nobody for {', '.join(empty)}")
    if sum(_SWITCHERS in held for _, _, held in people) < 2:
        raise DUTIES_CONFLICT(why_zh="安全管理少于两人", why_en="fewer than two security administrators")


def refuse_mixed_duties() -> None:
    """Raise ``tenancy.duties_mixed`` where duties are separated and a person or role mixes them now."""
    if not store.are_separated():
        return
    for each in _conflicts():
        raise DUTIES_MIXED(name=each.name, rights=", ".join(each.rights))


def refuse_mixed_rights(name: str, permissions: Iterable[str]) -> None:
    """Raise ``tenancy.duties_mixed`` where duties are separated and these rights mix them."""
    held = set(permissions)
    if store.are_separated() and len(administrations_of(held)) > 1:
        raise DUTIES_MIXED(name=name, rights=", ".join(sorted(ALL_DUTIES & held)))
