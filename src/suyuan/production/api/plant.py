"""The plant model: what the plant is, who may do what, and when it works.

Names go to the ledger's master data too, so that every page calls things by them. History is the audit trail.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar
from urllib.parse import quote

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault
from suyuan.production.contracts import plant_faults as faults
from suyuan.production.contracts.plant import LEVELS, Equipment, PlantPerson, Qualification
from suyuan.production.store import plant as store
from suyuan.production.store.plant import (
    DAY_OFF,
    EQUIPMENT,
    QUALIFICATION,
    QUALIFIED,
    SHIFT,
    TEAM,
    TOOL,
    Shelf,
)
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import MasterDatum

__all__ = ["DAY_OFF", "EQUIPMENT", "QUALIFICATION", "QUALIFIED", "SHIFT", "TEAM", "TOOL"]

Row = TypeVar("Row")
WRITE: Final = "production:plant:write"
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_PLACE_TYPE: Final = "urn:epcglobal:epcis:vtype:BusinessLocation"
_EQUIPMENT_TYPE: Final = "urn:suyuan:vocab:Equipment"


def parts(shelf: Shelf[Row]) -> list[Row]:
    """Return every row of a shelf of the plant model."""
    return store.rows(shelf)


def part(shelf: Shelf[Row], row_id: int) -> Row:
    """Return one row.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.rows(shelf, row_id)
    if not found:
        raise NOT_FOUND(what=f"#{row_id}")
    return found[0]


def qualifications() -> list[Qualification]:
    """Return the qualifications with how many hold each today."""
    counts = store.holders()
    return [replace(each, holders=counts.get(each.id, 0)) for each in store.rows(QUALIFICATION)]


def people() -> list[PlantPerson]:
    """Return the persons of the master data, by whom qualifications are held and teams made up."""
    found = {
        datum.uri: PlantPerson(datum.uri, datum.uri.rsplit(":", 1)[-1], datum.name_zh, datum.name_en)
        for datum in trace.master_data()
        if ":person:" in datum.uri
    }
    return sorted(found.values(), key=lambda each: each.code)


def teams_of_persons() -> dict[str, str]:
    """Return persons' URIs to what their team is called, in both languages; of several teams the first by code."""
    found: dict[str, str] = {}
    for team in store.rows(TEAM):
        if not team.retired:
            for person in team.members:
                found.setdefault(person, " ".join(dict.fromkeys((team.name_zh, team.name_en))))
    return found


def add(shelf: Shelf[Row], given: Mapping[str, Any]) -> Row:
    """Add a row to a shelf.

    :raises Fault: ``production.code_taken``, ``production.value_wrong``, ``production.parent_wrong``,
        ``production.site_unknown``, ``production.not_here``, ``production.days_turned``.
    """
    values = _checked(shelf, given, None)
    number = store.insert(shelf, values)
    if number is None:
        raise faults.CODE_TAKEN(at="/code", code=values.get("code") or values.get("day") or values.get("person") or "")
    _name(shelf, values)
    return part(shelf, number)


def change(shelf: Shelf[Row], row_id: int, given: Mapping[str, Any]) -> Row:
    """Change what is named of a row.

    :raises Fault: ``chassis.not_found``, and as :func:`add`; ``production.still_used``.
    """
    before = part(shelf, row_id)
    kept = {name: getattr(before, "class_name" if name == "class" else name) for name in shelf.columns}
    _reach(shelf, kept)
    values = _checked(shelf, kept | dict(given), row_id)
    if shelf is EQUIPMENT and values["retired"] and not kept["retired"]:
        below = [each for each in store.rows(EQUIPMENT) if each.parent_id == row_id and not each.retired]
        if below:
            raise faults.STILL_USED(at="/retired", what=values["code"], count=len(below))
    store.update(shelf, row_id, {name: values[name] for name in given if name in values})
    _name(shelf, values)
    return part(shelf, row_id)


def remove(shelf: Shelf[Row], row_id: int) -> None:
    """Remove a row that nothing points at: a holder or a day off.

    :raises Fault: ``chassis.not_found``, ``production.not_here``.
    """
    before = part(shelf, row_id)
    _reach(shelf, {"site_id": getattr(before, "site_id", None)})
    store.delete(shelf, row_id)


def _checked(shelf: Shelf[Row], given: Mapping[str, Any], row_id: int | None) -> dict[str, Any]:
    values = {name: given[name] for name in (*shelf.columns, "extra") if name in given}
    _reach(shelf, values)
    if "code" in shelf.columns:
        if not _CODE.fullmatch(str(values.get("code") or "")):
            raise _wrong("code", values.get("code"), "A–Z 0–9 . _ - (≤ 60)")
        if shelf is not SHIFT and store.taken(shelf, "code", values["code"], row_id):
            raise faults.CODE_TAKEN(at="/code", code=values["code"])
    for name in ("name_zh", "name_en"):
        if name in shelf.columns and not 0 < len(str(values.get(name) or "").strip()) <= 120:
            raise _wrong(name, values.get(name), "1–120")
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        raise faults.DAYS_TURNED(at="/valid_to", first=first, last=last)
    if shelf is EQUIPMENT:
        _check_equipment(values, row_id)
    if shelf is TOOL:
        values["uri"] = _uri(values, "equipment")
        if values.get("due") and not values.get("calibrated"):
            raise _wrong("calibrated", "", "due")
    if shelf is SHIFT and (not values.get("weekdays") or not set(values["weekdays"]) <= set(range(1, 8))):
        raise _wrong("weekdays", values.get("weekdays"), "1–7")
    if shelf is QUALIFIED:
        part(QUALIFICATION, values["qualification_id"])
        values["person"] = _person(values["person"])
    if shelf is TEAM:
        values["members"] = [_person(each) for each in dict.fromkeys(values.get("members") or ())]
    return values


def _reach(shelf: Shelf[Row], values: Mapping[str, Any]) -> None:
    """See that the site exists and the right reaches it; what belongs to no site needs the right for all."""
    if "site_id" in shelf.columns:
        site = values.get("site_id")
        if site is not None and site not in {each.id for each in tenancy.sites()}:
            raise faults.SITE_UNKNOWN(at="/site_id", given=site)
    else:
        site = None
    reached = tx().principal.sites_for(WRITE)
    if reached is not None and site not in reached:
        raise faults.NOT_HERE(at="/site_id")


def _check_equipment(values: dict[str, Any], row_id: int | None) -> None:
    kind = "equipment" if values["level"] == "equipment" else "place"
    values["uri"] = _uri(values, kind)
    if values["level"] not in LEVELS:
        raise _wrong("level", values["level"], ", ".join(LEVELS))
    parent_id = values.get("parent_id")
    if parent_id is None:
        return
    by_id = {each.id: each for each in store.rows(EQUIPMENT)}
    parent = by_id.get(parent_id)
    wrong = faults.PARENT_WRONG(at="/parent_id", level=values["level"], parent=parent.code if parent else parent_id)
    if parent is None or parent.site_id != values["site_id"]:
        raise wrong
    same = parent.level == values["level"] == "equipment"  # a machine may be part of a machine
    if LEVELS.index(parent.level) >= LEVELS.index(values["level"]) and not same:
        raise wrong
    above: Equipment | None = parent
    while above is not None:
        if above.id == row_id:
            raise wrong
        above = by_id.get(above.parent_id) if above.parent_id is not None else None


def _uri(values: Mapping[str, Any], kind: str) -> str:
    given = str(values.get("uri") or "").strip()
    if not given:
        return f"urn:suyuan:{tenancy.own_tenant().code}:{kind}:{quote(str(values.get('code')), safe='')}"
    if not given.startswith(("urn:", "http")) or len(given) > 400:
        raise _wrong("uri", given, "urn:… / https://…")
    return given if kind == "equipment" else coding.identify_place(given)


def _person(given: str) -> str:
    """Return a person's URI; a bare code is one of ours."""
    text = given.strip()
    if not 0 < len(text) <= 400:
        raise _wrong("person", given, "1–400")
    if text.startswith(("urn:", "http")):
        return text
    return f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(text, safe='')}"


def _name(shelf: Shelf[Row], values: Mapping[str, Any]) -> None:
    if "uri" not in shelf.columns:
        return
    machine = shelf is TOOL or values["level"] == "equipment"
    attributes = {"suyuan:code": values["code"]}
    datum = MasterDatum(
        _EQUIPMENT_TYPE if machine else _PLACE_TYPE, values["uri"], values["name_zh"], values["name_en"], attributes
    )
    trace.record_master_data([datum])


def _wrong(name: str, given: object, why: str) -> Fault:
    return faults.VALUE_WRONG(at=f"/{name}", field=name, given=str(given or "")[:80], why=why)


def overdue(day: date) -> int:
    """Return how many tools in use should have been calibrated before a day."""
    return sum(1 for each in store.rows(TOOL) if not each.retired and each.due is not None and each.due < day)
