"""What an event means for the item that runs through production: a step passed or failed, rework, scrap, the end.

Read from the CBV business step and disposition, so that plants without routes have it too.
"""

from __future__ import annotations

from typing import Final

SCRAPPING: Final = frozenset({"destroying", "decommissioning"})
SCRAPPED: Final = frozenset({"destroyed", "disposed"})
REWORKING: Final = frozenset({"repairing", "disassembling", "replacing", "removing", "urn:suyuan:vocab:step:rework"})
STOPPED: Final = frozenset({"quarantined", "recalled"})
LEAVING: Final = frozenset(
    {
        "shipping",
        "departing",
        "loading",
        "staging_outbound",
        "retail_selling",
        "dispensing",
        "void_shipping",
        "accepting",
        "receiving",
        "arriving",
        "urn:suyuan:vocab:step:consumer_scan",
        "consigning",
    }
)
"""Steps of trade: an item seen there is no longer in the plant's work."""
SETTLING: Final = frozenset({"storing", "packing", "stocking"})
"""Steps that end production, unless what they do is still in progress (a tote on its way, a rack between two lines)."""
STATES: Final = frozenset({"urn:suyuan:vocab:step:equipment_state"})
STARTING: Final = frozenset({"urn:suyuan:vocab:step:operation_start"})


def result_of(step: str | None, disposition: str | None) -> str:
    """Return ``scrapped``, ``held``, ``failed``, ``rework``, ``passed`` or, where nothing is said, ``none``."""
    if step in SCRAPPING or disposition in SCRAPPED:
        return "scrapped"
    if disposition in STOPPED or step == "holding":
        return "held"
    if disposition in {"non_conformant", "damaged"}:
        return "failed"
    if step in REWORKING:
        return "rework"
    return "none" if step is None and disposition is None else "passed"


def settles(step: str | None, disposition: str | None) -> bool:
    """Tell whether the step ends the item's way through production."""
    return step in LEAVING or step in SCRAPPING or (step in SETTLING and disposition != "in_progress")
