"""Events that other systems send, judged as entries of the trace nodes whose steps they claim (ADR-0029).

Judged is what happened at a place of ours (or names none) since the node was first published; what partners did at
theirs, what is older, and what is on record already is not.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from suyuan.capture.api.judging import OF_VALUES, asks_expiry, own_person, stops
from suyuan.capture.api.messages import content_hash
from suyuan.capture.api.nodes import published
from suyuan.capture.api.resolving import resolver
from suyuan.capture.api.submitting import told_of
from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.attachments import Attachment
from suyuan.capture.contracts.claims import LetPass, Refusal, SentEvent
from suyuan.capture.contracts.execution import Executed, ExecutionChecks
from suyuan.capture.contracts.nodes import TraceNode
from suyuan.capture.contracts.permissions import CORRECT, OVERRIDE
from suyuan.capture.contracts.readings import Override, Reading
from suyuan.capture.domain.attachments import named_attachments
from suyuan.capture.domain.checks import Known, bare_step, findings, steps_of, without_repeats
from suyuan.capture.domain.claims import (
    Claimed,
    candidates,
    entry_id,
    fits,
    scanned,
    split,
    told,
    values_of,
    without_untold,
)
from suyuan.capture.domain.entries import Found, read_entry
from suyuan.capture.domain.scanning import Scanned, label_of
from suyuan.capture.domain.wording import said
from suyuan.capture.domain.world import enrich, learn
from suyuan.capture.store import attachments
from suyuan.capture.store import readings as store
from suyuan.chassis.database import tx
from suyuan.chassis.registry import registry
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import EventRecord
from suyuan.trace.contracts.facts import ItemFacts

_WAYS: Final = {"scan": "scan", "manual": "manual", "voice": "voice", "import": "import"}
_MOST_OVERRIDES: Final = 60
_LONGEST: Final = 500


@dataclass(slots=True)
class _Verdict:
    """An event as an entry of a node, or of none, with what was found in it."""

    key: str
    version: int
    values: dict[str, Any] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    overridden: tuple[str, ...] = ()
    passes: tuple[Override, ...] = ()
    """Who let which check pass afterwards."""
    attachments: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        return any(stops(each, self.overridden) for each in self.found)


class Claims:
    """The checks of one document's events, which are judged in their order by what the ones before them left.

    ``by_hand``: somebody of ours made them on a screen, so they are judged wherever and whenever it was, whatever a
    node says about other systems, and the form of the node that they fit is asked for whole. ``passes``: checks that
    somebody let pass who saw what was refused before.
    """

    def __init__(self, passes: Sequence[LetPass] = (), *, by_hand: bool = False) -> None:
        self._by_hand, self._passes = by_hand, passes
        with tx().steady():
            self._nodes = published()
            self._executions: list[ExecutionChecks] = [make() for make in registry.execution_checks]
            self._asked_for: dict[str, datetime] = {}
            for checks in self._executions:
                for step, since in checks.steps().items():
                    self._asked_for[step] = min(since, self._asked_for.get(step, since))
        self.steps = frozenset((*self._asked_for, *self._nodes.by_step))
        self._facts: dict[str, ItemFacts] = {}
        self._known: set[str] = set()
        self._attachments: dict[str, Attachment] = {}
        self._kept: dict[str, tuple[SentEvent, _Verdict]] = {}

    def judge(self, sent: Sequence[SentEvent]) -> dict[int, list[Refusal]]:
        """Return why events are refused, by their places in ``sent``.

        Events that void others, and those on record, are not judged. Items stay locked until the transaction ends.
        """
        with tx().steady():
            self._surround()
            old = trace.on_record([each.record.event_id for each in sent])
            fresh = [(index, each, self._claimed(each)) for index, each in enumerate(sent)
                     if each.record.event_id not in old and not each.record.declares_error]  # fmt: skip
            claiming = [(each, claimed) for _, each, claimed in fresh if claimed is not None]
            if not claiming:
                return {}
            self._gather(claiming)
            corrective = {event for each in sent for event in each.record.corrective_ids}
            refused: dict[int, list[Refusal]] = {}
            for index, each, claimed in fresh:
                if claimed is not None:
                    verdict = self._verdict(each, claimed, correcting=each.record.event_id in corrective)
                    if verdict.refused:
                        site = self._site(each.record)
                        refused[index] = [
                            _refusal(one, verdict.key, site) for one in verdict.found if stops(one, verdict.overridden)
                        ]
                        continue
                    if verdict.key or verdict.found:
                        self._kept[each.record.event_id] = each, verdict
                learn(self._facts, each.record, self._known)
                for checks in self._executions:
                    checks.learn("" if claimed is None else verdict.key, [each.record])
            return refused

    def keep(self, refused: Container[str] = ()) -> None:
        """Keep the entries that judged events were, but for those of ``refused`` ids; after these are recorded."""
        kept = {event: each for event, each in self._kept.items() if event not in refused}
        if kept:
            received = store.now()
            rows = [self._to_keep(*each, received) for each in kept.values()]
            store.insert(received, rows)()
            uses = [(one, row.id) for row, (_, verdict) in zip(rows, kept.values(), strict=True)
                    for one in verdict.attachments]  # fmt: skip
            if uses:
                attachments.note_uses(uses)
        self._kept.clear()

    def _surround(self) -> None:
        """Find out where and who we are; not before something is judged."""
        self._resolver, self._sites = resolver(), tenancy.sites()
        starts = tuple(site.location_uri for site in self._sites if site.location_uri)
        self._ours = starts or (f"urn:suyuan:{self._resolver.tenant}:",)

    def _claimed(self, sent: SentEvent) -> list[Claimed] | None:
        """Return what an event may be an entry of, best first; empty where only registered checks judge it."""
        record = sent.record
        if record.biz_step is None:
            return None
        places = [place for place in (record.biz_location, record.read_point) if place]
        if places and not self._by_hand and not any(place.startswith(self._ours) for place in places):
            return None
        step = bare_step(record.biz_step)
        since = self._nodes.since
        possible: Sequence[Claimed] = self._nodes.by_step.get(step, ())
        if self._by_hand:
            possible = [each.at_a_screen() for each in possible]
        else:
            possible = [each for each in possible if since[each.key] <= record.time.utc]
        found = [self._version(each, sent) for each in candidates(sent, possible)]
        asked_for = step in self._asked_for and (self._by_hand or self._asked_for[step] <= record.time.utc)
        return found if found or asked_for else None

    def _version(self, claimed: Claimed, sent: SentEvent) -> Claimed:
        """Return the version that an event names with its node, where that one has the same meaning."""
        number = sent.told.get("nodeVersion")
        if sent.told.get("node") != claimed.key or not isinstance(number, int):
            return claimed
        body = self._nodes.versions.get((claimed.key, number))
        meaning = next((each for each in body.meaning if each.id == claimed.meaning.id), None) if body else None
        return claimed if body is None or meaning is None else Claimed(claimed.key, number, body, meaning)

    def _gather(self, claiming: Sequence[tuple[SentEvent, list[Claimed]]]) -> None:
        """Lock the items, then ask the ledger and the registered checks about those not yet asked about."""
        parts = (part for sent, _ in claiming for part in sent.record.participations)
        uris = sorted({part.item.uri for part in parts} - self._known)
        nodes = {id(each.node): each.node for _, several in claiming for each in several}.values()
        steps = {
            step for node in nodes for step in steps_of(node) if any(c.kind == "not_repeated" for c in node.checks)
        }
        orders = sorted({sent.record.work_order or "" for sent, _ in claiming} - {""})
        digests = {one for sent, several in claiming for each in several
                   for one in named_attachments(each.node, values_of(sent, each))}  # fmt: skip
        expiry = any(map(asks_expiry, nodes))
        with tx().at_once():
            locked = store.lock_items(uris, patient=True) if uris else None
            facts = trace.ask_current_facts(uris, sorted(steps), expiry=expiry) if uris else None
            for checks in self._executions:
                checks.gather(uris, orders)
            if digests:
                self._attachments.update(attachments.known(frozenset(digests)))
            if locked is not None and facts is not None:
                locked()
                self._facts.update(facts())
        self._known.update(uris)

    def _verdict(self, sent: SentEvent, several: Sequence[Claimed], *, correcting: bool) -> _Verdict:
        """Return how an event is judged: by the first node that takes it, else by the one that it fits best."""
        lenient = correcting and may(CORRECT, self._site(sent.record))
        first: _Verdict | None = None
        possible: Sequence[Claimed | None] = several or [None]
        for claimed in possible:
            verdict = self._judged(sent, claimed, lenient=lenient)
            if not verdict.refused:
                return verdict
            first = first or verdict
        if first is None:
            raise RuntimeError("an event is judged as something")
        return first

    def _judged(self, sent: SentEvent, claimed: Claimed | None, *, lenient: bool) -> _Verdict:
        verdict = _Verdict("", 0) if claimed is None else _Verdict(claimed.key, claimed.version)
        if claimed is not None:
            verdict.values = values_of(sent, claimed)
            verdict.attachments = frozenset(named_attachments(claimed.node, verdict.values))
            verdict.found = self._as_entry(sent, claimed, verdict.values, lenient=lenient)
        verdict.found = self._executed(sent.record, verdict, lenient=lenient)
        if claimed is not None and claimed.node.by_interface == "warn":
            verdict.found = [replace(each, level="warn") for each in verdict.found]
        self._override(sent, verdict)
        return verdict

    def _as_entry(
        self, sent: SentEvent, claimed: Claimed, values: dict[str, Any], *, lenient: bool
    ) -> list[Found]:  # fmt: skip
        record = sent.record
        codes = sent.told.get("codes", {}) if self._by_hand else {}
        items = {part.item.uri: scanned(part.item, codes.get(part.item.uri, {})) for part in record.participations}

        def resolve(raw: str, classes: tuple[str, ...]) -> Scanned:
            return items.get(raw) or self._resolver.resolve(raw, classes)

        named = sent.told.get("node") == claimed.key or (self._by_hand and fits(record, claimed))
        whole: TraceNode = claimed.node if named else without_untold(claimed.node, values)
        place = record.biz_location or record.read_point
        known = Known(record.time.utc, record.time.local.date(), place, self._facts, self._resolver.void_state)
        found: dict[tuple[object, ...], Found] = {}
        for node, one in split(whole, values):
            entry = read_entry(
                node, one, resolve, record.time.local, partial(enrich, facts=self._facts), self._attachments
            )
            form = list(entry.found) if named else told(entry)
            entry.found = []
            checked = list(findings(entry, known)) if not any(each.level == "refuse" for each in form) else []
            if lenient:
                checked = [each if each.fault.kind in OF_VALUES else replace(each, level="warn") for each in checked]
            failed = entry.found if named else []  # conditions that could not be worked out
            for each in (*form, *checked, *failed):
                found.setdefault((each.fault.kind, each.field, each.check, str(each.fault.params)), each)
        return list(found.values())

    def _executed(self, record: EventRecord, verdict: _Verdict, *, lenient: bool) -> list[Found]:
        labels = {part.item.uri: label_of(part.item) for part in record.participations}
        executed = Executed(verdict.key, [record], record.time.utc, record.time.local.date(), self._facts, {}, labels)
        portions = {labels.get(uri, uri) for checks in self._executions for uri in checks.portions(executed)}
        return without_repeats(verdict.found, portions) + [
            Found(each.fault, None, each.check, "warn" if lenient else each.level)
            for checks in self._executions for each in checks.findings(executed)
        ]  # fmt: skip

    def _override(self, sent: SentEvent, verdict: _Verdict) -> None:
        site = self._site(sent.record)
        stopping = {str(each.check) for each in verdict.found if each.level == "approve" and each.check is not None}
        later = [each for each in self._passes
                 if each.check in stopping and each.covers(verdict.key, sent.record.event_id, site)]  # fmt: skip
        verdict.passes = tuple(Override(check=each.check, reason=each.reason, by=each.by) for each in later)
        passed = {each.check for each in later}
        wanted = stopping & {each.check for each in overrides_in(sent)} - passed
        if wanted and not may(OVERRIDE, site):
            verdict.found.append(Found(faults.OVERRIDE_DENIED()))
            wanted = set()
        verdict.overridden = tuple(sorted(wanted | passed))

    def _site(self, record: EventRecord) -> int | None:
        places = [place for place in (record.biz_location, record.read_point) if place]
        return next(
            (s.id for s in self._sites if s.location_uri and any(p.startswith(s.location_uri) for p in places)), None
        )

    def _to_keep(self, sent: SentEvent, verdict: _Verdict, received: datetime) -> store.NewReading:
        who, record = tx().principal, sent.record
        minutes = max((site.latest_booking_minutes for site in self._sites), default=0)
        node = verdict.key or f"step:{bare_step(record.biz_step or '')}"
        reading = Reading(
            id=entry_id(who.tenant_id, record.event_id), node=node,
            version=verdict.version, taken=record.time.isoformat(), values=msgspec.to_builtins(verdict.values),
            person=record.person, station=record.read_point, overrides=(*overrides_in(sent), *verdict.passes),
        )  # fmt: skip
        return store.NewReading(
            reading.id, uuid5(NAMESPACE_URL, f"suyuan:interface:{who.tenant_id}:{who.name}"), 0, who.name, 0, node,
            verdict.version, "warned" if verdict.found else "recorded", record.time.utc,
            received - record.time.utc > timedelta(minutes=max(5, minutes)),
            _WAYS.get(str(record.capture_method), "device"), record.person or own_person(self._resolver.tenant),
            record.biz_location or record.read_point, self._site(record), verdict.overridden, (record.event_id,),
            content_hash(reading), reading, [told_of(each, verdict.overridden) for each in verdict.found],
        )  # fmt: skip


def letting_pass(node: str, check: str, event_id: str | None, reason: str) -> LetPass:
    """Return what whoever acts lets pass, where their right reaches.

    :raises Fault: ``kernel.not_allowed``, ``capture.reason_missing``.
    """
    who = tx().principal
    who.require(OVERRIDE)
    reason = reason.replace("\0", "").strip()[:_LONGEST]
    if not reason:
        raise faults.REASON_MISSING(at="/reason")
    return LetPass(node, check, event_id, reason, own_person(tenancy.own_tenant().code), who.sites_for(OVERRIDE))


def overrides_in(sent: SentEvent) -> tuple[Override, ...]:
    """Return who lets which check pass and why, as the event's field ``suyuan:overrides`` says."""
    given = sent.told.get("overrides")
    found = []
    for one in (given if isinstance(given, list) else [given])[:_MOST_OVERRIDES]:
        plain = {name.rsplit(":", 1)[-1]: value for name, value in one.items()} if isinstance(one, dict) else {}
        check, reason = plain.get("check"), plain.get("reason")
        if isinstance(check, str) and isinstance(reason, str) and reason.strip() and len(reason) <= _LONGEST:
            found.append(Override(check=check[:80], reason=reason))
    return tuple(found)


def may(permission: str, site: int | None) -> bool:
    """Tell whether whoever sent the events holds a right; the worker, who holds any, does not know theirs."""
    who = tx().principal
    return who.via != "system" and who.may(permission, site)


def _refusal(found: Found, node: str, site: int | None) -> Refusal:
    zh, en, own = said(found.fault, "zh"), said(found.fault, "en"), found.texts
    return Refusal(
        found.fault, own[0] or zh[0], own[1] or own[0] or en[0], own[2] or zh[1], own[3] or own[2] or en[1],
        found.check, found.field, found.level, node, site,
    )  # fmt: skip
