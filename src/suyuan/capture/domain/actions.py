"""What else follows from a recorded entry: which actions are due, what they say, and the event that a hold is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from suyuan.capture.contracts import node_faults as faults
from suyuan.capture.contracts.nodes import Action, ScanField, TraceNode
from suyuan.capture.domain.entries import Entry
from suyuan.capture.domain.meanings import CONTEXT, Circumstances, event_id_of, plain, told_value
from suyuan.capture.domain.node_fields import columns_of
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import Action as EventAction
from suyuan.trace.contracts import EventRecord, EventType, ItemKind, Participation, Role
from suyuan.trace.contracts.cbv_names import written_disposition

HOLDING: Final = "holding"
HOLD_DISPOSITIONS: Final = ("quarantined", "non_conformant", "damaged", "unavailable")
_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_HELD_ROLES: Final = frozenset({Role.SUBJECT, Role.OUTPUT, Role.CHILD, Role.PARENT})
_CLASSES: Final = frozenset({ItemKind.LOT, ItemKind.PRODUCT})


def due(entry: Entry) -> tuple[Action, ...]:
    """Return the actions whose condition holds."""
    return tuple(action for action in entry.node.actions if entry.holds(action.when, where=f"action {action.id}"))


def hold_events(
    actions: Sequence[Action], entry: Entry, given: Circumstances, events: Sequence[EventRecord]
) -> Iterator[EventRecord]:
    """Yield the events that hold the entry's items: of the fields that an action names, else all but what went in."""
    for action in actions:
        if action.kind != "hold":
            continue
        named = _named(action)
        uris = {scan.uri for field in named for scan in entry.scans.get(field, ())}
        parts: dict[str, Participation] = {}
        for part in (part for event in events for part in event.participations):
            if part.item.uri in uris if named else part.role in _HELD_ROLES:
                parts.setdefault(part.item.uri, Participation(part.item, Role.SUBJECT, part.quantity, part.unit))
        if parts:
            yield _hold(action, given, tuple(parts.values()))


def _hold(action: Action, given: Circumstances, parts: tuple[Participation, ...]) -> EventRecord:
    disposition = text_in(action, "disposition") or HOLD_DISPOSITIONS[0]
    when = given.time.isoformat()
    document: dict[str, Any] = {
        "type": EventType.OBJECT.value, "eventID": event_id_of(given.tenant, given.reading_id, f"action {action.id}"),
        "action": "OBSERVE", "bizStep": HOLDING, "disposition": written_disposition(disposition),
        "eventTime": when,
        "eventTimeZoneOffset": when[-6:],
    }  # fmt: skip
    for part in parts:
        if part.item.kind in _CLASSES:
            element: dict[str, Any] = {"epcClass": part.item.uri}
            if part.quantity is not None:
                element |= {"quantity": part.quantity, **({"uom": part.unit} if part.unit else {})}
            document.setdefault("quantityList", []).append(element)
        else:
            document.setdefault("epcList", []).append(part.item.uri)
    places = (("readPoint", given.read_point), ("bizLocation", given.place))
    document |= {name: {"id": uri} for name, uri in places if uri}
    named = {"suyuan:person": given.person, "suyuan:reason": text_in(action, "reason")}
    document |= {name: value for name, value in named.items() if value}
    document |= {
        "suyuan:captureMethod": given.method.value,
        "suyuan:node": given.node,
        "suyuan:nodeVersion": given.version,
    }
    return EventRecord(
        document["eventID"], EventType.OBJECT, given.time, parts, document, context=CONTEXT,
        action=EventAction.OBSERVE, biz_step=HOLDING, disposition=disposition, read_point=given.read_point,
        biz_location=given.place, person=given.person, equipment=given.equipment, capture_method=given.method,
        reading=given.reading,
    )  # fmt: skip


def text_in(action: Action, name: str) -> str:
    """Return a setting that is a text; empty where there is none."""
    value = action.settings.get(name)
    return value.strip() if isinstance(value, str) else ""


def _named(action: Action) -> list[str]:
    return [name for name in re.split(r"[,，\s]+", text_in(action, "fields")) if name]


def scans_of(action: Action, entry: Entry) -> list[tuple[str, str]]:
    """Return (raw, URI) of the codes that an action is about: of the fields that it names, else of all scan fields."""
    wanted = _named(action) or list(entry.scans)
    return [
        (scan.raw, scan.uri) for field in wanted for scan in entry.scans.get(field, ()) if scan.identity is not None
    ]


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with ``{field}`` as what was entered there."""
    return _PLACE.sub(lambda found: _shown(values.get(found[1])), text)


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(each) for each in value)
    return "" if value is None else str(value)


def values_told(entry: Entry) -> dict[str, Any]:
    """Return what was entered, as it is told outside: by field, without what the ledger added."""
    return {
        field.id: told_value(entry, field.id, entry.values.get(field.id))
        if field.id in entry.tables
        else plain(entry.values.get(field.id))
        for field in entry.node.fields
        if field.id in entry.values
    }


def action_faults(node: TraceNode) -> Iterator[Fault]:
    """Yield what is missing in the settings of a node's actions."""
    scans = {field.id for field in node.fields if isinstance(field, ScanField)}
    scans |= {f"{table.id}.{column.id}" for table, column in columns_of(node) if isinstance(column, ScanField)}
    for index, action in enumerate(node.actions):
        at = f"/actions/{index}/settings"
        for name, what in _MISSING[action.kind]:
            if not text_in(action, name):
                yield faults.ACTION_INCOMPLETE(at=f"{at}/{name}", action=action.id, what=what)
        for name in _named(action):
            if name not in scans:
                yield faults.FIELD_UNKNOWN(at=f"{at}/fields", given=name)
        url = text_in(action, "url")
        if action.kind == "webhook" and url and not _is_address(url):
            yield faults.ADDRESS_WRONG(at=f"{at}/url", given=url[:200])
        disposition = text_in(action, "disposition")
        if action.kind == "hold" and disposition and disposition not in HOLD_DISPOSITIONS:
            allowed = " | ".join(HOLD_DISPOSITIONS)
            yield faults.ACTION_INCOMPLETE(at=f"{at}/disposition", action=action.id, what=allowed)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        return False


_MISSING: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "print_label": (("label", "标签 / the label"), ("printer", "打印机 / the printer")),
    "notify": (("text", "内容 / the text"),),
    "webhook": (("url", "网址 / the address"),),
    "hold": (("reason", "原因 / the reason"),),
}
