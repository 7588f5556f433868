"""From an item's recorded life to the few steps that everybody may read: days, towns, shops; no person, no machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from suyuan.portal.contracts import Material, Name, Origins, PublicStep, StepKind
from suyuan.portal.domain.countries import COUNTRIES
from suyuan.trace.contracts.story import NamedPlace, StoryEvent, StorySource

Places = Mapping[str, NamedPlace]
_OURS: Final = "urn:suyuan:vocab:"
_STANDARD: Final = "urn:epcglobal:cbv:mda#"
_RECEIVING: Final = frozenset({"receiving", "arriving", "accepting"})
_SELLING: Final = frozenset({"retail_selling", "dispensing"})
_BUILDING: Final = frozenset({"assembling", "installing"})
_PASSED: Final = frozenset({"conformant", "available", "active", "sellable_accessible", "sellable_not_accessible"})


def name_of(zh: str | None, en: str | None) -> Name | None:
    """Return the name, one language standing in for the other; None where there is neither."""
    return Name(zh or en or "", en or zh or "") if zh or en else None


def _attribute(attributes: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = attributes.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def town_of(place: NamedPlace | None) -> Name | None:
    """Return the town, else the country, that master data gives a place; never the name of a business."""
    if place is None:
        return None
    city = _attribute(place.attributes, f"{_STANDARD}city")
    town = name_of(
        _attribute(place.attributes, f"{_OURS}townZh") or city, _attribute(place.attributes, f"{_OURS}townEn") or city
    )
    return town or country_of(place)


def country_of(place: NamedPlace | None) -> Name | None:
    """Return the country of a place by its ISO 3166 letters."""
    if place is None:
        return None
    letters = _attribute(place.attributes, f"{_OURS}country", f"{_STANDARD}countryCode", f"{_STANDARD}countryOfOrigin")
    return COUNTRIES.get((letters or "").upper())


def _shop(place: NamedPlace | None) -> Name | None:
    return name_of(place.name_zh, place.name_en) if place is not None else None


def _day(event: StoryEvent) -> date:
    """Return the date that the calendar on the spot showed."""
    return (event.time + timedelta(minutes=event.offset_minutes)).date()


def making(events: Sequence[StoryEvent]) -> StoryEvent | None:
    """Return the event that made the item: the first that has it as output, or that brought it into being."""
    for event in events:
        if not event.carried and (
            event.role == "output"
            or (event.type == "ObjectEvent" and event.action == "ADD" and event.role == "subject")
        ):
            return event
    return None


def wanted_places(events: Sequence[StoryEvent]) -> set[str]:
    """Return the places that :func:`tell` may ask for."""
    return {event.place for event in events if event.place} | {
        place for event in events if event.biz_step == "shipping" for place in event.destinations
    }


def tell(events: Sequence[StoryEvent], made: StoryEvent | None, places: Places, site: Name | None) -> list[PublicStep]:
    """Return the public steps of a life that ``made`` began, in time order, each once for a day and place."""
    after = [event for event in events if made is None or event.time >= made.time]
    timed: list[tuple[datetime, PublicStep]] = []
    for chosen, kind in ((_built_in, StepKind.ASSEMBLED), (_passed, StepKind.TESTED), (_packed, StepKind.PACKED)):
        last = next((event for event in reversed(after) if chosen(event)), None)
        if last is not None:
            count = last.checks if kind is StepKind.TESTED and not last.missed else 0
            timed.append((last.time, PublicStep(kind, _day(last), count=count)))
    for event in after:
        step = _moved(event, places)
        if step is not None:
            timed.append((event.time, step))
    steps = [PublicStep(StepKind.MADE, _day(made), site)] if made is not None else []
    for _, step in sorted(timed, key=lambda entry: entry[0]):
        shelved = step.kind is StepKind.ON_SALE and any(told.kind is StepKind.ON_SALE for told in steps)
        if step not in steps and not shelved:
            steps.append(step)
    return steps


def _built_in(event: StoryEvent) -> bool:
    own = not event.carried and event.biz_step in _BUILDING
    return own and event.role in {"parent", "output"} and event.action != "DELETE"


def _passed(event: StoryEvent) -> bool:
    return not event.carried and event.biz_step == "inspecting" and event.disposition in _PASSED


def _packed(event: StoryEvent) -> bool:
    return not event.carried and event.role == "child" and event.biz_step == "packing" and event.action == "ADD"


def _moved(event: StoryEvent, places: Places) -> PublicStep | None:
    """Return the step of an event on the way to the consumer."""
    place, disposition = places.get(event.place or ""), event.disposition or ""
    if disposition == "returned":
        return PublicStep(StepKind.RETURNED, _day(event))
    if event.biz_step == "shipping":
        towns = (town_of(places.get(uri)) for uri in event.destinations)
        return PublicStep(StepKind.SHIPPED, _day(event), next((town for town in towns if town), None))
    if event.biz_step in _SELLING:
        return PublicStep(StepKind.SOLD, _day(event), _shop(place))
    if event.biz_step in _RECEIVING:
        if disposition.startswith("sellable"):
            return PublicStep(StepKind.AT_STORE, _day(event), _shop(place))
        return PublicStep(StepKind.RECEIVED, _day(event), town_of(place))
    if disposition == "sellable_accessible":
        return PublicStep(StepKind.ON_SALE, _day(event), _shop(place))
    return None


def _origin(source: StorySource, places: Places, shown: Origins) -> Name | None:
    place = places.get(source.place or "")
    if shown is Origins.PLACE and (named := _shop(place)) is not None:
        return named
    return COUNTRIES.get((source.country or "").upper()) or country_of(place)


def materials_of(sources: Sequence[StorySource], own_product: str, places: Places, shown: Origins) -> list[Material]:
    """Return what went in, one entry a product, as far as it has a name and its origin may be told."""
    if shown is Origins.NONE:
        return []
    found: dict[str, Material] = {}
    for source in sources:
        name = name_of(source.name_zh, source.name_en)
        if name is None or source.product == own_product:
            continue
        origin = None if source.made_here else _origin(source, places, shown)
        before = found.get(source.product)
        origins = (before.origins if before else ()) + ((origin,) if origin else ())
        own, serial = source.made_here or bool(before and before.own), source.serial or bool(before and before.serial)
        found[source.product] = Material(name, tuple(dict.fromkeys(origins)), own, serial)
    return list(found.values())
