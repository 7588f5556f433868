"""Check-digit algorithms: published numbers, their own laws, and python-stdnum."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.checks import ALGORITHMS, CustomWeights, algorithm
from suyuan.coding.tests.counterparts import stdnum
from suyuan.kernel.faults import Fault

PUBLISHED = [
    ("gs1-mod10", "4006381333931"),
    ("gs1-mod10", "73513537"),
    ("gs1-mod10", "106141412345678908"),
    ("gs1-price4", "92875"),  # General Specifications, figure 7.9.4-1
    ("gs1-price5", "614685"),  # General Specifications, figure 7.9.5-1
    ("gs1-pair", "1987654Ad4X4bL5ttr2310c2K"),  # General Specifications 7.9.6
    ("luhn", "79927398713"),
    ("luhn", "490154203237518"),  # an IMEI
    ("mod11", "0306406152"),  # ISBN-10
    ("mod11", "080442957X"),
    ("mod11", "03178471"),  # ISSN
    ("mod97", "0428759497"),  # a Belgian enterprise number
    ("iso6346", "CSQU3054383"),
    ("imo", "9074729"),
    ("iso7064-11-2", "07940"),  # ISO 7064, example of MOD 11-2
    ("iso7064-11-2", "0000000121032683"),  # an ISNI
    ("iso7064-11-2", "11010519491231002X"),  # GB 11643, example
    ("iso7064-97-10", "79444"),
    ("iso7064-37-2", "A999914123456N"),  # ISBT 128, donation identification number
    ("iso7064-11,10", "07945"),
    ("iso7064-11,10", "33392005961"),  # a Croatian OIB
    ("iso7064-37,36", "A12425GABC1234002M"),  # GRid
    ("vin", "1M8GDM9AXKP042788"),  # 49 CFR 565, example
    ("vin", "1HGCM82633A004352"),
    ("uscc", "91350100M000100Y43"),  # GB 32100, example
    ("hibc-mod43", "+A123BJC5D6E71G"),  # HIBC supplier standard, example
]


@pytest.mark.parametrize(("name", "text"), PUBLISHED)
def test_published_numbers_are_right(name, text):
    each = algorithm(name)
    body, check = each.split(text)
    assert each.compute(body) == check
    assert each.attach(body) == text
    assert each.verify(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ALGORITHMS)), st.randoms(use_true_random=False))
def test_what_is_attached_verifies_and_one_wrong_check_does_not(name, chance):
    each = ALGORITHMS[name]
    least, most = each.lengths
    body = "".join(chance.choice(each.alphabet) for _ in range(chance.randint(least, min(most, 30))))
    text = each.attach(body)
    assert each.split(text) == (body, each.compute(body))
    assert each.verify(text)
    wrong = chance.choice([c for c in each.check_alphabet if c != each.compute(body)[0]])
    place = len(body) if each.place is None else each.place
    assert not each.verify(text[:place] + wrong + text[place + 1 :])


BLIND = {"vin", "iso6346", "mod11", "hibc-mod43", "imo", "organisation-code"}
"""Letters share values (VIN, organisation code), 10 counts as 0 (ISO 6346), weights meet the modulus (mod 11, IMO)."""
SEES_EVERY_SUBSTITUTION = [name for name in ALGORITHMS if name not in BLIND]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SEES_EVERY_SUBSTITUTION), st.randoms(use_true_random=False))
def test_every_single_substitution_is_seen(name, chance):
    each = ALGORITHMS[name]
    least, most = each.lengths
    body = "".join(chance.choice(each.alphabet) for _ in range(chance.randint(least, min(most, 20))))
    check, i = each.compute(body), chance.randrange(len(body))
    other = chance.choice([c for c in each.alphabet if c != body[i]])
    assert each.compute(body[:i] + other + body[i + 1 :]) != check


SEES_EVERY_SWAP = [name for name in ALGORITHMS if name.startswith("iso7064-") and "," not in name] + [
    "uscc",
    "gs1-pair",
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SEES_EVERY_SWAP), st.randoms(use_true_random=False))
def test_every_swap_of_neighbours_is_seen(name, chance):
    each = ALGORITHMS[name]
    length = each.lengths[0] if each.lengths[0] > 1 else 12
    body = "".join(chance.choice(each.alphabet) for _ in range(length))
    i = chance.randrange(len(body) - 1)
    swapped = body[:i] + body[i + 1] + body[i] + body[i + 2 :]
    assert swapped == body or each.compute(swapped) != each.compute(body)


def test_custom_weights():
    gs1 = CustomWeights((3, 1), 10).algorithm("mine")
    luhn = CustomWeights((2, 1), 10, digit_sum=True).algorithm()
    isbn = CustomWeights(tuple(range(2, 40)), 11, check_alphabet="0123456789X").algorithm()
    strict = CustomWeights(tuple(range(2, 40)), 11).algorithm()
    left = CustomWeights(
        (8, 7, 6, 5, 4, 3, 2, 1),
        36,
        alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        check_alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        from_left=True,
        complement=False,
    )
    chance = random.Random(7)
    for _ in range(200):
        body = "".join(chance.choice("0123456789") for _ in range(9))
        assert gs1.compute(body) == ALGORITHMS["gs1-mod10"].compute(body)
        assert luhn.compute(body) == ALGORITHMS["luhn"].compute(body)
        assert isbn.compute(body) == ALGORITHMS["mod11"].compute(body)
        if isbn.compute(body) == "X":
            assert not strict.verify(body + "0")
            with pytest.raises(Fault) as refused:
                strict.compute(body)
            assert refused.value.kind is faults.CHECK_NONE
    assert left.algorithm().compute("AB") == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(10 * 8 + 11 * 7) % 36]


@pytest.mark.parametrize(
    "weights",
    [
        CustomWeights((), 10),
        CustomWeights((3, -1), 10),
        CustomWeights((3, 1), 1),
        CustomWeights((3, 1), 10, alphabet="0011"),
        CustomWeights((3,) * 101, 10),
        CustomWeights((3, 1), 10, check_alphabet=""),
    ],
)
def test_weights_that_make_no_algorithm_are_refused(weights):
    with pytest.raises(Fault) as refused:
        weights.algorithm()
    assert refused.value.kind is faults.CHECK_WEIGHTS


def test_refusals_name_the_place():
    with pytest.raises(Fault) as refused:
        algorithm("luhn").compute("12a4")
    assert (refused.value.kind, refused.value.at) == (faults.CHECK_BODY, "char 3")
    with pytest.raises(Fault) as refused:
        algorithm("vin").compute("1M8GDM9")
    assert refused.value.kind is faults.CHECK_BODY
    with pytest.raises(Fault) as refused:
        algorithm("md5")
    assert refused.value.kind is faults.CHECK_ALGORITHM
    assert not algorithm("luhn").verify("12a4")
    assert not algorithm("luhn").verify("")


THEIRS = {
    "gs1-mod10": ("ean", "calc_check_digit", 12, {}),
    "luhn": ("luhn", "calc_check_digit", 14, {}),
    "mod11": ("isbn", "_calc_isbn10_check_digit", 9, {}),
    "iso7064-11-2": ("iso7064.mod_11_2", "calc_check_digit", 17, {}),
    "iso7064-37-2": ("iso7064.mod_37_2", "calc_check_digit", 13, {}),
    "iso7064-97-10": ("iso7064.mod_97_10", "calc_check_digits", 18, {}),
    "iso7064-11,10": ("iso7064.mod_11_10", "calc_check_digit", 10, {}),
    "iso7064-37,36": ("iso7064.mod_37_36", "calc_check_digit", 17, {}),
    "iso7064-27,26": (
        "iso7064.mod_37_36", "calc_check_digit", 15, {"alphabet": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    ),
    "uscc": ("cn.uscc", "calc_check_digit", 17, {}),
    "imo": ("imo", "calc_check_digit", 6, {}),
    "iso6346": ("iso6346", "calc_check_digit", 10, {}),
}  # fmt: skip


def test_python_stdnum_agrees():
    chance = random.Random(2026)
    calls, ours = [], []
    for name, (module, function, length, keywords) in THEIRS.items():
        each = algorithm(name)
        for _ in range(100):
            body = "".join(chance.choice(each.alphabet) for _ in range(length))
            calls.append((module, function, [body], keywords))
            ours.append((name, body, each.compute(body)))
    for (name, body, check), theirs in zip(ours, stdnum(calls), strict=True):
        assert theirs == check, (name, body)


def test_python_stdnum_accepts_our_mod97():
    texts = [algorithm("mod97").attach(f"{number:08d}") for number in range(2_000_000, 2_000_200)]
    assert set(stdnum([("be.vat", "checksum", [text], {}) for text in texts])) == {0}
