"""Where a request comes from."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.http import HttpRequest

from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import Visit


def visit_of(request: HttpRequest) -> Visit:
    """Return address, device, website and browser of a request.

    The website is the one this server is known by where that is set, else the one that was asked for: a browser says
    that truly. The browser is told by the secret of its page cookie, so that a question asked in one is not answered in
    another.
    """
    asked = f"{'https' if settings().secure_cookies else request.scheme}://{request.get_host()}"
    parts = urlsplit(settings().public_url or asked)
    secret = str(request.META.get("CSRF_COOKIE", ""))
    return Visit(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_USER_AGENT", ""),
        f"{parts.scheme}://{parts.netloc}",
        hashlib.sha256(secret.encode()).hexdigest() if secret else "",
    )
