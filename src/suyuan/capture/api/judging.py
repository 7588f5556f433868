"""Judging entries one after another: form, checks, meaning. Each is judged by what the ones before it left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial, reduce
from operator import or_
from typing import Any, Final, Literal
from urllib.parse import quote

import msgspec

from suyuan.capture.api.nodes import Published
from suyuan.capture.api.resolving import Resolver
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.attachments import Attachment
from suyuan.capture.contracts.execution import Executed, ExecutionChecks
from suyuan.capture.contracts.nodes import (
    Action,
    Check,
    EquipmentField,
    Field,
    FieldPlace,
    FixedPlace,
    PersonField,
    ScanField,
    TraceNode,
)
from suyuan.capture.contracts.permissions import OVERRIDE, WRITE
from suyuan.capture.contracts.readings import FirstOutcome, Reading
from suyuan.capture.domain.actions import due, hold_events
from suyuan.capture.domain.attachments import named_attachments
from suyuan.capture.domain.checks import Known, findings, steps_of, without_repeats
from suyuan.capture.domain.entries import Entry, Found, read_entry
from suyuan.capture.domain.meanings import Circumstances, events_of, on_order, with_fields
from suyuan.capture.domain.node_fields import columns_of, rows_in
from suyuan.capture.domain.scanning import Scanned
from suyuan.capture.domain.world import enrich, learn
from suyuan.capture.store import attachments
from suyuan.chassis.database import tx
from suyuan.chassis.registry import registry
from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault
from suyuan.kernel.instants import Instant
from suyuan.tenancy import api as tenancy
from suyuan.tenancy.contracts import SiteInfo
from suyuan.trace import api as trace
from suyuan.trace.contracts import SITE_NOT_REACHED, CaptureMethod, EventRecord
from suyuan.trace.contracts.facts import ItemFacts

FUTURE: Final = timedelta(minutes=5)
"""How far ahead of the server an entry may be dated, after its device's clock is put right."""
SKEW: Final = timedelta(seconds=60)
"""Clocks that differ by less are not put right: the difference may be the network's."""
STEP_BACK: Final = timedelta(minutes=10)
"""A clock that was set back by less does not put an entry before the one made before it on the same device."""
_WORST: Final = ("manual", "voice", "kept", "default", "import", "device", "camera", "scan")
_METHODS: Final = {
    "manual": CaptureMethod.MANUAL, "voice": CaptureMethod.VOICE, "import": CaptureMethod.IMPORT,
    "device": CaptureMethod.DEVICE, "camera": CaptureMethod.SCAN, "scan": CaptureMethod.SCAN,
}  # fmt: skip


OF_VALUES: Final = (faults.CONDITION_FAILED, faults.CLASS_WRONG)
"""What a check finds in the entry itself: it stops a correction too."""


@dataclass(slots=True)
class Judged:
    """An entry with all that was found in it, and the events that it makes where nothing stops it."""

    reading: Reading
    version: int = 0
    time: Instant | None = None
    entry: Entry | None = None
    found: list[Found] = field(default_factory=list)
    overridden: tuple[str, ...] = ()
    events: list[EventRecord] = field(default_factory=list)
    place: str | None = None
    person: str | None = None
    site: int | None = None
    way: str = "manual"
    late: bool = False
    actions: tuple[Action, ...] = ()

    @property
    def outcome(self) -> FirstOutcome:
        """``recorded``, ``warned`` or ``refused``."""
        if any(stops(each, self.overridden) for each in self.found):
            return "refused"
        return "warned" if self.found else "recorded"


def stops(found: Found, overridden: Sequence[str]) -> bool:
    """Tell whether a finding keeps its entry from being recorded."""
    return found.level == "refuse" or (found.level == "approve" and found.check not in overridden)


@dataclass(slots=True)
class Device:
    """A device's newest entry, as far as it is known."""

    sequence: int = 0
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ledger is asked: facts of these items, newest events of these steps, expiry; and the orders named."""

    uris: list[str]
    steps: list[str]
    expiry: bool
    orders: list[str]
    attachments: frozenset[str] = frozenset()

    def __or__(self, other: Asked) -> Asked:
        return Asked(
            sorted({*self.uris, *other.uris}), sorted({*self.steps, *other.steps}), self.expiry or other.expiry,
            sorted({*self.orders, *other.orders}), self.attachments | other.attachments,
        )  # fmt: skip


class Judge:
    """Judges the entries of one message, in order, over what is on record; what it accepts changes what it knows.

    A judge ``beside`` another knows what that one asked and learnt: for the next message of a transaction.
    """

    def __init__(
        self, nodes: Published, resolver: Resolver, device: str, received: datetime, offset: timedelta, last: Device,
        *, correcting: bool = False, reached: frozenset[int] | Literal["by right"] | None = "by right",
        beside: Judge | None = None,
    ) -> None:  # fmt: skip
        self._nodes, self._resolver, self._device, self._received = nodes, resolver, device, received
        self._correcting = correcting
        self._offset = offset if abs(offset) >= SKEW else timedelta()
        self.last = last
        self._sites: tuple[SiteInfo, ...] = tenancy.sites()
        self._reached = tx().principal.sites_for(WRITE) if reached == "by right" else reached
        minutes = max((site.latest_booking_minutes for site in self._sites), default=0)
        self.late_after = timedelta(minutes=max(5, minutes))
        self.facts: dict[str, ItemFacts] = {} if beside is None else beside.facts
        self._attachments: dict[str, Attachment] = {} if beside is None else beside._attachments
        self._executions: list[ExecutionChecks] = (
            [make() for make in registry.execution_checks] if beside is None else beside._executions
        )

    def asks(self, readings: Iterable[Reading]) -> Asked:
        """Return what the ledger is to be asked before these entries are judged."""
        uris: set[str] = set()
        orders: set[str] = set()
        steps: set[str] = set()
        expiry = False
        attachments: set[str] = set()
        for reading in readings:
            try:
                _, node = self._nodes.get(reading.node, reading.version)
            except Fault:
                continue
            steps |= {step for check in node.checks if check.kind == "not_repeated" for step in steps_of(node)}
            expiry = expiry or asks_expiry(node)
            attachments |= named_attachments(node, reading.values)
            scans = list(self._scans(node, reading.values))
            uris |= {scan.uri for scan in scans if scan.identity is not None}
            orders |= {scan.uri for scan in scans if scan.name == "order"}
        return Asked(sorted(uris), sorted(steps), expiry, sorted(orders), frozenset(attachments))

    def gather(self, asked: Asked) -> None:
        """Ask the ledger, all at once."""
        with tx().at_once():
            facts = trace.ask_current_facts(asked.uris, asked.steps, expiry=asked.expiry) if asked.uris else None
            for checks in self._executions:
                checks.gather(asked.uris, asked.orders)
            if asked.attachments:
                self._attachments.update(attachments.known(asked.attachments))
            if facts is not None:
                self.facts.update(facts())

    def gather_all(self, asked: Iterable[Asked]) -> None:
        """Ask the ledger for several messages, all at once."""
        self.gather(reduce(or_, asked))

    def _scans(self, node: TraceNode, values: Mapping[str, Any]) -> Iterable[Scanned]:
        asked: list[tuple[Field, Any]] = [(each, values.get(each.id)) for each in node.fields]
        for table, column in columns_of(node):
            asked += ((column, row.get(column.id)) for row in rows_in(values.get(table.id)))
        for each, given in asked:
            if not isinstance(each, ScanField):
                continue
            for one in given if isinstance(given, list) else [given]:
                raw = one.get("raw") if isinstance(one, dict) else one
                if isinstance(raw, str) and 0 < len(raw) <= 4000:
                    try:
                        yield self._resolver.resolve(raw.strip(), each.classes)
                    except Fault:
                        continue

    def judge(self, reading: Reading, refused: Fault | None = None) -> Judged:
        """Return what becomes of an entry; nothing is recorded here. ``refused``: what the ledger has against it."""
        judged = Judged(reading, way=_way(reading))
        try:
            judged.version, node = self._nodes.get(reading.node, reading.version)
            judged.time = self._time(reading)
            judged.late = self._received - judged.time.utc > self.late_after
            resolve, now = self._resolver.resolve, judged.time.local
            enriched = partial(enrich, facts=self.facts)
            entry = read_entry(node, reading.values, resolve, now, enriched, self._attachments)
            judged.entry, judged.found = entry, entry.found
            self._settle(judged, entry)
        except Fault as fault:
            judged.found.append(Found(fault))
        if refused is not None:
            judged.found.append(Found(refused))
        if judged.outcome == "refused":
            judged.events = []
            judged.person = judged.person or reading.person or own_person(self._resolver.tenant)
        else:
            self._learn(judged)
        return judged

    def _settle(self, judged: Judged, entry: Entry) -> None:
        if judged.time is None:
            raise RuntimeError("an entry is dated before it is settled")
        self._locate(judged, entry)
        if not any(found.level == "refuse" for found in entry.found):
            known = Known(
                judged.time.utc, judged.time.local.date(), judged.place, self.facts, self._resolver.void_state
            )
            for found in findings(entry, known):
                lenient = self._correcting and found.fault.kind not in OF_VALUES
                entry.found.append(replace(found, level="warn") if lenient else found)
        if not any(found.level == "refuse" for found in entry.found):
            judged.events = events_of(entry, self._circumstances(judged, entry))
            self._execute(judged, entry)
        self._override(judged, entry)
        if judged.outcome == "refused":
            return
        if not judged.events:
            entry.found.append(Found(faults.NOTHING_MEANT(at="/values")))
        elif entry.node.actions:
            judged.actions = due(entry)
            given = self._circumstances(judged, entry)
            judged.events += list(hold_events(judged.actions, entry, given, judged.events))

    def _execute(self, judged: Judged, entry: Entry) -> None:
        """Have the registered checks judge the events that the entry would make."""
        if judged.time is None or not judged.events or not self._executions:
            return
        for checks in self._executions:
            known = checks.orders(judged.reading.node, judged.events)
            judged.events = [on_order(event, known.get(event.event_id)) for event in judged.events]
            fields = checks.extensions(judged.reading.node, judged.events)
            judged.events = [with_fields(event, fields.get(event.event_id)) for event in judged.events]
        scans = {scan.uri: (name, scan) for name, many in entry.scans.items() for scan in many}
        executed = Executed(
            judged.reading.node, judged.events, judged.time.utc, judged.time.local.date(), self.facts,
            {uri: scan.expiry for uri, (_, scan) in scans.items() if scan.expiry is not None},
            {uri: scan.label for uri, (_, scan) in scans.items()},
        )  # fmt: skip
        for checks in self._executions:
            portions = {executed.labels.get(uri, uri) for uri in checks.portions(executed)}
            entry.found[:] = without_repeats(entry.found, portions)
            for each in checks.findings(executed):
                level = "warn" if self._correcting else each.level
                field = scans[each.item][0] if each.item in scans else None
                entry.found.append(Found(each.fault, field, each.check, level))

    def _time(self, reading: Reading) -> Instant:
        time = Instant.parse(reading.taken, at="/taken")
        try:
            utc = time.utc - self._offset
        except OverflowError:
            raise faults.TIME_AHEAD(at="/taken", given=reading.taken) from None
        if utc > self._received + FUTURE:
            raise faults.TIME_AHEAD(at="/taken", given=reading.taken)
        follows = reading.sequence > self.last.sequence > 0
        if follows and self.last.time is not None and self.last.time - STEP_BACK < utc <= self.last.time:
            utc = self.last.time + timedelta(milliseconds=1)  # a device's entries keep their order
        return Instant(utc, time.offset_minutes)

    def _locate(self, judged: Judged, entry: Entry) -> None:
        given = judged.reading.station
        match entry.node.place:
            case FixedPlace(uri=uri):
                given = uri
            case FieldPlace(field=name):
                value = entry.values.get(name)
                given = value if isinstance(value, str) else None
        if given is None and len(self._sites) == 1:
            given = self._sites[0].location_uri or None
        judged.place = coding.identify_place(given) if given else None
        here = [
            site.id for site in self._sites if site.location_uri and (judged.place or "").startswith(site.location_uri)
        ]
        judged.site = here[0] if here else None
        if self._reached is not None and judged.site is not None and judged.site not in self._reached:
            raise SITE_NOT_REACHED(at="/station", place=judged.place or "")

    def _override(self, judged: Judged, entry: Entry) -> None:
        asked = {override.check for override in judged.reading.overrides}
        wanted = sorted(
            {each.check for each in entry.found if each.level == "approve" and each.check in asked} - {None}
        )
        if wanted and not tx().principal.may(OVERRIDE, judged.site):
            entry.found.append(Found(faults.OVERRIDE_DENIED()))
            return
        judged.overridden = tuple(str(check) for check in wanted)

    def _circumstances(self, judged: Judged, entry: Entry) -> Circumstances:
        reading = judged.reading
        if judged.time is None:
            raise RuntimeError("an entry is dated before it is recorded")
        judged.person = _named(entry, PersonField, "person") or reading.person or own_person(self._resolver.tenant)
        station = coding.identify_place(reading.station) if reading.station else judged.place
        raw = msgspec.to_builtins(reading) | {"device": self._device, "version": judged.version, "late": judged.late}
        return Circumstances(
            self._resolver.tenant, reading.id, reading.node, judged.version, judged.time, judged.place, station,
            judged.person, _named(entry, EquipmentField, "equipment"), _METHODS.get(judged.way, CaptureMethod.MANUAL),
            raw,
        )  # fmt: skip

    def _learn(self, judged: Judged) -> None:
        """Know from now on what the accepted entry will have changed."""
        if judged.time is None:
            return
        if judged.reading.sequence > self.last.sequence:
            self.last = Device(judged.reading.sequence, judged.time.utc)
        for checks in self._executions:
            checks.learn(judged.reading.node, judged.events)
        for event in judged.events:
            learn(self.facts, event)


def _named(entry: Entry, kind: type, name: str) -> str | None:
    """Return the person or machine that the entry names: the first field for one, or a scan of one."""
    for each in entry.node.fields:
        value = entry.values.get(each.id)
        if isinstance(each, kind) and isinstance(value, str):
            return value
        scans = entry.scans.get(each.id, ())
        if scans and scans[0].name == name:
            return scans[0].uri
    return None


def own_person(tenant: str) -> str:
    """Return the URI of whoever makes the entry, where it names nobody."""
    return f"urn:suyuan:{tenant}:person:{quote(tx().principal.name, safe='')}"


def _way(reading: Reading) -> str:
    """Return the least trustworthy way in which any value was entered; without any told, ``manual``."""
    ways = set(reading.how.values()) - ({"kept", "default"} if len(set(reading.how.values())) > 1 else set())
    return next((way for way in _WORST if way in ways), "manual")


def asks_expiry(node: TraceNode) -> bool:
    """Tell whether checks or expressions of a node go by when its items expire."""
    return any(isinstance(check, Check) and check.kind == "not_expired" for check in node.checks) or (
        ".expiry" in msgspec.json.encode(node).decode()
    )
