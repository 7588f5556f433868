"""The tenant's rules of signing in, who signed in, and who can do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from suyuan.tenancy.contracts import FIELD_INVALID, HeldRight, SignInOutcome, SignInPolicy, SignInRow
from suyuan.tenancy.store import proof as store

_RANGES = {
    "password_length": (10, 64),
    "password_history": (0, 24),
    "password_days": (0, 3650),
    "idle_minutes": (5, 1440),
    "session_hours": (1, 24),
    "sessions_most": (0, 100),
}


def sign_in_policy() -> SignInPolicy:
    """Return the rules."""
    return store.policy()


def change_sign_in_policy(change: Mapping[str, Any]) -> SignInPolicy:
    """Change the rules; they hold from the next request of everybody on.

    :raises Fault: ``tenancy.field_invalid``.
    """
    for name, (least, most) in _RANGES.items():
        if name in change and not least <= change[name] <= most:
            raise FIELD_INVALID(at=f"/{name}", field=name, given=str(change[name])[:40], allowed=f"{least}–{most}")
    wanted = replace(store.policy(), **change)
    store.save_policy(wanted)
    return wanted


def sign_ins(
    limit: int, *, search: str | None = None, outcome: SignInOutcome | None = None, noticeable: bool = False,
    since: datetime | None = None, until: datetime | None = None, before: int | None = None
) -> list[SignInRow]:  # fmt: skip
    """Return attempts to sign in, newest first.

    ``search``: part of a login or name. ``noticeable``: only refusals and first sign-ins from an address. ``before``:
    those older than this one.
    """
    found = {
        "search": f"%{search}%" if search else None,
        "outcome": outcome.value if outcome else None,
        "noticeable": noticeable,
        "since": since,
        "until": until,
        "before": before,
    }
    return store.sign_ins(limit, found)


def rights_held(permission: str | None = None, person: int | None = None) -> list[HeldRight]:
    """Return who can do what, and where: by person, right and site."""
    return store.rights_held(permission, person)
