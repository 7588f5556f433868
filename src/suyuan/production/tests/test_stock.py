"""Stock follows from events alone: whatever order they come in, and the same when it is made anew."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.production.tests.shop import at, carrier, happened, lot, made, unit
from suyuan.trace.contracts import Action, EventType, Participation, Role

DOCK, LINE, FAR = "urn:suyuan:t:place:DOCK", "urn:suyuan:t:place:LINE", "urn:suyuan:t:place:FAR"


def _record(tenant: Any, *records: Any) -> None:
    from suyuan.trace import api

    with tenant.open():
        api.record(list(records))


def _stock(tenant: Any) -> dict[tuple[str, str], Decimal]:
    with tenant.open() as tx:
        return {
            (row[0], row[1]): row[2]
            for row in tx.rows(
                "SELECT i.code, s.place || CASE WHEN s.inside <> 0 THEN '+' ELSE '' END, s.quantity"
                " FROM production_stock s JOIN trace_item i ON i.id = s.item_id"
            )
        }


def _came(name: str, minute: float, code: str, amount: int, place: str = DOCK) -> Any:
    part = Participation(lot(code), Role.SUBJECT, Decimal(amount), "KGM")
    return happened(name, minute, part, action=Action.ADD, biz_step="receiving", biz_location=place)


def _seen(name: str, minute: float, code: str, step: str, place: str, amount: int | None = None) -> Any:
    part = Participation(lot(code), Role.SUBJECT, None if amount is None else Decimal(amount))
    return happened(name, minute, part, biz_step=step, biz_location=place)


def _used(name: str, minute: float, code: str, amount: int, place: str = LINE) -> Any:
    return made(name, minute, unit(name), Participation(lot(code), Role.INPUT, Decimal(amount)), biz_location=place)


def test_a_lot_is_brought_in_parts_and_used_where_it_stands(tenant) -> None:
    _record(tenant, _came("a", 0, "L1", 100), _seen("b", 5, "L1", "storing", LINE, 30), _used("c", 9, "L1", 10))
    tenant.deliver()
    assert _stock(tenant) == {("L1", DOCK): 70, ("L1", LINE): 20}
    _record(tenant, _used("d", 12, "L1", 25), _seen("e", 15, "L1", "inspecting", DOCK, 60))
    tenant.deliver()
    assert _stock(tenant) == {("L1", DOCK): 65}
    _record(tenant, _seen("f", 20, "L1", "shipping", DOCK), _seen("g", 30, "L1", "receiving", FAR, 50))
    tenant.deliver()
    assert _stock(tenant) == {("L1", FAR): 50}


def test_what_a_container_holds_goes_with_it(tenant, client) -> None:
    tote = carrier("T1")
    parent, child = Participation(tote, Role.PARENT), Participation(lot("K1"), Role.CHILD, Decimal(40))
    _record(tenant, _came("a", 0, "K1", 100), happened("b", 3, parent, child, kind=EventType.AGGREGATION,
            biz_location=DOCK), happened("c", 6, Participation(tote, Role.SUBJECT), biz_step="storing",
            biz_location=LINE))  # fmt: skip
    tenant.deliver()
    assert _stock(tenant) == {("K1", DOCK): 60, ("K1", f"{DOCK}+"): 40}
    rows = client.get("/api/v1/production/line-stock", params={"place": LINE}).json()["rows"]
    assert [(row["material"], row["quantity"], row["usable"]) for row in rows] == [(lot("K1").uri, "40", "40")]
    out = happened("d", 9, parent, child, kind=EventType.AGGREGATION, action=Action.DELETE, biz_location=LINE)
    _record(tenant, out)
    tenant.deliver()
    assert _stock(tenant) == {("K1", DOCK): 60, ("K1", LINE): 40}


@st.composite
def _stories(draw: Any) -> list[tuple[Any, ...]]:
    """Draw what happens to two lots, and the order in which the server hears of it."""
    told: list[tuple[Any, ...]] = [("came", number, draw(st.integers(0, 9)), DOCK, 50) for number in range(2)]
    told += draw(st.lists(st.tuples(
        st.sampled_from(("moved", "moved", "used", "packed", "taken", "shipped", "received", "void")),
        st.integers(0, 1), st.integers(1, 40), st.sampled_from((DOCK, LINE, FAR)), st.sampled_from((None, 5, 30, 80)),
    ), max_size=9))  # fmt: skip
    return draw(st.permutations(told))


def _happen(tenant: Any, at_place: int, happening: tuple[Any, ...]) -> None:
    from suyuan.trace import api

    what, number, minute, place, amount = happening
    name, code = f"S-{at_place}", f"S{number}"
    amounts = None if amount is None else Decimal(amount)
    if what == "void":
        with tenant.open():
            api.void(api.voidable([f"urn:shop:S-{max(0, at_place - 1)}"]), "wrong", declared=at(60))
    elif what == "came":
        _record(tenant, _came(name, minute, code, amount, place))
    elif what == "used":
        _record(tenant, _used(name, minute, code, amount or 1, place))
    elif what in ("packed", "taken"):
        parts = Participation(carrier("S"), Role.PARENT), Participation(lot(code), Role.CHILD, amounts)
        action = Action.ADD if what == "packed" else Action.DELETE
        _record(tenant, happened(name, minute, *parts, kind=EventType.AGGREGATION, action=action, biz_location=place))
    else:
        step = {"moved": "storing", "shipped": "shipping", "received": "receiving"}[what]
        _record(tenant, _seen(name, minute, code, step, place, amount))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=_stories(), stops=st.sets(st.integers(0, 12), max_size=4))
def test_made_anew_it_is_the_same_whatever_order_the_events_came_in(make_tenant, told, stops) -> None:
    from suyuan.production.api import feeding

    tenant = make_tenant()
    for place, happening in enumerate(told):
        _happen(tenant, place, happening)
        if place in stops:
            tenant.deliver()
    tenant.deliver()
    before = _stock(tenant)
    assert all(amount > 0 for amount in before.values())
    with tenant.open():
        feeding.rebuild(chunk=3)
    assert _stock(tenant) == before
