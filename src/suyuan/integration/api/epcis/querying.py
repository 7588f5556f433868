"""EPCIS queries: from the query string to an EPCISQueryDocument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from suyuan.coding import api as coding
from suyuan.integration.api.epcis.identification import coded
from suyuan.integration.contracts import NO_SUCH_EVENT, QUERY_TOO_LARGE
from suyuan.integration.domain.epcis.querying import PARAMETERS, parse_query, write_token
from suyuan.integration.domain.epcis.rendering import encode, query_document, single_event
from suyuan.trace import api as trace
from suyuan.trace.contracts import Direction, EventQuery, StoredEvent, TraceQuestion

QUERY_PARAMETERS: Final = PARAMETERS


def query_events(parameters: Iterable[tuple[str, str]]) -> tuple[bytes, str | None]:
    """Return the EPCISQueryDocument that a query string asks for, and the next page's token.

    :raises Fault: ``integration.query_…`` kinds.
    """
    query = parse_query(parameters, coded)
    limit = query.max_event_count
    if limit is not None and query.after is None and trace.count_events(query, limit + 1) > limit:
        raise QUERY_TOO_LARGE(at="maxEventCount", limit=limit)
    page = trace.find_events(query)
    body = encode(query_document(page.events, datetime.now(UTC)))
    return body, write_token(page.next) if page.next else None


def event_document(event_id: str) -> bytes:
    """Return an EPCISQueryDocument of the event called ``event_id`` and the declaration that voids it, if any.

    :raises Fault: ``integration.no_such_event``.
    """
    page = trace.find_events(EventQuery(event_ids=(event_id,), per_page=10))
    if not page.events:
        raise NO_SUCH_EVENT(id=event_id[:200])
    return encode(query_document(page.events, datetime.now(UTC)))


MOST_EXPORTED: Final = 100_000
"""Events of one exported answer."""


def answer_document(direction: Direction, code: str, *, siblings: bool, as_of: datetime | None) -> bytes:
    """Return an EPCISQueryDocument of every event that touched the answer to a trace question, by event time.

    :raises Fault: as :func:`suyuan.coding.api.find_item`; ``integration.query_too_large`` beyond 100,000 events.
    """
    item, uri = coding.find_item(code)
    answer = trace.answer(TraceQuestion(direction.value, code, uri, item, as_of=as_of, siblings=siblings))
    if len(answer.events) > MOST_EXPORTED:
        raise QUERY_TOO_LARGE(at="code", limit=MOST_EXPORTED)
    events = trace.stored_events([event.number for event in answer.events])
    return encode(query_document(events, datetime.now(UTC)))


def event_body(event: StoredEvent) -> bytes:
    """Return one event as a JSON-LD document of its own."""
    return encode(single_event(event))
