"""Common causes: the histories of suspect items beside those of sound ones of the same product and time."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from suyuan.chassis.caller import caller
from suyuan.chassis.database import tx
from suyuan.chassis.latency import measured
from suyuan.chassis.withholding import left_out
from suyuan.kernel.disclosure import MEASURED, PEOPLE
from suyuan.tenancy import api as tenancy
from suyuan.trace.api import reach
from suyuan.trace.api.cause_words import Key, worded
from suyuan.trace.api.starting import start_of
from suyuan.trace.contracts import Direction, ItemKind, Verdict
from suyuan.trace.contracts.causes import CONTROLS_OVERLAP, MOST_CAUSES, MOST_EXAMINED, CausesAnswer
from suyuan.trace.contracts.scopes import EventStart, ScopeStart
from suyuan.trace.domain.answer import Answer, ItemRole, Question, Start
from suyuan.trace.domain.causes import shared_by, spread
from suyuan.trace.domain.parameters import parameters_of
from suyuan.trace.domain.times import moment
from suyuan.trace.domain.tracing import trace
from suyuan.trace.store import causes as store
from suyuan.trace.store import reading
from suyuan.trace.store import scoping as scoping_store
from suyuan.trace.store.index import trace_with_index
from suyuan.trace.store.tracing import SqlLedger

_READ_EVENTS = "trace:event:read"
_ROLES = {ItemKind.LOT: "lot", ItemKind.CARRIER: "carrier", ItemKind.ASSET: "carrier"}
_AROUND = timedelta(days=1)
"""Sound items are looked for at least so long before the first and after the last suspect one."""
_EACH = 3
"""Sound items taken from each of the instants over which they are spread."""


@dataclass(slots=True)
class History:
    """What went into one item: items and events, and whether each surely did."""

    items: dict[tuple[str, int], bool] = field(default_factory=dict)
    events: dict[int, bool] = field(default_factory=dict)


def common_causes(
    start: ScopeStart | EventStart, sound: Sequence[int], controls: int, as_of: datetime | None
) -> CausesAnswer:
    """Return what the start set's items share that sound ones do not. ``sound``: these, or where there are none up to
    ``controls`` others of the same products and time.

    :raises Fault: as :func:`suyuan.trace.api.starting.start_of`, ``trace.controls_overlap``.
    """
    begun = time.perf_counter()
    known_as_of = as_of or datetime.now(UTC)
    chosen_by = _chosen_by(start)
    if isinstance(start, EventStart):
        start = start_of(start, Direction.BACK, as_of)
    with measured("trace"):
        suspect = list(start.items)
        examined = spread(range(len(suspect)), MOST_EXAMINED)
        compared, window = _sound(suspect, sound, controls, as_of)
        bad = [_history(suspect[index], moment(start.times[index]), as_of) for index in examined]
        good = [_history(item, None, as_of) for item in compared]
        seen = _seen((*bad, *good))
        met = _met({number for each in (*bad, *good) for number in each.events})
        found = shared_by([_presence(each, met, seen) for each in bad], [_presence(each, met, seen) for each in good])
        found = [each for each in found if not any(map(chosen_by, each.factors))]
        telling = [each for each in found if each.bad + each.good < len(bad) + len(good) or not good]
        return CausesAnswer(
            bad=len(bad),
            bad_total=len(suspect),
            good=len(good),
            chosen=not sound,
            since=window[0] if window else None,
            until=window[1] if window else None,
            unknown=start.unknown,
            compared=sum(len(each.factors) for each in found),
            everywhere=sum(len(each.factors) for each in found) - sum(len(each.factors) for each in telling),
            causes=worded(telling[:MOST_CAUSES], len(bad), len(good), _times(bad, met)),
            known_as_of=known_as_of,
            took_ms=round((time.perf_counter() - begun) * 1000, 1),
        )


def _chosen_by(start: ScopeStart | EventStart) -> Callable[[Key], bool]:
    """Return what tells which factors make an item suspect by the filter itself: that all have them is no finding."""
    if not isinstance(start, EventStart):
        return lambda _: False
    given = {
        (kind, str(value))
        for kind, value in (
            ("equipment", start.equipment), ("person", start.person), ("place", start.place), ("shift", start.shift),
            ("parameter", start.parameter), ("operation", start.step), ("order", start.order), ("lot", start.item_id),
        )
        if value is not None
    }  # fmt: skip
    return lambda key: (key.kind, key.value) in given and start.step in (None, key.step)


def note_export(answer: CausesAnswer) -> int:
    """Write down that a comparison leaves the house as a file, and return the record's number."""
    kept = {"causes": answer.bad, "sound": answer.good, "known_as_of": answer.known_as_of}
    return scoping_store.note_export("xlsx", answer.bad + answer.good, kept)


def _sound(
    suspect: Sequence[int], given: Sequence[int], wanted: int, as_of: datetime | None
) -> tuple[list[int], tuple[datetime, datetime] | None]:
    """Return what to compare with, and between which times it was looked for where it was not given."""
    if given:
        known = set(suspect)
        rest = [item for item in given if item not in known]
        if not rest:
            raise CONTROLS_OVERLAP(at="/sound")
        return spread(rest, MOST_EXAMINED), None
    like = store.alike(suspect) if wanted else None
    if like is None:
        return [], None
    margin = max(_AROUND, (like.last - like.first) / 2)
    since, until = like.first - margin, min(like.last + margin, as_of or datetime.now(UTC))
    instants = [since + (until - since) * index / wanted for index in range(wanted)]
    with caller().interruptible(tx().connection):
        found = store.made_besides(suspect, like, instants, until, as_of, _EACH)
        if len(found) < wanted:  # all was made in a few bursts
            found = store.made_besides(suspect, like, instants, until, as_of, wanted)
    seen = reach.seen(found)
    return spread([item for item in found if seen is None or item in seen], wanted), (since, until)


def _history(item: int, until: datetime | None, as_of: datetime | None) -> History:
    caller().here()
    rules = tenancy.evidence_rules()
    question = Question(
        Direction.BACK,
        (Start(item, until),),
        as_of=as_of,
        closure=False,
        tolerance=rules.clock_tolerance,
        emptied_ends=rules.emptied_is_clean,
        latest_booking=rules.latest_booking,
    )
    return _told(trace_with_index(question) or trace(SqlLedger(), question))


def _told(answer: Answer) -> History:
    history = History()
    for item in answer.items:
        kind = _ROLES.get(item.kind)
        if kind is not None and item.role is not ItemRole.START and item.verdict is not Verdict.EXCLUDED:
            history.items[kind, item.item] = item.verdict is Verdict.CERTAIN
    for event in answer.events:
        if event.verdict is not Verdict.EXCLUDED:
            history.events[event.number] = event.verdict is Verdict.CERTAIN
    return history


def _seen(histories: Sequence[History]) -> set[int] | None:
    return reach.seen({item for each in histories for _, item in each.items})


@dataclass(frozen=True, slots=True)
class _Met:
    """What an event says of how something was made, and when it was."""

    at: datetime
    keys: tuple[Key, ...]


def _met(numbers: set[int]) -> Mapping[int, _Met]:
    outside: dict[int, list[str]] = defaultdict(list)
    rows = store.how_made(numbers, tx().principal.sites_for(_READ_EVENTS))
    for number, elements in reading.measured_in([row[0] for row in rows]):
        for parameter in parameters_of({"sensorElementList": msgspec.json.decode(elements)}):
            if parameter.ok is False:
                outside[number].append(parameter.name)
    found = {}
    hidden = {kind for kind, group in (("person", PEOPLE), ("parameter", MEASURED)) if left_out(tx().principal, group)}
    for number, at, step, equipment, person, place, shift, order in rows:
        named = (("equipment", equipment), ("person", person), ("place", place), ("shift", shift))
        keys = [Key(kind, value, step) for kind, value in named if value]
        keys += [Key("operation", step, step)] if step else []
        keys += [Key("order", order, None)] if order else []
        keys += [Key("parameter", name, step) for name in outside[number]]
        found[number] = _Met(at, tuple(key for key in keys if key.kind not in hidden))
    return found


def _presence(history: History, met: Mapping[int, _Met], seen: set[int] | None) -> dict[Key, bool]:
    presence = {
        Key(kind, str(item), None): certain
        for (kind, item), certain in history.items.items()
        if seen is None or item in seen
    }
    for number, certain in history.events.items():
        for key in met[number].keys if number in met else ():
            presence[key] = presence.get(key, False) or certain
    return presence


def _times(histories: Sequence[History], met: Mapping[int, _Met]) -> dict[Key, tuple[datetime, datetime]]:
    """Return when the suspect items met each factor that an event names, first and last."""
    times: dict[Key, tuple[datetime, datetime]] = {}
    for number in {number for each in histories for number in each.events}:
        if number not in met:
            continue
        at = met[number].at
        for key in met[number].keys:
            first, last = times.get(key, (at, at))
            times[key] = (min(first, at), max(last, at))
    return times
