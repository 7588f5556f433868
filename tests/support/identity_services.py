"""A real OpenID Connect service on this machine (``oidc-provider-mock``), and a browser that goes there and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock

from tests.support.web import InProcess

Claims = Mapping[str, Any]


@contextmanager
def serving(people: Mapping[str, Claims]) -> Iterator[str]:
    """Serve the people by subject; give the service's address."""
    users = [oidc_provider_mock.User(sub=subject, claims=dict(claims)) for subject, claims in people.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


def settings_for(issuer: str, **more: Any) -> dict[str, Any]:
    """Return what an administrator enters."""
    named = {"name_zh": "公司登录", "name_en": "Company", "client": "suyuan", "secret": "a secret", "enabled": True}
    return {"issuer": issuer, **named, **more}


def consented(address: str, subject: str) -> dict[str, str]:
    """Say at the service who one is; return what it sends the browser back with."""
    answer = httpx.post(address, data={"sub": subject}, follow_redirects=False)
    assert answer.status_code in {302, 303}, answer.text
    back = urlsplit(answer.headers["location"])
    assert back.path == "/api/v1/session/provider/callback"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def sign_in_by(browser: InProcess, company: str, provider: int, subject: str, to: str = "/events") -> Any:
    """Go to the service and back as a browser does; return the last answer."""
    browser.take_page_token()
    asked = {"company": company, "provider": provider, "to": to}
    start = browser.get("/api/v1/session/provider/start", params=asked)
    assert start.status_code == 302, start.text
    return browser.get("/api/v1/session/provider/callback", params=consented(start.headers["location"], subject))
