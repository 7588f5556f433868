"""What is inside what: the answer to a scan of any level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import tx
from suyuan.coding.api.binding.facts import READ, bound, with_contents
from suyuan.coding.api.decoding import find_item, understand
from suyuan.coding.contracts import binding_faults as faults
from suyuan.coding.contracts.binding import Bindings, ContentCount, PackingSpec
from suyuan.coding.domain.binding import CARRIER
from suyuan.coding.store import binding as store
from suyuan.kernel.faults import Fault
from suyuan.trace import api as trace

_SHOWN = 200
_COUNTED = 50_000
_DEPTH = 8
_MOST_CAPACITY = 100_000


def bindings_of(code: str) -> Bindings:
    """Return an item with what it is in and what is in it.

    :raises Fault: why the code is not understood, or ``coding.not_on_record``.
    """
    number, _ = find_item(code)
    detail = trace.item_detail(number)
    inside = [stay.item.id for stay in trace.contents(number, limit=_SHOWN).rows]
    outside = [reference.id for reference in detail.where.inside] if detail.where else []
    rows = {row.id: row for row in trace.items_by_id([number, *inside, *outside])}
    counts, truncated = _counts(number, inside)
    item = with_contents([bound(rows[number])])[0]
    return Bindings(
        item,
        with_contents([bound(rows[each]) for each in outside if each in rows]),
        with_contents([bound(rows[each]) for each in inside if each in rows]),
        counts,
        _capacity(counts),
        truncated,
    )


def _counts(number: int, visible: Sequence[int]) -> tuple[list[ContentCount], bool]:
    """Count what is inside by level and product; somebody limited to sites gets the first level that they see."""
    limited = tx().principal.sites_for(READ) is not None
    found: list[tuple[int, str, str | None, int, int]] = []
    level, truncated, total = [number], False, 0
    for depth in range(1, _DEPTH + 1):
        rows = trace.inside_of(level, _COUNTED)
        if limited:
            rows = [row for row in rows if row[1] in set(visible)]
        total += len(rows)
        truncated = truncated or len(rows) >= _COUNTED
        samples = {(row[2], row[3]): row[1] for row in rows}
        grouped = Counter((row[2], row[3]) for row in rows)
        found += [(depth, *what, count, samples[what]) for what, count in grouped.most_common()]
        level = [row[1] for row in rows]
        if not level or limited or total >= _COUNTED:
            break
    named = {row.id: row for row in trace.items_by_id(sorted({sample for *_, sample in found}))}
    counts = [
        ContentCount(depth, kind, product, named[sample].product_name_zh, named[sample].product_name_en, count)
        for depth, kind, product, count, sample in found
    ]
    return counts, truncated or total >= _COUNTED


def _capacity(counts: Sequence[ContentCount]) -> int | None:
    specs = {spec.child: spec.capacity for spec in store.specs()}
    held = [specs.get(count.product or CARRIER) for count in counts if count.depth == 1]
    known = [capacity for capacity in held if capacity is not None]
    return max(known) if known else None


def specs() -> list[PackingSpec]:
    """Return every packing specification."""
    return store.specs()


def add_spec(child: str, capacity: int, mixed: bool) -> PackingSpec:
    """Add how many of a product (any code of it), or of ``carrier``, one container takes.

    :raises Fault: ``coding.bind_spec_taken``, ``coding.bind_spec_value``, or why the code is not understood.
    """
    known = child.strip()
    if known != CARRIER:
        known = _product(known)
    _check_capacity(capacity)
    made = store.add_spec(known, capacity, mixed)
    if made is None:
        raise faults.SPEC_TAKEN(at="/child", child=known)
    return made


def change_spec(number: int, capacity: int, mixed: bool) -> PackingSpec:
    """Change how many fit, and whether others may lie beside.

    :raises Fault: ``chassis.not_found``, ``coding.bind_spec_value``.
    """
    if all(spec.id != number for spec in store.specs()):
        raise NOT_FOUND(what=f"#{number}")
    _check_capacity(capacity)
    changed = store.change_spec(number, capacity, mixed)
    if changed is None:
        raise NOT_FOUND(what=f"#{number}")
    return changed


def remove_spec(number: int) -> None:
    """Remove a packing specification.

    :raises Fault: ``chassis.not_found``.
    """
    if not store.remove_spec(number):
        raise NOT_FOUND(what=f"#{number}")


def _product(code: str) -> str:
    try:
        identity = understand(code, allow_foreign=False).identity
    except Fault as fault:
        raise Fault(fault.kind, "/child", fault.params) from None
    product = identity.product
    if product is None:
        raise faults.SPEC_VALUE(at="/child", given=code[:120])
    return product


def _check_capacity(capacity: int) -> None:
    if not 1 <= capacity <= _MOST_CAPACITY:
        raise faults.SPEC_VALUE(at="/capacity", given=capacity)
