"""What the plant prints on units, panels, boxes and pallets is made by its code rules."""

from __future__ import annotations

from collections import Counter

import msgspec

from suyuan.coding.api import decode
from suyuan.coding.contracts.code_rules import CodeRule
from suyuan.coding.domain.rules.checking import check_rule
from suyuan.coding.domain.rules.layout import lay_out
from suyuan.coding.domain.rules.overlap import common_text
from suyuan.coding.domain.rules.reading import read
from suyuan.kernel.faults import Fault
from suyuan.packs.electronics_demo.api import definitions
from suyuan.packs.electronics_demo.domain.catalogue import PRODUCTS
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX

RULES = {
    each.key: lay_out(msgspec.convert(each.body, CodeRule))
    for each in definitions().definitions
    if each.kind == "code_rule"
}
OWN = tuple(
    f"urn:epc:id:sgtin:{PLANT_PREFIX}.{product.reference}." for product in PRODUCTS if product.key != "mainboard"
)
PRINTED = (*OWN, f"urn:epc:id:sscc:{PLANT_PREFIX}.", "urn:suyuan:demo:unit:PNL-")


def _printed(run) -> set[str]:
    said = msgspec.json.encode(run.events).decode()
    return {text for text in said.split('"') if text.startswith(PRINTED) and not text.endswith("*")}


def _rule_of(uri: str) -> str:
    decoded = decode(uri)
    elements = {part.ai: part.value for part in decoded.parts if part.ai}
    values = elements or {"": decoded.parts[2].value}
    for key, layout in RULES.items():
        try:
            read(layout, values, 2026)
        except Fault:
            continue
        return key
    return f"nobody: {uri}"


def test_the_plants_rules_are_sound_and_never_meet() -> None:
    for key, layout in RULES.items():
        assert check_rule(layout.rule) == [], key
        for other in RULES.values():
            assert other is layout or common_text(layout.pattern, other.pattern) is None


def test_every_code_the_plant_prints_is_made_by_one_of_them(run) -> None:
    found = Counter(_rule_of(uri) for uri in _printed(run))
    assert set(found) == {"unit-serial", "board", "panel", "box", "pallet"}
    assert found["unit-serial"] > 2000
    assert found["box"] > 50
