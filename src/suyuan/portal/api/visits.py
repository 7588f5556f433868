"""Who may look at consumer pages how often."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from suyuan.portal.domain.visits import LOOKUPS_A_MINUTE, Refusals, visitor_of
from suyuan.portal.store import visits as store

_refusals = Refusals()
_noting = Lock()


def admit(peer: str, forwarded: str | None) -> bool:
    """Count one lookup of this address and tell whether it is within the limit, which all web workers share.

    Opens its own short transaction, since a visitor has no tenant.
    """
    visitor = visitor_of(peer, forwarded)
    with _noting:
        if _refusals.stands(visitor, monotonic()):
            return False
    if store.count(visitor, LOOKUPS_A_MINUTE):
        return True
    with _noting:
        _refusals.note(visitor, monotonic())
    return False


def forget_visits() -> int:
    """Forget lookups that no longer count; return how many visitors are forgotten."""
    return store.forget()
