"""A made-up plant of any size, as flat arrays: about 12.7 participations a unit.

Six material lots and nothing else go into a panel of ten boards; a board and eight material lots into a unit; twenty
units into a box, forty boxes onto a pallet, two pallets into a shipment. A lot feeds a fixed number of units, so there
are more lots the larger the plant, but for one big lot: a tenth of the units takes it, and two million of ten million.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suyuan.trace.contracts import Action, EventType
from suyuan.trace.domain.engine.record import (
    ACTS,
    KINDS,
    NEVER_VOIDED,
    EventRows,
    Ints,
    ItemRows,
    MemberRows,
    PartRows,
    Record,
)

PANEL, BOX, PALLET, SHIPMENT = 10, 20, 40, 2
ON_PANEL, ON_UNIT = 6, 8
MATERIALS = ON_PANEL + ON_UNIT
LOT_FEEDS = 5_000
STEP = 1_000_000
START = 1_760_000_000 * STEP
INPUT, OUTPUT, PARENT, CHILD, SUBJECT = range(5)
MAKE, PACK, SHIP = (
    ACTS.index((EventType.TRANSFORMATION, None)),
    ACTS.index((EventType.AGGREGATION, Action.ADD)),
    ACTS.index((EventType.OBJECT, Action.OBSERVE)),
)
PLACES = {MAKE: "line", PACK: "packing", SHIP: "dock"}
DISPOSITIONS = {MAKE: "in_progress", PACK: "active", SHIP: "in_transit"}


@dataclass(frozen=True, slots=True)
class Plant:
    """A record with what to ask of it: a big lot, a unit in the middle, a shipment, units at random."""

    record: Record
    big_lot: int
    fed: int
    unit: int
    shipment: int
    units: Ints


def plant(units: int, first_item: int = 1, first_event: int = 1) -> Plant:
    """Return a plant of so many units (a multiple of 8,000); numbers begin where told."""
    panels, boxes, pallets = units // PANEL, units // BOX, units // (BOX * PALLET)
    shipments = pallets // SHIPMENT
    lots = max(units // LOT_FEEDS, 1)
    sizes = {
        "lot": lots * MATERIALS + 1,
        "board": units,
        "unit": units,
        "box": boxes,
        "pallet": pallets,
        "ship": shipments,
    }
    ids, next_id = {}, first_item
    for name, size in sizes.items():
        ids[name] = next_id + np.arange(size)
        next_id += size
    big = int(ids["lot"][-1])
    fed = 2_000_000 if units >= 10_000_000 else units // 10
    material = ids["lot"][:-1].reshape(lots, MATERIALS)
    unit = np.arange(units)
    of_panel = material[np.minimum(np.arange(panels) * PANEL // LOT_FEEDS, lots - 1), :ON_PANEL]
    of_unit = material[np.minimum(unit // LOT_FEEDS, lots - 1)]
    on_unit = of_unit[:, ON_PANEL:].copy()
    on_unit[:fed, 0] = big
    ship_parts = np.stack([ids["pallet"][: shipments * 2].reshape(-1, 2)[:, side] for side in range(SHIPMENT)], 1)
    tables = [
        (MAKE, np.arange(panels) * PANEL, [(INPUT, of_panel, 1), (OUTPUT, ids["board"].reshape(-1, PANEL), 0)]),
        (MAKE, unit + PANEL, [(INPUT, on_unit, 1), (INPUT, ids["board"], 0), (OUTPUT, ids["unit"], 0)]),
        (PACK, np.arange(boxes) * BOX + 30, [(PARENT, ids["box"], 0), (CHILD, ids["unit"].reshape(-1, BOX), 0)]),
        (PACK, np.arange(pallets) * BOX * PALLET + 900,
         [(PARENT, ids["pallet"], 0), (CHILD, ids["box"][: pallets * PALLET].reshape(-1, PALLET), 0)]),
        (PACK, np.arange(shipments) * BOX * PALLET * SHIPMENT + 1800,
         [(PARENT, ids["ship"], 0), (CHILD, ship_parts, 0)]),
        (SHIP, np.arange(shipments) * BOX * PALLET * SHIPMENT + 1900, [(SUBJECT, ids["ship"], 0)]),
    ]  # fmt: skip
    events, parts = _tables(tables, first_event)
    kinds = {"lot": "lot", "board": "unit", "unit": "unit", "box": "carrier", "pallet": "carrier", "ship": "carrier"}
    products = [f"material {index % MATERIALS}" for index in range(sizes["lot"] - 1)] + [f"material {ON_PANEL}"]
    products += ["board"] * units + ["unit"] * units
    items = ItemRows(
        np.arange(first_item, next_id),
        np.repeat([KINDS.index(kinds[name]) for name in sizes], list(sizes.values())),
        [*products, *[None] * (next_id - first_item - len(products))],
        np.zeros(next_id - first_item, np.int64),
        [
            *(f"lot {index}" for index in range(sizes["lot"])),
            *[None] * units,
            *(f"lot of units {index // LOT_FEEDS}" for index in range(units)),
            *[None] * (next_id - first_item - sizes["lot"] - 2 * units),
        ],
    )
    chosen = ids["unit"][np.random.default_rng(7).integers(0, units, 100)]
    record = Record(items, events, parts, MemberRows())
    return Plant(record, big, fed, int(ids["unit"][units // 2]), int(ids["ship"][0]), chosen)


def _tables(tables: list, first_event: int) -> tuple[EventRows, PartRows]:  # type: ignore[type-arg]  # rows of a test
    acts, times = [], []
    event_of, items, roles, amounts = [], [], [], []
    number = first_event
    for act, at, columns in tables:
        numbers = number + np.arange(len(at))
        number += len(at)
        acts.append(np.full(len(at), act))
        times.append(START + at * STEP)
        for role, named, amount in columns:
            wide = named.reshape(len(at), -1)
            event_of.append(np.repeat(numbers, wide.shape[1]))
            items.append(wide.ravel())
            roles.append(np.full(wide.size, role))
            amounts.append(np.full(wide.size, amount))
    at, act = np.concatenate(times), np.concatenate(acts)
    nothing, none = np.zeros(len(at), np.int64), [None] * len(at)
    order = np.argsort(at, kind="stable")
    renumbered = np.empty(len(at), np.int64)
    renumbered[order] = first_event + np.arange(len(at))
    events = EventRows(
        renumbered, at, at, np.full(len(at), NEVER_VOIDED), nothing, act, nothing, none,
        ["assembling"] * len(at), none, [PLACES[kind] for kind in act.tolist()], none, none,
        [DISPOSITIONS[kind] for kind in act.tolist()], nothing,
        [f"customer {number % 40}" if kind == SHIP else None for number, kind in enumerate(act.tolist())],
    )  # fmt: skip
    number_of = renumbered[np.concatenate(event_of) - first_event]
    parts = PartRows(number_of, np.concatenate(items), np.concatenate(roles), np.concatenate(amounts), [("2", "KGM")])
    return events, parts
