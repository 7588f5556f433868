"""The door of the dairy demo: its events as one EPCIS document, its stories, its plant model, and its life now."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from datetime import datetime

from suyuan.designer import api as designer
from suyuan.designer.contracts import Pack
from suyuan.packs.dairy_demo.domain import catalogue, floor_calls, plant_model
from suyuan.packs.dairy_demo.domain.life import DairyLife
from suyuan.packs.dairy_demo.domain.live_state import ZONE
from suyuan.packs.dairy_demo.domain.plant import Dairy
from suyuan.packs.dairy_demo.domain.stories import stories_of
from suyuan.packs.electronics_demo.contracts import Story

__all__ = ["DAYS", "ZONE", "DairyLife", "Made", "catalogue", "definitions", "floor_calls", "make", "plant_model"]

DAYS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """Ten days at the dairy, and the one of ``now`` so far.

    ``events``: how many; ``document``: all of them, with master data, as EPCIS 2.0."""

    document: bytes
    events: int
    stories: tuple[Story, ...]
    dairy: Dairy


def make(now: datetime) -> Made:
    """Return ten days and what is past of the one of ``now`` (aware); the same moment makes the same bytes."""
    dairy = Dairy(now, DAYS).run()
    return Made(dairy.journal.document(), len(dairy.journal.events), stories_of(dairy), dairy)


def definitions() -> Pack:
    """Return the definitions that the dairy works by: its routes, and bills of materials with co- and by-products."""
    with importlib.resources.as_file(importlib.resources.files(__package__).joinpath("definitions")) as folder:
        return designer.read_pack(folder)
