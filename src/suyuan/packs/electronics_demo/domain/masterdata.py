"""Names for everything the events point at, as EPCIS master data with Chinese and English names."""

from __future__ import annotations

from typing import Any

from suyuan.packs.electronics_demo.domain.catalogue import DEALERS, MATERIALS, OWN, PRODUCTS, SUPPLIERS
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, gln13, gtin14, pgln, product_class
from suyuan.packs.electronics_demo.domain.machine_states import STEP
from suyuan.packs.electronics_demo.domain.parameters import PARAMETERS
from suyuan.packs.electronics_demo.domain.staff import PEOPLE, PLACES, PLANT, ROLES_ZH_EN, SITE, STATIONS
from suyuan.packs.electronics_demo.domain.trade import STORES, WAREHOUSES, supplier_site
from suyuan.packs.electronics_demo.domain.writing import CONSUMER_SCAN

_VTYPE = "urn:epcglobal:epcis:vtype:"


def _element(uri: str, zh: str, en: str, **attributes: str | int) -> dict[str, Any]:
    named: dict[str, str | int] = {"suyuan:nameZh": zh, "suyuan:nameEn": en}
    named |= {f"suyuan:{key}": value for key, value in attributes.items()}
    return {"id": uri, "attributes": [{"id": key, "attribute": value} for key, value in named.items()]}


def _products() -> list[dict[str, Any]]:
    made = [
        _element(row.uri, row.zh, row.en, gtin=gtin14(PLANT_PREFIX, row.reference), code=row.key) for row in PRODUCTS
    ]
    bought = []
    for row in MATERIALS:
        supplier = SUPPLIERS[row.supplier]
        bought.append(_element(
            product_class(supplier.prefix, row.reference), row.zh, row.en, gtin=gtin14(supplier.prefix, row.reference),
            unit=row.uom, supplierZh=supplier.zh, supplierEn=supplier.en,
        ))
    return made + bought


def _places() -> list[dict[str, Any]]:
    plant = [_element(row.uri, row.zh, row.en, gln=gln13(PLANT_PREFIX, SITE)) for row in PLACES]
    plant[PLACES.index(PLANT)]["children"] = [row.uri for row in PLACES if row is not PLANT]
    suppliers = [
        _element(
            supplier_site(row), f"{row.zh}（{row.town_zh}）", f"{row.en}, {row.town_en}", country=row.country,
            townZh=row.town_zh, townEn=row.town_en,
        )
        for row in SUPPLIERS.values()
    ]
    sites = (*WAREHOUSES, *(store for stores in STORES for store in stores))
    outlets = [_element(row.uri, row.zh, row.en, geo=row.geo, townZh=row.town_zh, townEn=row.town_en) for row in sites]
    return plant + suppliers + outlets


def _parties() -> list[dict[str, Any]]:
    return [_element(pgln(row.prefix), row.zh, row.en) for row in (OWN, *SUPPLIERS.values(), *DEALERS)]


def _people() -> list[dict[str, Any]]:
    return [
        _element(
            row.uri, row.zh, row.en, badge=row.badge, roleZh=ROLES_ZH_EN[row.role][0],
            roleEn=ROLES_ZH_EN[row.role][1], shift="ABC"[row.shift],
        )
        for row in PEOPLE
    ]


def vocabulary() -> dict[str, Any]:
    """Return the ``epcisHeader`` of the demo: products, places, parties, people, machines, parameters, our own step."""
    rows: tuple[tuple[str, list[dict[str, Any]]], ...] = (
        (f"{_VTYPE}EPCClass", _products()),
        (f"{_VTYPE}BusinessLocation", _places()),
        (f"{_VTYPE}ReadPoint", [_element(row.read_point["id"], row.zh, row.en) for row in STATIONS]),
        (f"{_VTYPE}SourceDest", _parties()),
        ("urn:suyuan:vocab:Person", _people()),
        ("urn:suyuan:vocab:Equipment", [
            _element(row.equipment, row.zh, row.en, code=row.code, placeZh=row.place.zh, placeEn=row.place.en)
            for row in STATIONS
        ]),
        ("urn:suyuan:vocab:Parameter", [
            _element(f"urn:suyuan:vocab:parameter:{row.key}", row.zh, row.en, unit=row.uom) for row in PARAMETERS
        ]),
        (f"{_VTYPE}BusinessStep", [
            _element(CONSUMER_SCAN, "消费者扫码", "Consumer scan"), _element(STEP, "设备状态", "Equipment state"),
        ]),
    )
    return {"epcisMasterData": {"vocabularyList": [
        {"type": kind, "vocabularyElementList": elements} for kind, elements in rows
    ]}}
