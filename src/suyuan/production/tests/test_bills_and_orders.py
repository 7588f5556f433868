"""Bills of materials: what an order needs; the life of an order as a machine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.contracts.products import Alternative, BillOfMaterial, Line
from suyuan.production.domain.bills import bill_faults, effective, needs
from suyuan.production.domain.orders import STEPS, next_state, steps_from

DAY = date(2026, 3, 30)


def row(name: str, quantity: str = "1", **more) -> Line:
    return Line(id=name, material=f"urn:x:{name}", quantity=Decimal(quantity), **more)


def bill(*lines: Line, product: str = "urn:x:product") -> BillOfMaterial:
    return BillOfMaterial(product=product, lines=lines)


def test_scrap_and_phantoms_are_worked_in() -> None:
    board = bill(row("chip", "2", scrap_percent=Decimal(20)), row("glue", "0.5"), product="urn:x:board")
    whole = bill(row("board", "3", phantom=True), row("case"))
    found = {need.line.material: need.quantity for need in needs(whole, Decimal(10), DAY, {"urn:x:board": board}.get)}
    assert found == {"urn:x:chip": Decimal(75), "urn:x:glue": Decimal(15), "urn:x:case": Decimal(10)}
    bought = {need.line.material for need in needs(whole, Decimal(10), DAY, lambda _: None)}
    assert bought == {"urn:x:board", "urn:x:case"}


def test_a_phantom_of_itself_comes_to_an_end() -> None:
    circle = bill(row("product", phantom=True))
    assert len(needs(circle, Decimal(1), DAY, lambda _: circle)) == 1


def test_lines_are_in_effect_from_and_to_a_day() -> None:
    made = bill(row("old", valid_to=date(2026, 3, 29)), row("new", valid_from=DAY), row("always"))
    assert [line.id for line in effective(made, DAY)] == ["new", "always"]
    assert [line.id for line in effective(made, date(2026, 3, 29))] == ["old", "always"]


def codes(*lines: Line) -> set[str]:
    return {fault.kind.code.removeprefix("production.") for fault in bill_faults(bill(*lines))}


def test_what_is_wrong_with_a_bill_is_found() -> None:
    assert codes() == {"bom_empty"}
    assert codes(row("a"), row("b")) == set()
    assert codes(row("a", "0")) == {"bom_quantity"}
    assert codes(row("a", scrap_percent=Decimal(100))) == {"bom_scrap"}
    assert codes(row("product")) == {"bom_of_itself"}
    assert codes(row("a", valid_from=DAY, valid_to=date(2026, 1, 1))) == {"bom_dates_turned"}
    twice = Line(id="again", material="urn:x:a", quantity=Decimal(1))
    assert codes(row("a"), twice) == {"bom_material_twice"}
    other = Alternative(material="urn:x:c", quantity=Decimal(0))
    assert codes(row("a", alternatives=(other,))) == {"bom_quantity"}


@given(st.lists(st.sampled_from(list(STEPS)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_an_order_that_ended_stays_so(steps) -> None:
    state = "draft"
    for step in steps:
        into = next_state(state, step)
        assert (into is not None) == (step in steps_from(state))
        if state in ("closed", "cancelled"):
            assert into is None
        state = into or state
    assert state in {"draft", *(into for _, into in STEPS.values())}
