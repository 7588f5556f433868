"""Binary EPCs: the standard's examples, the way there and back, and damaged bits."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.coding import api
from suyuan.coding.contracts import CodeFormat
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.epc_binary import looks_binary, read_binary, write_binary
from suyuan.coding.domain.epc_layouts import LAYOUTS
from suyuan.coding.tests.test_properties import epc_urns
from suyuan.kernel.faults import Fault

STANDARD = [
    ("3074257BF7194E4000001A85", "urn:epc:tag:sgtin-96:3.0614141.812345.6789"),
    ("3674257BF7194E59B2C2BF100000000000000000000000000000", "urn:epc:tag:sgtin-198:3.0614141.812345.32a%2Fb"),
    ("3174257BF4499602D2000000", "urn:epc:tag:sscc-96:3.0614141.1234567890"),
    ("3274257BF46072000000162E", "urn:epc:tag:sgln-96:3.0614141.12345.5678"),
    ("3974257BF46072CD9615F8800000000000000000000000000000", "urn:epc:tag:sgln-195:3.0614141.12345.32a%2Fb"),
    ("3374257BF40C0E400000162E", "urn:epc:tag:grai-96:3.0614141.12345.5678"),
    ("3774257BF40C0E59B2C2BF1000000000000000000000", "urn:epc:tag:grai-170:3.0614141.12345.32a%2Fb"),
    ("3474257BF40000000000162E", "urn:epc:tag:giai-96:3.0614141.5678"),
    ("3874257BF59B2C2BF10000000000000000000000000000000000", "urn:epc:tag:giai-202:3.0614141.32a%2Fb"),
    ("2D74257BF4499602D2000000", "urn:epc:tag:gsrn-96:3.0614141.1234567890"),
    ("2C74257BF46072000000162E", "urn:epc:tag:gdti-96:3.0614141.12345.5678"),
    ("350007AB70425D4000000586", "urn:epc:tag:gid-96:31415.271828.1414"),
    ("2F320434147455900000162E", "urn:epc:tag:usdod-96:3.CAGEY.5678"),
]
"""From the EPC Tag Data Standard, Appendix E."""


@pytest.mark.parametrize(("digits", "uri"), STANDARD)
def test_the_standards_examples(digits, uri):
    assert read_binary(digits).tag_uri == uri
    decoded = api.decode(digits)
    assert decoded.identity == api.identify(uri)
    assert decoded.format is CodeFormat.EPC_BINARY
    pure = "urn:epc:id:" + uri.split(":")[3].split("-")[0] + ":" + uri.split(":", 4)[4]
    head, _, body = pure.rpartition(":")
    if not uri.startswith("urn:epc:tag:gid"):
        body = body.partition(".")[2]
    assert write_binary(f"{head}:{body}", 3) == (uri.split(":")[3], digits)


@pytest.mark.parametrize(
    "written",
    [
        "0x3074257BF7194E4000001A85",
        "3074257bf7194e4000001a85",
        "30 74 25 7B F7 19 4E 40 00 00 1A 85",
        "3074-257B-F719-4E40-0000-1A85",
        "30003074257BF7194E4000001A85",
        "urn:epc:raw:96.x3074257BF7194E4000001A85",
        f"urn:epc:raw:96.{0x3074257BF7194E4000001A85}",
    ],
)
def test_the_ways_readers_write_one_tag(written):
    assert api.decode(written).identity.uri == "https://id.gs1.org/01/80614141123458/21/6789"


@settings(max_examples=300, deadline=None)
@given(epc_urns(), st.integers(0, 7))
def test_what_is_written_to_a_tag_reads_back(drawn, filter_value):
    urn, length = drawn
    written = api.to_epc_binary(urn, length, filter_value)
    if written is None:
        return
    scheme, digits = written
    assert looks_binary(digits) == digits
    tag = read_binary(digits)
    assert (tag.scheme, tag.filter_value) == (scheme, filter_value)
    assert api.identify(tag.tag_uri) == api.identify(urn)
    if not digits.isdecimal():  # decimals alone may be an element string, which is then the likelier reading
        assert api.decode(digits).identity == api.identify(urn)


def test_what_reads_as_an_element_string_too_is_one():
    assert read_binary("4018000000000000810000000000").tag_uri.startswith("urn:epc:tag:itip-110:")
    assert api.decode("4018000000000000810000000000").identity.uri.startswith("https://id.gs1.org/401/")


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(LAYOUTS), st.binary(min_size=11, max_size=26))
def test_random_bits_are_read_or_refused(layout, noise):
    digits = f"{layout.header:02X}{noise.hex().upper()}"
    with suppress(Fault):
        assert api.identify(read_binary(digits).tag_uri).uri


@pytest.mark.parametrize(
    ("digits", "kind", "at"),
    [
        ("F774257BF7194E4000001A85", faults.EPC_BINARY, "char 1"),
        ("E28011606000020000000000", faults.EPC_BINARY, "char 1"),
        ("307C257BF7194E4000001A85", faults.EPC_BITS, "char 3"),
        ("3074257BF7194E4000001A8500000001", faults.EPC_BITS, "char 25"),
        ("3674257BF7194E5902C2BF10000000000000", faults.EPC_BITS, "char 36"),
        ("3174257BF4499602D2000001", faults.EPC_BITS, "char 19"),
        ("0x3077FFFFFFD94E4000001A85", faults.EPC_BITS, "char 6"),
    ],
)
def test_refusals_say_where(digits, kind, at):
    with pytest.raises(Fault) as refused:
        api.decode(digits)
    assert (refused.value.kind, refused.value.at) == (kind, at)


def test_a_filter_that_does_not_fit_is_refused():
    with pytest.raises(Fault) as refused:
        api.to_epc_binary("https://id.gs1.org/01/80614141123458/21/6789", 7, 8)
    assert refused.value.kind is faults.EPC_FILTER


def test_what_has_no_tag_form():
    assert api.to_epc_binary("https://id.gs1.org/01/80614141123458/10/L", 7) is None
    assert api.to_epc_binary("urn:suyuan:demo:unit:A", 7) is None
    assert api.to_epc_binary("https://id.gs1.org/8010/0614141AB-C/8011/1", 7) is None  # needs CPI-var
