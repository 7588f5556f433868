"""The shop-floor page at /pda, with what lets it open without a network: its service worker and its manifest."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.http import require_GET

from suyuan.chassis.http import open_operation
from suyuan.entry.headers import NOTHING
from suyuan.entry.web.console import page_of

_APP = Path(__file__).parent.parent / "static" / "app"
_WHY = "the page holds no data; it asks the API, which checks every call"
MANIFEST = "application/manifest+json"


@open_operation(_WHY)
@require_GET
def page(_: HttpRequest) -> HttpResponse:
    """Return the page, never cached by the browser; its service worker holds it."""
    response = page_of(_APP / "pda.html", "text/html; charset=utf-8")
    # where the browser reads no codes, the page does it in WebAssembly that we serve
    policy = response.get("Content-Security-Policy", NOTHING)
    response["Content-Security-Policy"] = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    return response


@open_operation(_WHY)
@require_GET
def worker(_: HttpRequest) -> HttpResponse:
    """Return the service worker; it lies below /pda, and may look after /pda itself."""
    response = page_of(_APP / "pda-sw.js", "text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/pda"
    return response


@open_operation(_WHY)
@require_GET
def manifest(_: HttpRequest) -> HttpResponse:
    """Return what a phone needs to put the page on its home screen."""
    return page_of(_APP / "pda.webmanifest", MANIFEST)


urlpatterns = [
    re_path(r"^pda/sw\.js$", worker),
    re_path(r"^pda/manifest\.webmanifest$", manifest),
    re_path(r"^pda(?:/|$)", page),
]
