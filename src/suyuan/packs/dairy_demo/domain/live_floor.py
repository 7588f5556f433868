"""The living dairy: tankers come, milk is pasteurised, filled, tested, put in cases, stacked, shipped; tanks cleaned.

Each line works off one batch after the other: pasteurise → fill in cases of twelve → clean the tank → the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from suyuan.packs.dairy_demo.domain import steps
from suyuan.packs.dairy_demo.domain.catalogue import (
    A_CASE,
    BUTTER,
    BUTTERMILK,
    CARTON,
    CREAM,
    CULTURE,
    CUSTOMERS,
    FARMS,
    FRESH,
    MILK,
    PROCESS,
    RAW,
    TANKS,
    YOGHURT,
    Product,
    machine,
    order,
    pallet,
    tank,
)  # fmt: skip
from suyuan.packs.dairy_demo.domain.live_state import Turn
from suyuan.packs.dairy_demo.domain.writing import Event, amount, measured, written

PACKS, ON_PALLET = 480, 20
"""Packs in a batch, cases on a pallet."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is made from a tank on a filler; ``pack_seconds`` for one pack."""

    product: Product
    prefix: str
    silo: str
    tank: str
    filler: str
    other: Product
    litres: int
    pack_seconds: float


LINES: Final = {
    "fresh": Line(FRESH, "FM", "SILO-1", "TANK-4", "FILL-1", CARTON, 500, 1.55),
    "yoghurt": Line(YOGHURT, "YG", "SILO-2", "TANK-5", "FILL-2", CULTURE, 250, 2.8),
}
A_RUN: Final = 0.75
"""Seconds in which the pasteuriser gives a litre."""
TANK_EVERY, HEAT_EVERY, STOP_EVERY = 1.6, 4.0, 900.0
"""Seconds from one reading of a tank to the next, of the pasteuriser, and from one stop of a filler to the next."""


def _day(turn: Turn) -> str:
    return f"{turn.moment:%y%m%d}"


def _state(turn: Turn, code: str, state: str, reason: str | None = None) -> None:
    turn.write(steps.state_entered(turn.moment, code, state, reason))


def tanker(turn: Turn, silo: str) -> None:
    """Have a tanker arrive and pump its milk into a silo."""
    turn.later(420 + 240 * turn.dice.random(), "tanker", "SILO-2" if silo == "SILO-1" else "SILO-1")
    farm = turn.dice.choice(sorted(FARMS))
    lot, litres = RAW.lot(f"{_day(turn)}{farm}L{turn.ticket()}"), 900 + 50 * turn.dice.randrange(5)
    left, came = turn.moment - timedelta(hours=2), turn.moment - timedelta(minutes=8)
    turn.write(steps.delivered(left, farm, lot, litres))
    turn.write(steps.received(came, lot, litres, round(3.2 + turn.dice.random() * 2, 1)))
    turn.write(steps.pumped(turn.moment, RAW, lot, litres, silo))


def batch_begun(turn: Turn, name: str) -> None:
    """Start the pasteuriser for a batch, unless it runs: then a little later."""
    if turn.memory["stock"].get("running"):
        turn.later(20, "batch", name)
        return
    turn.memory["stock"]["running"] = name
    _state(turn, "PAST-1", "running")
    turn.later(LINES[name].litres * A_RUN, "pasteurised", name)


def batch_pasteurised(turn: Turn, name: str) -> None:
    """End the run: milk goes into the line's tank, cream waits for the churn."""
    line, code = LINES[name], f"{_day(turn)}L{turn.ticket()}"
    milk, cream, number = MILK.lot(code), CREAM.lot(code), order(f"PS-{_day(turn)}L")
    made = steps.run_off(milk, cream, line.litres)
    warm = round(73 + turn.dice.random() * 3, 1)
    turn.write(steps.pasteurised(turn.moment, line.silo, *made, warm, number))
    turn.write(steps.pumped(turn.moment, MILK, milk, line.litres, line.tank, number))
    turn.stock("cream").append([cream, made[1]["quantity"]])
    turn.memory["stock"]["running"] = None
    _state(turn, "PAST-1", "idle", "no_order")
    turn.later(15, "fill", name, code, 0)


def filled(turn: Turn, name: str, code: str, packs: int) -> None:
    """Fill the packs of one case; the last one ends the batch."""
    line = LINES[name]
    if turn.memory["stock"].get(f"stopped {line.filler}"):
        turn.later(10, "fill", name, code, packs)
        return
    if packs == 0:
        turn.memory["stock"][f"filling {line.filler}"] = True
        _state(turn, line.filler, "running")
    number, lot = order(f"{line.prefix}-{_day(turn)}L"), line.product.lot(code)
    inputs = steps.of_milk(line.product, MILK.lot(code), _other(turn, line.other), A_CASE)
    expires = f"{turn.moment + timedelta(days=line.product.days):%Y-%m-%d}"
    output = amount(line.product, lot, A_CASE)
    turn.write(steps.filled(turn.moment, line.tank, inputs, output, line.product, expires, number))
    packs += A_CASE
    if packs == A_CASE * 3:
        turn.later(4, "test", name, code)
    turn.later(line.pack_seconds * A_CASE / 2, "case", name, code, packs)
    if packs < PACKS:
        turn.later(line.pack_seconds * A_CASE, "fill", name, code, packs)
        return
    turn.memory["stock"][f"filling {line.filler}"] = False
    _state(turn, line.filler, "setup", "cleaning")
    turn.later(70, "clean", name)


def _other(turn: Turn, product: Product) -> str:
    """Return the lot of cartons or culture in use; one that runs low is followed by one that has just come in."""
    row = turn.memory["stock"].setdefault(product.key, [product.lot("S1"), 60_000])
    row[1] -= A_CASE
    if row[1] < 0:
        row[:] = [product.lot(f"{_day(turn)}L{turn.ticket()}"), 60_000]
        turn.write(steps.bought(turn.moment - timedelta(minutes=3), product, row[0], row[1] + A_CASE))
    return str(row[0])


def lot_tested(turn: Turn, name: str, code: str) -> None:
    """Test a lot; one in twenty fails at first and is tested again."""
    line = LINES[name]
    bad = turn.dice.random() < 0.05
    values = 2.9 if bad else round(3.3 + turn.dice.random() * 0.4, 2), 6.7 if name == "fresh" else 4.4
    turn.write(steps.tested(turn.moment, line.product, line.product.lot(code), values,
                            order(f"{line.prefix}-{_day(turn)}L")))  # fmt: skip
    if bad:
        turn.later(25, "test", name, code)


def cased(turn: Turn, name: str, code: str, packs: int) -> None:
    """Pack a case; so many make a pallet."""
    line = LINES[name]
    turn.write(steps.cased(turn.moment, line.product, code, A_CASE, order(f"{line.prefix}-{_day(turn)}L")))
    if packs // A_CASE % ON_PALLET == 0:
        turn.later(9, "pallet", name, code)


def stacked(turn: Turn, name: str, code: str) -> None:
    """Stack a pallet; a truck takes it soon."""
    line, made = LINES[name], pallet(900_000_000 - turn.ticket() % 800_000_000)
    number = order(f"{line.prefix}-{_day(turn)}L")
    turn.write(steps.palletised(turn.moment, line.product, code, ON_PALLET, made, number))
    turn.later(1200, "ship", made, turn.dice.choice(CUSTOMERS)[0])


def shipped(turn: Turn, onto: str, customer: str) -> None:
    """Ship a pallet, which arrives two hours later."""
    turn.write(steps.moved(turn.moment, "shipping", onto, customer))
    turn.later(7200, "arrive", onto, customer)


def arrived(turn: Turn, onto: str, customer: str) -> None:
    """Have a pallet received by the customer."""
    turn.write(steps.moved(turn.moment, "receiving", onto, customer))


def tank_cleaned(turn: Turn, name: str) -> None:
    """Clean a line's tank and begin its next batch."""
    line = LINES[name]
    for _, event in steps.cleaned(turn.moment, [line.tank], order(f"CIP-{_day(turn)}"), 1):
        turn.write(event)
    _state(turn, line.filler, "idle", "no_material")
    turn.later(5, "batch", name)


def churned(turn: Turn) -> None:
    """Make butter of the cream that waits."""
    turn.later(1500, "churn")
    waiting = turn.stock("cream")
    kilos = sum(row[1] for row in waiting)
    if not kilos:
        return
    code, number = f"{_day(turn)}L{turn.ticket()}", order(f"BT-{_day(turn)}L")
    butter, milk = int(kilos / 0.57), int(kilos * 0.47)
    creams = [amount(CREAM, lot, quantity) for lot, quantity in waiting]
    turn.write(steps.churned(turn.moment, creams, code, butter, milk, number))
    turn.later(240, "put-away", code, butter, milk)
    waiting.clear()


def butter_put_away(turn: Turn, code: str, butter: int, milk: int) -> None:
    """Bring butter and buttermilk into the cold store."""
    things = [amount(BUTTER, BUTTER.lot(code), butter), amount(BUTTERMILK, BUTTERMILK.lot(code), milk)]
    turn.write(steps.put_away(turn.moment, things, order(f"BT-{_day(turn)}L")))


def tank_measured(turn: Turn, place: int) -> None:
    """Report the temperature of one tank after the other."""
    turn.later(TANK_EVERY * (0.7 + 0.6 * turn.dice.random()), "tank-reading", (place + 1) % len(TANKS))
    code = TANKS[place][0]
    hot = code in ("TANK-2", "TANK-5")
    value = round((41 if hot else 3.6) + turn.dice.random() * 1.2, 1)
    _reading(turn, tank(code), measured(("tank_temperature", value, "CEL", 40 if hot else 0, 44 if hot else 6)))


def heat_measured(turn: Turn) -> None:
    """Report the pasteuriser's temperature while it runs."""
    turn.later(HEAT_EVERY * (0.7 + 0.6 * turn.dice.random()), "heat-reading")
    if turn.memory["stock"].get("running"):
        value = round(73 + turn.dice.random() * 3, 1)
        _reading(turn, machine("PAST-1"), measured(("pasteurisation_temperature", value, "CEL", 72, 78)))


def _reading(turn: Turn, thing: str, values: list[Event]) -> None:
    turn.write(written(turn.moment, "ObjectEvent", "sensor_reporting", disposition="conformant", where=PROCESS,
                       action="OBSERVE", epcList=[thing], sensorElementList=values))  # fmt: skip


def filler_stopped(turn: Turn) -> None:
    """Stop a filler that runs for a few minutes."""
    turn.later(STOP_EVERY * (0.7 + 0.6 * turn.dice.random()), "stop")
    line = LINES[turn.dice.choice(sorted(LINES))]
    if not turn.memory["stock"].get(f"filling {line.filler}"):
        return
    state, reason = turn.dice.choice((("down", "breakdown"), ("idle", "blocked"), ("down", "tool")))
    turn.memory["stock"][f"stopped {line.filler}"] = True
    _state(turn, line.filler, state, reason)
    turn.later(60 + 120 * turn.dice.random(), "go-on", line.filler)


def filler_goes_on(turn: Turn, filler: str) -> None:
    """Have a filler run again."""
    turn.memory["stock"][f"stopped {filler}"] = False
    _state(turn, filler, "running")


def packing_begun(turn: Turn) -> None:
    """Start the case packer and the palletiser."""
    for code in ("CASE-1", "PAL-1"):
        _state(turn, code, "running")
