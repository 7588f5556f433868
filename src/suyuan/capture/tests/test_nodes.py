"""A node is refused for publishing with every fault at its place."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from suyuan.capture.contracts.field_kinds import FIELD_KINDS
from suyuan.capture.contracts.nodes import Field, TraceNode
from suyuan.capture.domain.node_faults import faults_of

SCAN = {"id": "unit", "kind": "scan", "label_zh": "件", "label_en": "Unit"}
TEXT = {"id": "t", "kind": "text", "label_zh": "字", "label_en": "Text"}
NUMBER = {"id": "n", "kind": "number", "label_zh": "数", "label_en": "Number"}
SEEN = {"id": "seen", "event": "object", "subjects": ["unit"]}
SOUND: dict[str, Any] = {"step": "inspecting", "fields": [SCAN], "meaning": [SEEN]}


def _faults(**changes: Any) -> set[tuple[str, str | None]]:
    return {(fault.kind.code, fault.at) for fault in faults_of(msgspec.convert(SOUND | changes, TraceNode))}


def test_a_sound_node_has_no_fault() -> None:
    assert not _faults()
    for pattern in (r"\d{4}-\d{2}", r"[A-Z]+\d*-[0-9]+", r"(A|B)?\w{3,8}", r".*ok.*", r"(ab|cd){2}"):
        assert not _faults(fields=[SCAN, TEXT | {"pattern": pattern}]), pattern
    expiry = {"op": "and", "args": [{"ref": "unit.held"}, {"op": "=", "args": [{"ref": "t"}, {"lit": "x"}]}]}
    assert not _faults(fields=[SCAN, TEXT], meaning=[SEEN | {"when": expiry}])


@pytest.mark.parametrize(
    ("changes", "code", "at"),
    [
        ({"fields": []}, "capture.node_empty", "/fields"),
        ({"fields": [SCAN, SCAN]}, "capture.node_id_repeated", "/fields/1/id"),
        ({"meaning": []}, "capture.node_without_meaning", "/meaning"),
        ({"step": ""}, "capture.node_without_step", "/step"),
        ({"fields": [SCAN, TEXT | {"pattern": "("}]}, "capture.node_pattern_wrong", "/fields/1/pattern"),
        ({"fields": [SCAN, TEXT | {"pattern": "(a+)+b"}]}, "capture.node_pattern_costly", "/fields/1/pattern"),
        ({"fields": [SCAN, TEXT | {"pattern": "(aa|a)*b"}]}, "capture.node_pattern_costly", "/fields/1/pattern"),
        ({"fields": [SCAN, TEXT | {"pattern": ".*.*=.*"}]}, "capture.node_pattern_costly", "/fields/1/pattern"),
        ({"fields": [SCAN, TEXT | {"pattern": r"(a)\1"}]}, "capture.node_pattern_costly", "/fields/1/pattern"),
        ({"fields": [SCAN, TEXT | {"show": {"ref": "nix"}}]}, "capture.node_expression_wrong", "/fields/1/show"),
        ({"meaning": [SEEN | {"when": {"op": "+"}}]}, "capture.node_expression_wrong", "/meaning/0/when"),
        (
            {"fields": [SCAN, NUMBER], "meaning": [SEEN | {"when": {"fn": "lower", "args": [{"ref": "n"}]}}]},
            "capture.node_expression_wrong",
            "/meaning/0/when/args/0",
        ),
        ({"meaning": [SEEN | {"subjects": ["other"]}]}, "capture.node_field_unknown", "/meaning/0/subjects/0"),
        ({"meaning": [SEEN | {"quantity": {"unit": "unit"}}]}, "capture.node_field_unfit", "/meaning/0/quantity/unit"),
        ({"meaning": [{"id": "a", "event": "transformation"}]}, "capture.node_meaning_incomplete", "/meaning/0"),
        (
            {"meaning": [{"id": "a", "event": "aggregation", "children": ["unit"], "action": "ADD"}]},
            "capture.node_meaning_incomplete",
            "/meaning/0",
        ),
        ({"checks": [{"id": "a", "kind": "known"}]}, "capture.node_check_incomplete", "/checks/0"),
        ({"place": {"from": "field", "field": "unit"}}, "capture.node_field_unfit", "/place/field"),
        (
            {"fields": [SCAN, {"id": "t", "kind": "text", "label_zh": "字", "label_en": "T", "pattern": "("}]},
            "capture.node_pattern_wrong",
            "/fields/1/pattern",
        ),
    ],
)
def test_each_fault_is_named_at_its_place(changes, code, at) -> None:
    assert (code, at) in _faults(**changes)


def test_the_registry_and_the_schema_know_the_same_working_kinds() -> None:
    assert len({kind.name for kind in FIELD_KINDS}) == len(FIELD_KINDS) >= 40
    tags = {str(model.__struct_config__.tag) for model in Field.__args__}
    assert {kind.name for kind in FIELD_KINDS if kind.state == "works"} == tags
