"""Expressions: shared vectors, the browser's evaluator beside ours, a parser that nothing upsets."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from suyuan.kernel.expressions import ExpressionError, check, evaluate, format_text, parse, references, words
from suyuan.kernel.expressions.tests import generated
from tests.support import expression_counterpart as counterpart

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
NAMES = {
    "数量": "qty",
    "Lot No.": "lot",
    "空": "blank",
    "qty": "other",
    "a}b\\c": "odd",
    "产品.批号": "item.lot",
    "＂": "mark",
}


def test_the_vectors_that_both_evaluators_keep() -> None:
    assert len(VECTORS["cases"]) > 150
    for case in VECTORS["cases"]:
        expected = {key: case[key] for key in ("value", "fault", "at") if key in case}
        assert counterpart.here(case["tree"], VECTORS["values"], VECTORS["now"]) == expected, case
        if "text" in case and case["tree"].get("args") != []:
            assert parse(case["text"]) == case["tree"], case


def test_the_browser_gives_the_same_answers_and_faults() -> None:
    _alike(random.Random(20260305), 1_500)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_the_browser_agrees_for_long(seed: int) -> None:
    _alike(random.Random(seed), 10_000)


def _alike(chance: random.Random, number: int) -> None:
    trees = [generated.tree(chance) for _ in range(number)]
    questions = [{"tree": tree, "values": generated.VALUES, "now": generated.NOW} for tree in trees]
    ours = [counterpart.here(**question) for question in questions]
    assert sum("value" in answer for answer in ours) > number / 3
    assert sum("fault" in answer for answer in ours) > number / 10
    theirs = counterpart.browser(questions)
    wrong = [(tree, *pair) for tree, *pair in zip(trees, ours, theirs, strict=True) if pair[0] != pair[1]]
    assert not wrong, wrong[:3]


def test_what_is_written_is_read_back_the_same() -> None:
    chance = random.Random(7)
    names = {field: label for label, field in NAMES.items()}
    trees = [generated.tree(chance) for _ in range(500)]
    trees += [case["tree"] for case in VECTORS["cases"] if "text" in case and case["text"] != "sum()"]
    trees += [{"op": "=", "args": [{"ref": field}, {"ref": other}]} for field in names for other in names]
    for tree in trees:
        known = {**{field: field for field in references(tree) if field not in names}, **names}
        back = {label: field for field, label in known.items()}
        for language in ("zh", "en"):
            text = format_text(tree, known, language)
            assert len(text) > 4_000 or parse(text, back) == tree, text


@given(some.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_is_parsed_or_refused_with_its_place(text: str) -> None:
    _parsed_or_refused(text)


SIGNS = ["1", "2.5", "数量", "x", " ", "\\", "-", "not ", *"()[],“”\"'{}#.（），、＝"]
PIECES = some.sampled_from([*words.CALLED, *words.KEYWORDS, *words.BINDING, *SIGNS])


@given(some.lists(PIECES, max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_heap_of_words_is_parsed_or_refused_with_its_place(pieces: list[str]) -> None:
    _parsed_or_refused("".join(pieces))
    _parsed_or_refused(" ".join(pieces))


def _parsed_or_refused(text: str) -> None:
    fault = None
    try:
        tree = parse(text, NAMES)
    except ExpressionError as refused:
        fault = refused
    if fault is not None:
        place, _, number = (fault.at or "").partition(" ")
        assert place == "char"
        assert 0 <= int(number) <= len(text)
        assert fault.title("zh")
        assert fault.remedy("en")
        return
    check(tree, set(NAMES.values()))
    assert parse(format_text(tree, {field: label for label, field in NAMES.items()}, "zh"), NAMES) == tree


OPERATORS = some.sampled_from([*words.BINDING, "not", "if"])
KEYS = some.sampled_from(["op", "fn", "args", "lit", "ref", "list", "now", "num", "x"])


def _nodes(inner: some.SearchStrategy[object]) -> some.SearchStrategy[object]:
    rows = some.lists(inner, max_size=3)
    return (
        rows
        | some.dictionaries(KEYS, inner, max_size=3)
        | some.fixed_dictionaries({"op": OPERATORS, "args": rows})
        | some.fixed_dictionaries({"fn": some.sampled_from([*words.FUNCTIONS]), "args": rows})
    )


LEAVES = some.none() | some.booleans() | some.floats() | some.text(max_size=5)
JSON_VALUES = some.recursive(LEAVES, _nodes, max_leaves=20)


@given(JSON_VALUES)
@settings(max_examples=80, deadline=None)
def test_any_json_is_worked_out_or_refused(tree: object) -> None:
    places = []
    for attempt in (lambda: evaluate(tree, {"x": Decimal("1.5")}, now=NOW), lambda: check(tree)):
        try:
            attempt()
        except ExpressionError as refused:
            places.append(refused.at)
    assert all(at == "" or str(at).startswith("/") for at in places)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4_000, "-" * 4_000, "not " * 1_000, "1+" * 2_000, "1+" * 1_999 + "1", "[" * 2_000, "if(" * 1_300,
        "{" * 4_000, '"' + "\\" * 3_998, "round(" * 600, "1," * 2_000, "=" * 4_000, "1=" * 2_000, "1??" * 1_300,
        "(" * 2_000 + ")" * 2_000, "9" * 4_000, "min(" + "1," * 1_990, "x" * 4_000, "x" * 100_000, "a." * 2_000,
    ],
)  # fmt: skip
def test_hostile_texts_end_at_once(text: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ExpressionError):
        parse(text, NAMES)
    assert time.perf_counter() - begun < 1


def test_the_dearest_expressions_end_at_once() -> None:
    dear = {"fn": "matches_code", "args": [{"lit": "a" * 1_000}, {"lit": "*a" * 99 + "b"}]}
    twice = {"op": "or", "args": [{"fn": "distinct", "args": [{"ref": "long"}]}] * 2}
    for tree in (dear, {"list": [dear] * 200}, twice):
        begun = time.perf_counter()
        with pytest.raises(ExpressionError, match="steps"):
            evaluate(tree, {"long": ("a",) * 9_000}, now=NOW)
        assert time.perf_counter() - begun < 1
    deep: dict[str, object] = {"lit": True}
    for _ in range(100_000):
        deep = {"op": "not", "args": [deep]}
    for attempt in (lambda: evaluate(deep, {}, now=NOW), lambda: check(deep), lambda: format_text(deep)):
        with pytest.raises(ExpressionError, match="deeply"):
            attempt()


def test_floats_and_moments_without_an_offset_are_no_values() -> None:
    naive = NOW.replace(tzinfo=None)
    for given_value in (1.5, naive, float("nan"), Decimal("NaN"), object(), (("a",),), Decimal("1e1000000")):
        with pytest.raises(ExpressionError):
            evaluate({"ref": "x"}, {"x": given_value}, now=NOW)
    assert evaluate({"ref": "x"}, {"x": 3}, now=NOW) == Decimal(3)


def test_faults_name_the_place_and_names_like_it() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("数量 > 1 且 数 = 2", NAMES)
    assert caught.value.at == "char 9"
    assert "数量" in caught.value.remedy("zh")
    with pytest.raises(ExpressionError) as caught:
        check({"op": "+", "args": [{"ref": "a"}, {"ref": "b"}]}, {"a"})
    assert caught.value.at == "/args/1"
