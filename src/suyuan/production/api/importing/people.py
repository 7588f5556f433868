"""Tables of people: badges, qualifications with their days, teams. Accounts to sign in with are not made by tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import plant
from suyuan.production.api.importing import columns
from suyuan.production.contracts import import_faults as faults
from suyuan.production.contracts import plant_faults
from suyuan.production.store import plant as store
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import MasterDatum

_TYPE: Final = "urn:suyuan:vocab:Person"
_BADGE: Final = "suyuan:badge"


def _keep(values: Mapping[str, Any]) -> bool:
    if tx().principal.sites_for(plant.WRITE) is not None:  # people belong to no site
        raise plant_faults.NOT_HERE(at="/code")
    uri = f"urn:suyuan:{tenancy.own_tenant().code}:person:{quote(values['code'], safe='')}"
    changed = _keep_name(uri, values)
    if values["qualifications"]:
        for code in values["qualifications"]:
            changed |= _keep_qualified(uri, code, values["valid_from"], values["valid_to"])
    elif values["valid_from"] or values["valid_to"]:
        raise faults.SEVERAL_DAYS(at="/qualifications")
    for code in values["teams"] or ():
        changed |= _join(uri, code)
    return changed


def _keep_name(uri: str, values: Mapping[str, Any]) -> bool:
    badge = values["badge"]
    if badge:
        holder = trace.master_with(_BADGE, badge)
        if holder is not None and holder != uri:
            raise faults.BADGE_TWICE(at="/badge", badge=badge, person=holder.rsplit(":", 1)[-1])
    attributes = {_BADGE: badge} if badge else {}
    datum = MasterDatum(_TYPE, uri, values["name_zh"], values["name_en"] or values["name_zh"], attributes)
    return trace.record_master_data([datum]) > 0


def _keep_qualified(person: str, code: str, first: date | None, last: date | None) -> bool:
    found = store.found(plant.QUALIFICATION, "code", code)
    if not found:
        raise faults.PART_UNKNOWN(at="/qualifications", code=code, what="资格 / qualification")
    number = found[0].id
    before = next((each for each in store.found(plant.QUALIFIED, "person", person)
                   if each.qualification_id == number), None)  # fmt: skip
    if before is None:
        first = first or tx().value("SELECT current_date")
        given = {"qualification_id": number, "person": person, "valid_from": first, "valid_to": last}
        plant.add(plant.QUALIFIED, given)
        return True
    wanted = {"valid_from": first or before.valid_from, "valid_to": last}
    if wanted == {"valid_from": before.valid_from, "valid_to": before.valid_to}:
        return False
    plant.change(plant.QUALIFIED, before.id, wanted)
    return True


def _join(person: str, code: str) -> bool:
    found = store.found(plant.TEAM, "code", code)
    if not found:
        raise faults.PART_UNKNOWN(at="/teams", code=code, what="班组 / team")
    if person in found[0].members:
        return False
    plant.change(plant.TEAM, found[0].id, {"members": [*found[0].members, person]})
    return True


PEOPLE: Final = ImportTarget(
    "master.people",
    Bilingual("人员与资格", "People and qualifications"),
    columns.form(
        columns.text("code", "工号", "Staff number", needed=True),
        columns.text("name_zh", "姓名", "Name", needed=True),
        columns.text("name_en", "英文姓名", "English name", ("留空：同姓名", "empty: as the name")),
        columns.text("badge", "工牌", "Badge", ("扫工牌得到的内容", "what scanning the badge gives")),
        columns.texts("qualifications", "资格", "Qualifications", ("资格的代码", "their codes")),
        columns.day("valid_from", "资格起", "Valid from"),
        columns.day("valid_to", "资格止", "Valid to"),
        columns.texts("teams", "班组", "Teams", ("班组的代码", "their codes")),
    ),
    plant.WRITE,
    importing.one_by_one(_keep),
)
