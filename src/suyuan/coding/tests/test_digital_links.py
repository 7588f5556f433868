"""GS1 Digital Link URIs on any domain."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.coding.api import canonical, decode, digital_link_path, to_element_string
from suyuan.coding.contracts import refusals as faults
from suyuan.coding.domain.digital_links import parse_link
from suyuan.coding.domain.identifying import identify
from suyuan.coding.domain.identities import identity_of
from suyuan.kernel.faults import Fault

GTIN = "09521234543213"
PRODUCT = f"https://id.gs1.org/01/{GTIN}"


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        (f"https://example.com/01/{GTIN}/21/1", f"{PRODUCT}/21/1"),
        (f"http://brand.example/shop/cn/01/{GTIN}/10/L7/21/1", f"{PRODUCT}/21/1"),
        (f"HTTPS://ID.GS1.ORG/01/{GTIN}", PRODUCT),
        ("https://example.com:8443/01/9521234543213/", PRODUCT),
        ("https://example.com/01/96385074/10/L", "https://id.gs1.org/01/00000096385074/10/L"),
        (f"https://example.com/gtin/{GTIN}/ser/1", f"{PRODUCT}/21/1"),
        (f"https://example.com/01/{GTIN}/21/%41%2Fb?17=261231#top", f"{PRODUCT}/21/A%2Fb"),
        (f"https://example.com/01/{GTIN}?10=L7", f"{PRODUCT}/10/L7"),
        (f"https://example.com/01/{GTIN}/22/2A/10/L7", f"{PRODUCT}/10/L7"),
        ("https://example.com/414/0614141073467/254/A1?01=" + GTIN, "https://id.gs1.org/414/0614141073467/254/A1"),
        ("https://example.com/8004/4000001111", "https://id.gs1.org/8004/4000001111"),
        ("https://example.com/253/4012345000054987", "https://id.gs1.org/253/4012345000054987"),
    ],
)
def test_canonical_form(uri, expected):
    assert canonical(uri) == expected
    assert canonical(expected) == expected


def test_attributes_notes_and_other_parameters():
    decoded = decode("https://b.example/gtin/9521234543213?3103=001250&linkType=gs1%3Apip;17=261231")
    assert dict(decoded.attributes) == {"3103": "001250", "17": "261231", "linkType": "gs1:pip"}
    assert "withdrawn" in decoded.notes[0].en
    assert decoded.parts[0].note.en == "GTIN-13, padded to 14 digits"


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.com/",
        "https://example.com",
        "http://www.w3.org/2000/01/rdf-schema#",
        "https://example.com/01/about",
        "https://example.com/products/0952",
    ],
)
def test_other_web_addresses_are_no_links(uri):
    with pytest.raises(Fault) as caught:
        decode(uri)
    assert caught.value.kind is faults.LINK_WITHOUT_KEY
    assert decode(uri, allow_foreign=True).identity.uri == uri


@pytest.mark.parametrize(
    ("uri", "kind", "at"),
    [
        ("https://example.com/01/09521234543214", faults.CHECK_DIGIT, "char 37"),
        ("https://example.com/01/9521234543214", faults.CHECK_DIGIT, "char 24"),
        (f"https://example.com/01/{GTIN}/21/1/10/2", faults.LINK_QUALIFIER, "char 44"),
        (f"https://example.com/01/{GTIN}/235/1/21/2", faults.LINK_QUALIFIER, "char 45"),
        (f"https://example.com/01/{GTIN}/17/261231", faults.LINK_QUALIFIER, "char 39"),
        (f"https://example.com/01/{GTIN}/x/y", faults.LINK_QUALIFIER, "char 39"),
        ("https://example.com/00/106141412345678908/21/1", faults.LINK_QUALIFIER, "char 43"),
        (f"https://example.com/01/{GTIN}/21", faults.LINK_VALUE_MISSING, "char 41"),
        (f"https://example.com/01/{GTIN}?17=", faults.LINK_VALUE_MISSING, "char 42"),
        (f"https://example.com/01/{GTIN}?21=1", faults.LINK_ATTRIBUTE, "char 39"),
        (f"https://example.com/01/{GTIN}?99999=1", faults.UNKNOWN_AI, "char 39"),
        (f"https://example.com/01/{GTIN}?17=261331", faults.IMPOSSIBLE_DATE, "char 42"),
        (f"https://example.com/01/{GTIN}/21/a%2", faults.PERCENT_ESCAPE, "char 43"),
        (f"https://example.com/01/{GTIN}/21/%FF", faults.PERCENT_ESCAPE, "char 42"),
        (f"https://example.com/01/{GTIN}/21/a%20b", faults.VALUE_CHARACTER, "char 42"),
        ("https://id.gs1.org/01/abc", faults.VALUE_LENGTH, "char 23"),
        ("https://id.gs1.org/about", faults.LINK_WITHOUT_KEY, "char 19"),
        ("https://id.gs1.org/ABkVd8zxK20-_1", faults.LINK_COMPRESSED, "char 20"),
        ("https://example.com/ABkVd8zxK20-_1", faults.LINK_COMPRESSED, "char 21"),
        ("https://example.com/415/0614141073467", faults.MISSING_AI, "char 25"),
    ],
)
def test_refusals_say_where(uri, kind, at):
    with pytest.raises(Fault) as caught:
        decode(uri)
    assert (caught.value.kind.code, caught.value.at) == (kind.code, at)


def test_paths_for_qr_codes_keep_the_qualifiers():
    assert digital_link_path(f"https://example.com/01/{GTIN}/10/L%2F7/21/1?17=261231") == f"/01/{GTIN}/10/L%2F7/21/1"
    assert digital_link_path("urn:epc:id:sgln:0614141.07346.1234") == "/414/0614141073467/254/1234"
    assert digital_link_path(f"https://example.com/01/{GTIN}/235/7") == f"/01/{GTIN}/235/7"
    assert digital_link_path("urn:suyuan:demo:unit:1") is None
    assert digital_link_path("https://example.com/about") is None


def test_element_strings_of_links():
    uri = f"https://example.com/01/{GTIN}/10/A(1)/21/S?17=261231"
    assert to_element_string(uri) == rf"(01){GTIN}(10)A\(1)(21)S(17)261231"
    assert to_element_string(uri, bracketed=False) == f"01{GTIN}1726123110A(1)\x1d21S"
    assert to_element_string("urn:epc:id:gid:1.2.3") is None


_plain_values = st.text("0123456789ABCabc._-%/!", max_size=21)


@given(
    st.sampled_from(["09521234543213", "09521234543210", "00000000000000", "0952123454321"]),
    st.sampled_from(["", "/21/", "/10/", "/22/"]),
    _plain_values,
)
def test_the_short_way_for_plain_links_says_what_the_long_way_says(gtin: str, qualifier: str, value: str) -> None:
    def told(read: Callable[[str], object]) -> object:
        try:
            return read(uri)
        except Fault as fault:
            return fault.kind.code, fault.at, dict(fault.params)

    def long_way(uri: str) -> object:
        link = parse_link(uri)
        return None if link is None else identity_of(link.elements, link.key)[0]

    uri = f"https://id.gs1.org/01/{gtin}{qualifier}{value if qualifier else ''}"
    assert told(identify) == told(long_way)
