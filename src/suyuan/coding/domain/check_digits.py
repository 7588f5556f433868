"""Check digits and check characters.

Sources: GS1 General Specifications 7.9 (mod 10, alphanumeric pair), ISO 6346 (freight containers),
IMO resolution A.1117 (ship numbers), ISO 13616 / ISO 7064 mod 97 (IBAN).
"""

from __future__ import annotations

from typing import Final

_ZERO: Final = ord("0")
CSET82: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
"""GS1 AI encodable character set 82, in the order that gives each character its value."""
CSET32: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_VALUE82: Final = {character: value for value, character in enumerate(CSET82)}


def _primes(count: int) -> tuple[int, ...]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return tuple(found)


_PRIMES: Final = _primes(97)


def mod10(body: str) -> str:
    """Return the GS1 check digit for ``body`` (ASCII digits without the check digit).

    Weights from the right are 3, 1, 3, 1, …; the digit brings the sum to a multiple of 10.
    """
    codes = body.encode()
    heavy, light = codes[::-2], codes[-2::-2]
    total = 3 * (sum(heavy) - _ZERO * len(heavy)) + sum(light) - _ZERO * len(light)
    return str(-total % 10)


def swaps_that_repair(digits: str) -> tuple[str, ...]:
    """Return the codes that one swap of unequal neighbours makes valid (mod 10, check digit last)."""
    found: list[str] = []
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            if mod10(swapped[:-1]) == swapped[-1]:
                found.append(swapped)
    return tuple(found)


def check_pair(body: str) -> str:
    """Return the two GS1 check characters for ``body`` (CSET 82, at most 97 characters), as used by GMN.

    Sum of character values, weighted with primes from the right, modulo 1021, split into two 5-bit values.
    """
    total = sum(_VALUE82[character] * prime for character, prime in zip(reversed(body), _PRIMES, strict=False)) % 1021
    return CSET32[total >> 5] + CSET32[total & 31]


def iso6346(body: str) -> str:
    """Return the check digit of a freight container code: four letters and six digits.

    Letters count from 10 and skip multiples of 11; position i weighs 2**i; the remainder of 11, 10 written as 0.
    """
    total = sum(_container_value(character) << i for i, character in enumerate(body))
    return str(total % 11 % 10)


def _container_value(character: str) -> int:
    if character.isdigit():
        return int(character)
    value = ord(character) - ord("A") + 10
    return value + (value - 1) // 10 if value > 10 else value


def imo_ship(body: str) -> str:
    """Return the check digit of an IMO ship number: six digits weighed 7 to 2, last digit of the sum."""
    return str(sum(int(digit) * weight for digit, weight in zip(body, range(7, 1, -1), strict=True)) % 10)


def iban_remainder(iban: str) -> int:
    """Return the ISO 7064 remainder modulo 97 of an IBAN (digits and capital letters); 1 is valid."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97
