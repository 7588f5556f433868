"""One forward run over segments: the kernel and its guest take turns until neither finds anything new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from suyuan.trace.domain.carriage import Carriages
from suyuan.trace.domain.engine.assembly import Assembled
from suyuan.trace.domain.engine.holdings import Holdings
from suyuan.trace.domain.engine.kernel import Kernel
from suyuan.trace.domain.engine.ledger import IndexLedger
from suyuan.trace.domain.engine.mixed import Guest, SharedBook
from suyuan.trace.domain.engine.record import KINDS, Ints
from suyuan.trace.domain.facts import HOLDERS, Facts
from suyuan.trace.domain.labels import Label

_HOLDER_CODES = [KINDS.index(kind.value) for kind in HOLDERS]


@dataclass(frozen=True, slots=True)
class Spread:
    """What a run labelled: plain items in the kernel's tables, the others in the book, and what held the latter."""

    kernel: Kernel
    guest: Guest
    holdings: Holdings

    @property
    def book(self) -> SharedBook:
        """The labels of all items."""
        return self.guest.book


def spread(
    ledger: IndexLedger, assembled: Assembled, facts: Facts, starts: Ints, times: Ints, *, siblings: bool,
    alive: Callable[[], None], most: int | None = None,
) -> Spread | None:  # fmt: skip
    """Label everything that these items, suspect since these times, lead to; None where that is more than ``most``."""
    kernel = Kernel(assembled, siblings=siblings, tolerance=facts.clock.tolerance)
    book = SharedBook(kernel)
    guest = Guest(facts, Carriages(facts), book, ledger, siblings=siblings)
    frontier = _start(starts, times, kernel, guest)
    while True:
        frontier |= guest.accept(kernel.run(alive))
        book.forget()
        if most is not None and kernel.labels > most and len(kernel.affected) > most:
            return None
        frontier |= guest.meet()
        if not frontier:
            break
        guest.pursue(frontier)
        book.hand_over(ledger.located)
        frontier = set()
        alive()
    return Spread(kernel, guest, _holdings(guest))


def _start(starts: Ints, times: Ints, kernel: Kernel, guest: Guest) -> set[int]:
    """Label the start items; return those that are for the reference to follow."""
    assembled, facts, book = kernel.assembled, guest.facts, guest.book
    numbers = assembled.items(starts)
    plain = numbers >= 0
    known = numbers[plain]
    plain[plain] = ~np.isin(assembled.kinds(known), _HOLDER_CODES) & ~kernel.knots(known)
    kernel.start(np.ascontiguousarray(numbers[plain]), np.ascontiguousarray(times[plain]))
    frontier = set[int]()
    for item, since in zip(starts[~plain].tolist(), times[~plain].tolist(), strict=True):
        label = Label(True, since, facts.suspect_until(item, since), suspect=True)
        book.add(item, label)
        frontier.add(item)
    facts.view.fetch(frontier)
    return frontier


def _holdings(guest: Guest) -> Holdings:
    """Return what holds the labelled items, where the kernel cannot tell."""
    holdings, facts = Holdings(guest), guest.facts
    for item in guest.book.own:
        holdings.above_thing(item)
    for item in sorted(guest.odd):
        if facts.kind(item) not in HOLDERS:
            holdings.above_thing(item)
        holdings.above_holder(item)  # a unit with parts is a thing and a holder
    holdings.take_in()
    return holdings
