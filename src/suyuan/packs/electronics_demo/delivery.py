"""Sending documents to the server's capture interface, as a device gateway would."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from suyuan.packs.electronics_demo.contracts import SERVER_REFUSED

CAPTURE = "/epcis/v2/capture"
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that say nothing about the document: worth another try."""


class ServerAwayError(ConnectionError):
    """The server cannot be reached, or cannot take anything just now."""


@dataclass(slots=True)
class EpcisDelivery:
    """Posts documents with a token over connections that stay open, one for each thread; a ``Post`` when called.

    A call returns once the capture job of the document has finished.
    """

    url: str
    token: str
    timeout: float = 60.0
    """How long one answer, and the whole of one capture job, may take, in seconds."""
    _local: threading.local = field(default_factory=threading.local)

    def __call__(self, body: bytes) -> None:
        """Deliver ``body``.

        :raises ServerAwayError: the server is away or busy; the same document may be sent again.
        :raises Fault: ``electronics_demo.server_refused`` where the document, or one of its events, was refused.
        """
        status, headers, answer = self._ask("POST", CAPTURE, body)
        if status not in (200, 201, 202):
            self._refused(status, answer)
        location = headers.get("location")
        if location:
            self._await(urlsplit(location).path)

    def close(self) -> None:
        """Close this thread's connection."""
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _await(self, path: str) -> None:
        deadline, pause = time.monotonic() + self.timeout, 0.02
        while True:
            status, _, answer = self._ask("GET", path, None)
            if status != 200:
                self._refused(status, answer)
            job: dict[str, Any] = json.loads(answer)
            if not job.get("running", False):
                if not job.get("success", False):
                    self._refused(status, json.dumps(job.get("errors", job), ensure_ascii=False).encode())
                return
            if time.monotonic() > deadline:
                raise ServerAwayError(f"{self.url}{path} still runs")
            time.sleep(pause)
            pause = min(pause * 1.6, 0.5)

    def _refused(self, status: int, answer: bytes) -> None:
        text = f"{status} {answer[:600].decode(errors='replace')}"
        if status in _LATER:
            raise ServerAwayError(text)
        raise SERVER_REFUSED(url=self.url, answer=text, status=status)

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, dict[str, str], bytes]:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if body is not None:
            headers |= {"Content-Type": "application/ld+json", "GS1-Capture-Error-Behaviour": "rollback"}
        kept = getattr(self._local, "connection", None) is not None
        try:
            return self._exchange(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if not kept:
                raise ServerAwayError(str(error)) from error
        try:  # a kept connection may have been closed at the other end meanwhile; ids make a repetition harmless
            return self._exchange(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise ServerAwayError(str(error)) from error

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        connection = self._connection()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, answer

    def _connection(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            parts = urlsplit(self.url)
            if parts.scheme not in ("http", "https") or parts.hostname is None:
                raise SERVER_REFUSED(url=self.url, answer="not an http address", status=0)
            make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            connection = make(parts.hostname, parts.port, timeout=self.timeout)
            self._local.connection = connection
        return connection
