"""From the codes of words in segments to places in one list of texts: what columns of words say of events and items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from numba import njit

from suyuan.trace.domain.engine.memory import byte, half, word
from suyuan.trace.domain.scope_facts import Codes

_BYTE, _HALF = 1, 2
_NONE, _UNMET, _MET = -1, -2, -3


@dataclass(slots=True)
class Glossary:
    """Texts met so far, each by its place. What the codes of a column mean is kept for its next rows."""

    texts: list[str] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)
    _tables: dict[int, Codes] = field(default_factory=dict)

    def spell(
        self, column: npt.NDArray[np.unsignedinteger], words: Sequence[str], numbers: Codes, first: int, told: Codes
    ) -> None:
        """Write into ``told`` the places of what a column of one segment, in the codes of its ``words`` (0: none), says
        of its rows; their ``numbers`` begin with ``first``, others are not of this segment.
        """
        last, width, address = first + len(column), column.dtype.itemsize, column.ctypes.data
        table = self._tables.get(address)
        if table is None:
            table = self._tables[address] = np.full(len(words) + 1, _UNMET, np.int32)
            table[0] = _NONE
        for code in sorted(meet(address, width, numbers, first, last, table).tolist()):
            text = words[code - 1]
            table[code] = self._places.setdefault(text, len(self.texts))
            if table[code] == len(self.texts):
                self.texts.append(text)
        write(address, width, numbers, first, last, table, told)


@njit(cache=True)
def _code(column: int, width: int, at: int) -> int:
    """Return what stands in a column of so many bytes a row."""
    if width == _BYTE:
        return byte(column, at)
    return half(column, at) if width == _HALF else word(column, at)


@njit(cache=True, nogil=True)
def meet(column: int, width: int, numbers: Codes, first: int, last: int, table: Codes) -> npt.NDArray[np.int64]:
    """Return which codes a column has for these rows, each once."""
    found, count, before = np.empty(64, np.int64), 0, _NONE
    for number in numbers:
        if number == before or number < first or number >= last:
            continue
        before = number
        code = _code(column, width, number - first)
        if table[code] != _UNMET:
            continue
        table[code] = _MET
        if count == len(found):
            found = np.concatenate((found, np.empty_like(found)))
        found[count] = code
        count += 1
    return found[:count]


@njit(cache=True, nogil=True)
def write(column: int, width: int, numbers: Codes, first: int, last: int, table: Codes, told: Codes) -> None:
    """Write what ``table`` says of the codes that a column has for these rows."""
    for at in range(len(numbers)):
        if first <= numbers[at] < last:
            told[at] = table[_code(column, width, numbers[at] - first)]
