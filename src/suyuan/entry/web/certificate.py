"""The page that tells how a device comes to trust the plant's own certificates, and the authority to install."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from cryptography.hazmat.primitives import serialization
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from suyuan.chassis.http import language_of, open_operation
from suyuan.chassis.settings import settings
from suyuan.entry import certificates
from suyuan.kernel.faults import Bilingual, Language

_WHY: Final = "a device installs it before anybody can sign in on it; a certificate is no secret"
_STYLE: Final = (
    ":root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;"
    "padding:1rem 1.2rem 3rem;background:Canvas;color:CanvasText}h1{font-size:1.5rem}h2{font-size:1.15rem;"
    "margin-top:1.8rem}code{overflow-wrap:anywhere;font-size:.9em}.go{display:inline-block;padding:.8rem 1.4rem;"
    "border-radius:.7rem;background:#0b5c7d;color:#fff;font-weight:600;text-decoration:none}nav{text-align:right}"
    "nav a{color:LinkText}li{margin:.3rem 0}"
)
_TITLE: Final = Bilingual("溯源：安装根证书", "Suyuan: install the authority")
_NONE: Final = Bilingual(
    "还没有证书。请在服务器上运行 suyuan certificate make，再用 suyuan serve --tls 启动。",
    "There is no certificate yet. Run suyuan certificate make on the server, then start it with suyuan serve --tls.",
)
_ITSELF: Final = frozenset({"localhost", "127.0.0.1"})


@open_operation(_WHY)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Return the instructions, in the language asked for."""
    asked = request.GET.get("lang")
    language = language_of(asked if asked in ("zh", "en") else request.headers.get("Accept-Language", ""))
    made = certificates.of(settings().data)
    body = _told(language, made) if made.exist() else f"<main><h1>{_NONE.render(language)}</h1></main>"
    html = (
        f"<!doctype html><html lang='{'en' if language == 'en' else 'zh-CN'}'><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{_TITLE.render(language)}</title><style>{_STYLE}</style>{body}</html>"
    )
    response = HttpResponse(html, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY
    return response


_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
"""The page runs nothing and loads nothing; its own style is named by its hash."""


def _told(language: Language, made: certificates.Certificates) -> str:
    text = Path(__file__).with_name(f"certificate.{language}.html").read_text(encoding="utf-8")
    names = ", ".join(escape(name) for name in made.names() if name not in _ITSELF)
    return Template(text).substitute(fingerprint=made.fingerprint(), names=names)


@open_operation(_WHY)
@require_GET
def authority(_: HttpRequest) -> HttpResponse:
    """Return the authority's certificate as devices install it (DER)."""
    made = certificates.of(settings().data)
    if not made.exist():
        raise Http404
    content = made.read(made.authority).public_bytes(serialization.Encoding.DER)
    response = HttpResponse(content, content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="suyuan-authority.crt"'
    response["Cache-Control"] = "no-cache"
    return response


urlpatterns = [path("certificate", page), path("certificate/authority.crt", authority)]
