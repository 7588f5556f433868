"""What is known of items while one message is worked off: the ledger's facts, and what its entries change."""

from __future__ import annotations

from collections.abc import Container, Mapping, MutableMapping, Sequence
from dataclasses import replace

from suyuan.capture.domain.entries import Entry
from suyuan.capture.domain.scanning import Scanned
from suyuan.kernel.expressions import Value
from suyuan.trace.contracts import EventRecord, ItemIdentity, Role
from suyuan.trace.contracts.facts import ItemFacts


def unseen(item: ItemIdentity) -> ItemFacts:
    """Return the facts of an item that an entry of this message made known."""
    return ItemFacts(item.uri, 0, item.kind.value, item.product, item.lot)


def after(before: ItemFacts, event: EventRecord, role: Role, parent: str | None) -> ItemFacts:
    """Return what is known of an item after an event."""
    deleted = event.action is not None and event.action.value == "DELETE"
    inside = parent if role is Role.CHILD and not deleted else None if role is Role.CHILD else before.parent
    gone = deleted and event.type.value == "ObjectEvent"
    used = role is Role.INPUT and before.kind == "unit"
    return replace(
        before,
        state="decommissioned" if gone else "consumed" if used else "active",
        disposition=event.disposition,
        place=event.biz_location or before.place,
        parent=inside,
        steps={**before.steps, event.biz_step or "": event.time.utc},
    )


def attributes(known: Sequence[tuple[Scanned, ItemFacts | None]]) -> dict[str, list[Value]]:
    """Return what expressions see of a field's items beside their URIs, by attribute."""
    none = ItemFacts("")
    facts = [(scan, item or none) for scan, item in known]
    return {
        "code": [scan.raw for scan, _ in facts],
        "class": [scan.name for scan, _ in facts],
        "product": [scan.product or item.product for scan, item in facts],
        "lot": [scan.lot or item.lot for scan, item in facts],
        "serial": [scan.identity.serial if scan.identity else None for scan, _ in facts],
        "expiry": [scan.expiry or item.expiry for scan, item in facts],
        "state": [item.state for _, item in facts],
        "disposition": [item.disposition for _, item in facts],
        "place": [item.place for _, item in facts],
        "held": [item.held for _, item in facts],
    }


def enrich(entry: Entry, name: str, facts: Mapping[str, ItemFacts]) -> None:
    """Let expressions see what code and ledger say of a field's items: ``unit.lot``, ``unit.expiry``…"""
    scans = entry.scans[name]
    several = isinstance(entry.values[name], tuple)
    for attribute, values in attributes([(scan, facts.get(scan.uri)) for scan in scans]).items():
        entry.values[f"{name}.{attribute}"] = tuple(values) if several else values[0] if values else None


def learn(facts: MutableMapping[str, ItemFacts], event: EventRecord, only: Container[str] | None = None) -> None:
    """Know from now on what an event will have changed; ``only``: of these items."""
    parent = next((part.item.uri for part in event.participations if part.role is Role.PARENT), None)
    for part in event.participations:
        if only is None or part.item.uri in only:
            before = facts.get(part.item.uri) or unseen(part.item)
            facts[part.item.uri] = after(before, event, part.role, parent)
