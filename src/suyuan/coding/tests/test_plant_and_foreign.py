"""A plant's own codes, and URIs of other people's making."""

import pytest

from suyuan.coding.api import decode, identify, identify_class, identify_epc
from suyuan.coding.contracts import CodeFormat
from suyuan.coding.contracts import refusals as faults
from suyuan.kernel.faults import Fault
from suyuan.trace.contracts import ItemKind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("unit", "unit"),
        ("lot", "lot"),
        ("carrier", "carrier"),
        ("asset", "asset"),
        ("product", "product"),
        ("place", "asset"),
        ("person", "asset"),
        ("equipment", "asset"),
        ("order", "asset"),
    ],
)
def test_the_class_decides_the_kind(kind, expected):
    uri = f"urn:suyuan:demo:{kind}:A-1001/2"
    identity = identify(uri)
    assert (identity.uri, identity.kind.value) == (uri, expected)
    decoded = decode(uri)
    assert decoded.format is CodeFormat.PLANT_URN
    assert [part.value for part in decoded.parts] == ["demo", kind, "A-1001/2"]


def test_chinese_codes_have_one_canonical_form():
    plain, escaped = "urn:suyuan:demo:unit:面板1", "urn:suyuan:demo:unit:%E9%9D%A2%e6%9d%bf1"
    assert identify(plain) == identify(escaped)
    assert identify(plain).uri == "urn:suyuan:demo:unit:%E9%9D%A2%E6%9D%BF1"
    assert identify(plain).serial == "面板1"


@pytest.mark.parametrize(
    ("uri", "kind", "at"),
    [
        ("urn:suyuan:demo:unit", faults.PLANT_URN, "char 1"),
        ("urn:suyuan:demo:unit:", faults.PLANT_URN, "char 1"),
        ("urn:suyuan:demo:thing:1", faults.PLANT_URN, "char 17"),
        ("urn:suyuan:De mo:unit:1", faults.PLANT_URN, "char 1"),
        ("urn:suyuan:demo:unit:a b", faults.PLANT_URN, "char 1"),
        ("urn:suyuan:demo:unit:a%2", faults.PERCENT_ESCAPE, "char 23"),
        ("", faults.NOT_A_URI, "char 1"),
        ("A1001", faults.NOT_A_URI, "char 1"),
        ("urn:x y", faults.NOT_A_URI, "char 1"),
        ("https://example.com/item/1", faults.FOREIGN_URI, "char 1"),
        ("x:" + "y" * 2100, faults.CODE_TOO_LONG, "char 2049"),
    ],
)
def test_refusals(uri, kind, at):
    with pytest.raises(Fault) as caught:
        identify(uri)
    assert (caught.value.kind.code, caught.value.at) == (kind.code, at)


def test_foreign_uris_stand_for_themselves_on_request():
    uri = "urn:uuid:6f2f5ef4-90c1-4e2f-b1d2-000000000001"
    assert identify_epc(uri, allow_foreign=True).kind is ItemKind.UNIT
    assert identify_class(uri, allow_foreign=True).kind is ItemKind.LOT
    decoded = decode(uri, allow_foreign=True)
    assert (decoded.identity.uri, decoded.format) == (uri, CodeFormat.FOREIGN_URI)
    with pytest.raises(Fault) as caught:
        decode("mailto:a@b.example")
    assert caught.value.kind is faults.FOREIGN_URI
