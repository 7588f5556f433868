"""Canonical JSON: the quick way and the full algorithm write the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from suyuan.kernel.canonical_json import _full_value, canonical_json, content_hash, exact_canonical_json

_texts = st.text(st.characters(exclude_categories=["Cs"]))
_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**18), max_value=10**18)
    | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(_texts, _values, max_size=5))
def test_both_ways_write_the_same_bytes(document: dict[str, object]) -> None:
    assert canonical_json(document) == rfc8785.dumps(_full_value(document))


_like_numbers = st.text(st.sampled_from('":,[]{}\\-0123456789.eNIul \U0001f600\uff08'), max_size=12)
_plain = st.integers(-(10**16), 10**16) | st.decimals("-1e4", "1e4", places=3) | st.sampled_from([0.5, 1e-4, -0.0, 5.0])


@given(st.dictionaries(_like_numbers, _like_numbers | _plain | st.lists(_like_numbers | _plain, max_size=3)))
def test_texts_that_look_like_numbers_mislead_nobody(document: dict[str, object]) -> None:
    expected = rfc8785.dumps(_full_value(document))
    assert canonical_json(document) == expected
    exact = exact_canonical_json(document)
    assert exact in (None, expected)
    if exact is not None:
        assert json.loads(exact, parse_float=Decimal) == document


def test_an_event_with_plain_numbers_is_encoded_once() -> None:
    event = {"epcList": ["urn:epc:id:sgtin:0614141.107346.1-5"], "quantity": 500, "value": Decimal("3.75"), "é": True}
    assert exact_canonical_json(event) == rfc8785.dumps(_full_value(event))
    assert exact_canonical_json({"value": Decimal("3.750")}) is None
    assert exact_canonical_json({"value": Decimal("NaN")}) is None
    assert exact_canonical_json({"value": float("nan")}) is None
    assert exact_canonical_json([Decimal("NaN")]) is None


def test_the_example_of_rfc_8785_section_3_2_2() -> None:
    document = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000f\nA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical_json(document).decode() == expected


def test_how_a_number_is_written_does_not_change_the_hash() -> None:
    assert content_hash({"a": Decimal("1.50"), "b": 2}) == content_hash({"b": Decimal("2.0"), "a": 1.5})
