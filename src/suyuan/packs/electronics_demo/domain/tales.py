"""The turns that make the demo's stories: each one steers the plant a little and remembers what came of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from suyuan.packs.electronics_demo.domain.clock import HOUR
from suyuan.packs.electronics_demo.domain.incoming import Feed, Lot
from suyuan.packs.electronics_demo.domain.smt_steps import Taken
from suyuan.packs.electronics_demo.domain.writing import Event

PANELS_ON_FIRST_LINE = 22


@dataclass(slots=True)
class BadReel:
    """A capacitor reel with bad parts, used on line 1, taken off half way, used up on line 2.

    ``certain`` panels took this capacitor from the bad reel alone, ``possible`` ones at a reel change from two reels.
    """

    begin: int
    lot: Lot | None = None
    panels_on_first: int = 0
    off: bool = False
    """Whether the reel was taken off line 1 and waits for line 2."""
    certain: list[str] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)
    clean: list[str] = field(default_factory=list)
    """The panels of line 1 made just before and just after the reel was on it."""
    _recent: deque[str] = field(default_factory=lambda: deque(maxlen=5))
    certain_boards: list[str] = field(default_factory=list)
    possible_boards: list[str] = field(default_factory=list)

    def steer(self, line: int, feed: Feed, pieces: int, moment: int) -> Taken | None:
        """Return the draw for a panel on ``line`` where it must not be the usual one, else None."""
        if moment < self.begin or feed.lot is None or feed.lot.left < pieces:
            return None
        if line == 1 and self.lot is None:
            taken = self._splice(feed, pieces, moment)
            self.lot = feed.lot
            return taken
        if line == 1 and feed.lot is self.lot:
            self.panels_on_first += 1
            self.off = self.panels_on_first >= PANELS_ON_FIRST_LINE
            return self._splice(feed, pieces, moment, keep=False) if self.off else None
        if line == 2 and self.off and self.lot is not None:
            self.off = False
            feed.waiting.insert(0, self.lot)
            return self._splice(feed, pieces, moment)
        return None

    def _splice(self, feed: Feed, pieces: int, moment: int, *, keep: bool = True) -> Taken:
        """Change the reel in the middle of a panel; ``keep`` the one that comes off for when the next is used up."""
        before = feed.lot
        taken = feed.draw(pieces // 2, moment)
        feed.change(moment)
        if keep and before is not None:
            feed.waiting.insert(0, before)
        return taken + feed.draw(pieces - pieces // 2, moment)

    def panel_made(self, line: int, panel: str, boards: list[str], taken: Taken) -> bool:
        """Note the panel and tell whether it took from the reel."""
        if self.lot is None:
            if line == 1:
                self._recent.append(panel)
            return False
        lots = {lot.code for lot, _ in taken if lot.material is self.lot.material}
        if self.lot.code not in lots:
            if line == 1 and len(self.clean) < 10:
                self.clean.append(panel)
            return False
        if not self.certain and not self.possible:
            self.clean = list(self._recent)
        (self.certain if len(lots) == 1 else self.possible).append(panel)
        (self.certain_boards if len(lots) == 1 else self.possible_boards).extend(boards)
        return True


@dataclass(slots=True)
class ReusedTote:
    """A tote that carried a panel's boards soldered too cold, was emptied, and then carried a clean load."""

    begin: int
    panel: str | None = None
    boards: list[str] = field(default_factory=list)
    tote: str | None = None
    first_load: list[str] = field(default_factory=list)
    second_load: list[str] = field(default_factory=list)

    def is_cold(self, line: int, moment: int, place_in_tote: int) -> bool:
        """Tell whether the oven is to fail on this panel: the third one of a tote of line 1."""
        return self.panel is None and line == 1 and moment >= self.begin and place_in_tote == 2

    def cold_panel(self, panel: str, boards: list[str]) -> None:
        """Note the panel."""
        self.panel, self.boards = panel, list(boards)

    def loaded(self, tote: str, boards: list[str], moment: int) -> None:
        """Note a load: the one with the suspect boards, and the next in the same tote."""
        if self.panel is None or self.second_load:
            return
        if self.tote is None:
            if self.boards[0] in boards or self.boards[1] in boards:
                self.tote, self.first_load = tote, list(boards)
        elif tote == self.tote:
            self.second_load = list(boards)


@dataclass(slots=True)
class MovedBoard:
    """A unit that fails for its display; its good board goes into the next unit of the line."""

    begin: int
    scrapped: str | None = None
    board: str | None = None
    receiver: str | None = None
    line: str | None = None
    free_from: int = 0

    def wanted(self, moment: int) -> bool:
        """Tell whether a unit is still to fail for this tale."""
        return self.scrapped is None and moment >= self.begin


@dataclass(slots=True)
class HeldLot:
    """A lot that failed incoming inspection, was held, sorted, partly sent back and partly released."""

    begin: int
    lot: Lot | None = None
    sent_back: int = 0

    def wanted(self, moment: int) -> bool:
        """Tell whether the next lot is to be the held one."""
        return self.lot is None and moment >= self.begin


@dataclass(slots=True)
class PackedBox:
    """A packed box with its record, until the tale of the swapped labels knows whether it needs it."""

    uri: str
    units: list[str]
    product: str
    line: str
    moment: int
    event: Event


@dataclass(slots=True)
class SwappedLabels:
    """Two units of two boxes that got each other's label; found hours later, both packing records are corrected."""

    begin: int
    waiting: PackedBox | None = None
    first: str | None = None
    second: str | None = None
    wrong_box: str | None = None
    right_box: str | None = None

    def pair(self, box: PackedBox) -> PackedBox | None:
        """Return the earlier box of another line and the same product that ``box`` makes a pair with, if any."""
        if self.first is not None or box.moment < self.begin:
            return None
        other = self.waiting
        if other is not None and other.line != box.line and other.product == box.product:
            apart = abs(box.moment - other.moment)
            if 5 * 60_000 < apart < 3 * HOUR:
                return other
        self.waiting = box
        return None
