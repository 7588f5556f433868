"""Passkeys: registering them, and checking what a device answers (WebAuthn level 2; the library is ``webauthn``)."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from suyuan.chassis.contracts import NOT_FOUND
from suyuan.chassis.database import transaction, tx, without_tenant
from suyuan.kernel.faults import FaultKind
from suyuan.kernel.principals import Principal
from suyuan.tenancy.api.own import confirmed_person, new_codes, own_user
from suyuan.tenancy.contracts import (
    CHALLENGE_GONE,
    FACTOR_REQUIRED,
    FIELD_INVALID,
    PASSKEY_CLONED,
    PASSKEY_KNOWN,
    PASSKEY_NEEDS_NAME,
    PASSKEY_NOT_MADE,
    PASSKEY_REFUSED,
    Passkey,
    PasskeyAdded,
    Visit,
)
from suyuan.tenancy.domain.second_factor import ISSUER
from suyuan.tenancy.store import passkeys as store
from suyuan.tenancy.store import proof
from suyuan.tenancy.store.challenges import WITHIN, answered, ask
from suyuan.tenancy.store.principals import duties_of

REGISTER: Final = "register a passkey"
SIGN_IN: Final = "sign in"
SIGN: Final = "sign a record"
_MILLISECONDS: Final = int(WITHIN.total_seconds() * 1000)
Answer = Mapping[str, Any]
"""What ``navigator.credentials`` made, in the JSON form of WebAuthn level 3."""


def _host(visit: Visit) -> str:
    """Return the name that passkeys of this website belong to.

    :raises Fault: ``tenancy.passkey_needs_name``.
    """
    host = urlsplit(visit.website).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if host:
            return host
    raise PASSKEY_NEEDS_NAME(host=host)


def begin_passkey(password: str, visit: Visit) -> dict[str, Any]:
    """Return what the browser needs to make a new passkey.

    :raises Fault: ``tenancy.password_wrong``, ``tenancy.passkey_needs_name``.
    """
    user = confirmed_person(password)
    known = [PublicKeyCredentialDescriptor(id=each) for each in store.credentials_of(int(user.pk))]
    options = webauthn.generate_registration_options(
        rp_id=_host(visit),
        rp_name=ISSUER,
        user_name=user.login,
        user_display_name=user.name,
        user_id=f"{tx().principal.tenant_id}.{user.pk}".encode(),
        challenge=ask(REGISTER, visit.browser, {"user": user.pk}).encode(),
        timeout=_MILLISECONDS,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    made: dict[str, Any] = msgspec.json.decode(webauthn.options_to_json(options))
    return made


def add_passkey(name: str, answer: Answer, visit: Visit) -> PasskeyAdded:
    """Register the passkey that a device made; with a person's first factor come recovery codes.

    :raises Fault: ``tenancy.passkey_not_made``, ``tenancy.passkey_known``, ``tenancy.challenge_gone``,
        ``tenancy.field_invalid``.
    """
    user = int(own_user().pk)
    question = _question(answer, PASSKEY_NOT_MADE)
    if answered(question, REGISTER, visit.browser) != {"user": user}:
        raise CHALLENGE_GONE()
    try:
        made = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=question.encode(),
            expected_rp_id=_host(visit),
            expected_origin=visit.website,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PASSKEY_NOT_MADE(at="/answer") from None
    kept = store.keep(
        user, _name(name), _host(visit), credential=made.credential_id, public_key=made.credential_public_key,
        uses=made.sign_count, synced=made.credential_backed_up,
    )  # fmt: skip
    if kept is None:
        raise PASSKEY_KNOWN()
    first = not proof.recovery_codes_left(user)
    found = next(each for each in store.of_person(user) if each.id == kept)
    return PasskeyAdded(found, tuple(new_codes(user)) if first else ())


def _name(name: str) -> str:
    text = name.strip()
    if not text or len(text) > 80 or not text.isprintable():
        raise FIELD_INVALID(at="/name", field="name", given=name[:40], allowed="1–80")
    return text


def _owner_of(passkey: int) -> int:
    """Return who is signed in, where this is a passkey of theirs.

    :raises Fault: ``chassis.not_found``.
    """
    user = tx().principal.user_id or 0
    if all(each.id != passkey for each in store.of_person(user)):
        raise NOT_FOUND(what=f"#{passkey}")
    return user


def rename_passkey(passkey: int, name: str) -> Passkey:
    """Give one's own passkey another name.

    :raises Fault: ``chassis.not_found``, ``tenancy.field_invalid``.
    """
    user = _owner_of(passkey)
    store.rename(user, passkey, _name(name))
    return next(each for each in store.of_person(user) if each.id == passkey)


def remove_passkey(passkey: int, password: str) -> None:
    """Take one's own passkey off.

    :raises Fault: ``tenancy.password_wrong``, ``chassis.not_found``, ``tenancy.factor_required``.
    """
    user = _owner_of(passkey)
    confirmed_person(password)
    store.remove(user, passkey)
    if not store.has_any(user) and proof.authenticator(user) is None:
        proof.replace_recovery_codes(user, ())
    if "second_factor" in duties_of(user):
        raise FACTOR_REQUIRED()


def ask_passkey(purpose: str, visit: Visit, about: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the browser needs to ask for any passkey of this website.

    :raises Fault: ``tenancy.passkey_needs_name``.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_host(visit),
        challenge=ask(purpose, visit.browser, about or {}).encode(),
        timeout=_MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    made: dict[str, Any] = msgspec.json.decode(webauthn.options_to_json(options))
    return made


def holder_of(answer: Answer) -> Principal | None:
    """Return whose passkey answers, by its id alone; nothing is proven yet."""
    credential = _credential(answer)
    with without_tenant() as connection:
        row = connection.execute("SELECT * FROM tenancy_find_passkey(%s)", (credential,)).fetchone()
    return Principal(row[0], row[1], "") if row else None


def proven(who: Principal, answer: Answer, purpose: str, visit: Visit) -> dict[str, Any]:
    """Check in transactions of their own that ``who`` holds the passkey, at this moment; return what was asked about.

    :raises Fault: as :func:`check`; that a passkey seems to be copied is kept, though the request fails.
    """
    try:
        with transaction(who):
            return check(who.user_id or 0, answer, purpose, visit)
    except _Cloned as found:
        with transaction(who):
            store.note_clone(found.passkey)
        raise PASSKEY_CLONED() from None


class _Cloned(Exception):  # noqa: N818 (found, not failed)
    def __init__(self, passkey: int) -> None:
        super().__init__(passkey)
        self.passkey = passkey


def prove_in_request(answer: Answer, purpose: str, visit: Visit) -> dict[str, Any]:
    """Check in the open transaction that whoever is signed in holds the passkey; return what was asked about.

    :raises Fault: as :func:`proven`.
    """
    who = tx().principal
    try:
        return check(who.user_id or 0, answer, purpose, visit)
    except _Cloned as found:
        passkey = found.passkey

        def noted() -> None:
            with transaction(who):
                store.note_clone(passkey)

        tx().afterwards(noted)
        raise PASSKEY_CLONED() from None


def check(user: int, answer: Answer, purpose: str, visit: Visit) -> dict[str, Any]:
    """Check an answer of somebody's passkey in the open transaction, note its use, return what was asked about.

    The device must have seen its person (a PIN, a finger): possession and knowledge or being, two factors in one.

    :raises Fault: ``tenancy.challenge_gone``, ``tenancy.passkey_refused``.
    """
    question = _question(answer)
    about = answered(question, purpose, visit.browser)
    kept = store.find(_credential(answer))
    if kept is None or kept.user != user or kept.website != _host(visit):
        raise PASSKEY_REFUSED()
    try:
        seen = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=question.encode(),
            expected_rp_id=kept.website,
            expected_origin=visit.website,
            credential_public_key=kept.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PASSKEY_REFUSED() from None
    if (seen.new_sign_count or kept.uses) and seen.new_sign_count <= kept.uses:
        raise _Cloned(kept.id)
    store.note_use(kept.id, seen.new_sign_count)
    return about


def _question(answer: Answer, refusal: FaultKind = PASSKEY_REFUSED) -> str:
    try:
        client = parse_client_data_json(webauthn.base64url_to_bytes(answer["response"]["clientDataJSON"]))
        return client.challenge.decode("ascii")
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
        raise refusal(at="/answer") from None


def _credential(answer: Answer) -> bytes:
    try:
        return webauthn.base64url_to_bytes(answer["rawId"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PASSKEY_REFUSED() from None
