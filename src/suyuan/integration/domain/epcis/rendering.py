"""From stored events back to JSON-LD: an EPCISQueryDocument whose context keeps every prefix's meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import EPCIS_CONTEXT, context_entries, is_gs1_context
from suyuan.trace.contracts import StoredEvent
from suyuan.trace.contracts.cbv_names import OWN_DISPOSITIONS, written_disposition

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def utc_text(instant: datetime) -> str:
    """Return an instant as ISO 8601 in UTC with ``Z``, to the microsecond where it has them."""
    moment = instant.astimezone(UTC)
    return moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")[:-6] + "Z"


def _own_terms(context: Json) -> tuple[dict[str, Json], bool]:
    """Return the terms that a context defines beside GS1's own, and whether it also names contexts of others."""
    terms: dict[str, Json] = {}
    foreign = False
    for entry in context_entries(context):
        if isinstance(entry, dict):
            terms.update(entry)
        elif not is_gs1_context(entry):
            foreign = True
    return terms, foreign


def _event(stored: StoredEvent) -> dict[str, Json]:
    event = {**stored.document, "eventID": stored.event_id, "recordTime": utc_text(stored.recorded)}
    if stored.document.get("disposition") in OWN_DISPOSITIONS:  # bare as once recorded, the standard refuses it
        event["disposition"] = written_disposition(str(event["disposition"]))
    return event


def query_document(
    events: Sequence[StoredEvent], created: datetime, query_name: str = "SimpleEventQuery"
) -> dict[str, Json]:
    """Return an EPCISQueryDocument of ``events`` in their order.

    The contexts are merged into the document's; an event whose context gives a prefix another meaning than an earlier
    event's, or names a context of others, carries its own.
    """
    merged: dict[str, Json] = {}
    rendered = []
    for stored in events:
        terms, foreign = _own_terms(stored.context)
        event = _event(stored)
        if foreign or any(name in merged and merged[name] != meaning for name, meaning in terms.items()):
            event["@context"] = context_entries(stored.context)
        else:
            merged.update(terms)
        rendered.append(event)
    return {
        "@context": [EPCIS_CONTEXT, merged] if merged else [EPCIS_CONTEXT],
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": utc_text(created),
        "epcisBody": {"queryResults": {"queryName": query_name, "resultsBody": {"eventList": rendered}}},
    }


def single_event(stored: StoredEvent) -> dict[str, Json]:
    """Return one event as a JSON-LD document, with its context."""
    context = [EPCIS_CONTEXT, *(entry for entry in context_entries(stored.context) if not is_gs1_context(entry))]
    return {"@context": context, **_event(stored)}


def encode(document: Json) -> bytes:
    """Return JSON bytes in which decimals are numbers with every digit."""
    return _ENCODER.encode(document)
