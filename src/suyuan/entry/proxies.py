"""Who really calls: behind proxies that the operator names, the address that they saw; from anybody else, no claim."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any

from suyuan.chassis.settings import Network, networks_in, settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def put_true_client(scope: MutableMapping[str, Any]) -> None:
    """Have ``scope`` name as its client whoever the trusted proxies before us say that they serve."""
    trusted = _trusted(settings().trusted_proxies)
    if not trusted:
        return
    host, port = scope.get("client") or ("", 0)
    named = b",".join(value for name, value in scope["headers"] if name.lower() == b"x-forwarded-for")
    scope["client"] = (true_client(str(host), named.decode("latin-1"), trusted), port)


@lru_cache(maxsize=4)
def _trusted(named: str) -> tuple[Network, ...]:
    return networks_in(named)


def true_client(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """Return the last address that a trusted proxy named: from the connection backward, for as long as they are ours.

    ``forwarded``: all of ``X-Forwarded-For``; what stands left of the first stranger is that stranger's claim.
    """
    known, found = tuple(trusted), peer
    hops = [each.strip() for each in forwarded.split(",")] if forwarded else []
    while (address := _address(found)) is not None and any(address in network for network in known):
        before = _address(hops.pop()) if hops else None
        if before is None:
            break
        found = str(before)
    return found


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
