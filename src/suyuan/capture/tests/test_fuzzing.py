"""Whatever comes as a message, a definition or a table is answered: no error of ours, no trace of a refusal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from suyuan.capture.contracts.imports import ColumnMapping
from suyuan.capture.contracts.nodes import TraceNode
from suyuan.capture.domain import sheets
from suyuan.capture.domain.entries import read_entry
from suyuan.capture.domain.node_faults import faults_of
from suyuan.capture.domain.scanning import Scanned
from suyuan.capture.tests.stations import now
from suyuan.kernel.faults import Fault
from tests.support.web import InProcess

READY = Path(__file__).parent.parent / "ready" / "trace_node"
FEW = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
TEXTS = some.text(max_size=12) | some.sampled_from(
    ["\0", "\ud800", "9" * 40, "1e999", "NaN", "-0", "２", "2026-02-30", "]d201", "x" * 5000, "true", "￿", "\u202e"]
)
NUMBERS = some.integers(-(10**40), 10**40) | some.floats() | some.booleans() | some.none()
JSON = some.recursive(
    TEXTS | NUMBERS,
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.sampled_from(["raw", "num", "sha256", "lit", "ref", "op", "args", "kind", "id"]), inner
        )
    ),
    max_leaves=8,
)
KINDS: dict[str, dict[str, Any]] = {
    "scan": {"many": True}, "text": {"pattern": "[a-z]+"}, "number": {"min": "0", "max": "9"}, "yes_no": {},
    "choice": {"options": [{"value": "a", "label_zh": "甲", "label_en": "A"}]}, "date": {}, "datetime": {},
    "person": {}, "equipment": {}, "location": {}, "lookup": {}, "rating": {}, "photo": {"max": 2}, "file": {},
    "signature": {}, "voice": {}, "percent": {}, "money": {}, "duration": {}, "time": {}, "phone": {}, "email": {},
    "link": {}, "cascade": {"options": [{"value": "a", "label_zh": "甲", "label_en": "A"}]},
    "formula": {"value": {"op": "+", "args": [{"ref": "number"}, {"lit": {"num": "1"}}]}},
}  # fmt: skip
NODE = {
    "step": "inspecting",
    "fields": [
        {"id": "item", "kind": "scan", "label_zh": "对象", "label_en": "Item"},
        *({"id": k, "kind": k, "label_zh": k, "label_en": k, "required": False, **more} for k, more in KINDS.items()),
    ],
    "meaning": [{"id": "seen", "event": "object", "subjects": ["item", "scan"]}],
}
EVERYTHING = msgspec.convert(NODE, TraceNode)


def _resolve(raw: str, classes: tuple[str, ...]) -> Scanned:
    return Scanned(uri=f"urn:x:{raw}", label=raw, name=classes[0] if classes else "unit", raw=raw)


@FEW
@given(some.dictionaries(some.sampled_from([*KINDS, "item", "unknown"]), JSON, max_size=6))
def test_any_values_are_read_or_refused_by_the_form(values) -> None:
    entry = read_entry(EVERYTHING, values, _resolve, datetime.now(UTC), lambda *_: None, {})
    for found in entry.found:
        assert found.fault.title("zh")
        assert found.fault.remedy("en")
    assert all(value is None or isinstance(value, (str, bool, Decimal, tuple, datetime)) or value for value in
               entry.values.values())  # fmt: skip


@pytest.fixture(scope="module")
def everything(plant) -> str:
    boss = InProcess()
    boss.sign_in(plant.person())
    draft = {"title_zh": "全", "title_en": "All", "body": NODE, "revision": None}
    saved = boss.put("/api/v1/definitions/trace_node/everything", json=draft).json()
    noted = {"revision": saved["row"]["revision"], "note": "first"}
    assert boss.post("/api/v1/definitions/trace_node/everything/publish", json=noted).status_code == 200
    return "everything"


@settings(FEW, max_examples=20)
@given(
    values=some.dictionaries(some.sampled_from([*KINDS, "item"]), JSON, max_size=4),
    spoilt=some.dictionaries(
        some.sampled_from(["id", "node", "taken", "sequence", "version", "how", "person", "station", "overrides"]),
        JSON, max_size=2,
    ),
)  # fmt: skip
def test_any_message_is_answered_once_and_for_all(station, everything, values, spoilt) -> None:
    reading = station.reading(everything) | {"values": {"item": station.unit(1), **values}} | spoilt
    message = {"device": str(uuid4()), "sent": now(), "readings": [reading]}
    events = len(station.events())
    body = json.dumps(message)
    first = station.client.post("/api/v1/capture/readings", content=body)
    again = station.client.post("/api/v1/capture/readings", content=body)
    assert first.status_code < 500, first.text
    assert (first.status_code == 200) == (again.status_code == 200)
    recorded = 0
    if first.status_code == 200:
        (outcome,), (repeated,) = first.json()["outcomes"], again.json()["outcomes"]
        assert repeated["outcome"] == "repeated"
        assert repeated["event_ids"] == outcome["event_ids"]
        recorded = len(outcome["event_ids"])
    assert len(station.events()) == events + recorded


def _spots(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(spot for key, each in inside for spot in _spots(each, (*at, key)))]


def _with(value: Any, at: tuple[Any, ...], new: Any) -> Any:
    if not at:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = _with(value[at[0]], at[1:], new)
    return copy


@settings(FEW, max_examples=80)
@given(some.data())
def test_any_change_of_a_definition_is_sound_or_told(data) -> None:
    files = sorted(READY.glob("*.json"))
    body = json.loads(data.draw(some.sampled_from(files)).read_text(encoding="utf-8")).get("body")
    assert body
    for _ in range(2):
        body = _with(body, data.draw(some.sampled_from(_spots(body))), data.draw(JSON))
    try:
        node = msgspec.convert(body, TraceNode, strict=False)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a character is told of at the edge, for every path
        return
    for fault in faults_of(node):
        assert isinstance(fault, Fault)
        assert fault.title("zh")
        assert (fault.at or "").startswith("/")


@FEW
@given(
    some.lists(TEXTS, min_size=1, max_size=8),
    some.lists(
        TEXTS | some.fixed_dictionaries({"lossy": TEXTS}) | some.fixed_dictionaries({"error": TEXTS}), max_size=8
    ),
    some.dictionaries(some.sampled_from([*KINDS, "item"]), some.integers(0, 9)),
)
def test_any_row_of_a_table_is_an_entry_or_told(header, cells, columns) -> None:
    proposed = sheets.propose(EVERYTHING, header, "+08:00")
    assert all(index < len(header) for index in proposed.columns.values())
    assert sheets.header_row(EVERYTHING, [header, header]) in (0, 1)
    for mapping in (proposed, ColumnMapping(columns=columns, taken=0, offset="+08:00")):
        try:
            values = sheets.values_of(EVERYTHING, cells, mapping)
            sheets.taken_of(cells, mapping)
        except Fault as fault:
            assert fault.remedy("zh")  # noqa: PT017 (either way is right)
        else:
            assert values.keys() <= {field.id for field in EVERYTHING.fields}
