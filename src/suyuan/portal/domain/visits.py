"""Whose lookups count together, and how many are too many, so that nobody finds serial numbers by trying."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict

LOOKUPS_A_MINUTE = 120
_MOMENT_SECONDS = 1.0
_ADDRESSES = 20_000
"""Refused addresses remembered at most; the one refused longest ago is forgotten first."""


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


class Refusals:
    """Visitors that were just refused: for a moment they are refused again without asking, so a flood costs nothing."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def note(self, visitor: str, now: float) -> None:
        """Remember that a visitor was refused at ``now`` (seconds)."""
        self._until[visitor] = now + _MOMENT_SECONDS
        self._until.move_to_end(visitor)
        while len(self._until) > _ADDRESSES:
            self._until.popitem(last=False)

    def stands(self, visitor: str, now: float) -> bool:
        """Tell whether a refusal of this visitor still stands."""
        return self._until.get(visitor, now) > now
