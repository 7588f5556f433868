"""Check characters of vehicles, organisations and health care."""

from __future__ import annotations

from typing import Final

from suyuan.coding.domain.checks.algorithm import ALPHANUMERIC, DIGITS, CheckAlgorithm
from suyuan.kernel.faults import Bilingual

VIN_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES: Final = dict(zip(VIN_ALPHABET, (*range(10), *range(1, 9), *range(1, 6), 7, *range(9, 10), *range(2, 10)),
                              strict=True))  # fmt: skip
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_PLACE: Final = 8

USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS: Final = tuple(pow(3, i, 31) for i in range(17))
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)

CODE39: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def vin(body: str) -> str:
    """Return the check character of a VIN, position 9, for its other 16 characters.

    49 CFR 565.15(c) and GB 16735-2019: letters count as in the transliteration table (A to H 1 to 8, J to N 1 to 5,
    P 7, R 9, S to Z 2 to 9), weights 8 7 6 5 4 3 2 10 – 9 8 7 6 5 4 3 2, remainder of 11, 10 written X.
    """
    total = sum(_VIN_VALUES[character] * weight for character, weight in zip(body, _VIN_WEIGHTS, strict=True))
    return "0123456789X"[total % 11]


def uscc(body: str) -> str:
    """Return the check character of a unified social credit code for its first 17 characters.

    GB 32100-2015, Annex A: 31 characters without I, O, S, V and Z; weight of position i is 3^(i-1) modulo 31; the
    check is 31 less the remainder.
    """
    total = sum(USCC_ALPHABET.index(c) * weight for c, weight in zip(body, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def organisation_code(body: str) -> str:
    """Return the check character of an organisation code for its first eight characters.

    GB 11714-1997: letters count from 10, weights 3 7 9 10 5 8 4 2, 11 less the remainder of 11; 10 is X, 11 is 0.
    """
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def mod43(body: str) -> str:
    """Return the check character of Code 39 and HIBC: the sum of the character values modulo 43.

    ISO/IEC 16388 Annex A; ANSI/HIBC 2.6, Appendix B.
    """
    return CODE39[sum(map(CODE39.index, body)) % 43]


NATIONAL: Final = (
    CheckAlgorithm("vin", Bilingual("车辆识别代号 VIN", "Vehicle identification number (VIN)"), VIN_ALPHABET,
                   DIGITS + "X", 1, "GB 16735-2019; 49 CFR 565.15", vin, place=VIN_PLACE, lengths=(16, 16)),
    CheckAlgorithm("uscc", Bilingual("统一社会信用代码", "Unified social credit code"), USCC_ALPHABET,
                   USCC_ALPHABET, 1, "GB 32100-2015 Annex A", uscc, lengths=(17, 17)),
    CheckAlgorithm("organisation-code", Bilingual("组织机构代码", "Organisation code"), ALPHANUMERIC, DIGITS + "X", 1,
                   "GB 11714-1997", organisation_code, lengths=(8, 8)),
    CheckAlgorithm("hibc-mod43", Bilingual("HIBC / Code 39 模 43", "HIBC / Code 39 mod 43"), CODE39, CODE39, 1,
                   "ANSI/HIBC 2.6 Appendix B; ISO/IEC 16388", mod43),
)  # fmt: skip
