"""The two surface-mount lines over the whole period: panels in time order, reels that run out, totes that fill."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

from suyuan.packs.electronics_demo.domain import smt_steps
from suyuan.packs.electronics_demo.domain.catalogue import (
    BOARDS_PER_PANEL,
    CAP_SMALL,
    MAINBOARD,
    PANELS_PER_TOTE,
    PASTE,
    PCB,
    REELS,
    Material,
)
from suyuan.packs.electronics_demo.domain.clock import HOUR, MINUTE, day_code
from suyuan.packs.electronics_demo.domain.identifiers import PLANT_PREFIX, plant, scan_of, sgtin
from suyuan.packs.electronics_demo.domain.incoming import Feed, Lot
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.staff import SMT_LINES, SmtLine
from suyuan.packs.electronics_demo.domain.tales import BadReel, ReusedTote
from suyuan.packs.electronics_demo.domain.works import Works
from suyuan.packs.electronics_demo.domain.writing import Event

AHEAD = 450
"""Boards made before the first is needed: the stock between the surface-mount and the assembly lines."""
YIELD = 9.8
"""Boards a panel is planned to give to finished units, after scrap and rework."""
_DEFECTS = ("少锡", "偏移", "立碑", "连锡")
_DEFECTS_EN = ("insufficient", "shift", "tombstone", "bridge")


def boards_of(panel: str) -> list[str]:
    """Return the boards of a panel, in order."""
    stem = scan_of(panel)[4:]
    return [sgtin(PLANT_PREFIX, MAINBOARD.reference, f"{stem}-{n:02d}") for n in range(1, BOARDS_PER_PANEL + 1)]


@dataclass(slots=True)
class Tote:
    """A load of boards on its way to assembly."""

    uri: str
    boards: list[str]
    ready: int


class TotePool:
    """Totes by the moment they come back; a tote is never filled before it was emptied."""

    def __init__(self, mark: str = "TOTE") -> None:
        self._free: deque[tuple[int, str]] = deque()
        self._made = 0
        self._mark = mark

    def take(self, moment: int) -> str:
        """Return a tote that is empty at ``moment``."""
        for place, (since, tote) in enumerate(self._free):
            if since <= moment:
                del self._free[place]
                return tote
        self._made += 1
        return plant("carrier", f"{self._mark}-{self._made:02d}")

    def give_back(self, tote: str, moment: int) -> None:
        """Take an emptied tote back; it is at the surface-mount lines again after half an hour."""
        self._free.append((moment + 30 * MINUTE, tote))


@dataclass(slots=True)
class _LineState:
    line: SmtLine
    share: float
    feeds: dict[str, Feed]
    panels: int = 0
    boards: list[str] = field(default_factory=list)
    in_tote: int = 0


class SmtFloor:
    """Makes boards on demand, always in time order; ``next_tote`` is the door."""

    def __init__(self, works: Works, bad: BadReel, reused: ReusedTote) -> None:
        self._journal, self._dice, self._calendar = works.journal, works.dice, works.calendar
        self._bad, self._reused = bad, reused
        self.pool = TotePool()
        self.bad_boards: set[str] = set()
        self._ready: deque[Tote] = deque()
        self._due: list[tuple[int, int]] = []
        self._lines = [
            _LineState(line, share, {row.key: Feed(works.supply, row) for row in (PCB, PASTE, *REELS)})
            for line, share in zip(SMT_LINES, (0.52, 0.48), strict=True)
        ]
        for number in range(2):
            self._schedule(number)

    def next_tote(self, *, until: int | None = None) -> Tote | None:
        """Return the next full tote, making panels as needed; None once panels would finish after ``until``."""
        while not self._ready:
            moment, number = heappop(self._due)
            if until is not None and moment > until:
                return None
            self._panel(self._lines[number], moment)
            self._schedule(number)
        return self._ready.popleft()

    def _schedule(self, number: int) -> None:
        state = self._lines[number]
        due = self._calendar.at((state.panels + 0.2 + 0.6 * self._dice.random()) * YIELD / state.share - AHEAD)
        heappush(self._due, (due, number))

    def _panel(self, state: _LineState, end: int) -> None:
        """Book one panel that leaves the depaneling machine at ``end``."""
        dice, write, line = self._dice, self._journal.write, state.line
        state.panels += 1
        panel = plant("unit", f"PNL-{day_code(end)}-{line.number}{state.panels:04d}")
        order = plant("order", f"SMT-{day_code(end)}-{line.number}")
        print_at, place_at = end - 52 * MINUTE, end - 43 * MINUTE
        taken = self._draw(state, (PCB, PASTE), print_at)
        write(print_at, smt_steps.printed(line, panel, taken, order=order, moment=print_at, dice=dice))
        taken = self._draw(state, REELS, place_at)
        write(place_at, smt_steps.placed(line, panel, taken, order=order, moment=place_at, dice=dice))
        cold = self._reused.is_cold(line.number, end, state.in_tote)
        reflow_at = end - 33 * MINUTE + int(dice.random() * MINUTE)
        write(reflow_at, smt_steps.reflowed(line, panel, order=order, moment=reflow_at, dice=dice, cold=cold))
        scrap = self._inspect(line, panel, order, end - 25 * MINUTE)
        boards = boards_of(panel)
        write(end, smt_steps.depaneled(line, panel, boards, order, end))
        if self._bad.panel_made(line.number, panel, boards, taken):
            self.bad_boards.update(boards)
        if cold:
            self._reused.cold_panel(panel, boards)
        if scrap is not None:
            lost = boards.pop(scrap)
            write(end + 12 * MINUTE, smt_steps.board_scrapped(lost, end + 12 * MINUTE))
        self._into_tote(state, boards, end + 6 * MINUTE + int(dice.random() * MINUTE))

    def _inspect(self, line: SmtLine, panel: str, order: str, moment: int) -> int | None:
        """Book the AOI and, after a defect, repair and second AOI; return the place of a board beyond repair."""
        dice, write = self._dice, self._journal.write
        chance = dice.random()
        if chance >= 0.05:
            write(moment, smt_steps.optically_inspected(line, panel, order, moment, []))
            return None
        board, kind = dice.randrange(BOARDS_PER_PANEL), dice.randrange(len(_DEFECTS))
        defect: Event = {
            "board": board + 1, "part": f"C{dice.randrange(1, 40)}", "defect": f"{_DEFECTS[kind]} {_DEFECTS_EN[kind]}",
        }
        write(moment, smt_steps.optically_inspected(line, panel, order, moment, [defect]))
        write(moment + 9 * MINUTE, smt_steps.touched_up(panel, order, moment + 9 * MINUTE))
        write(moment + 15 * MINUTE, smt_steps.optically_inspected(line, panel, order, moment + 15 * MINUTE, []))
        return board if chance < 0.02 else None

    def _draw(self, state: _LineState, materials: tuple[Material, ...], moment: int) -> Taken:
        taken: Taken = []
        for material in materials:
            feed = state.feeds[material.key]
            pieces = material.use + (self._dice.randint(0, material.waste) if material.waste else 0)
            before = feed.lot
            parts = self._planned(state, feed, pieces, moment) or feed.draw(pieces, moment)
            taken += parts
            if feed.lot is not before and feed.lot is not None:
                self._changed(state.line, before, feed.lot, parts[-1][1], moment)
        return taken

    def _planned(self, state: _LineState, feed: Feed, pieces: int, moment: int) -> Taken | None:
        """Return the draw where the tale of the bad reel wants it different from the usual."""
        if feed.material is not CAP_SMALL:
            return None
        return self._bad.steer(state.line.number, feed, pieces, moment)

    def _changed(self, line: SmtLine, before: Lot | None, after: Lot, drawn: int, moment: int) -> None:
        """Book a reel change a few minutes before the panel that it shows up on."""
        write = self._journal.write
        if before is not None:
            write(moment - 5 * MINUTE, smt_steps.reel_off(line, before, moment - 5 * MINUTE))
        after.left += drawn  # the record tells what was on the reel when it was mounted
        write(moment - 3 * MINUTE, smt_steps.reel_on(line, after, moment - 3 * MINUTE))
        after.left -= drawn

    def _into_tote(self, state: _LineState, boards: list[str], moment: int) -> None:
        state.boards += boards
        state.in_tote += 1
        if state.in_tote < PANELS_PER_TOTE:
            return
        tote = self.pool.take(moment)
        self._journal.write(moment, smt_steps.put_in_tote(state.line, tote, state.boards, moment))
        stored = moment + 25 * MINUTE
        self._journal.write(stored, smt_steps.tote_stored(tote, stored))
        self._reused.loaded(tote, state.boards, moment)
        self._ready.append(Tote(tote, state.boards, moment + HOUR))
        state.boards, state.in_tote = [], 0
