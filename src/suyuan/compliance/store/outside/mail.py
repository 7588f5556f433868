"""Checkpoints by mail: they then lie in somebody else's mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from typing import cast

from suyuan.chassis.mail import MailServer, Security, send_mail


def mail(options: Mapping[str, str], secret: str, origin: str, number: int, note: str) -> tuple[str, bytes | None]:
    """Send the note. ``security``: ``starttls`` (default), ``tls`` or ``none``."""
    security = cast("Security", options.get("security", "starttls"))
    message = EmailMessage()
    message["Subject"] = f"检查点 Checkpoint {number} · {origin}"
    message["From"] = options.get("from") or options.get("user") or options["to"]
    message["To"] = options["to"]
    message.set_content(f"请保存这封邮件。Keep this mail: it proves what the log held at this time.\n\n{note}")
    port = int(options.get("port") or (465 if security == "tls" else 587))
    send_mail(MailServer(options["host"], port, security, options.get("user", ""), secret), message)
    return options["to"], None
