"""Canonical JSON: the quick way and the full algorithm write the same bytes."""

from __future__ import annotations

from decimal import Decimal

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from suyuan.kernel.canonical_json import _full_value, canonical_json, content_hash

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
