"""Documents: EPCISDocument, EPCISQueryDocument and single events, taken apart into events with their context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from suyuan.integration.domain.epcis import checks, faults
from suyuan.integration.domain.epcis.events import check_event
from suyuan.integration.domain.epcis.json_values import Json
from suyuan.integration.domain.epcis.namespaces import Namespaces, context_entries
from suyuan.integration.domain.epcis.reading import ReadingLimits
from suyuan.integration.domain.epcis.report import Report
from suyuan.kernel.faults import Fault

EVENTS_AT: Final = {
    "EPCISDocument": "/epcisBody/eventList",
    "EPCISQueryDocument": "/epcisBody/queryResults/resultsBody/eventList",
}


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document taken apart.

    ``events`` are the raw events, not yet checked; ``at`` is the JSON pointer of their list ("" for a single event).
    ``findings`` are the faults of the envelope (header, body, context); with any of them nothing is captured.
    """

    kind: str
    events: list[Json]
    at: str
    names: Namespaces
    context: list[Json]
    vocabularies: list[Json] = field(default_factory=list)
    findings: tuple[Fault, ...] = ()

    def event_at(self, index: int) -> str:
        """Return the JSON pointer of the event number ``index`` (from 0)."""
        return f"{self.at}/{index}" if self.at else ""


def _attribute_value(value: Json, at: str, report: Report) -> None:
    if isinstance(value, bool) or value is None or isinstance(value, list):
        report.add(faults.NOT_TEXT, at)


def _open_record(fields: Mapping[str, checks.Check], required: tuple[str, ...]) -> checks.Check:
    """Return a check for an object whose further members the schema leaves free."""

    def check(value: Json, at: str, report: Report) -> None:
        if type(value) is not dict:
            report.add(faults.NOT_OBJECT, at)
            return
        for name in required:
            if name not in value:
                report.add(faults.FIELD_MISSING, at, name=name)
        for name, member_check in fields.items():
            if name in value:
                member_check(value[name], f"{at}/{name}", report)

    return check


_attribute = _open_record({"id": checks.uri, "attribute": _attribute_value}, ("id",))


def _vocabulary_type(value: Json, at: str, report: Report) -> None:
    checks.uri(value, at, report)
    checks.not_too_long(value, at, report, 500)


_element = _open_record(
    {"id": checks.identifier, "attributes": checks.list_of(_attribute), "children": checks.uri_list()}, ("id",)
)
_vocabulary_list = checks.list_of(
    _open_record({"type": _vocabulary_type, "vocabularyElementList": checks.list_of(_element)}, ("type",))
)
_header = checks.record({"epcisMasterData": _open_record({"vocabularyList": _vocabulary_list}, ())}, extensible=True)


def _list(value: Json, at: str, report: Report) -> None:
    if type(value) is not list:
        report.add(faults.NOT_LIST, at)


_body = _open_record({"eventList": _list}, ("eventList",))
_query_body = checks.record(
    {
        "queryResults": checks.record(
            {
                "queryName": checks.text,
                "subscriptionID": checks.text,
                "resultsBody": checks.record(
                    {"eventList": _list, "vocabularyList": _vocabulary_list}, ("eventList",), extensible=True
                ),
            },
            ("queryName", "resultsBody"),
            extensible=True,
        )
    },
    ("queryResults",),
    extensible=True,
)
_ENVELOPE: Final[dict[str, checks.Check]] = {
    "@context": checks.context,
    "id": checks.uri,
    "type": checks.text,
    "schemaVersion": checks.version,
    "creationDate": checks.time,
}
_ENVELOPES: Final = {
    "EPCISDocument": checks.record(
        _ENVELOPE
        | {
            "instanceIdentifier": checks.text,
            "sender": checks.text,
            "receiver": checks.text,
            "epcisHeader": _header,
            "epcisBody": _body,
        },
        ("@context", "type", "schemaVersion", "creationDate", "epcisBody"),
        extensible=True,
    ),
    "EPCISQueryDocument": checks.record(
        _ENVELOPE | {"epcisBody": _query_body}, ("@context", "type", "epcisBody"), extensible=True
    ),
}


def _dig(value: Json, path: str) -> Json:
    for name in path.split("/")[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def take_apart(document: dict[str, Json], limits: ReadingLimits | None = None) -> ReadDocument:
    """Check the envelope of ``document`` and return its events, context and master data.

    A document that is itself an event (``POST /events``) gives that one event.

    :raises Fault: ``integration.document_type_unknown`` or ``integration.too_many_events``.
    """
    limits = limits or ReadingLimits()
    kind = document.get("type")
    context = context_entries(document.get("@context"))
    report = Report(limit=limits.findings_per_event, names=Namespaces.of(context))
    if not isinstance(kind, str) or kind not in EVENTS_AT:
        return _single(document, context, report)
    _ENVELOPES[kind](document, "", report)
    version = document.get("schemaVersion")
    if isinstance(version, str) and version.partition(".")[0] != "2" and not report.findings:
        report.add(faults.VERSION_UNSUPPORTED, "/schemaVersion", given=version)
    events = _dig(document, EVENTS_AT[kind])
    events = events if isinstance(events, list) else []
    if len(events) > limits.events:
        raise faults.TOO_MANY_EVENTS(at=EVENTS_AT[kind], count=len(events), limit=limits.events)
    vocabularies = _dig(document, "/epcisHeader/epcisMasterData/vocabularyList")
    if vocabularies is None:
        vocabularies = _dig(document, "/epcisBody/queryResults/resultsBody/vocabularyList")
    return ReadDocument(
        kind,
        events,
        EVENTS_AT[kind],
        report.names,
        context,
        vocabularies if isinstance(vocabularies, list) else [],
        tuple(report.findings),
    )


def _single(document: dict[str, Json], context: list[Json], report: Report) -> ReadDocument:
    kind = document.get("type")
    if isinstance(kind, str) and kind.endswith("Document"):
        raise faults.DOCUMENT_TYPE_UNKNOWN(at="/type", given=kind[:120])
    if "@context" not in document:
        report.add(faults.FIELD_MISSING, "", name="@context")
    return ReadDocument("event", [document], "", report.names, context, [], tuple(report.findings))


def check_document(document: ReadDocument, limits: ReadingLimits | None = None) -> list[list[Fault]]:
    """Return the findings of each event, in order; an empty list for a sound one."""
    limits = limits or ReadingLimits()
    found: list[list[Fault]] = []
    for index, event in enumerate(document.events):
        report = Report(limit=limits.findings_per_event, names=document.names)
        check_event(event, document.event_at(index), report, limits.items)
        found.append(report.findings)
    return found
