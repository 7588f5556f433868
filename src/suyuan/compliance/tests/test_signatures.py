"""Electronic signatures: bound to bytes and person, sealed, and broken visibly."""

from __future__ import annotations

import time

import psycopg
import pyotp
import pytest

from tests.support.database import contents_of, owner_url
from tests.support.web import PASSWORD, InProcess


class Signer:
    """A person at a browser, and what they sign."""

    def __init__(self, tenant, *permissions: str) -> None:
        self.login, self.browser = tenant.person("", PASSWORD, *permissions), InProcess()
        self.browser.sign_in(self.login)

    def review(self) -> str:
        self.browser.post("/api/v1/roles", json={"name_zh": f"r-{self.login}", "name_en": "r", "permissions": []})
        told = {"table": "tenancy_role", "outcome": "in_order", "note": "read"}
        return str(self.browser.post("/api/v1/audit/reviews", json=told).json()["id"])

    def seen(self, kind: str, subject: str) -> dict:
        return self.browser.get("/api/v1/signatures/record", params={"kind": kind, "subject": subject}).json()

    def sign(self, record: str, /, **change):
        told = {"kind": "audit_review", "subject": record} | change
        seen = self.seen(told["kind"], told["subject"])
        told |= {"meaning": "review", "digest": seen.get("digest", "x")}
        proof = {"login": self.login, "password": PASSWORD}
        return self.browser.post("/api/v1/signatures", json=told | proof | change)

    def listed(self, **query) -> list[dict]:
        return self.browser.get("/api/v1/signatures", params=query).json()["rows"]


@pytest.fixture
def signer(tenant) -> Signer:
    return Signer(tenant)


def owner(table: str, statement: str, *values: object) -> None:
    """Do as a database administrator does who is not above tampering."""
    with psycopg.connect(owner_url()) as connection:
        connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        connection.execute(f"{statement} WHERE tenant_id = %s", values)
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def seal(tenant, number: int) -> None:
    """Make checkpoints until the signature is sealed: transactions of other test processes hold it back for a while."""
    from suyuan.compliance import api
    from suyuan.compliance.contracts import LeafKind

    end = time.monotonic() + 150
    while True:
        with tenant.open():
            api.make_checkpoint()
            if number in api.sealed_subjects(LeafKind.SIGNATURE):
                return
        assert time.monotonic() < end, "never sealed"
        time.sleep(0.2)


def verified(tenant):
    """Verify the whole log; return what was found."""
    from suyuan.compliance import api

    with tenant.open():
        return api.verify_log()


def test_a_signature_names_signer_time_and_meaning_and_is_sealed(tenant, signer) -> None:
    number = signer.review()
    made = signer.sign(number, meaning="approve", note=" fine ").json()
    assert (made["signer"], made["login"], made["meaning"], made["note"]) == (
        "王 小明",
        signer.login,
        "approve",
        "fine",
    )
    assert (made["state"], made["position"], made["components"]) == ("valid", None, ["login", "password"])
    seal(tenant, made["id"])
    kept = signer.listed(kind="audit_review", subject=number)[0]
    assert kept["state"] == "valid"
    assert kept["position"] is not None
    assert verified(tenant).sound


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "wrong"}, "tenancy.presence_wrong"),
        ({"login": "somebody-else"}, "tenancy.presence_wrong"),
        ({"digest": "AAAA"}, "compliance.seen_otherwise"),
        ({"meaning": "reject"}, "compliance.signature_note_missing"),
        ({"kind": "cake"}, "compliance.not_signable"),
        ({"subject": "999999999"}, "chassis.not_found"),
        ({"subject": "x"}, "chassis.not_found"),
    ],
)
def test_what_is_not_signed_leaves_no_trace(tenant, signer, change, code) -> None:
    number = signer.review()
    signer.seen("audit_review", number)
    before = contents_of(tenant.id)
    assert signer.sign(number, **change).json()["code"] == code
    assert contents_of(tenant.id) == before


def test_one_says_the_same_once_and_something_else_again(signer) -> None:
    number = signer.review()
    assert signer.sign(number).status_code == 201
    assert signer.sign(number).json()["code"] == "compliance.signed_already"
    assert signer.sign(number, meaning="witness").status_code == 201
    assert [row["meaning"] for row in signer.listed()] == ["witness", "review"]


def test_guessing_a_password_under_a_signature_locks_out_like_signing_in(signer) -> None:
    number = signer.review()
    for _ in range(5):
        assert signer.sign(number, password="guess").json()["code"] == "tenancy.presence_wrong"
    assert signer.sign(number).json()["code"] == "tenancy.locked_out"
    assert InProcess().sign_in(signer.login).status_code == 429


def test_an_authenticator_is_part_of_every_signature(signer) -> None:
    number = signer.review()
    secret = signer.browser.post("/api/v1/session/authenticator", json={"password": PASSWORD}).json()["secret"]
    shown = pyotp.TOTP(secret).now()
    signer.browser.post("/api/v1/session/authenticator/confirm", json={"code": shown})
    assert signer.sign(number).json()["code"] == "tenancy.second_factor_needed"
    used = signer.sign(number, code=shown)
    assert used.json()["code"] == "tenancy.code_wrong"  # it served to bind the authenticator


def test_a_machine_signs_nothing(tenant, signer) -> None:
    number = signer.review()
    signer.browser = InProcess(tenant.token())
    assert signer.sign(number).json()["code"] == "tenancy.person_needed"


def test_who_may_not_see_the_record_neither_signs_it_nor_sees_signatures(tenant, signer) -> None:
    number = signer.review()
    signer.sign(number)
    other = Signer(tenant, "compliance:signature:read", "compliance:signature:write")
    assert other.sign(number).status_code == 403
    assert other.listed() == []


def test_a_changed_record_a_copied_and_a_changed_signature_show(tenant, signer) -> None:
    first = signer.review()
    made = signer.sign(first).json()
    seal(tenant, made["id"])
    owner("compliance_review", "UPDATE compliance_review SET note = 'changed'", tenant.id)
    assert signer.listed(subject=first)[0]["state"] == "record_changed"
    owner("compliance_review", "DELETE FROM compliance_review", tenant.id)
    assert signer.listed(subject=first)[0]["state"] == "record_gone"
    owner("compliance_signature", "UPDATE compliance_signature SET subject = '7'", tenant.id)
    assert signer.listed(subject="7")[0]["state"] == "signature_changed"
    found = {(each.code, each.place) for each in verified(tenant).findings}
    assert ("record_changed", f"signature {made['id']}") in found
    owner("compliance_signature", "DELETE FROM compliance_signature", tenant.id)
    found = {(each.code, each.place) for each in verified(tenant).findings}
    assert ("record_gone", f"signature {made['id']}") in found


def test_events_and_versions_are_signed_too(tenant, signer, client) -> None:
    from tests.support.bakery import Bakery

    client.post("/epcis/v2/capture", content=Bakery(f"s{tenant.id}").whole())
    number = str(client.get("/api/v1/events").json()["rows"][0]["number"])
    made = signer.sign(number, kind="event", meaning="release").json()
    assert (made["title_en"], made["state"]) == (f"Event {number}", "valid")
    assert signer.listed(kind="event")[0]["state"] == "valid"
