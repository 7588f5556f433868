"""Calls for material: made by hand, by a scanned card or below the minimum; fetched, brought or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.live import tell_changed
from suyuan.coding import api as coding
from suyuan.kernel.faults import Bilingual
from suyuan.production.api import andon_kinds, line_stock, pull_cards, siting
from suyuan.production.contracts import pulls as faults
from suyuan.production.contracts.andon import CALLED_WRONG
from suyuan.production.contracts.pulls import NewPull, OpenPull, PullBoard, PullCall, PullOrigin, PullRule
from suyuan.production.store import pulls as store
from suyuan.production.store import stock
from suyuan.trace.contracts import NamedUri

READ: Final = "production:pull:read"
CALL: Final = "production:pull:call"
DELIVER: Final = "production:pull:deliver"
STATE_WORDS: Final = {
    "requested": Bilingual("在要料", "called"), "picking": Bilingual("有人在取", "being fetched"),
    "delivered": Bilingual("送到", "delivered"), "cancelled": Bilingual("取消", "cancelled"),
}  # fmt: skip
_STANDARD_MINUTES: Final = 30
_LONGEST_AGO: Final = timedelta(days=30)
_AHEAD: Final = timedelta(minutes=2)
_MOST_ADVICE: Final = 4
_BY_ITSELF: Final = "Suyuan"


def call(given: NewPull) -> PullCall:
    """Call for material; sent again under the same id, it is the same call.

    :raises Fault: ``production.pull_wrong``, ``production.pull_card_unknown``, ``production.pull_card_open``,
        ``production.pull_taken``, ``production.andon_called_wrong`` where its time cannot be.
    """
    known = store.calls(call_id=given.id)
    if known:
        if known[0].note != given.note or (given.card is not None and known[0].card != given.card):
            raise faults.CALL_TAKEN(at="/id", id=str(given.id))
        return known[0]
    now = datetime.now(UTC)
    if given.requested is not None and not now - _LONGEST_AGO <= given.requested <= now + _AHEAD:
        raise CALLED_WRONG(at="/requested", given=given.requested.isoformat())
    if given.card is not None:
        return _by_card(given, now)
    if not given.material or not given.place or given.quantity is None:
        raise faults.CALL_WRONG(at="/material", why="material, place, quantity")
    if not (given.quantity.is_finite() and 0 < given.quantity < Decimal("1e12")):
        raise faults.CALL_WRONG(at="/quantity", why="quantity > 0")
    material = coding.identify_class(pull_cards.material_uri(given.material), allow_foreign=True).uri
    place = coding.identify_place(given.place)
    rule = next((each for each, _ in store.rules(materials=[material], in_use=True) if each.place == place), None)
    return _insert(given.id, rule, material, place, given.quantity, "hand", given, given.requested or now)


def _by_card(given: NewPull, now: datetime) -> PullCall:
    found = store.rules(card=(given.card or "").strip(), in_use=True)
    if not found:
        raise faults.CARD_UNKNOWN(at="/card", given=(given.card or "")[:60])
    rule = found[0][0]
    store.lock_rule(rule.id)
    for each in store.calls(still_open=True, materials=[rule.material]):
        if each.card == rule.card and each.origin != "hand":
            raise faults.CARD_OPEN(at="/card", card=rule.card, by=each.requested_by)
    quantity = given.quantity or _wanted(pull_cards.filled([rule])[0])
    return _insert(given.id, rule, rule.material, rule.place, quantity, "scan", given, given.requested or now)


def _wanted(rule: PullRule) -> Decimal:
    """Return how much a card calls for: its own quantity, else up to the maximum."""
    return rule.card_quantity or max(rule.maximum - rule.stock - rule.called, Decimal(0)) or rule.maximum


def _insert(
    call_id: UUID, rule: PullRule | None, material: str, place: str, quantity: Decimal, origin: PullOrigin,
    given: NewPull | None, requested: datetime,
) -> PullCall:  # fmt: skip
    minutes = rule.lead_minutes if rule is not None else _STANDARD_MINUTES
    made = store.insert({
        "id": call_id, "rule_id": rule.id if rule is not None else None, "site_id": siting.site_of([place]),
        "material": material, "place": place, "quantity": quantity, "unit": rule.unit if rule is not None else "",
        "work_order": given.work_order if given is not None else None, "origin": origin,
        "note": given.note if given is not None else "", "due": requested + timedelta(minutes=minutes),
        "requested": requested, "requested_by": _BY_ITSELF if origin == "minimum" else tx().principal.name,
    })  # fmt: skip
    if not made:
        raise faults.CALL_TAKEN(at="/id", id=str(call_id))
    tell_changed("pull", str(call_id))
    return store.calls(call_id=call_id)[0]


def refill(numbers: Sequence[int]) -> int:
    """Call for what has fallen below its minimum by these events (an outbox subscriber's); return how many calls.

    What is called for already counts as if it were there, so that one shortage makes one call.
    """
    if not store.watched():
        return 0
    return refill_of(stock.materials_in(numbers))


def refill_of(materials: Sequence[str]) -> int:
    """Call for what is below its minimum of these materials."""
    found = [rule for rule, _ in store.rules(materials=materials, in_use=True) if rule.automatic]
    made = 0
    for rule in pull_cards.filled(found):
        if rule.stock + rule.called < rule.minimum:
            _insert(uuid4(), rule, rule.material, rule.place, _wanted(rule), "minimum", None, datetime.now(UTC))
            made += 1
    return made


def keep_card(rule_id: int | None, given: Mapping[str, Any]) -> PullRule:
    """Add a card (None) or change one, and call at once for what is below its minimum already.

    :raises Fault: as :func:`pull_cards.add`, :func:`pull_cards.change`.
    """
    kept = pull_cards.add(given) if rule_id is None else pull_cards.change(rule_id, given)
    if kept.automatic and not kept.retired:
        refill_of([kept.material])
    return kept


def pick(call_id: UUID, at: datetime | None = None) -> PullCall:
    """Say that one fetches it.

    :raises Fault: ``chassis.not_found``, ``production.pull_state_wrong``.
    """
    hold(call_id, ("requested",), DELIVER)
    store.pick(call_id, tx().principal.name, at)
    return moved(call_id)


def cancel(call_id: UUID, reason: str, at: datetime | None = None) -> PullCall:
    """Take a call back, with the reason.

    :raises Fault: ``chassis.not_found``, ``production.pull_state_wrong``, ``production.pull_wrong`` without a reason.
    """
    if not reason.strip():
        raise faults.CALL_WRONG(at="/reason", why="reason")
    hold(call_id, ("requested", "picking"), CALL)
    store.end(call_id, "cancelled", tx().principal.name, at=at, reason=reason.strip())
    return moved(call_id)


def hold(call_id: UUID, states: Sequence[str], right: str) -> PullCall:
    """Take hold of a call that the right reaches and that is in one of these states.

    :raises Fault: ``chassis.not_found``, ``production.pull_state_wrong``.
    """
    found = store.calls(call_id=call_id, sites=_sites(right))
    held = store.lock(call_id) if found else None
    if held is None:
        raise NOT_FOUND(what=str(call_id))
    if held[0] not in states:
        raise faults.STATE_WRONG(state=STATE_WORDS[held[0]], by=held[1])
    return found[0]


def moved(call_id: UUID) -> PullCall:
    """Tell the boards of a call, and return it."""
    tell_changed("pull", str(call_id))
    return store.calls(call_id=call_id)[0]


def _sites(right: str) -> list[int] | None:
    reached = tx().principal.sites_for(right)
    return None if reached is None else sorted(reached)


def board(hours: int) -> PullBoard:
    """Return the open calls, the most overdue first, each with the lots to fetch, and how the last hours went."""
    now, sites = datetime.now(UTC), _sites(READ)
    waiting = sorted(store.calls(still_open=True, sites=sites), key=lambda each: (each.due, each.requested))
    rules = pull_cards.rules(in_use=True)
    low = sum(each.stock < each.minimum for each in rules)
    return PullBoard(now, hours, advised(waiting), *store.summary(now - timedelta(hours=hours), sites), low)


def advised(calls: Sequence[PullCall]) -> list[OpenPull]:
    """Return calls with what there is to fetch for them."""
    stand_ins = {each.id: sorted(line_stock.alternatives_of(each.material, each.work_order)) for each in calls}
    wanted = {each.material for each in calls} | {one for of in stand_ins.values() for one in of}
    lots = line_stock.usable_lots(sorted(wanted))
    told = []
    for each in calls:
        here = line_stock.at_hand_of(lots, [each.material, *stand_ins[each.id]])
        fetch = line_stock.fetch_from(here, each.place, len(here))
        told.append(OpenPull(each, fetch[:_MOST_ADVICE], sum((lot.quantity for lot in fetch), Decimal(0))))
    return told


def one(call_id: UUID) -> OpenPull:
    """Return a call with what there is to fetch.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.calls(call_id=call_id, sites=_sites(READ))
    if not found:
        raise NOT_FOUND(what=str(call_id))
    return advised(found)[0]


def listed(*, still_open: bool | None, before: tuple[datetime, UUID] | None, limit: int) -> list[PullCall]:
    """Return calls, newest first."""
    return store.calls(still_open=still_open, sites=_sites(READ), before=before, limit=limit)


def stations() -> list[NamedUri]:
    """Return lines, work centres and machines that material can be called to."""
    return andon_kinds.stations()
