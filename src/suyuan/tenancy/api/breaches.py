"""Passwords that breaches elsewhere made known are refused, by a list that the operator put on this machine."""

from __future__ import annotations

import structlog

from suyuan.chassis.settings import settings
from suyuan.tenancy.contracts import BREACHED_LIST_AWAY, PASSWORD_BREACHED
from suyuan.tenancy.store import breached as store

log = structlog.get_logger(__name__)


def refuse_breached(password: str) -> None:
    """Refuse a password that the list has; without a list none is refused. What cannot be looked up is refused too.

    :raises Fault: ``tenancy.password_breached``, ``tenancy.breached_list_away``.
    """
    path = settings().breached_passwords
    if path is None:
        return
    try:
        known = store.is_breached(path, password)
    except (OSError, store.NoListError) as error:
        log.error("breached passwords unreadable", path=str(path), error=str(error))
        raise BREACHED_LIST_AWAY() from None
    if known:
        raise PASSWORD_BREACHED(at="/password")


def breached_list() -> tuple[bool, str] | None:
    """Tell whether the list that the operator named is one, and what was seen of it; None where none was named."""
    path = settings().breached_passwords
    if path is None:
        return None
    try:
        seen = store.look_at(path)
    except (OSError, store.NoListError) as error:
        return False, f"{path}: {error.strerror if isinstance(error, OSError) else error}"
    return True, f"{path} ({seen.size / 2**30:.2f} GB, {seen.pairs:,} lines looked at)"
