"""What tables are imported into beside trace nodes: modules above register it, capture imports none of them.

``Registry.add_import_targets`` takes :class:`ImportTarget`. Its rows are read by the fields of a form, like an entry's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from suyuan.capture.contracts.nodes import TraceNode
from suyuan.kernel.faults import Bilingual, Fault

MOST_TARGET_ROWS: Final = 20_000
"""Rows of a file of master data: they are kept in one transaction, as rows may point at each other."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row by its number in the file. ``sound``: its cells fit the form; one that is not must not be kept."""

    number: int
    values: Mapping[str, Any]
    sound: bool = True


Kept = Mapping[int, bool | Fault]
"""What became of rows, by number: True: something changed; False: it was on record so; or why it is refused."""
Keep = Callable[[Sequence[TargetRow]], Kept]


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Master data that tables are imported into.

    ``key`` holds a dot, which no trace node's does. ``form``: only its fields count. ``permission``: the right that
    the form on the screen asks for. ``keep`` gets all rows of a file in order, in an open transaction, and leaves no
    trace of those that it refuses.
    """

    key: str
    title: Bilingual
    form: TraceNode
    permission: str
    keep: Keep
