"""Kinds of field with a value of their own: in files, in definitions, and in the events that entries make.

What each takes and refuses when it is entered is in ``form_vectors.json``, which devices are tested with too.
"""

from __future__ import annotations

import msgspec
import pytest

from suyuan.capture.contracts.field_kinds import FIELD_KINDS
from suyuan.capture.contracts.imports import ColumnMapping
from suyuan.capture.contracts.nodes import CascadeField, TraceNode
from suyuan.capture.domain.node_faults import DEEPEST_CASCADE, MOST_WAYS, faults_of
from suyuan.capture.domain.node_fields import unit_of, ways_of
from suyuan.capture.domain.sheets import values_of
from suyuan.capture.tests.test_forms import form, judged, node


def option(value: str, *under: dict[str, object], zh: str = "") -> dict[str, object]:
    return {"value": value, "label_zh": zh or value, "label_en": value.title(), "options": list(under)}


def with_fields(*fields: dict[str, object]) -> TraceNode:
    item = {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"}
    named = [{"id": f"f{at}", "label_zh": "字段", "label_en": "Field", **each} for at, each in enumerate(fields)]
    meaning = [{"id": "seen", "event": "object", "subjects": ["item"]}]
    return msgspec.convert({"step": "inspecting", "fields": [item, *named], "meaning": meaning}, TraceNode)


def test_the_registry_and_the_schema_name_the_same_kinds() -> None:
    schema = msgspec.json.schema(TraceNode)["$defs"]
    usable = {each["properties"]["kind"]["enum"][0] for each in schema.values() if "kind" in each.get("properties", {})
              and "label_zh" in each["properties"] and each["properties"]["kind"].get("enum")}  # fmt: skip
    assert {kind.name for kind in FIELD_KINDS if kind.state == "works"} == usable
    assert len({kind.name for kind in FIELD_KINDS}) == len(FIELD_KINDS) >= 40


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("share", "99.5%", "99.5"),
        ("share", "99.5 ％", "99.5"),
        ("price", "¥1,280.50", "1280.50"),
        ("took", "1:05:00", "3900"),
        ("took", "2:30", "150"),
        ("took", "90", "90"),
        ("took", "soon", "soon"),
        ("at", "8:05", "08:05"),
        ("at", "08:05:00", "08:05"),
        ("at", "08:05:30", "08:05:30"),
        ("defect", "焊接/裂纹", "weld/crack"),
        ("defect", "Welding > Crack", "weld/crack"),
        ("defect", "weld/crack", "weld/crack"),
        ("defect", "焊接", "焊接"),
        ("mail", "li@example.com", "li@example.com"),
    ],
)
def test_files_write_them_as_people_do(field: str, written: str, read: str) -> None:
    values = values_of(node("kinds"), [written], ColumnMapping(columns={field: 0}))
    assert values == {field: read}


def test_their_units_go_into_events() -> None:
    units = {each.id: unit_of(each) for each in node("kinds").fields}
    assert {name: unit for name, unit in units.items() if unit} == {"share": "P1", "cold": "P1", "took": "SEC"}


def test_a_cascade_ends_in_every_choice_that_has_nothing_under_it() -> None:
    defect = next(each for each in node("kinds").fields if isinstance(each, CascadeField))
    assert ["/".join(one.value for one in way) for way in ways_of(defect)] == ["weld/crack", "weld/pore", "other"]


@pytest.mark.parametrize(
    ("options", "code", "at"),
    [
        ([], "capture.node_options_missing", "/fields/1/options"),
        ([option("a"), option("a")], "capture.node_option_repeated", "/fields/1/options/1/value"),
        (
            [option("a", option("b"), option("b"))],
            "capture.node_option_repeated",
            "/fields/1/options/0/options/1/value",
        ),
        ([option("a", option("b/c"))], "capture.node_option_slash", "/fields/1/options/0/options/0/value"),
        (
            [option("1", option("2", option("3", option("4", option("5")))))],
            "capture.node_options_deep",
            "/fields/1/options/0/options/0/options/0/options/0/options",
        ),
        (
            [option(f"a{n}", *(option(f"b{m}") for m in range(150))) for n in range(MOST_WAYS // 150 + 1)],
            "capture.node_options_many",
            "/fields/1/options",
        ),
    ],
)
def test_a_wrong_cascade_says_where(options: list[dict[str, object]], code: str, at: str) -> None:
    found = {(fault.kind.code, fault.at) for fault in faults_of(with_fields({"kind": "cascade", "options": options}))}
    assert found == {(code, at)}


def test_a_choice_that_stands_twice_says_where() -> None:
    twice = [{"value": "a", "label_zh": "甲", "label_en": "A"}] * 2
    found = [(fault.kind.code, fault.at) for fault in faults_of(with_fields({"kind": "choice", "options": twice}))]
    assert found == [("capture.node_option_repeated", "/fields/1/options/1/value")]


def test_as_deep_as_allowed_is_sound() -> None:
    deep = option(str(DEEPEST_CASCADE))
    for level in range(DEEPEST_CASCADE - 1, 0, -1):
        deep = option(str(level), deep)
    made = with_fields({"kind": "cascade", "options": [deep]})
    assert list(faults_of(made)) == []
    assert judged(made, {"item": {"raw": "U-1"}, "f0": "1/2/3/4"}).values["f0"] == "1/2/3/4"


def test_the_vectors_name_every_one_of_them() -> None:
    assert {"percent", "money", "duration", "time", "cascade", "phone", "email", "link"} == {
        field["kind"] for field in form("kinds")["fields"]
    }
