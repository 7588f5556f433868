"""Every operation of passkeys and of signing in by other means that changes something, done once by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.authenticators import Device
from tests.support.identity_services import settings_for
from tests.support.joining import OWN_PHRASE, accept, invited, join
from tests.support.web import PASSWORD, InProcess

Change = Callable[[InProcess, int], Any]
ACCESS_WITHOUT_RECORD = {
    "POST /api/v1/session/passkeys/ask": "it asks a random question; the answer is on record",
    "POST /api/v1/session/passkeys/sign": "it asks a random question; the signature is on record",
    "POST /api/v1/session/passkeys/begin": "it asks a random question; the passkey is on record",
    "POST /api/v1/session/invitation": "it tells whom a link invites; making and using it are on record",
}
"""Operations that change nothing that is kept, and why."""
SIGNING_IN_OTHERWISE = {"POST /api/v1/session/passkeys/sign-in", "POST /api/v1/session/invitation/accept"}


def passkey(person: InProcess, name: str = "key") -> int:
    """Register a passkey; return its number."""
    made = Device().register(person, name)
    assert made.status_code == 201, made.text
    return int(made.json()["passkey"]["id"])


def leave_provider(tenant: Any, person: InProcess, mark: str, someone: int) -> int:
    """Add a sign-in service that somebody came by; return its number."""
    from suyuan.tenancy.store import providers

    number = provider(person, mark)
    with tenant.open():
        providers.link(number, mark, someone, managed=False)
    return number


def leave_access(tenant: Any, person: InProcess, mark: str, someone: int) -> dict[str, list[str]]:
    """Leave a sign-in service and a passkey; from then on the person's password alone signs nothing."""
    offered = leave_provider(tenant, person, mark, someone)
    assert person.post("/api/v1/session/authenticator", json={"password": PASSWORD}).status_code == 201
    return {"provider_id": [str(offered)], "passkey_id": [str(passkey(person, mark))]}


def _by_passkey(boss: InProcess, _: int) -> Any:
    device = Device()
    assert device.register(boss).status_code == 201
    return device.sign_in(InProcess())


A_PROVIDER = settings_for("http://localhost:9")


def provider(person: InProcess, mark: str = "x") -> int:
    """Add a sign-in service that does not answer; return its number."""
    made = person.post("/api/v1/security/providers", json=A_PROVIDER | {"name_zh": f"登录 {mark}", "name_en": mark})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


ACCESS_CHANGES: dict[str, Change] = {
    "POST /api/v1/session/passkeys": lambda boss, _: Device().register(boss),
    "PATCH /api/v1/session/passkeys/{passkey_id}": lambda boss, _: boss.patch(
        f"/api/v1/session/passkeys/{passkey(boss)}", json={"name": "another"}
    ),
    "POST /api/v1/session/passkeys/{passkey_id}/remove": lambda boss, _: boss.post(
        f"/api/v1/session/passkeys/{passkey(boss)}/remove", json={"password": PASSWORD}
    ),
    "POST /api/v1/session/passkeys/sign-in": _by_passkey,
    "POST /api/v1/security/providers": lambda boss, _: boss.post("/api/v1/security/providers", json=A_PROVIDER),
    "PATCH /api/v1/security/providers/{provider_id}": lambda boss, _: boss.patch(
        f"/api/v1/security/providers/{provider(boss)}", json={"enabled": False}
    ),
    "DELETE /api/v1/security/providers/{provider_id}": lambda boss, _: boss.delete(
        f"/api/v1/security/providers/{provider(boss)}"
    ),
    "POST /api/v1/security/providers/{provider_id}/try": lambda boss, _: boss.post(
        f"/api/v1/security/providers/{provider(boss)}/try"
    ),
}


def _ask(boss: InProcess, _: int) -> Any:
    return boss.post("/api/v1/security/duties", json={"separated": False})


def _other(boss: InProcess, number: int) -> InProcess:
    rights = [each["name"] for each in boss.get("/api/v1/permissions").json()]
    role = boss.post("/api/v1/roles", json={"name_zh": f"另一人{number}", "name_en": "x", "permissions": rights}).json()
    other = {"login": f"other-{number}", "name": "王 小明"}
    join(boss, other | {"roles": [{"role_id": role["id"]}]})
    browser = InProcess()
    browser.sign_in(other["login"], OWN_PHRASE)
    return browser


def _confirm(boss: InProcess, number: int) -> Any:
    _ask(_other(boss, number), number)
    return boss.post("/api/v1/security/duties/confirm")


def _give(boss: InProcess, number: int) -> Any:
    body = {"login": f"given-{number}", "name": "x"}
    person = boss.post("/api/v1/people", json=body).json()["id"]
    role = boss.post("/api/v1/roles", json={"name_zh": f"给{number}", "name_en": "x", "permissions": []}).json()["id"]
    return boss.put(f"/api/v1/people/{person}/roles", json={"roles": [{"role_id": role}]})


def _guest(boss: InProcess, number: int) -> int:
    return int(boss.post("/api/v1/people", json={"login": f"guest-{number}", "name": "x"}).json()["id"])


def _uninvite(boss: InProcess, number: int) -> Any:
    person = _guest(boss, number)
    invited(boss, person)
    return boss.delete(f"/api/v1/people/{person}/invitation")


ACCESS_CHANGES |= {
    "POST /api/v1/security/duties": _ask,
    "POST /api/v1/security/duties/confirm": _confirm,
    "POST /api/v1/security/duties/withdraw": lambda boss, number: (
        _ask(boss, number),
        boss.post("/api/v1/security/duties/withdraw"),
    )[1],
    "PUT /api/v1/people/{person_id}/roles": _give,
    "POST /api/v1/people/{person_id}/invitation": lambda boss, number: boss.post(
        f"/api/v1/people/{_guest(boss, number)}/invitation"
    ),
    "DELETE /api/v1/people/{person_id}/invitation": _uninvite,
    "POST /api/v1/session/invitation/accept": lambda boss, number: accept(invited(boss, _guest(boss, number))),
}
