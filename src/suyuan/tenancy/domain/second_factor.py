"""Second factors: time-based one-time passwords (RFC 6238 over RFC 4226) and recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

import pyotp

ISSUER: Final = "Suyuan 溯源"
PERIOD_SECONDS: Final = 30
DRIFT_STEPS: Final = 1
"""A clock may be this many periods off, either way."""
RECOVERY_CODES: Final = 10
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are mistaken for each other. A code has 116 random bits: a plain hash keeps it."""


def new_secret() -> str:
    """Return a secret of 160 random bits in base 32 (RFC 4226 asks for at least 128)."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, login: str) -> str:
    """Return the ``otpauth:`` URI that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def accepted_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """Return the period whose password ``code`` is, or None.

    A period at or before ``last_step`` is not accepted again: whoever looked over a shoulder comes too late.
    """
    digits = code.strip().replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    present = int(now.timestamp()) // PERIOD_SECONDS
    passwords = pyotp.TOTP(secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > last_step and hmac.compare_digest(passwords.generate_otp(step), digits):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Return ten codes, each good for one sign-in."""
    drawn = ("".join(secrets.choice(_ALPHABET) for _ in range(24)) for _ in range(RECOVERY_CODES))
    return ["-".join(code[at : at + 6] for at in range(0, 24, 6)) for code in drawn]


def recovery_hash(code: str) -> bytes:
    """Return what is kept of a recovery code: it is random enough that no slow hash is needed."""
    return hashlib.sha256("".join(code.lower().split()).replace("-", "").encode()).digest()
