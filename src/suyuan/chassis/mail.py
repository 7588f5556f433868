"""Sending mail: one server of the installation, or one that is named; what fails says whether trying again may help."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final, Literal

from suyuan.chassis.settings import settings

TIMEOUT: Final = 20.0
Security = Literal["starttls", "tls", "none"]
_PORTS: Final = {"tls": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail. ``port`` 0: the usual one of ``security``. Without ``user`` nobody signs in."""

    host: str
    port: int = 0
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""


class MailRefusedError(OSError):
    """The server took the connection and refused this mail for good; trying again changes nothing."""


def own_server() -> MailServer | None:
    """Return the installation's mail server, or None where none is set."""
    known = settings()
    if not known.mail_host:
        return None
    return MailServer(
        known.mail_host, known.mail_port, known.mail_security, known.mail_user, known.mail_password(),
        known.mail_from or known.mail_user,
    )  # fmt: skip


def send_mail(server: MailServer, message: EmailMessage) -> None:
    """Hand ``message`` to ``server``; when this returns, the server has taken it.

    :raises OSError: where it cannot be reached, is busy or does not let us in; :class:`MailRefusedError` where it
        refuses the mail itself.
    """
    port = server.port or _PORTS[server.security]
    context = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(server.host, port, timeout=TIMEOUT, context=context)
        if server.security == "tls"
        else smtplib.SMTP(server.host, port, timeout=TIMEOUT)
    )
    with connection:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        try:
            connection.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            if all(code >= 500 for code in _codes(error)):
                raise MailRefusedError(str(error)) from error
            raise


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
