"""The demo's plant model and orders, entered through the module's own door as planners would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from suyuan.coding import api as coding
from suyuan.entry import demonstration_calls, demonstration_demand
from suyuan.entry import demonstration_floor as floor
from suyuan.packs.electronics_demo.api import plant_model as model
from suyuan.production.api import orders, pulls
from suyuan.production.api import plant as door
from suyuan.production.contracts.orders import OrderStep
from suyuan.production.contracts.pulls import NewPull
from suyuan.tenancy import api as tenancy

_ZONE: Final = timezone(timedelta(hours=8))
_DAYS: Final = 6
"""How many past days have orders in the system; older ones were made before it was introduced."""
_DONE: Final[tuple[OrderStep, ...]] = ("release", "start", "complete", "close")


def provide(now: datetime, units: int) -> None:
    """Enter the plant model and the orders of the last days, unless somebody has entered anything."""
    if door.parts(door.EQUIPMENT):
        return
    site = tenancy.sites()[0].id
    floor.enter_parts(site, model.parts())
    _people(site, now.date())
    a_day = max(10, units // 90 // 10 * 10)
    _orders(site, now, a_day)
    coming = {coding.identify_class(each.product, allow_foreign=True).uri for each in model.orders(now, -1, a_day)}
    demonstration_demand.enter(site, now.astimezone(_ZONE).date(), sorted(coming), a_day)
    _andon(now)
    _pulls(now)


def _people(site: int, today: date) -> None:
    floor.enter_tools(site, model.TOOLS, today)
    skills = floor.enter_skills(model.SKILLS)
    for place, (code, person) in enumerate(model.holders()):
        until = today + timedelta(days=30 + 37 * place % 700)
        door.add(door.QUALIFIED, {
            "qualification_id": skills[code], "person": person, "valid_from": until - timedelta(days=730),
            "valid_to": until,
        })  # fmt: skip
    for number, shift in enumerate(model.SHIFTS):
        floor.enter_shift(site, shift, 45)
        code, zh, en, *_ = shift
        door.add(door.TEAM, {
            "site_id": site, "code": f"TEAM-{code}", "name_zh": f"{zh}班组", "name_en": f"{en} team",
            "members": model.crew(number), "extra": {}, "retired": False,
        })  # fmt: skip


def _orders(site: int, now: datetime, a_day: int) -> None:
    for place, each in enumerate(model.orders(now, _DAYS, a_day)):
        ago = _DAYS - place // 3
        due = (now.astimezone(_ZONE) - timedelta(days=ago)).replace(hour=23, minute=59, second=0, microsecond=0)
        made = orders.add({
            "number": each.number, "product": coding.identify_class(each.product, allow_foreign=True).uri,
            "kind": "serial", "quantity": Decimal(each.quantity), "unit": "", "due": due, "priority": 5,
            "site_id": site, "line": coding.identify_place(each.line), "route_key": None, "bom_key": None,
            "customer": "", "sales_order": "", "note": "", "extra": {},
        })  # fmt: skip
        taken = _DONE if ago > 0 else _DONE[:2] if ago == 0 else ()
        for step in taken:
            orders.take_step(made.id, step, accept_short=True, reason="示范 demo")


def _andon(now: datetime) -> None:
    """Set up what stations call for, with the calls of the last days: some answered late, some open."""
    machines = [part for part in door.parts(door.EQUIPMENT) if part.level == "equipment"]

    def placed(calls: Sequence[model.Call]) -> list[tuple[model.Call, str]]:
        return [(each, machines[number * 5 % len(machines)].uri) for number, each in enumerate(calls)]

    demonstration_calls.enter_andon(now, placed(model.CALLS), placed(model.OPEN_CALLS))


def _pulls(now: datetime) -> None:
    for number, made in enumerate(demonstration_calls.enter_cards(model.cards())):
        if number % 4 == 1:
            called = uuid5(NAMESPACE_URL, f"demo:{now}:pull:{number}")
            pulls.call(NewPull(called, made.card, requested=now - timedelta(minutes=6 + 7 * number)))
