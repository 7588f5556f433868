"""The living dairy: about an event a second, what comes out balances, every step belongs to an order of the plan."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from suyuan.coding import api as coding
from suyuan.packs.dairy_demo.api import ZONE, DairyLife, definitions, make, plant_model
from suyuan.packs.dairy_demo.domain import catalogue

BEGIN = datetime(2026, 11, 21, 14, 30, tzinfo=ZONE)
SECONDS = 2400


class Kept:
    """A journal that keeps the events."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def write(self, moment: int, event: dict[str, Any]) -> str:
        assert moment <= int(BEGIN.timestamp() + SECONDS) * 1000
        self.events.append(event)
        return str(len(self.events))


def lived() -> list[dict[str, Any]]:
    life, kept, dice = DairyLife(), Kept(), random.Random(5)
    memory = life.fresh()
    for second in range(SECONDS):
        life.take(memory, dice, kept, int((BEGIN.timestamp() + second) * 1000))
    return kept.events


def test_an_hour_brings_about_an_event_a_second_and_every_step_from_tanker_to_pallet() -> None:
    events = lived()
    assert 0.7 < len(events) / SECONDS < 1.6
    steps = Counter(event["bizStep"] for event in events)
    wanted = {"receiving", "storing", "commissioning", "inspecting", "packing", "shipping", "sensor_reporting",
              catalogue.CAUSTIC, catalogue.ACID, catalogue.CLEANING, catalogue.STATE}  # fmt: skip
    assert wanted <= set(steps)
    for event in events:
        for element in (*event.get("outputQuantityList", ()), *event.get("childQuantityList", ())):
            coding.canonical(element["epcClass"])


def test_what_is_filled_and_packed_is_what_came_before() -> None:
    came, went = Counter[str](), Counter[str]()
    for event in lived():
        for element in event.get("outputQuantityList", ()):
            came[element["epcClass"]] += element["quantity"]
        for element in event.get("inputQuantityList", ()):
            went[element["epcClass"]] += element["quantity"]
    made = {lot: amount for lot, amount in went.items() if not lot.endswith("/S1")}
    assert made
    assert all(amount <= came[lot] + 1e-6 for lot, amount in made.items())


def test_every_step_of_an_order_is_of_an_order_of_its_day_and_of_an_operation_of_its_route() -> None:
    planned = {
        catalogue.order(each.number): each
        for day in range(-10, 2)
        for each in plant_model.orders(BEGIN.replace(hour=0, minute=0) + timedelta(days=day), live=day >= 0)
    }
    routes = [each.body for each in definitions().definitions if "operations" in each.body]
    for event in (*make(BEGIN).dairy.journal.events, *lived()):
        if "suyuan:workOrder" not in event:
            continue
        order = planned[event["suyuan:workOrder"]]
        (route,) = (each for each in routes if order.product in each["products"])
        place = event["readPoint"]["id"]
        here = [each for each in route["operations"] if each["step"] == event["bizStep"]]
        fits = [each["id"] for each in here if all(place.startswith(known) for known in each.get("places", ()))]
        assert len(fits) == 1, (event["bizStep"], order.number)
