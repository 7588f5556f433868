"""What checks ask before something is done with items; and the master data that forms offer.

This is for those who capture, not for readers: it is not narrowed to sites.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from suyuan.chassis.database import Later, tx
from suyuan.trace.contracts import MasterDatum
from suyuan.trace.contracts.facts import ItemFacts
from suyuan.trace.store import facts as store


def current_facts(uris: Iterable[str], steps: Sequence[str] = (), *, expiry: bool = False) -> dict[str, ItemFacts]:
    """Return what the ledger says now of those of ``uris`` (canonical) that any event named.

    :param steps: business steps whose newest event is asked for.
    :param expiry: whether expiry dates are looked up too.
    """
    return store.current_facts(uris, steps, expiry=expiry)()


def ask_current_facts(
    uris: Iterable[str], steps: Sequence[str] = (), *, expiry: bool = False
) -> Later[dict[str, ItemFacts]]:
    """Ask for :func:`current_facts`; the answer is waited for where it is called for."""
    return store.current_facts(uris, steps, expiry=expiry)


def newest_number() -> int | None:
    """Return the number of the newest event of any site; None where there is none."""
    return store.newest_number()


def master_stamp() -> tuple[int, datetime | None]:
    """Return what changes whenever an entry of the master data changes: for whoever keeps what they read."""
    return tx().once(master_stamp, store.master_stamp)


def ask_master_stamp() -> None:
    """Ask for what :func:`master_stamp` will be called for in steady work."""
    tx().ahead(master_stamp, store.master_stamp)


def master_data() -> list[MasterDatum]:
    """Return every entry of the master data."""
    return store.master_data()


def master_with(attribute: str, value: str) -> str | None:
    """Return the URI of the entry of the master data that has this value of an attribute; the first of several."""
    return store.master_with(attribute, value)


def recent_items(most: int, sites: Sequence[int] | None) -> list[tuple[str, str]]:
    """Return URI and readable code of the items seen last, newest first; ``sites``: those of events there only."""
    return store.recent_items(most, sites)
