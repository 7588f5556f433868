"""Bytes to JSON: bounded, exact, and with a place for every refusal."""

from __future__ import annotations

import json
import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.integration.domain.epcis.reading import _DECODER, ReadingLimits, _check_shape, _quickly, read_json
from suyuan.kernel.faults import Fault

CASES = [
    (b"", "malformed_json", "char 1"),
    (b"not json", "malformed_json", "char 1"),
    (b'{"a": 1,}', "malformed_json", "char 9"),
    (b'{"a": "b', "malformed_json", "char 7"),
    (b'{"a": 1} {}', "malformed_json", "char 10"),
    ('{"中": tru}'.encode(), "malformed_json", "char 7"),
    (b'{"a": "\xff"}', "not_utf8", "char 8"),
    ("{}".encode("utf-16"), "not_utf8", "char 1"),
    (b"[1, 2]", "not_object", "/"),
    (b'"text"', "not_object", "/"),
    (b'{"a": "\\u0000"}', "text_unstorable", "char 8"),
    (b'{"a": "\\ud83d"}', "text_unstorable", "char 8"),
    (b'{"a": "\\ude00\\ud83d"}', "text_unstorable", "char 8"),
    (b'{"a": "\\ud83dx\\ude00"}', "text_unstorable", "char 8"),
    (b'{"a": NaN}', "number_unusable", "char 7"),
    (b'{"a": -Infinity}', "number_unusable", "char 7"),
    (b'{"a": 1e999999999}', "number_unusable", "char 7"),
    (b'{"a": 1E99999999999999999999}', "number_unusable", "char 7"),
    (b'{"a": ' + b"9" * 41 + b"}", "number_unusable", "char 7"),
    (b'{"a": ' + b"9" * 5000 + b"}", "number_unusable", "char 7"),
    (b'{"a": 0.' + b"1" * 41 + b"}", "number_unusable", "char 7"),
    (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "nested_too_deep", "char 69"),
    (b'{"a":' * 100_000, "nested_too_deep", "char 321"),
]


@pytest.mark.parametrize(("data", "code", "at"), CASES)
def test_what_cannot_be_read_is_refused_with_its_place(data: bytes, code: str, at: str) -> None:
    with pytest.raises(Fault) as caught:
        read_json(data)
    assert (caught.value.kind.code, caught.value.at) == (f"integration.{code}", at)
    assert caught.value.title("zh")
    assert caught.value.remedy("en")


def test_numbers_and_texts_survive_exactly() -> None:
    data = '\ufeff{"a": 0.10, "b": 12345678901234567890, "c": 1.5e3, "d": "\\ud83d\\ude00\\\\u0000"}'
    read = read_json(data.encode())
    assert read == {"a": Decimal("0.10"), "b": 12345678901234567890, "c": Decimal("1500"), "d": "😀\\u0000"}
    assert str(read["a"]) == "0.10"


def test_limits_of_size_and_elements() -> None:
    with pytest.raises(Fault) as caught:
        read_json(b"{" + b" " * 100 + b"}", ReadingLimits(size=100))
    assert (caught.value.kind.code, caught.value.kind.status) == ("integration.document_too_large", 413)
    assert caught.value.kind.exception == "epcisException:CaptureLimitExceededException"
    with pytest.raises(Fault) as caught:
        read_json(b'{"a": [' + b"{}," * 1000 + b"{}]}", ReadingLimits(elements=1000))
    assert caught.value.kind.code == "integration.too_many_elements"
    assert read_json(b'{"a": "' + b"[{," * 5000 + b'"}', ReadingLimits(elements=10))


def test_a_document_far_over_the_limit_costs_no_memory() -> None:
    bomb = b'{"a": [' + b"[]," * 3_000_000 + b"[]]}"
    tracemalloc.start()
    with pytest.raises(Fault):
        read_json(bomb, ReadingLimits(elements=1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * len(bomb)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(str.encode)
    | st.text('{}[]",:\\u0d83ef1.-e ', max_size=60).map(str.encode)
)
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    read: object = {}
    refusal: Fault | None = None
    try:
        read = read_json(data)
    except Fault as fault:
        refusal = fault
    assert refusal is None or (refusal.title("zh") and refusal.at)
    assert isinstance(read, dict)
    json.dumps(read, default=str).encode()


_numbers = st.integers(-(10**20), 10**20) | st.decimals("-1e9", "1e9", places=3).map(float)
_values = st.recursive(
    st.none() | st.booleans() | _numbers | st.text('ab"\\[]{},:中\n\u2028', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('a"\\[{', max_size=3), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.text("ab"), _values, max_size=4), st.integers(1, 5))
def test_the_quick_way_reads_what_the_careful_way_reads(document: dict[str, object], depth: int) -> None:
    data = json.dumps(document, ensure_ascii=False).encode()
    limits = ReadingLimits(depth=depth)
    quick = _quickly(data, limits)
    try:
        _check_shape(data, limits)
    except Fault:
        assert quick is None
        return
    careful = _DECODER.decode(data.decode())
    assert quick in (None, careful)
    assert quick is None or str(quick) == str(careful)
