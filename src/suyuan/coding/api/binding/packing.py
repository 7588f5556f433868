"""Packing, unpacking, moving, and replacing labels: each one transaction, refused whole or recorded whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suyuan.chassis.database import tx
from suyuan.chassis.registry import registry
from suyuan.coding.api import states
from suyuan.coding.api.binding.events import Child, Writer, event_id_of, moment_of
from suyuan.coding.api.binding.facts import Carried, Facts, check_code, check_known, gather, identities_of
from suyuan.coding.api.binding.showing import bindings_of
from suyuan.coding.contracts import binding_faults as faults
from suyuan.coding.contracts.binding import MOST_CHILDREN, Bound, BoundItem, Circumstances, PackingSpec
from suyuan.coding.contracts.binding_checks import BindingChecks, BindingRefused
from suyuan.coding.domain import binding as domain
from suyuan.coding.store import binding as store
from suyuan.kernel.faults import Fault
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.contracts import ItemIdentity, ItemKind

WRITE = "coding:binding:write"
_NO_SITE = -1


def pack(
    parent: str, codes: Sequence[str], given: Circumstances, *, last: str | None = None, quantity: int | None = None
) -> Bound:
    """Put things into a container.

    ``codes`` are single things; with ``last`` the one code is the first of a range; with ``quantity`` the one code is a
    lot or product of which so many go in.

    :raises Fault: ``coding.bind_*`` with the place in the request, or why a code is not understood.
    """
    _admit(given)
    replayed = _replay(parent, given)
    if replayed is not None:
        return replayed
    carried: Carried = {}
    children = _chosen(codes, last, quantity, carried)
    holder = identities_of([parent], "/parent")[0]
    facts = gather([holder, *(child.identity for child in children)])
    load = facts.load_of(holder.uri)
    domain.check_holder(load)
    check_code(load.parent, "/parent")
    _check_children(children, facts, load)
    writer = Writer(given, moment_of(given, list(facts.items.values())), carried)
    writer.put_in(holder, children)
    return _done(writer, holder.uri, [facts.items[child.identity.uri].label for child in children])


def unpack(parent: str, codes: Sequence[str], given: Circumstances) -> Bound:
    """Take things out of a container; without codes, everything (but a unit is not taken apart by that).

    :raises Fault: as :func:`pack`; ``coding.bind_not_inside`` with the place where a thing is instead.
    """
    _admit(given)
    replayed = _replay(parent, given)
    if replayed is not None:
        return replayed
    holder = identities_of([parent], "/parent")[0]
    wanted = identities_of(codes) if codes or holder.kind is ItemKind.UNIT else _contents(holder)
    if not wanted:
        raise faults.NOTHING(at="/children")
    facts = gather([holder, *wanted])
    for index, identity in enumerate(wanted):
        item, chain = facts.items[identity.uri], facts.chains[identity.uri]
        if not chain or chain[0].uri != holder.uri:
            raise faults.NOT_INSIDE(
                at=f"/children/{index}", label=item.label, parent=facts.items[holder.uri].label,
                where=domain.where(item, chain),
            )  # fmt: skip
    writer = Writer(given, moment_of(given, list(facts.items.values())))
    writer.take_out(holder, [Child(identity) for identity in wanted])
    return _done(writer, holder.uri, [facts.items[identity.uri].label for identity in wanted])


def move(
    parent: str,
    codes: Sequence[str],
    given: Circumstances,
    *,
    all_from: Sequence[str] = (),
    count: int | None = None,
) -> Bound:
    """Move things into another container, out of those that hold them now: repack, merge or split.

    With ``all_from`` everything in these containers moves (merge), with ``count`` as well so many of it (split).

    :raises Fault: as :func:`pack`.
    """
    _admit(given)
    replayed = _replay(parent, given)
    if replayed is not None:
        return replayed
    holder = identities_of([parent], "/parent")[0]
    sources = identities_of(all_from, "/all_from/{}")
    carried: Carried = {}
    wanted = (
        identities_of(codes, carried=carried) if codes
        else [each for source in sources for each in _contents(source)][:count]
    )  # fmt: skip
    _check_size(len(wanted))
    facts = gather([holder, *sources, *wanted])
    load = facts.load_of(holder.uri)
    domain.check_holder(load)
    check_code(load.parent, "/parent")
    children = [Child(identity) for identity in wanted]
    _check_children(children, facts, load, moving=True)
    writer = Writer(given, moment_of(given, list(facts.items.values())), carried)
    for source, out in _by_holder(wanted, facts).items():
        writer.take_out(_known_identity(facts, source), [Child(identity) for identity in out])
    writer.put_in(holder, children)
    return _done(writer, holder.uri, [facts.items[identity.uri].label for identity in wanted])


def relabel(old: str, new: str, given: Circumstances) -> Bound:
    """Give a thing with a damaged label a new one: its place in a container and its contents go along.

    :raises Fault: as :func:`pack`; ``coding.bind_new_label_used``, ``coding.bind_kinds_differ``.
    """
    _admit(given)
    replayed = _replay(new, given)
    if replayed is not None:
        return replayed
    before, after = identities_of([old], "/old")[0], identities_of([new], "/new")[0]
    inside = _contents(before) if before.kind is not ItemKind.LOT else []
    facts = gather([before, after, *inside])
    worn, fresh = facts.items[before.uri], facts.items[after.uri]
    check_known(worn, "/old")
    domain.check_present(worn, facts.chains[before.uri], "/old")
    if before.kind is not after.kind or before.kind not in (ItemKind.UNIT, ItemKind.CARRIER, ItemKind.ASSET):
        raise faults.KINDS_DIFFER(at="/new", old=before.kind.value, new=after.kind.value)
    if fresh.id is not None:
        raise faults.NEW_LABEL_USED(at="/new", label=fresh.label, where=domain.where(fresh, facts.chains[after.uri]))
    check_code(fresh, "/new")
    writer = Writer(given, moment_of(given, list(facts.items.values())))
    outer = facts.chains[before.uri][0] if facts.chains[before.uri] else None
    contents = [Child(identity) for identity in inside]
    # a new label packs nothing: what was in the thing, and what it was in, is as it was
    if contents:
        writer.take_out(before, contents, judged=False)
    if outer is not None:
        writer.take_out(_identity_of(outer), [Child(before)], judged=False)
    if before.kind is ItemKind.UNIT:
        writer.replace(before, after)
    else:
        writer.retire(before)
    if contents:
        writer.put_in(after, contents, judged=False)
    if outer is not None:
        writer.put_in(_identity_of(outer), [Child(after)], judged=False)
    return _done(writer, after.uri, [worn.label, fresh.label])


def _admit(given: Circumstances) -> None:
    """Raise where somebody limited to some sites binds at another, or says not where."""
    principal = tx().principal
    reached = principal.sites_for(WRITE)
    if reached is None:
        return
    places = [place for place in (given.biz_location, given.read_point) if place]
    site = next(
        (s.id for s in tenancy.sites() if s.location_uri for p in places if p.startswith(s.location_uri)), _NO_SITE
    )
    principal.require(WRITE, site)


def _replay(parent: str, given: Circumstances) -> Bound | None:
    """Return the answer again where this request is on record already."""
    first = event_id_of(given.request_key, 0)
    store.lock_items([first])
    if first not in trace.on_record([first]):
        return None
    return Bound((first,), (), True, bindings_of(parent))


def _chosen(codes: Sequence[str], last: str | None, quantity: int | None, carried: Carried) -> list[Child]:
    if quantity is not None:
        identity = identities_of(codes[:1] or [""], carried=carried)[0]
        child = Child(identity, quantity)
        if not child.counted:
            raise faults.NOT_COUNTABLE(at="/children/0", label=identity.serial or identity.uri)
        if quantity < 1:
            raise faults.NOTHING(at="/quantity")
        return [child]
    if last is not None and codes:
        first, final = identities_of([codes[0]])[0], identities_of([last], "/last")[0]
        codes = domain.expand_range(first.uri, final.uri)
    identities = identities_of(codes, carried=carried)
    _check_size(len(identities))
    for index, identity in enumerate(identities):
        if Child(identity).counted:
            label = identity.lot or identity.uri.rsplit("/", 1)[-1]
            raise faults.ONE_BY_ONE(at=f"/children/{index}", label=label, kind=identity.kind.value)
    return [Child(identity) for identity in identities]


def _check_size(count: int) -> None:
    if not count:
        raise faults.NOTHING(at="/children")
    if count > MOST_CHILDREN:
        raise faults.LIMIT(at="/children", limit=MOST_CHILDREN, count=count)


def _check_children(children: Sequence[Child], facts: Facts, load: domain.Load, *, moving: bool = False) -> None:
    look = states.any_useless()  # codes are looked up one by one; where none is void, none needs to be
    for index, child in enumerate(children):
        at, uri = f"/children/{index}", child.identity.uri
        if child.counted:
            continue
        item = facts.items[uri]
        if uri != load.parent.uri and item.kind != ItemKind.CARRIER:
            check_known(item, at)
        domain.check_child(item, facts.chains[uri], load, at, moving=moving)
        if look:
            check_code(item, at)
    pieces = [(facts.items[child.identity.uri], child.quantity or 1) for child in children]
    domain.check_load(pieces, load, _specs())


def _specs() -> Mapping[str, PackingSpec]:
    return {spec.child: spec for spec in store.specs()}


def _contents(holder: ItemIdentity) -> list[ItemIdentity]:
    """Return what is directly in a container; it is locked first, so that it stays so."""
    store.lock_items([holder.uri])
    number = trace.find_items([holder.uri]).get(holder.uri)
    if number is None:
        return []
    inside = [item for _, item, _, _ in trace.inside_of([number], MOST_CHILDREN + 1)]
    _check_size(max(1, len(inside)))
    return [
        ItemIdentity(row.uri, ItemKind(row.kind), row.product, row.lot, row.serial) for row in trace.items_by_id(inside)
    ]


def _by_holder(wanted: Sequence[ItemIdentity], facts: Facts) -> dict[str, list[ItemIdentity]]:
    found: dict[str, list[ItemIdentity]] = {}
    for identity in wanted:
        chain = facts.chains[identity.uri]
        if chain:
            found.setdefault(chain[0].uri, []).append(identity)
    return found


def _known_identity(facts: Facts, uri: str) -> ItemIdentity:
    known = facts.identities.get(uri)
    if known is not None:
        return known
    return _identity_of(next(holder for chain in facts.chains.values() for holder in chain if holder.uri == uri))


def _identity_of(item: BoundItem) -> ItemIdentity:
    return ItemIdentity(item.uri, ItemKind(item.kind), item.product)


def _done(writer: Writer, shown: str, moved: Sequence[str]) -> Bound:
    checks: list[BindingChecks] = [make() for make in registry.binding_checks]
    objections = [each for one in checks for each in one.judge(writer.judged)]
    if objections:
        raise BindingRefused(objections)
    trace.record(writer.events)
    for one in checks:
        one.keep()
    try:
        after = bindings_of(shown)
    except Fault:  # a packer need not have the right to look
        after = None
    return Bound(tuple(event.event_id for event in writer.events), tuple(moved), False, after)


__all__ = ["move", "pack", "relabel", "unpack"]
