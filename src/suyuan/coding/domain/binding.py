"""What may go into what, decided over facts; and ranges of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.coding.contracts import binding_faults as faults
from suyuan.coding.contracts.binding import MOST_CHILDREN, BoundItem, PackingSpec
from suyuan.coding.domain.check_digits import mod10
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts.facts import HELD_DISPOSITIONS

GONE: Final = frozenset({"destroyed", "disposed", "retail_sold", "dispensed", "partially_dispensed"})
HELD: Final = (
    HELD_DISPOSITIONS
    | {"non_sellable_other", "tampered", "needs_replacement", "evidence", "no_pedigree_match", "mismatch_instance",
       "mismatch_class", "mismatch_quantity"}
) - GONE  # fmt: skip
"""CBV dispositions under which nothing is packed: what no trace node lets pass, and what does not belong."""
CARRIER: Final = "carrier"
_HOLDERS: Final = frozenset({"carrier", "unit", "asset"})
_SSCC: Final = f"{DIGITAL_LINK_BASE}/00/"
_TAIL: Final = re.compile(r"(.*?)([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Load:
    """What a container holds before a binding: its direct contents by class, and the chain of what it is in itself."""

    parent: BoundItem
    chain: Sequence[BoundItem]
    counts: Mapping[str, int]


def class_of(item: BoundItem) -> str:
    """Return what packing specifications call an item: its product, or ``carrier`` for all without one."""
    return item.product or CARRIER


def where(item: BoundItem, chain: Sequence[BoundItem]) -> str:
    """Return where an item is in words for a refusal: its containers from the inside out, then the place."""
    names = " / ".join(name for name in (item.place_name_zh, item.place_name_en) if name) or item.place or ""
    holders = " → ".join(holder.label for holder in chain)
    return " @ ".join(word for word in (holders, names) if word) or "?"


def check_holder(load: Load) -> None:
    """Raise where nothing may be put into the container."""
    parent = load.parent
    if parent.kind not in _HOLDERS:
        raise faults.NO_CONTAINER(at="/parent", label=parent.label, kind=parent.kind)
    check_present(parent, load.chain, "/parent")


def check_present(item: BoundItem, chain: Sequence[BoundItem], at: str) -> None:
    """Raise where an item is on hold, used up, sold, scrapped or retired."""
    if item.disposition in HELD:
        raise faults.HELD(at=at, label=item.label, disposition=item.disposition, where=where(item, chain))
    if item.state not in (None, "active") or item.disposition in GONE:
        state = item.disposition if item.disposition in GONE else item.state
        raise faults.GONE(at=at, label=item.label, state=state, where=where(item, chain))


def check_child(child: BoundItem, chain: Sequence[BoundItem], load: Load, at: str, *, moving: bool = False) -> None:
    """Raise where one item may not go into the container. ``moving``: it may come from another one."""
    parent = load.parent
    if child.uri == parent.uri:
        raise faults.INTO_ITSELF(at=at, label=child.label)
    if chain and chain[0].uri == parent.uri:
        raise faults.HERE_ALREADY(at=at, label=child.label)
    if any(outer.uri == child.uri for outer in load.chain):
        raise faults.CYCLE(at=at, label=child.label, parent=parent.label)
    check_present(child, chain, at)
    if chain and not moving:
        raise faults.ALREADY_PACKED(at=at, label=child.label, where=where(child, chain))


def check_load(children: Sequence[tuple[BoundItem, int]], load: Load, specs: Mapping[str, PackingSpec]) -> None:
    """Raise where the children, each with its number of pieces, are too many, or do not go together."""
    counts = dict(load.counts)
    for index, (child, pieces) in enumerate(children):
        kind = class_of(child)
        others = [other for other in counts if other != kind and counts[other]]
        strict = next((each for each in (kind, *others) if each in specs and not specs[each].mixed), None)
        if others and strict is not None:
            raise faults.MIXED(
                at=f"/children/{index}", parent=load.parent.label, inside=_shown(others[0]), label=child.label,
                product=_shown(kind),
            )  # fmt: skip
        has = counts.get(kind, 0)
        spec = specs.get(kind)
        if spec is not None and has + pieces > spec.capacity:
            raise faults.TOO_MANY(
                at=f"/children/{index}", parent=load.parent.label, capacity=spec.capacity,
                has=load.counts.get(kind, 0),
                more=sum(number for other, number in children if class_of(other) == kind),
            )  # fmt: skip
        counts[kind] = has + pieces


def _shown(kind: str) -> str:
    return kind.rsplit("/", 1)[-1]


def expand_range(first: str, last: str) -> list[str]:
    """Return all canonical URIs from ``first`` to ``last``: equal but for the number at their end.

    The check digit of SSCCs is computed for each.

    :raises Fault: ``coding.bind_range``, ``coding.bind_limit``.
    """
    sscc = first.startswith(_SSCC) and last.startswith(_SSCC)
    low, high = (first[:-1], last[:-1]) if sscc else (first, last)
    one, other = _TAIL.fullmatch(low), _TAIL.fullmatch(high)
    if one is None or other is None or one[1] != other[1] or len(one[2]) != len(other[2]):
        raise faults.RANGE(at="/last", first=first, last=last)
    begin, end, width = int(one[2]), int(other[2]), len(one[2])
    if end < begin:
        raise faults.RANGE(at="/last", first=first, last=last)
    if end - begin >= MOST_CHILDREN:
        raise faults.LIMIT(at="/last", limit=MOST_CHILDREN, count=end - begin + 1)
    made = [f"{one[1]}{number:0{width}d}" for number in range(begin, end + 1)]
    return [f"{each}{mod10(each[len(_SSCC) :])}" for each in made] if sscc else made


def placed(fault: Fault, at: str) -> Fault:
    """Return the fault of a code with the place of that code in the request."""
    return Fault(fault.kind, at, {**fault.params, **({"inner": fault.at} if fault.at else {})})
