"""What stands at lines and work centres, what there is to fetch, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from suyuan.chassis.database import tx
from suyuan.designer import api as designer
from suyuan.production.api.checking import pinned_bill
from suyuan.production.contracts.products import BILL_OF_MATERIAL, BillOfMaterial
from suyuan.production.contracts.pulls import FetchFrom, LineLot, LineStock
from suyuan.production.domain.fetching import AtHand, taking_order
from suyuan.production.store import board as names
from suyuan.production.store import orders, pulls
from suyuan.production.store import stock as store
from suyuan.trace import api as trace
from suyuan.trace.contracts.facts import ItemFacts

READ: Final = "production:pull:read"
_MOST_LOTS: Final = 400
"""Lots of a material that are looked at for advice, those that came first first."""


@dataclass(frozen=True, slots=True)
class Usable:
    """A lot that may be used: how much of it stands where."""

    lot: AtHand
    quantity: Decimal
    unit: str | None


def today() -> str:
    """Return the day as the database's clock has it, as ISO text."""
    return datetime.now(UTC).date().isoformat()


def usable_lots(materials: Sequence[str]) -> dict[str, list[Usable]]:
    """Return by material the lots of which something is left, neither held nor expired, the first to take first."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for row in store.lots_of(sorted(set(materials))) if materials else ():
        if len(rows.setdefault(row[0], [])) < _MOST_LOTS:
            rows[row[0]].append(row)
    facts = trace.current_facts({row[2] for of in rows.values() for row in of}, expiry=True)
    found: dict[str, list[Usable]] = {}
    for material, of in rows.items():
        lots = []
        for _, _, uri, code, came, place, quantity, unit in of:
            fact = facts.get(uri)
            if fact is None or fact.held or expired(fact):
                continue
            lots.append(Usable(AtHand(uri, code, fact.expiry, came, place), quantity, unit))
        found[material] = sorted(lots, key=lambda each: taking_order(each.lot))
    return found


def expired(fact: ItemFacts) -> bool:
    """Tell whether an item is past its date."""
    return fact.expiry is not None and fact.expiry < today()


def fetch_from(lots: Sequence[Usable], place: str, most: int) -> list[FetchFrom]:
    """Return the lots to fetch for a place, the first to take first, with the names of where they are."""
    below = set(names.places_below(place))
    chosen = [each for each in lots if each.lot.place not in below][:most]
    known = names.names_of([each.lot.place for each in chosen if each.lot.place])
    return [
        FetchFrom(
            each.lot.uri, each.lot.code, each.quantity, each.lot.expiry, each.lot.place,
            *known.get(each.lot.place or "", (None, None)),
        )
        for each in chosen
    ]  # fmt: skip


def alternatives_of(material: str, work_order: str | None) -> set[str]:
    """Return what may be brought instead without approval: by the order's bill, else by every bill in force."""
    order = orders.by_uri(work_order) if work_order else None
    bill = pinned_bill(order.bom_key, order.bom_version) if order is not None else None
    bills = [bill] if bill is not None else bills_in_force()
    return {
        other.material
        for each in bills
        for line in each.lines
        if line.material == material
        for other in line.alternatives
        if not other.needs_approval
    }


def bills_in_force() -> list[BillOfMaterial]:
    """Return the bills of materials in force."""
    return [body for _, _, current, body in designer.published_versions(BILL_OF_MATERIAL) if current]


def stock_at(spots: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Decimal]:
    """Return how much of a material stands at a place and below it, by (material, place), held or not."""
    if not spots:
        return {}
    below = {place: names.places_below(place) for place in {place for _, place in spots}}
    rows = store.at_places(
        sorted({material for material, _ in spots}), sorted({each for of in below.values() for each in of})
    )
    amounts: dict[tuple[str, str], Decimal] = {}
    for place, _, _, material, quantity, _, _ in rows:
        amounts[material, place] = amounts.get((material, place), Decimal(0)) + quantity
    return {
        (material, place): sum((amounts.get((material, each), Decimal(0)) for each in below[place]), Decimal(0))
        for material, place in spots
    }


def line_stock(place: str | None) -> list[LineStock]:
    """Return what stands at the places that cards are for, or at one place: every card's spot, and all lots there."""
    reached = tx().principal.sites_for(READ)
    rules = [
        each for each, _ in pulls.rules(in_use=True, sites=None if reached is None else sorted(reached))
        if place is None or each.place == place
    ]  # fmt: skip
    spots = [place] if place is not None else sorted({each.place for each in rules})
    of = {each: spot for spot in spots for each in names.places_below(spot)}
    bound = {(each.material, each.place): each for each in rules}
    rows = store.at_places(None, sorted(of)) + [
        row for row in store.at_places(sorted({each.material for each in rules}), sorted(of)) if row[2] == "unit"
    ]
    uris = names.uris_of([row[1] for row in rows])
    facts = trace.current_facts(uris.values(), expiry=True)
    lots: dict[tuple[str, str], list[LineLot]] = {key: [] for key in bound}
    for at, item, _, material, quantity, unit, since in rows:
        fact = facts.get(uris[item])
        told = LineLot(
            uris[item], _tail(uris[item]), quantity, unit, since, fact.expiry if fact else None,
            fact is not None and (fact.held or expired(fact)),
        )  # fmt: skip
        lots.setdefault((material, of[at]), []).append(told)
    known = names.names_of(sorted({uri for key in lots for uri in key}))
    none = (None, None)
    return [
        LineStock(
            at, *known.get(at, none), material, *known.get(material, none),
            sum((each.quantity for each in of_it), Decimal(0)),
            sum((each.quantity for each in of_it if not each.held), Decimal(0)),
            next((each.unit for each in of_it if each.unit), None) or (rule.unit if rule else ""),
            rule.minimum if rule else None, rule.maximum if rule else None, rule.called if rule else Decimal(0),
            sorted(of_it, key=lambda each: (each.expiry is None, each.expiry or "", str(each.since)))[:200],
        )
        for (material, at), of_it in sorted(lots.items(), key=lambda each: (each[0][1], each[0][0]))
        for rule in [bound.get((material, at))]
    ]  # fmt: skip


def _tail(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def names_told(lots: Sequence[FetchFrom], language: str) -> str:
    """Return lots to fetch in words: code and place of the first ones."""

    def one(lot: FetchFrom) -> str:
        where = (lot.place_zh or lot.place_en) if language == "zh" else (lot.place_en or lot.place_zh)
        return f"{lot.code} ({where or _tail(lot.place or '–')})"

    return ("、" if language == "zh" else ", ").join(one(lot) for lot in lots[:3]) or "–"


def at_hand_of(lots: Mapping[str, Sequence[Usable]], materials: Sequence[str]) -> list[Usable]:
    """Return the usable lots of a material and of what may stand in for it, the material's own first."""
    return [lot for material in materials for lot in lots.get(material, ())]
