"""A refused code: what it may have been meant to be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.coding import api
from suyuan.coding.tests.strategies import cset82, gtins, with_check_digit
from suyuan.kernel.faults import Fault


@pytest.mark.parametrize(
    ("wrong", "meant", "why"),
    [
        ("9521234543123", "9521234543213", "two neighbours changed places"),
        ("https://id.gs1.org/01/09521234543231/21/A", "https://id.gs1.org/01/09521234543213/21/A", "neighbours"),
        ("9521234543214", "9521234543213", "only the check digit is wrong"),
        ("O109521234543213", "0109521234543213", "a letter in the place of a digit"),
        ("(O1)O95212345432l3", "(01)09521234543213", "a letter in the place of a digit"),
        ("]d201095212345432131OL7", "]d2010952123454321310L7", "a letter in the place of a digit"),
        ("urn:epc:id:sgtin:0614141.1O7346.2017", "urn:epc:id:sgtin:0614141.107346.2017", "a letter"),
        ("0109521234543213[GS]21S9", "0109521234543213\x1d21S9", "sent as something else"),
        ("010952123454321310ABC§21S9", "010952123454321310ABC\x1d21S9", "sent as something else"),
        ("01095212345432131012345678901234567817261231", None, "the lost separator put back"),
        ("(01)9521234543213", "(01)09521234543213", "leading zeros put back"),
        ("【01】09521234543213", "(01)09521234543213", "punctuation of a Chinese input method"),
        ("id.gs1.org/01/09521234543213/21/1", "https://id.gs1.org/01/09521234543213/21/1", "web address"),
        ("https:/id.gs1.org/01/09521234543213", "https://id.gs1.org/01/09521234543213", "web address"),
        ("978-0-306-40615-7", "9780306406157", "blanks and hyphens left out"),
        (")!)(%@!@#$%$#@!#", "0109521234543213", "typed with Shift"),
        ("&ùé", None, None),
        ("+A99912345/$$52001510X34", "+A99912345/$$52001510X33", "only the check digit is wrong"),
        ("(8013)1987654Ad4X4bL5ttr2310cK2", "(8013)1987654Ad4X4bL5ttr2310c2K", None),
        ("91350100M000100Y34", "91350100M000100Y43", "two neighbours changed places"),
        ("1m8gdm9axkp042788", "1M8GDM9AXKP042788", "Caps Lock"),
        (
            "URN:EPC:ID:SGTIN:0614141.107346.2017".swapcase().upper(),
            "urn:epc:id:sgtin:0614141.107346.2017",
            "Caps Lock",
        ),
    ],
)
def test_the_meant_code_is_offered(wrong, meant, why):
    with_reason = {repair.code: repair.why.en for repair in api.repairs_of(wrong)}
    if meant is not None and why is not None:
        assert meant in with_reason, with_reason
        assert why in with_reason[meant]
    for code in with_reason:
        assert api.decode(code).identity.uri


def test_a_date_in_another_order_is_put_right():
    repaired = {repair.code for repair in api.repairs_of("(01)09521234543213(17)123126")}
    assert "(01)09521234543213(17)261231" in repaired


def test_the_last_of_many_swaps_is_found_too():
    swapped = "040030243713181830"  # a dozen other swaps of neighbours would do as well
    assert "040030243713181803" in {repair.code for repair in api.repairs_of(swapped)}


def test_what_decodes_needs_no_repair():
    assert api.repairs_of("9521234543213") == ()


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([13, 14, 18]).flatmap(with_check_digit), st.data())
def test_one_slip_in_a_number_is_undone(key, data):
    at = data.draw(st.integers(0, len(key) - 2))
    wrong = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    try:
        api.decode(wrong)
    except Fault:
        assert key in {repair.code for repair in api.repairs_of(wrong)}


@settings(max_examples=80, deadline=None)
@given(gtins, cset82(20, least=12), cset82(20, least=10))
def test_a_lost_separator_is_found_where_the_rest_tells(gtin, lot, serial):
    whole = f"01{gtin}10{lot}\x1d21{serial}"
    broken = whole.replace("\x1d", "")
    with pytest.raises(Fault):
        api.decode(broken)
    assert api.repairs_of(broken)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.text("0123456789()ABCD\x1d]/:.", max_size=300))
def test_any_text_is_answered_soon(text):
    started = time.process_time()
    for repair in api.repairs_of(text):
        assert api.decode(repair.code).identity.uri == repair.uri
    assert time.process_time() - started < 2
