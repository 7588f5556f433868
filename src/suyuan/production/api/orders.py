"""Work orders: made, changed, moved through their life."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import quote

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.kernel.instants import Instant
from suyuan.production.api import demand_following, products
from suyuan.production.contracts import order_faults as faults
from suyuan.production.contracts.orders import OrderRow, OrderStep, WorkOrder
from suyuan.production.contracts.plant_faults import NOT_HERE, SITE_UNKNOWN
from suyuan.production.domain.orders import NEEDS_REASON, STATE_WORDS, STEP_WORDS, next_state, steps_from
from suyuan.production.store import orders as store
from suyuan.tenancy import api as tenancy

WRITE: Final = "production:order:write"
RELEASE: Final = "production:order:release"
READ: Final = "production:order:read"
PAGE: Final = 50
MOST_ROWS: Final = 2000
_NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")
_ALWAYS: Final = frozenset({"due", "priority", "note", "customer", "sales_order", "extra", "line"})
"""What may change until an order is closed."""
_TIMES: Final[Mapping[OrderStep, str]] = {
    "release": "released", "start": "started", "resume": "started", "complete": "completed", "close": "closed",
}  # fmt: skip


def list_orders(
    *, states: Sequence[str] | None = None, search: str | None = None, product: str | None = None,
    sort: str = "-created", cursor: str | None = None, limit: int = PAGE,
) -> tuple[list[OrderRow], str | None, int]:  # fmt: skip
    """Return a page of orders that the right reaches, the next page's cursor, and how many there are."""
    if sort not in store.ORDERS:
        raise faults.VALUE_WRONG(at="/sort", field="sort", given=sort[:40], why=", ".join(store.ORDERS))
    offset = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 8 else 0
    reached = tx().principal.sites_for(READ)
    found, total = store.listed(
        states=states, search=search, product=product, sites=None if reached is None else sorted(reached), sort=sort,
        limit=limit, offset=offset,
    )  # fmt: skip
    following = str(offset + limit) if offset + limit < total else None
    return products.rows_of(found), following, total


def order(order_id: int, *, lock: bool = False, right: str = READ) -> WorkOrder:
    """Return one order that the right reaches.

    :raises Fault: ``chassis.not_found``.
    """
    found = store.found(order_id, lock=lock)
    reached = tx().principal.sites_for(right)
    if found is None or (reached is not None and found.site_id is not None and found.site_id not in reached):
        raise NOT_FOUND(what=f"#{order_id}")
    return found


def add(given: Mapping[str, Any]) -> WorkOrder:
    """Make an order, a draft.

    :raises Fault: ``production.order_…``, ``production.site_unknown``, ``coding.…`` for a product that is none.
    """
    values = _checked(given)
    number = values["number"]
    made = store.insert({**values, "uri": uri_of(number), "state": "draft", "created_by": tx().principal.name})
    if made is None:
        raise faults.NUMBER_TAKEN(at="/number", number=number)
    return order(made, right=WRITE)


def uri_of(number: str) -> str:
    """Return what events call an order."""
    return f"urn:suyuan:{tenancy.own_tenant().code}:order:{quote(number, safe='')}"


def change(order_id: int, given: Mapping[str, Any]) -> WorkOrder:
    """Change what is named of an order; once it is released, only what does not touch what is made.

    :raises Fault: ``production.order_not_draft``, and as :func:`add`.
    """
    before = order(order_id, lock=True, right=WRITE)
    if before.state != "draft":
        fixed = [name for name in given if name not in _ALWAYS and given[name] != getattr(before, name, None)]
        if fixed or before.state in ("closed", "cancelled"):
            raise faults.NOT_DRAFT(
                at=f"/{fixed[0] if fixed else 'state'}", number=before.number, field=", ".join(fixed)
            )
    kept = {name: getattr(before, name) for name in store.COLUMNS}
    values = _checked(kept | dict(given))
    if (values["product"], values["unit"]) != (before.product, before.unit):
        demand_following.require_unbound(before)
    if values["number"] != before.number:
        if store.by_number(values["number"]) is not None:
            raise faults.NUMBER_TAKEN(at="/number", number=values["number"])
        store.update(order_id, {"uri": uri_of(values["number"])})
    store.update(order_id, {name: values[name] for name in given if name in values})
    return order(order_id, right=WRITE)


def take_step(order_id: int, step: OrderStep, *, reason: str = "", accept_short: bool = False) -> WorkOrder:
    """Move an order on; releasing pins the versions of its route and bill of materials.

    :raises Fault: ``production.order_state_wrong``, ``…order_reason_missing``, ``…order_no_route``,
        ``…order_route_choice``, ``…order_material_short``.
    """
    before = order(order_id, lock=True, right=RELEASE)
    into = next_state(before.state, step)
    if into is None:
        allowed = [STEP_WORDS[each] for each in steps_from(before.state)]
        raise faults.STATE_WRONG(
            number=before.number, state=STATE_WORDS[before.state], step=STEP_WORDS[step],
            allowed=Bilingual(
                "、".join(each.zh for each in allowed) or "无", ", ".join(each.en for each in allowed) or "nothing"
            ),
        )  # fmt: skip
    if step in NEEDS_REASON and not reason.strip():
        raise faults.REASON_MISSING(at="/reason", step=STEP_WORDS[step])
    values: dict[str, Any] = {"state": into, "reason": reason.strip()[:500]}
    if step in _TIMES and not (step == "resume" and before.started):
        values[_TIMES[step]] = store.now()
    if step == "release":
        values |= products.pin(before)
        if not accept_short:
            products.require_material(before, values["bom_key"], values["bom_version"])
    if step == "close":
        demand_following.settle(before)
    store.update(order_id, values)
    return order(order_id, right=RELEASE)


def split(order_id: int, quantity: Decimal) -> WorkOrder:
    """Split a part of an order off into one of its own, with the same versions; return the new one.

    :raises Fault: ``production.order_state_wrong``, ``production.order_split_wrong``.
    """
    before = order(order_id, lock=True, right=RELEASE)
    if before.state not in ("draft", "released", "started", "paused"):
        raise faults.SPLIT_WRONG(at="/quantity", quantity=before.quantity, given=quantity)
    if not 0 < quantity < before.quantity:
        raise faults.SPLIT_WRONG(at="/quantity", quantity=before.quantity, given=quantity)
    count = len(store.children(order_id)) + 1
    while store.by_number(f"{before.number}-{count}") is not None:
        count += 1
    number = f"{before.number}-{count}"
    kept = {name: getattr(before, name) for name in store.COLUMNS if name not in ("id", "created", "merged_into")}
    state = "draft" if before.state == "draft" else "released"
    fresh = {"number": number, "uri": uri_of(number), "quantity": quantity, "parent_id": order_id, "state": state}
    made = store.insert(kept | fresh | {"created_by": tx().principal.name, "started": None, "completed": None})
    if made is None:
        raise faults.NUMBER_TAKEN(at="/number", number=number)
    store.update(order_id, {"quantity": before.quantity - quantity})
    demand_following.split(order_id, before.quantity - quantity, made)
    return order(made, right=RELEASE)


def merge(order_id: int, others: Sequence[int]) -> WorkOrder:
    """Take orders that have not started into another one; they are cancelled and say where they went.

    :raises Fault: ``production.order_merge_wrong``.
    """
    target = order(order_id, lock=True, right=RELEASE)
    total = target.quantity
    for each in sorted(set(others)):
        other = order(each, lock=True, right=RELEASE)
        same = (other.product, other.unit, other.route_key, other.route_version, other.state) == (
            target.product, target.unit, target.route_key, target.route_version, target.state,
        )  # fmt: skip
        if other.id == target.id or not same or other.state not in ("draft", "released"):
            why = STATE_WORDS[other.state] if other.state != target.state else Bilingual("不相同", "they differ")
            raise faults.MERGE_WRONG(at="/orders", number=other.number, why=why)
        total += other.quantity
        store.update(other.id, {"state": "cancelled", "merged_into": target.id, "reason": f"→ {target.number}"})
        demand_following.merge(target.id, other.id)
    store.update(target.id, {"quantity": total})
    return order(order_id, right=RELEASE)


def take_table(text: str) -> list[WorkOrder]:
    """Make orders of a table: CSV with a heading line, all of them or none.

    :raises Fault: the first refusal, ``at`` the line it belongs to.
    """
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    if not 0 < len(rows) <= MOST_ROWS:
        raise faults.VALUE_WRONG(at="/text", field="text", given=len(rows), why=f"1–{MOST_ROWS}")
    made = []
    for number, row in enumerate(rows, 2):
        plain = {str(name or "").strip().lower(): (value or "").strip() for name, value in row.items() if name}
        try:
            given = {name: value for name, value in plain.items() if name in _TABLE and value}
            made.append(add({"kind": "serial", **given}))
        except Fault as fault:
            raise Fault(fault.kind, f"/text/{number}", fault.params) from None
    return made


_TABLE: Final = frozenset(
    {"number", "product", "quantity", "unit", "due", "priority", "kind", "customer", "sales_order", "note", "line"}
)


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in store.COLUMNS if name in given and name != "id"}
    if not _NUMBER.fullmatch(str(values.get("number") or "")):
        raise _wrong("number", values.get("number"), "A–Z 0–9 . _ / - (≤ 60)")
    values["product"] = product_uri(str(values.get("product") or ""))
    values["quantity"] = _amount(values.get("quantity"))
    if values.get("kind", "serial") not in ("serial", "lot", "mixed"):
        raise _wrong("kind", values["kind"], "serial, lot, mixed")
    priority = str(values.get("priority") or 5)
    if not (priority.isascii() and priority.isdigit() and 1 <= int(priority) <= 9):
        raise _wrong("priority", priority, "1–9")
    values["priority"] = int(priority)
    if isinstance(values.get("due"), str):
        due = values["due"]
        values["due"] = Instant.parse(due if "T" in due else f"{due}T23:59:59+08:00", at="/due").utc
    _reach(values.get("site_id"))
    return values


def _reach(site: int | None) -> None:
    if site is not None and site not in {each.id for each in tenancy.sites()}:
        raise SITE_UNKNOWN(at="/site_id", given=site)
    reached = tx().principal.sites_for(WRITE)
    if reached is not None and site not in reached:
        raise NOT_HERE(at="/site_id")


def product_uri(given: str) -> str:
    """Return the canonical URI of a product that is named by URI or GTIN.

    :raises Fault: ``production.order_value_wrong``, ``coding.…``.
    """
    text = given.strip()
    if not 0 < len(text) <= 400:
        raise _wrong("product", given, "URI / GTIN")
    if text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14):
        text = f"https://id.gs1.org/01/{text.zfill(14)}"
    if not text.startswith(("urn:", "http")):
        raise _wrong("product", given, "URI / GTIN")
    return coding.identify_class(text, allow_foreign=True).uri


def _amount(given: object) -> Decimal:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        raise _wrong("quantity", given, "> 0") from None
    if not amount.is_finite() or not 0 < amount < Decimal("1e15"):
        raise _wrong("quantity", given, "> 0")
    return amount


def _wrong(field: str, given: object, why: str) -> Fault:
    return faults.VALUE_WRONG(at=f"/{field}", field=field, given=str(given if given is not None else "")[:80], why=why)
