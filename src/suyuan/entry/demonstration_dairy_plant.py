"""The dairy's plant model and orders, entered through the module's own door as engineers and planners would."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from suyuan.coding import api as coding
from suyuan.kernel.faults import Fault
from suyuan.packs.dairy_demo.api import DAYS
from suyuan.packs.dairy_demo.api import plant_model as model
from suyuan.production.api import orders
from suyuan.production.api import plant as door
from suyuan.production.contracts.order_faults import NUMBER_TAKEN
from suyuan.production.contracts.orders import OrderStep
from suyuan.tenancy import api as tenancy

_DONE: Final[tuple[OrderStep, ...]] = ("release", "start", "complete", "close")


def provide(now: datetime) -> None:
    """Enter the plant model and the orders of the ten days, unless somebody has entered anything."""
    if door.parts(door.EQUIPMENT):
        return
    site = tenancy.sites()[0].id
    _parts(site)
    _people(site, now.date())
    _shifts(site)
    plan_days(now - timedelta(days=DAYS), now)


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


def _parts(site: int) -> None:
    numbers: dict[str, int] = {}
    for part in model.parts():
        extra = {} if part.cycle_seconds is None else {"cycle_seconds": part.cycle_seconds}
        made = door.add(door.EQUIPMENT, {
            "site_id": site, "level": part.level, "code": part.code, "name_zh": part.zh, "name_en": part.en,
            "parent_id": numbers.get(part.above or ""), "uri": part.uri, "class": part.class_name, "extra": extra,
            "retired": False,
        })  # fmt: skip
        numbers[part.code] = made.id


def _people(site: int, today: date) -> None:
    for code, zh, en, kind, days in model.TOOLS:
        door.add(door.TOOL, {
            "site_id": site, "code": code, "name_zh": zh, "name_en": en, "uri": "", "class": kind, "extra": {},
            "calibrated": today + timedelta(days=days - 365), "due": today + timedelta(days=days), "retired": False,
        })  # fmt: skip
    skills = {
        code: door.add(door.QUALIFICATION, {"code": code, "name_zh": zh, "name_en": en, "extra": {}, "retired": False})
        for code, zh, en, _ in model.SKILLS
    }
    for code, person in model.holders():
        door.add(door.QUALIFIED, {
            "qualification_id": skills[code].id, "person": person, "valid_from": today - timedelta(days=300),
            "valid_to": today + timedelta(days=400),
        })  # fmt: skip


def _shifts(site: int) -> None:
    for code, zh, en, starts, ends in model.SHIFTS:
        door.add(door.SHIFT, {
            "site_id": site, "code": code, "name_zh": zh, "name_en": en, "starts": time.fromisoformat(starts),
            "ends": time.fromisoformat(ends), "break_minutes": 30, "weekdays": [1, 2, 3, 4, 5, 6, 7],
            "valid_from": None, "valid_to": None, "extra": {}, "retired": False,
        })  # fmt: skip


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
