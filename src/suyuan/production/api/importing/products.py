"""Tables of products and materials: GTINs, other parties' URIs, or one's own part numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.api import plant
from suyuan.production.api.importing import columns
from suyuan.production.contracts import import_faults as faults
from suyuan.production.contracts import plant_faults
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import ItemKind, MasterDatum

_TYPE: Final = "urn:epcglobal:epcis:vtype:EPCClass"
_GTIN: Final = re.compile(r"\d{8}|\d{12,14}")
_OWN: Final = re.compile(r"[^\s/]{1,80}")


def product_uri(code: str) -> tuple[str, str | None]:
    """Return the URI of a product, and its GTIN with 14 digits where it has one.

    :raises Fault: ``production.import_product``.
    """
    text = code.strip()
    try:
        if _GTIN.fullmatch(text):
            gtin = text.zfill(14)
            return coding.identify_class(f"https://id.gs1.org/01/{gtin}").uri, gtin
        if text.startswith(("urn:", "http")):
            identity = coding.identify_class(text)
            if identity.kind is not ItemKind.PRODUCT:
                raise faults.PRODUCT_CODE(at="/code", code=text[:80], why=str(identity.kind.value))
            return identity.uri, None
    except Fault as fault:
        if fault.kind is faults.PRODUCT_CODE:
            raise
        raise faults.PRODUCT_CODE(at="/code", code=text[:80], why=fault.title(tx().principal.language)) from None
    if not _OWN.fullmatch(text):
        raise faults.PRODUCT_CODE(at="/code", code=text[:80], why="≤ 80, no spaces")
    own = f"urn:suyuan:{tenancy.own_tenant().code}:product:{quote(text, safe='')}"
    return coding.identify_class(own).uri, None


def _keep(values: Mapping[str, Any]) -> bool:
    if tx().principal.sites_for(plant.WRITE) is not None:  # products belong to no site
        raise plant_faults.NOT_HERE(at="/code")
    uri, gtin = product_uri(values["code"])
    shown = values["part_number"] or (None if gtin or values["code"].startswith(("urn:", "http")) else values["code"])
    told = {"gtin": gtin, "code": shown, "unit": values["unit"]}
    attributes = {f"suyuan:{name}": value for name, value in told.items() if value}
    datum = MasterDatum(_TYPE, uri, values["name_zh"].strip(), values["name_en"].strip(), attributes)
    return trace.record_master_data([datum]) > 0


PRODUCTS: Final = ImportTarget(
    "master.products",
    Bilingual("产品与物料", "Products and materials"),
    columns.form(
        columns.text(
            "code", "产品编码", "Product code", ("GTIN、URI 或自己的料号", "GTIN, URI or own number"), needed=True
        ),
        columns.NAME_ZH,
        columns.NAME_EN,
        columns.text("part_number", "料号", "Part number", ("编码是 GTIN 时企业自己的料号", "beside a GTIN")),
        columns.text("unit", "单位", "Unit", ("UN/ECE：KGM、LTR；留空为件", "UN/ECE: KGM, LTR; empty: pieces")),
    ),
    plant.WRITE,
    importing.one_by_one(_keep),
)
