"""Issuing codes: numbers are given out once, for ever; codes are made of them, kept, and told apart from all others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.jobs import later
from suyuan.chassis.outbox import publish as announce
from suyuan.coding.api.rules import refuse_overlap
from suyuan.coding.contracts import issuing as faults
from suyuan.coding.contracts.code_rules import CODE_RULE, CodeRule
from suyuan.coding.contracts.issuing import (
    AT_ONCE,
    CHUNK,
    MOST_AT_ONCE,
    Batch,
    BatchRow,
    BatchStatus,
    CodeState,
    Stretch,
)
from suyuan.coding.domain.rules.facts import uri_of
from suyuan.coding.domain.rules.layout import Layout, lay_out
from suyuan.coding.domain.rules.overlap import to_json
from suyuan.coding.domain.rules.writing import Context, context_for, lines, scope_of
from suyuan.coding.store import batches as store
from suyuan.coding.store import guard, marks, states
from suyuan.designer import api as designer
from suyuan.tenancy import api as tenancy

ISSUE_JOB: Final = "coding.issue"
_LEFT_BEHIND_SECONDS: Final = 60
BATCH_TOPIC: Final = "coding.batch"
"""Outbox topic: ``{"batch", "status"}``."""
_NEW_COUNTS_SKIP_DAYS: Final = 2
_SAMPLES: Final = 8
_SHOWN_STRETCHES: Final = 200


def issue(
    rule: str,
    count: int,
    fields: Mapping[str, str],
    *,
    moment: datetime,
    purpose: str = "",
    request_key: str | None = None,
) -> BatchRow:
    """Reserve numbers for a batch; a small one is made at once, of a large one :func:`make_step` makes the codes.

    From here on nobody else gets these numbers, whatever happens. A ``request_key`` sent again gives the same batch.

    :param moment: what the clock on the spot shows; dates in the codes come from it.
    :raises Fault: ``coding.issue_count``, ``issue_exhausted``, ``rule_overlaps``, ``rule_field_*``, ``designer.*``.
    """
    if request_key is not None:
        known = store.batch_of_request(request_key)
        if known is not None:
            return batch_row(known)
    if not 1 <= count <= MOST_AT_ONCE:
        raise faults.COUNT(at="/count", given=count, limit=MOST_AT_ONCE)
    version, typed = designer.in_force(CODE_RULE, rule)
    number = _reserve(rule, version, typed, count, fields, moment, purpose.strip()[:200], request_key)
    if count <= AT_ONCE:
        while make_step(number):
            pass
    return batch_row(number)


def _reserve(
    rule: str,
    version: int,
    typed: CodeRule,
    count: int,
    fields: Mapping[str, str],
    moment: datetime,
    purpose: str,
    request_key: str | None,
) -> int:
    layout = lay_out(typed)
    context = context_for(layout, fields, moment.replace(tzinfo=None))
    tenant = tenancy.own_tenant().code
    space = _space(layout, rule, version, tenant)
    scope = scope_of(layout, context)
    skip = _guarded(tenant)
    following = store.lock_counter(space.id, scope, layout.start + skip * layout.step)
    names = (tenant, space.fingerprint, scope)
    marked = marks.mark(*names)
    first = _aligned(layout, max(following, marked))
    _refuse_exhausted(layout, first, count)
    sample = lines(layout, context, space.secret, first, 1)[0].tobytes().decode()
    uri_of(layout, sample, tenant)
    last = first + layout.step * (count - 1)
    if marked > following:
        store.note_gap(space.id, scope, following, marked - 1, "not_committed")
    marks.raise_mark(last + 1, *names)
    store.advance_counter(space.id, scope, last + 1)
    return store.add_batch(
        {
            "rule": rule,
            "version": version,
            "level": typed.level,
            "space": space.id,
            "scope": scope,
            "first": first,
            "step": layout.step,
            "count": count,
            "fields": dict(context.fields),
            "moment": context.moment,
            "purpose": purpose,
            "request_key": request_key,
        }
    )


def _space(layout: Layout, rule: str, version: int, tenant: str) -> store.Space:
    found = store.space(layout.fingerprint)
    if found is not None:
        return found
    store.lock_spaces()
    existing = store.spaces()
    again = next((space for space in existing if space.fingerprint == layout.fingerprint), None)
    if again is not None:
        return again
    refuse_overlap(layout, existing)
    secret = store.secret_for(tenant, layout.fingerprint)
    return store.add_space(layout.fingerprint, to_json(layout.pattern), rule, version, secret)


def _guarded(tenant: str) -> int:
    """Return how many numbers a count that begins now passes over.

    :raises Fault: ``coding.issue_marks_lost`` where the database is not the one that this folder of marks goes with.
    """
    kept, folder = guard.guard(), marks.folder_of(tenant)
    if kept is None:
        guard.set_guard(folder or marks.name_folder(tenant), 0, 0)
        return 0
    if kept.folder != folder:
        raise faults.MARKS_LOST()
    return kept.skip


def accept_restored(skip: int) -> int:
    """Go on issuing from a database that came back without its marks; return how many counts were moved.

    Every count passes over ``skip`` numbers, and so does every count that begins within two days: they are gaps.
    """
    tenant = tenancy.own_tenant().code
    counts = guard.counters()
    for space, fingerprint, scope, following in counts:
        if skip > 0:
            store.note_gap(space, scope, following, following + skip - 1, "restored")
            store.advance_counter(space, scope, following + skip)
        marks.raise_mark(max(following + skip, marks.mark(tenant, fingerprint, scope)), tenant, fingerprint, scope)
    guard.set_guard(marks.name_folder(tenant), skip, _NEW_COUNTS_SKIP_DAYS)
    return len(counts)


def _aligned(layout: Layout, number: int) -> int:
    """Return the least number of the rule's own row (start, start + step…) that is not below ``number``."""
    steps = -(-(max(number, layout.start) - layout.start) // layout.step)
    return layout.start + steps * layout.step


def _refuse_exhausted(layout: Layout, first: int, count: int) -> None:
    left = layout.capacity - (first - layout.start) // layout.step
    if count > left:
        raise faults.EXHAUSTED(at="/count", left=max(0, left))


def make_step(number: int) -> bool:
    """Make the next codes of a batch and keep them; tell whether more are to be made.

    Each step is a whole of its own: broken off at any point, the same step is made again with the same codes.

    :raises Fault: ``chassis.not_found``.
    """
    status = store.lock_batch(number)
    if status is None:
        raise NOT_FOUND(what=f"#{number}")
    if status not in {BatchStatus.WAITING, BatchStatus.ISSUING}:
        return False
    kept = kept_batch(number)
    if status is BatchStatus.WAITING:
        store.begin(number)
    chunks, done = store.chunks_done(number)
    count = min(CHUNK, kept.row.count - done)
    if count > 0:
        layout, context, secret = _making(kept)
        block = lines(layout, context, secret, kept.first + kept.step * done, count)
        store.add_chunk(number, chunks, count, block.tobytes(), block.shape[1])
        done += count
    if done < kept.row.count:
        return True
    _finish(number, done, BatchStatus.ISSUED)
    return False


def _making(kept: store.Kept) -> tuple[Layout, Context, bytes]:
    layout = lay_out(designer.published_version(CODE_RULE, kept.row.rule, kept.row.version))
    space = store.space(layout.fingerprint)
    if space is None:
        raise RuntimeError(f"batch {kept.row.id} has no space")
    return layout, Context(kept.row.fields, kept.moment), space.secret


def _finish(number: int, count: int, status: BatchStatus) -> None:
    digest = hashlib.sha256()
    chunks, _ = store.chunks_done(number)
    for index in range(chunks):
        digest.update(store.chunk(number, index))
    store.finish(number, status, count, digest.hexdigest() if count else None)
    if count:
        states.replace_stretches(number, [], [Stretch(0, count - 1, CodeState.ISSUED, None, states.now())])
        states.note_movements(number, [(0, count - 1)], CodeState.ISSUED, None, "")
    announce(BATCH_TOPIC, {"batch": number, "status": status.value})


def fail(number: int, fault: str) -> None:
    """Note that a batch cannot be made; its numbers stay given."""
    if store.lock_batch(number) in {BatchStatus.WAITING, BatchStatus.ISSUING}:
        _, done = store.chunks_done(number)
        store.finish(number, BatchStatus.FAILED, done, None, fault[:500])
        announce(BATCH_TOPIC, {"batch": number, "status": "failed"})


def cancel(number: int) -> BatchRow:
    """Stop the making of a batch: codes made so far stay issued, the other numbers become a gap.

    :raises Fault: ``chassis.not_found``, ``coding.issue_finished``.
    """
    status = store.lock_batch(number)
    if status is None:
        raise NOT_FOUND(what=f"#{number}")
    if status not in {BatchStatus.WAITING, BatchStatus.ISSUING}:
        raise faults.FINISHED(batch=number)
    kept = kept_batch(number)
    _, done = store.chunks_done(number)
    left_from = kept.first + kept.step * done
    store.note_gap(kept.space_id, kept.scope, left_from, kept.first + kept.step * (kept.row.count - 1), "canceled")
    _finish(number, done, BatchStatus.CANCELED)
    return batch_row(number)


def kept_batch(number: int) -> store.Kept:
    """Return a batch with what only this module needs.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.batches(number=number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    return found[0]


def batch_row(number: int) -> BatchRow:
    """Return a batch as a row.

    :raises Fault: ``chassis.not_found``.
    """
    return kept_batch(number).row


def finished_batch(number: int, *, lock: bool = False) -> store.Kept:
    """Return a batch whose codes are all made.

    :raises Fault: ``chassis.not_found``, ``coding.issue_not_ready``.
    """
    if lock:
        store.lock_batch(number)
    kept = kept_batch(number)
    if kept.row.status not in {BatchStatus.ISSUED, BatchStatus.CANCELED} or not kept.row.count:
        raise faults.NOT_READY(batch=number)
    return kept


def codes_of(number: int, first: int, count: int) -> list[str]:
    """Return codes of a batch by their place, as far as there are any: at most ``count`` from offset ``first``.

    :raises Fault: as :func:`finished_batch`; ``coding.issue_range``.
    """
    kept = finished_batch(number)
    if first >= kept.row.count:
        raise faults.RANGE(at="/first", first=first, last=first + count - 1, most=kept.row.count - 1)
    return store.codes_at(number, kept.width, first, min(count, kept.row.count - first))


def list_batches(
    *, rule: str | None = None, status: BatchStatus | None = None, cursor: int | None = None, limit: int = 50
) -> tuple[list[BatchRow], int | None]:
    """Return a page of batches, newest first, and the cursor of the next page."""
    found = store.batches(rule=rule, status=status.value if status else None, before=cursor, limit=limit + 1)
    more = len(found) > limit
    return [each.row for each in found[:limit]], found[limit - 1].row.id if more else None


def batch(number: int) -> Batch:
    """Return a batch whole: counts by state, stretches, handouts, gaps of its scope, first codes.

    :raises Fault: ``chassis.not_found``.
    """
    kept = kept_batch(number)
    stretches, count = states.some_stretches(number, _SHOWN_STRETCHES)
    return Batch(
        kept.row,
        kept.digest,
        states.counts(number),
        tuple(stretches),
        count,
        tuple(states.handouts(batch=number)),
        store.gaps(kept.space_id, kept.scope),
        tuple(store.codes_at(number, kept.width, 0, min(_SAMPLES, kept.row.done))) if kept.width else (),
    )


def left(rule: str, fields: Mapping[str, str], moment: datetime) -> int:
    """Return how many codes the version in force can still make with these fields.

    :raises Fault: ``coding.rule_field_*``, ``designer.*``.
    """
    _, typed = designer.in_force(CODE_RULE, rule)
    layout = lay_out(typed)
    context = context_for(layout, fields, moment.replace(tzinfo=None))
    space, scope = store.space(layout.fingerprint), scope_of(layout, context)
    known = store.next_number(space.id, scope) if space is not None else None
    marked = marks.mark(tenancy.own_tenant().code, layout.fingerprint, scope)
    first = _aligned(layout, max(known or 0, marked))
    return max(0, layout.capacity - (first - layout.start) // layout.step)


def defer(number: int) -> None:
    """Give a batch to the worker, in the open transaction."""
    later(ISSUE_JOB, {"batch": number})


def left_behind() -> list[int]:
    """Return batches that should have been made by now: their worker was killed, or is slow."""
    return store.unfinished(_LEFT_BEHIND_SECONDS)
