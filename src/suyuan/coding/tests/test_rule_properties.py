"""Any sound rule: what it makes is taken apart into what it was made of, and no two codes are equal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from suyuan.coding.contracts.code_rules import CHARSETS, CodeRule
from suyuan.coding.domain.rules import reading
from suyuan.coding.domain.rules.checking import check_rule
from suyuan.coding.domain.rules.layout import Layout, lay_out
from suyuan.coding.domain.rules.overlap import common_text
from suyuan.coding.domain.rules.samples import sample_context
from suyuan.coding.domain.rules.writing import lines, scope_of

SECRET = b"a secret of thirty-two bytes ...."
ALPHABETS = st.sampled_from(["0123456789", "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", "ab", "0123456789ABCDEF"])
CLOCKS = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2039-12-31"))
MOMENTS = CLOCKS.map(lambda moment: moment.replace(microsecond=0))
CONSTANTS = st.builds(dict, type=st.just("constant"), text=st.text("ABCxyz-./甲", min_size=1, max_size=4))
PATTERNS = ["YYYYMMDD", "YYMMDD", "YDDD", "ynd", "GGWWe", "YY'W'WW", "YYMM", "YYYY-MM-DD", "YYMMDDhhmmss", "e"]
DATES = st.builds(dict, type=st.just("date"), pattern=st.sampled_from(PATTERNS))
SEQUENCES = st.builds(
    dict,
    type=st.just("sequence"),
    width=st.integers(1, 7),
    alphabet=ALPHABETS,
    start=st.integers(0, 3),
    step=st.integers(1, 7),
    restart=st.lists(st.sampled_from(["day", "month", "year", "line"]), max_size=2, unique=True),
)
RANDOMS = st.builds(dict, type=st.just("random"), length=st.integers(2, 10), alphabet=ALPHABETS)
FIELDS = st.builds(
    lambda charset, least, more: {
        "type": "field", "name": "line", "charset": charset, "least": least, "most": least + more,
    },
    charset=st.sampled_from(["digits", "upper", "alphanumeric"]), least=st.integers(1, 3), more=st.integers(0, 2),
)  # fmt: skip
NAMED_CHECKS = st.builds(
    dict,
    type=st.just("check"),
    algorithm=st.sampled_from(["gs1-mod10", "luhn", "iso7064-37-2", "hibc-mod43"]),
    over=st.sampled_from(["before", "around"]),
)
OWN_WEIGHTS = st.builds(
    dict,
    weights=st.lists(st.integers(0, 999), min_size=1, max_size=5),
    modulus=st.integers(2, 11),
    check_alphabet=st.just("0123456789X"),
    from_left=st.booleans(),
    digit_sum=st.booleans(),
    complement=st.booleans(),
)
CHECKS = st.one_of(
    NAMED_CHECKS,
    st.builds(
        dict, type=st.just("check"), algorithm=st.just("weights"), over=st.sampled_from(["before", "around"]),
        weights=OWN_WEIGHTS,
    ),
)  # fmt: skip
SEGMENTS = st.one_of(CONSTANTS, DATES, SEQUENCES, RANDOMS, FIELDS, CHECKS)


def _rule(segments: list[dict[str, Any]], **other: Any) -> CodeRule:
    numbered = [{**segment, "id": f"s{number}"} for number, segment in enumerate(segments)]
    return msgspec.convert({"segments": numbered, **other}, CodeRule)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Draw sound rules: a plant's own, or GTIN with serial number, or a key with check digit."""
    kind = draw(st.sampled_from(["plant", "plant", "plant", "serial", "sscc"]))
    if kind == "serial":
        gtin = {"type": "field", "name": "gtin", "charset": "digits", "least": 14, "most": 14}
        parts = [p for p in draw(st.lists(SEGMENTS, min_size=1, max_size=3)) if "甲" not in str(p)]
        rule = _rule([{"type": "ai", "ai": "01"}, gtin, {"type": "ai", "ai": "21"}, *parts])
    elif kind == "sscc":
        sequence = {"type": "sequence", "width": 7, "step": draw(st.integers(1, 5))}
        parts = [{"type": "constant", "text": "1952123454"}, sequence, {"type": "check"}]
        rule = _rule([{"type": "ai", "ai": "00"}, *parts], level="pallet")
    else:
        rule = _rule(draw(st.lists(SEGMENTS, min_size=1, max_size=6)))
    assume(not check_rule(rule))
    return lay_out(rule)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None, max_examples=150)
@given(layouts(), MOMENTS, st.integers(0, 10**6))
def test_what_a_rule_makes_it_takes_apart(layout: Layout, moment: datetime, skipped: int) -> None:
    context = sample_context(layout, moment)
    first = layout.start + layout.step * min(skipped, max(layout.capacity - 3, 0))
    count = min(3, layout.capacity)
    made = lines(layout, context, SECRET, first, count)
    codes = [row.tobytes().decode() for row in made]
    scope = scope_of(layout, context)
    assert len(set(codes)) == count
    for number, code in enumerate(codes):
        found = reading.read(layout, reading.split_elements(layout, code), moment.year)
        said = "".join(part.text for part in found.parts)
        assert said == "".join(reading.split_elements(layout, code).values())
        assert {name: value for name, value in found.fields.items() if name != "expiry"} == dict(context.fields)
        assert reading.scope_in(layout, found) == scope
        assert reading.number_in(layout, found, SECRET, scope) == first + number * layout.step
        again = lines(layout, context, SECRET, first + number * layout.step, 1)[0].tobytes().decode()
        assert again == code
        dates = [part.value for part in found.parts if part.type == "date" and len(part.value) >= 10]
        assert all(value.startswith(moment.date().isoformat()) for value in dates)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None, max_examples=60)
@given(layouts(), layouts(), MOMENTS)
def test_rules_that_cannot_meet_never_make_the_same_code(one: Layout, other: Layout, moment: datetime) -> None:
    meeting = common_text(one.pattern, other.pattern)
    assert common_text(one.pattern, one.pattern) is not None
    made = [
        {row.tobytes() for row in lines(each, sample_context(each, moment), SECRET, each.start, min(9, each.capacity))}
        for each in (one, other)
    ]
    if meeting is None:
        assert not made[0] & made[1]


@settings(deadline=None, max_examples=40)
@given(st.integers(4, 17), ALPHABETS.filter(lambda alphabet: len(alphabet) > 9), st.data())
def test_the_permutation_is_one(length: int, alphabet: str, data: st.DataObject) -> None:
    import numpy as np

    from suyuan.coding.domain.rules import permuting

    base = len(alphabet)
    top = min(base**length, 2**62) - 1
    numbers = sorted(data.draw(st.sets(st.integers(0, top), min_size=5, max_size=20)))
    left, right = permuting.permuted(SECRET[:32], base, length, np.array(numbers, np.uint64))
    texts = {(int(a), int(b)) for a, b in zip(left, right, strict=True)}
    assert len(texts) == len(numbers)
    sizes = permuting.halves(base, length)
    assert all(a < sizes[0] and b < sizes[1] for a, b in texts)
    back = [permuting.recovered(SECRET[:32], base, length, int(a), int(b)) for a, b in zip(left, right, strict=True)]
    assert back == numbers


def test_a_whole_small_domain_is_visited_once() -> None:
    import numpy as np

    from suyuan.coding.domain.rules import permuting

    left, right = permuting.permuted(SECRET[:32], 10, 5, np.arange(100_000, dtype=np.uint64))
    assert np.unique(left * np.uint64(1000) + right).size == 100_000
    assert not np.array_equal(left * np.uint64(1000) + right, np.arange(100_000))


def test_every_character_set_is_visible_ascii() -> None:
    for characters in CHARSETS.values():
        assert len(set(characters)) == len(characters)
        assert characters.isascii()
        assert " " not in characters


def test_own_weights_count_as_the_named_algorithm_they_describe() -> None:
    head = [{"type": "constant", "text": "95212345"}, {"type": "sequence", "width": 4}]
    sscc = {"weights": [3, 1], "modulus": 10}
    isbn = {"weights": [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], "modulus": 11, "check_alphabet": "0123456789X"}
    moment = datetime.fromisoformat("2026-11-22")
    for name, weights in (("gs1-mod10", sscc), ("mod11", isbn)):
        made = []
        for check in ({"algorithm": name}, {"algorithm": "weights", "weights": weights}):
            layout = lay_out(_rule([*head, {"type": "check", **check}]))
            made.append(lines(layout, sample_context(layout, moment), SECRET, layout.start, 200).tobytes())
        assert made[0] == made[1]


def test_weights_that_leave_a_remainder_without_a_character_are_found_before_publishing() -> None:
    sequence = {"type": "sequence", "width": 4}
    for weights in (
        {"modulus": 11}, {"weights": []}, {"weights": [1000]}, {"modulus": 1}, {"alphabet": "00"}, {"alphabet": "0 1"},
        {"check_alphabet": ""},
    ):  # fmt: skip
        rule = _rule([sequence, {"type": "check", "algorithm": "weights", "weights": weights}])
        assert next((fault.kind.code, fault.at) for fault in check_rule(rule)) == (
            "coding.rule_check_weights", "/segments/1/weights",
        )  # fmt: skip


def test_what_makes_the_codes_of_rules_in_use_is_told_as_ever() -> None:
    """Another fingerprint would begin a new count and a new secret: codes in use could come twice."""
    kept = _rule([{"type": "constant", "text": "A"}, {"type": "sequence"}, {"type": "check"}])
    assert lay_out(kept).fingerprint == "91239ceb1c7667d20f709c2663c629ac31abead5d28f543c5b2be8f551965860"
    idle = _rule([{"type": "constant", "text": "A"}, {"type": "sequence"}, {"type": "check", "weights": {}}])
    assert lay_out(idle).fingerprint == lay_out(kept).fingerprint
