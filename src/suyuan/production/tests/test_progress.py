"""Routes: any legal path completes, nothing else is legal, rework ends; and what is wrong with a route is found."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.production.domain import progress
from suyuan.production.domain.matching import match
from suyuan.production.domain.portions import Lot, Portions
from suyuan.production.domain.route_checking import route_faults
from suyuan.production.tests.routes import line, operation, route, routes


def walk(known, *steps: str):
    """Do operations one after another; one that is written ``x!`` fails."""
    marking = known.start()
    for step in steps:
        name, result = (step[:-1], "failed") if step.endswith("!") else (step, "passed")
        assert name in progress.legal(known, marking), (step, progress.legal(known, marking))
        marking = progress.after(known, marking, name, result)
    return marking


def legal(made, *steps: str) -> set[str]:
    known = progress.RouteMap(made)
    return set(progress.legal(known, walk(known, *steps)))


def test_one_after_another() -> None:
    made = line(3)
    assert (legal(made), legal(made, "o0"), legal(made, "o0", "o1")) == ({"o0"}, {"o1"}, {"o2"})
    known = progress.RouteMap(made)
    assert progress.complete(known, walk(known, "o0", "o1", "o2"))
    assert not progress.complete(known, walk(known, "o0", "o1"))
    assert legal(made, "o0", "o1", "o2") == set()


def test_a_choice_is_made_once() -> None:
    made = route(("a", "b", "passed"), ("a", "c", "passed"), ("b", "d", "passed"), ("c", "d", "passed"))
    assert legal(made, "a") == {"b", "c"}
    assert legal(made, "a", "c") == {"d"}


def test_parallel_branches_are_all_done_before_they_join() -> None:
    links = (("a", "b", "always"), ("a", "c", "always"), ("b", "d", "passed"), ("c", "d", "passed"))
    made = route(*links, d={"join": "all"})
    assert legal(made, "a") == {"b", "c"}
    assert legal(made, "a", "c") == {"b"}
    assert legal(made, "a", "c", "b") == {"d"}
    optional = route(*links, d={"join": "all"}, b={"optional": True})
    assert legal(optional, "a", "c") == {"b", "d"}


def test_optional_and_sampled_operations_may_be_left_out() -> None:
    made = route(("a", "b", "passed"), ("b", "c", "passed"), ("c", "d", "passed"), b={"optional": True},
                 c={"sampling_every": 10})  # fmt: skip
    assert legal(made, "a") == {"b", "c", "d"}
    assert legal(made, "a", "c") == {"d"}


def test_rework_leads_back_and_ends() -> None:
    made = route(("a", "test", "passed"), ("test", "fix", "failed"), ("fix", "test", "passed"),
                 ("test", "end", "passed"),
                 max_rework=1)  # fmt: skip
    assert legal(made, "a", "test!") == {"fix"}
    assert legal(made, "a", "test!", "fix") == {"test"}
    assert legal(made, "a", "test!", "fix", "test!") == {"fix"}
    assert legal(made, "a", "test!", "fix", "test!", "fix") == set()  # tested twice: no rework is left
    assert legal(made, "a", "test!", "fix", "test") == {"end"}


def test_what_fails_without_a_way_out_stays_until_it_passes() -> None:
    made = route(("a", "b", "passed"), max_rework=2)
    assert legal(made, "a!") == {"a"}
    assert legal(made, "a!", "a") == {"b"}
    assert legal(made, "a!", "a!", "a!") == set()


def test_what_was_let_pass_counts() -> None:
    known = progress.RouteMap(line(4))
    jumped = progress.after(known, known.start(), "o2", "passed")
    assert progress.legal(known, jumped) == {"o3"}


@given(routes(), st.data())
@settings(max_examples=120, deadline=None)
def test_any_legal_path_completes_and_rework_ends(made, data) -> None:
    assert not [fault for fault in route_faults(made) if fault.kind.code != "production.rework_endless"]
    known = progress.RouteMap(made)
    marking, steps = known.start(), 0
    while True:
        allowed = sorted(progress.legal(known, marking))
        if not allowed:
            break
        done = data.draw(st.sampled_from(allowed))
        failing = data.draw(st.integers(0, 3)) == 0
        marking = progress.after(known, marking, done, "failed" if failing else "passed")
        steps += 1
        assert steps <= len(made.operations) * ((made.max_rework or 0) + 1), "rework does not end"
    spent = any(not known.again(name, marking) for token in marking.tokens for name in token)
    assert progress.complete(known, marking) or spent, "stuck though nothing failed too often"


@given(routes(), st.data())
@settings(max_examples=60, deadline=None)
def test_passing_all_the_way_always_arrives(made, data) -> None:
    known = progress.RouteMap(made)
    marking = known.start()
    for _ in range(len(made.operations)):
        allowed = sorted(progress.legal(known, marking))
        if not allowed:
            break
        marking = progress.after(known, marking, data.draw(st.sampled_from(allowed)), "passed")
    assert progress.complete(known, marking)


def codes(made) -> set[str]:
    return {fault.kind.code.removeprefix("production.") for fault in route_faults(made)}


def test_what_is_wrong_with_a_route_is_found() -> None:
    sound = route(("a", "b", "passed"))
    assert codes(sound) == set()
    assert codes(type(sound)()) == {"route_empty"}
    assert codes(route(("a", "b", "passed"), ("c", "b", "passed"))) == {"operation_unreachable"}
    assert codes(route(("a", "b", "passed"), ("b", "c", "passed"), ("c", "b", "passed"))) == {"operation_no_end"}
    loop = (("a", "b", "passed"), ("a", "c", "failed"), ("c", "a", "passed"))
    assert codes(route(*loop)) == set()
    assert codes(route(*loop, max_rework=None)) == {"rework_endless"}
    assert codes(route(("a", "b", "passed"), b={"step": None})) == {"operation_not_recognised"}
    assert codes(route(("a", "b", "passed"), b={"step": "urn:x:step:a"})) == {"operation_same_sign"}
    choice = (("a", "b", "passed"), ("a", "c", "passed"), ("b", "c", "passed"))
    assert codes(route(*choice, c={"join": "all"})) == {"join_choice"}
    assert codes(route(("a", "b", "passed"), start="a", a={"parameters": ()})) == set()


def test_an_event_belongs_to_the_operation_that_fits_best() -> None:
    made = route(("a", "b", "passed"), ("b", "c", "passed"),
                 a={"step": "assembling", "places": ("urn:x:place:L1",)},
                 b={"step": "assembling", "places": ("urn:x:place:L1:P2",)},
                 c={"step": None, "node": "inspect"})  # fmt: skip
    assert match(made, "assembling", None, "urn:x:place:L1:P1") == "a"
    assert match(made, "urn:epcglobal:cbv:bizstep:assembling", None, "urn:x:place:L1:P2") == "b"
    assert match(made, "assembling", None, "urn:x:place:L9") is None
    assert match(made, "inspecting", "inspect", None) == "c"
    assert operation("x").step == "urn:x:step:x"


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_portions_of_a_lot_each_run_their_way_and_no_more_of_it_than_there_is(data) -> None:
    """Whatever order the portions are worked on, each may be done next; what is through is not done again."""
    known = progress.RouteMap(line(3))
    sizes = [Decimal(size) for size in data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=5))]
    whole = sum(sizes, Decimal(0))
    standing, at = Portions(known, Lot(whole), whole), [0] * len(sizes)
    while waiting := [number for number, place in enumerate(at) if place < 3]:
        number = data.draw(st.sampled_from(waiting))
        name = f"o{at[number]}"
        allowed = progress.legal(known, standing.marking)
        assert name in allowed or standing.fits(name, sizes[number]), (name, allowed)
        came = sum((size for size, place in zip(sizes, at, strict=True) if place == at[number]), Decimal(0))
        assert standing.left(name, None) == came, "what waits here, and no more"
        standing.take(name, "passed", sizes[number])
        at[number] += 1
    for name in ("o0", "o1", "o2"):
        assert not any(standing.fits(name, again) for again in (*sizes, sum(sizes), Decimal("0.001")))
        assert standing.left(name, "C62") == 0
        assert standing.left(name, "KGM") is None
    assert progress.legal(known, standing.marking) == frozenset()


@settings(deadline=None, max_examples=80)
@given(routes(), st.data())
def test_a_lot_that_runs_whole_is_never_too_large(made, data) -> None:
    """Whatever way a lot takes, parallel, left out, failed and done again: all of it may pass wherever it is due."""
    known = progress.RouteMap(made)
    standing = Portions(known, Lot(Decimal(100)), Decimal(100))
    for _ in range(3 * len(made.operations)):
        allowed = sorted(progress.legal(known, standing.marking))
        if not allowed:
            break
        name = data.draw(st.sampled_from(allowed))
        left = standing.left(name, None)
        assert left is None or left >= 100, (name, left)
        standing.take(name, data.draw(st.sampled_from(["passed", "passed", "failed"])), Decimal(100))
