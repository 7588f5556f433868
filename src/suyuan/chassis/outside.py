"""Calling other servers: an address is checked where it leads, and then called there and nowhere else."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

TIMEOUT: Final = 10.0
LONGEST_ANSWER: Final = 1 << 20


class AddressRefusedError(ValueError):
    """The host's address is one of our own network, and the operator has not allowed it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a server answered."""

    status: int
    body: bytes


class CheckedConnection(http.client.HTTPConnection):
    """A connection to an address that was looked up and checked before; a name is not looked up twice."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the checked address; the certificate must be the host's."""
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def is_allowed(host: str, port: int, hosts: str) -> bool:
    """Tell whether the operator named this host (``*`` matches any part) among ``hosts``, separated by commas."""
    known = [each.strip().lower() for each in hosts.split(",") if each.strip()]
    return any(fnmatchcase(name, each) for each in known for name in (host.lower(), f"{host.lower()}:{port}"))


def checked_address(host: str, port: int, hosts: str) -> str:
    """Return an address of the host that may be called: a public one, or any of a host that the operator named.

    :raises OSError: where the name is not known; :class:`AddressRefusedError` where it leads into our own network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from None
    addresses = [str(each[4][0]) for each in found]
    if not is_allowed(host, port, hosts):
        for address in addresses:
            if not ipaddress.ip_address(address.split("%")[0]).is_global:
                raise AddressRefusedError(address)
    return addresses[0]


def fetch(url: str, hosts: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Heard:
    """Ask a server (POST where there is a body), at most a megabyte back. Redirects are not followed.

    Without TLS only where the operator named the host.

    :raises OSError: where it cannot be reached; :class:`AddressRefusedError`; ``ValueError`` for what is no address.
    """
    parts = urlsplit(url)
    secure, host = parts.scheme == "https", parts.hostname or ""
    port = parts.port or (443 if secure else 80)
    if parts.scheme not in {"https", "http"} or not host or parts.username:
        raise ValueError(url)
    if not secure and not is_allowed(host, port, hosts):
        raise AddressRefusedError("http")
    connection = CheckedConnection(host, port, checked_address(host, port, hosts), secure=secure)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET" if body is None else "POST", path, body, {"Host": parts.netloc, **(headers or {})})
        answer = connection.getresponse()
        return Heard(answer.status, answer.read(LONGEST_ANSWER))
    except http.client.HTTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from None
    finally:
        connection.close()
