"""Element strings: bracketed and raw, separators kept, replaced and lost."""

import pytest

from suyuan.coding.api import decode
from suyuan.coding.contracts import CodeFormat
from suyuan.coding.contracts import refusals as faults
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemKind

GTIN = "09521234543213"
PRODUCT = f"https://id.gs1.org/01/{GTIN}"


def refusal(raw, **options):
    with pytest.raises(Fault) as caught:
        decode(raw, **options)
    return caught.value


def test_a_lot_in_brackets():
    decoded = decode(f"(01){GTIN}(10)ABC")
    assert decoded.format is CodeFormat.BRACKETED
    assert decoded.identity.uri == f"{PRODUCT}/10/ABC"
    assert decoded.identity.kind is ItemKind.LOT
    assert decoded.identity.product == PRODUCT
    assert decoded.identity.lot == "ABC"
    assert [(part.ai, part.value, part.label_zh) for part in decoded.parts] == [
        ("01", GTIN, "全球贸易项目代码 (GTIN)"),
        ("10", "ABC", "批号"),
    ]


def test_a_unit_keeps_its_lot_beside_the_identity():
    decoded = decode(f"(01){GTIN}(17)261200(10)L7(21)S/9(3103)001250")
    assert decoded.identity.uri == f"{PRODUCT}/21/S%2F9"
    assert (decoded.identity.kind, decoded.identity.lot, decoded.identity.serial) == (ItemKind.UNIT, "L7", "S/9")
    assert dict(decoded.attributes) == {"17": "261200", "10": "L7", "3103": "001250"}
    notes = {part.ai: part.note.en for part in decoded.parts if part.note}
    assert notes == {"17": "end of 2026-12", "3103": "1.250 kg"}


@pytest.mark.parametrize("prefix", ["", "]C1", "]e0", "]d2", "]Q3", "]J1", "\x1d", "]C1\x1d", "  ]d2"])
def test_symbology_identifiers_and_leading_fnc1_are_dropped(prefix):
    decoded = decode(f"{prefix}01{GTIN}10L7\x1d21S9\r\n")
    assert decoded.identity.uri == f"{PRODUCT}/21/S9"
    assert decoded.format is CodeFormat.ELEMENT_STRING


@pytest.mark.parametrize("substitute", ["|", "{GS}", "~", "^", "^]", "{FNC1}", "\u241d"])
def test_substitutes_for_gs(substitute):
    assert decode(f"01{GTIN}10L7{substitute}21S9").identity.lot == "L7"


def test_the_substitute_is_configurable():
    assert decode(f"01{GTIN}10L7#21S9", gs_substitutes=("#",)).identity.serial == "S9"
    assert refusal(f"01{GTIN}10L7#21S9").kind is faults.VALUE_CHARACTER


def test_full_width_brackets_and_digits_of_an_input_method():
    assert decode(f"（０１）{GTIN}（21）S9").identity.uri == f"{PRODUCT}/21/S9"


def test_an_escaped_bracket_belongs_to_the_value():
    assert decode(rf"(01){GTIN}(10)A\(21)B").identity.lot == "A(21)B"
    assert decode(f"(01){GTIN}(10)A(x)B").identity.lot == "A(x)B"


@pytest.mark.parametrize(
    ("raw", "uri", "written"),
    [
        ("9521234543213", PRODUCT, CodeFormat.GTIN),
        (GTIN, PRODUCT, CodeFormat.GTIN),
        ("96385074", "https://id.gs1.org/01/00000096385074", CodeFormat.GTIN),
        ("614141073467", "https://id.gs1.org/01/00614141073467", CodeFormat.GTIN),
        ("106141412345678908", "https://id.gs1.org/00/106141412345678908", CodeFormat.SSCC),
        ("]E09521234543213", PRODUCT, CodeFormat.GTIN),
    ],
)
def test_plain_keys(raw, uri, written):
    decoded = decode(raw)
    assert (decoded.identity.uri, decoded.format) == (uri, written)


@pytest.mark.parametrize(
    ("raw", "uri", "kind"),
    [
        ("(00)106141412345678908(02)09521234543213(37)12(10)L", "https://id.gs1.org/00/106141412345678908", "carrier"),
        (f"(03){GTIN}(21)S", f"{PRODUCT}/21/S", "unit"),
        (f"(01){GTIN}(22)2A", f"{PRODUCT}/22/2A", "product"),
        (f"(01){GTIN}(235)X7", f"{PRODUCT}/235/X7", "unit"),
        (f"(8006){GTIN}0102(21)S", f"https://id.gs1.org/8006/{GTIN}0102/21/S", "unit"),
        (f"(8006){GTIN}0102(10)L", f"https://id.gs1.org/8006/{GTIN}0102/10/L", "lot"),
        (f"(8006){GTIN}0102", f"https://id.gs1.org/8006/{GTIN}0102", "product"),
        ("(8010)0614141123ABC/#-(8011)12", "https://id.gs1.org/8010/0614141123ABC%2F%23-/8011/12", "unit"),
        ("(8010)0614141123ABC", "https://id.gs1.org/8010/0614141123ABC", "product"),
        ("(8003)00614141123452400", "https://id.gs1.org/8003/00614141123452400", "carrier"),
        ("(8003)00614141123452", "https://id.gs1.org/8003/00614141123452", "product"),
        ("(8004)061414112345400", "https://id.gs1.org/8004/061414112345400", "asset"),
        ("(253)0614141000012A", "https://id.gs1.org/253/0614141000012A", "unit"),
        ("(253)0614141000012", "https://id.gs1.org/253/0614141000012", "product"),
        ("(255)06141410000127", "https://id.gs1.org/255/06141410000127", "unit"),
        ("(8018)061414100000102534(8019)5", "https://id.gs1.org/8018/061414100000102534/8019/5", "asset"),
        ("(402)06141411234567890", "https://id.gs1.org/402/06141411234567890", "carrier"),
        ("(401)0614141ABC", "https://id.gs1.org/401/0614141ABC", "carrier"),
        ("(8013)1987654Ad4X4bL5ttr2310c2K", "https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K", "product"),
        ("(414)0614141073467(254)A1", "https://id.gs1.org/414/0614141073467/254/A1", "asset"),
        ("(417)0614141073467", "https://id.gs1.org/417/0614141073467", "asset"),
        ("(415)0614141073467(8020)R1", "https://id.gs1.org/415/0614141073467/8020/R1", "unit"),
    ],
)
def test_every_key_finds_its_identity(raw, uri, kind):
    identity = decode(raw).identity
    assert (identity.uri, identity.kind.value) == (uri, kind)


def test_an_overlong_value_tells_where_the_separator_was_lost():
    fault = refusal(f"01{GTIN}310300125010ABCDEFGHIJKLMNOPQ17261231")
    assert (fault.kind, fault.at) == (faults.MISSING_SEPARATOR, "char 46")
    assert fault.params["suggestion"] == "(10)ABCDEFGHIJKLMNOPQ(17)261231"


def test_a_missing_companion_is_found_behind_a_lost_separator():
    fault = refusal(f"10ABC01{GTIN}")
    assert (fault.kind, fault.at) == (faults.MISSING_SEPARATOR, "char 6")
    assert fault.params["suggestion"] == f"(10)ABC(01){GTIN}"


def test_a_value_of_fixed_length_without_separator():
    fault = refusal(f"01{GTIN}42215610L7")
    assert (fault.kind, fault.at) == (faults.MISSING_SEPARATOR, "char 23")
    assert fault.params["suggestion"] == "(422)156(10)L7"


def test_an_overlong_value_that_nothing_explains():
    fault = refusal(f"01{GTIN}10" + "X" * 21)
    assert (fault.kind, fault.at) == (faults.VALUE_LENGTH, "char 19")


def test_a_swallowed_serial_number_is_noted_not_refused():
    decoded = decode(f"01{GTIN}10LOT21SER99")
    assert decoded.identity.lot == "LOT21SER99"
    assert "(21): SER99" in decoded.notes[0].en
    assert not decode(f"01{GTIN}10LOT-7").notes
    assert "(17): 261231" in decode(f"01{GTIN}10A17261231").notes[0].en


@pytest.mark.parametrize(
    ("raw", "kind", "at"),
    [
        ("", faults.EMPTY_CODE, "char 1"),
        (" \r\n", faults.EMPTY_CODE, "char 1"),
        ("]C1", faults.EMPTY_CODE, "char 1"),
        ("1" * 2049, faults.CODE_TOO_LONG, "char 2049"),
        ("hello world", faults.NOT_UNDERSTOOD, "char 1"),
        ("2024-XYZ", faults.NOT_UNDERSTOOD, "char 1"),
        ("\ud800", faults.NOT_UNDERSTOOD, "char 1"),
        ("F734257BF7194E4000001A85", faults.EPC_BINARY, "char 1"),
        ("(01)09521234543214", faults.CHECK_DIGIT, "char 18"),
        ("9521234543213"[:-1] + "4", faults.CHECK_DIGIT, "char 13"),
        ("09521234543231", faults.CHECK_DIGIT_SWAPPED, "char 14"),
        ("(8013)1987654Ad4X4bL5ttr2310cXK", faults.CHECK_PAIR, "char 30"),
        ("(01)9521234543213", faults.VALUE_LENGTH, "char 5"),
        (f"(01){GTIN}(10)", faults.VALUE_LENGTH, "char 23"),
        (f"(01){GTIN}(10)A B", faults.VALUE_CHARACTER, "char 24"),
        (f"(01){GTIN}(10)批", faults.VALUE_CHARACTER, "char 23"),
        (f"01{GTIN}05X", faults.UNKNOWN_AI, "char 17"),
        (f"(01){GTIN}(05)X", faults.UNKNOWN_AI, "char 20"),
        ("(01", faults.BRACKETS, "char 1"),
        (f"(01){GTIN}(21)A(21)B", faults.REPEATED_AI, "char 28"),
        ("(00)106141412345678908(10)L", faults.MISSING_AI, "char 27"),
        (f"(01){GTIN}(37)5(02){GTIN}(00)106141412345678908", faults.EXCLUSIVE_AIS, "char 5"),
        ("(400)PO1", faults.NO_KEY, "char 6"),
        (f"  ]C101{GTIN}17269931", faults.IMPOSSIBLE_DATE, "char 24"),
    ],
)
def test_refusals_say_where(raw, kind, at):
    fault = refusal(raw)
    assert (fault.kind.code, fault.at) == (kind.code, at)


def test_a_repeat_with_the_same_value_is_fine():
    assert decode(f"(01){GTIN}(01){GTIN}(21)A").identity.serial == "A"


def test_the_check_digit_fault_names_the_right_digit():
    fault = refusal("(00)106141412345678903")
    assert fault.params["expected"] == "8"
    assert "8" in fault.title("zh")


def test_a_swap_of_neighbours_is_offered():
    assert GTIN in refusal("09521234543231").params["suggestion"]
