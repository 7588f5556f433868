"""Proving again, at this moment, that it is the signed-in person who acts: what a signature rests on."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.hashers import check_password

from suyuan.chassis.database import tx
from suyuan.kernel.faults import Fault
from suyuan.tenancy.api import passkeys
from suyuan.tenancy.contracts import (
    CODE_WRONG,
    PASSKEY_NEEDED,
    PERSON_NEEDED,
    PRESENCE_WRONG,
    SECOND_FACTOR_NEEDED,
    Presence,
    Proof,
    Visit,
)
from suyuan.tenancy.domain.second_factor import accepted_step
from suyuan.tenancy.models import User
from suyuan.tenancy.store import passkeys as passkey_store
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.attempts import count_failure, refuse_if_locked_out


def prove_presence(given: Proof, visit: Visit) -> Presence:
    """Check that it is who is signed in: by identification and password, and the authenticator's code where they have
    one; or by a passkey whose device sees its person.

    Wrong answers count like those of signing in, though the request that brought them is rolled back. A recovery code
    does not do here: it proves that something was lost.

    :raises Fault: ``tenancy.presence_wrong``, ``tenancy.second_factor_needed``, ``tenancy.code_wrong``,
        ``tenancy.passkey_needed``, ``tenancy.passkey_refused``, ``tenancy.challenge_gone``, ``tenancy.locked_out``;
        ``tenancy.person_needed`` for a machine.
    """
    user = User.objects.filter(pk=tx().principal.user_id or 0, active=True).first()
    if user is None or tx().principal.via != "session":
        raise PERSON_NEEDED()
    refuse_if_locked_out(visit.address, user.login)
    if given.passkey is not None:
        try:
            passkeys.prove_in_request(given.passkey, passkeys.SIGN, visit)
        except Fault:
            count_failure(visit.address, user.login)
            raise
        return Presence(int(user.pk), user.login, user.name, ("passkey", "user_verification"))
    same = given.login.strip().casefold() == user.login.casefold()
    if not check_password(given.password, user.password) or not same:
        count_failure(visit.address, user.login)
        raise PRESENCE_WRONG(at="/password" if same else "/login")
    second = _second_component(user, given.code, visit)
    return Presence(int(user.pk), user.login, user.name, ("login", "password", *second))


def _second_component(user: User, code: str | None, visit: Visit) -> tuple[str, ...]:
    bound = proof.authenticator(int(user.pk))
    if bound is None:
        if passkey_store.has_any(int(user.pk)):
            raise PASSKEY_NEEDED()
        return ()
    if not code:
        raise SECOND_FACTOR_NEEDED(at="/code")
    step = accepted_step(bound.secret, code, datetime.now(UTC), bound.last_step)
    if step is None:
        count_failure(visit.address, user.login)
        raise CODE_WRONG(at="/code")
    proof.note_step(bound.id, step)
    return ("authenticator",)
