"""Sends the mail that waits: each once it is due, again later where the server is away, and never for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final

import structlog

from suyuan.chassis.database import transaction
from suyuan.chassis.jobs import Job, worker_principal
from suyuan.chassis.mail import MailRefusedError, MailServer, own_server, send_mail
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api.mail import MAIL_JOB
from suyuan.tenancy.store import mail as store

log = structlog.get_logger(__name__)
RETRY_SECONDS: Final = (60, 300, 900, 3_600, 14_400, 43_200)
"""How long to wait before each further try; after the last the mail has failed."""
_LEASE_SECONDS: Final = 120


def send_waiting(tenant: int) -> int:
    """Send what is due; return how many mails were taken up."""
    server, who, taken = own_server(), worker_principal(tenant, MAIL_JOB), 0
    if server is None:
        return taken
    while True:
        with transaction(who):
            letter = store.claim(_LEASE_SECONDS)
        if letter is None:
            return taken
        taken += 1
        _send(server, who, letter)


def _send(server: MailServer, who: Principal, letter: store.Letter) -> None:
    """Send one mail. Where we die between the server's yes and our note of it, it goes again, same Message-ID."""
    try:
        send_mail(server, _message(server, who.tenant_id, letter))
    except (OSError, ValueError) as error:
        said = f"{type(error).__name__}: {error}"
        lasting = isinstance(error, MailRefusedError | ValueError) or letter.attempts > len(RETRY_SECONDS)
        log.warning("mail not sent", mail=letter.id, tenant=who.tenant_id, error=said, lasting=lasting)
        with transaction(who):
            if lasting:
                store.end(letter.id, "failed", said)
            else:
                store.wait(letter.id, RETRY_SECONDS[letter.attempts - 1], said)
        return
    with transaction(who):
        store.end(letter.id, "sent", server.host)


def _message(server: MailServer, tenant: int, letter: store.Letter) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = server.sender or f"suyuan@{server.host}"
    message["To"] = letter.address
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{tenant}.{letter.id}@suyuan.{server.host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text())
    return message


def _run(given: Mapping[str, Any]) -> None:
    send_waiting(int(given["tenant"]))


MAILING: Final = Job(MAIL_JOB, _run, cron="* * * * *", own_transactions=True)
