"""How one item runs through production, folded from its events: the passages it made, and whether it is in work.

A function of the item's events alone, so that the read model is the same whatever order they arrived in, and the same
again when it is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from suyuan.production.contracts.wip import OpenItem, Passage
from suyuan.production.domain.results import LEAVING, REWORKING, SCRAPPING, STARTING, STATES, result_of, settles

MOST_EVENTS: Final = 1000
"""Of one item. Nothing in work has more; what has is a lot that everybody takes from."""
GENERIC: Final = frozenset({"urn:suyuan:vocab:step:operation_start", "urn:suyuan:vocab:step:operation_finish"})
"""Steps of the ready nodes: which operation it was, their place says."""
_RESULTS: Final = {"passed": "p", "none": "p", "failed": "f", "rework": "r", "scrapped": "s", "held": "h"}


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """An event of the item that nobody declared wrong. ``role`` and ``act`` as in ledger.sql.

    ``outside``: it happened at none of the tenant's sites, though they are known.
    """

    number: int
    time: datetime
    role: str
    act: str
    quantity: Decimal | None
    site_id: int
    biz_step: str | None
    disposition: str | None
    place: str | None
    equipment: str | None
    work_order: str | None
    node: str | None
    outside: bool


OperationOf = Callable[[str | None, str | None, str | None, str | None], str | None]
"""Returns the route operation of (work order, business step, node, place); None where no route says."""


def no_route(_order: str | None, _step: str | None, _node: str | None, _place: str | None) -> None:
    """Know no route: the business step stands for the operation."""
    return


@dataclass(slots=True)
class _Run:
    item_id: int
    kind: str
    product: str | None
    operation_of: OperationOf
    passages: list[Passage] = field(default_factory=list)
    open: bool = False
    made: bool = False
    left: Decimal = Decimal(1)
    order: str | None = None
    entered: datetime | None = None
    held: bool = False
    reworks: int = 0
    rework_seconds: int = 0
    failing: tuple[str, datetime] | None = None

    def take(self, event: ItemEvent) -> None:
        """Take the next event in time."""
        if event.biz_step in STATES:
            return
        if not self.made and not self._begins(event):
            return
        self.order = event.work_order or self.order
        if event.role == "i" or (event.role == "c" and event.act == "E"):
            self._used(event)
        elif event.biz_step in LEAVING:
            self.open = False
        elif (event.role, event.act) == ("c", "D") or (event.role == "p" and event.act in "ABD"):
            return  # taken out of something, or something put into it: no operation of its own
        elif self.open or event.role == "o" or event.biz_step in REWORKING or event.biz_step in SCRAPPING:
            self._passed(event)  # more of a lot may come out after what was there went on

    def _begins(self, event: ItemEvent) -> bool:
        made = event.role == "o" or (event.role == "s" and event.act == "O" and self.kind in ("unit", "lot"))
        if not made or event.outside or event.biz_step in LEAVING or (self.kind == "lot" and event.quantity is None):
            return False
        self.made = self.open = True
        self.entered = event.time
        self.left = Decimal(1) if event.quantity is None else Decimal(0)
        return True

    def _used(self, event: ItemEvent) -> None:
        """Something was made of it, or it was put into something: what is left of a lot stays in work."""
        if self.kind == "lot" and event.role == "i":
            self.left -= event.quantity or 0
            self.open = self.open and self.left > 0
        else:
            self.open = False

    def _passed(self, event: ItemEvent) -> None:
        quantity = Decimal(1) if event.quantity is None else event.quantity
        if self.kind == "lot" and event.role == "o":
            self.left += quantity
        known = self.operation_of(self.order, event.biz_step, event.node, event.place)
        operation = known or step_operation(event.biz_step, event.equipment or event.place)
        result = "b" if event.biz_step in STARTING else _RESULTS[result_of(event.biz_step, event.disposition)]
        before = self.passages[-1] if self.passages else None
        first = result != "b" and not any(each.operation == operation and each.result != "b" for each in self.passages)
        self.passages.append(Passage(
            self.item_id, event.number, event.site_id, event.time, operation, before.operation if before else None,
            int((event.time - before.time).total_seconds()) if before else None, result, first, quantity,
            event.equipment, event.place, self.order, self.product,
        ))  # fmt: skip
        self._reckon(operation, result, event)

    def _reckon(self, operation: str, result: str, event: ItemEvent) -> None:
        self.held = result == "h"
        self.reworks += result == "r"
        if result == "f" and self.failing is None:
            self.failing = operation, event.time
        elif self.failing is not None and result == "p" and operation == self.failing[0]:
            self.rework_seconds += int((event.time - self.failing[1]).total_seconds())
            self.failing = None
        self.open = result != "s"
        if self.open and settles(event.biz_step, event.disposition):
            self._settled(event)

    def _settled(self, event: ItemEvent) -> None:
        """Its way ends here; of a lot, that of so much: the rest is still in work."""
        if self.kind == "lot" and event.quantity is not None:
            self.left -= event.quantity
            self.open = self.left > 0
        else:
            self.open = False

    def standing(self) -> OpenItem | None:
        """Return the item as it is in work; None where it is not."""
        if not self.open or not self.passages or self.entered is None:
            return None
        last = self.passages[-1]
        state = "held" if self.held else "rework" if self.failing or last.result == "r" else "waiting"
        if last.result == "b" and state == "waiting":
            state = "running"
        return OpenItem(
            self.item_id, last.site_id, self.product, self.order, last.operation, last.place, last.equipment, state,
            self.entered, last.time, self.left if self.kind == "lot" else Decimal(1), self.reworks,
            self.rework_seconds, self.failing[1] if self.failing else None, last.event_number,
        )  # fmt: skip


def step_operation(step: str | None, where: str | None) -> str:
    """Return the key of an operation that no route names: its step, or the place where the ready nodes stand."""
    return f"at:{where}" if step in GENERIC and where else step or "unknown"


def fold(
    item_id: int, kind: str, product: str | None, events: Sequence[ItemEvent], operation_of: OperationOf = no_route
) -> tuple[list[Passage], OpenItem | None]:
    """Return the passages of an item, and how it stands in work.

    :param events: all of the item's events that count, in any order; at most :data:`MOST_EVENTS`.
    """
    run = _Run(item_id, kind, product, operation_of)
    for event in sorted(events, key=lambda each: (each.time, each.number)):
        run.take(event)
    return run.passages, run.standing() if len(events) < MOST_EVENTS else None
