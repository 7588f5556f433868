"""The records after the gate: shipping, the dealer, the store, the sale, the consumer's scan."""

from __future__ import annotations

from suyuan.packs.electronics_demo.domain.catalogue import OWN
from suyuan.packs.electronics_demo.domain.identifiers import document, scan_of, sgln
from suyuan.packs.electronics_demo.domain.incoming import handed_over
from suyuan.packs.electronics_demo.domain.staff import SHIP_PDA, SITE
from suyuan.packs.electronics_demo.domain.trade import Outlet
from suyuan.packs.electronics_demo.domain.writing import CONSUMER_SCAN, Event, at, outside

_SCAN = {"suyuan:captureMethod": "scan"}


def shipped(pallet: str, dealer: Outlet, number: str, moment: int) -> Event:
    """Return a pallet leaving for a dealer."""
    return at(
        SHIP_PDA, "ObjectEvent", moment, "shipping", "in_transit", action="OBSERVE", epcList=[pallet],
        bizTransactionList=[{"type": "desadv", "bizTransaction": document(OWN.prefix, "00003", number)}],
        **handed_over(OWN, sgln(OWN.prefix, SITE), dealer.owner, dealer.uri),
        reading={"scanner": SHIP_PDA.code, "raw": scan_of(pallet), "truck": f"粤S·{number[-5:]}"},
    )


def dealer_received(pallet: str, dealer: Outlet, number: str, moment: int) -> Event:
    """Return the dealer's receipt of a pallet."""
    return outside(
        "ObjectEvent", moment, "receiving", "in_progress", dealer.uri, action="OBSERVE", epcList=[pallet],
        bizTransactionList=[{"type": "desadv", "bizTransaction": document(OWN.prefix, "00003", number)}],
        **handed_over(OWN, sgln(OWN.prefix, SITE), dealer.owner, dealer.uri), **_SCAN,
        **{"suyuan:reading": {"scanner": "DEALER-PDA", "raw": scan_of(pallet)}},
    )


def unpacked(carrier: str, outlet: Outlet, moment: int, disposition: str) -> Event:
    """Return a pallet or box unpacked whole at ``outlet``."""
    return outside(
        "AggregationEvent", moment, "unpacking", disposition, outlet.uri, action="DELETE", parentID=carrier,
        childEPCs=[], **_SCAN, **{"suyuan:reading": {"scanner": "PDA", "raw": scan_of(carrier)}},
    )


def sent_to_store(boxes: list[str], dealer: Outlet, store: Outlet, number: str, moment: int) -> Event:
    """Return boxes leaving the dealer for a store."""
    return outside(
        "ObjectEvent", moment, "shipping", "in_transit", dealer.uri, action="OBSERVE", epcList=boxes,
        bizTransactionList=[{"type": "desadv", "bizTransaction": document(dealer.owner.prefix, "00003", number)}],
        sourceList=[{"type": "location", "source": dealer.uri}],
        destinationList=[{"type": "location", "destination": store.uri}], **_SCAN,
        **{"suyuan:reading": {"scanner": "DEALER-PDA", "raw": [scan_of(box) for box in boxes]}},
    )


def store_received(boxes: list[str], store: Outlet, moment: int) -> Event:
    """Return a store's receipt of boxes."""
    return outside(
        "ObjectEvent", moment, "receiving", "sellable_not_accessible", store.uri, action="OBSERVE", epcList=boxes,
        **_SCAN, **{"suyuan:reading": {"scanner": "STORE-PDA", "raw": [scan_of(box) for box in boxes]}},
    )


def sold(unit: str, store: Outlet, receipt: str, moment: int) -> Event:
    """Return the sale of one unit at the till."""
    return outside(
        "ObjectEvent", moment, "retail_selling", "retail_sold", store.uri, action="OBSERVE", epcList=[unit], **_SCAN,
        **{"suyuan:reading": {"scanner": "POS-1", "raw": scan_of(unit), "receipt": receipt}},
    )


def consumer_scanned(unit: str, geo: str, moment: int) -> Event:
    """Return a consumer's look at the product's page; the place is a coarse position."""
    event = outside(
        "ObjectEvent", moment, CONSUMER_SCAN, "retail_sold", None, action="OBSERVE", epcList=[unit],
        readPoint={"id": geo}, **_SCAN,
    )
    event["suyuan:reading"] = {"scanner": "phone", "raw": link_of(unit)}
    return event


def link_of(unit: str) -> str:
    """Return the path of the product's GS1 Digital Link, e.g. ``/01/09521234543213/21/S1``."""
    scan = scan_of(unit)[3:]
    return f"/01/{scan[2:16]}/21/{scan[18:]}"
