"""The dairy's plant model and orders, entered through the module's own door as engineers and planners would."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from suyuan.coding import api as coding
from suyuan.entry import demonstration_calls as calls
from suyuan.entry import demonstration_floor as floor
from suyuan.kernel.faults import Fault
from suyuan.packs.dairy_demo.api import DAYS, catalogue, floor_calls
from suyuan.packs.dairy_demo.api import plant_model as model
from suyuan.production.api import andon, andon_kinds, bringing, orders, pulls
from suyuan.production.api import plant as door
from suyuan.production.contracts.order_faults import NUMBER_TAKEN
from suyuan.production.contracts.orders import OrderStep
from suyuan.production.contracts.pulls import Delivery
from suyuan.tenancy import api as tenancy

_DONE: Final[tuple[OrderStep, ...]] = ("release", "start", "complete", "close")
_ANSWERED: Final = timedelta(minutes=4)
_ENDED: Final = timedelta(minutes=14)
_BROUGHT: Final = timedelta(minutes=7)
_CALLING: Final = 2
"""So many open calls at least, once somebody looks."""
_OUTCOMES: Final = {note: (cause, remedy) for _, _, note, cause, remedy in floor_calls.CAUSES}


def provide(now: datetime) -> None:
    """Enter the plant model and the orders of the ten days, unless somebody has entered anything."""
    if not door.parts(door.EQUIPMENT):
        site = tenancy.sites()[0].id
        floor.enter_parts(site, model.parts())
        _people(site, now.date())
        plan_days(now - timedelta(days=DAYS), now)
    provide_calls(now)


def provide_calls(now: datetime) -> None:
    """Enter andon calls and the cards of the filling hall, unless somebody has set up what stations call for."""
    if not andon_kinds.kinds():
        placed = [(each, each.equipment) for each in floor_calls.past()]
        calls.enter_andon(now, placed, [(each, each.equipment) for each in floor_calls.waiting()])
        calls.enter_cards(floor_calls.CARDS)


def tend(now: datetime) -> None:
    """Answer what stations call for, as the people of a living dairy do, and have one of them call now and then."""
    for each in andon.board(24).open:
        if each.state == "called" and now - each.called > _ANSWERED:
            andon.acknowledge(each.id)
        elif now - each.called > _ENDED:
            cause, remedy = _OUTCOMES.get(each.note, ("已查明 found", "已处理 done"))
            andon.resolve(each.id, cause, remedy)
    if len(andon.board(24).open) < _CALLING:
        code, kind, note, *_ = floor_calls.CAUSES[int(now.timestamp() // 60) % len(floor_calls.CAUSES)]
        call = floor_calls.Call(0, kind, note, equipment=catalogue.machine(code))
        calls.enter_calls(now, [(call, call.equipment)])
    for wanted in pulls.board(24).open:
        if now - wanted.call.requested > _BROUGHT and wanted.fetch:
            first = wanted.fetch[0]
            bringing.deliver(wanted.call.id, [Delivery(first.uri, min(first.quantity, wanted.call.quantity))])


def plan_days(first: datetime, now: datetime) -> None:
    """Enter the orders from the day of ``first`` until tomorrow that are not there yet, worked off as far as they are.

    Today's and tomorrow's are also those that the living dairy makes.
    """
    site = tenancy.sites()[0].id
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = first.replace(hour=0, minute=0, second=0, microsecond=0)
    while day <= midnight + timedelta(days=1):
        for each in model.orders(day, live=day >= midnight):
            _order(site, each, now)
        day += timedelta(days=1)


def _people(site: int, today: date) -> None:
    floor.enter_tools(site, model.TOOLS, today)
    skills = floor.enter_skills(model.SKILLS)
    for code, person in model.holders():
        door.add(door.QUALIFIED, {
            "qualification_id": skills[code], "person": person, "valid_from": today - timedelta(days=300),
            "valid_to": today + timedelta(days=400),
        })  # fmt: skip
    for shift in model.SHIFTS:
        floor.enter_shift(site, shift, 30)


def _order(site: int, each: model.DayOrder, now: datetime) -> None:
    try:
        made = orders.add({
            "number": each.number, "product": coding.identify_class(each.product, allow_foreign=True).uri,
            "kind": "lot", "quantity": Decimal(each.quantity), "unit": each.unit,
            "due": each.at + timedelta(hours=23, minutes=59), "priority": 5, "site_id": site,
            "line": coding.identify_place(each.line), "route_key": None, "bom_key": None, "customer": "",
            "sales_order": "", "note": "", "extra": {},
        })  # fmt: skip
    except Fault as fault:
        if fault.kind is not NUMBER_TAKEN:
            raise
        return
    began = each.at <= now
    steps: tuple[OrderStep, ...] = _DONE if model.finished(each, now) else _DONE[:2] if began else _DONE[:1]
    for step in steps:
        orders.take_step(made.id, step, accept_short=True, reason="示范 demo")
