"""Mail that waits, was sent or could not be; and who wants which."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken

from suyuan.chassis.database import named_sql, tx
from suyuan.chassis.settings import settings
from suyuan.kernel.faults import Language
from suyuan.tenancy.contracts.mail import MailRow, MailState

SEALED_PLACE: Final = "\u2021sealed\u2021"
"""Where a mail's text has what is kept apart from it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is to be sent now."""

    id: int
    address: str
    subject: str
    body: str
    attempts: int
    sealed: bytes | None

    def text(self) -> str:
        """Return what it says, with what only its reader may know.

        :raises ValueError: where that was sealed with a key that is not ours.
        """
        if self.sealed is None:
            return self.body
        try:
            return self.body.replace(SEALED_PLACE, _seal().decrypt(bytes(self.sealed)).decode())
        except InvalidToken:
            raise ValueError("sealed with another key") from None


@cache
def _seal() -> Fernet:
    key = hashlib.sha256(settings().secret("mail_key").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _of(**values: Any) -> dict[str, Any]:  # noqa: ANN401 (values of any column)
    return {"tenant": tx().principal.tenant_id, **values}


def readers(topic: str, people: Collection[int], unless_chosen: bool) -> list[tuple[int, str, Language]]:
    """Return id, address and language of those people who want mail of a topic."""
    values = _of(topic=topic, people=list(people), unless_chosen=unless_chosen)
    return [(row[0], row[1], row[2]) for row in tx().rows(named_sql(__package__, "mail_readers.sql"), values)]


def holders(permission: str, roles: Collection[int] = ()) -> list[int]:
    """Return the active people who hold a right or one of these roles, anywhere."""
    values = _of(right=permission, roles=list(roles))
    return [row[0] for row in tx().rows(named_sql(__package__, "holders.sql"), values)]


def put(
    topic: str, about: str, user: int, address: str, subject: str, body: str, *, secret: str | None = None
) -> bool:  # fmt: skip
    """Have a mail sent; False where this person has been told already. ``secret`` takes :data:`SEALED_PLACE` then."""
    sealed = None if secret is None else _seal().encrypt(secret.encode())
    made = tx().execute(
        "INSERT INTO tenancy_mail (tenant_id, topic, about, user_id, address, subject, body, secret)"
        " VALUES (%(tenant)s, %(topic)s, %(about)s, %(user)s, %(address)s, %(subject)s, %(body)s,"
        " %(secret)s)"
        " ON CONFLICT DO NOTHING",
        _of(topic=topic, about=about, user=user, address=address, subject=subject, body=body, secret=sealed),
    )
    return made.rowcount == 1


def claim(lease_seconds: int) -> Letter | None:
    """Take the oldest mail that is due; nobody else takes it for so long. None where none is."""
    rows = tx().rows(
        "UPDATE tenancy_mail SET attempts = attempts + 1, due = clock_timestamp() + %(lease)s * interval '1 second'"
        " WHERE id = (SELECT id FROM tenancy_mail WHERE tenant_id = %(tenant)s AND state = 'waiting'"
        " AND due <= clock_timestamp() ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED)"
        " RETURNING id, address, subject, body, attempts, secret",
        _of(lease=lease_seconds),
    )
    return Letter(*rows[0]) if rows else None


def wait(mail: int, seconds: int, said: str) -> None:
    """Have a mail tried again later."""
    tx().execute(
        "UPDATE tenancy_mail SET due = clock_timestamp() + %(seconds)s * interval '1 second', said = %(said)s"
        " WHERE tenant_id = %(tenant)s AND id = %(mail)s",
        _of(mail=mail, seconds=seconds, said=said[:500]),
    )


def end(mail: int, state: MailState, said: str) -> None:
    """Note what became of a mail; the secret of one that was sent is forgotten."""
    tx().execute(
        "UPDATE tenancy_mail SET state = %(state)s, said = %(said)s, finished = clock_timestamp(),"
        " secret = CASE WHEN %(state)s <> 'sent' THEN secret END"
        " WHERE tenant_id = %(tenant)s AND id = %(mail)s",
        _of(mail=mail, state=state, said=said[:500]),
    )


def again(mail: int) -> bool:
    """Have a mail that was not sent tried at once; False where it was sent."""
    done = tx().execute(
        "UPDATE tenancy_mail SET state = 'waiting', due = clock_timestamp(), attempts = 0, finished = NULL"
        " WHERE tenant_id = %(tenant)s AND id = %(mail)s AND state <> 'sent'",
        _of(mail=mail),
    )
    return done.rowcount > 0


def listed(
    limit: int, *, state: str | None = None, before: int | None = None, mail: int | None = None
) -> list[MailRow]:
    """Return mails, newest first, older than ``before``; or the one of this number."""
    values = _of(limit=limit, state=state, before=before, mail=mail)
    return [MailRow(*row) for row in tx().rows(named_sql(__package__, "mails.sql"), values)]


def choices(user: int) -> Mapping[str, bool]:
    """Return what a person chose, by topic."""
    query = "SELECT topic, wanted FROM tenancy_mail_choice WHERE tenant_id = %(tenant)s AND user_id = %(user)s"
    return dict(tx().rows(query, _of(user=user)))


def choose(user: int, topic: str, wanted: bool) -> None:
    """Keep what a person chose."""
    tx().execute(
        "INSERT INTO tenancy_mail_choice (tenant_id, user_id, topic, wanted)"
        " VALUES (%(tenant)s, %(user)s, %(topic)s, %(wanted)s)"
        " ON CONFLICT (tenant_id, user_id, topic) DO UPDATE SET wanted = excluded.wanted",
        _of(user=user, topic=topic, wanted=wanted),
    )
