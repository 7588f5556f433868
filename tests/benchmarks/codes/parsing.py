"""How many scans one core parses in a second, with full validation and nothing remembered of earlier ones.

The mix is what a plant sees: unit and lot labels as scanners send them, logistic labels, bare retail numbers, Digital
Links from QR codes, EPC URIs and tag contents from RFID readers. Every code is different.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from suyuan.coding import api as coding
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES, Decoded
from suyuan.coding.domain import decoding
from suyuan.coding.domain.check_digits import mod10
from suyuan.kernel.faults import Fault

COUNT = 1_000_000
GTIN = "09521234543213"
THIS_YEAR = 2026


def keyed(body: str) -> str:
    """Return digits with their check digit."""
    return body + mod10(body)


def scans(count: int) -> Iterator[str]:
    """Yield ``count`` different codes in the mix."""
    for n in range(count):
        match n % 20:
            case 0 | 1 | 2 | 3 | 4:
                yield f"]d201{GTIN}21SN{n:08d}"
            case 5 | 6 | 7 | 8:
                yield f"]C101{GTIN}1726{n % 12 + 1:02d}{n % 28 + 1:02d}10LOT{n % 977}\x1d21{n:09d}"
            case 9 | 10:
                yield f"]C100{keyed(f'1952123{n:010d}')}"
            case 11:
                yield f"(01){GTIN}(10)L{n}(3103){n % 1_000_000:06d}"
            case 12 | 13:
                yield keyed(f"952{n:09d}")
            case 14 | 15 | 16:
                yield f"https://id.gs1.org/01/{GTIN}/21/SN{n:08d}"
            case 17:
                yield f"https://brand.example/p/01/{GTIN}/10/L{n % 977}/21/{n:09d}?17=261231"
            case 18:
                yield f"urn:epc:id:sgtin:0614141.812345.{n}"
            case _:
                yield f"3074257BF7194E40{n:08X}"


def parse(codes: list[str]) -> float:
    """Return the seconds of processor time that parsing takes."""
    decode = decoding.decode
    begun = time.process_time()
    for code in codes:
        decode(code, DEFAULT_GS_SUBSTITUTES, None, THIS_YEAR)
    return time.process_time() - begun


def proven() -> None:
    """Refuse to measure a parser that does not check: every digit of these is wrong, one at a time."""
    for code in (f"]d201{GTIN}21A", "https://id.gs1.org/01/09521234543213/21/A", keyed("952123454321")):
        decoded: Decoded = coding.decode(code)
        assert decoded.identity.uri
        place = code.index("9521234543213")
        for i in range(place, place + 13):
            wrong = code[:i] + str((int(code[i]) + 1) % 10) + code[i + 1 :]
            try:
                coding.decode(wrong)
            except Fault:
                continue
            raise AssertionError(f"{wrong} was taken")


def measure() -> dict[str, float | int]:
    """Return ``parse_per_s``, on one core."""
    proven()
    parse(list(scans(2_000)))
    spent = 0.0
    step = 100_000
    codes: list[str] = []
    for n, code in enumerate(scans(COUNT), 1):
        codes.append(code)
        if n % step == 0:
            spent += parse(codes)
            codes.clear()
    return {"parse_per_s": round(COUNT / spent)}
