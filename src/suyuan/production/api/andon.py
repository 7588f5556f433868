"""Andon: calls from the stations, answered, closed, and carried further up while nobody comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from suyuan.capture import api as capture
from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.live import tell_changed
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import andon_kinds, routing, siting
from suyuan.production.contracts import andon as faults
from suyuan.production.contracts.andon import (
    AndonBoard,
    AndonCall,
    AndonDetail,
    AndonLevel,
    AndonMeasure,
    AndonMeasures,
    AndonReason,
    NewCall,
    ToldLevel,
)
from suyuan.production.domain.andon import climb
from suyuan.production.store import andon as store
from suyuan.production.store import board as names
from suyuan.trace.contracts import CURSOR_INVALID

READ: Final = "production:andon:read"
CALL: Final = "production:andon:call"
ANSWER: Final = "production:andon:answer"
JOB: Final = "production.andon"
_STATE_WORDS: Final = {
    "called": Bilingual("在呼叫", "calling"), "acknowledged": Bilingual("有人应答", "acknowledged"),
    "resolved": Bilingual("解决", "resolved"), "withdrawn": Bilingual("撤回", "withdrawn"),
}  # fmt: skip
_AT_ONCE: Final = 200
_LONGEST_AGO: Final = timedelta(days=30)
_AHEAD: Final = timedelta(minutes=2)
_MOST_CAUSES: Final = 10


def call(given: NewCall) -> AndonCall:
    """Make a call and tell its first level; sent again under the same id, it is the same call.

    :raises Fault: ``production.andon_kind_unknown``, ``production.andon_taken``, ``production.andon_called_wrong``.
    """
    known = store.calls(call_id=given.id)
    if known:
        if known[0].kind != given.kind or known[0].note != given.note:
            raise faults.CALL_TAKEN(at="/id", id=str(given.id))
        return known[0]
    now = datetime.now(UTC)
    if given.called is not None and not now - _LONGEST_AGO <= given.called <= now + _AHEAD:
        raise faults.CALLED_WRONG(at="/called", given=given.called.isoformat())
    kind = next((each for each in andon_kinds.kinds(retired=False) if each.code == given.kind), None)
    if kind is None:
        raise faults.KIND_UNKNOWN(at="/kind", given=given.kind[:60])
    called = store.insert(given, kind, _site_of(given), _operation_of(given), tx().principal.name)
    if called is None:
        raise faults.CALL_TAKEN(at="/id", id=str(given.id))
    _climb(given.id, kind.levels, 0, called, max(called, now), acknowledged=False)
    tell_changed("andon", str(given.id))
    return store.calls(call_id=given.id)[0]


def _site_of(given: NewCall) -> int | None:
    return siting.site_of([uri for uri in (given.equipment, given.place) if uri])


def _operation_of(given: NewCall) -> tuple[str, str, str] | None:
    """Return the operation of the order's route that the call is from, with its names."""
    if given.work_order is None:
        return None
    found = routing.router_of([given.work_order])(given.work_order, None, given.node, given.place)
    name = routing.operation_names().get(found) if found else None
    return (found, *name) if found and name else None


def acknowledge(call_id: UUID, at: datetime | None = None) -> AndonCall:
    """Say that one comes, or came at a time.

    :raises Fault: ``chassis.not_found``, ``production.andon_state_wrong``.
    """
    _hold(call_id, ("called",))
    store.acknowledge(call_id, tx().principal.name, at)
    return _moved(call_id)


def resolve(call_id: UUID, cause: str, remedy: str, at: datetime | None = None) -> AndonCall:
    """Close a call with its cause.

    :raises Fault: ``chassis.not_found``, ``production.andon_state_wrong``, ``production.andon_cause_needed``.
    """
    if not cause.strip():
        raise faults.CAUSE_NEEDED(at="/cause")
    _hold(call_id, ("called", "acknowledged"))
    store.end(call_id, "resolved", tx().principal.name, cause.strip(), remedy.strip(), at)
    return _moved(call_id)


def withdraw(call_id: UUID) -> AndonCall:
    """Take back a call that was a mistake, or is needed no more; it counts in no time.

    :raises Fault: ``chassis.not_found``, ``production.andon_state_wrong``.
    """
    _hold(call_id, ("called", "acknowledged"), right=CALL)
    store.end(call_id, "withdrawn", tx().principal.name, "", "", None)
    return _moved(call_id)


def _hold(call_id: UUID, states: Sequence[str], right: str = ANSWER) -> None:
    found = _seen(right, call_id=call_id)
    held = store.lock(call_id) if found else None
    if held is None:
        raise NOT_FOUND(what=str(call_id))
    if held[0] not in states:
        raise faults.STATE_WRONG(state=_STATE_WORDS[held[0]], by=held[4])


def _moved(call_id: UUID) -> AndonCall:
    tell_changed("andon", str(call_id))
    return store.calls(call_id=call_id)[0]


def escalate() -> int:
    """Carry every call whose next level is due further up; return how many levels were told.

    What is due stands in the database and moves in the transaction that tells it: after a stop it is made up for, and
    no level is told twice.
    """
    now = datetime.now(UTC)
    told = 0
    for call_id in store.due(now, _AT_ONCE):
        held = store.lock(call_id)
        if held is not None:
            state, levels, reached, called, _ = held
            told += _climb(call_id, levels, reached, called, now, acknowledged=state == "acknowledged")
            tell_changed("andon", str(call_id))
    return told


def _climb(
    call_id: UUID, levels: Sequence[AndonLevel], reached: int, called: datetime, now: datetime, *, acknowledged: bool
) -> int:  # fmt: skip
    step = climb(levels, reached, called, now, acknowledged=acknowledged)
    store.climbed(call_id, step.reached, step.due)
    found = store.calls(call_id=call_id)[0] if step.tell else None
    for number in step.tell:
        level = levels[number - 1]
        if found is not None and store.told(call_id, number, level.roles, level.people):
            zh, en = _message(found, number, now)
            capture.tell_people(zh, en, f"/production/andon?call={call_id}", level.roles, level.people)
    return len(step.tell)


def _message(call_: AndonCall, level: int, now: datetime) -> tuple[str, str]:
    """Return what people are told, in Chinese and English."""
    minutes = int((now - call_.called).total_seconds() // 60)
    where_zh = call_.equipment_zh or call_.place_zh or call_.equipment or call_.place or "工位未说明"
    where_en = call_.equipment_en or call_.place_en or call_.equipment or call_.place or "no station named"
    order = call_.work_order.rsplit(":", 1)[-1] if call_.work_order else ""
    more = [each for each in (order, call_.note) if each]
    late_zh = f"第 {level} 级，已等 {minutes} 分钟：" if level > 1 else ""
    late_en = f"level {level}, {minutes} min: " if level > 1 else ""
    zh = f"安灯 {late_zh}{call_.kind_zh} · " + " · ".join([where_zh, *more, f"呼叫人 {call_.called_by}"])
    en = f"Andon {late_en}{call_.kind_en} · " + " · ".join([where_en, *more, f"called by {call_.called_by}"])
    return zh, en


def _sites(right: str) -> list[int] | None:
    reached = tx().principal.sites_for(right)
    return None if reached is None else sorted(reached)


def _seen(right: str, call_id: UUID) -> list[AndonCall]:
    return store.calls(call_id=call_id, sites=_sites(right))


def board(hours: int) -> AndonBoard:
    """Return the open calls, safety and what nobody has answered first, and how the last hours went."""
    now, sites = datetime.now(UTC), _sites(READ)
    waiting = sorted(
        store.calls(still_open=True, sites=sites),
        key=lambda each: (each.reason != "safety", each.state != "called", -each.level, each.called),
    )
    return AndonBoard(now, hours, waiting, *store.summary(now - timedelta(hours=hours), sites))


def listed(
    *, still_open: bool | None, kind: str | None, before: tuple[datetime, UUID] | None, limit: int
) -> list[AndonCall]:  # fmt: skip
    """Return calls, newest first."""
    return store.calls(still_open=still_open, kind=kind, sites=_sites(READ), before=before, limit=limit)


def cursor_of(given: str | None) -> tuple[datetime, UUID] | None:
    """Return where a page begins.

    :raises Fault: ``trace.cursor_invalid``.
    """
    if not given:
        return None
    time, _, last = given.partition("~")
    try:
        return datetime.fromisoformat(time.replace(" ", "+")), UUID(last)
    except ValueError:
        raise CURSOR_INVALID(at="cursor", given=given[:80]) from None


def detail(call_id: UUID) -> AndonDetail:
    """Return a call with the levels that were told.

    :raises Fault: ``chassis.not_found``.
    """
    found = _seen(READ, call_id=call_id)
    if not found:
        raise NOT_FOUND(what=str(call_id))
    roles, people = andon_kinds.names()
    told = []
    for level, time, of_roles, of_people in store.levels_told(call_id):
        whom = [roles[each] for each in of_roles if each in roles] + [
            people[each] for each in of_people if each in people
        ]
        told.append(ToldLevel(level, time, tuple(zh for zh, _ in whom), tuple(en for _, en in whom)))
    return AndonDetail(found[0], told)


def measures(since: datetime, until: datetime) -> AndonMeasures:
    """Return how soon calls were answered and closed, by kind and by station, and why they were made."""
    sites = _sites(READ)
    kinds = [_measure(row, row[1:3]) for row in store.measures("kind", since, until, sites)]
    rows = store.measures("station", since, until, sites)
    known = names.names_of([row[0] for row in rows if row[0]])
    stations = [_measure(row, known.get(row[0], (None, None)), kind=False) for row in rows]
    return AndonMeasures(kinds, stations, store.causes(since, until, sites, _MOST_CAUSES))


def _measure(row: Sequence[Any], name: Sequence[str | None], *, kind: bool = True) -> AndonMeasure:
    key = str(row[0])
    tail = key.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] or "–"
    zh, en = name
    reason: AndonReason | None = row[3] if kind else None
    calls, still_open, withdrawn, escalated = row[4:8]
    response, late, resolution, longest, summed = map(store.whole, row[8:13])
    return AndonMeasure(
        key, zh or en or tail, en or zh or tail, reason, calls, still_open, withdrawn, escalated, response, late,
        resolution, longest, summed or 0,
    )  # fmt: skip
