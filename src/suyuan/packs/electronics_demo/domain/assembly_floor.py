"""The three assembly lines over the whole period: trays of housings, parts, tests, rework."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from suyuan.packs.electronics_demo.domain import assembly_steps as steps
from suyuan.packs.electronics_demo.domain.catalogue import (
    BATTERY,
    DISPLAY,
    DISPLAY_PRO,
    KEYPAD,
    KIT,
    TERMINAL,
    TERMINAL_PRO,
    UNITS_PER_TRAY,
    Product,
    display_for,
)
from suyuan.packs.electronics_demo.domain.clock import MINUTE, day_code, day_number
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, plant, sgtin
from suyuan.packs.electronics_demo.domain.incoming import Feed, Lot
from suyuan.packs.electronics_demo.domain.packing_floor import PackingFloor
from suyuan.packs.electronics_demo.domain.smt_floor import SmtFloor
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.staff import ASSEMBLY_LINES, UNIT_REPAIR, AssemblyLine, Station
from suyuan.packs.electronics_demo.domain.tales import HeldLot, MovedBoard
from suyuan.packs.electronics_demo.domain.works import Works

_SHARES = {"A": 0.36, "B": 0.34, "C": 0.30}
_FAIL, _FAIL_BAD_REEL = 0.022, 0.19


def product_on(line: str, moment: int) -> Product:
    """Return what ``line`` makes on the day of ``moment``: A the H1, B the H1 Pro, C both in turn."""
    if line == "A" or (line == "C" and day_number(moment) % 2 == 0):
        return TERMINAL
    return TERMINAL_PRO


@dataclass(slots=True)
class _Line:
    line: AssemblyLine
    share: float
    serial: dict[str, Feed]
    made: int = 0
    boards: list[str] = field(default_factory=list)
    boards_since: int = 0
    seen: set[str] = field(default_factory=set)
    lot_number: str = ""


@dataclass(slots=True)
class _Unit:
    uri: str
    board: str
    battery: str
    display: str
    order: str
    product: Product


class AssemblyFloor:
    """Makes units tray by tray in time order and hands those that passed to packing."""

    def __init__(self, works: Works, smt: SmtFloor, packing: PackingFloor, moved: MovedBoard, held: HeldLot) -> None:
        self._journal, self._dice = works.journal, works.dice
        self._supply, self._calendar = works.supply, works.calendar
        self._smt, self._packing, self._moved, self._held = smt, packing, moved, held
        self.parts: dict[str, tuple[str, str, str]] = {}
        """What serial parts each good unit ended with: board, battery, display."""
        self._kit = {row.key: Feed(works.supply, row) for row in KIT}
        self._lines = [
            _Line(line, _SHARES[name], {row.key: Feed(works.supply, row) for row in (BATTERY, DISPLAY, DISPLAY_PRO)})
            for name, line in ASSEMBLY_LINES.items()
        ]

    def run(self, units: int, tick: Callable[[int], None] | None = None) -> None:
        """Make ``units`` units; ``tick`` hears how many are done."""
        due: list[tuple[int, int]] = []
        for number in range(len(self._lines)):
            heappush(due, (self._due(self._lines[number], 0), number))
        for tray in range(-(-units // UNITS_PER_TRAY)):
            if tick is not None and tray % 50 == 0:
                tick(tray * UNITS_PER_TRAY)
            moment, number = heappop(due)
            state = self._lines[number]
            self._tray(state, moment)
            heappush(due, (self._due(state, 0), number))

    def _due(self, state: _Line, ahead: int) -> int:
        return self._calendar.at((state.made + ahead + 0.5) / state.share)

    def _tray(self, state: _Line, first: int) -> None:
        line, name = state.line, state.line.name
        product, day = product_on(name, first), day_code(first)
        order = plant("order", f"ASM-{day}-{name}")
        prepared = first - 9 * MINUTE
        serials = range(state.made + 1, state.made + 1 + UNITS_PER_TRAY)
        units = [sgtin(PLANT_PREFIX, product.reference, f"{day}{name}{number:05d}") for number in serials]
        taken = self._draw_kit(state, order, prepared)
        lot_number = f"{day}{name}{product.key[2:]}"
        if lot_number != state.lot_number:
            state.lot_number, opened = lot_number, prepared - 12 * MINUTE
            self._journal.write(opened, steps.lot_opened(line, product, lot_number, order, opened))
        self._journal.write(
            prepared,
            steps.housings_prepared(line, units, lot_number, taken, order=order, moment=prepared, dice=self._dice),
        )
        self._packing.settle(prepared)
        for place, unit in enumerate(units):
            self._assemble(state, unit, product, order, max(self._due(state, place), first + place * MINUTE))
        state.made += UNITS_PER_TRAY

    def _draw_kit(self, state: _Line, order: str, moment: int) -> Taken:
        taken: Taken = []
        for key, feed in self._kit.items():
            if key == KEYPAD.key and self._held.wanted(moment):
                self._held.lot, self._held.sent_back = self._supply.fetch_held(KEYPAD, moment)
                feed.waiting.append(self._held.lot)
            taken += feed.draw(feed.material.use * UNITS_PER_TRAY, moment)
        for lot, _ in taken:
            self._bring(state, lot, order, moment - 6 * MINUTE)
        return taken

    def _bring(self, state: _Line, lot: Lot, order: str, moment: int) -> None:
        if lot.uri not in state.seen:
            state.seen.add(lot.uri)
            self._journal.write(moment, steps.brought_to_line(state.line, lot, order, moment))

    def _board(self, state: _Line, moment: int) -> str:
        """Return the next board at the line; an empty rack is filled from the next tote."""
        if not state.boards:
            tote = self._smt.next_tote()
            if tote is None:
                raise AssertionError("a surface-mount floor without an end gives totes for ever")
            emptied = max(moment - 7 * MINUTE, tote.ready)
            self._journal.write(emptied, steps.tote_emptied(state.line, tote.uri, emptied))
            self._smt.pool.give_back(tote.uri, emptied)
            state.boards = tote.boards[::-1]
            state.boards_since = emptied
        return state.boards.pop()

    def _assemble(self, state: _Line, uri: str, product: Product, order: str, moment: int) -> None:
        board = self._moved.board if self._takes_moved(state, moment) else None
        if board is None:
            board = self._board(state, moment)
        else:
            self._moved.receiver = uri
        moment = max(moment, state.boards_since + 6 * MINUTE)
        unit = _Unit(
            uri, board, state.serial[BATTERY.key].draw_serial(moment),
            state.serial[display_for(product).key].draw_serial(moment), order, product,
        )
        parts = [unit.board, unit.battery, unit.display]
        self._journal.write(moment, steps.parts_put_in(state.line.install, uri, parts, order=order, moment=moment))
        self._test(state, unit, moment + int((6 + 5 * self._dice.random()) * MINUTE))

    def _takes_moved(self, state: _Line, moment: int) -> bool:
        moved = self._moved
        return (moved.board is not None and moved.receiver is None and moment > moved.free_from
                and state.line.name == moved.line)

    def _test(self, state: _Line, unit: _Unit, moment: int) -> None:
        dice, write = self._dice, self._journal.write
        tester = state.line.testers[dice.randrange(2)]
        bad = unit.board in self._smt.bad_boards
        tale = self._moved.wanted(moment)
        if not tale and dice.random() >= (_FAIL_BAD_REEL if bad else _FAIL):
            write(moment, steps.passed(tester, unit.uri, order=unit.order, moment=moment, dice=dice))
            self._good(state, unit, moment)
            return
        faults = ("display_brightness",) if tale else (steps.FAULTS[0] if bad else dice.choice(steps.FAULTS))
        write(moment, steps.failed(tester, unit.uri, faults, order=unit.order, moment=moment, dice=dice))
        if tale:
            self._move_board(state, unit, moment)
        else:
            self._rework(state, unit, tester, moment, None if bad else faults)

    def _move_board(self, state: _Line, unit: _Unit, moment: int) -> None:
        """Book the tale of the moved board: the unit is taken apart and scrapped, its board is freed."""
        apart = moment + 25 * MINUTE
        write = self._journal.write
        write(apart, steps.parts_taken_out(unit.uri, [unit.board, unit.battery, unit.display], unit.order, apart))
        for minutes, item in ((8, unit.display), (9, unit.battery), (10, unit.uri)):
            write(apart + minutes * MINUTE, steps.destroyed(item, apart + minutes * MINUTE))
        self._moved.scrapped, self._moved.board = unit.uri, unit.board
        self._moved.free_from, self._moved.line = apart + 10 * MINUTE, state.line.name

    def _rework(
        self, state: _Line, unit: _Unit, tester: Station, moment: int, faults: tuple[str, ...] | None
    ) -> None:
        """Book what follows a failed test: a second test, another board or display, or scrap.

        Without ``faults`` the board itself is known to be bad, and a second test would not help.
        """
        dice, write = self._dice, self._journal.write
        way = dice.random()
        again = moment + int((40 + 110 * dice.random()) * MINUTE)
        if way < 0.4 and faults is not None:
            self._retest(state, unit, tester, moment + int((8 + 6 * dice.random()) * MINUTE))
        elif way < 0.94:
            if faults == ("display_brightness",):
                old, unit.display = unit.display, state.serial[display_for(unit.product).key].draw_serial(moment)
                new = unit.display
            else:
                old, unit.board = unit.board, self._board(state, moment)
                new = unit.board
                again = max(again, state.boards_since + 20 * MINUTE)
            write(again - 20 * MINUTE, steps.parts_taken_out(unit.uri, [old], unit.order, again - 20 * MINUTE))
            write(again - 10 * MINUTE, steps.parts_put_in(
                UNIT_REPAIR, unit.uri, [new], order=unit.order, moment=again - 10 * MINUTE, step="replacing"))
            write(again - 5 * MINUTE, steps.destroyed(old, again - 5 * MINUTE))
            self._retest(state, unit, tester, again)
        else:
            write(again, steps.destroyed(unit.uri, again))

    def _retest(self, state: _Line, unit: _Unit, tester: Station, moment: int) -> None:
        self._journal.write(moment, steps.passed(tester, unit.uri, order=unit.order, moment=moment, dice=self._dice))
        self._good(state, unit, moment)

    def _good(self, state: _Line, unit: _Unit, moment: int) -> None:
        self.parts[unit.uri] = (unit.board, unit.battery, unit.display)
        self._packing.passed(state.line, unit.product, unit.uri, unit.order, moment)
