"""Tables of bills of materials: a row for each line; every product's rows become a draft, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from suyuan.capture.api import importing
from suyuan.capture.contracts.import_targets import ImportTarget, Kept, TargetRow
from suyuan.capture.contracts.nodes import LookupField, NumberField, YesNoField
from suyuan.chassis.database import savepoint
from suyuan.designer import api as designer
from suyuan.designer.contracts import Definition
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.api.checking import name_of
from suyuan.production.api.importing import columns
from suyuan.production.contracts import import_faults as faults
from suyuan.production.contracts.products import BILL_OF_MATERIAL, Alternative, BillOfMaterial, ByProduct, Line
from suyuan.production.domain.bills import bill_faults

_MOST_BILLS: Final = 5_000
_PART: Final = re.compile(r"/(lines|by_products)/(\d+)")
_NOT_OF_KEYS: Final = re.compile(r"[^a-z0-9]+")


def _keep(rows: Sequence[TargetRow]) -> Kept:
    results: dict[int, bool | Fault] = {}
    of_product: dict[str, list[TargetRow]] = {}
    for row in rows:
        of_product.setdefault(str(row.values.get("product") or ""), []).append(row)
    drafts = _known()
    for product, own in of_product.items():
        broken = [row.number for row in own if not row.sound]
        try:
            with savepoint():
                changed = not broken and _draft(product, own, drafts)
        except _RowRefusedError as refused:
            results[refused.number], broken = refused.fault, [refused.number]
        except Fault as fault:
            results.update(dict.fromkeys((row.number for row in own), fault))
            continue
        for row in own:
            if broken:
                results.setdefault(row.number, faults.BILL_BROKEN(at="/product", row=broken[0]))
            else:
                results[row.number] = changed
    return results


class _RowRefusedError(Exception):
    """A row of a bill that is refused, and with it the bill."""

    def __init__(self, number: int, fault: Fault) -> None:
        super().__init__(number)
        self.number, self.fault = number, fault


def _known() -> dict[str, Definition]:
    """Return the bills by product: the draft where there is one, else what is in force."""
    rows, _ = designer.list_definitions(kind=BILL_OF_MATERIAL, limit=_MOST_BILLS)
    found: dict[str, Definition] = {}
    for row in rows:
        bill = designer.definition(BILL_OF_MATERIAL, row.key)
        found.setdefault(str(bill.body.get("product") or ""), bill)
    return found


def _draft(product: str, rows: Sequence[TargetRow], known: Mapping[str, Definition]) -> bool:
    before = known.get(product)
    old = None if before is None else designer.typed_body(BILL_OF_MATERIAL, before.body)
    bill = _bill(product, rows, old)
    for fault in bill_faults(bill):
        raise _refused(fault, rows)
    if old is not None and bill == old:
        return False
    if before is not None and before.row.has_draft:
        raise faults.BILL_DRAFT(at="/product", key=before.row.key)
    body = msgspec.to_builtins(bill, str_keys=True)
    if before is not None:
        row = before.row
        designer.save_draft(
            BILL_OF_MATERIAL, row.key, title_zh=row.title_zh, title_en=row.title_en, body=body, revision=row.revision
        )
        return True
    name = name_of(product)
    zh, en = f"{name}物料清单", f"Bill of {name}"
    key = _key(product, {each.row.key for each in known.values()})
    designer.save_draft(BILL_OF_MATERIAL, key, title_zh=zh[:80], title_en=en[:80], body=body, revision=None)
    return True


def _key(product: str, taken: set[str]) -> str:
    plain = _NOT_OF_KEYS.sub("-", product.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()).strip("-")[:50]
    key, number = plain or "bill", 2
    while key in taken:
        key, number = f"{plain or 'bill'}-{number}", number + 1
    return key


def _refused(fault: Fault, rows: Sequence[TargetRow]) -> _RowRefusedError:
    """Return a fault of a bill as one of the row that it points at."""
    found = _PART.match(fault.at or "")
    kind, place = (found[1], int(found[2])) if found else ("lines", 0)
    those = [row for row in rows if (row.values.get("role") in ("co", "by")) == (kind == "by_products")]
    return _RowRefusedError(those[place].number if place < len(those) else rows[0].number, fault)


def _bill(product: str, rows: Sequence[TargetRow], old: BillOfMaterial | None) -> BillOfMaterial:
    ids = {(line.material, line.operation): line.id for line in old.lines} if old else {}
    taken = set(ids.values())
    lines: list[Line] = []
    extras: list[ByProduct] = []
    for row in rows:
        given = row.values
        if given["role"] in ("co", "by"):
            extras.append(ByProduct(
                material=given["material"], quantity=given["quantity"], unit=given["unit"] or "", kind=given["role"]
            ))  # fmt: skip
            continue
        key = given["material"], given["operation"] or None
        name = ids.pop(key, None) or _free(taken)
        taken.add(name)
        lines.append(_line(row, name))
    revision = next((row.values["revision"] for row in rows if row.values["revision"]), old.revision if old else "")
    return BillOfMaterial(product=product, revision=revision[:40], lines=tuple(lines), by_products=tuple(extras))


def _free(taken: set[str]) -> str:
    number = 1
    while f"l{number}" in taken:
        number += 1
    return f"l{number}"


def _line(row: TargetRow, name: str) -> Line:
    given = row.values
    try:
        told = [_alternative(text, given) for text in given["alternatives"] or ()]
    except Fault as fault:
        raise _RowRefusedError(row.number, fault) from None
    return Line(
        id=name, material=given["material"], quantity=given["quantity"], unit=given["unit"] or "",
        revision=(given["material_revision"] or "")[:40], operation=given["operation"] or None,
        alternatives=tuple(told), scrap_percent=given["scrap"] or Decimal(0), phantom=bool(given["phantom"]),
        valid_from=given["valid_from"], valid_to=given["valid_to"],
    )  # fmt: skip


def _alternative(text: str, given: Mapping[str, Any]) -> Alternative:
    code, _, amount = text.partition("=")
    wrong = faults.ALTERNATIVE_WRONG(at="/alternatives", given=text[:80])
    try:
        material = importing.master_uri("product", code.strip())
        quantity = Decimal(amount.strip()) if amount.strip() else given["quantity"]
    except (Fault, InvalidOperation):
        raise wrong from None
    if not quantity.is_finite() or quantity <= 0:
        raise wrong
    return Alternative(material=material, quantity=quantity, needs_approval=bool(given["approval"]))


def _product(name: str, zh: str, en: str) -> LookupField:
    hint = ("GTIN、料号或 URI", "GTIN, part number or URI")
    return LookupField(id=name, label_zh=zh, label_en=en, hint_zh=hint[0], hint_en=hint[1], of="product")


BILLS: Final = ImportTarget(
    "master.bills",
    Bilingual("物料清单（成为草稿，审阅后发布）", "Bills of materials (as drafts, to be published)"),
    columns.form(
        _product("product", "产品", "Product"),
        columns.text("revision", "版次", "Revision"),
        _product("material", "物料", "Material"),
        NumberField(id="quantity", label_zh="单件用量", label_en="Quantity per unit", decimals=9),
        columns.text("unit", "单位", "Unit", ("UN/ECE：KGM、LTR；留空为件", "UN/ECE: KGM, LTR; empty: pieces")),
        columns.choice(
            "role", "类型", "Kind", ("material", "物料", "Material"), ("co", "联产品", "Co-product"),
            ("by", "副产品", "By-product"),
        ),
        columns.text("material_revision", "物料版次", "Material's revision", ("留空：不限", "empty: any")),
        columns.text("operation", "工序", "Operation", ("路线里工序的编号", "its id in the route")),
        NumberField(id="scrap", label_zh="损耗 %", label_en="Scrap %", required=False, decimals=4),
        YesNoField(id="phantom", label_zh="虚拟件", label_en="Phantom", required=False),
        columns.texts(
            "alternatives", "替代料", "Alternatives", ("料号 或 料号=用量", "code, or code=quantity")
        ),
        YesNoField(id="approval", label_zh="替代须审批", label_en="Alternatives need approval", required=False),
        columns.day("valid_from", "生效日期", "Valid from"),
        columns.day("valid_to", "失效日期", "Valid to"),
    ),
    "designer:definition:write",
    _keep,
)  # fmt: skip
