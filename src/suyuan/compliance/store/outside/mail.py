"""Checkpoints by mail: they then lie in somebody else's mailbox."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage

from suyuan.compliance.store.outside.web import TIMEOUT


def mail(options: Mapping[str, str], secret: str, origin: str, number: int, note: str) -> tuple[str, bytes | None]:
    """Send the note. ``security``: ``starttls`` (default), ``tls`` or ``none``."""
    security = options.get("security", "starttls")
    message = EmailMessage()
    message["Subject"] = f"检查点 Checkpoint {number} · {origin}"
    message["From"] = options.get("from") or options.get("user") or options["to"]
    message["To"] = options["to"]
    message.set_content(f"请保存这封邮件。Keep this mail: it proves what the log held at this time.\n\n{note}")
    host, port = options["host"], int(options.get("port") or (465 if security == "tls" else 587))
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        if security == "tls"
        else smtplib.SMTP(host, port, timeout=TIMEOUT)
    )
    with server:
        if security == "starttls":
            server.starttls(context=context)
        if options.get("user"):
            server.login(options["user"], secret)
        server.send_message(message)
    return options["to"], None
