"""One item's story: its life in time order with what carried it, and what went into it. Bounded, for public pages.

Unlike a trace, this answers for one item, follows a few levels only, and never lists other items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from suyuan.trace.contracts.story import NamedPlace, StoryEvent, StorySource
from suyuan.trace.domain.parameters import parameters_of
from suyuan.trace.store import story as store

_ROLES = {"i": "input", "o": "output", "p": "parent", "c": "child", "s": "subject"}
SAMPLE = 12
"""How many units of a lot are looked at for what went into it."""


def look_up_only() -> None:
    """Make the open transaction one that only looks things up: nothing can be written, no table is read through."""
    store.look_up_only()


def life_of(item_id: int, *, containers: bool = True) -> list[StoryEvent]:
    """Return the newest 400 events of the item's life, oldest first; with ``containers`` also what carried it."""
    return [_event(row) for row in store.life(item_id, containers=containers)]


def _event(row: tuple[Any, ...]) -> StoryEvent:
    time, offset, kind, action, step, disposition, place, role, carried, sensors, destinations, persisting = row
    measured = parameters_of({"sensorElementList": _decoded(sensors) or []})
    persistent = _decoded(persisting) or {}
    return StoryEvent(
        time=time,
        offset_minutes=offset,
        type=kind,
        action=action,
        biz_step=step,
        disposition=disposition,
        place=place,
        role=_ROLES[role],
        carried=carried,
        checks=sum(each.value is not None for each in measured),
        missed=sum(each.ok is False for each in measured),
        destinations=[each["destination"] for each in _decoded(destinations) or [] if "destination" in each],
        set=[_bare(each) for each in _listed(persistent.get("set"))],
        unset=[_bare(each) for each in _listed(persistent.get("unset"))],
    )


def _decoded(text: str | None) -> Any:  # noqa: ANN401 (any JSON value)
    return None if text is None else msgspec.json.decode(text)


def _listed(value: Any) -> Sequence[Any]:  # noqa: ANN401 (any JSON value)
    return value if isinstance(value, list) else [] if value is None else [value]


def _bare(disposition: Any) -> str:  # noqa: ANN401 (any JSON value)
    """Return ``recalled`` for ``recalled``, ``urn:epcglobal:cbv:disp:recalled`` and ``…/cbv/Disp-recalled`` alike."""
    return str(disposition).rsplit(":", 1)[-1].rsplit("Disp-", 1)[-1].rsplit("/", 1)[-1]


def what_went_into(items: Sequence[int]) -> list[StorySource]:
    """Return the products that went into the items, by origin; parts followed piece by piece come first."""
    return store.sources(items)


def lot_of(unit_id: int) -> tuple[int, str] | None:
    """Return (item number, lot number) of the lot that the unit was commissioned into, where an event said so."""
    return store.lot_of(unit_id)


def members_of(lot_id: int) -> list[int]:
    """Return the numbers of the first few units of a lot."""
    return store.members_of(lot_id, SAMPLE)


def named_places(uris: Sequence[str]) -> Mapping[str, NamedPlace]:
    """Return what master data says of places and other URIs."""
    return {place.uri: place for place in store.named(uris)} if uris else {}


def newest_items(products: Sequence[str]) -> Mapping[str, str]:
    """Return, by product, the URI of its newest unit, or of its newest lot where no unit is known."""
    return store.newest_items(products) if products else {}
