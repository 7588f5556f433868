"""Covering demand: sums against an oracle that hands out single pieces; nothing is lost, nothing covered twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.domain.demand import FreeOrder, LotSize, Need, allotted, cover, free_of, rounded
from suyuan.production.domain.finished import Finished, FreeStock, left_of, still_promised

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
    expires: date | None = None


def by_the_piece(
    needs: list[Need], free: list[FreeOrder], stock: list[FreeStock], by: str, size: tuple[int, int]
) -> tuple[Counter, list[int]]:
    """Cover needs as somebody would who walks along a shelf of pieces and takes the first that is there in time."""
    least, multiple = size
    shelf = [
        Piece(1000 + each.key, each.product, each.site, DAY - timedelta(days=1), each.expires)
        for each in sorted(stock, key=lambda goods: (goods.expires or date.max, goods.key))
        for _ in range(int(each.quantity))
    ]
    shelf += [
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
                    and (piece.expires is None or piece.expires >= need.due)
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
            made_at_once = max(len(lacking), least)
            sizes.append(made_at_once + -made_at_once % multiple)
            shelf += [Piece(made, first.product, first.site, first.due)] * (sizes[-1] - len(lacking))
    return taken, sizes


@given(
    ROWS,
    ROWS,
    ROWS,
    st.sampled_from(["due", "line"]),
    st.tuples(st.sampled_from([0, 3, 7]), st.sampled_from([1, 4, 5])),
)
@settings(max_examples=150, deadline=None)
def test_a_plan_is_what_handing_out_single_pieces_gives(lines, orders, shelf, by, size) -> None:
    needs = [
        Need(number, product, "", site, DAY + timedelta(days=day), Decimal(pieces))
        for number, (product, site, day, pieces) in enumerate(lines, 1)
    ]
    free = [
        FreeOrder(number, product, "", site, DAY + timedelta(days=day), Decimal(pieces))
        for number, (product, site, day, pieces) in enumerate(orders, 1)
    ]
    stock = [
        FreeStock(number, product, "H87", site, Decimal(pieces), DAY + timedelta(days=day) if day else None)
        for number, (product, site, day, pieces) in enumerate(shelf)
    ]
    plan = cover(needs, free, by, lambda _: LotSize(Decimal(size[0]), Decimal(size[1])), stock)
    given_out: Counter = Counter()
    for goods, line, quantity in plan.stocked:
        given_out[1000 + goods, line] += int(quantity)
    for order, line, quantity in plan.used:
        given_out[order, line] += int(quantity)
    for number, batch in enumerate(plan.batches, 1):
        for line, quantity in batch.shares:
            given_out[-number, line] += int(quantity)
    taken, sizes = by_the_piece(needs, free, stock, by, size)
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
    assert rounded(Decimal("2.5"), "", LotSize()) == 3
    assert rounded(Decimal("2.5"), "LTR", LotSize()) == Decimal("2.5")
    assert rounded(Decimal("2.5"), "LTR", LotSize(multiple=Decimal("0.4"))) == Decimal("2.8")
    assert rounded(Decimal("2.5"), "LTR", LotSize(Decimal(10))) == 10
    assert rounded(Decimal("11"), "", LotSize(Decimal(10), Decimal(4))) == 12


def test_what_was_made_is_not_promised_again() -> None:
    hundred, nothing = Decimal(100), Decimal(0)
    assert free_of(hundred, Decimal(30), nothing) == 70
    assert free_of(hundred, Decimal(30), Decimal(60)) == 40
    assert free_of(hundred, Decimal(70), Decimal(60)) == 30
    assert free_of(hundred, hundred, Decimal(120)) == 0


def test_goods_that_somebody_was_promised_are_not_free() -> None:
    def goods(kind: str, lot: int | None, order: str | None, here: int) -> Finished:
        return Finished("p", kind, lot, "u", "c", None, order, None, Decimal(here), Decimal(here))

    shelf = [goods("unit", None, "MO-1", 40), goods("unit", None, None, 5), goods("lot", 7, "MO-2", 30)]
    # of 100 made 60 are gone; 80 were ordered: 20 of the 40 that are here are promised
    waiting = still_promised(Decimal(80), Decimal(100), Decimal(40), Decimal(0))
    assert waiting == 20
    assert left_of(shelf, {7: Decimal(12)}, {"MO-1": waiting}) == [20, 5, 18]
    # what went to somebody who was promised goods from store served no line of the order
    assert still_promised(Decimal(80), Decimal(100), Decimal(40), Decimal(15)) == 35
    assert left_of(shelf, {7: Decimal(50)}, {"MO-2": Decimal(10), "MO-1": Decimal(99)}) == [0, 5, 0]
