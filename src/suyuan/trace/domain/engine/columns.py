"""The arrays of a segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from suyuan.trace.domain.engine.layout import Words
from suyuan.trace.domain.engine.record import Bytes, Ints

Unsigned = npt.NDArray[np.unsignedinteger]
Places = npt.NDArray[np.int32]


@dataclass(slots=True, eq=False, weakref_slot=True)
class Segment:
    """The arrays of a segment; every field is one file. Sparse columns name the events or items that they speak of.

    Of an item: ``item_id``, ``item_kind``, ``item_knot`` (see knots), ``item_product`` and ``item_lot`` (words: the
    product, and the URI of the lot that the identifier names or is) and where its row in ``item_rows`` begins.
    ``event_site`` is the number of a site, 0 for none; ``handed`` pairs of an event and the word of the party to whom
    it hands over what it names.
    ``named_lot``: pairs of a unit and the lot that its own identifier names, by unit; ``named_by_lot`` is their order
    by lot. ``member``: event, unit and lot, by event; ``member_by_lot`` is their order by lot. ``amount`` holds places
    in ``amounts``, lines of quantity TAB unit. ``voids``: number and record time of voids, known with this stretch, of
    events of earlier ones.
    """

    item_id: Ints
    item_kind: Bytes
    item_knot: Bytes
    item_product: Words
    item_lot: Unsigned
    item_offsets: Words
    item_rows: Words
    named_lot: Ints
    named_by_lot: Places
    event_number: Ints
    event_at: Ints
    event_recorded: Ints
    event_act: Bytes
    event_flags: Bytes
    event_process: Unsigned
    event_step: Unsigned
    event_read_point: Unsigned
    event_location: Unsigned
    event_equipment: Unsigned
    event_person: Unsigned
    event_disposition: Unsigned
    event_site: Unsigned
    handed: Ints
    event_offsets: Words
    event_rows: Words
    lagging: Ints
    voided: Ints
    voids: Ints
    amount: Unsigned
    amount_offsets: Unsigned
    amounts: Bytes
    member: Places
    member_by_lot: Places
    words: Bytes

    def arrays(self) -> Mapping[str, npt.NDArray[np.generic]]:
        """Return the arrays by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def participations(self) -> int:
        """How many participations there are."""
        return len(self.event_rows)
