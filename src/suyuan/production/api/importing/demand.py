"""Tables of sales demand: lines of customers' orders, entered once, and changed by a second file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import demand
from suyuan.production.api.importing import columns
from suyuan.production.api.importing.plant import site_of
from suyuan.production.api.importing.products import product_uri


def _keep(values: Mapping[str, Any]) -> bool:
    given = {name: values[name] for name in ("customer_order", "line", "customer", "quantity", "due")}
    given["product"] = product_uri(values["product"])[0]
    for name in ("customer_uri", "unit", "note"):  # what a file leaves out stays as it is
        if values[name]:
            given[name] = values[name]
    if values["site"]:
        given["site_id"] = site_of(values["site"])
    return demand.keep(given)


DEMAND: Final = ImportTarget(
    "master.demand",
    Bilingual("销售需求", "Sales demand"),
    columns.form(
        columns.text("customer_order", "客户订单号", "Customer order", needed=True),
        columns.text("line", "行号", "Line", needed=True),
        columns.text("customer", "客户", "Customer", needed=True),
        columns.text("product", "产品", "Product", ("GTIN、URI 或自己的料号", "GTIN, URI or own number"), needed=True),
        columns.number("quantity", "数量", "Quantity", needed=True),
        columns.day("due", "交期", "Due", needed=True),
        columns.text("unit", "单位", "Unit", ("UN/ECE：KGM、LTR；留空为件", "UN/ECE: KGM, LTR; empty: pieces")),
        columns.text("customer_uri", "客户 GLN", "Customer GLN", ("13 位，或 URI；可留空", "13 digits, or a URI")),
        columns.SITE,
        columns.text("note", "备注", "Note"),
    ),
    demand.WRITE,
    importing.one_by_one(_keep),
)
