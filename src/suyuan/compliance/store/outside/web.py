"""Requests to other servers: short, bounded, never redirected, never to addresses that only this machine can mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import time
from collections.abc import Mapping
from http.client import HTTPMessage
from typing import IO, Final
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT: Final = 20.0
LONGEST_ANSWER: Final = 1 << 20


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Refuse: a redirect would lead a request to an address that nobody entered."""


def checked_url(url: str) -> str:
    """Return the URL of a server that may be asked.

    :raises ValueError: for another scheme, or an address of this machine's own surroundings (link-local, metadata).
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ValueError("an http or https address without a password in it")
    for found in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        address = ipaddress.ip_address(str(found[4][0]).split("%")[0])
        if address.is_link_local or address.is_multicast or address.is_unspecified:
            raise ValueError(f"{parts.hostname} is {address}: not an address outside")
    return url


def request(url: str, body: bytes, headers: Mapping[str, str], method: str = "POST") -> bytes:
    """Send ``body`` and return the answer, at most a megabyte.

    :raises OSError: where the server cannot be reached or refuses.
    """
    sent = Request(checked_url(url), data=body, headers=dict(headers), method=method)  # noqa: S310 (scheme checked)
    with build_opener(_NoRedirect).open(sent, timeout=TIMEOUT) as answer:
        found: bytes = answer.read(LONGEST_ANSWER)
    return found


def post_webhook(
    options: Mapping[str, str], secret: str, origin: str, number: int, note: str
) -> tuple[str, bytes | None]:
    """Post the note as JSON, signed as Standard Webhooks has it where there is a secret."""
    body = json.dumps({"type": "log.checkpoint", "origin": origin, "number": number, "note": note}).encode()
    identity, moment = f"{origin}/{number}", str(int(time.time()))
    headers = {"Content-Type": "application/json", "webhook-id": identity, "webhook-timestamp": moment}
    if secret:
        signed = hmac.new(secret.encode(), f"{identity}.{moment}.".encode() + body, hashlib.sha256).digest()
        headers["webhook-signature"] = f"v1,{base64.b64encode(signed).decode()}"
    request(options["url"], body, headers)
    return options["url"], None
