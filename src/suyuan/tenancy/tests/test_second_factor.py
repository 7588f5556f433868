"""One-time passwords against the published vectors, and their use once only."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from suyuan.tenancy.domain.second_factor import (
    PERIOD_SECONDS,
    accepted_step,
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    recovery_hash,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "password"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
     (2000000000, "69279037"), (20000000000, "65353130")],
)  # fmt: skip
def test_the_vectors_of_rfc_6238(seconds: int, password: str) -> None:
    """Appendix B, SHA-1; eight digits there, of which six are shown."""
    moment = datetime.fromtimestamp(seconds, UTC)
    assert accepted_step(SECRET, password[2:], moment, 0) == seconds // PERIOD_SECONDS
    assert accepted_step(SECRET, f" {password[2:5]} {password[5:]}", moment, 0) is not None


def test_a_code_is_good_once_and_for_a_minute_and_a_half() -> None:
    made = 1111111109
    begun = made - made % PERIOD_SECONDS
    for away, good in ((-31, False), (-30, True), (0, True), (59, True), (60, False)):
        step = accepted_step(SECRET, "081804", datetime.fromtimestamp(begun + away, UTC), 0)
        assert (step is not None) is good, away
    step = accepted_step(SECRET, "081804", datetime.fromtimestamp(made, UTC), 0)
    assert step is not None
    assert accepted_step(SECRET, "081804", datetime.fromtimestamp(made + 1, UTC), step) is None


@pytest.mark.parametrize("wrong", ["", "12345", "1234567", "abcdef", "０８１８０４", "08180\u0664", "081805"])
def test_what_is_no_code_is_not_accepted(wrong: str) -> None:
    assert accepted_step(SECRET, wrong, datetime.fromtimestamp(1111111109, UTC), 0) is None


def test_secrets_and_recovery_codes_are_random_enough_and_readable() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(base64.b32decode(new_secret())) >= 16
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert not set("".join(codes)) & set("01lio"), "nothing that is mistaken for something else"
    assert recovery_hash(codes[0].upper()) == recovery_hash(f" {codes[0].replace('-', '')} ")
    assert "secret=" in enrolment_uri(SECRET, "li")
