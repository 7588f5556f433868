"""The facts of packing: items with what they are in and what is in them, locked until the transaction ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from suyuan.chassis.database import tx
from suyuan.coding.api import states
from suyuan.coding.api.decoding import understand
from suyuan.coding.contracts import binding_faults as faults
from suyuan.coding.contracts.binding import BoundItem
from suyuan.coding.domain import binding as domain
from suyuan.coding.store import binding as store
from suyuan.kernel.faults import Fault
from suyuan.trace import api as trace
from suyuan.trace.contracts import ItemIdentity, ItemKind, ItemRow

_DEPTH = 20
_MOST_INSIDE = 20_000
_NOTHING: Final = (None, None, None, None, None, None, None)
READ = "trace:item:read"
Carried = dict[str, Mapping[str, str]]
"""What codes say beside the item that they name, by its URI: attributes of ``Decoded``."""


@dataclass(slots=True)
class Facts:
    """Items by URI, and for each the containers it is in, innermost first."""

    items: dict[str, BoundItem]
    identities: dict[str, ItemIdentity]
    chains: dict[str, tuple[BoundItem, ...]]

    def load_of(self, uri: str) -> domain.Load:
        """Return what the container holds now."""
        parent = self.items[uri]
        counts: Counter[str] = Counter()
        if parent.id is not None:
            for _, _, _, product in trace.inside_of([parent.id], _MOST_INSIDE):
                counts[product or domain.CARRIER] += 1
        return domain.Load(parent, self.chains[uri], counts)


def identities_of(
    codes: Sequence[str], at: str = "/children/{}", carried: Carried | None = None
) -> list[ItemIdentity]:  # fmt: skip
    """Return what the codes name; faults point into the request. What else they say is noted in ``carried``.

    :raises Fault: why a code is not understood.
    """
    found: dict[str, ItemIdentity] = {}
    for index, code in enumerate(codes):
        try:
            identity, attributes = _read(code.strip())
        except Fault as fault:
            raise domain.placed(fault, at.format(index)) from None
        if carried is not None and attributes:
            carried[identity.uri] = attributes
        found.setdefault(identity.uri, identity)
    return list(found.values())


def _read(code: str) -> tuple[ItemIdentity, Mapping[str, str]]:
    try:
        decoded = understand(code, allow_foreign=True)
    except Fault:
        number = trace.resolve_item(code) if code else None
        if number is None:
            raise
        row = trace.items_by_id([number])[0]
        return ItemIdentity(row.uri, ItemKind(row.kind), row.product, row.lot, row.serial), {}
    return decoded.identity, decoded.attributes


def gather(identities: Iterable[ItemIdentity]) -> Facts:
    """Lock the items and return all that packing asks about them and the containers they are in."""
    known = {identity.uri: identity for identity in identities}
    store.lock_items(known)
    numbers = trace.find_items(known)
    chains = _chains(list(numbers.values()))
    rows = {row.id: row for row in trace.items_by_id(sorted({*numbers.values(), *_ids(chains)}))}
    store.lock_items(rows[number].uri for number in _ids(chains))
    if tx().principal.sites_for(READ) is not None:
        for number in numbers.values():
            trace.item_detail(number)  # refuses what a reader limited to sites may not know of
    items = {uri: bound(rows[numbers[uri]]) if uri in numbers else _unseen(known[uri]) for uri in known}
    return Facts(
        items,
        known,
        {uri: tuple(bound(rows[up]) for up in chains.get(numbers.get(uri, 0), ())) for uri in known},
    )


def _ids(chains: Mapping[int, Sequence[int]]) -> set[int]:
    return {number for chain in chains.values() for number in chain}


def _chains(numbers: Sequence[int]) -> dict[int, list[int]]:
    """Return for each item its containers, innermost first."""
    parents: dict[int, int] = {}
    level = set(numbers)
    for _ in range(_DEPTH):
        found = {item: parent.id for item, parent in trace.held_in(sorted(level)).items()}
        parents |= found
        level = set(found.values()) - parents.keys()
        if not level:
            break
    chains: dict[int, list[int]] = {}
    for number in numbers:
        chain: list[int] = []
        up = parents.get(number)
        while up is not None and up not in chain and len(chain) < _DEPTH:
            chain.append(up)
            up = parents.get(up)
        chains[number] = chain
    return chains


def bound(row: ItemRow, contents: int = 0) -> BoundItem:
    """Return an item as packing shows it."""
    return BoundItem(
        row.id, row.uri, row.label, row.kind, row.product, row.product_name_zh, row.product_name_en,
        row.state, row.disposition, row.place, row.place_name_zh, row.place_name_en, row.last_seen, contents,
    )  # fmt: skip


def _unseen(identity: ItemIdentity) -> BoundItem:
    label = identity.serial or identity.lot or identity.uri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    return BoundItem(None, identity.uri, label, identity.kind.value, identity.product, *_NOTHING)


def check_known(item: BoundItem, at: str) -> None:
    """Raise where no event ever named the item."""
    if item.id is None:
        raise faults.UNKNOWN(at=at, label=item.label)


def check_code(item: BoundItem, at: str) -> None:
    """Raise where the item's code was issued here and is void, spoiled or missing."""
    state = states.state_of(item.uri)
    if state in states.USELESS:
        raise faults.VOID_CODE(at=at, label=item.label, state=state)


def with_contents(items: Sequence[BoundItem]) -> list[BoundItem]:
    """Return the items with the number of things directly in each."""
    numbers = [item.id for item in items if item.id is not None]
    inside = Counter(container for container, *_ in trace.inside_of(numbers, _MOST_INSIDE)) if numbers else Counter()
    return [replace(item, contents=inside.get(item.id or 0, 0)) for item in items]
