"""What must hold for every code."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from suyuan.coding import api
from suyuan.coding.contracts import DEFAULT_GS_SUBSTITUTES
from suyuan.coding.domain.ai_table import BY_AI
from suyuan.coding.domain.application_identifiers import Charset
from suyuan.coding.domain.check_digits import CSET82, check_pair, mod10
from suyuan.coding.domain.element_strings import (
    GS,
    format_bracketed,
    format_raw,
    parse_bracketed,
    parse_raw,
    separators,
)
from suyuan.coding.domain.elements import Element
from suyuan.coding.domain.retail_codes import upc_a_of
from suyuan.coding.domain.world_codes import read_uscc
from suyuan.coding.tests.strategies import CPREF, cset82, digits, gtins, prefix_lengths, with_check_digit
from suyuan.kernel.faults import Fault

SEPARATOR = separators(DEFAULT_GS_SUBSTITUTES)
quick = settings(max_examples=150, deadline=None)


@st.composite
def element_lists(draw) -> list[Element]:
    """Draw elements of right length and characters, each AI once; content is not checked at this level."""
    found = []
    for ai in draw(st.lists(st.sampled_from(sorted(BY_AI)), min_size=1, max_size=6, unique=True)):
        value = ""
        for component in BY_AI[ai].components:
            if component.optional and not draw(st.booleans()):
                break
            letters = "0123456789" if component.charset is Charset.DIGITS else CSET82
            value += draw(st.text(letters, min_size=component.minimum, max_size=component.maximum))
        found.append(Element(ai, value, 1))
    return found


def pairs(elements):
    return sorted((element.ai, element.value) for element in elements)


@quick
@given(element_lists())
def test_element_strings_come_back(elements):
    assert pairs(parse_bracketed(format_bracketed(elements))) == pairs(elements)
    assert pairs(parse_raw(format_raw(elements), SEPARATOR)) == pairs(elements)


@quick
@given(gtins, cset82(20), cset82(20))
def test_a_unit_is_the_same_in_every_notation(gtin, lot, serial):
    link = api.decode(format_bracketed([Element("01", gtin, 1), Element("21", serial, 1)])).identity
    assert link.serial == serial
    assert api.identify_epc(link.uri) == link
    raw = api.decode(f"]d201{gtin}10{lot}{GS}21{serial}").identity
    assert (raw.uri, raw.lot) == (link.uri, lot)
    assert api.decode(api.to_element_string(link.uri)).identity == link
    assert api.decode(api.to_element_string(link.uri, bracketed=False)).identity == link
    assert api.identify("https://x.example" + api.digital_link_path(link.uri)) == link


@st.composite
def epc_urns(draw) -> tuple[str, int]:
    """Draw an EPC URN of any scheme with a GS1 key, with the length of its company prefix."""
    from urllib.parse import quote

    length = draw(prefix_lengths)
    prefix = draw(digits(length))

    def text(most, letters=CSET82):
        return quote(draw(st.text(letters, min_size=1, max_size=most)), safe="!'()*+,-.:;=_")

    scheme, total, tail = draw(
        st.sampled_from(
            [
                ("id:sgtin", 13, 20),
                ("id:sscc", 17, None),
                ("id:sgln", 12, 20),
                ("id:grai", 12, 16),
                ("id:gsrn", 17, None),
                ("id:gsrnp", 17, None),
                ("id:gdti", 12, 17),
                ("id:upui", 13, 28),
                ("id:pgln", 12, None),
                ("id:gsin", 16, None),
                ("class:lgtin", 13, 20),
                ("idpat:sgtin", 13, "*"),
                ("idpat:grai", 12, "*"),
                ("idpat:gdti", 12, "*"),
                ("id:giai", None, None),
                ("id:cpi", None, None),
                ("id:sgcn", 12, 0),
                ("id:itip", 13, 0),
            ]
        )
    )
    if scheme == "id:giai":
        return f"urn:epc:id:giai:{prefix}.{text(30 - length)}", length
    if scheme == "id:cpi":
        reference = quote(draw(st.text(CPREF, min_size=1, max_size=30 - length)), safe="-")
        return f"urn:epc:id:cpi:{prefix}.{reference}.{draw(st.integers(1, 10**12 - 1))}", length
    base = f"urn:epc:{scheme}:{prefix}.{draw(digits(total - length))}"
    if scheme == "id:sgcn":
        return f"{base}.{draw(digits(1, 12))}", length
    if scheme == "id:itip":
        pieces = draw(st.integers(1, 99))
        return f"{base}.{draw(st.integers(1, pieces)):02d}.{pieces:02d}.{text(20)}", length
    return (base if tail is None else f"{base}.*" if tail == "*" else f"{base}.{text(tail)}"), length


@quick
@given(epc_urns())
def test_epc_urns_come_back(drawn):
    urn, length = drawn
    identity = api.identify(urn)
    assert identity.uri.startswith("https://id.gs1.org/")
    assert api.to_epc_urn(identity, length) == urn
    assert api.identify(identity.uri) == identity
    assert api.canonical(identity.uri) == identity.uri


def another_number(text):
    """Tell whether digits are right in another notation: a UPC-E, an organisation with both its checks."""
    return upc_a_of(text) is not None or read_uscc(text) is not None


@quick
@given(st.sampled_from([8, 12, 13, 14, 18]).flatmap(with_check_digit), st.data())
def test_one_wrong_digit_is_refused(key, data):
    at = data.draw(st.integers(0, len(key) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != key[at]]))
    broken = key[:at] + wrong + key[at + 1 :]
    assume(not another_number(broken))
    with pytest.raises(Fault) as caught:
        api.decode(broken)
    assert caught.value.kind.code in ("coding.check_digit", "coding.check_digit_swapped")


@quick
@given(st.sampled_from([8, 12, 13, 14, 18]).flatmap(with_check_digit), st.data())
def test_swapped_neighbours_are_refused_and_the_right_code_offered(key, data):
    at = data.draw(st.integers(0, len(key) - 2))
    assume((int(key[at]) - int(key[at + 1])) % 5)  # mod 10 with weights 3 and 1 is blind to a difference of 5
    broken = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    assume(not another_number(broken))
    with pytest.raises(Fault) as caught:
        api.decode(broken)
    fault = caught.value
    assert key in fault.params.get("suggestion", key)


@quick
@given(cset82(23, least=5), st.data())
def test_the_check_pair_catches_one_wrong_character(body, data):
    pair = check_pair(body)
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([character for character in CSET82 if character != body[at]]))
    assert check_pair(body[:at] + other + body[at + 1 :]) != pair


@quick
@given(digits(5, 17))
def test_mod10_brings_the_sum_to_a_multiple_of_ten(body):
    whole = body + mod10(body)
    assert sum(int(digit) * (1 if i % 2 == 0 else 3) for i, digit in enumerate(reversed(whole))) % 10 == 0


SEEDS = [
    "(01)09521234543213(10)ABC",
    "]C101095212345432131726123110L\x1d21S",
    "https://id.gs1.org/01/09521234543213/21/1?17=261231",
    "urn:epc:id:sgtin:0614141.107346.2017",
    "urn:epc:tag:gid-96:1.2.3",
    "urn:epc:idpat:itip:4012345.012345.01.02.*",
    "urn:epc:id:bic:CSQU3054383",
    "3674257BF7194E59B2C2BF100000000000000000000000000000",
    "urn:epc:raw:96.x3074257BF7194E4000001A85",
    "+A99912345/$$52001510X3/16D20111212/S77DEFG457",
    "1M8GDM9AXKP042788",
    "91350100M000100Y43",
    "81000040000000000000",
    "hdl:88.118.10/abc-123",
    "MA.156.1001.1/X1",
    "urn:suyuan:world:hibc:A99912345;lot=10X3",
    "04252614",
    "urn:suyuan:demo:unit:1",
    "(8013)1987654Ad4X4bL5ttr2310c2K",
    "01095212345432133103001250393215619",
    "(8003)00614141123452400(8110)001234512345611110000",
]
ODD = st.sampled_from([*"\x1d%()\\\x00/.:?=&*", "０", "²", "\ud800", "批", "٣"])


@st.composite
def mangled(draw) -> str:
    """Draw a good code with a few pieces cut out, doubled or put in."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 4))
        doubled = st.just(text[at : at + length] * 2)
        middle = draw(st.one_of(ODD, st.just(""), doubled, st.text(max_size=3), digits(1, 4)))
        text = text[:at] + middle + text[at + length :]
    return text


anything = st.one_of(
    st.text(max_size=60),
    mangled(),
    st.from_regex(r"urn:(epc|suyuan):[a-z]{2,5}:[a-z]+:.{0,20}", fullmatch=True),
    st.from_regex(r"https?://[a-z.]{1,9}/(01|8004|414|x)/[0-9]{1,15}.{0,20}", fullmatch=True),
    st.text("0123456789()\x1d|AB", max_size=50),
)
DOORS = [
    api.decode,
    lambda text: api.decode(text, allow_foreign=True),
    api.identify_epc,
    api.identify_class,
    api.identify_place,
    lambda text: api.identify(text, allow_foreign=True),
    lambda text: api.to_epc_urn(text, 7),
    api.digital_link_path,
    api.to_element_string,
    lambda text: api.to_epc_binary(text, 7),
    lambda text: api.forms(text, prefix_length=7, allow_foreign=True),
    lambda text: api.picture(text, "datamatrix"),
    lambda text: api.picture(text, "ean"),
]


def tells_where(fault, text):
    assert all((fault.title("zh"), fault.title("en"), fault.remedy("zh"), fault.remedy("en"), fault.problem("zh")))
    if fault.at is not None:
        place = re.fullmatch(r"char ([0-9]+)", fault.at)
        assert place is not None
        assert 1 <= int(place[1]) <= len(text) + 1


@settings(max_examples=600, deadline=None)
@given(anything)
@example("\x1d")
@example("https://")
@example("https://?")
@example("urn:epc:tag:gid-96:")
@example("urn:epc:tag:sgtin-96:²².")
@example("٣٣٣٣٣٣٣٣")
@example("(٠١)09521234543213")
@example("https://id.gs1.org/01/09521234543213/21/%ED%A0%80")
@example("urn:suyuan:demo:unit:%ED%A0%80")
@example("urn:epc:id:cpi:0614141.%FF.1")
def test_nothing_but_a_fault_ever_comes_out(text):
    for door in DOORS:
        try:
            door(text)
        except Fault as fault:
            tells_where(fault, text)


@quick
@given(anything)
def test_what_is_accepted_is_canonical(text):
    try:
        identity = api.decode(text, allow_foreign=True).identity
    except Fault:
        return
    again = api.identify(identity.uri, allow_foreign=True)
    assert (again.uri, again.kind) == (identity.uri, identity.kind)
