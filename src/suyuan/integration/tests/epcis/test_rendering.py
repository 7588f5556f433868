"""Round trip: what was captured comes back with the same meaning, plus its record time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from suyuan.integration.domain.epcis.reading import read_json
from suyuan.integration.domain.epcis.rendering import encode, query_document, utc_text
from suyuan.integration.tests.epcis.support import apart, document_of, findings, object_event, own_documents, records
from suyuan.trace.contracts import StoredEvent

NOW = datetime(2026, 11, 7, 1, 2, 3, 400_000, UTC)


def stored(document: Any) -> list[StoredEvent]:
    return [
        StoredEvent(number, record.event_id, record.document, record.context, NOW, record.time.utc)
        for number, record in enumerate(records(document))
    ]


def rendered(*events: StoredEvent) -> dict[str, Any]:
    return read_json(encode(query_document(events, NOW)))


@pytest.mark.parametrize("path", own_documents(), ids=lambda path: path.stem)
def test_round_trip(path: Path) -> None:
    data = path.read_bytes()
    answer = rendered(*stored(data))
    assert findings(encode(answer)) == []
    given = apart(data).events
    returned = answer["epcisBody"]["queryResults"]["resultsBody"]["eventList"]
    for before, after in zip(given, returned, strict=True):
        assert after.pop("recordTime") == "2026-11-07T01:02:03.400Z"
        before.pop("recordTime", None)
        before.setdefault("eventID", after["eventID"])
        assert after == before
    assert records(encode(answer)) == [
        record.__class__(**{name: getattr(record, name) for name in record.__slots__} | {"context": answer["@context"]})
        for record in records(data)
    ]


def test_digits_are_kept() -> None:
    data = json.dumps(document_of(object_event())).replace('"ADD"', '"ADD", "example:n": [1.10, 9007199254740993]')
    assert b'"example:n":[1.10,9007199254740993]' in encode(query_document(stored(data.encode()), NOW))
    assert apart(data.encode()).events[0]["example:n"][0] == Decimal("1.10")


def test_contexts_are_merged_and_conflicts_stay_with_their_event() -> None:
    one, two, three, four = (
        stored(document_of(object_event(eventID=f"urn:e:{number}", **{f"{prefix}:x": 1}), context=context))[0]
        for number, (prefix, context) in enumerate([
            ("a", {"a": "urn:a:"}),
            ("b", ["https://gs1.github.io/EPCIS/epcis-context.jsonld", {"b": "urn:b:"}]),
            ("a", {"a": "urn:other:"}),
            ("c", ["https://foreign.example/context"]),
        ])
    )  # fmt: skip
    answer = rendered(one, two, three, four)
    assert answer["@context"] == [
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"a": "urn:a:", "b": "urn:b:"},
    ]  # fmt: skip
    assert [event.get("@context") for event in apart(encode(answer)).events] == [
        None, None, [{"a": "urn:other:"}], ["https://foreign.example/context"],
    ]  # fmt: skip
    assert findings(encode(answer)) == []


def test_an_empty_answer_is_a_sound_document() -> None:
    assert findings(encode(rendered())) == []
    assert utc_text(datetime(2026, 1, 1, 0, 0, 0, 123_456, UTC)) == "2026-01-01T00:00:00.123456Z"
