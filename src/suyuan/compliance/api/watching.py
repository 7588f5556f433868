"""Looking for what calls for an alert: in the audit trail, among sign-ins, under signatures, at the clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from suyuan.chassis.database import tx
from suyuan.compliance.api.alerting import raise_alert
from suyuan.compliance.api.signing import list_signatures
from suyuan.compliance.contracts import LogVerification, Signature, SignatureState
from suyuan.compliance.domain.watching import RULES, ClockLook, clock_jump, device_of, wanted_of
from suyuan.compliance.store import alerts as store
from suyuan.compliance.store.watched_names import Named
from suyuan.kernel.faults import as_written

_BATCH: Final = 500
_LATE: Final = timedelta(minutes=10)
"""A sign-in may commit so long after the time it bears."""
_LOCKED_SECONDS: Final = 900
_END: Final = 2**63 - 1
_clocks: dict[int, ClockLook] = {}
"""What the database's clock said when each tenant was last looked after, in this process."""


def look_for_alerts() -> int:
    """Raise what has come up since the last look; return how many alerts."""
    frontier, looked, now = store.begin_look()
    if looked is None:
        return 0
    raised, names = 0, Named()
    while True:
        entries = store.watched(frontier, RULES, _BATCH)
        for wanted in wanted_of(entries, names):
            raised += raise_alert(wanted.kind, wanted.source, wanted.params, person=wanted.person, at=wanted.at)
        if len(entries) < _BATCH:
            break
        store.end_look(entries[-1].xid, entries[-1].id, looked)
    raised += _look_at_sign_ins(looked - _LATE)
    store.end_look(str(int(frontier) - 1), _END, now)
    return raised


def _look_at_sign_ins(since: datetime) -> int:
    raised = 0
    for number, at, person, name, address, agent, outcome in store.sign_ins(since):
        if outcome == "locked_out":  # each further try while it lasts is the same lock-out
            source = f"locked {person} {int(at.timestamp()) // _LOCKED_SECONDS}"
            raised += raise_alert("locked_out", source, {"person": name, "address": address}, person=person, at=at)
        else:
            params = {"person": name, "address": address, "agent": device_of(agent)}
            raised += raise_alert("new_place", f"sign-in {number}", params, person=person, at=at)
    return raised


def note_clock() -> bool:
    """Compare the database's clock with the time that passed; put a jump on record and tell whether there was one.

    Within a process by its steady clock; where the last look was another process's, a clock that went back is seen.
    """
    tenant = tx().principal.tenant_id
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    said: datetime = tx().value("SELECT clock_timestamp()")
    look = ClockLook(said, before, time.clock_gettime(time.CLOCK_BOOTTIME))
    last = _clocks.get(tenant)
    _clocks[tenant] = look
    expected = clock_jump(last, look) if last is not None else _set_back(look)
    if expected is None:
        return False
    store.note_jump(expected, said)
    return True


def _set_back(look: ClockLook) -> datetime | None:
    _, looked, _ = store.begin_look()
    if looked is None:
        return None
    return clock_jump(ClockLook(looked, look.steady_before, look.steady_after), look) if look.said < looked else None


def tell_verification(done: LogVerification) -> None:
    """Raise an alert where a verification found something."""
    if not done.sound:
        first = done.findings[0]
        params = {"count": done.finding_count, "first": as_written(first.title_zh, first.title_en)}
        raise_alert("log_unsound", f"verification {done.number}", params)


def tell_refusal(what: str) -> None:
    """Raise an alert where a checkpoint was not signed, once for the same reason."""
    raise_alert("log_refused", what[:200], {"what": what})


def look_at_signatures() -> int:
    """Look at every signature and the record under it; raise an alert for each that no longer holds."""
    raised = 0
    for each in _signatures():
        if each.state is not SignatureState.VALID:
            params = {"person": each.signer, "record": as_written(each.title_zh, each.title_en)}
            raised += raise_alert("signature_broken", f"signature {each.id} {each.state}", params)
    return raised


def _signatures() -> Iterator[Signature]:
    after: int | None = None
    while found := list_signatures(after=after, limit=_BATCH):
        yield from found
        after = found[-1].id
