"""Questions that a browser must answer soon, once, and itself.

A question is sealed, so nothing is kept for whoever asks and never answers; what is kept is that one was answered.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import CHALLENGE_GONE
from suyuan.tenancy.store.attempts import lent_connection

WITHIN: Final = timedelta(minutes=5)


@cache
def _seal() -> Fernet:
    key = hashlib.sha256(settings().secret("challenge_key").encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def ask(purpose: str, browser: str, about: Mapping[str, Any]) -> str:
    """Return a question (ASCII) that only this browser may answer, within five minutes, for this purpose."""
    return _seal().encrypt(msgspec.json.encode({"purpose": purpose, "browser": browser, "about": about})).decode()


def answered(question: str, purpose: str, browser: str) -> dict[str, Any]:
    """Return what the question was about, and have it answered: it cannot be answered again.

    :raises Fault: ``tenancy.challenge_gone`` for one that is not ours, another browser's, too old or answered already.
    """
    try:
        found = msgspec.json.decode(_seal().decrypt(question.encode(), ttl=int(WITHIN.total_seconds())))
    except (InvalidToken, UnicodeError, msgspec.DecodeError):
        raise CHALLENGE_GONE() from None
    if found["purpose"] != purpose or found["browser"] != browser or not browser:
        raise CHALLENGE_GONE()
    with lent_connection() as connection:
        connection.execute("DELETE FROM tenancy_answered WHERE until < clock_timestamp()")
        noted = connection.execute(
            "INSERT INTO tenancy_answered (challenge, until) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (hashlib.sha256(question.encode()).digest(), datetime.now(UTC) + 2 * WITHIN),
        )
    if noted.rowcount == 0:
        raise CHALLENGE_GONE()
    about: dict[str, Any] = found["about"]
    return about
