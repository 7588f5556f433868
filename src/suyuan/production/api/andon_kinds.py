"""What stations can call for, and whom a call reaches when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.live import tell_changed
from suyuan.kernel.faults import Bilingual
from suyuan.production.contracts import andon as faults
from suyuan.production.contracts.andon import AndonKind, AndonLevel, AndonReason
from suyuan.production.contracts.plant_faults import CODE_TAKEN, VALUE_WRONG
from suyuan.production.domain.andon import fault_of_levels
from suyuan.production.store import andon as store
from suyuan.tenancy import api as tenancy
from suyuan.trace.contracts import NamedUri

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_USUAL: Final[tuple[tuple[str, str, str, AndonReason], ...]] = (
    ("equipment", "设备故障", "Machine down", "equipment"),
    ("quality", "质量问题", "Quality problem", "quality"),
    ("material", "缺料、错料", "Material missing or wrong", "material"),
    ("safety", "安全", "Safety", "safety"),
    ("other", "叫班组长", "Call the line leader", "other"),
)


def kinds(*, retired: bool = True) -> list[AndonKind]:
    """Return the kinds of calls, in the order in which stations show them."""
    return [each for each in store.kinds() if retired or not each.retired]


def provide() -> list[AndonKind]:
    """Make the usual kinds where there are none; whom they reach is for the plant to say."""
    if not store.kinds():
        for position, (code, zh, en, reason) in enumerate(_USUAL):
            values = {"code": code, "name_zh": zh, "name_en": en, "reason": reason, "position": position, "levels": ()}
            store.insert_kind(values)
        tell_changed("andon", "kinds")
    return kinds()


def add(given: Mapping[str, Any]) -> AndonKind:
    """Add a kind of call.

    :raises Fault: ``production.code_taken``, ``production.value_wrong``, ``production.andon_levels_wrong``.
    """
    code = str(given["code"]).strip()
    if not _CODE.fullmatch(code):
        raise VALUE_WRONG(at="/code", field="code", given=code[:60], why="a–z 0–9 _ - (≤ 40)")
    checked = _checked(AndonKind(
        0, code, given["name_zh"], given["name_en"], cast("AndonReason", given["reason"]), tuple(given["levels"]),
        given.get("position", 0), False,
    ))  # fmt: skip
    number = store.insert_kind({
        "code": code, "name_zh": checked.name_zh, "name_en": checked.name_en, "reason": checked.reason,
        "levels": checked.levels, "position": checked.position,
    })  # fmt: skip
    if number is None:
        raise CODE_TAKEN(at="/code", code=code)
    tell_changed("andon", "kinds")
    return store.kinds(number)[0]


def change(kind_id: int, given: Mapping[str, Any]) -> AndonKind:
    """Change what is named of a kind; calls that are open keep the levels they were called with.

    :raises Fault: ``chassis.not_found``, and as :func:`add`.
    """
    found = store.kinds(kind_id)
    if not found:
        raise NOT_FOUND(what=f"#{kind_id}")
    checked = _checked(replace(found[0], **given))
    store.update_kind(checked)
    tell_changed("andon", "kinds")
    return store.kinds(kind_id)[0]


def _checked(kind: AndonKind) -> AndonKind:
    for field in ("name_zh", "name_en"):
        text = str(getattr(kind, field)).strip()
        if not 0 < len(text) <= 80:
            raise VALUE_WRONG(at=f"/{field}", field=field, given=text[:80], why="1–80")
    levels = tuple(_known(each) for each in kind.levels)
    wrong = fault_of_levels(levels, faults.MOST_LEVELS, faults.LONGEST_MINUTES)
    if wrong is not None:
        number, zh, en = wrong
        raise faults.LEVELS_WRONG(at=f"/levels/{number - 1}", level=number, why=Bilingual(zh, en))
    return replace(kind, name_zh=kind.name_zh.strip(), name_en=kind.name_en.strip(), levels=levels)


def _known(level: AndonLevel) -> AndonLevel:
    """Return a level without roles and people that are not the tenant's (any more)."""
    roles = {role.id for role in tenancy.roles()}
    people = {person.id for person in tenancy.people()}
    return replace(
        level,
        roles=tuple(each for each in dict.fromkeys(level.roles) if each in roles),
        people=tuple(each for each in dict.fromkeys(level.people) if each in people),
    )


def names() -> tuple[dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
    """Return the names (Chinese, English) of roles and of people, by number."""
    roles = {role.id: (role.name_zh, role.name_en) for role in tenancy.roles()}
    return roles, {person.id: (person.name, person.name) for person in tenancy.people()}


def stations() -> list[NamedUri]:
    """Return the machines, work centres and lines that a call can be from."""
    return [NamedUri(uri, zh, en) for uri, zh, en in store.stations()]
