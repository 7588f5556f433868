"""Covering demand: sums against an oracle that hands out single pieces; nothing is lost, nothing covered twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.domain.demand import FreeOrder, Need, allotted, cover, free_of, rounded

DAY = date(2026, 12, 1)
ROWS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from([None, 1, 2]), st.integers(0, 3), st.integers(1, 9)), max_size=7
)


@dataclass
class Piece:
    """One piece that an order makes: of which order, new ones by their turn from -1 down."""

    order: int
    product: str
    site: int | None
    due: date


def by_the_piece(needs: list[Need], free: list[FreeOrder], by: str, multiple: int) -> tuple[Counter, list[int]]:
    """Cover needs as somebody would who walks along a shelf of pieces and takes the first that is there in time."""
    shelf = [
        Piece(each.id, each.product, each.site, each.due)
        for each in sorted(free, key=lambda order: (order.due, order.id))
        for _ in range(int(each.quantity))
    ]
    taken: Counter = Counter()
    sizes: list[int] = []
    waiting = sorted(needs, key=lambda each: (each.due, each.id))
    while waiting:
        first = waiting[0]
        together = [
            each for each in waiting if (each.due, each.product, each.site) == (first.due, first.product, first.site)
        ]
        group = together if by == "due" else [first]
        waiting = [each for each in waiting if each not in group]
        lacking: list[int] = []
        for need in group:
            for _ in range(int(need.quantity)):
                fits = (
                    piece for piece in shelf
                    if piece.product == need.product and piece.due <= need.due and need.site in (None, piece.site)
                )  # fmt: skip
                piece = next(fits, None)
                if piece is None:
                    lacking.append(need.id)
                else:
                    shelf.remove(piece)
                    taken[piece.order, need.id] += 1
        if lacking:
            made = -len(sizes) - 1
            taken.update((made, line) for line in lacking)
            sizes.append(len(lacking) + -len(lacking) % multiple)
            shelf += [Piece(made, first.product, first.site, first.due)] * (-len(lacking) % multiple)
    return taken, sizes


@given(ROWS, ROWS, st.sampled_from(["due", "line"]), st.sampled_from([1, 4, 5]))
@settings(max_examples=150, deadline=None)
def test_a_plan_is_what_handing_out_single_pieces_gives(lines, orders, by, multiple) -> None:
    needs = [
        Need(number, product, "", site, DAY + timedelta(days=day), Decimal(pieces))
        for number, (product, site, day, pieces) in enumerate(lines, 1)
    ]
    free = [
        FreeOrder(number, product, "", site, DAY + timedelta(days=day), Decimal(pieces))
        for number, (product, site, day, pieces) in enumerate(orders, 1)
    ]
    plan = cover(needs, free, by, Decimal(multiple))
    given_out: Counter = Counter()
    for order, line, quantity in plan.used:
        given_out[order, line] += int(quantity)
    for number, batch in enumerate(plan.batches, 1):
        for line, quantity in batch.shares:
            given_out[-number, line] += int(quantity)
    taken, sizes = by_the_piece(needs, free, by, multiple)
    assert given_out == taken
    assert [int(batch.quantity) for batch in plan.batches] == sizes

    # Nothing is lost: each line gets exactly what it needs; no order gives more than it makes, or comes too late.
    for need in needs:
        assert sum(count for (_, line), count in given_out.items() if line == need.id) == need.quantity
    for order in free:
        assert sum(count for (source, _), count in given_out.items() if source == order.id) <= order.quantity
    for batch in plan.batches:
        assert sum(quantity for _, quantity in batch.shares) <= batch.quantity


@given(st.lists(st.decimals(0, 50, places=2), max_size=6), st.decimals(0, 120, places=2))
@settings(max_examples=60, deadline=None)
def test_what_an_order_can_give_goes_to_the_first_lines(bound, amount) -> None:
    kept = allotted(amount, bound)
    assert sum(kept) == min(amount, sum(bound))
    assert all(0 <= part <= whole for part, whole in zip(kept, bound, strict=True))
    short = next((place for place, part in enumerate(kept) if part < bound[place]), len(kept))
    assert not any(kept[short + 1 :])


def test_pieces_are_whole_and_litres_are_not() -> None:
    assert rounded(Decimal("2.5"), "", None) == 3
    assert rounded(Decimal("2.5"), "LTR", None) == Decimal("2.5")
    assert rounded(Decimal("2.5"), "LTR", Decimal("0.4")) == Decimal("2.8")


def test_what_was_made_is_not_promised_again() -> None:
    hundred, nothing = Decimal(100), Decimal(0)
    assert free_of(hundred, Decimal(30), nothing) == 70
    assert free_of(hundred, Decimal(30), Decimal(60)) == 40
    assert free_of(hundred, Decimal(70), Decimal(60)) == 30
    assert free_of(hundred, hundred, Decimal(120)) == 0
