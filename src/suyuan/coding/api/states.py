"""The life of issued codes: states, handouts, reconciling, and what is known of any one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.coding.api.issuing import finished_batch
from suyuan.coding.api.rules import all_readings
from suyuan.coding.contracts import issuing as faults
from suyuan.coding.contracts.issuing import BEFORE, CodeState, Handout, HolderKind, IssuedCode, Moved, Stretch
from suyuan.coding.contracts.rule_faults import NO_RULE
from suyuan.coding.domain.rules.facts import uri_of
from suyuan.coding.domain.rules.layout import Layout
from suyuan.coding.domain.rules.reading import Reading, number_in, scope_in, split_elements
from suyuan.coding.domain.stretches import Span, changed, longest_free, spans_of
from suyuan.coding.store import batches as store
from suyuan.coding.store import states
from suyuan.kernel.faults import Fault
from suyuan.tenancy import api as tenancy

_NEEDS_REASON = frozenset({CodeState.SPOILED, CodeState.MISSING, CodeState.VOID})
_LONGEST_REASON = 300
USELESS = frozenset({CodeState.VOID, CodeState.SPOILED, CodeState.MISSING})
"""States in which a code stands for nothing."""


def set_state(batch: int, spans: Sequence[Span], state: CodeState, reason: str = "") -> Moved:
    """Move the codes at these offsets into a state; those that are in it already stay as they are.

    :raises Fault: ``coding.issue_state`` (and nothing moves), ``issue_range``, ``issue_reason``, ``issue_not_ready``,
        ``chassis.not_found``.
    """
    reason = reason.strip()
    if len(reason) > _LONGEST_REASON or (state in _NEEDS_REASON and not reason):
        raise faults.REASON(at="/reason")

    def move(stretch: Stretch) -> Stretch:
        if stretch.state is state:
            return stretch
        if stretch.state not in BEFORE.get(state, frozenset()):
            raise faults.STATE(
                at="/state", first=stretch.first, last=stretch.last, now=stretch.state.value, wanted=state.value
            )
        return replace(stretch, state=state)

    return _apply(batch, spans, move, state, None, reason)


def set_state_of_codes(codes: Sequence[str], state: CodeState, reason: str = "") -> Moved:
    """Move codes, as printed, into a state: all of them, or none where one cannot.

    :raises Fault: as :func:`set_state`; ``coding.rule_no_rule``, ``coding.issue_never_issued`` at ``/codes/<n>``.
    """
    offsets: dict[int, list[int]] = {}
    for position, code in enumerate(codes):
        try:
            found = _place(code)
        except Fault as fault:
            raise Fault(fault.kind, f"/codes/{position}", fault.params) from None
        if found is None:
            raise faults.NEVER_ISSUED(at=f"/codes/{position}", code=code[:120])
        offsets.setdefault(found[0], []).append(found[1])
    moved = [set_state(batch, spans_of(offsets[batch]), state, reason) for batch in sorted(offsets)]
    return Moved(sum(each.changed for each in moved), sum(each.unchanged for each in moved))


def _apply(
    batch: int,
    spans: Sequence[Span],
    change: Callable[[Stretch], Stretch],
    state: CodeState,
    handout: int | None,
    reason: str,
) -> Moved:
    kept = finished_batch(batch, lock=True)
    ordered = sorted(spans)
    for first, last in ordered:
        if not 0 <= first <= last < kept.row.count:
            raise faults.RANGE(at="/first", first=first, last=last, most=kept.row.count - 1)
    if not ordered:
        return Moved(0, 0)
    before = states.stretches(batch, ordered[0][0], ordered[-1][1])
    after = changed(before, ordered, change, states.now())
    states.replace_stretches(batch, before, after.stretches)
    if after.spans:
        states.note_movements(batch, after.spans, state, handout, reason)
    return Moved(sum(last - first + 1 for first, last in after.spans), after.unchanged)


def hand_out(
    batch: int, kind: HolderKind, holder: str, *, count: int | None = None, first: int | None = None, note: str = ""
) -> Handout:
    """Hand codes to a line, a supplier, a station or a printer house: ``count`` from offset ``first``.

    Without ``first`` the longest free range is taken from its beginning; without ``count``, all of that range.

    :raises Fault: ``coding.issue_holder``, ``issue_held``, ``issue_not_free``, ``issue_range``, ``issue_not_ready``, …
    """
    if not 0 < len(holder.strip()) <= 120:
        raise faults.HOLDER(at="/holder")
    kept = finished_batch(batch, lock=True)
    span = _free_span(batch, kept.row.count, count, first)
    number = states.add_handout(batch, span, kind, holder.strip(), note.strip()[:300])

    def take(stretch: Stretch) -> Stretch:
        if stretch.state is not CodeState.ISSUED or stretch.handout_id is not None:
            raise faults.HELD(at="/first", first=stretch.first, last=stretch.last)
        return replace(stretch, handout_id=number)

    _apply(batch, [span], take, CodeState.ISSUED, number, f"{kind.value}: {holder.strip()}")
    return handout(number)


def _free_span(batch: int, size: int, count: int | None, first: int | None) -> Span:
    if first is not None:
        last = size - 1 if count is None else first + count - 1
        if not 0 <= first <= last < size:
            raise faults.RANGE(at="/first", first=first, last=last, most=size - 1)
        return first, last
    free = longest_free(states.stretches(batch, 0, size - 1))
    if free is None or (count is not None and not 1 <= count <= free[1] - free[0] + 1):
        raise faults.NOT_FREE(at="/count", left=0 if free is None else free[1] - free[0] + 1)
    return free if count is None else (free[0], free[0] + count - 1)


def handout(number: int) -> Handout:
    """Return a handout.

    :raises Fault: ``chassis.not_found``.
    """
    found = states.handouts(number=number)
    if not found:
        raise NOT_FOUND(what=f"#{number}")
    return found[0]


def reconcile(number: int, used: int, spoiled: int, missing: int, *, close: bool, reason: str) -> Handout:
    """Keep what a holder declares of their codes. With ``close``, codes not yet used, spoiled or void become missing.

    :raises Fault: ``coding.issue_sum``, ``issue_reconciled``, ``issue_reason``, ``chassis.not_found``.
    """
    current = handout(number)
    finished_batch(current.batch_id, lock=True)
    if handout(number).reconciled is not None:
        raise faults.RECONCILED()
    if min(used, spoiled, missing) < 0 or used + spoiled + missing != current.count:
        raise faults.SUM(at="/used", given=used + spoiled + missing, handed=current.count)
    if close:
        if not reason.strip():
            raise faults.REASON(at="/reason")
        open_ = [
            (max(each.first, current.first), min(each.last, current.last))
            for each in states.stretches(current.batch_id, current.first, current.last)
            if each.handout_id == number and each.state in {CodeState.ISSUED, CodeState.PRINTED}
        ]
        if open_:
            set_state(current.batch_id, open_, CodeState.MISSING, reason)
    states.reconcile(number, used, spoiled, missing)
    return handout(number)


def issued_code(code: str) -> IssuedCode:
    """Return what is known of a code: its parts, where it was issued, its state and its whole life.

    :raises Fault: ``coding.rule_no_rule``.
    """
    tenant = tenancy.own_tenant().code
    unknown: IssuedCode | None = None
    for key, version, layout, text, reading in all_readings(code):
        place = issued_place(layout, reading)
        found = _told(key, version, layout, text, reading, place, tenant)
        if place is not None:
            return found
        unknown = unknown or found
    if unknown is None:
        raise NO_RULE(at="char 1", code=code[:120])
    return unknown


def _told(
    key: str, version: int, layout: Layout, text: str, reading: Reading, place: tuple[int, int] | None, tenant: str
) -> IssuedCode:
    uri = uri_of(layout, text, tenant)
    if place is None:
        return IssuedCode(text, uri, key, version, layout.rule.level, reading.parts, None, None, None, None, None, ())
    batch, offset = place
    row = store.batches(number=batch)[0].row
    here = [each for each in states.stretches(batch, offset, offset) if each.first <= offset <= each.last]
    now = here[0] if here else None
    holder = handout(now.handout_id) if now is not None and now.handout_id is not None else None
    return IssuedCode(
        text, uri, row.rule, row.version, row.level, reading.parts, batch, offset,
        now.state if now else None, now.since if now else None, holder, states.history(batch, offset),
    )  # fmt: skip


def state_of(code: str) -> CodeState | None:
    """Return the state of a code, None where it was not issued here."""
    try:
        place = _place(code)
    except Fault:  # by no rule of this plant
        return None
    if place is None:
        return None
    batch, offset = place
    return next(
        (each.state for each in states.stretches(batch, offset, offset) if each.first <= offset <= each.last), None
    )


def any_useless() -> bool:
    """Tell whether any code that was issued here is void, spoiled or missing."""
    return states.any_in([state.value for state in USELESS])


def _place(code: str) -> tuple[int, int] | None:
    """Return batch and offset of a code, None where it was never issued.

    :raises Fault: ``coding.rule_no_rule``.
    """
    read = False
    for _, _, layout, _, reading in all_readings(code):
        read = True
        found = issued_place(layout, reading)
        if found is not None:
            return found
    if not read:
        raise NO_RULE(at="char 1", code=code[:120])
    return None


def issued_place(layout: Layout, reading: Reading) -> tuple[int, int] | None:
    """Return batch and offset of the code that was read, None where it was never issued."""
    space = store.space(layout.fingerprint)
    if space is None:
        return None
    scope = scope_in(layout, reading)
    try:
        number = number_in(layout, reading, space.secret, scope)
    except Fault:
        return None
    if number >= 2**63:
        return None
    batch = store.batch_at(space.id, scope, number)
    if batch is None:
        return None
    kept = store.batches(number=batch)[0]
    offset, odd = divmod(number - kept.first, kept.step)
    if odd or offset >= kept.row.done:
        return None
    made = store.codes_at(batch, kept.width, offset, 1)
    return (batch, offset) if made and _same(made[0], layout, reading) else None


def _same(code: str, layout: Layout, reading: Reading) -> bool:
    """Tell whether the identifying texts of a code read are those of the code that was made."""
    values: Mapping[str, str] = split_elements(layout, code)
    said: dict[str, str] = {}
    texts = {part.segment: part.text for part in reading.parts}
    for part in layout.identifying:
        said[part.ai] = "".join(texts[each.segment.id] for each in part.placed)
    return all(values.get(ai) == text for ai, text in said.items())
