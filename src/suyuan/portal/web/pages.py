"""The pages behind the code on a product: open to everybody, in the phone's language."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from suyuan.chassis.contracts import METHOD_NOT_ALLOWED
from suyuan.chassis.database import transaction
from suyuan.chassis.http import language_of, open_operation
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import LANGUAGES, Fault, Language
from suyuan.portal import api
from suyuan.portal.contracts import ConsumerCode, PublicStory
from suyuan.portal.web import rendering
from suyuan.portal.web.words import TEXTS

LINKSET = "application/linkset+json"


@open_operation("shows only what a tenant has published of its products")
def consumer_page(request: HttpRequest) -> HttpResponse:
    """Answer for a Digital Link path: the story, or a page that says why there is none."""
    if request.method not in {"GET", "HEAD"}:
        raise METHOD_NOT_ALLOWED(method=request.method or "", allowed="GET, HEAD")
    language = _language(request)
    try:
        if not api.admit(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For")):
            return _busy(request, language)
        return _answer(request, language)
    except (OperationalError, InterfaceError):
        response = _page(request, _notice(language, "away", "away", "away_do"), language, 503)
        response["Retry-After"] = "5"
        return response


def _answer(request: HttpRequest, language: Language) -> HttpResponse:
    try:
        code = api.read_code(request.path_info)
    except Fault as fault:
        said = (fault.title(language), fault.remedy(language))
        page = rendering.notice_page(language, "fault", lines=said, given=request.path_info[:200])
        return _page(request, page, language, fault.kind.status)
    if code.product is None:
        return _page(request, _notice(language, "sscc", "sscc_text", "sscc_do", code=code), language)
    looked_up = _looked_up(request, code)
    if looked_up is not None:
        return looked_up
    story = _story(code)
    if story is None:
        page = _notice(language, "unknown", "unknown", "unknown_check", "unknown_seller", code=code)
        return _page(request, page, language, 404)
    if request.GET.get("linkType") in {"all", "linkset"} or LINKSET in request.headers.get("Accept", ""):
        return _linkset(request, story)
    if code.kind == "product":
        chosen = language if request.GET.get("lang") in LANGUAGES else ""
        return _page(request, rendering.product_page(story, language, chosen), language)
    return _page(request, rendering.story_page(story, language), language)


def _notice(language: Language, name: str, *lines: str, code: ConsumerCode | None = None) -> bytes:
    said = tuple(TEXTS[line].render(language) for line in lines)
    return rendering.notice_page(language, name, code=code, lines=said)


def _story(code: ConsumerCode) -> PublicStory | None:
    tenant_id = api.publisher_of(code)
    if tenant_id is None:
        return None
    with transaction(api.visitor(tenant_id)):
        return api.story_of(code)


def _language(request: HttpRequest) -> Language:
    """Return the language chosen on the page, else the phone's."""
    for language in LANGUAGES:
        if request.GET.get("lang") == language:
            return language
    return language_of(request.headers.get("Accept-Language", ""))


def _looked_up(request: HttpRequest, code: ConsumerCode) -> HttpResponse | None:
    """Send a number typed into the product's page to the page of that item."""
    number = request.GET.get("number", "").strip()
    if code.kind != "product" or not number:
        return None
    kind = "10" if request.GET.get("kind") == "lot" else "21"
    chosen = request.GET.get("lang")
    target = f"/01/{code.gtin}/{kind}/{quote(number, safe='')}" + (f"?lang={chosen}" if chosen in LANGUAGES else "")
    response = HttpResponse(status=303)
    response["Location"] = target
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, body: bytes, language: Language, status: int = 200) -> HttpResponse:
    """Return a page that phones may keep for a moment and then ask again whether it changed."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    unchanged = status == 200 and tag in request.headers.get("If-None-Match", "")
    response = HttpResponse(b"" if unchanged else body, status=304 if unchanged else status)
    response["Content-Language"] = "zh-CN" if language == "zh" else "en"
    response["Content-Security-Policy"] = rendering.CONTENT_SECURITY_POLICY
    response["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
    response["Referrer-Policy"] = "no-referrer"
    response["Vary"] = "Accept-Language, Accept"
    # a recall must show within a minute
    response["Cache-Control"] = "public, max-age=30, must-revalidate" if status == 200 else "no-store"
    if status == 200:
        response["ETag"] = tag
    else:
        response["X-Robots-Tag"] = "noindex"
    return response


def _busy(request: HttpRequest, language: Language) -> HttpResponse:
    response = _page(request, _notice(language, "busy", "busy", "busy_do"), language, 429)
    response["Retry-After"] = "60"
    return response


def _linkset(request: HttpRequest, story: PublicStory) -> HttpResponse:
    """Return the links of an item (RFC 9264), as GS1-conformant resolvers do: here, this page is the only one."""
    base_url = settings().public_url or f"{request.scheme}://{request.get_host()}"
    anchor = base_url.rstrip("/") + quote(request.path_info)
    page = [{"href": anchor, "title": story.product.en, "type": "text/html", "hreflang": ["zh", "en"]}]
    links = {
        "anchor": anchor,
        "itemDescription": story.product.en,
        "https://gs1.org/voc/defaultLink": page,
        "https://gs1.org/voc/pip": page,
        "https://gs1.org/voc/traceability": page,
    }
    response = HttpResponse(msgspec.json.encode({"linkset": [links]}), content_type=LINKSET)
    response["Vary"] = "Accept-Language, Accept"
    response["Cache-Control"] = "public, max-age=30"
    response["Access-Control-Allow-Origin"] = "*"
    return response


urlpatterns = [re_path(r"^0[01]/", consumer_page)]
