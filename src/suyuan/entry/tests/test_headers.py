"""What answers tell a browser about safety, whichever way they are served."""

from __future__ import annotations

import re

import pytest

from suyuan.chassis.settings import settings
from tests.support.web import InProcess

PAGES = ("/", "/people", "/pda", "/api/v1/session", "/epcis/v2/events", "/epcis/v2/nothing", "/api/nothing", "/healthz")


@pytest.fixture
def built(application, tmp_path, monkeypatch):
    """A page as the build leaves it."""
    from suyuan.entry.web import console

    page = tmp_path / "index.html"
    page.write_bytes(b'<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>')
    monkeypatch.setattr(console, "_PAGE", page)


def test_nothing_inline_runs_anywhere(application, built) -> None:
    for path in PAGES:
        answer = InProcess().get(path)
        policy = answer.headers["content-security-policy"].replace("'wasm-unsafe-eval'", "")
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["referrer-policy"] in {"same-origin", "no-referrer"}, path
        assert "camera=" in answer.headers["permissions-policy"], path
        assert "strict-transport-security" not in answer.headers, path


def test_each_page_has_a_nonce_of_its_own(application, built) -> None:
    seen = set()
    for _ in range(3):
        answer = InProcess().get("/")
        nonce = re.search(r"style-src 'self' 'nonce-([\w-]{24})'", answer.headers["content-security-policy"])
        assert nonce is not None
        assert answer.text.count(f'nonce="{nonce[1]}"') == 2
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        seen.add(nonce[1])
    assert len(seen) == 3


def test_static_files_carry_the_same_headers(application) -> None:
    from suyuan.entry import headers

    told: dict[str, str] = {}
    headers.tell_safety(told)
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"


def test_behind_tls_cookies_are_bound_to_this_host_and_to_tls(tenant, monkeypatch) -> None:
    from django.test import override_settings

    from suyuan.entry import edge, headers

    behind_tls = settings().model_copy(update={"secure_cookies": True})
    headers.safety_headers.cache_clear()
    monkeypatch.setattr(headers, "settings", lambda: behind_tls)
    monkeypatch.setattr(edge, "settings", lambda: behind_tls)
    monkeypatch.setattr("tests.support.web.PAGE_COOKIE", behind_tls.page_cookie)
    browser = InProcess(secure=True)
    try:
        with override_settings(
            CSRF_COOKIE_NAME=behind_tls.page_cookie,
            CSRF_COOKIE_SECURE=True,
            CSRF_TRUSTED_ORIGINS=["https://testserver"],
        ):
            answer = browser.sign_in(tenant.person())
            assert answer.status_code == 200, answer.text
            assert browser.get("/api/v1/session").status_code == 200
    finally:
        headers.safety_headers.cache_clear()
    kept = [each.strip() for each in answer.headers.get_list("set-cookie") if "suyuan_session" in each]
    assert kept
    assert kept[0].startswith("__Host-suyuan_session=")
    for flag in ("HttpOnly", "Secure", "Path=/", "SameSite=Lax"):
        assert flag in kept[0]
    assert "Domain" not in kept[0]
    assert "max-age=" in answer.headers["strict-transport-security"]
