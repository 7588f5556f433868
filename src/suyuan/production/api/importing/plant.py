"""Tables of sites, of areas, lines, work centres and equipment, of tools and of qualifications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol, TypeVar

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.chassis.database import tx
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import plant
from suyuan.production.api.importing import columns
from suyuan.production.contracts import import_faults as faults
from suyuan.production.contracts import plant_faults
from suyuan.production.store import plant as store
from suyuan.production.store.plant import Shelf
from suyuan.tenancy import api as tenancy


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


Row = TypeVar("Row", bound=_Numbered)
_SITE_RIGHT: Final = "tenancy:site:write"
_LEVELS: Final = (
    ("area", "区域", "Area"), ("line", "产线", "Line"), ("work_centre", "工作中心", "Work centre"),
    ("equipment", "设备", "Equipment"),
)  # fmt: skip


def site_of(code: str) -> int:
    """Return the number of the site with a code.

    :raises Fault: ``production.import_site``.
    """
    found = next((site.id for site in tenancy.sites() if site.code.lower() == code.lower()), None)
    if found is None:
        raise faults.SITE_CODE_UNKNOWN(at="/site", code=code)
    return found


def _keep_site(values: Mapping[str, Any]) -> bool:
    if tx().principal.sites_for(_SITE_RIGHT) is not None:
        raise plant_faults.NOT_HERE(at="/code")
    given = {name: values[name] for name in ("code", "name_zh", "name_en")}
    given |= {"location_uri": values["uri"]} if values["uri"] else {}
    before = next((site for site in tenancy.sites() if site.code == given["code"]), None)
    if before is None:
        tenancy.add_site(given)
        return True
    if replace(before, **given) == before:
        return False
    tenancy.change_site(before.id, given)
    return True


def keep_part(shelf: Shelf[Row], given: Mapping[str, Any], fixed: tuple[str, ...] = ()) -> bool:
    """Add a part of the plant, or change the one with its code; tell whether there was anything to do.

    :param fixed: what a change may not touch.
    :raises Fault: as the forms: :func:`suyuan.production.api.plant.add`, :func:`suyuan.production.api.plant.change`;
        ``production.import_moved``.
    """
    known = store.found(shelf, "code", given["code"])
    if not known:
        plant.add(shelf, {**given, "retired": False})
        return True
    before = known[0]
    kept = {name: getattr(before, "class_name" if name == "class" else name) for name in given}
    for name in fixed:
        if given.get(name) not in (None, "", kept.get(name)):
            raise faults.MOVED(at=f"/{name.removesuffix('_id')}", code=given["code"], what=name.removesuffix("_id"))
    changed = {name: value for name, value in given.items() if name not in fixed and value != kept[name]}
    if changed:
        plant.change(shelf, before.id, changed)
    return bool(changed)


def _keep_equipment(values: Mapping[str, Any]) -> bool:
    parent = None
    if values["parent"]:
        found = store.found(plant.EQUIPMENT, "code", values["parent"])
        if not found:
            raise faults.PART_UNKNOWN(at="/parent", code=values["parent"], what="上级 / part")
        parent = found[0].id
    given = {
        **_named(values), "site_id": site_of(values["site"]), "level": values["level"], "parent_id": parent,
        "class": values["class"] or "", "uri": values["uri"] or "",
    }  # fmt: skip
    return keep_part(plant.EQUIPMENT, given, ("site_id", "level", "uri"))


def _keep_tool(values: Mapping[str, Any]) -> bool:
    site = site_of(values["site"]) if values["site"] else None
    given = {
        **_named(values), "site_id": site, "class": values["class"] or "", "calibrated": values["calibrated"],
        "due": values["due"], "uri": values["uri"] or "",
    }  # fmt: skip
    return keep_part(plant.TOOL, given, ("uri",))


def _keep_qualification(values: Mapping[str, Any]) -> bool:
    return keep_part(plant.QUALIFICATION, _named(values))


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("code", "name_zh", "name_en")}


_NAMED: Final = (columns.CODE, columns.NAME_ZH, columns.NAME_EN)
_NEEDED_SITE: Final = columns.text("site", "工厂", "Site", ("工厂的代码", "the site's code"), needed=True)
SITES: Final = ImportTarget(
    "master.sites",
    Bilingual("工厂", "Sites"),
    columns.form(
        *_NAMED,
        columns.text("uri", "位置标识", "Location URI", ("如 https://id.gs1.org/414/…", "https://id.gs1.org/414/…")),
    ),
    _SITE_RIGHT,
    importing.one_by_one(_keep_site),
)
EQUIPMENT: Final = ImportTarget(
    "master.equipment",
    Bilingual("区域、产线、工作中心、设备", "Areas, lines, work centres, equipment"),
    columns.form(
        _NEEDED_SITE,
        columns.choice("level", "层级", "Level", *_LEVELS, needed=True),
        *_NAMED,
        columns.text("parent", "上级", "Part of", ("上级的代码；可在本文件里", "its code; may be in this file")),
        columns.CLASS,
        columns.OWN_URI,
    ),
    plant.WRITE,
    importing.one_by_one(_keep_equipment),
)
TOOLS: Final = ImportTarget(
    "master.tools",
    Bilingual("工装与量具", "Tools and gauges"),
    columns.form(
        *_NAMED,
        columns.SITE,
        columns.CLASS,
        columns.day("calibrated", "校准日期", "Calibrated"),
        columns.day("due", "有效期至", "Due"),
        columns.OWN_URI,
    ),
    plant.WRITE,
    importing.one_by_one(_keep_tool),
)
QUALIFICATIONS: Final = ImportTarget(
    "master.qualifications",
    Bilingual("资格", "Qualifications"),
    columns.form(*_NAMED),
    plant.WRITE,
    importing.one_by_one(_keep_qualification),
)
