"""A mail server in this process: what is sent to it can be read, and it can be told to refuse or be away."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class PostOffice:
    """Takes mail of whoever signs in with the right password. ``answer``: what it says instead of taking mail."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.answer:
            return self.answer
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"

    def read(self) -> list[tuple[str, str, str]]:
        """Return recipient, subject and text of the mails that came."""
        return [(str(mail["To"]), str(mail["Subject"]), mail.get_content()) for mail in self.mails]


class _Counter(Controller):
    """A controller on any free port: aiosmtpd's own looks for itself at the port that was asked for."""

    def _trigger_server(self) -> None:
        with socket.create_connection(self.server.sockets[0].getsockname()[:2], 5) as first:
            first.recv(1024)


def _known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (b"suyuan", b"post secret"), handled=False)


@contextmanager
def post_office(monkeypatch: Any, tmp_path: Any) -> Iterator[PostOffice]:
    """Run one and have the application send its mail there."""
    from suyuan.chassis.settings import settings

    office = PostOffice()
    controller = _Counter(
        office, hostname="127.0.0.1", port=0, authenticator=_known, auth_require_tls=False, auth_required=True
    )
    controller.start()
    secret = tmp_path / "mail_password"
    secret.write_text("post secret\n")
    given = {
        "HOST": "127.0.0.1", "PORT": str(controller.server.sockets[0].getsockname()[1]), "SECURITY": "none",
        "USER": "suyuan", "PASSWORD_FILE": str(secret), "FROM": "suyuan@plant.example",
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(f"SUYUAN_MAIL_{name}", value)
    settings.cache_clear()
    try:
        yield office
    finally:
        controller.stop()
        for name in given:
            monkeypatch.delenv(f"SUYUAN_MAIL_{name}")
        settings.cache_clear()
