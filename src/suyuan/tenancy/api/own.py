"""Whoever is signed in: their own row, their password typed again, their recovery codes."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password

from suyuan.chassis.database import tx
from suyuan.kernel.principals import NOT_SIGNED_IN
from suyuan.tenancy.contracts import PASSWORD_WRONG
from suyuan.tenancy.domain import second_factor
from suyuan.tenancy.models import User
from suyuan.tenancy.store import proof as store


def own_user() -> User:
    """Return the person who is signed in."""
    user = User.objects.filter(pk=tx().principal.user_id or 0).first()
    if user is None:
        raise NOT_SIGNED_IN()
    return user


def confirmed_person(password: str) -> User:
    """Return the person who is signed in, whose password this is.

    :raises Fault: ``tenancy.password_wrong``.
    """
    user = own_user()
    if not check_password(password, user.password):
        raise PASSWORD_WRONG(at="/password")
    return user


def new_codes(user: int) -> list[str]:
    """Make new recovery codes; those before are worth nothing."""
    codes = second_factor.new_recovery_codes()
    store.replace_recovery_codes(user, [second_factor.recovery_hash(code) for code in codes])
    return codes
