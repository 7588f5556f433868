"""Forms as devices judge them too: the shared vectors, and tables of any rows."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.nodes import SubTableField, TraceNode
from suyuan.capture.domain.checks import Known, findings
from suyuan.capture.domain.entries import Entry, read_entry
from suyuan.capture.domain.meanings import told_value
from suyuan.capture.domain.node_faults import faults_of
from suyuan.capture.domain.scanning import Scanned
from suyuan.capture.domain.world import enrich
from suyuan.kernel.expressions import plain

VECTORS = json.loads((Path(__file__).parent / "form_vectors.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(VECTORS["now"])
WORDS = {
    faults.VALUE_MISSING: "missing", faults.VALUE_WRONG: "wrong", faults.CLASS_WRONG: "class",
    faults.SCANNED_TWICE: "twice", faults.ROW_REPEATED: "unique", faults.ROWS_FEW: "few", faults.ROWS_MANY: "many",
    faults.CONDITION_FAILED: "condition",
}  # fmt: skip
AMOUNT = {"parts.item": "parts.amount"}
MEANING = [{"id": "seen", "event": "object", "subjects": ["parts.item"], "quantity": AMOUNT}]
COLUMNS = VECTORS["fields"]
CLASSES = {"U": "unit", "L": "lot", "B": "carrier"}


def form(name: str) -> dict[str, Any]:
    """Return a form of the vectors with its columns in full."""
    fields = [
        field | {"columns": [VECTORS["fields"][each] for each in field["columns"]]} if "columns" in field else field
        for field in VECTORS["forms"][name]["fields"]
    ]
    return {"fields": fields, "checks": VECTORS["forms"][name].get("checks", [])}


def node(name: str) -> TraceNode:
    meaning = [
        {"id": "seen", "event": "object", "subjects": ["parts.item"], "quantity": {"parts.item": "parts.amount"}}
    ]
    body = {"step": "inspecting", "meaning": meaning if name == "table" else [], **form(name)}
    return msgspec.convert(body, TraceNode)


def scanned(raw: str, _classes: tuple[str, ...]) -> Scanned:
    name = CLASSES[raw[0]]
    return Scanned(raw, f"urn:suyuan:demo:{name}:{raw}", name, raw)


def judged(body: TraceNode, values: dict[str, Any]) -> Entry:
    entry = read_entry(body, values, scanned, NOW, lambda entry, name: enrich(entry, name, {}), {})
    if not any(found.level == "refuse" for found in entry.found):
        entry.found += list(findings(entry, Known(NOW, NOW.date(), None)))
    return entry


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_vectors_that_devices_keep_too(case) -> None:
    entry = judged(node(case["form"]), case["values"])
    told = sorted([found.fault.at or "", WORDS[found.fault.kind]] for found in entry.found)
    assert told == sorted(case["faults"])
    for name, value in case.get("named", {}).items():
        assert plain(entry.values.get(name)) == value, name


def test_a_table_is_told_row_by_row() -> None:
    rows = [{"item": {"raw": "L-1"}, "amount": "1.50"}, {}, {"item": {"raw": "U-2"}, "amount": "2", "grade": "A"}]
    entry = judged(node("table"), {"factor": "2", "parts": rows})
    assert not entry.found
    assert told_value(entry, "parts", entry.values["parts"]) == [
        {"item": "urn:suyuan:demo:lot:L-1", "amount": Decimal("1.50"), "share": Decimal("3.00")},
        {"item": "urn:suyuan:demo:unit:U-2", "amount": Decimal(2), "grade": "A", "share": Decimal(4)},
    ]
    assert [(scan.label, row) for scan, row in entry.scanned("parts.item")] == [("L-1", 0), ("U-2", 2)]


CELLS = some.none() | some.booleans() | some.text(max_size=4) | some.sampled_from(["1", "2.5", "A", "B", "1e99", "-1"])
RAW = some.sampled_from([{"raw": "L-1"}, {"raw": "U-2"}, {"raw": "B-3"}, {"raw": ""}, {}, "L-4", 7, ["L-1"], None])
ROWS = some.fixed_dictionaries({}, optional={"item": RAW, "amount": CELLS, "grade": CELLS, "why": CELLS, "x": CELLS})


@given(some.lists(ROWS | CELLS, max_size=6) | CELLS | ROWS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_as_a_table_is_understood_or_refused(rows: object) -> None:
    body = node("table")
    entry = read_entry(
        body, {"factor": "1", "parts": rows}, scanned, NOW, lambda entry, name: enrich(entry, name, {}), {}
    )
    table = next(field for field in body.fields if isinstance(field, SubTableField))
    kept = entry.tables["parts"]
    assert len(kept) <= table.max
    assert entry.values["parts"] == len(kept)
    if not entry.found:
        assert table.min <= len(kept)
        assert all(row.values["amount"] is not None and "item" in row.scans for row in kept)
        assert entry.values["total"] == sum((row.values["amount"] for row in kept), Decimal(0))
    assert all((found.fault.at or "").startswith("/values/parts") for found in entry.found)


def test_a_sound_node_with_a_table_has_no_fault() -> None:
    assert list(faults_of(node("table"))) == []


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ({"columns": []}, "capture.node_table_empty", "/fields/1/columns"),
        ({"min": 9, "max": 3}, "capture.node_table_rows", "/fields/1/min"),
        ({"unique": "nix"}, "capture.node_field_unknown", "/fields/1/unique"),
        (
            {"columns": [COLUMNS["amount"] | {"id": "factor"}]},
            "capture.node_id_repeated",
            "/fields/1/columns/0/id",
        ),
        (
            {"columns": [COLUMNS["item"] | {"many": True}]},
            "capture.node_column_many",
            "/fields/1/columns/0/many",
        ),
        (
            {"columns": [COLUMNS["why"] | {"pattern": "("}]},
            "capture.node_pattern_wrong",
            "/fields/1/columns/0/pattern",
        ),
        (
            {"columns": [COLUMNS["amount"] | {"show": {"ref": "parts.item"}}]},
            "capture.node_expression_wrong",
            "/fields/1/columns/0/show",
        ),
        ({"columns": [COLUMNS["item"]]}, "capture.node_field_unknown", "/meaning/0/quantity/parts.item"),
    ],
)
def test_faults_of_a_table_are_named_at_their_place(change, code, at) -> None:
    body = form("table")
    fields = [field | change if field["kind"] == "sub_table" else field for field in body["fields"]]
    meaning = [
        {"id": "seen", "event": "object", "subjects": ["parts.item"], "quantity": {"parts.item": "parts.amount"}}
    ]
    made = msgspec.convert({"step": "inspecting", "fields": fields, "meaning": meaning}, TraceNode)
    assert (code, at) in {(fault.kind.code, fault.at) for fault in faults_of(made)}
