"""What every answer tells a browser about safety: what may run, be fetched, frame it, and over which line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from suyuan.chassis.settings import settings

NONCE_PLACE: Final = b"__CSP_NONCE__"
"""Where a built page names the nonce of its answer (``html.cspNonce`` of the build)."""
NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:;"
    " font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
_A_YEAR: Final = 31_536_000
_FEATURES: Final = (
    "accelerometer=(), camera=(self), display-capture=(), geolocation=(self), gyroscope=(), hid=(),"
    " microphone=(self), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self),"
    " serial=(), usb=()"
)


@cache
def safety_headers() -> Mapping[str, str]:
    """Return the headers of answers that are no page: nothing in them may run, wherever a browser is made to show it.

    HSTS only where the operator says that all of it is behind TLS: over plain HTTP it means nothing, and on a machine
    that also serves without TLS it would lock people out.
    """
    told = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": _FEATURES,
        "Content-Security-Policy": NOTHING,
    }
    if settings().secure_cookies:
        told["Strict-Transport-Security"] = f"max-age={_A_YEAR}; includeSubDomains"
    return told


@cache
def raw_safety_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Return the same as ASGI sends them."""
    return tuple((name.lower().encode(), value.encode()) for name, value in safety_headers().items())


def with_nonce(page: bytes) -> tuple[bytes, str]:
    """Return a built page with a nonce of its own, and the policy that lets its scripts and styles alone run.

    Scripts come from files of ours only. The components' styles are written while the page runs; each has the nonce.
    """
    nonce = secrets.token_urlsafe(18)
    return page.replace(NONCE_PLACE, nonce.encode()), _PAGE.format(nonce=nonce)


def tell_safety(headers: Any) -> None:  # noqa: ANN401 (whitenoise's own kind of headers)
    """Add the headers to a static file."""
    for name, value in safety_headers().items():
        headers[name] = value
