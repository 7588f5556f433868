"""The whole application in process, through ASGI: what a client of the server sees, without a socket."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx

PASSWORD = "correct horse 42"
PAGE_COOKIE = "suyuan_csrf"


class InProcess:
    """A synchronous client of the ASGI application. Headers given once are sent with every request."""

    def __init__(
        self, token: str | None = None, language: str = "en", *, address: str = "127.0.0.1", secure: bool = False,
        host: str = "testserver",
    ) -> None:  # fmt: skip
        from suyuan.entry.asgi import app

        headers = {"Accept-Language": language}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(address, 40_000)),
            base_url=f"{'https' if secure else 'http'}://{host}",
            headers=headers,
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

    def put(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)

    def open_stream(self, path: str, until: bytes = b"") -> tuple[int, bytes]:
        """Open a stream and leave it once it has sent ``until`` (or at the end); return status and bytes."""
        headers = self._client.build_request("GET", path).headers
        return asyncio.run_coroutine_threadsafe(_open_stream(path, headers, until), _loop()).result(60)

    def without_page_token(self) -> InProcess:
        """Return this client's session as another page would use it: the cookies, but not the token of our pages."""
        other = InProcess()
        other._client.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())
        return other

    def take_page_token(self) -> None:
        """Load a page of ours: from then on unsafe requests carry its token."""
        self.get("/api/v1/session")
        self._client.headers["X-CSRFToken"] = self._client.cookies.get(PAGE_COOKIE, "")
        self._client.headers["Referer"] = str(self._client.base_url)

    def sign_in(self, login: str, password: str = PASSWORD, *, code: str | None = None) -> httpx.Response:
        """Sign in as the console does; cookies and the CSRF header stay with this client."""
        self.take_page_token()
        answer = self.post("/api/v1/session", json={"login": login, "password": password, "code": code})
        if answer.status_code == 200:
            self._client.headers["X-CSRFToken"] = answer.json()["csrf_token"]
        return answer


async def _open_stream(path: str, headers: httpx.Headers, until: bytes) -> tuple[int, bytes]:
    from suyuan.entry.asgi import app

    sent: list[dict[str, Any]] = []
    enough, asked = asyncio.Event(), False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b""}
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and until in b"".join(each.get("body", b"") for each in sent):
            enough.set()

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(name.lower(), value) for name, value in headers.raw], "client": ("127.0.0.1", 40_000),
    }  # fmt: skip
    await app(scope, receive, send)
    return int(sent[0]["status"]), b"".join(message.get("body", b"") for message in sent)


_running: list[asyncio.AbstractEventLoop] = []


def _loop() -> asyncio.AbstractEventLoop:
    if not _running:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True, name="test-asgi").start()
        _running.append(loop)
    return _running[0]


def leave() -> None:
    """End what runs in the background of the in-process server, before the database goes."""

    async def end() -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    while _running:
        loop = _running.pop()
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
