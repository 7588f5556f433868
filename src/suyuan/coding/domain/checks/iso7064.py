"""Check character systems of ISO/IEC 7064:2003: five pure systems and three hybrid ones.

A pure system with modulus M and radix r demands that the sum of (value × r^position) is 1 modulo M, the last character
at position 0. A hybrid system with modulus M, M + 1 doubles modulo M + 1 and adds modulo M, character by character.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from suyuan.coding.domain.checks.algorithm import ALPHANUMERIC, DIGITS, LETTERS, CheckAlgorithm
from suyuan.kernel.faults import Bilingual


def pure_remainder(text: str, alphabet: str, modulus: int, radix: int) -> int:
    """Return the weighted sum of ``text`` modulo ``modulus`` (clause 7); 1 for a text with valid check characters."""
    total = 0
    for character in text:
        total = (total * radix + alphabet.index(character)) % modulus
    return total


def _pure_one(alphabet: str, checks: str, modulus: int, radix: int) -> Callable[[str], str]:
    """Calculate one check character: c with (S × r + c) mod M = 1."""
    return lambda body: checks[(1 - pure_remainder(body, alphabet, modulus, radix) * radix) % modulus]


def _pure_two(alphabet: str, modulus: int, radix: int) -> Callable[[str], str]:
    """Calculate two check characters: c = a × r + b with (S × r² + c) mod M = 1."""

    def calculate(body: str) -> str:
        check = (1 - pure_remainder(body, alphabet, modulus, radix) * radix * radix) % modulus
        return alphabet[check // radix] + alphabet[check % radix]

    return calculate


def _digits_of_97(body: str) -> str:
    """Calculate MOD 97-10 as IBAN, LEI and creditor references issue it: 02 to 98, never 00 or 01."""
    return f"{98 - int(body) * 100 % 97:02d}"


def _hybrid(alphabet: str) -> Callable[[str], str]:
    """Calculate the check character of a hybrid system (clause 8.3), M being the size of the alphabet."""
    modulus = len(alphabet)

    def calculate(body: str) -> str:
        product = modulus
        for character in body:
            total = (product + alphabet.index(character)) % modulus or modulus
            product = total * 2 % (modulus + 1)
        return alphabet[(1 - product) % modulus]

    return calculate


def _system(name: str, alphabet: str, checks: str, width: int, calculate: Callable[[str], str]) -> CheckAlgorithm:
    written = name.removeprefix("iso7064-")
    title = Bilingual(f"ISO 7064 MOD {written}", f"ISO 7064 MOD {written}")
    return CheckAlgorithm(name, title, alphabet, checks, width, "ISO/IEC 7064:2003", calculate)


_WITH_X: Final = DIGITS + "X"
_WITH_STAR: Final = ALPHANUMERIC + "*"

ISO7064: Final = (
    _system("iso7064-11-2", DIGITS, _WITH_X, 1, _pure_one(DIGITS, _WITH_X, 11, 2)),
    _system("iso7064-37-2", ALPHANUMERIC, _WITH_STAR, 1, _pure_one(ALPHANUMERIC, _WITH_STAR, 37, 2)),
    _system("iso7064-97-10", DIGITS, DIGITS, 2, _digits_of_97),
    _system("iso7064-661-26", LETTERS, LETTERS, 2, _pure_two(LETTERS, 661, 26)),
    _system("iso7064-1271-36", ALPHANUMERIC, ALPHANUMERIC, 2, _pure_two(ALPHANUMERIC, 1271, 36)),
    _system("iso7064-11,10", DIGITS, DIGITS, 1, _hybrid(DIGITS)),
    _system("iso7064-27,26", LETTERS, LETTERS, 1, _hybrid(LETTERS)),
    _system("iso7064-37,36", ALPHANUMERIC, ALPHANUMERIC, 1, _hybrid(ALPHANUMERIC)),
)
"""All systems of the standard, by the standard's own names."""
