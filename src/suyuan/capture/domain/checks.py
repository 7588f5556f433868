"""The checks that a node may ask for, by kind: what each finds in an entry, given what the ledger says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from suyuan.capture.contracts import entry_faults as faults
from suyuan.capture.contracts.nodes import Check, TraceNode
from suyuan.capture.domain.entries import Entry, Found, in_row
from suyuan.capture.domain.scanning import CLASS_WORDS, Scanned
from suyuan.capture.domain.wording import Words
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts.cbv_names import OWN_DISPOSITION
from suyuan.trace.contracts.facts import ItemFacts

_STEP_PREFIXES: Final = ("urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-")
_DISPOSITION_PREFIXES: Final = ("urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-", OWN_DISPOSITION)


@dataclass(slots=True)
class Known:
    """What the checks go by: when and where the entry was made, and what is on record of its items.

    ``void`` gives the state of a code that was issued here and is void, None for others.
    """

    time: datetime
    day: date
    place: str | None
    facts: dict[str, ItemFacts] = field(default_factory=dict)
    void: Callable[[str], str | None] = lambda _: None

    def of(self, scan: Scanned) -> ItemFacts:
        """Return what is known of an item; of one never seen, what its code says."""
        return self.facts.get(scan.uri) or ItemFacts(scan.uri)


def bare_step(step: str) -> str:
    """Return a CBV business step by its bare name, other steps as they are."""
    return _bare(step, _STEP_PREFIXES)


def bare_disposition(disposition: str) -> str:
    """Return a CBV disposition by its bare name, others as they are."""
    return _bare(disposition, _DISPOSITION_PREFIXES)


def _bare(word: str, prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if word.startswith(prefix):
            return word[len(prefix) :]
    return word


def steps_of(node: TraceNode) -> tuple[str, ...]:
    """Return the bare names of all steps that a node's events may have."""
    return tuple(dict.fromkeys(bare_step(meaning.step or node.step) for meaning in node.meaning))


def _known(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    return faults.NOT_KNOWN(code=scan.label) if known.of(scan).number is None else None


def _class_is(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    if scan.name in check.classes:
        return None
    wanted = [CLASS_WORDS[name] for name in check.classes]
    return faults.CLASS_WRONG(
        code=scan.label,
        given=Words(CLASS_WORDS[scan.name].zh, CLASS_WORDS[scan.name].en),
        wanted=Words("、".join(word.zh for word in wanted), " / ".join(word.en for word in wanted)),
    )


def _taken_out(check: Check, scan: Scanned, entry: Entry, known: Known) -> bool:
    """Tell whether a thing that the node puts into something is in nothing now: it may be put in again.

    Of a lot some may be in one container and some in another, so that where it is says nothing.
    """
    if scan.name == "lot":
        return False
    packing = [
        each for each in entry.node.meaning if each.event == "aggregation" and check.field in (*each.children, None)
    ]
    return bool(packing) and all(each.action == "ADD" for each in packing) and known.of(scan).parent is None


def _not_repeated(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    if _taken_out(check, scan, entry, known):
        return None
    seen = known.of(scan).steps
    since = max((seen[step] for step in steps_of(entry.node) if step in seen), default=None)
    if since is None:
        return None
    if check.within_minutes and known.time - since > timedelta(minutes=check.within_minutes):
        return None
    on_the_spot = since.astimezone(entry.now.tzinfo)
    return faults.REPEATED(code=scan.label, since=f"{on_the_spot:%Y-%m-%d %H:%M}")


def without_repeats(found: Sequence[Found], portions: Collection[str]) -> list[Found]:
    """Return what was found without the repetition of these codes (as on their labels): of a lot there may be more."""
    return [
        each
        for each in found
        if each.fault.kind is not faults.REPEATED or str(each.fault.params["code"]) not in portions
    ]


def _not_void(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    state = known.void(scan.raw)
    return faults.VOID_CODE(code=scan.label, state=state) if state is not None else None


def _not_expired(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    expiry = scan.expiry or known.of(scan).expiry
    if expiry is None:
        return None
    try:
        last = date.fromisoformat(expiry)
    except ValueError:
        return None
    if last < known.day + timedelta(days=check.days):
        return faults.EXPIRED(code=scan.label, expiry=expiry)
    return None


def _not_held(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    facts = known.of(scan)
    if not facts.held:
        return None
    return faults.HELD(code=scan.label, disposition=facts.disposition or facts.lot_disposition or "")


def _in_state(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    facts = known.of(scan)
    wanted = {bare_disposition(state) for state in check.states}
    if wanted & {facts.state, facts.disposition}:
        return None
    now = facts.disposition if facts.state == "active" and facts.disposition else facts.state
    return faults.STATE_WRONG(code=scan.label, state=now or "—", wanted=", ".join(sorted(wanted)))


def _where_is(check: Check, scan: Scanned, entry: Entry, known: Known) -> Fault | None:
    place = known.of(scan).place
    allowed = check.places or ((known.place,) if known.place else ())
    if place is None or not allowed or place.startswith(allowed):
        return None
    return faults.PLACE_WRONG(code=scan.label, place=place)


_OF_ITEMS: Final[Mapping[str, Callable[[Check, Scanned, Entry, Known], Fault | None]]] = {
    "known": _known,
    "class_is": _class_is,
    "not_repeated": _not_repeated,
    "not_void": _not_void,
    "not_expired": _not_expired,
    "not_held": _not_held,
    "in_state": _in_state,
    "where_is": _where_is,
}
"""Kind to what it finds in one scanned item."""


def findings(entry: Entry, known: Known) -> Iterator[Found]:
    """Yield what the node's checks find in an entry whose form is in order."""
    for check in entry.node.checks:
        if check.rows is None and not entry.holds(check.when, where=f"check {check.id}"):
            continue
        texts = (check.text_zh, check.text_en, check.remedy_zh, check.remedy_en)
        if check.kind == "expression":
            failed = Found(faults.CONDITION_FAILED(check=check.id), check.field, check.id, check.level, texts)
            yield from _conditions(check, entry, failed)
            continue
        for scan, row in entry.scanned(check.field or ""):
            fault = _OF_ITEMS[check.kind](check, scan, entry, known)
            if fault is not None:
                yield Found(fault, check.field, check.id, check.level, texts, row)


def _conditions(check: Check, entry: Entry, failed: Found) -> Iterator[Found]:
    """Yield ``failed`` where the condition does not hold: of the entry, or of each row of the check's sub-table."""
    if check.rows is None:
        if check.value is not None and not entry.holds(check.value, where=f"check {check.id}"):
            yield failed
        return
    for row in entry.tables.get(check.rows, ()):
        inner = entry.of_row(row.values)
        applies = inner.holds(check.when, where=f"check {check.id}")
        if applies and check.value is not None and not inner.holds(check.value, where=f"check {check.id}"):
            inner.found.append(failed)
        yield from (in_row(found, check.rows, row.number) for found in inner.found)
