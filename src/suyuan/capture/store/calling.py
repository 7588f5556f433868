"""Calling webhooks: an address is checked where it leads, and then called there and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import time
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from suyuan.capture.contracts import actions as faults
from suyuan.chassis.outside import AddressRefusedError, CheckedConnection, checked_address
from suyuan.chassis.settings import settings

_LONGEST_ANSWER: Final = 2_000


def secret_of(tenant: int) -> str:
    """Return a tenant's secret as Standard Webhooks write it: ``whsec_`` and base64."""
    key = hmac.new(settings().secret("webhooks").encode(), str(tenant).encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(key).decode()}"


def signature(secret: str, identity: UUID | str, moment: int, body: bytes) -> str:
    """Return the header ``webhook-signature`` (Standard Webhooks 1.0: HMAC-SHA256 of ``id.timestamp.body``)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{identity}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def call(url: str, identity: UUID, body: bytes, secret: str) -> str:
    """Post a signed body; return what was answered in short. Redirects are not followed.

    :raises Fault: ``capture.webhook_host`` where the address may not be called; ``capture.webhook_not_taken``.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port)
    moment = int(time.time())
    headers = {
        "Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "suyuan-webhooks",
        "webhook-id": str(identity), "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, identity, moment, body),
    }  # fmt: skip
    connection = CheckedConnection(host, port, address, secure=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise faults.NOT_TAKEN(host=host, why=f"{type(error).__name__}: {error}"[:200]) from None
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        raise faults.NOT_TAKEN(host=host, why=f"HTTP {answer.status}")
    return f"HTTP {answer.status}"


def _address(host: str, port: int) -> str:
    """Return an address of the host that may be called.

    :raises Fault: ``capture.webhook_host``, ``capture.webhook_not_taken``.
    """
    try:
        return checked_address(host, port, settings().webhook_hosts)
    except AddressRefusedError as error:
        raise faults.HOST_REFUSED(host=host, why=str(error)) from None
    except OSError as error:
        raise faults.NOT_TAKEN(host=host, why=str(error)[:200]) from None
