"""Cards (kanban): what is to be at hand where, and how it is called for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.chassis.live import tell_changed
from suyuan.coding import api as coding
from suyuan.production.api import line_stock, siting
from suyuan.production.contracts import pulls as faults
from suyuan.production.contracts.plant_faults import CODE_TAKEN, NOT_HERE, VALUE_WRONG
from suyuan.production.contracts.pulls import PullRule
from suyuan.production.store import pulls as store

CONFIGURE: Final = "production:pull:configure"
READ: Final = "production:pull:read"
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_MOST: Final = Decimal("1e12")


def rules(*, in_use: bool | None = None, right: str = READ) -> list[PullRule]:
    """Return the cards that the right reaches, with the stock that is there now."""
    reached = tx().principal.sites_for(right)
    found = [rule for rule, _ in store.rules(in_use=in_use, sites=None if reached is None else sorted(reached))]
    return filled(found)


def filled(found: list[PullRule]) -> list[PullRule]:
    """Return cards with the stock at their places."""
    stock = line_stock.stock_at([(each.material, each.place) for each in found])
    return [replace(each, stock=stock[each.material, each.place]) for each in found]


def add(given: Mapping[str, Any]) -> PullRule:
    """Add a card; without a code of its own it gets the next free one.

    :raises Fault: ``production.value_wrong``, ``production.code_taken``, ``production.pull_spot_taken``.
    """
    values = _checked({"card": "", "source": None, "unit": "", "card_quantity": None, "lead_minutes": 30,
                       "automatic": True, "retired": False, **given})  # fmt: skip
    if not values["card"]:
        taken = store.cards()
        values["card"] = next(
            code for code in (f"KB-{number:04d}" for number in range(1, 100_000)) if code not in taken
        )
    if store.spot_taken(values["material"], values["place"], None):
        raise faults.SPOT_TAKEN(at="/material")
    number = store.insert_rule(values)
    if number is None:
        raise CODE_TAKEN(at="/card", code=values["card"])
    return _kept(number)


def change(rule_id: int, given: Mapping[str, Any]) -> PullRule:
    """Change what is named of a card, or take it out of use; calls that are open stay.

    :raises Fault: ``chassis.not_found``, and as :func:`add`.
    """
    store.lock_rule(rule_id)
    known = store.rules(rule_id=rule_id)
    reached = tx().principal.sites_for(CONFIGURE)
    if not known or (reached is not None and known[0][1] not in reached):
        raise NOT_FOUND(what=f"#{rule_id}")
    values = _checked({**asdict(known[0][0]), **given, "card": known[0][0].card})
    if not values["retired"] and store.spot_taken(values["material"], values["place"], rule_id):
        raise faults.SPOT_TAKEN(at="/material")
    store.update_rule(rule_id, values)
    return _kept(rule_id)


def _kept(rule_id: int) -> PullRule:
    tell_changed("pull", "cards")
    return filled([store.rules(rule_id=rule_id)[0][0]])[0]


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in (
        "card", "material", "place", "source", "unit", "minimum", "maximum", "card_quantity", "lead_minutes",
        "automatic", "retired")}  # fmt: skip
    values["card"] = str(values["card"]).strip()
    if values["card"] and not _CODE.fullmatch(values["card"]):
        raise VALUE_WRONG(at="/card", field="card", given=values["card"][:60], why="A–Z a–z 0–9 . _ - (≤ 40)")
    values["material"] = coding.identify_class(material_uri(values["material"]), allow_foreign=True).uri
    for name in ("place", "source"):
        if values[name]:
            values[name] = coding.identify_place(str(values[name]))
    for name in ("minimum", "maximum", "card_quantity"):
        amount = values[name]
        if amount is not None and not (
            amount.is_finite() and (0 if name == "minimum" else Decimal("1e-9")) <= amount < _MOST
        ):
            raise VALUE_WRONG(at=f"/{name}", field=name, given=str(amount)[:40], why="> 0")
    if values["maximum"] < values["minimum"]:
        raise VALUE_WRONG(at="/maximum", field="maximum", given=values["maximum"], why=f"≥ {values['minimum']}")
    site = siting.site_of([values["place"]])
    reached = tx().principal.sites_for(CONFIGURE)
    if reached is not None and site not in reached:
        raise NOT_HERE(at="/place")
    return values | {"site_id": site}


def material_uri(given: str) -> str:
    """Return a material that is named by URI or GTIN as a URI.

    :raises Fault: ``production.value_wrong``.
    """
    text = given.strip()
    if text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14):
        return f"https://id.gs1.org/01/{text.zfill(14)}"
    if not text.startswith(("urn:", "http")):
        raise VALUE_WRONG(at="/material", field="material", given=text[:80], why="URI / GTIN")
    return text
