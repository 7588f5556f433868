"""Who may do what, for every operation there is: walked from the routers, so none can be forgotten."""

from __future__ import annotations

import itertools

import psycopg
import pytest

from tests.support.database import owner_url
from tests.support.operations import UNSAFE, Operation, operations
from tests.support.web import InProcess

_addresses = itertools.count(1)


def somewhere_else() -> str:
    """Return an address that nobody has called from: many refused tokens from one would be locked out."""
    return f"2001:db8::{next(_addresses):x}"


@pytest.fixture
def all_operations(application) -> list[Operation]:
    return operations()


@pytest.fixture
def guarded(all_operations) -> list[Operation]:
    """Operations that somebody must be signed in for."""
    return [each for each in all_operations if not each.open]


def status_of(client: InProcess, operation: Operation, *, nonsense: bool = False) -> int:
    """Call an operation with what it needs, or with a body that is none, and return the status."""
    if operation.stream:
        return client.open_stream(operation.address())[0]
    body = {"content": b"{nonsense"} if nonsense else {"json": operation.sound_body()}
    sent = body if operation.body is not None else {}
    headers = {"Content-Type": "application/json"} if sent else {}
    answer = client.request(operation.method, operation.address(), headers=headers, **sent)
    if answer.status_code == 403 and answer.json().get("code") == "tenancy.person_beyond_own":
        return 409  # the operation was open; what stood in the way is who the person is that it is about
    return answer.status_code


def test_there_is_something_to_walk(all_operations) -> None:
    names = {each.name for each in all_operations}
    assert len(names) > 45
    assert {"GET /api/v1/trace/{direction}", "POST /epcis/v2/capture", "GET /api/v1/live"} <= names
    assert len({needed for each in all_operations for needed in each.permissions or ()}) > 12


def test_every_operation_names_its_right_or_why_it_is_open(all_operations) -> None:
    unmarked = [each.name for each in all_operations if not each.marked]
    thin = [each.name for each in all_operations if each.open and len(each.reason.split()) < 3]
    assert (unmarked, thin) == ([], [])


def test_every_right_that_is_asked_for_can_be_given_and_the_other_way_round(all_operations) -> None:
    from suyuan.chassis.registry import registry

    asked = {needed for each in all_operations for needed in each.permissions or ()}
    assert asked == set(registry.permissions)


def test_only_these_operations_are_open(all_operations) -> None:
    assert {each.name for each in all_operations if each.open} == {
        "GET /api/v1/session",
        "POST /api/v1/session",
        "DELETE /api/v1/session",
        "POST /api/v1/session/badge",
        "POST /api/v1/session/passkeys/ask",
        "POST /api/v1/session/passkeys/sign-in",
        "POST /api/v1/session/invitation",
        "POST /api/v1/session/invitation/accept",
        "GET /api/v1/session/providers",
        "GET /api/v1/session/provider/start",
        "GET /api/v1/session/provider/callback",
        "GET healthz",
        "GET readyz",
        "GET api/v1/openapi.json",
        "GET ^0[01]/",
        "GET ^(?:api|epcis)(?:/|$)",
        "GET ^(?!static/)",
        "GET certificate",
        "GET certificate/authority.crt",
        "GET ^pda(?:/|$)",
        "GET ^pda/manifest\\.webmanifest$",
        "GET ^pda/sw\\.js$",
    }


@pytest.mark.parametrize("nonsense", [False, True])
def test_a_stranger_is_refused_whatever_they_send(guarded, nonsense) -> None:
    stranger, page = InProcess(), InProcess()
    page.get("/api/v1/session")
    page._client.headers["X-CSRFToken"] = page._client.cookies["suyuan_csrf"]
    wrong = {}
    for each in guarded:
        status = status_of(page if each.method in UNSAFE else stranger, each, nonsense=nonsense)
        if status != 401:
            wrong[each.name] = status
    assert wrong == {}


def test_every_right_but_the_needed_one_is_not_enough(guarded, tenant) -> None:
    from suyuan.chassis.registry import registry

    everything = set(registry.permissions)
    all_but = {name: InProcess(tenant.token(*(everything - {name}), fields=())) for name in everything}
    wrong = {}
    for each in guarded:
        for missing in each.permissions or ():
            for nonsense in (False, True):
                status = status_of(all_but[missing], each, nonsense=nonsense)
                if status != 403:
                    wrong[each.name] = (missing, status)
    assert wrong == {}


def test_the_needed_rights_alone_are_enough(guarded, tenant) -> None:
    needed = {each.permissions for each in guarded if each.permissions}
    holders = {permissions: InProcess(tenant.token(*permissions, fields=())) for permissions in needed}
    person = InProcess()
    person.sign_in(tenant.person())
    wrong = {}
    for each in guarded:
        client = holders[each.permissions] if each.permissions else person
        for nonsense in (False, True):
            status = status_of(client, each, nonsense=nonsense)
            if status in {401, 403} or status >= 500:
                wrong[each.name] = status
    assert wrong == {}


def test_a_session_without_the_pages_token_changes_nothing(all_operations, tenant) -> None:
    browser = InProcess()
    assert browser.sign_in(tenant.person()).status_code == 200
    elsewhere = browser.without_page_token()
    assert elsewhere.get("/api/v1/session").status_code == 200
    unsafe = [each for each in all_operations if each.method in UNSAFE]
    assert len(unsafe) > 15
    answers = {
        each.name: elsewhere.request(each.method, each.address(), json=each.sound_body()).json().get("code")
        for each in unsafe
    }
    assert {name: code for name, code in answers.items() if code != "chassis.csrf"} == {}
    assert browser.get("/api/v1/session").status_code == 200


def _refused(guarded: list[Operation], client: InProcess) -> dict[str, int]:
    """Return the operations that answered anything but 401."""
    answers = {each.name: status_of(client, each) for each in guarded}
    return {name: status for name, status in answers.items() if status != 401}


def test_a_wrong_token_opens_nothing(guarded) -> None:
    wrong = {}
    for each in guarded:
        wrong |= _refused([each], InProcess("sy_wrong", address=somewhere_else()))
    assert wrong == {}
    shapeless = ("Basic c3k6c3k=", "Bearer", "Bearer  ", "sy_x", "Bearer \x00", "bearer sy_" + "x" * 5000)
    for authorization in shapeless:
        client = InProcess(address=somewhere_else())
        answer = client.get("/api/v1/events", headers={"Authorization": authorization})
        assert answer.status_code == 401, authorization[:20]


@pytest.mark.parametrize("ended", ["expires = now() - interval '1 second'", "revoked = now()"])
def test_an_ended_token_opens_nothing(guarded, tenant, ended) -> None:
    secret = tenant.token()
    assert InProcess(secret).get("/api/v1/events").status_code == 200
    with psycopg.connect(owner_url()) as owner:
        changed = owner.execute(f"UPDATE tenancy_token SET {ended} WHERE tenant_id = %s", (tenant.id,))
        assert changed.rowcount == 1
    wrong = {}
    for each in guarded:
        wrong |= _refused([each], InProcess(secret, address=somewhere_else()))
    assert wrong == {}


@pytest.mark.parametrize(
    "ended",
    [
        "UPDATE django_session SET expire_date = now() - interval '1 second'",
        "DELETE FROM django_session",
        "UPDATE tenancy_user SET active = false WHERE tenant_id = %(tenant)s",
        "UPDATE tenancy_user SET password = 'changed' WHERE tenant_id = %(tenant)s",
    ],
)
def test_an_ended_session_opens_nothing(guarded, tenant, ended) -> None:
    browser = InProcess()
    browser.sign_in(tenant.person())
    assert browser.get("/api/v1/events").status_code == 200
    with psycopg.connect(owner_url()) as owner:
        owner.execute(ended, {"tenant": tenant.id})
    assert _refused(guarded, browser) == {}


def test_what_nothing_serves_is_refused_and_tells_nothing(tenant, client) -> None:
    paths = ("/api/v1/", "/api/v1/nothing", "/api/", "/api/v2", "/epcis", "/epcis/v2/nothing", "/epcis/v2/events/a/b")
    for path in paths:
        for who in (client, InProcess()):
            answer = who.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "chassis.no_such_path"), path
