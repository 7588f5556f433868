"""The public story of one code: read, found, told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from suyuan.coding import api as coding
from suyuan.coding.contracts import DIGITAL_LINK_BASE
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Grant, Principal
from suyuan.portal.contracts import ConsumerCode, Name, Origins, PublicStory, Standing
from suyuan.portal.domain import standing as standings
from suyuan.portal.domain import telling
from suyuan.portal.store import products as store
from suyuan.tenancy import api as tenancy
from suyuan.trace import api as trace
from suyuan.trace.api import story as life
from suyuan.trace.contracts import ItemKind
from suyuan.trace.contracts.story import NamedPlace, StoryEvent

_PATH = re.compile(
    r"/(?P<key>00|01)/(?P<value>[^/]*)(?:/22/(?P<variant>[^/]*))?(?:/10/(?P<lot>.*?))?(?:/21/(?P<serial>.*?))?/?",
    re.DOTALL,
)
_READ = frozenset({"trace:event:read", "trace:item:read"})


def read_code(path: str) -> ConsumerCode:
    """Return the code of a path like ``/01/{gtin}/10/{lot}/21/{serial}``, percent-decoded; a value may hold slashes.

    :raises Fault: ``coding.*``: what is wrong with it.
    """
    match = _PATH.fullmatch(path)
    link = quote(path)
    if match is not None:
        names = (("22", "variant"), ("10", "lot"), ("21", "serial"))
        given = [(ai, match[name]) for ai, name in names if match[name] is not None]
        link = "".join(f"/{ai}/{quote(value, safe='')}" for ai, value in ((match["key"], match["value"]), *given))
    decoded = coding.decode(DIGITAL_LINK_BASE + link)
    identity = decoded.identity
    key = (identity.product or identity.uri).removeprefix(f"{DIGITAL_LINK_BASE}/").split("/")[1]
    return ConsumerCode(identity.uri, identity.kind.value, key, identity.product, identity.lot, identity.serial)


def publisher_of(code: ConsumerCode) -> int | None:
    """Return the tenant whose public item this is; None for whatever is not there to be shown.

    Opens its own short transaction, since a visitor has no tenant yet.
    """
    return None if code.product is None else store.publisher_of(code.product, code.uri)


def visitor(tenant_id: int) -> Principal:
    """Return the principal that reads a tenant's public page: it may read events and items, and nothing else."""
    return Principal(tenant_id, None, "consumer page", (Grant(_READ),), via="token")


def story_of(code: ConsumerCode) -> PublicStory | None:
    """Return what everybody may know of ``code`` in the open transaction's tenant.

    Makes the transaction read only. None where it is not there after all, or where the code names another lot than
    the one on record for its unit.
    """
    life.look_up_only()
    found = store.products(code.product)
    if not found or not found[0][1] or code.product is None:
        return None
    _, _, brand_zh, brand_en, contact, origins, company = found[0]
    told = PublicStory(
        code=code,
        product=Name(f"产品 {code.gtin}", f"Product {code.gtin}"),
        brand=telling.name_of(brand_zh, brand_en) or Name(company, company),
        contact=contact,
        standing=Standing.GOOD,
        steps=(),
        materials=(),
        lot=code.lot,
    )
    if code.kind == ItemKind.PRODUCT:
        return _named(told, life.named_places([code.product]))
    item = trace.find_item(code.uri)
    return None if item is None else _item_story(told, item, Origins(origins))


def _named(told: PublicStory, names: Mapping[str, NamedPlace]) -> PublicStory:
    found = names.get(told.code.product or "")
    name = telling.name_of(found.name_zh, found.name_en) if found is not None else None
    return told if name is None else replace(told, product=name)


def _item_story(told: PublicStory, item: int, origins: Origins) -> PublicStory | None:
    code, product = told.code, told.code.product or ""
    lot = life.lot_of(item) if code.kind == ItemKind.UNIT else None
    if lot is not None and code.lot not in {None, lot[1]}:
        return None
    events = [_placed(event) for event in life.life_of(item)]
    members = life.members_of(item) if code.kind == ItemKind.LOT else []
    made = telling.making(events)
    if made is None and members:
        made = telling.making(life.life_of(members[0], containers=False))
    sources = life.what_went_into([item, *members])
    asked = {product} | telling.wanted_places(events) | {source.place for source in sources if source.place}
    names = life.named_places(sorted(asked))
    standing = [standings.standing_of(events)]
    if lot is not None:
        standing.append(standings.standing_of(life.life_of(lot[0], containers=False)))
    if made is None:
        standing.append(Standing.NOT_MADE)
    return replace(
        _named(told, names),
        standing=standings.worst(standing),
        steps=telling.tell(events, made, names, _site_of(made)),
        materials=telling.materials_of(sources, product, names, origins),
        lot=lot[1] if lot is not None else code.lot if code.kind == ItemKind.LOT else None,
        sampled=bool(members),
    )


def _placed(event: StoryEvent) -> StoryEvent:
    """Return the event with its destinations named as master data names them."""
    if not event.destinations:
        return event
    canonical = []
    for uri in event.destinations:
        with suppress(Fault):
            canonical.append(coding.identify_place(uri))
    return replace(event, destinations=canonical)


def _site_of(made: StoryEvent | None) -> Name | None:
    """Return the name of the plant that an item was made in: the site whose location its place starts with."""
    if made is None or made.place is None:
        return None
    for site in tenancy.sites():
        if site.location_uri and made.place.startswith(site.location_uri):
            return telling.name_of(site.name_zh, site.name_en)
    return None
