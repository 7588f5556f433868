"""Recognising a plant's own codes by its published rules, in the open transaction's tenant."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from suyuan.coding.api.rules import all_readings
from suyuan.coding.api.states import issued_place
from suyuan.coding.contracts import CodeFormat, Decoded, Part
from suyuan.coding.contracts.code_rules import CodePart
from suyuan.coding.domain.rules.facts import identity_in
from suyuan.coding.domain.rules.layout import Layout
from suyuan.coding.domain.rules.reading import Reading
from suyuan.kernel.faults import Bilingual
from suyuan.tenancy import api as tenancy

_LABELS: Final = {
    "constant": Bilingual("固定字符", "Constant"), "date": Bilingual("日期", "Date"),
    "sequence": Bilingual("流水号", "Sequence"), "random": Bilingual("随机码", "Random"),
    "check": Bilingual("校验位", "Check digit"),
}  # fmt: skip
_FIELDS: Final = {
    "product": Bilingual("产品", "Product"), "line": Bilingual("产线", "Line"), "shift": Bilingual("班次", "Shift"),
    "lot": Bilingual("批号", "Lot"), "gtin": Bilingual("GTIN", "GTIN"), "expiry": Bilingual("有效期", "Expiry"),
    "supplier": Bilingual("供应商", "Supplier"), "order": Bilingual("工单", "Order"),
    "drug": Bilingual("药品标识码", "Drug"),
}  # fmt: skip


def by_rule(code: str, *, only_issued: bool) -> Decoded | None:
    """Return what a plant's own code says by the rule that made it, None where no rule reads it.

    Of several rules the one that issued the code is meant; else, without ``only_issued``, the first in force.
    """
    first: Decoded | None = None
    for key, version, layout, text, reading in all_readings(code):
        if layout.rule.gs1:
            continue
        issued = issued_place(layout, reading) is not None
        if issued or (first is None and not only_issued):
            decoded = _decoded(key, version, layout, text, reading, issued=issued)
            if issued:
                return decoded
            first = decoded
    return first


def _decoded(key: str, version: int, layout: Layout, text: str, reading: Reading, *, issued: bool) -> Decoded:
    identity = identity_in(layout, text, tenancy.own_tenant().code)
    rule = Bilingual(f"按编码规则“{key}”第 {version} 版", f"by version {version} of the code rule “{key}”")
    never = Bilingual("本系统没有发行过这个编码", "this code was never issued here")
    return Decoded(
        identity,
        CodeFormat.PLANT_RULE,
        tuple(_part(part) for part in reading.parts),
        MappingProxyType(dict(reading.fields)),
        (rule,) if issued else (rule, never),
    )


def _part(part: CodePart) -> Part:
    label = _FIELDS.get(part.name, Bilingual(part.name, part.name)) if part.name else _LABELS[part.type]
    note = Bilingual(str(part.value), str(part.value)) if part.type == "date" and part.value != part.text else None
    return Part(None, part.text, label.zh, label.en, note)
