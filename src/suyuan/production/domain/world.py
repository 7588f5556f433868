"""What is known while an entry is judged: orders, what was done to items, people, machines, and the entry itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.contracts.checks import CheckName
from suyuan.production.contracts.orders import OrderState
from suyuan.production.contracts.products import BillOfMaterial
from suyuan.production.contracts.routes import Operation, Route
from suyuan.production.domain import progress
from suyuan.production.domain.fetching import AtHand
from suyuan.production.domain.matching import match
from suyuan.production.domain.portions import Lot, Portions
from suyuan.trace.contracts import EventRecord, Participation
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS, ItemFacts

Finding = tuple[CheckName, Fault, str | None]
"""Check, what is wrong, and the item it is about."""
FAILED: Final = HELD_DISPOSITIONS | {"needs_replacement", "mismatch_quantity"}
"""Dispositions by which an operation's result was bad."""
ALWAYS: Final = frozenset({"destroying", "decommissioning", "urn:suyuan:vocab:step:feed"})
"""Steps that no route needs to name: scrapping, and putting material in."""

NEW: Final = Lot()


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order as the checks see it, with the versions pinned when it was released."""

    uri: str
    number: str
    product: str
    quantity: Decimal
    state: OrderState
    route: Route | None
    bill: BillOfMaterial | None
    route_key: str = ""
    route_version: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to an item on an order. ``role``: ``i o p c s`` as the ledger has them."""

    order: str
    step: str | None
    node: str | None
    place: str | None
    disposition: str | None
    role: str
    time: datetime
    quantity: Decimal | None = None
    """Of a lot; None: all of it."""
    unit: str | None = None


@dataclass(slots=True)
class World:
    """What is known while one message is judged."""

    orders: dict[str, OpenOrder] = field(default_factory=dict)
    history: dict[str, list[Done]] = field(default_factory=dict)
    used: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    revisions: dict[str, str] = field(default_factory=dict)
    """Item → the drawing revision that its making states."""
    lots: dict[str, Lot] = field(default_factory=dict)
    """Lots of which the ledger tells how they came to their order."""
    name_of: Callable[[str], str] = str
    qualified: Callable[[str, Sequence[str], date], Sequence[str]] = lambda *_: ()
    """Person, qualification codes, day → those not held."""
    holders: Callable[[Sequence[str], date], Sequence[str]] = lambda *_: ()
    machine: Callable[[str], tuple[str, tuple[str, ...], date | None] | None] = lambda _: None
    """URI → class, everything it stands in, last day of its calibration; None where it is not in the plant model."""
    calibrated: Callable[[str, date], bool] = lambda *_: True
    """Tool class, day → whether one in date exists."""
    has_read: Callable[[str, str, str, str], bool] = lambda *_: True
    """Person, key of the route, operation, revision → whether they have confirmed to have read it."""

    at_hand: Callable[[str, str | None], Sequence[AtHand]] = lambda *_: ()
    """Material, place of the entry → usable lots of that site; asked for only where a lot is put in."""

    def order_of(self, event: EventRecord) -> OpenOrder | None:
        """Return the order that an event is on: the one it names, else the newest of an item that it is about."""
        if event.work_order is not None:
            return self.orders.get(event.work_order)
        for part in event.participations:
            seen = self.history.get(part.item.uri)
            if part.role.name != "INPUT" and seen:
                return self.orders.get(seen[-1].order)
        return None


@dataclass(frozen=True, slots=True)
class Event:
    """An event with what the checks go by."""

    record: EventRecord
    node: str
    day: date
    facts: Mapping[str, ItemFacts]
    expiries: Mapping[str, str]
    labels: Mapping[str, str]

    def label(self, uri: str) -> str:
        """Return what people read on the label."""
        return self.labels.get(uri) or uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]


def result_of(disposition: str | None) -> progress.Result:
    """Return whether an operation passed, by the disposition of its event."""
    return "failed" if disposition in FAILED else "passed"


def is_product(part: Participation, order: OpenOrder) -> bool:
    """Tell whether an item is what the order makes."""
    product = part.item.product
    made = {order.product, *(order.route.products if order.route else ())}
    return product in made or part.item.uri in made or (product is None and part.role.name in ("SUBJECT", "OUTPUT"))


def standing_of(uri: str, order: OpenOrder, known: progress.RouteMap, world: World) -> Portions:
    """Return where an item stands on its order's route, by what was done to it."""
    standing = Portions(known, world.lots.get(uri, NEW), order.quantity)
    for done in world.history.get(uri, ()):
        if done.order != order.uri or done.role == "i":
            continue
        operation = match(known.route, done.step, done.node, done.place)
        if operation is not None:
            standing.take(operation, result_of(done.disposition), done.quantity, done.unit)
        elif done.role == "o":
            standing.lose_count()
    return standing


def called(operation: Operation) -> Bilingual:
    """Return what an operation is called."""
    return Bilingual(operation.name_zh, operation.name_en)


def listed(names: Sequence[Bilingual]) -> Bilingual:
    """Return several names as one text."""
    if not names:
        return Bilingual("（没有）", "nothing")
    return Bilingual("、".join(each.zh for each in names), ", ".join(each.en for each in names))
