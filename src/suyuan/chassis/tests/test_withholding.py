"""Cutting contracts down to what their reader may see."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
import pytest

from suyuan.chassis.http import encode
from suyuan.chassis.withholding import blank, cut, left_out_note, passed, refuse_asked, stand_in, telling
from suyuan.kernel.disclosure import ALL_FIELDS, FIELD_GROUPS, MEASURED, PARTIES, PEOPLE
from suyuan.kernel.faults import Fault
from suyuan.kernel.principals import Grant, Principal


@dataclass(frozen=True)
class Value:
    name: str
    unit: str | None = None


class Heat(msgspec.Struct, frozen=True, tag="heat", rename="camel"):
    taken_by: Annotated[str | None, PEOPLE]
    at_place: str = "oven"


@dataclass(frozen=True)
class Step:
    number: int
    person: Annotated[str | None, PEOPLE]
    values: Annotated[Sequence[Value], MEASURED]
    raw: Annotated[Mapping[str, Any], PEOPLE, MEASURED] = field(default_factory=dict)
    heats: tuple[Heat, ...] = ()
    inner: Mapping[str, Step] = field(default_factory=dict)


STEP = Step(1, "He", (Value("T"),), {"by": "He"}, (Heat("He"),), {"next": Step(2, "Li", ())})


def _who(*permissions: str) -> Principal:
    return Principal(1, 1, "x", (Grant(frozenset(("trace:event:read", *permissions))),))


def test_a_closed_group_is_blank_at_every_depth_and_nothing_else_is() -> None:
    noted: set[Any] = set()
    told = json.loads(msgspec.json.encode(cut([STEP], frozenset({PEOPLE}), noted)))[0]
    assert noted == {PEOPLE}
    assert (told["number"], told["person"], told["raw"]) == (1, None, {})
    assert told["values"] == [{"name": "T", "unit": None}]
    assert told["heats"] == [{"type": "heat", "takenBy": None, "atPlace": "oven"}]
    assert told["inner"]["next"]["person"] is None
    assert (STEP.person, STEP.heats[0].taken_by) == ("He", "He"), "contracts stay as they are"


def test_what_holds_nothing_marked_is_not_made_anew() -> None:
    values = Value("T")
    assert cut(values, frozenset(FIELD_GROUPS), set()) is values


def test_answers_leave_as_their_reader_may_see_them() -> None:
    with telling(_who(*ALL_FIELDS)) as answer:
        assert json.loads(encode(STEP))["person"] == "He"
        assert (answer.cut, answer.header()) == (True, "")
    with telling(_who("fields:people:read", "fields:parties:read")) as answer:
        told = json.loads(encode(STEP))
        assert (told["person"], told["values"], told["raw"]) == ("He", [], {})
        assert answer.header() == "measured"
        assert (stand_in("zh", MEASURED), stand_in("en", PEOPLE)) == ("无权查看", "")
        assert left_out_note("en") == "Left out, not yours to see: measured values."
    with telling(None) as answer:
        assert passed(STEP) is STEP


def test_a_question_by_a_closed_field_is_refused_and_others_are_not() -> None:
    marks = {"person": frozenset({PEOPLE}), "customer": frozenset({PARTIES})}
    refuse_asked({"person": None, "customer": "", "step": "x"}, marks, _who())
    refuse_asked({"person": "He"}, marks, _who("fields:people:read"))
    refuse_asked({"body": Step(1, None, ())}, {}, _who())
    for asked in ({"person": "He"}, {"body": STEP}, {"body": [Step(1, None, (), inner={}), STEP]}):
        with pytest.raises(Fault) as refused:
            refuse_asked(asked, marks, _who("fields:measured:read"))
        assert refused.value.kind.code == "kernel.fields_withheld"
        assert refused.value.params["permission"] == "fields:people:read"


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (str, ""), (str | None, None), (int, 0), (Sequence[str], ()), (tuple[str, ...], ()), (Mapping[str, Any], {}),
        (Any, None), (Value, Value("", None)), (Annotated[str, PEOPLE], ""),
    ],
)  # fmt: skip
def test_the_emptiest_value_stands_in_the_place(hint: Any, expected: object) -> None:
    assert blank(hint) == expected


def test_what_would_still_say_something_cannot_be_marked() -> None:
    with pytest.raises(TypeError):
        blank(bool)
