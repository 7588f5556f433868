"""Counting lookups of an address, so that nobody finds serial numbers by trying."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict

LOOKUPS_A_MINUTE = 120
_WINDOW_SECONDS = 60.0
_ADDRESSES = 20_000
"""Addresses remembered at most; the one unseen longest is forgotten first."""


def visitor_of(peer: str, forwarded: str | None) -> str:
    """Return whose lookups count together: an IPv4 address, or an IPv6 network of /64 (one household has many).

    A proxy on this machine or in the private network names the visitor last in ``X-Forwarded-For``; from anybody else
    that header is only a claim.
    """
    address = _parsed(peer)
    if forwarded and address is not None and (address.is_loopback or address.is_private):
        address = _parsed(forwarded.rpartition(",")[2]) or address
    if address is None:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None


class Visits:
    """Counts of the running and the last minute by visitor; the last one fades out, so no edge can be waited for."""

    def __init__(self, limit: int = LOOKUPS_A_MINUTE) -> None:
        self._limit = limit
        self._counts: OrderedDict[str, tuple[int, float, float]] = OrderedDict()

    def admit(self, visitor: str, now: float) -> bool:
        """Count one lookup at ``now`` (seconds); tell whether it is within the limit. Refused ones do not count."""
        window = int(now // _WINDOW_SECONDS)
        seen, current, last = self._counts.pop(visitor, (window, 0.0, 0.0))
        if seen != window:
            last = current if seen == window - 1 else 0.0
            current = 0.0
        fading = 1.0 - (now / _WINDOW_SECONDS - window)
        admitted = current + last * fading < self._limit
        self._counts[visitor] = (window, current + admitted, last)
        while len(self._counts) > _ADDRESSES:
            self._counts.popitem(last=False)
        return admitted
