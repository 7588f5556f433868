"""Scopes from codes as people have them: pasted, scanned or from a file; and from filters over events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault
from suyuan.portal.contracts import CODES_UNKNOWN
from suyuan.trace.api import scoping, starting
from suyuan.trace.api.scoping import Worked
from suyuan.trace.contracts import Direction
from suyuan.trace.contracts.scopes import (
    START_AMBIGUOUS,
    START_EMPTY,
    EventStart,
    ScopeAnswer,
    ScopePage,
    ScopeSpec,
    ScopeStart,
    StartChoices,
    StartPreview,
)

MOST_CODES = 50_000
_SHOWN = 20


def start_from(
    direction: Direction,
    codes: Sequence[str] | None,
    events: EventStart | None,
    lot: str | None = None,
    *,
    since: datetime | None = None,
    skip_unknown: bool = False,
) -> ScopeStart | EventStart:
    """Return the start set that is meant: these codes (suspect from ``since``, backward asked as of it), or what fits
    a filter; ``lot`` narrows the filter to events that name this item.

    :raises Fault: ``trace.start_empty``, ``trace.start_ambiguous``, ``portal.codes_unknown``, or what is wrong with
        the code of ``lot``.
    """
    if codes is not None and events is not None:
        raise START_AMBIGUOUS(at="/start")
    if events is not None:
        tx().principal.require("trace:event:read")
        return events if lot is None else replace(events, item_id=_item(lot))
    if not any(code.strip() for code in codes or ()):
        raise START_EMPTY(at="/start")
    found, unknown = _found(codes or (), "/start/codes", skip_unknown=skip_unknown)
    return starting.from_items(found, direction, since, unknown)


def items_of(codes: Sequence[str], at: str) -> list[int]:
    """Return the items of these codes; ``at``: where they stand in what was sent.

    :raises Fault: ``portal.codes_unknown``.
    """
    return _found(codes, at, skip_unknown=False)[0]


def _found(codes: Sequence[str], at: str, *, skip_unknown: bool) -> tuple[list[int], list[str]]:
    """Return the items of these codes, and the codes for which there is none."""
    wanted = list(dict.fromkeys(text for code in codes if (text := code.strip())))
    if not wanted:
        return [], []
    found, unknown = _resolved(wanted)
    if unknown and not (skip_unknown and found):
        shown = ", ".join(code[:60] for code in unknown[:_SHOWN]) + ("…" if len(unknown) > _SHOWN else "")
        raise CODES_UNKNOWN(at=f"{at}/{wanted.index(unknown[0])}", count=len(unknown), total=len(wanted), codes=shown)
    return found, unknown


def _item(code: str) -> int:
    try:
        return coding.find_item(code)[0]
    except Fault as fault:
        raise replace_place(fault, "/start/events/lot") from None


def replace_place(fault: Fault, at: str) -> Fault:
    """Return the same refusal at another place."""
    return Fault(fault.kind, at, fault.params)


def _resolved(codes: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the items of these codes, and the codes for which there is none; two look-ups, however many."""
    uris: dict[str, str] = {}
    for code in codes:
        try:
            uris[code] = coding.decode(code, allow_foreign=True).identity.uri
        except Fault:
            continue
    by_uri = starting.items_of_uris(sorted(set(uris.values())))
    found = {code: by_uri[uri] for code, uri in uris.items() if uri in by_uri}
    rest = [code for code in codes if code not in found]
    found |= starting.items_of_codes(rest) if rest else {}
    visible = starting.visible(found.values())
    known = {code: item for code, item in found.items() if item in visible}
    return list(dict.fromkeys(known.values())), [code for code in codes if code not in known]


def choices() -> StartChoices:
    """Return what a filter over events can be chosen from, beyond the vocabulary."""
    return starting.choices()


def preview(events: EventStart, lot: str | None, as_of: datetime | None) -> StartPreview:
    """Return what a filter over events finds.

    :raises Fault: ``trace.start_empty``, ``trace.window_inverted``, ``trace.parameter_incomplete``.
    """
    narrowed = start_from(Direction.FORWARD, None, events, lot)
    if not isinstance(narrowed, EventStart):
        raise TypeError("a filter over events stays one")
    return starting.preview(narrowed, as_of)


def worked(spec: ScopeSpec, start: ScopeStart | EventStart, answer: str | None = None) -> Worked:
    """Return the whole scope from a start set."""
    return scoping.worked(spec, start, answer)


def scope(spec: ScopeSpec, start: ScopeStart | EventStart, page: ScopePage, answer: str | None = None) -> ScopeAnswer:
    """Return the scope from a start set: figures and one page."""
    return scoping.scope(spec, start, page, answer)
