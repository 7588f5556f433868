"""Proving again, at this moment, that it is the signed-in person who acts: what a signature rests on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.hashers import check_password

from suyuan.chassis.database import tx
from suyuan.tenancy.contracts import CODE_WRONG, PERSON_NEEDED, PRESENCE_WRONG, SECOND_FACTOR_NEEDED, Presence
from suyuan.tenancy.domain.second_factor import accepted_step
from suyuan.tenancy.models import User
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.attempts import count_failure, refuse_if_locked_out


def prove_presence(login: str, password: str, code: str | None, address: str) -> Presence:
    """Check identification and password of who is signed in, and the authenticator's code where they have one.

    Wrong answers count like those of signing in, though the request that brought them is rolled back. A recovery code
    does not do here: it proves that something was lost.

    :raises Fault: ``tenancy.presence_wrong``, ``tenancy.second_factor_needed``, ``tenancy.code_wrong``,
        ``tenancy.locked_out``; ``tenancy.person_needed`` for a machine.
    """
    user = User.objects.filter(pk=tx().principal.user_id or 0, active=True).first()
    if user is None or tx().principal.via != "session":
        raise PERSON_NEEDED()
    refuse_if_locked_out(address, user.login)
    same = login.strip().casefold() == user.login.casefold()
    if not check_password(password, user.password) or not same:
        count_failure(address, user.login)
        raise PRESENCE_WRONG(at="/password" if same else "/login")
    components = ["login", "password"]
    bound = proof.authenticator(int(user.pk))
    if bound is not None:
        if not code:
            raise SECOND_FACTOR_NEEDED(at="/code")
        step = accepted_step(bound.secret, code, datetime.now(UTC), bound.last_step)
        if step is None:
            count_failure(address, user.login)
            raise CODE_WRONG(at="/code")
        proof.note_step(bound.id, step)
        components.append("authenticator")
    return Presence(int(user.pk), user.login, user.name, tuple(components))
