"""One turn of the living plant: do what is due, in order, a few things at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from suyuan.packs.electronics_demo.domain import live_assembly, live_machines, live_smt, live_trade
from suyuan.packs.electronics_demo.domain.live_state import Turn

MOST = 4
"""How many actions one turn does, so that a plant that slept comes back gently."""

ACTIONS: dict[str, Callable[..., None]] = {
    "panel": live_smt.panel_begun,
    "place": live_smt.panel_placed,
    "reflow": live_smt.panel_soldered,
    "aoi": live_smt.panel_inspected,
    "touch-up": live_smt.panel_touched_up,
    "depanel": live_smt.panel_split,
    "tote": live_smt.tote_filled,
    "store-tote": live_smt.tote_stored,
    "tray": live_assembly.tray_begun,
    "install": live_assembly.unit_assembled,
    "test": live_assembly.unit_tested,
    "take-apart": live_assembly.unit_taken_apart,
    "replace": live_assembly.unit_repaired,
    "scrap": live_assembly.part_scrapped,
    "label": live_assembly.labels_checked,
    "box": live_assembly.units_boxed,
    "pallet": live_trade.pallet_stacked,
    "ship": live_trade.pallet_shipped,
    "dealer": live_trade.dealer_received,
    "dealer-unpack": live_trade.dealer_unpacked,
    "to-store": live_trade.boxes_sent,
    "at-store": live_trade.boxes_at_store,
    "open-box": live_trade.box_opened,
    "sale": live_trade.unit_sold,
    "scan": live_trade.consumer_scans,
    "scan-of": live_trade.unit_scanned,
    "machine-stop": live_machines.machine_stopped,
    "machine-run": live_machines.machine_runs,
    "climate": live_trade.climate_measured,
}
_BEGIN: tuple[tuple[float, str, tuple[Any, ...]], ...] = (
    (1, "panel", (1,)), (150, "panel", (2,)), (40, "tray", ("A",)), (100, "tray", ("B",)), (160, "tray", ("C",)),
    (5, "sale", ()), (3, "scan", ()), (0, "climate", ()), (20, "machine-stop", ()),
)


def take(turn: Turn) -> int:
    """Do what is due at ``turn.now``, at most ``MOST`` actions; return how many were done.

    A step that comes late for its turn still keeps its distance: follow-ups count from when it was really done.
    """
    memory = turn.memory
    if not memory["due"]:
        for seconds, action, arguments in _BEGIN:
            turn.later(seconds, action, *arguments)
    ready = sorted(row for row in memory["due"] if row[0] <= turn.now)[:MOST]
    for row in ready:
        memory["due"].remove(row)
        ACTIONS[row[2]](turn, *row[3])
    return len(ready)
