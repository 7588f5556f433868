"""The living world around: trucks, stores, buyers, scans, and the shop floor's climate."""

from __future__ import annotations

from suyuan.packs.electronics_demo.domain import assembly_steps, trade_steps
from suyuan.packs.electronics_demo.domain.clock import day_code
from suyuan.packs.electronics_demo.domain.identifiers import sscc
from suyuan.packs.electronics_demo.domain.live_state import Turn
from suyuan.packs.electronics_demo.domain.parameters import HUMIDITY, ROOM_TEMPERATURE
from suyuan.packs.electronics_demo.domain.staff import CLIMATE
from suyuan.packs.electronics_demo.domain.trade import STORES, WAREHOUSES, Outlet
from suyuan.packs.electronics_demo.domain.writing import at, sensors

SALE_EVERY, SCAN_EVERY, CLIMATE_EVERY = 13.0, 6.0, 2.6
Boxes = list[tuple[str, list[str]]]
_OUTLETS = {outlet.uri: outlet for outlet in (*WAREHOUSES, *(store for stores in STORES for store in stores))}


def pallet_stacked(turn: Turn, boxes: Boxes) -> None:
    """Stack a pallet; a truck takes it soon."""
    pallet = sscc(f"6{turn.ticket() % 1_000_000_000:09d}")
    turn.write(assembly_steps.palletised(pallet, [box for box, _ in boxes], turn.now))
    turn.later(600, "ship", pallet, boxes)


def pallet_shipped(turn: Turn, pallet: str, boxes: Boxes) -> None:
    """Ship to a dealer, who gets it hours later."""
    index = turn.dice.randrange(len(WAREHOUSES))
    number = f"DN{day_code(turn.now)}L{turn.ticket() % 100_000:05d}"
    turn.write(trade_steps.shipped(pallet, WAREHOUSES[index], number, turn.now))
    turn.later(3600 * (6 + 10 * turn.dice.random()), "dealer", pallet, boxes, index, number)


def dealer_received(turn: Turn, pallet: str, boxes: Boxes, index: int, number: str) -> None:
    """Receive a pallet at the dealer's."""
    turn.write(trade_steps.dealer_received(pallet, WAREHOUSES[index], number, turn.now))
    turn.later(1200, "dealer-unpack", pallet, boxes, index)


def dealer_unpacked(turn: Turn, pallet: str, boxes: Boxes, index: int) -> None:
    """Unpack it and plan its boxes for the stores."""
    turn.write(trade_steps.unpacked(pallet, WAREHOUSES[index], turn.now, "in_progress"))
    for place in range(0, len(boxes), 4):
        store = STORES[index][turn.dice.randrange(3)].uri
        turn.later(900 * (1 + place), "to-store", boxes[place : place + 4], WAREHOUSES[index].uri, store)


def boxes_sent(turn: Turn, boxes: Boxes, dealer: str, store: str) -> None:
    """Send boxes to a store."""
    number = f"ST{day_code(turn.now)}L{turn.ticket() % 100_000:05d}"
    codes = [box for box, _ in boxes]
    turn.write(trade_steps.sent_to_store(codes, _OUTLETS[dealer], _OUTLETS[store], number, turn.now))
    turn.later(7200, "at-store", boxes, store)


def boxes_at_store(turn: Turn, boxes: Boxes, store: str) -> None:
    """Receive boxes at the store and open them one by one."""
    turn.write(trade_steps.store_received([box for box, _ in boxes], _OUTLETS[store], turn.now))
    for place, (box, units) in enumerate(boxes):
        turn.later(1200 * (1 + place), "open-box", box, units, store)


def box_opened(turn: Turn, box: str, units: list[str], store: str) -> None:
    """Open a box; its units can be bought now."""
    outlet = _OUTLETS[store]
    turn.write(trade_steps.unpacked(box, outlet, turn.now, "sellable_accessible"))
    turn.stock("shelf").extend([unit, store] for unit in units)


def unit_sold(turn: Turn) -> None:
    """Sell a unit, first of those that the plant made before it came to life."""
    turn.later(SALE_EVERY * (0.6 + 0.8 * turn.dice.random()), "sale")
    own, cursor = turn.stock("shelf"), turn.memory["cursor"]
    if cursor < len(turn.shelf):
        unit, store = turn.shelf[cursor][:2]
        turn.memory["cursor"] = cursor + 1
    elif own:
        unit, store = own.pop(0)
    else:
        return
    outlet: Outlet = _OUTLETS[store]
    turn.write(trade_steps.sold(unit, outlet, f"R{turn.ticket() % 10_000_000:07d}", turn.now))
    if turn.dice.random() < 0.4:
        turn.later(30 + 600 * turn.dice.random(), "scan-of", unit, outlet.geo)


def consumer_scans(turn: Turn) -> None:
    """Have somebody scan a unit that was sold before."""
    turn.later(SCAN_EVERY * (0.5 + turn.dice.random()), "scan")
    if turn.sold:
        outlet = turn.dice.choice(list(_OUTLETS.values()))
        unit_scanned(turn, turn.dice.choice(turn.sold), outlet.geo)


def unit_scanned(turn: Turn, unit: str, geo: str) -> None:
    """Scan one unit."""
    turn.write(trade_steps.consumer_scanned(unit, geo, turn.now))


def climate_measured(turn: Turn) -> None:
    """Report the shop floor's temperature and humidity; rarely one is out of limits."""
    turn.later(CLIMATE_EVERY * (0.7 + 0.6 * turn.dice.random()), "climate")
    dice = turn.dice
    warm, moist = ROOM_TEMPERATURE.sample(dice), HUMIDITY.sample(dice)
    alarm = dice.random() < 0.004
    if alarm:
        moist = HUMIDITY.bad(dice)
    turn.write(at(
        CLIMATE, "ObjectEvent", turn.now, "sensor_reporting", "non_conformant" if alarm else "conformant",
        action="OBSERVE", epcList=[], sensorElementList=sensors(ROOM_TEMPERATURE.report(warm), HUMIDITY.report(moist)),
        reading={"device": CLIMATE.code, "raw": f"T={warm};RH={moist}"},
    ))
