"""Sales demand: lines of customers' orders, kept by hand, table or API, with what covers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.coding import api as coding
from suyuan.kernel.disclosure import PARTIES, require_sight
from suyuan.kernel.faults import Bilingual, Fault
from suyuan.production.api import orders, products
from suyuan.production.contracts import demand_faults as faults
from suyuan.production.contracts.demand import DemandCover, DemandGoods, DemandRow, DemandStep, MadeFor
from suyuan.production.contracts.plant_faults import NOT_HERE, SITE_UNKNOWN
from suyuan.production.domain.demand import PIECES
from suyuan.production.store import board as names
from suyuan.production.store import demand as store
from suyuan.tenancy import api as tenancy

READ: Final = orders.READ
WRITE: Final = orders.WRITE
PAGE: Final = 50
_FIELDS: Final = (
    "customer_order", "line", "customer", "customer_uri", "product", "quantity", "unit", "due", "site_id", "note",
)  # fmt: skip
_LONGEST: Final = {"customer_order": 80, "line": 20, "customer": 200}
_FIXED: Final[Mapping[str, Bilingual]] = {
    "product": Bilingual("产品", "the product"), "unit": Bilingual("单位", "the unit"),
    "site_id": Bilingual("工厂", "the site"),
}  # fmt: skip
"""What stays as long as work orders are made for a line."""
_NOTHING: Final = Decimal(0)


def list_demand(
    *, states: Sequence[str] | None = None, search: str | None = None, product: str | None = None, sort: str = "due",
    cursor: str | None = None, limit: int = PAGE,
) -> tuple[list[DemandRow], str | None, int]:  # fmt: skip
    """Return a page of lines that the right reaches, the next page's cursor, and how many there are."""
    if sort not in store.ORDERS:
        raise _wrong("sort", sort, ", ".join(store.ORDERS))
    if sort.endswith("customer"):
        require_sight(tx().principal, PARTIES)  # the order would tell who has the same one
    offset = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 8 else 0
    reached = tx().principal.sites_for(READ)
    found, total = store.listed(
        states=states, search=search, product=product, sites=None if reached is None else sorted(reached), sort=sort,
        limit=limit, offset=offset,
    )  # fmt: skip
    return _rows(found), str(offset + limit) if offset + limit < total else None, total


def rows_of(ids: Sequence[int], right: str = READ) -> list[DemandRow]:
    """Return these lines, those that are due first first.

    :raises Fault: ``chassis.not_found`` for the first that there is not, or that the right does not reach.
    """
    reached = tx().principal.sites_for(right)
    found, _ = store.listed(ids=ids, sites=None if reached is None else sorted(reached), limit=len(ids))
    missing = set(ids) - {line.id for line, _, _ in found}
    if missing:
        raise NOT_FOUND(what=f"#{min(missing)}")
    return _rows(found)


def demand(demand_id: int, right: str = READ) -> DemandRow:
    """Return a line that the right reaches.

    :raises Fault: ``chassis.not_found``.
    """
    return rows_of([demand_id], right)[0]


def _rows(found: Sequence[store.Told]) -> list[DemandRow]:
    known = names.names_of(sorted({line.product for line, _, _ in found}))
    reached = tx().principal.sites_for(READ)
    covers: dict[int, list[DemandCover]] = {}
    for demand_id, site, cover in store.covers([line.id for line, _, _ in found]):
        if reached is None or site is None or site in reached:
            covers.setdefault(demand_id, []).append(cover)
    goods: dict[int, list[DemandGoods]] = {}
    for demand_id, each in store.goods([line.id for line, _, _ in found]):
        goods.setdefault(demand_id, []).append(each)
    rows = []
    for line, covered, state in found:
        needed = _NOTHING if line.cancelled else line.quantity
        name_zh, name_en = known.get(line.product, (None, None))
        open_, over = max(_NOTHING, needed - covered), max(_NOTHING, covered - needed)
        bound = covers.get(line.id, [])
        rows.append(DemandRow(line, name_zh, name_en, state, covered, open_, over, bound, goods.get(line.id, [])))
    return rows


def made_for(order_id: int) -> list[MadeFor]:
    """Return the lines that an order is made for, those that are due first first."""
    covers = {demand_id: cover for demand_id, _, cover in store.covers(orders=[order_id])}
    found, _ = store.listed(ids=list(covers), limit=len(covers))
    return [MadeFor(line, covers[line.id].bound, covers[line.id].given) for line, _, _ in found]


def add(given: Mapping[str, Any]) -> DemandRow:
    """Enter a line.

    :raises Fault: ``production.demand_…``, ``production.site_unknown``, ``coding.…`` for a code that is none.
    """
    values = _checked(given)
    made = store.insert({**values, "created_by": tx().principal.name})
    if made is None:
        raise faults.LINE_TAKEN(at="/line", order=values["customer_order"], line=values["line"])
    return demand(made, WRITE)


def change(demand_id: int, given: Mapping[str, Any]) -> DemandRow:
    """Change what is named of a line. Its work orders stay as they are: what they make too much or too little is told.

    :raises Fault: ``production.demand_bound``, ``production.demand_cancelled``, and as :func:`add`.
    """
    before = locked(demand_id)
    line = before.demand
    if line.cancelled:
        raise faults.CANCELLED(order=line.customer_order, line=line.line)
    values = _checked({name: getattr(line, name) for name in _FIELDS} | dict(given))
    fixed = [name for name in _FIXED if values[name] != getattr(line, name)]
    if fixed and (before.covers or before.goods):
        raise faults.BOUND(
            at=f"/{fixed[0]}", order=line.customer_order, line=line.line, field=_FIXED[fixed[0]],
            numbers=", ".join([*(each.number for each in before.covers), *(each.code for each in before.goods)][:5]),
        )  # fmt: skip
    number = (values["customer_order"], values["line"])
    if number != (line.customer_order, line.line) and store.numbered(*number) is not None:
        raise faults.LINE_TAKEN(at="/line", order=number[0], line=number[1])
    store.update(demand_id, {name: values[name] for name in _FIELDS if values[name] != getattr(line, name)})
    return demand(demand_id, WRITE)


def take_step(demand_id: int, step: DemandStep, reason: str = "") -> DemandRow:
    """Cancel a line, or open it again. Work orders go on: a line that is cancelled tells what they make for nobody.

    :raises Fault: ``production.demand_cancelled``, ``…demand_not_cancelled``, ``…demand_reason_missing``.
    """
    line = locked(demand_id).demand
    if line.cancelled == (step == "cancel"):
        kind = faults.CANCELLED if line.cancelled else faults.NOT_CANCELLED
        raise kind(order=line.customer_order, line=line.line)
    if step == "cancel" and not reason.strip():
        raise faults.REASON_MISSING(at="/reason")
    store.update(demand_id, {"cancelled": step == "cancel", "reason": reason.strip()[:500]})
    return demand(demand_id, WRITE)


def give_free(demand_id: int, order_id: int) -> DemandRow:
    """Unbind an order from a line: what it makes is free for other demand, and the line is open as far as it was that.

    :raises Fault: ``chassis.not_found``.
    """
    row = locked(demand_id)
    if order_id not in {each.order_id for each in row.covers}:
        raise NOT_FOUND(what=f"#{order_id}")
    store.keep(demand_id, order_id, _NOTHING)
    return demand(demand_id, WRITE)


def locked(demand_id: int) -> DemandRow:
    """Return a line that nobody else changes until the transaction ends."""
    store.lock([demand_id])
    return demand(demand_id, WRITE)


def keep(given: Mapping[str, Any]) -> bool:
    """Enter a line, or change the one that has its number; return whether anything changed.

    :raises Fault: as :func:`add` and :func:`change`.
    """
    values = _checked({"site_id": None, "unit": "", "note": "", "customer_uri": None} | dict(given))
    known = store.numbered(values["customer_order"], values["line"])
    if known is None:
        add(values)
        return True
    before = demand(known, WRITE).demand
    changed = {name: values[name] for name in given if name in _FIELDS and values[name] != getattr(before, name)}
    if changed:
        change(known, changed)
    return bool(changed)


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in _FIELDS if name in given}
    for name, longest in _LONGEST.items():
        values[name] = str(values.get(name) or "").strip()
        if not 0 < len(values[name]) <= longest:
            raise _wrong(name, values[name], f"1–{longest}")
    values["product"] = _known_product(str(values.get("product") or ""))
    values["unit"] = str(values.get("unit") or "").strip()
    values["quantity"] = _amount(values.get("quantity"), values["unit"])
    if not isinstance(values.get("due"), date):
        raise _wrong("due", values.get("due"), "YYYY-MM-DD")
    values["customer_uri"] = _party(values.get("customer_uri"))
    site, reached = values.get("site_id"), tx().principal.sites_for(WRITE)
    if site is not None and site not in {each.id for each in tenancy.sites()}:
        raise SITE_UNKNOWN(at="/site_id", given=site)
    if reached is not None and site not in reached:
        raise NOT_HERE(at="/site_id")
    return values


def _known_product(given: str) -> str:
    uri = orders.product_uri(given)
    if not names.names_of([uri]) and not products.is_made(uri):
        raise faults.PRODUCT_UNKNOWN(at="/product", given=given[:80])
    return uri


def _party(given: object) -> str | None:
    """Return a customer as a URI; 13 digits are a GLN."""
    text = str(given or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 13:
        text = f"https://id.gs1.org/417/{text}"
    if len(text) > 400 or not text.startswith(("urn:", "http")):
        raise _wrong("customer_uri", given, "GLN / URI")
    return coding.canonical(text, allow_foreign=True)


def _amount(given: object, unit: str) -> Decimal:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        raise _wrong("quantity", given, "> 0") from None
    if not amount.is_finite() or not 0 < amount < Decimal("1e15"):
        raise _wrong("quantity", given, "> 0")
    if unit in PIECES and amount != amount.to_integral_value():
        raise _wrong("quantity", given, "1, 2, 3 …")
    return amount


def _wrong(field: str, given: object, why: str) -> Fault:
    return faults.VALUE_WRONG(at=f"/{field}", field=field, given=str(given if given is not None else "")[:80], why=why)
