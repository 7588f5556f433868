"""The console's one page; its router decides what to show for an address."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.http import require_GET

from suyuan.chassis.http import open_operation
from suyuan.entry.headers import with_nonce
from suyuan.entry.web.api_v1 import no_such_path

_PAGE = Path(__file__).parent.parent / "static" / "app" / "index.html"
_NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Suyuan 溯源</title>
<p>网页尚未构建：请运行 <code>make web</code>。</p><p>The web pages are not built yet: run <code>make web</code>.</p>
"""


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> bytes:
    return path.read_bytes()


def page_of(path: Path, content_type: str) -> HttpResponse:
    """Return a built file under an address of its own, never cached, so that an upgrade shows at once."""
    if not path.exists():
        return HttpResponse(_NOT_BUILT, status=503)
    body, policy = with_nonce(_read(path, path.stat().st_mtime_ns))
    response = HttpResponse(body, content_type=content_type)
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = policy
    return response


@open_operation("the page holds no data; it asks the API, which checks every call")
@require_GET
def console(_: HttpRequest) -> HttpResponse:
    """Return the console's page."""
    return page_of(_PAGE, "text/html; charset=utf-8")


urlpatterns = [
    re_path(r"^(?:api|epcis)(?:/|$)", no_such_path),
    re_path(r"^(?!static/)", console),
]
