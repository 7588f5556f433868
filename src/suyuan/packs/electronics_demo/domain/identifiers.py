"""GS1 keys and plant identifiers of the demo, as EPC pure-identity URNs and as a scanner reads them.

All company prefixes have seven digits and begin with 952, which GS1 keeps for demonstrations and examples.
"""

from __future__ import annotations

PLANT_PREFIX = "9521234"
SCAN_DATAMATRIX = "]d2"
SCAN_GS1_128 = "]C1"
GROUP_SEPARATOR = "\x1d"


def check_digit(digits: str) -> int:
    """Return the mod-10 check digit for the digits of a GS1 key (GS1 General Specifications 7.9.1)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def gtin14(prefix: str, reference: str) -> str:
    """Return the 14-digit GTIN; ``reference`` is the indicator digit followed by five item digits."""
    body = reference[0] + prefix + reference[1:]
    return f"{body}{check_digit(body)}"


def gln13(prefix: str, location: str) -> str:
    """Return the 13-digit GLN of a five-digit location reference."""
    body = prefix + location
    return f"{body}{check_digit(body)}"


def sscc18(prefix: str, serial: str) -> str:
    """Return the 18-digit SSCC; ``serial`` is the extension digit followed by nine digits."""
    body = serial[0] + prefix + serial[1:]
    return f"{body}{check_digit(body)}"


def sgtin(prefix: str, reference: str, serial: str) -> str:
    """Return the URN of one serialised trade item."""
    return f"urn:epc:id:sgtin:{prefix}.{reference}.{serial}"


def lgtin(prefix: str, reference: str, lot: str) -> str:
    """Return the URN of a batch of a trade item."""
    return f"urn:epc:class:lgtin:{prefix}.{reference}.{lot}"


def product_class(prefix: str, reference: str) -> str:
    """Return the URN of a trade item as a class, all serials (the id of its master data)."""
    return f"urn:epc:idpat:sgtin:{prefix}.{reference}.*"


def sscc(serial: str, prefix: str = PLANT_PREFIX) -> str:
    """Return the URN of a logistic unit."""
    return f"urn:epc:id:sscc:{prefix}.{serial}"


def sgln(prefix: str, location: str, extension: str = "0") -> str:
    """Return the URN of a place: a GLN and, below it, an extension."""
    return f"urn:epc:id:sgln:{prefix}.{location}.{extension}"


def pgln(prefix: str, party: str = "00001") -> str:
    """Return the URN of a party."""
    return f"urn:epc:id:pgln:{prefix}.{party}"


def document(prefix: str, kind: str, serial: str) -> str:
    """Return the URN of a business document (GDTI); ``kind`` has five digits."""
    return f"urn:epc:id:gdti:{prefix}.{kind}.{serial}"


def plant(kind: str, code: str) -> str:
    """Return the identifier of a thing that only the plant names, e.g. ``urn:suyuan:demo:carrier:TOTE-07``."""
    return f"urn:suyuan:demo:{kind}:{code}"


def scan_of(urn: str) -> str:
    """Return what a scanner sends when it reads the code of an SGTIN, LGTIN, SSCC or plant URN.

    GS1 keys come as element strings with the symbology identifier; plant codes as they are printed.
    """
    if urn.startswith("urn:epc:id:sgtin:"):
        prefix, reference, serial = urn[17:].split(".", 2)
        return f"{SCAN_DATAMATRIX}01{gtin14(prefix, reference)}21{serial}"
    if urn.startswith("urn:epc:class:lgtin:"):
        prefix, reference, lot = urn[20:].split(".", 2)
        return f"{SCAN_DATAMATRIX}01{gtin14(prefix, reference)}10{lot}"
    if urn.startswith("urn:epc:id:sscc:"):
        prefix, serial = urn[16:].split(".")
        return f"{SCAN_GS1_128}00{sscc18(prefix, serial)}"
    return urn.rsplit(":", 1)[1]
