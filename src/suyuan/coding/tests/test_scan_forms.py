"""What scanners put around the data, retail numbers, and codes of other standards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.coding import api
from suyuan.coding.contracts import CodeFormat
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.checks import algorithm
from suyuan.coding.domain.checks.national import USCC_ALPHABET, VIN_ALPHABET, mod43
from suyuan.coding.domain.retail_codes import upc_a_of
from suyuan.coding.tests.counterparts import stdnum
from suyuan.kernel.faults import Fault

BASE = "https://id.gs1.org"
WORLD = "urn:suyuan:world"


@pytest.mark.parametrize(
    ("scan", "uri", "symbology"),
    [
        ("]C1010952123454321310L7\x1d21S9", f"{BASE}/01/09521234543213/21/S9", "GS1-128"),
        ("]d2010952123454321321S9", f"{BASE}/01/09521234543213/21/S9", "GS1 DataMatrix"),
        ("]Q3010952123454321321S9", f"{BASE}/01/09521234543213/21/S9", "GS1 QR Code"),
        ("]Q3https://id.gs1.org/01/09521234543213/21/S9", f"{BASE}/01/09521234543213/21/S9", "GS1 QR Code"),
        ("]e00109521234543213", f"{BASE}/01/09521234543213", "GS1 DataBar"),
        ("]J1010952123454321310L7", f"{BASE}/01/09521234543213/10/L7", "GS1 DotCode"),
        ("]E09521234543213", f"{BASE}/01/09521234543213", "EAN-13 / UPC-A / UPC-E"),
        ("]E0036000291452", f"{BASE}/01/00036000291452", "EAN-13 / UPC-A / UPC-E"),
        ("]E3400638133393112", f"{BASE}/01/04006381333931", "EAN-13 / UPC + add-on"),
        ("]E473513537", f"{BASE}/01/00000073513537", "EAN-8"),
        ("]I119521234543210", f"{BASE}/01/19521234543210", "ITF"),
        ("]C000106141412345678908", f"{BASE}/00/106141412345678908", "Code 128"),
        ("]c1010952123454321321s9", f"{BASE}/01/09521234543213/21/S9", "GS1-128"),
        ("]d1urn:epc:id:sscc:0614141.1234567890", f"{BASE}/00/106141412345678908", "Data Matrix"),
        ("]A0+A123BJC5D6E71G", f"{WORLD}:hibc:A123BJC5D6E71", "Code 39"),
    ],
)
def test_symbology_identifiers(scan, uri, symbology):
    decoded = api.decode(scan)
    assert (decoded.identity.uri, decoded.symbology) == (uri, symbology)


def test_gs1_symbols_hold_identifiers_and_not_bare_numbers():
    bare = "9521234543213"
    assert api.decode(bare).format is CodeFormat.GTIN
    with pytest.raises(Fault):
        api.decode(f"]C1{bare}")


@pytest.mark.parametrize(
    ("upc_e", "upc_a"),
    [("04252614", "042100005264"), ("06543217", "065100004327"), ("1" * 8, None)],
)
def test_upc_e_is_spelled_out(upc_e, upc_a):
    assert upc_a_of(upc_e) == upc_a
    if upc_a:
        decoded = api.decode(upc_e)
        assert (decoded.identity.uri, decoded.format) == (f"{BASE}/01/{upc_a.zfill(14)}", CodeFormat.UPC_E)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("9780306406157", "ISBN 978-0306406157"),
        ("9790260000438", "ISMN 979-0-26000043-8"),
        ("9770317847001", "ISSN 0317-8471, variant 00"),
        ("4006381333931", "GTIN-13"),
    ],
)
def test_publications_are_named(number, name):
    assert api.decode(number).parts[0].note.en == name


def test_eight_digits_that_are_right_twice_are_a_gtin_and_it_is_told():
    decoded = api.decode("01234565")
    assert decoded.identity.uri == f"{BASE}/01/00000001234565"
    assert "as UPC-E it would be 012345000065" in decoded.parts[0].note.en


def test_issn_and_isbn_agree_with_python_stdnum():
    numbers = [body + algorithm("gs1-mod10").compute(body) for body in (f"977{n:07d}00" for n in range(317000, 317050))]
    ours = [api.decode(number).parts[0].note.en[5:14].replace("-", "") for number in numbers]
    assert stdnum([("issn", "is_valid", [issn], {}) for issn in ours]) == [True] * len(ours)


@pytest.mark.parametrize(
    ("written", "uri", "form"),
    [
        ("+A99912345/$$52001510X33", f"{WORLD}:hibc:A99912345;lot=10X3", CodeFormat.HIBC),
        ("+A99912345/$$52001510X3/16D20111212/S77DEFG457", f"{WORLD}:hibc:A99912345;serial=77DEFG45", CodeFormat.HIBC),
        ("+H123ABC01234567890D", f"{WORLD}:hibc:H123ABC01234567890", CodeFormat.HIBC),
        ("1M8GDM9AXKP042788", f"{WORLD}:vin:1M8GDM9AXKP042788", CodeFormat.VIN),
        ("VIN: WVWZZZ1JZXW000001", f"{WORLD}:vin:WVWZZZ1JZXW000001", CodeFormat.VIN),
        ("91350100M000100Y43", f"{WORLD}:uscc:91350100M000100Y43", CodeFormat.USCC),
        ("81000040000000000000", f"{WORLD}:drug:81000040000000000000", CodeFormat.DRUG_CODE),
        ("88.118.10/abc-123", "hdl:88.118.10/abc-123", CodeFormat.HANDLE),
        ("https://hdl.handle.net/88.118.10/abc-123", "hdl:88.118.10/abc-123", CodeFormat.HANDLE),
        ("hdl:10.1000/XyZ", "hdl:10.1000/XyZ", CodeFormat.HANDLE),
        ("MA.156.1001.1/X1", f"{WORLD}:ma:156.1001.1/X1", CodeFormat.MA),
    ],
)
def test_codes_of_other_standards(written, uri, form):
    decoded = api.decode(written)
    assert (decoded.identity.uri, decoded.format) == (uri, form)
    again = api.identify(uri)
    assert (again.uri, again.kind, again.product) == (uri, decoded.identity.kind, decoded.identity.product)
    assert api.decode(uri).identity.uri == uri
    assert len(decoded.parts) >= 2


def test_hibc_dates_and_quantities():
    def notes(body):
        text = f"+A99912345/{body}"
        return {
            part.label_en: (part.value, part.note.en if part.note else None)
            for part in api.decode(text + mod43(text)).parts
        }

    assert notes("$$0919LOT")["Expiry date"] == ("0919", "end of 2019-09")
    assert notes("$$2012824LOT")["Expiry date"] == ("012824", "2024-01-28")
    assert notes("$$3240128LOT")["Expiry date"] == ("240128", "2024-01-28")
    assert notes("$$424012811LOT")["Expiry date"] == ("24012811", "2024-01-28 11:00")
    assert notes("$$524060LOT")["Expiry date"] == ("24060", "2024-02-29")
    assert notes("$$62406011LOT")["Expiry date"] == ("2406011", "2024-02-29 11:00")
    assert "Expiry date" not in notes("$$7LOT")
    assert notes("$$825070124LOT1") == notes("$$825070124LOT1")
    assert notes("$$8250124LOT1")["Quantity"] == ("25", None)
    assert notes("$$+7SER")["Serial number"] == ("SER", None)
    assert notes("$LOT")["Lot number"] == ("LOT", None)
    assert notes("$+SER")["Serial number"] == ("SER", None)
    assert notes("24060LOT")["Expiry date"] == ("24060", "2024-02-29")


@pytest.mark.parametrize(
    ("written", "kind", "at"),
    [
        ("+A99912345/$$52001510X34", faults.HIBC_CHECK, "char 24"),
        ("+a99912345", faults.HIBC, "char 2"),
        ("+$$52001510X3" + mod43("+$$52001510X3"), faults.HIBC_SECONDARY, "char 2"),
        ("+A99912345/$$2132824L" + mod43("+A99912345/$$2132824L"), faults.HIBC, "char 12"),
        ("+1A" + mod43("+1A"), faults.HIBC_SECONDARY, "char 2"),
        ("1M8GDM9A1KP042788", faults.VIN_CHECK, "char 9"),
        ("urn:suyuan:world:vin:1M8", faults.WORLD_URN, "char 22"),
        ("urn:suyuan:world:hibc:1M8", faults.WORLD_URN, "char 23"),
        ("urn:suyuan:world:drug:9123", faults.WORLD_URN, "char 23"),
    ],
)
def test_refusals_of_other_standards_say_where(written, kind, at):
    with pytest.raises(Fault) as refused:
        api.decode(written)
    assert (refused.value.kind, refused.value.at) == (kind, at)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_vin_uscc_and_hibc_come_back_and_one_wrong_character_does_not_pass(chance):
    vin = algorithm("vin").attach(chance.choice("L12345") + "".join(chance.choice("ABCDEFGH") for _ in range(7))
                                  + "".join(chance.choice(VIN_ALPHABET) for _ in range(4))
                                  + f"{chance.randrange(10_000):04d}")  # fmt: skip
    assert api.decode(vin).identity.serial == vin
    uscc = algorithm("uscc").attach("91310000" + "".join(chance.choice(USCC_ALPHABET) for _ in range(8)) + "X")
    assert api.decode(uscc).format is CodeFormat.USCC
    i = chance.randrange(18)
    wrong = uscc[:i] + chance.choice([c for c in USCC_ALPHABET if c != uscc[i]]) + uscc[i + 1 :]
    with pytest.raises(Fault):
        api.decode(wrong)
    body = "+" + "H" + "".join(chance.choice("0123456789ABC") for _ in range(9)) + "1"
    hibc = body + mod43(body)
    if hibc[-1] != " ":
        assert api.decode(hibc).identity.product == f"{WORLD}:hibc:{body[1:]}"


def test_full_width_characters_are_read_and_told():
    decoded = api.decode("（０１）０９５２１２３４５４３２１３（１０）ＡＢ")
    assert decoded.identity.uri == f"{BASE}/01/09521234543213/10/AB"
    assert "full-width" in decoded.notes[0].en


def test_drug_code_gives_way_to_gs1_data_that_is_right():
    asset = "800301234567890128" + "12"
    assert len(asset) == 20
    assert api.decode("8003" + "0" + "4012345678901" + "42"[:2]).format is CodeFormat.ELEMENT_STRING
    assert api.decode(asset).format in (CodeFormat.DRUG_CODE, CodeFormat.ELEMENT_STRING)
