"""The whole application in process, through ASGI: what a client of the server sees, without a socket."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx


PASSWORD = "correct horse 42"


class InProcess:
    """A synchronous client of the ASGI application. Headers given once are sent with every request."""

    def __init__(self, token: str | None = None, language: str = "en") -> None:
        from suyuan.entry.asgi import app

        headers = {"Accept-Language": language}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://testserver", headers=headers
        )

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request and return the whole answer."""
        return asyncio.run_coroutine_threadsafe(self._client.request(method, path, **options), _loop()).result(120)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def patch(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)

    def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in as the console does; cookies and the CSRF header stay with this client."""
        self.get("/api/v1/session")
        token = self._client.cookies.get("suyuan_csrf", "")
        self._client.headers["X-CSRFToken"] = token
        answer = self.post("/api/v1/session", json={"login": login, "password": password})
        if answer.status_code == 200:
            self._client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
        return answer


_running: list[asyncio.AbstractEventLoop] = []


def _loop() -> asyncio.AbstractEventLoop:
    if not _running:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True, name="test-asgi").start()
        _running.append(loop)
    return _running[0]
